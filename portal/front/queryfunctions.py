"""SQL functions of the query API: our search, and stand-ins for SQLite's own whose worst case no time limit stops.

SQLite's progress handler runs between steps of a statement, never inside one function call. Measured on SQLite 3.40
with values of a few megabytes: `instr` and `replace` compare byte by byte at every place (over 40 s), `trim` looks
through its whole set for each character (36 s), `printf('%.*c', 500000000, 'x')` counts to the end (9 s). Python's
searches are linear, and widths are bounded. Results are those of SQLite (https://www.sqlite.org/lang_corefunc.html).
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from functools import lru_cache

from portal.text import fold, words

SEPARATOR = "\x1f"
"""Between columns: blank space for Python, so no word of a query can hold it, and none spans two columns."""
LONGEST_QUERY = 200
LONGEST_VALUE = 2_000_000
"""The same as SQLITE_LIMIT_LENGTH (portal/front/queryguard.py)."""
MOST_TO_TRIM = 1_000
_LARGE_WIDTH = re.compile(r"%[^a-zA-Z%]*(?:\*|\d{4})")

Value = str | int | float | bytes | None


class TooMuch(ValueError):  # noqa: N818 -- it names what was asked for
    """A call whose work or result would be out of all proportion."""


def row_has_words(query: str, *columns: object) -> bool:
    """`portal_matches(query, text, …)`: every word of the query stands in one of the texts (portal.text.matches).

    Raises TooMuch for a query of more than 200 characters.
    """
    if len(query) > LONGEST_QUERY:
        raise TooMuch
    text = joined(*columns)
    folded = text.lower() if text.isascii() else fold(text)
    return all(word in folded for word in query_words(query))


def joined(*columns: object) -> str:
    """`portal_joined(text, …)`: several texts as one, for tables with more columns than a call takes."""
    return SEPARATOR.join(str(column) for column in columns if column is not None)


@lru_cache(maxsize=256)
def query_words(query: str) -> tuple[str, ...]:
    """The folded words of a query."""
    return tuple(words(query))


def instr(value: Value, part: Value) -> int | None:
    """The place of the first occurrence, from 1; 0 if there is none."""
    if value is None or part is None:
        return None
    if isinstance(value, bytes) and isinstance(part, bytes):
        return value.find(part) + 1
    return _text(value).find(_text(part)) + 1


def replace(value: Value, old: Value, new: Value) -> str | None:
    """Every occurrence replaced. Raises TooMuch where the result would be too large."""
    if value is None or old is None or new is None:
        return None
    text, before, after = _text(value), _text(old), _text(new)
    if before == "":
        return text
    grows = len(after) - len(before)
    if grows > 0 and len(text) + text.count(before) * grows > LONGEST_VALUE:
        raise TooMuch
    return text.replace(before, after)


def trimming(strip: Callable[[str, str], str]) -> Callable[..., str | None]:
    """`trim`, `ltrim` or `rtrim`, of blanks or of given characters. Raises TooMuch for over 1,000 characters."""

    def trim(value: Value, *characters: Value) -> str | None:
        if value is None or None in characters:
            return None
        given = _text(characters[0]) if characters else " "
        if len(given) > MOST_TO_TRIM:
            raise TooMuch
        return strip(_text(value), given) if given else _text(value)

    return trim


def printing() -> Callable[..., str | None]:
    """`printf` and `format`, by SQLite itself, but without widths of four digits or from an argument."""
    beside = sqlite3.connect(":memory:", check_same_thread=False)

    def printf(*values: Value) -> str | None:
        if not values or values[0] is None:
            return None
        if _LARGE_WIDTH.search(_text(values[0])):
            raise TooMuch
        holes = ", ".join("?" * len(values))
        (text,) = beside.execute(f"SELECT printf({holes})", values).fetchone()
        return text if text is None else str(text)

    return printf


def _text(value: Value) -> str:
    """A value as SQLite casts it to text."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, float):
        digits, exponent, power = f"{value:.15g}".partition("e")
        whole = "" if "." in digits or "n" in digits else ".0"
        return f"{digits}{whole}{exponent}{power}"
    return str(value)


def add_functions(connection: sqlite3.Connection) -> None:
    """Make all of them known to a connection, in place of SQLite's own where the name is taken."""
    printf = printing()
    trims = {"trim": str.strip, "ltrim": str.lstrip, "rtrim": str.rstrip}
    functions: list[tuple[str, int, Callable[..., Value]]] = [
        ("portal_matches", -1, row_has_words),
        ("portal_joined", -1, joined),
        ("instr", 2, instr),
        ("replace", 3, replace),
        ("printf", -1, printf),
        ("format", -1, printf),
        *((name, count, trimming(strip)) for name, strip in trims.items() for count in (1, 2)),
    ]
    for name, count, function in functions:
        connection.create_function(name, count, function, deterministic=True)
