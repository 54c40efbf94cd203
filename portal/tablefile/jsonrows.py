"""A JSON array of flat objects as a table: one object a row, the first object's keys the header.

Read object by object, so a large file costs no more memory than a small one. Numbers keep their own digits (they
become text here and values only in portal/casting.py); null is an empty cell. What a table can't hold is refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from portal.tablefile.csvtext import RECORD, canonical
from portal.tablefile.shape import CHUNK, Place, listed

_BLANK = " \t\n\r"


class _ShapeError(ValueError):
    """The text is JSON, but no array of flat objects."""


def rewrite(source: Path, target: Path, place: Place) -> None:
    """Write the canonical CSV of a UTF-8 JSON file. Raises Refused; row 2 is the first object, as in a CSV file."""
    with source.open(encoding="utf-8") as text, target.open("w", encoding="utf-8", newline="") as out:
        header: list[str] = []
        row = 1
        try:
            for row, record in enumerate(_objects(text), start=2):
                if not header:
                    header = list(record)
                    out.write(canonical(header))
                if list(record) != header and set(record) != set(header):
                    raise _other_keys(place, row, header, record)
                out.write(canonical(record[name] for name in header))
        except _ShapeError as error:
            raise place.refuse("json-shape", row=row + 1, number=row + 1) from error
        except (ValueError, RecursionError) as error:
            raise place.refuse("json-broken", row=row + 1, number=row + 1) from error
    if not header:
        raise place.refuse("table-empty")


def _other_keys(place: Place, row: int, header: list[str], record: dict[str, str]) -> Exception:
    extra = [key for key in record if key not in header]
    missing = [key for key in header if key not in record]
    told: dict[str, Any] = {"extra": listed(extra) or "—", "missing": listed(missing) or "—"}
    return place.refuse("json-keys", row=row, number=row, **told)


def _objects(text: TextIO) -> Iterator[dict[str, str]]:
    """The array's objects in order, as text cells. Raises ValueError where it is no such array."""
    decoder = json.JSONDecoder(object_pairs_hook=_flat, parse_float=str, parse_int=str, parse_constant=_no_constant)
    buffer = _Buffer(text)
    if buffer.next_mark() != "[":
        raise _ShapeError
    buffer.skip(1)
    if buffer.next_mark() == "]":
        return
    while True:
        if buffer.next_mark() != "{":
            raise _ShapeError
        yield buffer.value(decoder)
        mark = buffer.next_mark()
        buffer.skip(1)
        if mark == "]":
            break
        if mark != ",":
            raise ValueError(mark)
    if buffer.next_mark():
        raise ValueError("more after the array")


class _Buffer:
    """A window over the text that grows until a value is whole, and forgets what was read."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._held = ""
        self._at = 0

    def next_mark(self) -> str:
        """The next character that is no blank, or '' at the end."""
        while True:
            while self._at < len(self._held) and self._held[self._at] in _BLANK:
                self._at += 1
            if self._at < len(self._held):
                return self._held[self._at]
            if not self._more():
                return ""

    def skip(self, count: int) -> None:
        """Step over characters."""
        self._at += count

    def value(self, decoder: json.JSONDecoder) -> dict[str, str]:
        """The object that begins here."""
        while True:
            try:
                found, self._at = decoder.raw_decode(self._held, self._at)
            except _ShapeError:
                raise
            except ValueError:
                if len(self._held) - self._at > RECORD or not self._more():
                    raise
            else:
                return found  # type: ignore[no-any-return]

    def _more(self) -> bool:
        piece = self._text.read(CHUNK)
        self._held, self._at = self._held[self._at :] + piece, 0
        return bool(piece)


def _flat(pairs: list[tuple[str, object]]) -> dict[str, str]:
    record: dict[str, str] = {}
    for name, value in pairs:
        if name in record or isinstance(value, (dict, list)):
            raise _ShapeError
        record[name] = _cell(value)
    return record


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _no_constant(name: str) -> str:
    """NaN and Infinity are not JSON."""
    raise ValueError(name)
