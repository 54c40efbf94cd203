"""A query API that starts while a set is suspended: it starts, and that set stays shut."""

from __future__ import annotations

import json
import sqlite3

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
