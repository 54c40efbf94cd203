"""A query API that starts while a set is suspended: it starts, that set stays shut, and nothing is done but read."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from datasette.utils import check_connection

from portal.front.queryguard import QueryGuard, connect
from tests.serving.city import release


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    root = tmp_path_factory.mktemp("city")
    (root / "_build").mkdir()
    release(root, "one")
    live, state = root / "_build" / "live", root / "state.json"
    state.write_text(json.dumps({"suspended": {"villages": {"since": "2026-11-22", "reason": "核实"}}}), "utf-8")
    connection = connect(str(live / "data" / "mzj.db"))
    QueryGuard(live, state).protect(connection, "mzj")
    return connection


def test_what_datasette_asks_of_every_table_before_it_starts_is_answered(guarded: sqlite3.Connection) -> None:
    check_connection(guarded)


@pytest.mark.parametrize("part", ["", "_fts", "_fts_data", "_fts_idx", "_fts_docsize"])
def test_neither_the_table_nor_its_index_can_be_read(guarded: sqlite3.Connection, part: str) -> None:
    with pytest.raises(sqlite3.DatabaseError, match=r"prohibited|not authorized"):
        guarded.execute(f"SELECT * FROM [villages{part}]").fetchall()


def test_what_stays_readable_of_the_index_says_nothing_of_the_rows(guarded: sqlite3.Connection) -> None:
    found = guarded.execute("SELECT k, v FROM villages_fts_config").fetchall()
    assert [tuple(row) for row in found] == [("version", 4)]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE villages SET rowid = 9",
        "DELETE FROM villages",
        "CREATE TEMP TABLE mine AS SELECT 1",
        "ATTACH ':memory:' AS other",
        "PRAGMA hard_heap_limit=0",
        "SELECT json_patch('{}', '{}')",
        "SELECT load_extension('x')",
    ],
)
def test_what_is_no_plain_read_is_not_authorized(guarded: sqlite3.Connection, sql: str) -> None:
    """Refused by the guard itself, while it is compiled: not only because the file can't be written."""
    with pytest.raises(sqlite3.DatabaseError, match="not authorized"):
        guarded.execute(sql)


def test_an_answer_is_bounded_as_a_whole(guarded: sqlite3.Connection) -> None:
    """Ten rows of 900,000 characters: no value is too long, all of them together are."""
    many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
    assert len(guarded.execute(many + "SELECT hex(zeroblob(450000)) FROM n", [8]).fetchall()) == 8
    with pytest.raises(sqlite3.OperationalError, match="larger than 8000000"):
        guarded.execute(many + "SELECT hex(zeroblob(450000)) FROM n", [9]).fetchall()


def test_a_statement_that_was_asked_before_is_judged_anew(tmp_path: Path) -> None:
    """Suspended between two questions of the same words, and given back: the connection stays the same."""
    (tmp_path / "_build").mkdir()
    release(tmp_path, "one")
    live, state = tmp_path / "_build" / "live", tmp_path / "state.json"
    guard, connection = QueryGuard(live, state), connect(str(live / "data" / "mzj.db"))
    guard.protect(connection, "mzj")
    ask = "SELECT count(*) FROM villages"
    rows = connection.execute(ask).fetchone()[0]
    assert rows
    state.write_text('{"suspended": {"villages": {}}}', "utf-8")
    guard.refresh()
    with pytest.raises(sqlite3.DatabaseError, match=r"prohibited|not authorized"):
        connection.execute(ask)
    state.unlink()
    guard.refresh()
    assert connection.execute(ask).fetchone()[0] == rows
    with pytest.raises(sqlite3.DatabaseError, match="not authorized"):
        connection.execute("UPDATE villages SET rowid = 9")
