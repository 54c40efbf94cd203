"""portal/takeaway/csvs.py: RFC 4180 to the byte."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from portal.database import open_read_only
from portal.takeaway import csvs
from tests.tabular import csv_text, entry, load


def written(folder: Path, columns: dict[str, str], rows: list[list[str]], **schema: Any) -> bytes:
    dataset = entry(columns, schema=schema)
    database, _ = load(folder, dataset, [csv_text(columns, rows)])
    with closing(open_read_only(database)) as connection:
        csvs.write(connection, dataset.tables[0], folder / "out.csv")
    return (folder / "out.csv").read_bytes()


def test_the_bytes(tmp_path: Path) -> None:
    rows = [["a,b", 'c"d'], ["e\nf", "g\rh"], ["", "=1+1"]]
    assert written(tmp_path, {"甲": "string", "乙": "string"}, rows) == (
        '甲,乙\r\n"a,b","c""d"\r\n"e\nf","g\rh"\r\n,=1+1\r\n'.encode()
    )


def test_numbers_truth_and_years_are_spelled_one_way(tmp_path: Path) -> None:
    columns = {"n": "number", "t": "boolean", "y": "year", "i": "integer"}
    rows = [["1.50", "1", "0960", "+7"], ["5", "False", "2023", "-0"], ["1e3", "", "", ""]]
    assert written(tmp_path, columns, rows) == b"n,t,y,i\r\n1.5,true,0960,7\r\n5,false,2023,0\r\n1000,,,\r\n"


def test_a_missing_value_is_no_empty_text_where_both_exist(tmp_path: Path) -> None:
    columns = {"a": "string", "n": "number"}
    assert written(tmp_path, columns, [["-", "NA"], ["", "2"]], missingValues=["-", "NA"]) == b"a,n\r\n-,-\r\n,2\r\n"


def test_one_column_of_missing_values_keeps_its_rows(tmp_path: Path) -> None:
    assert written(tmp_path, {"a": "string"}, [["x"], [""], ["y"]]) == b'a\r\nx\r\n""\r\ny\r\n'


@pytest.mark.parametrize(("missing", "text"), [(["", "-"], ""), (["-", ""], ""), (["-"], "-"), ([], "")])
def test_how_a_missing_value_is_written(missing: list[str], text: str) -> None:
    schema = entry({"a": "string"}, schema={"missingValues": missing}).tables[0].table_schema
    assert csvs.null_text(schema) == text
