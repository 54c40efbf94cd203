"""SQL that lets good cells pass: for each column an expression that is true only for texts that are surely right.

It may be false or NULL for a right text (Python then judges it), never true for a wrong one: both engines are held to
that by tests/property/test_rows_screen_laws.py. What it lets pass has one spelling that keys are compared by
(`spelling`), so that `1` and ` 1 ` can't be two keys. Patterns are RE2's, here and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from portal.casting import FALSE, TRUE, converter
from portal.tableschema import Column

_CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
_EVERY_MONTH = f"[0-9]{{4}}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])T{_CLOCK}"
_SHAPES = {
    "number": r"-?[1-9][0-9]*(\.[0-9]+)?|-?0\.[0-9]*[1-9][0-9]*|0(\.0+)?",
    "time": _CLOCK,
    "datetime": f"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}T{_CLOCK}",
    "yearmonth": "[0-9]{4}-(0[1-9]|1[0-2])",
}
# Whole numbers and days: DuckDB's own spelling of what it reads must be the text again, which is quicker than
# a regular expression and says all: digits, no padding, a day that exists.
_SPELLED = {
    "integer": "try_cast({c} AS BIGINT)::VARCHAR = {c}",
    "year": "strlen({c}) = 4 AND try_cast({c} AS SMALLINT)::VARCHAR = {c} AND {c} >= '1'",
    "date": "strlen({c}) = 10 AND try_cast({c} AS DATE)::VARCHAR = {c}",
}
_WIDTHS = {"Y": 4, "m": 2, "d": 2, "H": 2, "M": 2, "S": 2}
_NUMERIC = {"integer": "BIGINT", "year": "BIGINT", "number": "DOUBLE"}
NUMBER_LENGTH = 15  # digits that a number keeps; sign and point are counted with them, to be quick


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def any_of(texts: Sequence[str]) -> str:
    """A list of SQL literals for IN; of none, one that is neither in it nor surely not."""
    return "(" + (", ".join(map(quoted, texts)) or "NULL") + ")"


def passes(column: Column, cell: str) -> str:
    """SQL, true where the text is a value of the column's type that satisfies its constraints (the pattern aside)."""
    parts = [has_type(column, cell), *_bounds(column, cell)]
    asked = column.constraints
    if asked.enum is not None:
        parts.append(f"{cell} IN {any_of(asked.enum)}")
    if asked.min_length is not None:
        parts.append(f"length({cell}) >= {asked.min_length}")
    if asked.max_length is not None:
        parts.append(f"length({cell}) <= {asked.max_length}")
    return " AND ".join(parts)


def has_type(column: Column, cell: str) -> str:
    """SQL, true where the text is surely a value of the column's type, in a spelling that `spelling` knows."""
    own_format = column.format if column.format not in (None, "default") else None
    if column.type == "boolean":
        return f"{cell} IN {any_of(sorted(TRUE | FALSE))}"
    if column.type == "string":
        return "FALSE" if own_format else "TRUE"
    if own_format:
        shape = _shape_of_format(own_format)
        return f"({_full(cell, shape)} AND {_day_exists(cell, own_format)})" if shape else "FALSE"
    if column.type in _SPELLED:
        return f"({_SPELLED[column.type].format(c=cell)})"
    test = _full(cell, _SHAPES[column.type])
    if column.type == "number":
        test += f" AND strlen({cell}) <= {NUMBER_LENGTH}"
    if column.type == "datetime":
        there = f"({test} AND try_cast({cell} AS TIMESTAMP) IS NOT NULL)"  # asked only for the 29th and later
        test = f"({_full(cell, _EVERY_MONTH)} OR {there}) AND {cell} >= '0001'"
    return f"({test})"


def spelling(column: Column, cell: str) -> str:
    """SQL for the text by which a passed value is compared with others (`key_text` in keys.py, for the rest)."""
    if column.type == "number":
        return f"CASE WHEN contains({cell}, '.') THEN rtrim(rtrim({cell}, '0'), '.') ELSE {cell} END"
    if column.type == "boolean":
        return f"CASE WHEN {cell} IN {any_of(sorted(TRUE))} THEN 'true' ELSE 'false' END"
    if column.type in ("date", "time", "datetime") and column.format not in (None, "default"):
        target = {"date": "%Y-%m-%d", "time": "%H:%M:%S", "datetime": "%Y-%m-%dT%H:%M:%S"}[column.type]
        return f"strftime(try_strptime({cell}, {quoted(str(column.format))}), {quoted(target)})"
    return cell


def pattern_misses(column: Column, cell: str) -> str | None:
    """SQL, true where a text (no missing value) does not match the column's whole pattern."""
    if column.constraints.pattern is None:
        return None
    return f"NOT {_full(cell, column.constraints.pattern)}"


def _bounds(column: Column, cell: str) -> list[str]:
    """Numbers as numbers; ISO days and months, all of one width, as text; the rest goes to Python."""
    asked = column.constraints
    limits = [(">=", asked.minimum), ("<=", asked.maximum)]
    given = [(sign, converter(column)(limit)) for sign, limit in limits if limit is not None]
    if column.type in _NUMERIC:
        kind = _NUMERIC[column.type]  # a bare 1000.0 would be a DECIMAL, to which 1000.04 is rounded
        value = f"try_cast({cell} AS {kind})"
        if len(given) == 2:
            return [f"{value} BETWEEN {given[0][1]!r}::{kind} AND {given[1][1]!r}::{kind}"]
        return [f"{value} {sign} {limit!r}::{kind}" for sign, limit in given]
    if column.type in ("date", "yearmonth"):
        return [f"{spelling(column, cell)} {sign} {quoted(str(limit))}" for sign, limit in given]
    return ["FALSE" for _ in given]


def _full(cell: str, pattern: str) -> str:
    return f"regexp_full_match({cell}, {quoted(pattern)})"


def _shape_of_format(format_: str) -> str | None:
    """A regular expression for a strptime pattern of fixed width; None for others."""
    shape, place = "", 0
    for match in re.finditer("%(.)", format_):
        shape += re.escape(format_[place : match.start()])
        letter = match[1]
        if letter not in _WIDTHS:
            return None
        shape += f"[0-9]{{{_WIDTHS[letter]}}}"
        place = match.end()
    shape += re.escape(format_[place:])
    return shape


def _day_exists(cell: str, format_: str) -> str:
    moment = f"try_strptime({cell}, {quoted(format_)})"
    return f"{moment} IS NOT NULL AND year({moment}) BETWEEN 1 AND 9999"
