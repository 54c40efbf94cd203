"""One version of a table in DuckDB: every cell as the text of its published value, the n-th record the n-th row.

Texts come in as the row check reads them (portal/checks/rows): ragged and blank records are mended before DuckDB sees
them, and one thread reads a piece. `1`, ` 1 ` and `1.0` of a numeric column become one text; what SQL does not vouch
for, Python spells; what is no value of its column stays the text that stands there.
"""

# ruff: noqa: S608 -- the SQL is ours; names and texts in it are made or quoted here

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from portal.casting import CastError, converter, format_problem
from portal.checks.rows.cells import fetch
from portal.checks.rows.engine import csv_source, insert
from portal.checks.rows.header import MOST, read_labels
from portal.checks.rows.keys import key_text
from portal.checks.rows.screen import any_of, has_type, spelling
from portal.checks.rows.shape import Layout
from portal.checks.rows.structure import Piece, RecordTooLongError, Source, Structure
from portal.difference.shape import TableVersion
from portal.tablefile import Prepared
from portal.tableschema import Column

ODD = 2
"""The character that begins a text that Python has to look at (columns of texts have none such)."""


class UnreadableError(Exception):
    """The version can't be compared; `rule` says why, in the words of the row check."""

    def __init__(self, rule: str) -> None:
        self.rule = rule
        super().__init__(rule)


@dataclass(slots=True)
class Side:
    """One version: the table `name` has the rows (n, c0, c1 …) in order, `columns` the name of each c."""

    name: str
    columns: tuple[str, ...]
    described: dict[str, Column]
    rows: int = 0
    starts: list[tuple[int, str]] = field(default_factory=list)

    def cell(self, column: str) -> str:
        """The SQL name of a column."""
        return f"c{self.columns.index(column)}"

    def title(self, column: str) -> str:
        """Name and title of a column, as the scanner for personal data reads them."""
        return f"{column} {self.described[column].title}" if column in self.described else column

    def place(self, n: int) -> tuple[str, int]:
        """File and record number of a row."""
        first, path = self.starts[bisect_right(self.starts, n, key=lambda start: start[0]) - 1]
        return path, n - first + 1


def load(con: duckdb.DuckDBPyConnection, name: str, version: TableVersion, folder: Path, threads: int) -> Side:
    """Read a version. Raises UnreadableError where a file has no labels, too many, or a record without end."""
    labels = [_labels(one) for one in version.files]
    columns = tuple(dict.fromkeys(label for names in labels for label in names if label))
    side = Side(name, columns, dict(version.columns))
    missing = version.schema.missing_values if version.schema else ("",)
    parts, first, expected = [], 0, 0
    for number, (one, names) in enumerate(zip(version.files, labels, strict=True)):
        side.starts.append((first, one.path))
        values = [_value(side.described.get(label), missing, f"c{at}") for at, label in enumerate(names)]
        reading = _Reading(con, f"{name}{number}", values, first, folder)
        records = reading.read(one, Layout((), missing).padding, threads)
        places = [f"p{names.index(column)}" if column in names else "NULL" for column in columns]
        cells = "".join(f", {at} AS c{place}" for place, at in enumerate(places))
        parts.append(f"SELECT n{cells} FROM {reading.rows()}")
        first += records
        expected += records - 1 - reading.blank
    con.execute(f"CREATE VIEW {name}_read AS {' UNION ALL '.join(parts)}")
    _spell(con, side, folder)
    (side.rows,) = con.execute(f"SELECT count(*) FROM {name}").fetchone() or (0,)
    if side.rows != expected:
        raise RuntimeError(f"{version.files[0].path}: {expected} rows, but DuckDB read {side.rows}")
    return side


def _labels(one: Prepared) -> list[str]:
    """The labels of a file; of two equal ones the second counts as none, and a column without a label is not read."""
    labels = read_labels(one.csv)
    if not labels:
        raise UnreadableError("header-missing")
    if len(labels) > MOST:
        raise UnreadableError("too-many-columns")
    return [label if label not in labels[:place] else "" for place, label in enumerate(labels)]


def rows_of(one: Prepared, folder: Path) -> int:
    """How many rows a file has below its header, blank lines not counted; `folder` takes its pieces for a moment."""
    blank = 0

    def seen(_: int, cells: list[str]) -> None:
        nonlocal blank
        blank += not cells

    structure = Structure()
    source = Source(one.csv, len(_labels(one)), "", seen)
    try:
        for piece in source.pieces(folder, structure):
            piece.path.unlink()
    except RecordTooLongError as error:
        raise UnreadableError("record-too-long") from error
    return structure.records - 1 - blank


def _is_text(column: Column | None) -> bool:
    """Its published values are the texts themselves."""
    return column is None or column.type == "string" or format_problem(column) is not None


def _value(column: Column | None, missing: Sequence[str], cell: str) -> str:
    """SQL for the text of the published value; NULL for a missing one, ODD before what Python has to look at."""
    gone = f"{cell} IN {any_of(missing)}" if missing else "FALSE"
    if column is None or _is_text(column):
        return f"CASE WHEN {gone} THEN NULL ELSE {cell} END"
    typed, spelled = has_type(column, cell), spelling(column, cell)
    return f"CASE WHEN {gone} THEN NULL WHEN {typed} THEN {spelled} ELSE chr({ODD}) || {cell} END"


class _Reading:
    """One file on its way into tables of pieces; `first` is the number of its header among all records."""

    def __init__(
        self, con: duckdb.DuckDBPyConnection, name: str, values: Sequence[str], first: int, folder: Path
    ) -> None:
        self._con, self._name, self._values, self._first = con, name, values, first
        self._folder = folder / name
        self._folder.mkdir()
        self._parts: list[str] = []
        self._blank = array("Q")

    def read(self, one: Prepared, padding: str, threads: int) -> int:
        """Load every piece, one while the next is looked at; gives the number of records, the header included."""
        structure = Structure()
        source = Source(one.csv, len(self._values), padding, self._seen)
        with ThreadPoolExecutor(threads) as pool:
            try:
                reading = [pool.submit(self._piece, piece) for piece in source.pieces(self._folder, structure)]
            except RecordTooLongError as error:
                raise UnreadableError("record-too-long") from error
        self._parts = [piece.result() for piece in reading]
        return structure.records

    @property
    def blank(self) -> int:
        """Blank lines that were found."""
        return len(self._blank)

    def rows(self) -> str:
        """SQL for the rows below the header; blank lines are no rows."""
        wanted = f"n > {self._first}"
        if self._blank:
            blank = f"{self._name}_blank"
            insert(self._con, blank, ([str(self._first + row - 1)] for row in self._blank), 1, self._folder)
            wanted += f" AND n NOT IN (SELECT c0::BIGINT FROM {blank})"
        return f"(SELECT * FROM ({' UNION ALL '.join(self._parts)}) WHERE {wanted})"

    def _seen(self, row: int, cells: list[str]) -> None:
        if not cells:
            self._blank.append(row)

    def _piece(self, piece: Piece) -> str:
        table = f"{self._name}_{piece.first}"
        wanted = ", ".join(f"{value} AS p{at}" for at, value in enumerate(self._values))
        with self._con.cursor() as cursor:
            cursor.execute("PRAGMA disable_optimizer")  # nothing to gain in one projection: a tenth of the time
            cursor.execute(f"CREATE TABLE {table} AS SELECT {wanted} FROM {csv_source(piece.path, len(self._values))}")
        piece.path.unlink()
        return f"SELECT rowid + {self._first + piece.first} AS n, * FROM {table}"


def _spell(con: duckdb.DuckDBPyConnection, side: Side, folder: Path) -> None:
    """The view or table with the rows: what SQL did not vouch for is spelled by Python, each text once."""
    looked_at = [
        (place, column)
        for place, column in enumerate(map(side.described.get, side.columns))
        if column is not None and not _is_text(column)
    ]
    odds: tuple[bool | None, ...] = ()
    if looked_at:
        least = ", ".join(f"min(c{place}) < chr({ODD + 1})" for place, _ in looked_at)  # nothing else sorts before ODD
        odds = con.execute(f"SELECT {least} FROM {side.name}_read").fetchone() or ()
    odd = dict(one for one, is_odd in zip(looked_at, odds, strict=True) if is_odd)
    if not odd:
        con.execute(f"CREATE VIEW {side.name} AS SELECT * FROM {side.name}_read")
        return
    cells = ["r.n", *(f"r.c{place}" for place in range(len(side.columns)))]
    joins = []
    for place, column in odd.items():
        table = f"{side.name}_odd{place}"
        _spellings(con, side, place, column, folder)
        joins.append(f"LEFT JOIN {table} ON r.c{place} = {table}.c0")
        cells[place + 1] = f"coalesce({table}.c1, r.c{place}) AS c{place}"
    con.execute(f"CREATE TABLE {side.name} AS SELECT {', '.join(cells)} FROM {side.name}_read r {' '.join(joins)}")


def _spellings(con: duckdb.DuckDBPyConnection, side: Side, place: int, column: Column, folder: Path) -> None:
    """A table from odd text to spelling."""
    cast = converter(column)
    query = f"SELECT DISTINCT c{place} FROM {side.name}_read WHERE starts_with(c{place}, chr({ODD}))"

    def spelled(text: str) -> str:
        try:
            return key_text(cast(text))
        except CastError:
            return text

    rows = ((text, spelled(text[1:])) for (text,) in fetch(con, query))
    insert(con, f"{side.name}_odd{place}", rows, 2, folder)
