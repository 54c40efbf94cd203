"""Rules that look at several cells of a row, or at what a value can plausibly be (QLT-1: cross-field, date logic).

Each is SQL that is true where the rule surely holds, and Python that has the last word on the other rows, so that a
clean table of any length costs one more test in the pass that reads it. What SQL lets pass Python would take:
tests/property/test_row_logic_laws.py. Where a value is missing, or is none of its column's type, there is nothing to
compare; that has its own problem.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from portal.casting import Caster, CastError, converter, plain
from portal.checks.rows.shape import Area, Finding, Layout
from portal.facts import Cell
from portal.model import Dataset
from portal.tableschema import Column

Values = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Logical:
    """One such rule. `places` are the columns it reads, the first being where a finding stands.

    `surely` is SQL, true for values that keep it; `gone` is SQL, true for rows whose missing values leave nothing to
    judge. `broken` gets the values (None: no value) and says whether they break it; `told` what the finding tells.
    """

    rule: str
    places: tuple[int, ...]
    surely: str
    gone: str
    broken: Callable[[Values], bool]
    more: tuple[tuple[str, str], ...] = ()
    told: Callable[[Values], tuple[tuple[str, str], ...]] = lambda _: ()


class Around(NamedTuple):
    """What of the entry decides about its rows: the day the data speak for, the last day they may name, the area."""

    data_date: date
    latest: date
    area: Area | None


class Logic:
    """Judges the rows of files with one layout by these rules."""

    def __init__(self, layout: Layout, rules: Sequence[Logical]) -> None:
        self._missing = frozenset(layout.missing)
        self._rules = [(rule, [_named(layout, place) for place in rule.places]) for rule in rules]
        self._casts: dict[str, Caster] = {
            column.name: converter(column) for _, columns in self._rules for column in columns
        }

    def record(self, row: int, cells: Sequence[str]) -> Iterator[Finding]:
        """What one whole record breaks."""
        for rule, columns in self._rules:
            texts = [cells[place] for place in rule.places]
            try:
                values = [self._value(column, text) for column, text in zip(columns, texts, strict=True)]
            except CastError:
                continue
            if rule.broken(values):
                yield Finding(
                    row, rule.places[0] + 1, rule.rule, columns[0].name, texts[0], (*rule.more, *rule.told(values))
                )

    def _value(self, column: Column, text: str) -> Cell:
        return None if text in self._missing else self._casts[column.name](text)


def around(dataset: Dataset, area: Area | None) -> Around:
    """What an entry says about its rows: they may name days until the data date, or the end of the time they cover."""
    latest = max([dataset.data_date, *([dataset.temporal.to] if dataset.temporal else [])])
    return Around(dataset.data_date, latest, area)


def with_logic(layout: Layout, rules: Sequence[Logical]) -> Layout:
    """The layout whose rows are also asked these rules while they are read."""
    return replace(layout, asked=tuple((rule.surely, rule.gone) for rule in rules))


def listing(columns: Sequence[Column], values: Values) -> str:
    """`男 = 12、女 = 8`: what stands in the row."""
    return "、".join(
        f"{column.name} = {'（空）' if value is None else plain(value)}"
        for column, value in zip(columns, values, strict=True)
    )


def _named(layout: Layout, place: int) -> Column:
    column = layout.columns[place]
    if column is None:
        raise LookupError(place)
    return column
