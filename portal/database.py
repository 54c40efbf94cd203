"""SQLite files: built beside and moved into place, opened read-only, and read back as published values.

The only module that opens the databases of the build. Same input, same bytes: fixed page size, no timestamps,
one connection, one order of statements.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from portal.facts import Cell
from portal.model import Table
from portal.tableschema import FieldType

PAGE_SIZE = 4096
LAYOUT = 1
"""The layout of our files, written as `user_version`; raise it when tables change shape."""

# `journal_mode` and `synchronous` are off because a file that was not finished is thrown away, never repaired.
BUILDING = (
    f"PRAGMA page_size = {PAGE_SIZE}",
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA temp_store = FILE",
    "PRAGMA cache_size = -65536",
    "PRAGMA foreign_keys = OFF",
    f"PRAGMA user_version = {LAYOUT}",
)

# What a column is declared as. TEXT keeps what was handed in; SQLite has no type of its own for days and truth.
DECLARED: dict[FieldType, str] = {
    "string": "TEXT",
    "date": "TEXT",
    "time": "TEXT",
    "datetime": "TEXT",
    "yearmonth": "TEXT",
    "integer": "INTEGER",
    "year": "INTEGER",
    "number": "REAL",
    "boolean": "INTEGER",
}


def quoted(name: str) -> str:
    """A name as SQL writes it, whatever characters it holds."""
    return '"' + name.replace('"', '""') + '"'


@contextmanager
def building(target: Path) -> Iterator[sqlite3.Connection]:
    """A new, empty database under a passing name; moved to `target` when the block ends well, else removed.

    Transactions are the caller's (`BEGIN`, `COMMIT`). An error inside the block is passed on.
    """
    beside = target.with_name(target.name + ".part")
    beside.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(beside, isolation_level=None)) as connection:
            for pragma in BUILDING:
                connection.execute(pragma)
            yield connection
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def open_read_only(path: Path) -> sqlite3.Connection:
    """A finished database, which nobody changes any more; close it with `contextlib.closing`.

    Raises sqlite3.OperationalError where there is no such file.
    """
    return sqlite3.connect(path.resolve().as_uri() + "?mode=ro&immutable=1", uri=True, isolation_level=None)


def rows(connection: sqlite3.Connection, table: Table, *, limit: int = -1) -> Iterator[tuple[Cell, ...]]:
    """The rows of a table as they are published, in the order of the file; `limit` -1 means all.

    Truth values are Python's; everything else is what the database holds. NULL is None.
    """
    names = ", ".join(quoted(name) for name in table.table_schema.names)
    found = connection.execute(f"SELECT {names} FROM {quoted(table.name)} ORDER BY {rowid_of(table)} LIMIT ?", (limit,))  # noqa: S608 -- names are quoted
    places = [i for i, column in enumerate(table.table_schema.fields) if column.type == "boolean"]
    return _with_truth(found, places) if places else found


def rowid_of(table: Table) -> str:
    """The name under which SQLite's row number can be read: a column of that name would hide it.

    Raises LookupError where the columns take all three names (https://www.sqlite.org/lang_createtable.html#rowid).
    """
    free = {"rowid", "_rowid_", "oid"} - {name.lower() for name in table.table_schema.names}
    if not free:
        raise LookupError(f"table {table.name} leaves no name for the row number")
    return max(free)  # rowid, where it is free: the last of the three by name


def row_count(connection: sqlite3.Connection, name: str) -> int:
    """How many rows a table has."""
    (count,) = connection.execute(f"SELECT count(*) FROM {quoted(name)}").fetchone()  # noqa: S608 -- the name is quoted
    return int(count)


def _with_truth(found: Iterator[tuple[Cell, ...]], places: list[int]) -> Iterator[tuple[Cell, ...]]:
    for row in found:
        values = list(row)
        for place in places:
            if values[place] is not None:
                values[place] = bool(values[place])
        yield tuple(values)
