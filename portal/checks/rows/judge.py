"""One record judged in Python, cell by cell: the verdict on every row that the fast screen did not let pass.

Type and constraints as frictionless judges them (portal/casting.py lists where we are stricter). Patterns are not
judged here but by RE2 inside DuckDB (`screen.pattern_misses`), whose cost is bounded whatever the pattern.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta, timezone
from typing import Any

from portal.casting import Caster, CastError, converter
from portal.checks.rows.shape import Finding, Layout
from portal.facts import Cell
from portal.tableschema import Column
from portal.wording.rows import TIPS

REASONS = {"type": "wrong-type", "padded": "leading-zero", "digits": "too-many-digits", "range": "out-of-range"}
EXPECTED = {
    "string": ("文字", "text"),
    "integer": ("整数，如 120", "a whole number, such as 120"),
    "number": ("数值，如 12.5", "a number, such as 12.5"),
    "boolean": ("“true”或“false”", "true or false"),
    "date": ("日期，如 2023-06-30", "a date, such as 2023-06-30"),
    "time": ("时刻，如 08:30:00", "a time, such as 08:30:00"),
    "datetime": ("日期时刻，如 2023-06-30T08:30:00", "a moment, such as 2023-06-30T08:30:00"),
    "year": ("四位年份，如 2023", "a year of four digits, such as 2023"),
    "yearmonth": ("年月，如 2023-06", "a month, such as 2023-06"),
}
CHINA = timezone(timedelta(hours=8))

Check = Callable[[Cell], bool]


class Judge:
    """Judges the records of files with one layout."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._missing = frozenset(layout.missing)
        self._columns = [_Judged(column) if column else None for column in layout.columns]

    def record(self, row: int, cells: list[str]) -> Iterator[Finding]:
        """Everything wrong with one record; a blank one is that and nothing else."""
        width = self._layout.width
        if all(cell in self._missing for cell in cells[:width]):
            yield Finding(row, 0, "blank-row")
            return
        for place, cell in enumerate(cells[:width]):
            judged = self._columns[place]
            if judged is None:
                continue
            if cell in self._missing:
                if judged.required:
                    yield Finding(row, place + 1, "required-value", judged.name)
                continue
            for rule, limit in judged.faults(cell):
                yield Finding(row, place + 1, rule, judged.name, cell, limit)
        for place, cell in enumerate(cells[width:], start=width):
            yield Finding(row, place + 1, "extra-cell", value=cell, more=(("width", str(width)),))
        for place in range(len(cells), width):
            column = self._layout.columns[place]
            told = (("width", str(width)), ("found", str(len(cells))))
            yield Finding(row, place + 1, "missing-cell", column.name if column else "", more=told)


class _Judged:
    """One column: its conversion and its constraints with their words."""

    def __init__(self, column: Column) -> None:
        self.name = column.name
        self.required = column.constraints.required
        self._expected = _expected(column)
        self._cast: Caster = converter(column)
        self._checks = list(_constraints(column, self._cast))

    def faults(self, cell: str) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
        """The rules that this text breaks, with what they ask for."""
        try:
            value = self._cast(cell)
        except CastError as error:
            yield REASONS[error.reason], self._expected
            return
        for rule, limit, holds in self._checks:
            if not holds(value):
                yield rule, (("limit", limit),)


def _expected(column: Column) -> tuple[tuple[str, str], ...]:
    zh, en = EXPECTED[column.type]
    if column.format not in (None, "default"):
        zh, en = f"{zh.split('，')[0]}（写法 {column.format}）", f"{en.split(',')[0]} (written {column.format})"
    tip = TIPS[column.type]
    return ("expected", zh), ("expected_en", en), ("tip", tip.zh), ("tip_en", tip.en)


def _constraints(column: Column, cast: Caster) -> Iterator[tuple[str, str, Check]]:
    asked = column.constraints
    if asked.enum is not None:
        allowed = {cast(text) for text in asked.enum}
        yield "enum-value", "、".join(asked.enum), lambda value: value in allowed
    if asked.minimum is not None:
        low = order(column.type, cast(asked.minimum))
        yield "minimum-value", asked.minimum, lambda value: bool(order(column.type, value) >= low)
    if asked.maximum is not None:
        high = order(column.type, cast(asked.maximum))
        yield "maximum-value", asked.maximum, lambda value: bool(order(column.type, value) <= high)
    if asked.min_length is not None:
        shortest = asked.min_length
        yield "short-value", str(shortest), lambda value: len(str(value)) >= shortest
    if asked.max_length is not None:
        longest = asked.max_length
        yield "long-value", str(longest), lambda value: len(str(value)) <= longest


def order(kind: str, value: Cell) -> Any:
    """What values of a type are compared by. A moment without an offset is Beijing time beside one with."""
    if kind == "datetime":
        moment = datetime.fromisoformat(str(value))
        return moment if moment.tzinfo else moment.replace(tzinfo=CHINA)
    if kind == "time":
        clock = time.fromisoformat(str(value))
        return clock if clock.tzinfo else clock.replace(tzinfo=CHINA)
    return value
