"""DuckDB as the row check uses it: bounded memory, no network, every cell as text, the n-th record the n-th row."""

# ruff: noqa: S608 -- the SQL is ours; names and texts in it are made or quoted here

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import parent_process
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from portal.checks.rows.screen import any_of, has_type, passes, pattern_misses, quoted, spelling
from portal.checks.rows.shape import Layout, RowRules
from portal.checks.rows.structure import Structure
from portal.tablefile.csvtext import RECORD, canonical
from portal.tableschema import Column

IN_MEMORY = 16 << 20
"""Bytes of text below which a table is kept in memory: a database file takes longer to make than such a table."""
PSEUDO = (
    "—",
    "——",
    "―",
    "-",
    "--",
    "/",
    "N/A",
    "n/a",
    "NA",
    "NULL",
    "null",
    "None",
    "无",
    "暂无",
    "待定",
    "0000-00-00",
)
"""QLT-2's pseudo-nulls with their usual spellings. A text that the column's enum or codes name is a value."""
WORTH_CUTTING = 32 << 20
"""Bytes of text from which on a file is read in pieces, by several threads."""
LONG = 256 << 20
"""Bytes of text from which on even the few columns that are kept go to a file; in memory it takes half the time."""
NO_NULL = "\x01\x02"
"""Stands in no file (a control character would show), so that every empty cell stays a text."""


@dataclass(slots=True)
class Loaded:
    """One file in DuckDB; n + 1 is the record number (the header is n = 0).

    The view `name` has every row: n, the spelling of key columns (k0, k1 …) and hashes where asked for. The table
    `odd` has the rows that need a look, with their cells (c0, c1 …); all others are forgotten while they are read, so
    that a clean table of any length takes no room.
    """

    name: str
    index: int
    layout: Layout
    structure: Structure
    regular: str
    """SQL, true for rows that were not mended."""

    @property
    def cells(self) -> list[str]:
        """The SQL names of the columns."""
        return [f"c{place}" for place in range(self.layout.width)]

    @property
    def odd(self) -> str:
        """The table of data rows whose cells are there."""
        return f"{self.name}_odd"

    def is_missing(self, cell: str) -> str:
        """SQL, true for a text that stands for no value."""
        return missing(self.layout, cell)

    @property
    def is_blank(self) -> str:
        """SQL, true for a row without any value."""
        return "(" + " AND ".join(self.is_missing(cell) for cell in self.cells) + ")"


@contextmanager
def connect(rules: RowRules, size: int) -> Iterator[tuple[duckdb.DuckDBPyConnection, Path]]:
    """A database for one check and a folder for its files; both are empty afterwards. `size` is the tables' bytes."""
    rules.scratch.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=rules.scratch) as name:
        folder = Path(name)
        if size < IN_MEMORY and parent_process() is not None:
            connection = _kept(rules)
            try:
                yield connection, folder
            finally:
                _empty(connection)
            return
        database = ":memory:" if size < LONG else str(folder / "rows.duckdb")
        with duckdb.connect(database, config=_config(rules, folder / "spill")) as connection:
            connection.execute("PRAGMA disable_checkpoint_on_shutdown")  # the file is thrown away
            yield connection, folder


def _config(rules: RowRules, spill: Path) -> dict[str, str | bool | int | float | list[str]]:
    return {
        "threads": rules.threads,
        "memory_limit": f"{rules.memory}MiB",
        "temp_directory": str(spill),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }


@lru_cache(maxsize=1)
def _kept(rules: RowRules) -> duckdb.DuckDBPyConnection:
    """The database in memory of a worker process, for small tables: making one costs 25 ms, as much as such a check.

    Only a worker keeps one: an open database does not survive the fork of its process.
    """
    return duckdb.connect(":memory:", config=_config(rules, rules.scratch / f"spill-{os.getpid()}"))


def _empty(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop what a check left; the names are ours."""
    for kind in ("view", "table"):
        found = connection.execute(f"SELECT {kind}_name FROM duckdb_{kind}s() WHERE NOT internal").fetchall()
        for (name,) in found:
            connection.execute(f"DROP {kind} {name}")


@dataclass(frozen=True, slots=True)
class Needs:
    """What a check wants of a file: `keys` are the columns whose values will be compared with others, `whole_rows` says
    that rows will be (each then gets two hashes, 128 bits together). A long file is read in as many pieces as
    `threads`; `folder` takes them.
    """

    folder: Path
    threads: int = 1
    keys: Collection[str] = ()
    whole_rows: bool = False


def load(
    con: duckdb.DuckDBPyConnection, name: str, index: int, layout: Layout, structure: Structure, needs: Needs
) -> Loaded:
    """Read a file whose structure is known and screen it on the way."""
    cells = [f"c{place}" for place in range(layout.width)]
    places = [place for place, column in enumerate(layout.columns) if column and column.name in needs.keys]
    columns = [f"CASE WHEN odd THEN [{', '.join(cells)}] END AS cells", *(_key(layout, place) for place in places)]
    if needs.whole_rows:
        columns += [f"hash({', '.join(cells)}) AS h0", f"hash({', '.join(reversed(cells))}, 'x') AS h1"]
    cut = needs.threads if structure.path.stat().st_size >= WORTH_CUTTING else 1
    parts = structure.parts(needs.folder, cut)

    def read(number: int) -> None:
        source = (
            f"SELECT *, coalesce(NOT ({clean(layout)}), TRUE) AS odd FROM {csv_source(parts[number][0], layout.width)}"
        )
        with con.cursor() as cursor:
            cursor.execute(f"CREATE TABLE {name}_{number} AS SELECT odd, {', '.join(columns)} FROM ({source})")

    with ThreadPoolExecutor(len(parts)) as pool:
        list(pool.map(read, range(len(parts))))
    pieces = [f"SELECT rowid + {first} AS n, * FROM {name}_{number}" for number, (_, first) in enumerate(parts)]
    con.execute(f"CREATE VIEW {name} AS {' UNION ALL '.join(pieces)}")
    told = [*(f"k{place}" for place in places), *(f"cells[{place + 1}] AS {cell}" for place, cell in enumerate(cells))]
    con.execute(f"CREATE TABLE {name}_odd AS SELECT n, {', '.join(told)} FROM {name} WHERE odd AND n > 0")
    (rows,) = con.execute(f"SELECT count(*) FROM {name}").fetchone() or (0,)
    if rows != structure.records:
        raise RuntimeError(f"{structure.path}: {structure.records} records, but DuckDB read {rows}")
    regular = "TRUE"
    if structure.irregular:
        insert(con, f"{name}_mended", ([str(row)] for row in structure.irregular), 1, needs.folder)
        regular = f"n NOT IN (SELECT c0::BIGINT - 1 FROM {name}_mended)"
    return Loaded(name, index, layout, structure, regular)


def _key(layout: Layout, place: int) -> str:
    """SQL for the spelling of a key column; NULL where there is no value, or one that Python has to spell."""
    column, cell = layout.columns[place], f"c{place}"
    if column is None:
        raise LookupError(place)
    blank, typed = missing(layout, cell), has_type(column, cell)
    return f"CASE WHEN {blank} THEN NULL WHEN {typed} THEN {spelling(column, cell)} END AS k{place}"


def clean(layout: Layout) -> str:
    """SQL, true for a row in which every judged cell has a value, and a good one: nothing more is asked of it."""
    tests = []
    for place, column in enumerate(layout.columns):
        if column:
            cell = f"c{place}"
            misses = pattern_misses(column, cell)
            if column.type == "string" or set(layout.missing) - {""}:  # '' is no value of any other type anyway
                tests.append(f"NOT {missing(layout, cell)}")
            tests += [passes(column, cell), f"NOT {pseudo_empty(column, layout, cell)}"]
            tests += [f"NOT ({misses})"] if misses else []
    told = [test for test in tests if test not in ("TRUE", "NOT FALSE")]
    return " AND ".join(told) or "FALSE"


def missing(layout: Layout, cell: str) -> str:
    """SQL, true for a text that stands for no value."""
    return f"{cell} IN {any_of(layout.missing)}" if layout.missing else "FALSE"


def pseudo_empty(column: Column, layout: Layout, cell: str) -> str:
    """SQL, true for a text that only looks like a value."""
    if column.type != "string" or column.constraints.enum:
        return "FALSE"
    named = [text for text in PSEUDO if text not in (column.codes or {}) and text not in layout.missing]
    short = max(len(text.encode()) for text in PSEUDO)
    blank = " OR ".join(f"starts_with({cell}, '{mark}')" for mark in "\u3000\u00a0")
    return (  # the dear tests only where the cheap ones let them
        f"((strlen({cell}) <= {short} AND {cell} IN {any_of(named)}) OR (({cell} < '!' OR {blank}) AND {cell} <> '' "
        f"AND regexp_full_match({cell}, '[\\s\\x{{3000}}\\x{{a0}}]+')))"
    )


def csv_source(path: Path, width: int) -> str:
    """SQL that reads canonical text (portal/tablefile/csvtext.py) with nothing detected and nothing skipped.

    One thread a file: with more, DuckDB 2.0 puts the rows of such a query into another order (measured: 8 of 10 runs
    on a million rows), and the row number is all that says where a cell stands.
    """
    columns = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(width))
    return (
        f"read_csv({quoted(str(path))}, auto_detect=false, header=false, delim=',', quote='\"', escape='\"', "
        f"columns={{{columns}}}, null_padding=false, strict_mode=true, nullstr={quoted(NO_NULL)}, "
        f"allow_quoted_nulls=false, max_line_size={2 * RECORD}, new_line='\\n', encoding='utf-8', comment='', "
        "parallel=false)"
    )


def insert(con: duckdb.DuckDBPyConnection, name: str, rows: Iterable[Sequence[str]], width: int, folder: Path) -> None:
    """Make a table of texts from Python rows by way of a file: row-wise inserts are slow."""
    path = folder / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        for row in rows:
            out.write(canonical(row))
    con.execute(f"CREATE TABLE {name} AS SELECT * FROM {csv_source(path, width)}")
    path.unlink()
