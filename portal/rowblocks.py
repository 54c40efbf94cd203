"""The rows of a prepared file as values, block by block: what `casting.caster` gives cell by cell, four times as fast.

A block is one flat list, row after row. As long as no quote stands in the file, commas and line feeds alone say where
cells end, and a block is cut by two calls; from the first quote on, the csv module reads. A column of a block is cast
at once: plain spellings (1234, -12.5) are recognised for the whole stretch by one regular expression and turned into
values by Python's own int and float; whatever else stands there goes through the caster, which judges it. A law
(tests/property/test_rowblocks_laws.py) holds both ways to the same values and the same refusals.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Callable, Generator, Iterator, Sequence
from itertools import chain, islice
from typing import TextIO

from portal.casting import Caster, caster
from portal.facts import Cell
from portal.tablefile.shape import Prepared
from portal.tableschema import Column, FieldType, TableSchema

SIZE, ROWS = 1 << 15, 200
"""Bytes, or rows, of a block: few enough to stay in the processor's cache and below the collector's threshold."""
LONGEST = 1 << 24
"""Characters of one cell; the csv module's own limit (131,072) is shorter than some map outlines."""
REMEMBERED = 50_000
"""Values of a column that are kept by their text; one with more distinct values gains little from it."""

ColumnCaster = Callable[[Sequence[str]], Sequence[Cell]]

# Subsets of what the caster takes, such that int() or float() gives its value: no sign but minus, no leading zeros,
# at most 15 digits with a fraction. An empty line stands for a missing value. Possessive, which halves their time.
_WHOLE = r"-?(?:0|[1-9][0-9]{0,17}+)\n"
_FRACTION = r"-?(?:0|[1-9][0-9]{0,8}+)(?:\.[0-9]{1,6}+)?+\n|-?(?:0|[1-9][0-9]{0,2}+)\.[0-9]{7,12}+\n"
_PLAIN: dict[FieldType, tuple[re.Pattern[str], Callable[[str], Cell]]] = {
    "integer": (re.compile(rf"(?:{_WHOLE}|\n)*+"), int),
    "number": (re.compile(rf"(?:{_FRACTION}|\n)*+"), float),
}


def value_blocks(prepared: Prepared, schema: TableSchema) -> Generator[list[Cell], None, None]:
    """Blocks of whole rows. Blank lines are no rows: they get this far only where the entry allows them.

    Raises ValueError for another header or a row with more or fewer cells, CastError for a text that is no value, and
    csv.Error for broken quotes. Close it if it is not read to the end: it holds the file open.
    """
    width = len(schema.fields)
    casters = [column_caster(column, schema.missing_values) for column in schema.fields]
    for texts in _text_blocks(prepared, schema):
        block: list[Cell] = list(texts)
        for place, cast in enumerate(casters):
            block[place::width] = cast(texts[place::width])
        yield block


def column_caster(column: Column, missing_values: Sequence[str] = ("",)) -> ColumnCaster:
    """The conversion of a stretch of a column. The returned function raises CastError as `casting.caster` does."""
    cast = caster(column, missing_values)
    missing = frozenset(missing_values)
    if column.type == "string" and column.format in (None, "default"):
        return _texts(missing)
    if column.type in _PLAIN and missing == {""}:
        return _numbers(column.type, cast)
    return _remembering(cast)


def _texts(missing: frozenset[str]) -> ColumnCaster:
    def column(texts: Sequence[str]) -> Sequence[Cell]:
        if any(text in texts for text in missing):
            return [None if text in missing else text for text in texts]
        return texts

    return column


def _numbers(kind: FieldType, cast: Caster) -> ColumnCaster:
    plain, make = _PLAIN[kind]

    def column(texts: Sequence[str]) -> Sequence[Cell]:
        lines = "\n".join(texts) + "\n"
        if plain.fullmatch(lines) is None or lines.count("\n") != len(texts):
            return [cast(text) for text in texts]
        values = [make(text) if text else None for text in texts] if "" in texts else list(map(make, texts))
        if "-0" in lines:  # minus zero is zero
            return [0.0 if value == 0 and kind == "number" else value for value in values]
        return values

    return column


def _remembering(cast: Caster) -> ColumnCaster:
    memory = _Memory(cast)
    known = memory.__getitem__

    def column(texts: Sequence[str]) -> Sequence[Cell]:
        return list(map(known if len(memory) < REMEMBERED else cast, texts))

    return column


class _Memory(dict[str, Cell]):
    """Values by their text, cast once each."""

    def __init__(self, cast: Caster) -> None:
        super().__init__()
        self.cast = cast

    def __missing__(self, text: str) -> Cell:
        value = self[text] = self.cast(text)
        return value


def _text_blocks(prepared: Prepared, schema: TableSchema) -> Iterator[list[str]]:
    """The cells below the header, flat."""
    with prepared.csv.open("rb") as raw, io.TextIOWrapper(raw, encoding="utf-8", newline="") as text:
        head = raw.readline()
        if _needs_care(head):
            raw.seek(0)
            rows = _reader(text)
            _check_header(next(rows, []), prepared, schema)
            yield from _careful_blocks(rows, prepared, schema)
            return
        _check_header(head.decode().removesuffix("\n").split(","), prepared, schema)
        while data := raw.read(SIZE) + raw.readline():
            if _needs_care(data):
                raw.seek(-len(data), os.SEEK_CUR)
                yield from _careful_blocks(_reader(text), prepared, schema)
                return
            lines = list(filter(None, data.decode().split("\n")))
            _check_width([line.count(",") + 1 for line in lines], prepared, schema)
            if lines:
                yield ",".join(lines).split(",")


def _needs_care(data: bytes) -> bool:
    """Whether something else than commas and line feeds may say where cells end."""
    return b'"' in data or b"\r" in data


def _reader(text: TextIO) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST)
    return csv.reader(text, strict=True)


def _careful_blocks(rows: Iterator[list[str]], prepared: Prepared, schema: TableSchema) -> Iterator[list[str]]:
    filled = filter(None, rows)
    while block := list(islice(filled, ROWS)):
        _check_width([len(row) for row in block], prepared, schema)
        yield list(chain.from_iterable(block))


def _check_header(header: list[str], prepared: Prepared, schema: TableSchema) -> None:
    if tuple(header) != schema.names:
        raise ValueError(f"{prepared.path} has the columns {header}")


def _check_width(widths: list[int], prepared: Prepared, schema: TableSchema) -> None:
    if widths.count(len(schema.fields)) != len(widths):
        raise ValueError(f"{prepared.path} has rows with more or fewer than {len(schema.fields)} cells")
