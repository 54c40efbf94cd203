"""DuckDB as the row check uses it: bounded memory, no network, every cell as text, the n-th record the n-th row."""

# ruff: noqa: S608 -- the SQL is ours; names and texts in it are made or quoted here

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from portal.checks.rows.screen import any_of, quoted
from portal.checks.rows.shape import Layout, RowRules
from portal.checks.rows.structure import Structure
from portal.tablefile.csvtext import RECORD, canonical

IN_MEMORY = 16 << 20
"""Bytes of text below which a table is kept in memory: a database file takes longer to make than such a table."""
NO_NULL = "\x01\x02"
"""Stands in no file (a control character would show), so that every empty cell stays a text."""


@dataclass(slots=True)
class Loaded:
    """One file as a DuckDB table: columns c0, c1 …; rowid + 1 is the record number (the header is rowid 0)."""

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

    def is_missing(self, cell: str) -> str:
        """SQL, true for a text that stands for no value."""
        return f"{cell} IN {any_of(self.layout.missing)}" if self.layout.missing else "FALSE"

    @property
    def is_blank(self) -> str:
        """SQL, true for a row without any value."""
        return "(" + " AND ".join(self.is_missing(cell) for cell in self.cells) + ")"


@contextmanager
def connect(rules: RowRules, size: int) -> Iterator[tuple[duckdb.DuckDBPyConnection, Path]]:
    """A database for one check and a folder for its files; both are gone afterwards. `size` is the tables' bytes."""
    rules.scratch.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=rules.scratch) as name:
        folder = Path(name)
        config: dict[str, str | bool | int | float | list[str]] = {
            "threads": rules.threads,
            "memory_limit": f"{rules.memory}MiB",
            "temp_directory": str(folder / "spill"),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        database = ":memory:" if size < IN_MEMORY else str(folder / "rows.duckdb")
        with duckdb.connect(database, config=config) as connection:
            yield connection, folder


def load(con: duckdb.DuckDBPyConnection, name: str, index: int, layout: Layout, structure: Structure) -> Loaded:
    """Read a file whose structure is known into a table of texts."""
    con.execute(f"CREATE TABLE {name} AS SELECT * FROM {csv_source(structure.path, layout.width)}")
    (rows,) = con.execute(f"SELECT count(*) FROM {name}").fetchone() or (0,)
    if rows != structure.records:
        raise RuntimeError(f"{structure.path}: {structure.records} records, but DuckDB read {rows}")
    regular = "TRUE"
    if structure.irregular:
        insert(con, f"{name}_mended", ([str(row)] for row in structure.irregular), 1, structure.path.parent)
        regular = f"rowid NOT IN (SELECT c0::BIGINT - 1 FROM {name}_mended)"
    return Loaded(name, index, layout, structure, regular)


def csv_source(path: Path, width: int) -> str:
    """SQL that reads canonical text (portal/tablefile/csvtext.py) with nothing detected and nothing skipped."""
    columns = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(width))
    return (
        f"read_csv({quoted(str(path))}, auto_detect=false, header=false, delim=',', quote='\"', escape='\"', "
        f"columns={{{columns}}}, null_padding=false, strict_mode=true, nullstr={quoted(NO_NULL)}, "
        f"allow_quoted_nulls=false, max_line_size={2 * RECORD}, new_line='\\n', encoding='utf-8', comment='')"
    )


def insert(con: duckdb.DuckDBPyConnection, name: str, rows: Iterable[Sequence[str]], width: int, folder: Path) -> None:
    """Make a table of texts from Python rows by way of a file: row-wise inserts are slow."""
    path = folder / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        for row in rows:
            out.write(canonical(row))
    con.execute(f"CREATE TABLE {name} AS SELECT * FROM {csv_source(path, width)}")
    path.unlink()
