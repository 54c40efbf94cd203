"""What strangers' SQL may do in the query API, as plain functions; datasette_config/plugins hangs them into Datasette.

Measured (service.md §8.3): with Datasette's defaults one query took 1.5 GB; `sql_time_limit_ms` can't stop one long
function call, SQLite's own limits can. Reading a suspended table is refused while SQLite compiles the statement,
so it does not matter how the query reaches the table: join, subquery, view, facet or search.
"""

from __future__ import annotations

import re
import sqlite3
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

from portal.front.catalogue import Notice, read_catalogue
from portal.front.queryfunctions import LONGEST_VALUE
from portal.state import StateFile

LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: LONGEST_VALUE,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 500,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 200,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 50,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 200,
    sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER: 2_000,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
"""A row of published data is far below 2 MB; a statement of 100 kB is far above what people write. Length of value
and pattern together bound LIKE and GLOB, which compare at every place and can't be interrupted either.
"""
MOST_HEAP = 128 * 1024 * 1024
"""What SQLite may hold in memory, all connections together; Python's share comes on top."""
MOST_ANSWER = 8_000_000
"""Characters of one answer: a thousand rows of 8 kB. SQLite's limits bound a value, not the sum of a thousand."""

PRAGMAS = frozenset(
    # What Datasette asks to know a table, and what FTS5 asks to know whether its index changed.
    ("table_info", "table_xinfo", "foreign_key_list", "index_list", "index_info", "index_xinfo",
     "schema_version", "data_version")
)  # fmt: skip
NO_FUNCTIONS = frozenset(
    # Files and code; json_patch, which takes the square of its input; Datasette's convert_units, whose parser
    # computes powers for strangers.
    ("load_extension", "fts3_tokenizer", "readfile", "writefile", "edit", "json_patch", "convert_units")
)
_COMPANION = re.compile(r"_fts(?:_data|_idx|_docsize|_config|_content|_terms)?$")
_PROHIBITED = re.compile(r"access to (?:(?:main|temp)\.)?(.+?)(?:\.[^.]*)? is prohibited")


class QueryGuard:
    """One per query API process: the release's tables, and what the state says about them."""

    def __init__(self, release: Path, state: Path) -> None:
        self._catalogue = read_catalogue(release)
        self._state = StateFile(state)
        self._version = -1
        self._denied: dict[tuple[str, str], Notice] = {}
        self.refresh()

    def refresh(self) -> None:
        """Look at the state again; called before each request."""
        state = self._state.read()
        if self._state.version != self._version:
            self._version = self._state.version
            self._denied = self._catalogue.denied_tables(state)

    def notice(self, database: str, table: str) -> Notice | None:
        """Why a table, or the search companion of a table, must not be read now."""
        lower = table.lower()
        return self._denied.get((database, lower)) or self._denied.get((database, _COMPANION.sub("", lower)))

    def prohibited(self, database: str, message: str, sql: str = "") -> Notice | None:
        """The notice behind SQLite's refusal, or None if something else was meant.

        SQLite says `access to t.c is prohibited`, but for `count(*)`, which reads no column, only `not authorized`;
        then the statement that was refused must name the table.
        """
        if found := _PROHIBITED.search(message):
            return self.notice(database, found.group(1))
        if message != "not authorized":
            return None
        named = (
            notice for (where, table), notice in self._denied.items() if where == database and table in sql.lower()
        )
        return next(named, None)

    def protect(self, connection: sqlite3.Connection, database: str) -> None:
        """Set the limits and the authorizer of a new connection; the authorizer looks at the state of the moment."""
        for limit, value in LIMITS.items():
            connection.setlimit(limit, value)
        connection.execute(f"PRAGMA hard_heap_limit={MOST_HEAP}")
        connection.row_factory = _bounded_rows()
        connection.set_authorizer(self.authorizer(database))

    def authorizer(self, database: str) -> Callable[..., int]:
        """The function that SQLite asks about each thing that a statement does."""

        def judge(action: int, first: str | None, second: str | None, _: str | None, __: str | None) -> int:
            match action:
                case sqlite3.SQLITE_SELECT | sqlite3.SQLITE_RECURSIVE:
                    allowed = True
                case sqlite3.SQLITE_READ:
                    allowed = first is None or _is_setting(first) or self.notice(database, first) is None
                case sqlite3.SQLITE_FUNCTION:
                    allowed = (second or "").lower() not in NO_FUNCTIONS
                case sqlite3.SQLITE_PRAGMA:
                    allowed = (first or "").lower() in PRAGMAS
                case sqlite3.SQLITE_UPDATE:
                    # Declaring a virtual table (FTS5, json_each) asks for this pair; the file itself is read-only.
                    allowed = first == "sqlite_master"
                case _:
                    allowed = False
            return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY

        return judge


def connect(path: str) -> sqlite3.Connection:
    """Open a published database, which nobody changes.

    Statements are not kept: the authorizer is asked while a statement is compiled, and a kept one would go on
    reading a set that was suspended meanwhile.
    """
    address = Path(path).resolve().as_uri() + "?immutable=1"
    return sqlite3.connect(address, uri=True, check_same_thread=False, cached_statements=0)


def is_companion(table: str) -> bool:
    """Whether a table is a search companion or a part of one."""
    return _COMPANION.search(table.lower()) is not None


def _is_setting(table: str) -> bool:
    """Whether it holds the settings of a search companion, a version number and no word of the rows. SQLite reads it
    whenever it meets the companion, and Datasette looks at every table before it starts: refused, it would not start.
    """
    return table.lower().endswith("_fts_config")


def _bounded_rows() -> Callable[[sqlite3.Cursor, tuple[Any, ...]], sqlite3.Row]:
    """A row factory that counts what one cursor hands out, and stops at MOST_ANSWER."""
    last: weakref.ref[sqlite3.Cursor] | None = None
    seen = 0

    def row(cursor: sqlite3.Cursor, values: tuple[Any, ...]) -> sqlite3.Row:
        nonlocal last, seen
        if last is None or last() is not cursor:
            last, seen = weakref.ref(cursor), 0
        seen += sum(len(value) if isinstance(value, str | bytes) else 8 for value in values)
        if seen > MOST_ANSWER:
            raise sqlite3.OperationalError(f"the answer is larger than {MOST_ANSWER} characters")
        return sqlite3.Row(cursor, values)

    return row
