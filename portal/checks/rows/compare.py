"""Values of two columns side by side: what can be compared, by SQL where that is surely right, else by Python.

Numbers are compared as decimals, never as doubles (0.1 + 0.2 is 0.3); days, months and moments as what they are; a day
beside a moment by the day. A moment without an offset is Beijing time (judge.py).
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from portal.casting import plain
from portal.checks.rows.judge import order
from portal.checks.rows.screen import quoted, spelling
from portal.facts import Cell
from portal.tableschema import Column

KINDS = {
    "integer": "number",
    "number": "number",
    "year": "number",
    "date": "date",
    "datetime": "date",
    "yearmonth": "yearmonth",
    "time": "time",
    "string": "text",
    "boolean": "text",
}
"""Type → what it can be compared with. Texts know only equal and unequal."""
OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, "=": operator.eq, "!=": operator.ne, ">=": operator.ge, ">": operator.gt,
}  # fmt: skip
SIGNS = {"<": "<", "<=": "≤", "=": "=", "!=": "≠", ">=": "≥", ">": ">"}
EXACT = "DECIMAL(38, 14)"
"""Holds every number that the screen lets pass (15 characters) and every whole one (19 digits) without rounding."""


def comparable(column: Column, cell: str, *, by_day: bool = False) -> str:
    """SQL for what a text that has the column's type is compared by; NULL (never sure) where it can't say."""
    if KINDS[column.type] == "number":
        return f"try_cast({cell} AS {EXACT})"
    if column.type in ("datetime", "time") and column.format not in (None, "default") and "%z" in str(column.format):
        return "NULL"
    told = spelling(column, cell)
    return f"substr({told}, 1, 10)" if by_day else told


def literal(column: Column, value: Cell, *, by_day: bool = False) -> str:
    """SQL for a fixed value beside `comparable`."""
    if KINDS[column.type] == "number":
        return f"try_cast({quoted(format(decimal(value), 'f'))} AS {EXACT})"  # NULL where it holds no such number
    text = plain(value)
    return quoted(text[:10] if by_day else text)


def measure(column: Column, value: Cell, *, by_day: bool = False) -> Any:
    """What Python compares a published value by."""
    if KINDS[column.type] == "number":
        return decimal(value)
    if by_day:
        return plain(value)[:10]
    return order(column.type, value)


def decimal(value: Cell) -> Decimal:
    """A published number, exactly as it is written."""
    return Decimal(repr(value) if isinstance(value, float) else str(value))


def by_day(*columns: Column) -> bool:
    """Whether days stand beside moments: then the day decides."""
    return {column.type for column in columns} == {"date", "datetime"}
