"""Text to value: the one conversion from a cell of a data file to the value that every format publishes.

The checks judge by it and the load stores what it returns, so a cell that passes the gate is the cell that people get.
Table Schema (https://specs.frictionlessdata.io/table-schema/), as frictionless 5.21 reads it. Deliberate differences,
each held by tests/property/test_casting_laws.py:

| type | frictionless takes | here | why |
|---|---|---|---|
| all | digits of other scripts (１２), `1_000` | refused | Python's habit, not the standard's |
| integer, number | `0512` | refused | the zeros would vanish in silence; a code is a string |
| integer | any size | int64 | SQLite, Parquet and JSON readers keep no more |
| number | NaN, Infinity, any digits | finite, 15 significant digits, Excel's range | all that float and XLSX keep |
| date | `2023-01- 5` | refused | a blank is no digit |
| time, datetime | `24:00`, beyond microseconds, week dates, any separator | refused | never cut in silence |
| time, datetime | any offset spelling | `Z`, `+08`, `+0800`, `+08:00` | ISO 8601 |
| year | ` 999`, `+999` | four digits | |
| yearmonth | any number of digits, blanks | four-digit year, one- or two-digit month | |
| format | `any`, `binary`, `wkt`, `%y`, names of months | refused (`format_problem`) | guesses; the locale's |
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time

from portal.facts import Cell
from portal.tableschema import Column

Caster = Callable[[str], Cell]

TRUE = frozenset({"true", "True", "TRUE", "1"})
FALSE = frozenset({"false", "False", "FALSE", "0"})
INT64 = 2**63
SIGNIFICANT = 15
SMALLEST, LARGEST = 1e-307, 9.99e307  # Excel's limits for numbers

_INTEGER = re.compile(r"[+-]?[0-9]+")
_NUMBER = re.compile(r"[+-]?([0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_PADDED = re.compile(r"[+-]?0[0-9]")
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")
_CLOCK = r"[0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]{1,6})?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
_TIME = re.compile(_CLOCK)
_DATETIME = re.compile(rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[T ]{_CLOCK}")
_YEAR = re.compile("[0-9]{4}")
_YEARMONTH = re.compile("([0-9]{4})-(0?[1-9]|1[0-2])")
_OTHER_DIGIT = re.compile(r"[^\D0-9]")
_SHAPES = {
    "email": re.compile(r"[^\s@,;:<>()\[\]\\\"]+@[^\s@.]+(\.[^\s@.]+)+"),
    "uri": re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+"),
    "uuid": re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
}
_DAY, _CLOCKS = {"Y", "m", "d", "j"}, {"H", "M", "S", "f", "z"}
_DIRECTIVES = {"date": _DAY, "time": _CLOCKS, "datetime": _DAY | _CLOCKS}
_DIRECTIVE = re.compile("%(.)", re.DOTALL)


class CastError(ValueError):
    """The text is no value of the column's type.

    `reason` is one of `type` (not of this type), `padded` (leading zeros would be lost), `range` (beyond int64 or
    Excel's numbers) and `digits` (more than 15 significant digits).
    """

    def __init__(self, reason: str = "type") -> None:
        self.reason = reason
        super().__init__(reason)


def caster(column: Column, missing_values: Sequence[str] = ("",)) -> Caster:
    """The conversion for one column; `missing_values` are the schema's, compared with the text as it stands.

    The returned function gives None for a missing value and raises CastError for any other text that is no value.
    Dates, times and datetimes come back as ISO text. A format that `format_problem` refuses raises ValueError here.
    """
    problem = format_problem(column)
    if problem:
        raise ValueError(problem)
    convert = converter(column)
    missing = frozenset(missing_values)

    def cast(text: str) -> Cell:
        return None if text in missing else convert(text)

    return cast


def converter(column: Column) -> Caster:
    """As `caster`, for a text that is known to be no missing value (bounds and enumerations of the schema)."""
    own_format = column.format if column.format not in (None, "default") else None
    if column.type == "string" and own_format:
        return _shaped(_SHAPES[own_format])
    if column.type in _DIRECTIVES and own_format:
        return _by_pattern(column.type, own_format)
    return _PLAIN[column.type]


def is_value(column: Column, text: str) -> bool:
    """Whether a text that is known to be no missing value is one of the column's type."""
    try:
        converter(column)(text)
    except CastError:
        return False
    return True


def format_problem(column: Column) -> str | None:
    """The part of `format` that can't be used for this type, or None where the format is fine."""
    given = column.format
    if given in (None, "default"):
        return None
    assert given is not None  # noqa: S101 -- told to mypy; the line above has dealt with it
    if column.type == "string":
        return None if given in _SHAPES else given
    if column.type not in _DIRECTIVES:
        return given
    found = _DIRECTIVE.findall(given)
    strange = [f"%{letter}" for letter in found if letter not in _DIRECTIVES[column.type] | {"%"}]
    if strange:
        return strange[0]
    return None if _enough(column.type, set(found)) else given


def plain(value: Cell) -> str:
    """The text of a published value: whole numbers without `.0`, booleans as true and false, None as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 10**SIGNIFICANT else repr(value)
    return str(value)


def _enough(kind: str, letters: set[str]) -> bool:
    """A pattern must name the whole day and the hour, or strptime would invent the rest."""
    day = "Y" in letters and ("j" in letters or {"m", "d"} <= letters)
    return (kind == "time" or day) and (kind == "date" or "H" in letters)


def _string(text: str) -> Cell:
    return text


def _shaped(shape: re.Pattern[str]) -> Caster:
    def cast(text: str) -> Cell:
        if shape.fullmatch(text) is None:
            raise CastError
        return text

    return cast


def _integer(text: str) -> Cell:
    text = text.strip()
    if _INTEGER.fullmatch(text) is None:
        raise CastError
    if _PADDED.match(text):
        raise CastError("padded")
    if len(text) > 20 or not -INT64 <= (value := int(text)) < INT64:
        raise CastError("range")
    return value


def _number(text: str) -> Cell:
    text = text.strip()
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise CastError
    if _PADDED.match(text):
        raise CastError("padded")
    if len(match[1]) > SIGNIFICANT and len(match[1].replace(".", "").strip("0")) > SIGNIFICANT:
        raise CastError("digits")
    value = float(text)
    if not SMALLEST <= abs(value) <= LARGEST and match[1].strip("0.") != "":
        raise CastError("range")
    return value or 0.0  # -0 is 0


def _boolean(text: str) -> Cell:
    if text in TRUE:
        return True
    if text in FALSE:
        return False
    raise CastError


def _date(text: str) -> Cell:
    if _DATE.fullmatch(text) is None:
        raise CastError
    try:
        return date(*map(int, text.split("-"))).isoformat()
    except ValueError as error:
        raise CastError from error


def _time(text: str) -> Cell:
    if _TIME.fullmatch(text) is None:
        raise CastError
    try:
        return time.fromisoformat(text).isoformat()
    except ValueError as error:
        raise CastError from error


def _datetime(text: str) -> Cell:
    if _DATETIME.fullmatch(text) is None:
        raise CastError
    try:
        return datetime.fromisoformat(text).isoformat()
    except ValueError as error:
        raise CastError from error


def _year(text: str) -> Cell:
    if _YEAR.fullmatch(text) is None:
        raise CastError
    return int(text)


def _yearmonth(text: str) -> Cell:
    match = _YEARMONTH.fullmatch(text)
    if match is None:
        raise CastError
    return f"{match[1]}-{match[2]:0>2}"


def _by_pattern(kind: str, pattern: str) -> Caster:
    """Dates and times in the department's own spelling, published as ISO."""

    def cast(text: str) -> Cell:
        if _OTHER_DIGIT.search(text):
            raise CastError
        try:
            moment = datetime.strptime(text, pattern)  # noqa: DTZ007 -- the zone is the text's own, or none
        except ValueError as error:
            raise CastError from error
        if kind == "date":
            return moment.date().isoformat()
        return moment.timetz().isoformat() if kind == "time" else moment.isoformat()

    return cast


_PLAIN: dict[str, Caster] = {
    "string": _string,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "time": _time,
    "datetime": _datetime,
    "year": _year,
    "yearmonth": _yearmonth,
}
