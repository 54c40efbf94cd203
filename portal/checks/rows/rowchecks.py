"""The rules that a schema declares under `checks`, as SQL and Python (forms.py says what they are).

What one column decides about another is judged over all rows, not here (depends.py). A rule that can't be judged is
the entry's problem (portal/checks/rows/logic.py) and left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from portal.casting import converter
from portal.checks.rows.compare import EXACT, OPERATORS, by_day, comparable, decimal, literal, measure
from portal.checks.rows.engine import missing
from portal.checks.rows.forms import DATA_DATE, PART, names_of, sentence, unfit
from portal.checks.rows.keys import key_text
from portal.checks.rows.logic import Around, Logical, Values, listing
from portal.checks.rows.screen import any_of, has_type, quoted, spelling
from portal.checks.rows.shape import Layout
from portal.facts import Cell
from portal.tableschema import Column, RowCheck, TableSchema

Test = tuple[str, Callable[[Mapping[str, Cell]], bool]]
"""SQL that is true where a rule surely holds (or applies not), and Python that is true where it is broken (applies)."""


def declared_rules(schema: TableSchema, layout: Layout, around: Around) -> Iterator[Logical]:
    """The schema's rules about single rows, as far as this file has their columns."""
    for check in schema.checks:
        names = names_of(check)
        places = [place for name in names if (place := layout.place_of(name)) is not None]
        if check.determines or len(places) != len(names) or unfit(check, schema):
            continue
        columns = [column for place in places if (column := layout.columns[place])]
        yield _rule(check, layout, columns, places, around)


def _rule(check: RowCheck, layout: Layout, columns: Sequence[Column], places: Sequence[int], around: Around) -> Logical:
    at = {column.name: (column, f"c{place}") for column, place in zip(columns, places, strict=True)}
    make = _compared if check.left else _given if check.given else _empty
    surely, broken = make(check, layout, at, around)
    applies_not, applies = _condition(check, layout, at)
    names = [column.name for column in columns]

    def is_broken(values: Values) -> bool:
        row = dict(zip(names, values, strict=True))
        return applies(row) and broken(row)

    told = [column for column in columns if not (check.when and column.name == check.when.column)] or columns

    def found(values: Values) -> tuple[tuple[str, str], ...]:
        row = dict(zip(names, values, strict=True))
        return (("found", listing(told, [row[column.name] for column in told])),)

    note = (("limit", sentence(check)), ("note", f"（{check.note}）" if check.note else ""))
    gone = " OR ".join(missing(layout, at[name][1]) for name in _sides(check)) or "FALSE"
    test = surely if check.when is None else f"({applies_not} OR ({surely}))"
    return Logical("row-check", tuple(places), test, gone, is_broken, note, found)


def _sides(check: RowCheck) -> list[str]:
    """The columns that are compared: where one of them has no value there is nothing to compare."""
    return [name for name in (check.left, check.right, *check.sum) if name]


def _condition(check: RowCheck, layout: Layout, at: Mapping[str, tuple[Column, str]]) -> Test:
    """SQL, true where the rule surely does not apply; Python, true where it does."""
    if check.when is None:
        return "FALSE", lambda _: True
    column, cell = at[check.when.column]
    cast = converter(column)
    values = {key_text(cast(text)) for text in check.when.values}
    other = f"({has_type(column, cell)} AND {spelling(column, cell)} NOT IN {any_of(sorted(values))})"
    name = column.name
    return f"({missing(layout, cell)} OR {other})", lambda row: row[name] is not None and key_text(row[name]) in values


def _given(check: RowCheck, layout: Layout, at: Mapping[str, tuple[Column, str]], _: Around) -> Test:
    gone = " OR ".join(missing(layout, at[name][1]) for name in check.given)
    return f"NOT ({gone})", lambda row: any(row[name] is None for name in check.given)


def _empty(check: RowCheck, layout: Layout, at: Mapping[str, tuple[Column, str]], _: Around) -> Test:
    gone = " AND ".join(missing(layout, at[name][1]) for name in check.empty)
    return f"({gone})", lambda row: any(row[name] is not None for name in check.empty)


def _compared(check: RowCheck, _: Layout, at: Mapping[str, tuple[Column, str]], around: Around) -> Test:
    """A column beside another one, a fixed value or a sum; nothing is compared with a missing value."""
    names = _sides(check)
    surely, holds = _summed(check, at) if check.sum else _beside(check, at, around)

    def broken(row: Mapping[str, Cell]) -> bool:
        return all(row[name] is not None for name in names) and not holds(row)

    return surely, broken


def _beside(check: RowCheck, at: Mapping[str, tuple[Column, str]], around: Around) -> Test:
    """A column beside another one or a fixed value."""
    (left, cell), sign = at[check.left or ""], check.op or "="
    compare = OPERATORS[sign]
    if check.right:
        right, other = at[check.right]
        days = by_day(left, right)
        test = f"{comparable(left, cell, by_day=days)} {sign} {comparable(right, other, by_day=days)}"

        def holds(row: Mapping[str, Cell]) -> bool:
            sides = (measure(one, row[one.name], by_day=days) for one in (left, right))
            return compare(*sides)

        return test, holds
    value, days = fixed(check, left, around.data_date)
    measured, name = measure(left, value, by_day=days), left.name
    test = f"{comparable(left, cell, by_day=days)} {sign} {literal(left, value, by_day=days)}"
    return test, lambda row: compare(measure(left, row[name], by_day=days), measured)


def fixed(check: RowCheck, column: Column, data_date: date) -> tuple[Cell, bool]:
    """The value of a rule, and whether it is compared by the day."""
    if check.value != DATA_DATE:
        return converter(column)(check.value or ""), False
    text = data_date.isoformat()[: PART[column.type]]
    return (int(text) if column.type == "year" else text), column.type in ("date", "datetime")


def _summed(check: RowCheck, at: Mapping[str, tuple[Column, str]]) -> Test:
    """A column beside the sum of others, exactly; `tolerance` is for totals of rounded numbers."""
    (left, cell), sign = at[check.left or ""], check.op or "="
    slack = Decimal(check.tolerance or 0)
    total = " + ".join(comparable(*at[name]) for name in check.sum)
    whole = comparable(left, cell)
    test = f"{whole} {sign} {total}"
    if sign == "=":
        test = f"abs({whole} - ({total})) <= {quoted(format(slack, 'f'))}::{EXACT}"
    compare, name = OPERATORS[sign], left.name

    def holds(row: Mapping[str, Cell]) -> bool:
        told, summed = decimal(row[name]), sum((decimal(row[part]) for part in check.sum), Decimal(0))
        return abs(told - summed) <= slack if sign == "=" else compare(told, summed)

    return test, holds
