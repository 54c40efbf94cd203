"""One fast pass over a prepared file: how many records, which of them are ragged or blank, and a copy that isn't.

DuckDB loses cells of ragged rows and skips blank lines (measurements.md §5), so it never sees any: records with
another number of cells than the header are judged here, and padded or cut in the copy that DuckDB loads, where the
n-th record stays the n-th row. A file without such records is loaded as it is.
"""

from __future__ import annotations

import csv
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from portal.tablefile.csvtext import RECORD, canonical


class RecordTooLongError(Exception):
    """A record is longer than any reader here takes; `row` is its number."""

    def __init__(self, row: int) -> None:
        self.row = row
        super().__init__(row)


@dataclass(slots=True)
class Structure:
    """What to load, how many records it has (header included), and the numbers of those that were mended."""

    path: Path
    records: int = 0
    irregular: array[int] = field(default_factory=lambda: array("Q"))

    def is_irregular(self, row: int) -> bool:
        """The record had too many or too few cells, or was blank."""
        place = bisect_left(self.irregular, row)
        return place < len(self.irregular) and self.irregular[place] == row


def scan(table: Path, width: int, padding: str, copy: Path, seen: Callable[[int, list[str]], None]) -> Structure:
    """Pass over the file; `seen` gets each irregular record with its number. Raises RecordTooLongError.

    A million records of twelve cells take 0.8 s where no cell is quoted.
    """
    found = Structure(table)
    out: BinaryIO | None = None
    commas = width - 1
    try:
        with table.open("rb") as stream:
            for row, line in enumerate(_records(stream), start=1):
                found.records = row
                if b'"' in line:
                    regular = len(next(csv.reader((line.decode(),)))) == width
                else:
                    regular = line.count(b",") == commas and line != b"\n"
                if not regular:
                    if out is None:
                        out = _copy_so_far(table, copy, row)
                        found.path = copy
                    cells = [] if line == b"\n" else next(csv.reader((line.decode(),)))
                    found.irregular.append(row)
                    seen(row, cells)
                    line = canonical((cells + [padding] * width)[:width]).encode()  # noqa: PLW2901 -- the mended one
                if out is not None:
                    out.write(line)
    finally:
        if out is not None:
            out.close()
    return found


def _records(stream: BinaryIO) -> Iterator[bytes]:
    """Records of canonical text: lines, joined while a quote is open."""
    row = 0
    for line in stream:
        row += 1
        if b'"' in line and line.count(b'"') % 2:
            parts, quotes, size = [line], line.count(b'"'), len(line)
            while quotes % 2 and (more := stream.readline()):
                parts.append(more)
                quotes += more.count(b'"')
                size += len(more)
                if size > RECORD:
                    raise RecordTooLongError(row)
            yield b"".join(parts)
            continue
        if len(line) > RECORD:
            raise RecordTooLongError(row)
        yield line


def _copy_so_far(table: Path, copy: Path, row: int) -> BinaryIO:
    """Begin the copy with the records before this one."""
    out = copy.open("wb")
    with table.open("rb") as again:
        for number, line in enumerate(_records(again), start=1):
            if number == row:
                break
            out.write(line)
    return out
