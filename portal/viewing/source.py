"""What every figure asks of a table: columns by name, the rows it is about, numbers as short as they may be."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from portal.casting import CastError, converter
from portal.database import quoted, rowid_of
from portal.facts import Cell, ViewColumn
from portal.model import Table
from portal.records import View
from portal.tableschema import Column

COUNT = "count"
COUNTED = ViewColumn(name="", title="行数", title_en="Rows", type="integer")
PLACES = 12
"""Significant digits that means and sums keep: more are noise of floating point."""


@dataclass(frozen=True)
class Source:
    """A loaded table, and whether the figure was asked for or suggested."""

    connection: sqlite3.Connection
    table: Table
    auto: bool

    def column(self, name: str) -> Column:
        """A column of the table. Raises KeyError for an unknown one (the gate has refused those)."""
        for column in self.table.table_schema.fields:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def name(self) -> str:
        """The table's name as SQL writes it."""
        return quoted(self.table.name)

    @property
    def order(self) -> str:
        """The order of the file."""
        return rowid_of(self.table)

    def among(self, view: View) -> tuple[str, list[Cell]]:
        """The rows that a view is about, as a condition with its values; `1` for all."""
        texts, values = ["1"], []
        for name, text in (view.where or {}).items():
            texts.append(f"{quoted(name)} = ?")
            values.append(_cast(self.column(name), text))
        return " AND ".join(texts), values

    def limits(self, view: View, name: str) -> tuple[str, list[Cell]]:
        """`among`, and the part of the axis that the view shows. ISO days compare as text, whatever their length."""
        text, values = self.among(view)
        for limit, sign in ((view.from_, ">="), (view.to, "<=")):
            if limit is not None:
                text += f" AND {quoted(name)} {sign} ?"
                whole = limit if sign == ">=" or self.column(name).type not in ("date", "datetime") else limit + "~"
                values.append(_cast(self.column(name), whole))
        return text, values


def view_column(column: Column) -> ViewColumn:
    """What a figure's table says of a column."""
    return ViewColumn(
        name=column.name,
        title=column.title,
        title_en=column.title_en,
        type=column.type,
        unit=column.unit,
        codes=column.codes,
    )


def floored(text: str) -> str:
    """SQL for the largest whole number that is not above; SQLite's own floor() is not compiled in everywhere."""
    return f"(CAST({text} AS INTEGER) - ({text} < CAST({text} AS INTEGER)))"


def short(value: Cell) -> Cell:
    """A computed number without the noise of its last bits; whole ones as such."""
    if not isinstance(value, float):
        return value
    near = float(f"{value:.{PLACES}g}")
    return int(near) if near.is_integer() and abs(near) < 1e15 else near


def _cast(column: Column, text: str) -> Cell:
    """The value that a text of the entry means in this column; text that is no value of it finds nothing."""
    try:
        value = converter(column)(text)
    except (CastError, ValueError):
        return text
    return int(value) if isinstance(value, bool) else value
