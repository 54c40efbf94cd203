"""One fast pass over a prepared file: how many records, which of them are ragged or blank, and copies that aren't.

DuckDB loses cells of ragged rows and skips blank lines (measurements.md §5), so it never sees any: records with
another number of cells than the header are judged here, and padded or cut in the pieces that DuckDB loads, where the
n-th record stays the n-th row. The first piece is being loaded while the next is looked at.
"""

from __future__ import annotations

import csv
import io
import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from math import ceil
from pathlib import Path
from typing import BinaryIO, NamedTuple

from portal.tablefile.csvtext import RECORD, canonical

BLOCK = 1 << 15
"""Bytes looked at at once; small, because a block with one odd record is looked through."""
PIECES = 16
"""Most pieces of a file, of equal length: few, as planning a query takes 4 ms, and an even number, so that two threads
end together (119 MB: 0.8 s in sixteen, 0.9 s in eight, 1.2 s in two)."""
PIECE = 4 << 20
"""Bytes of a piece at least."""
LITTLE = 1 << 10
"""Bytes that are looked through record by record."""
_FLESH = bytes(byte for byte in range(256) if byte not in b",\n")
_QUOTED = re.compile(rb'"[^"]*"')


Seen = Callable[[int, list[str]], None]


class RecordTooLongError(Exception):
    """A record is longer than any reader here takes; `row` is its number."""

    def __init__(self, row: int) -> None:
        self.row = row
        super().__init__(row)


@dataclass(slots=True)
class Structure:
    """How many records a file has (header included), and the numbers of those that were mended."""

    records: int = 0
    irregular: array[int] = field(default_factory=lambda: array("Q"))

    def is_irregular(self, row: int) -> bool:
        """The record had too many or too few cells, or was blank."""
        place = bisect_left(self.irregular, row)
        return place < len(self.irregular) and self.irregular[place] == row


class Piece(NamedTuple):
    """A file with some of the records, none of them ragged or blank, and the number of records before it."""

    path: Path
    first: int


@dataclass(frozen=True, slots=True)
class Source:
    """A prepared file to be looked at: cells that each record must have, what a missing one is filled with, and who
    is told of each irregular record with its number.
    """

    table: Path
    width: int
    padding: str
    seen: Seen = lambda _row, _cells: None

    def pieces(self, folder: Path, found: Structure) -> Iterator[Piece]:
        """Pass over the file and give its pieces, written into the folder; `found` is complete after the last.

        Blocks of whole records are reduced to their commas and line feeds and compared with what they should be: 0.2 s
        for a million records of twelve cells. Only blocks that differ are looked through record by record. Raises
        RecordTooLongError.
        """
        row = b"," * (self.width - 1) + b"\n"
        size = self.table.stat().st_size
        length = ceil(size / min(PIECES, max(1, size // PIECE)))
        with self.table.open("rb") as stream:
            block = _block(stream, 0)
            for number in count():
                first, taken = found.records, 0
                path = folder / f"{number}.csv"
                with path.open("wb") as out:
                    while block and taken < length:
                        taken += len(block)
                        out.write(_looked_through(block, row, self, found))
                        block = _block(stream, found.records)
                yield Piece(path, first)
                if not block:
                    return


def _block(stream: BinaryIO, records: int) -> bytes:
    """The next whole records, about BLOCK bytes; canonical text has a quote open where it has an odd number."""
    block = stream.read(BLOCK) + stream.readline(RECORD + 1)
    if block.endswith(b"\n") and b'"' not in block:
        return block
    parts, open_, size = [block], block.count(b'"') % 2, len(block)
    while (open_ or not parts[-1].endswith(b"\n")) and (more := stream.readline(RECORD + 1)):
        parts.append(more)
        open_ = (open_ + more.count(b'"')) % 2
        size += len(more)
        if size > RECORD + 2 * BLOCK:
            raise RecordTooLongError(records + 1)
    return b"".join(parts)


def _looked_through(block: bytes, row: bytes, source: Source, found: Structure) -> bytes:
    """The block with its ragged and blank records mended: the block itself where it has none.

    A block that is not as it should be is halved until little is left to look through record by record.
    """
    bones = _skeleton(block)
    records = bones.count(b"\n")
    if bones == row * records and (len(row) > 1 or not _has_blank_line(block)):
        found.records += records
        return block
    middle = block.find(b"\n", len(block) // 2) + 1
    if len(block) <= LITTLE or b'"' in block or middle in (0, len(block)):
        return _mend(block, source, found)
    halves = (block[:middle], block[middle:])
    return b"".join(_looked_through(half, row, source, found) for half in halves)


def _skeleton(block: bytes) -> bytes:
    """Commas and line feeds between cells, the last line feed added where the file has none."""
    bare = _QUOTED.sub(b"", block) if b'"' in block else block
    bones = bare.translate(None, _FLESH)
    return bones if block.endswith(b"\n") else bones + b"\n"


def _has_blank_line(block: bytes) -> bool:
    """In a table of one column a blank line has the bones of a row."""
    bare = _QUOTED.sub(b"x", block) if b'"' in block else block
    return bare.startswith(b"\n") or b"\n\n" in bare


def _mend(block: bytes, source: Source, found: Structure) -> bytes:
    """Judge a block record by record; gives it with ragged and blank records brought to the width."""
    width, mended = source.width, []
    for line in _records(block):
        found.records += 1
        if len(line) > RECORD:
            raise RecordTooLongError(found.records)
        if b'"' in line:
            cells = next(csv.reader((line.decode(),)))
            regular = len(cells) == width
        else:
            regular = line.count(b",") == width - 1 and line != b"\n"
            cells = [] if regular or line == b"\n" else line.rstrip(b"\n").decode().split(",")
        if not regular:
            found.irregular.append(found.records)
            source.seen(found.records, cells)
            line = canonical((cells + [source.padding] * width)[:width]).encode()  # noqa: PLW2901 -- the mended one
        mended.append(line)
    return b"".join(mended)


def _records(block: bytes) -> Iterator[bytes]:
    """Records of canonical text: lines, joined while a quote is open."""
    held: list[bytes] = []
    quotes = 0
    for line in io.BytesIO(block):
        held.append(line)
        quotes += line.count(b'"')
        if quotes % 2 == 0:
            yield line if len(held) == 1 else b"".join(held)
            held.clear()
