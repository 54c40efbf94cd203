"""DuckDB as the row check uses it: bounded memory, no network, every cell as text, the n-th record the n-th row."""

# ruff: noqa: S608 -- the SQL is ours; names and texts in it are made or quoted here

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from multiprocessing import parent_process
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from portal.checks.rows.screen import any_of, has_type, passes, pattern_misses, quoted, spelling
from portal.checks.rows.shape import Layout, RowRules
from portal.checks.rows.structure import Piece, Source, Structure
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
HAN = "一"
"""The first of the Chinese characters; all blanks come before it."""
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
        own = replace(rules, threads=rules.threads // at_once(rules, size))
        with duckdb.connect(database, config=_config(own, folder / "spill")) as connection:
            connection.execute("PRAGMA disable_checkpoint_on_shutdown")  # the file is thrown away
            yield connection, folder


def at_once(rules: RowRules, size: int) -> int:
    """How many queries over all rows run at once. Of a long table one, so that it has all memory.

    Otherwise several of one thread each: two threads in one query over a million different keys take twice as much
    CPU as one, as each of them fills tables that are then put together.
    """
    return rules.threads if size < LONG else 1


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
    return duckdb.connect(":memory:", config=_config(replace(rules, threads=1), rules.scratch / f"spill-{os.getpid()}"))


def _empty(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop what a check left; the names are ours."""
    for kind in ("view", "table"):
        found = connection.execute(f"SELECT {kind}_name FROM duckdb_{kind}s() WHERE NOT internal").fetchall()
        for (name,) in found:
            connection.execute(f"DROP {kind} {name}")


@dataclass(frozen=True, slots=True)
class Needs:
    """What a check wants of a file: `keys` are the columns whose values will be compared with others, `whole_rows` says
    that rows will be (each then gets two hashes, 128 bits together, and one of the columns that are no keys).
    `threads` pieces are read at once; `folder` takes them.
    """

    folder: Path
    threads: int = 1
    keys: Collection[str] = ()
    whole_rows: bool = False


def load(con: duckdb.DuckDBPyConnection, name: str, index: int, layout: Layout, source: Source, needs: Needs) -> Loaded:
    """Read a file and screen it on the way, one piece while the next is looked at. Raises RecordTooLongError."""
    cells = [f"c{place}" for place in range(layout.width)]
    places = [place for place, column in enumerate(layout.columns) if column and column.name in needs.keys]
    columns = [f"CASE WHEN odd THEN [{', '.join(cells)}] END AS cells", *(_key(layout, place) for place in places)]
    if needs.whole_rows:
        columns += [f"hash({', '.join(cells)}) AS h0", f"hash({', '.join(reversed(cells))}, 'x') AS h1"]
        columns.append(f"hash({', '.join(cell for place, cell in enumerate(cells) if place not in places) or 0}) AS h2")

    told = [*(f"k{place}" for place in places), *(f"cells[{place + 1}] AS {cell}" for place, cell in enumerate(cells))]

    def read(piece: Piece) -> tuple[Piece, int]:
        table = f"{name}_{piece.first}"
        screened = f"SELECT *, {_odd(layout)} AS odd FROM {csv_source(piece.path, layout.width)}"
        with con.cursor() as cursor:
            cursor.execute("PRAGMA disable_optimizer")  # nothing to gain in one projection: 4 ms of planning, not 9
            made = cursor.execute(f"CREATE TABLE {table} AS SELECT odd, {', '.join(columns)} FROM ({screened})")
            (rows,) = made.fetchone() or (0,)
        piece.path.unlink()
        return piece, rows

    structure = Structure()
    folder = needs.folder / name
    folder.mkdir()
    with ThreadPoolExecutor(needs.threads) as pool:
        reading = [pool.submit(read, piece) for piece in source.pieces(folder, structure)]
    made = [one.result() for one in reading]
    _put_together(con, name, [piece.first for piece, _ in made], told)
    if (rows := sum(rows for _, rows in made)) != structure.records:
        raise RuntimeError(f"{source.table}: {structure.records} records, but DuckDB read {rows}")
    regular = "TRUE"
    if structure.irregular:
        insert(con, f"{name}_mended", ([str(row)] for row in structure.irregular), 1, needs.folder)
        regular = f"n NOT IN (SELECT c0::BIGINT - 1 FROM {name}_mended)"
    return Loaded(name, index, layout, structure, regular)


def _put_together(con: duckdb.DuckDBPyConnection, name: str, firsts: Sequence[int], told: Sequence[str]) -> None:
    """The view of all rows; the table of the odd ones, as the many queries for it are planned quicker than for a view
    of sixteen tables.
    """
    parts = [f"SELECT rowid + {first} AS n, * FROM {name}_{first}" for first in firsts]
    con.execute(f"CREATE VIEW {name} AS {' UNION ALL '.join(parts)}")
    con.execute(f"CREATE TABLE {name}_odd AS SELECT n, {', '.join(told)} FROM {name} WHERE odd AND n > 0")


def _key(layout: Layout, place: int) -> str:
    """SQL for the spelling of a key column; NULL where there is no value, or one that Python has to spell.

    A row that is not odd has a value everywhere; asking only the others takes a third of the time (0.09 s a column).
    """
    column, cell = layout.columns[place], f"c{place}"
    if column is None:
        raise LookupError(place)
    blank, typed, spelled = missing(layout, cell), has_type(column, cell), spelling(column, cell)
    looked_at = f"CASE WHEN {blank} THEN NULL WHEN {typed} THEN {spelled} END"
    if typed == "TRUE" and spelled == cell and layout.missing == ("",):
        looked_at = f"nullif({cell}, '')"  # free text, the most frequent: half the time
    return f"CASE WHEN odd THEN {looked_at} ELSE {spelled} END AS k{place}"


def _odd(layout: Layout) -> str:
    """SQL, false for a row in which every judged cell has a value, and surely a good one: nothing more is asked of it.

    A CASE, because its tests run only on the rows that the tests before let pass (1 million rows × 12: 0.9 s, not 1.1).
    """
    tests = []
    for place, column in enumerate(layout.columns):
        if column:
            cell = f"c{place}"
            misses = pattern_misses(column, cell)
            told = _surely_told(column, layout, cell)
            if gone := set(layout.missing) - ({""} if told != "TRUE" or column.type != "string" else set()):
                tests.append(f"{cell} NOT IN {any_of(sorted(gone))}")  # '' is no value of other types, nor told
            tests += [told, passes(column, cell)]
            tests += [f"NOT ({misses})"] if misses else []
    tests += [surely for surely, _ in layout.asked]
    asked = [test for test in tests if test != "TRUE"]
    return f"CASE WHEN {' AND '.join(asked) or 'FALSE'} THEN FALSE ELSE TRUE END"


def missing(layout: Layout, cell: str) -> str:
    """SQL, true for a text that stands for no value."""
    return f"{cell} IN {any_of(layout.missing)}" if layout.missing else "FALSE"


def pseudo_empty(column: Column, layout: Layout, cell: str) -> str:
    """SQL, true for a text that only looks like a value."""
    if column.type != "string" or column.constraints.enum:
        return "FALSE"
    blank = f"regexp_full_match({cell}, '[\\s\\x{{3000}}\\x{{a0}}]+')"
    return f"({cell} IN {any_of(_pseudo(column, layout))} OR {blank})"


def _surely_told(column: Column, layout: Layout, cell: str) -> str:
    """SQL, true for most texts that are no pseudo-null, by what is quick to ask: how they begin, how long they are.

    First whether they begin with a Chinese character, which no blank does and few of the pseudo-nulls.
    """
    if pseudo_empty(column, layout, cell) == "FALSE":
        return "TRUE"
    begins = f"{cell} >= '!' AND {cell} NOT BETWEEN '\u00a0' AND '\u00a1' AND {cell} NOT BETWEEN '\u3000' AND '\u3001'"
    longest, pseudo = max(len(text.encode()) for text in PSEUDO), _pseudo(column, layout)
    chinese = f"{cell} >= {quoted(HAN)} AND {cell} NOT IN {any_of([text for text in pseudo if text >= HAN])}"
    return f"({chinese} OR {begins} AND (strlen({cell}) > {longest} OR {cell} NOT IN {any_of(pseudo)}))"


def _pseudo(column: Column, layout: Layout) -> list[str]:
    """The pseudo-nulls that stand for nothing here: neither a code nor declared as missing."""
    return [text for text in PSEUDO if text not in (column.codes or {}) and text not in layout.missing]


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
    con.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM {csv_source(path, width)}")
    path.unlink()
