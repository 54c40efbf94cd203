"""CSV text as it comes, made into the one spelling that Python's reader and DuckDB's read alike.

That spelling is RFC 4180 with LF: a cell with a comma, quote or line break is quoted, quotes inside are doubled,
nothing else is. With CRLF and quotes together DuckDB 2.0 misreads (1,500 random files: 543 differ with a lone or
paired CR, 0 in this spelling), so such files are rewritten. What RFC 4180 can't mean is refused, not guessed.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from portal.tablefile.shape import CHUNK, Place

RECORD = 2 * CHUNK
"""Bytes of one record at most; more is an open quote. DuckDB's reader gets the same limit."""
BLOCK = 1 << 14
"""Bytes looked at at once; small, because a block with a quote is looked through line by line."""
_CELL = rb'(?:"(?:[^"]++|"")*+"|[^",\r\n]*+)'
_STRICT = re.compile(rb"%s(?:,%s)*+\n?" % (_CELL, _CELL))
_SPECIAL = re.compile('[",\r\n\ufeff]')  # a mark at the beginning would be taken off


def is_canonical(stream: BinaryIO) -> bool:
    """Whether every record is spelled as above (blank lines too). Only asked of UTF-8 files without mark."""
    stream.seek(0)
    while block := stream.read(BLOCK) + stream.readline(RECORD):
        if b'"' in block:
            stream.seek(-len(block), 1)
            if not _is_strict(stream, stream.tell() + len(block)):
                return False
        elif b"\r" in block:
            return False
    return True


def _is_strict(stream: BinaryIO, until: int) -> bool:
    """Whether the records up to a place (and the one that goes on beyond it) are spelled so."""
    while stream.tell() < until and (line := stream.readline(RECORD)):
        if b'"' in line:
            record = _rest(stream, line)
            if record is None or _STRICT.fullmatch(record) is None:
                return False
        elif b"\r" in line:
            return False
    return True


def _rest(stream: BinaryIO, line: bytes) -> bytes | None:
    """The record that begins with this line, up to the line in which its quotes match; None where they never do."""
    parts, quotes, size = [line], line.count(b'"'), len(line)
    while quotes % 2:
        more = stream.readline()
        parts.append(more)
        quotes, size = quotes + more.count(b'"'), size + len(more)
        if not more or size > RECORD:
            return None
    return b"".join(parts)


def rewrite(source: Path, target: Path, delimiter: str, place: Place) -> None:
    """Read UTF-8 text with any delimiter and line ends, write the canonical spelling. Raises Refused."""
    with source.open(encoding="utf-8", newline="") as text, target.open("w", encoding="utf-8", newline="") as out:
        for cells in strict_records(text, delimiter, place):
            out.write(canonical(cells))


def strict_records(text: Iterable[str], delimiter: str, place: Place) -> Iterator[list[str]]:
    """Records of CSV text. Raises Refused with the first line of the record whose quotes don't match."""
    source = _Lines(text)
    csv.field_size_limit(RECORD)
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    while True:
        source.start()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise place.refuse("quote-broken", line=source.first, number=source.first) from error
        except _TooLongError as error:
            raise place.refuse("record-too-long", line=source.first) from error
        yield cells


def canonical(cells: Iterable[str]) -> str:
    """One record with its line feed. A record of one empty cell is two quotes, which a blank line is not."""
    found = list(cells)
    if found == [""]:
        return '""\n'
    return ",".join(map(_quoted, found)) + "\n"


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _SPECIAL.search(cell) else cell


class _TooLongError(Exception):
    """A record went on beyond RECORD: its quote was never closed."""


class _Lines:
    """Lines handed to the reader, counted from 1, with a limit on what one record may take."""

    def __init__(self, text: Iterable[str]) -> None:
        self._text = iter(text)
        self._taken = 0
        self.number = 0
        self.first = 1

    def start(self) -> None:
        """A new record begins with the next line."""
        self.first, self._taken = self.number + 1, 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._text)
        self.number += 1
        self._taken += len(line) if line.isascii() else len(line.encode())
        if self._taken > RECORD:
            raise _TooLongError
        return line
