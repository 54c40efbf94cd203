"""portal/tables.py and portal/departments.py: rows become typed tables that people can filter and search."""

from __future__ import annotations

import hashlib
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from portal.departments import assemble_department
from portal.problems import PortalError
from portal.tables import fts_columns, load_dataset
from portal.text import query_bigrams
from tests.tabular import column, csv_text, entry, load, load_nasty, prepare


def query(path: Path, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql, values).fetchall()


def many(count: int) -> list[list[str]]:
    """Rows with a key, a district of three, a day and a note that is never the same."""
    return [
        [f"{n:04}", "姑苏吴中相城"[n % 3 * 2 :][:2], f"2023-01-{n % 28 + 1:02}", f"备注{n}号"] for n in range(count)
    ]


STREETS = {"编号": "string", "区": "string", "日期": "date", "备注": "string"}


def streets(**schema: Any) -> Any:
    return entry(STREETS, dataset="streets", schema={"primaryKey": "编号", **schema})


def test_types_and_keys_are_declared(tmp_path: Path) -> None:
    columns = {"a": "string", "b": "integer", "c": "number", "d": "boolean", "e": "date", "f": "year"}
    database, _ = load(tmp_path, entry(columns, schema={"primaryKey": ["a", "b"]}), [csv_text(columns, [])])
    found = query(database, "SELECT name, type, pk FROM pragma_table_info('parks')")
    assert found == [("a", "TEXT", 1), ("b", "INTEGER", 2), ("c", "REAL", 0), ("d", "INTEGER", 0), ("e", "TEXT", 0), ("f", "INTEGER", 0)]  # fmt: skip


def test_text_that_looks_like_a_number_stays_text(tmp_path: Path) -> None:
    database, _ = load(
        tmp_path, entry({"a": "string"}), [csv_text(["a"], [["0012"], ["1e5"], ["1234567890123456789"]])]
    )
    assert query(database, "SELECT a, typeof(a) FROM parks") == [
        ("0012", "text"),
        ("1e5", "text"),
        ("1234567890123456789", "text"),
    ]


def test_a_whole_number_key_keeps_the_order_of_the_file(tmp_path: Path) -> None:
    dataset = entry({"号": "integer", "名": "string"}, schema={"primaryKey": "号"})
    database, _ = load(tmp_path, dataset, [csv_text(["号", "名"], [["9", "东园"], ["2", "西园"]])])
    assert query(database, "SELECT rowid, 号 FROM parks ORDER BY rowid") == [(1, 9), (2, 2)]
    assert query(database, "SELECT rowid FROM parks_fts WHERE parks_fts MATCH '西园'") == [(2,)]
    assert query(database, "SELECT pk FROM pragma_table_info('parks') WHERE name = '号'") == [(1,)]


def test_missing_values_are_null_and_an_empty_text_may_be_a_value(tmp_path: Path) -> None:
    dataset = entry({"a": "string", "b": "integer"}, schema={"missingValues": ["-", "NA"]})
    database, _ = load(tmp_path, dataset, [csv_text(["a", "b"], [["-", "NA"], ["", "1"]])])
    assert query(database, "SELECT a, b FROM parks") == [(None, None), ("", 1)]


def test_appended_files_make_one_table_and_others_their_own(tmp_path: Path) -> None:
    schema = {"fields": [column("a")]}
    files = [
        {"path": "one.csv", "schema": schema},
        {"path": "two.csv", "append": "true"},
        {"path": "book.xlsx", "name": "sheet-b", "sheet": "B", "schema": schema},
        {"path": "book.xlsx", "name": "sheet-c", "sheet": "C", "schema": schema},
    ]
    dataset = entry({}, files=files)
    database, _ = load(tmp_path, dataset, [csv_text("a", [x]) for x in "1234"])
    assert query(database, "SELECT a FROM parks") == [("1",), ("2",)]
    assert query(database, 'SELECT a FROM "sheet-b" UNION ALL SELECT a FROM "sheet-c"') == [("3",), ("4",)]


def test_foreign_keys_are_declared_where_their_target_stands_in_the_file(tmp_path: Path) -> None:
    keys = [
        {"fields": "区", "reference": {"resource": "towns/districts", "fields": "名"}},
        {"fields": "备注", "reference": {"resource": "elsewhere/notes", "fields": "x"}},
        {"fields": "编号", "reference": {"resource": "", "fields": "编号"}},
    ]
    database, _ = load(tmp_path, streets(foreignKeys=keys), [csv_text(STREETS, [])], siblings=frozenset({"districts"}))
    found = query(database, 'SELECT "table", "from", "to" FROM pragma_foreign_key_list(\'streets\') ORDER BY 1')
    assert found == [("districts", "区", "名"), ("streets", "编号", "编号")]


def test_columns_that_people_filter_by_are_indexed(tmp_path: Path) -> None:
    keys = [{"fields": "备注", "reference": {"resource": "elsewhere/notes", "fields": "x"}}]
    database, _ = load(tmp_path, streets(foreignKeys=keys), [csv_text(STREETS, many(1000))])
    found = query(database, "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name")
    assert found == [("streets.区",), ("streets.备注",), ("streets.日期",)]
    plan = query(database, "EXPLAIN QUERY PLAN SELECT 区, count(*) FROM streets GROUP BY 区")
    assert "streets.区" in plan[0][3]


def test_small_tables_have_no_indexes(tmp_path: Path) -> None:
    database, _ = load(tmp_path, streets(), [csv_text(STREETS, many(999))])
    assert query(database, "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL") == []


@pytest.mark.parametrize(
    ("asked", "rows"),
    [("公交站", [1, 4]), ("站", [1, 4]), ("公园", [3]), ("交公", []), ("𠮷野", [4]), ("bus", [2]), ("體育", [2])],
)
def test_chinese_is_found_by_any_two_characters(tmp_path: Path, asked: str, rows: list[int]) -> None:
    """rowids by hand; the companion's pairs and the query's pairs come from portal/text.py."""
    names = [["人民路公交站"], ["BUS 体育馆"], ["北塔公园"], ["𠮷野公交站"], [""]]
    database, _ = load(tmp_path, entry({"名称": "string"}), [csv_text(["名称"], names)])
    words = query_bigrams(asked).split()
    phrase = '"' + " ".join(words) + '"' + ("*" if len(asked) == 1 else "")
    assert [row for (row,) in query(database, "SELECT rowid FROM parks_fts WHERE parks_fts MATCH ?", phrase)] == rows


def test_the_companion_is_searched_by_column(tmp_path: Path) -> None:
    dataset = entry({"名称": "string", "地址": "string", "n": "integer"})
    database, _ = load(
        tmp_path, dataset, [csv_text(["名称", "地址", "n"], [["东园", "西园路", "1"], ["西园", "东园路", "2"]])]
    )
    assert query(database, "SELECT rowid FROM parks_fts WHERE 地址 MATCH '东园'") == [(2,)]
    assert query(database, "SELECT name FROM pragma_table_info('parks_fts')") == [("名称",), ("地址",)]


def test_names_that_fts_keeps_for_itself(tmp_path: Path) -> None:
    dataset = entry(dict.fromkeys(["rank", "RANK_", "parks_fts", "x"], "string"))
    assert fts_columns(dataset.tables[0]) == ["rank__", "RANK_", "parks_fts_", "x"]
    database, _ = load(tmp_path, dataset, [csv_text(["rank", "RANK_", "parks_fts", "x"], [["甲乙", "丙", "丁", "戊"]])])
    assert query(database, "SELECT rowid FROM parks_fts WHERE parks_fts MATCH 'rank__ : 甲乙'") == [(1,)]


def test_a_table_without_text_has_no_companion(tmp_path: Path) -> None:
    database, _ = load(tmp_path, entry({"a": "integer"}), [csv_text(["a"], [["1"]])])
    assert query(database, "SELECT name FROM sqlite_master") == [("parks",)]


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        (["编号", "区", "日期", "注"], many(1)),
        (["编号", "区", "日期", "备注"], [["1", "2"]]),
        (["编号", "区", "日期", "备注"], [["1", "", "2023-02-30", ""]]),
        (["编号", "区", "日期", "备注"], [["1", "", "", ""], ["1", "", "", ""]]),
    ],
    ids=["header", "ragged", "value", "key"],
)
def test_rows_that_the_checks_let_through_wrongly_are_a_fault_of_ours(
    tmp_path: Path, header: list[str], rows: list[list[str]]
) -> None:
    with pytest.raises(PortalError, match="checks must have refused"):
        load(tmp_path, streets(), [csv_text(header, rows)])
    assert not (tmp_path / "streets.db").exists()


def test_long_cells_and_blank_lines(tmp_path: Path) -> None:
    dataset = entry({"a": "string", "b": "string"})
    text = "a,b\n" + "长" * 200_000 + ",1\n\nx,2\n"
    prepared = {"parks.csv": prepare(tmp_path, "parks.csv", text)}
    load_dataset(dataset, prepared, tmp_path / "x.db")
    assert query(tmp_path / "x.db", "SELECT length(a), b FROM parks") == [(200_000, "1"), (1, "2")]


TWICE = """
import sys; from pathlib import Path
from tests.tabular import load_nasty, csv_text, load
from tests.unit.test_tables import STREETS, many, streets
from portal.departments import assemble_department
folder = Path(sys.argv[1]); _, one = load_nasty(folder)
two, _ = load(folder, streets(), [csv_text(STREETS, many(3000))])
assemble_department("ylj", [one, two], folder / "ylj.db")
"""


def test_the_same_rows_give_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    digests = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        subprocess.run([sys.executable, "-c", TWICE, str(tmp_path / name)], check=True, cwd=Path(__file__).parents[2])
        files = sorted((tmp_path / name).glob("*.db"))
        digests.append([(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in files])
    assert digests[0] == digests[1]
    assert [name for name, _ in digests[0]] == ["parks.db", "streets.db", "ylj.db"]


def test_a_department_holds_every_table_with_its_indexes_and_its_search(tmp_path: Path) -> None:
    _, nasty = load_nasty(tmp_path)
    large, _ = load(tmp_path, streets(), [csv_text(STREETS, many(1000))])
    target = tmp_path / "ylj.db"
    assemble_department("ylj", [nasty, large], target)
    assert query(target, "PRAGMA integrity_check") == [("ok",)]
    for path, name in ((nasty, "parks"), (large, "streets")):
        assert query(target, f"SELECT rowid, * FROM {name} ORDER BY rowid") == query(path, f"SELECT rowid, * FROM {name} ORDER BY rowid")  # fmt: skip
        for sql in ("SELECT rowid FROM {0}_fts WHERE {0}_fts MATCH '\"姑苏\"'", "SELECT sql FROM sqlite_master WHERE tbl_name = '{0}' ORDER BY name"):  # fmt: skip
            assert query(target, sql.format(name)) == query(path, sql.format(name))
    assert len(query(target, "SELECT rowid FROM streets_fts WHERE streets_fts MATCH '\"姑苏\"'")) == 334
    assert query(target, "SELECT count(*) FROM sqlite_stat1 WHERE idx = 'streets.区'") == [(1,)]


def test_a_department_without_rows_has_an_empty_file(tmp_path: Path) -> None:
    assemble_department("ylj", [], tmp_path / "ylj.db")
    assert query(tmp_path / "ylj.db", "SELECT count(*) FROM sqlite_master") == [(0,)]


def test_two_tables_of_one_name_do_not_go_together(tmp_path: Path) -> None:
    _, nasty = load_nasty(tmp_path)
    with pytest.raises(PortalError, match="ylj don't go together"):
        assemble_department("ylj", [nasty, nasty], tmp_path / "ylj.db")
    assert not (tmp_path / "ylj.db").exists()
