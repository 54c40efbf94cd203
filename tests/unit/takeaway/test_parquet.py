"""portal/takeaway/parquet.py: rows that CSV readers lose arrive, in order, typed."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest

from portal.database import open_read_only
from portal.takeaway import parquet
from tests.tabular import csv_text, entry, load


def written(folder: Path, columns: dict[str, str], rows: list[list[str]], **schema: Any) -> list[tuple[Any, ...]]:
    dataset = entry(columns, schema=schema)
    database, _ = load(folder, dataset, [csv_text(columns, rows)])
    before = set(folder.iterdir())
    target = folder / "it's 数据.parquet"
    with closing(open_read_only(database)) as connection:
        parquet.write(connection, dataset.tables[0], target)
    assert set(folder.iterdir()) - before == {target}, "the passing CSV is gone"
    return duckdb.sql("SELECT * FROM read_parquet(?)", params=[str(target)]).fetchall()


def test_rows_of_one_column_with_missing_values(tmp_path: Path) -> None:
    assert written(tmp_path, {"a": "string"}, [["x"], [""], [""], ["y"], [""]]) == [
        ("x",),
        (None,),
        (None,),
        ("y",),
        (None,),
    ]


def test_an_empty_text_is_a_value_where_the_schema_says_so(tmp_path: Path) -> None:
    rows = [["-", "-"], ["", "1"], ["NULL", "2"]]
    assert written(tmp_path, {"a": "string", "n": "integer"}, rows, missingValues=["-"]) == [
        (None, None),
        ("", 1),
        ("NULL", 2),
    ]


def test_an_empty_table_keeps_its_columns(tmp_path: Path) -> None:
    assert written(tmp_path, {"a": "string", "b\"'": "date"}, []) == []
    described = duckdb.sql(
        "DESCRIBE SELECT * FROM read_parquet(?)", params=[str(tmp_path / "it's 数据.parquet")]
    ).fetchall()
    assert [row[:2] for row in described] == [("a", "VARCHAR"), ("b\"'", "DATE")]


@pytest.mark.parametrize("size", [2 << 20, 5 << 20])
def test_very_long_cells(tmp_path: Path, size: int) -> None:
    text = '行\n"' * (size // 5)
    assert written(tmp_path, {"a": "string", "b": "string"}, [["1", text], ["2", "x"]]) == [("1", text), ("2", "x")]


def test_many_rows_stay_in_order(tmp_path: Path) -> None:
    rows = [[str(n), "x" * (n % 50)] for n in range(150_000)]
    found = written(tmp_path, {"n": "integer", "a": "string"}, rows)
    assert [row[0] for row in found] == list(range(150_000))


def test_rows_come_in_groups_that_range_readers_like(tmp_path: Path) -> None:
    rows = [[str(n)] for n in range(parquet.ROWS + 10)]
    assert written(tmp_path, {"n": "integer"}, rows) == [(n,) for n in range(parquet.ROWS + 10)]
    target = str(tmp_path / "it's 数据.parquet")
    groups = duckdb.sql(
        "SELECT DISTINCT row_group_id, row_group_num_rows FROM parquet_metadata(?) ORDER BY 1", params=[target]
    )
    assert [rows for _, rows in groups.fetchall()] == [parquet.ROWS, 10]
