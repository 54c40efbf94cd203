"""What a schema asks for must be askable: formats, bounds, lists and patterns, judged before any row is.

The rules about names of columns and keys stand in portal/checks/schema.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import duckdb

from portal.casting import format_problem, is_value
from portal.tableschema import Column, TableSchema

_COMPILED: dict[str, bool] = {}
ORDERED = frozenset({"integer", "number", "date", "time", "datetime", "year", "yearmonth"})


class Fault(NamedTuple):
    """A constraint that can't be used: its key below the field, the rule, and the text at fault."""

    key: str
    rule: str
    text: str

    @property
    def keys(self) -> tuple[str, ...]:
        """The way to it from the field."""
        return (self.key,) if self.key == "format" else ("constraints", self.key)


def unusable(schema: TableSchema, con: duckdb.DuckDBPyConnection) -> bool:
    """Whether rows can't be judged by this schema; `con` is any open database."""
    twice = len(set(schema.names)) != len(schema.names)
    unknown = not set(schema.primary_key) <= set(schema.names)
    return twice or unknown or any(True for column in schema.fields for _ in faults(column, con))


def faults(column: Column, con: duckdb.DuckDBPyConnection | None = None) -> Iterator[Fault]:
    """What can't be used in one field. Without an open database a pattern opens one, which costs 25 ms."""
    if format_problem(column):
        yield Fault("format", "format-unusable", str(column.format))
        return
    yield from _limits(column)
    yield from _texts(column, con)


def _limits(column: Column) -> Iterator[Fault]:
    asked = column.constraints
    for key, limit in (("minimum", asked.minimum), ("maximum", asked.maximum)):
        if limit is not None and column.type not in ORDERED:
            yield Fault(key, "constraint-unfit", limit)
        elif limit is not None and not is_value(column, limit):
            yield Fault(key, "limit-unusable", limit)
    for text in asked.enum or ():
        if not is_value(column, text):
            yield Fault("enum", "limit-unusable", text)


def _texts(column: Column, con: duckdb.DuckDBPyConnection | None) -> Iterator[Fault]:
    asked = column.constraints
    if column.type == "string":
        if asked.pattern is not None and not _compiles(asked.pattern, con):
            yield Fault("pattern", "pattern-refused", asked.pattern)
        return
    for key, given in (("pattern", asked.pattern), ("minLength", asked.min_length), ("maxLength", asked.max_length)):
        if given is not None:
            yield Fault(key, "constraint-unfit", str(given))


def _compiles(pattern: str, con: duckdb.DuckDBPyConnection | None) -> bool:
    """Whether RE2 takes the pattern; asked of DuckDB itself, which will use it, once a pattern."""
    if pattern not in _COMPILED:
        with duckdb.connect(config={"threads": 1}) if con is None else con.cursor() as connection:
            try:
                connection.execute("SELECT regexp_full_match('', ?)", [pattern])
                _COMPILED[pattern] = True
            except duckdb.Error:
                _COMPILED[pattern] = False
    return _COMPILED[pattern]
