"""portal/database.py: files appear whole or not at all, and are read as published."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from portal.database import LAYOUT, building, open_read_only, quoted, row_count, rowid_of, rows
from tests.tabular import csv_text, entry, load


def test_a_file_that_fails_leaves_nothing_and_keeps_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "x.db"
    target.write_text("old")
    with pytest.raises(sqlite3.OperationalError), building(target) as connection:
        connection.executescript("CREATE TABLE t (a); CREATE TABLE t (a)")
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_the_file_says_which_layout_it_has(tmp_path: Path) -> None:
    with building(tmp_path / "x.db") as connection:
        connection.execute("CREATE TABLE t (a)")
    with closing(open_read_only(tmp_path / "x.db")) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (LAYOUT,)
        assert connection.execute("PRAGMA page_size").fetchone() == (4096,)


def test_a_finished_file_can_only_be_read_whatever_its_folder_is_called(tmp_path: Path) -> None:
    folder = tmp_path / "数据 100% ?#"
    folder.mkdir()
    with building(folder / "x.db") as connection:
        connection.execute("CREATE TABLE t (a)")
    with closing(open_read_only(folder / "x.db")) as connection, pytest.raises(sqlite3.OperationalError):
        connection.execute("INSERT INTO t VALUES (1)")
    assert [path.name for path in folder.iterdir()] == ["x.db"]


def test_rows_come_as_published_in_the_order_of_the_file(tmp_path: Path) -> None:
    dataset = entry({"号": "integer", "在用": "boolean", 'a"b': "string"}, schema={"primaryKey": "号"})
    database, _ = load(
        tmp_path, dataset, [csv_text(["号", "在用", 'a"b'], [["9", "1", "x"], ["3", "", ""], ["5", "0", "y"]])]
    )
    with closing(open_read_only(database)) as connection:
        table = dataset.tables[0]
        assert list(rows(connection, table)) == [(9, True, "x"), (3, None, None), (5, False, "y")]
        assert list(rows(connection, table, limit=1)) == [(9, True, "x")]
        assert row_count(connection, "parks") == 3


def test_a_column_called_rowid_does_not_disturb_the_order(tmp_path: Path) -> None:
    dataset = entry({"RowID": "integer", "_rowid_": "string"})
    assert rowid_of(dataset.tables[0]) == "oid"
    database, _ = load(tmp_path, dataset, [csv_text(["RowID", "_rowid_"], [["9", "z"], ["3", "y"]])])
    with closing(open_read_only(database)) as connection:
        assert list(rows(connection, dataset.tables[0])) == [(9, "z"), (3, "y")]


def test_a_table_may_not_take_all_names_of_the_row_number() -> None:
    with pytest.raises(LookupError):
        rowid_of(entry(dict.fromkeys(["rowid", "oid", "_rowid_"], "string")).tables[0])


def test_names_are_quoted() -> None:
    assert quoted('a"b') == '"a""b"'
