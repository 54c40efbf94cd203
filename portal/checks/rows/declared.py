"""What a schema asks for must be askable: formats, bounds, lists and patterns, judged before any row is.

The rules about names of columns and keys stand in portal/checks/schema.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import duckdb

from portal.casting import CastError, converter, format_problem
from portal.checks.shape import Read, tables_of
from portal.problems import Problem, shown
from portal.tableschema import Column, TableSchema

ORDERED = frozenset({"integer", "number", "date", "time", "datetime", "year", "yearmonth"})
Fault = tuple[str, str, str]
"""The key below the field (`format`, `minimum` …), the rule, and the text that is at fault."""


def declared_problems(reading: Read) -> list[Problem]:
    """Every constraint of every entry that can't be used, with its line."""
    problems = []
    for dataset in reading.catalogue.datasets:
        for index, table in tables_of(dataset):
            for number, column in enumerate(table.table_schema.fields):
                for key, rule, text in faults(column):
                    path = ("files", index, "schema", "fields", number)
                    keys = (*path, "format") if key == "format" else (*path, "constraints", key)
                    where, line = reading.where(f"catalog/{dataset.department}/{dataset.id}.yml", *keys)
                    values = {"field": column.name, "type": column.type, "key": key, "found": shown(text)}
                    problems.append(Problem(rule, where, line, values, dataset=dataset.id, field=column.name))
    return problems


def unusable(schema: TableSchema) -> bool:
    """Whether rows can't be judged by this schema."""
    twice = len(set(schema.names)) != len(schema.names)
    unknown = not set(schema.primary_key) <= set(schema.names)
    return twice or unknown or any(True for column in schema.fields for _ in faults(column))


def faults(column: Column) -> Iterator[Fault]:
    """What can't be used in one field."""
    if format_problem(column):
        yield "format", "format-unusable", str(column.format)
        return
    asked = column.constraints
    for key, limit in (("minimum", asked.minimum), ("maximum", asked.maximum)):
        if limit is not None and column.type not in ORDERED:
            yield key, "constraint-unfit", limit
        elif limit is not None and not _is_value(column, limit):
            yield key, "limit-unusable", limit
    for text in asked.enum or ():
        if not _is_value(column, text):
            yield "enum", "limit-unusable", text
    texts: tuple[tuple[str, str | int | None], ...] = (
        ("pattern", asked.pattern),
        ("minLength", asked.min_length),
        ("maxLength", asked.max_length),
    )
    for key, given in texts if column.type != "string" else ():
        if given is not None:
            yield key, "constraint-unfit", str(given)
    if column.type == "string" and asked.pattern is not None and not _compiles(asked.pattern):
        yield "pattern", "pattern-refused", asked.pattern


def _is_value(column: Column, text: str) -> bool:
    try:
        converter(column)(text)
    except CastError:
        return False
    return True


@cache
def _compiles(pattern: str) -> bool:
    """Whether RE2 takes the pattern; asked of DuckDB itself, which will use it."""
    try:
        duckdb.execute("SELECT regexp_full_match('', ?)", [pattern])
    except duckdb.Error:
        return False
    return True
