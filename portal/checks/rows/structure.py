"""One fast pass over a prepared file: how many records, which of them are ragged or blank, and a copy that isn't.

DuckDB loses cells of ragged rows and skips blank lines (measurements.md §5), so it never sees any: records with
another number of cells than the header are judged here, and padded or cut in the copy that DuckDB loads, where the
n-th record stays the n-th row. A file without such records is loaded as it is.
"""

from __future__ import annotations

import csv
import io
import os
import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from portal.tablefile.csvtext import RECORD, canonical

BLOCK = 1 << 15
"""Bytes looked at at once; small, because a block with one odd record is looked through."""
CUT = 1 << 20
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
    """What to load, how many records it has (header included), and the numbers of those that were mended."""

    path: Path
    records: int = 0
    irregular: array[int] = field(default_factory=lambda: array("Q"))
    cuts: list[tuple[int, int]] = field(default_factory=list)
    """Where the file may be cut: bytes and records before the place, about every MiB."""

    def parts(self, folder: Path, count: int) -> list[tuple[Path, int]]:
        """The file cut into `count` pieces of whole records, each with the number of records before it."""
        size = self.path.stat().st_size
        wanted = [size * number // count for number in range(1, count)]
        chosen = sorted({min(self.cuts, key=lambda cut: abs(cut[0] - place)) for place in wanted} if self.cuts else ())
        edges = [(0, 0), *chosen, (size, self.records)]
        if len(edges) == 2:
            return [(self.path, 0)]
        pieces = []
        with self.path.open("rb") as source:
            for number, ((start, first), (end, _)) in enumerate(pairwise(edges)):
                piece = folder / f"{self.path.stem}.{number}"
                with piece.open("wb") as out:
                    _copy(source, out, start, end - start)
                pieces.append((piece, first))
        return pieces

    def is_irregular(self, row: int) -> bool:
        """The record had too many or too few cells, or was blank."""
        place = bisect_left(self.irregular, row)
        return place < len(self.irregular) and self.irregular[place] == row


def scan(table: Path, width: int, padding: str, copy: Path, seen: Seen) -> Structure:
    """Pass over the file; `seen` gets each irregular record with its number. Raises RecordTooLongError.

    Blocks of whole records are reduced to their commas and line feeds and compared with what they should be: 0.1 s for
    a million records of twelve cells. Only blocks that differ are looked through record by record.
    """
    found = Structure(table)
    out: BinaryIO | None = None
    row = b"," * (width - 1) + b"\n"
    written = 0
    try:
        with table.open("rb") as stream:
            start = 0
            while block := _block(stream, found.records):
                mended = _looked_through(block, row, padding, found, seen)
                if out is None and mended is not block and mended != block:
                    out = _copy_so_far(table, copy, start)
                    found.path = copy
                block = mended
                if out is not None:
                    out.write(block)
                start = stream.tell()
                written += len(block)
                if written - (found.cuts[-1][0] if found.cuts else 0) >= CUT:
                    found.cuts.append((written, found.records))
    finally:
        if out is not None:
            out.close()
    return found


def _block(stream: BinaryIO, records: int) -> bytes:
    """The next whole records, about BLOCK bytes; canonical text has a quote open where it has an odd number."""
    parts = [stream.read(BLOCK), stream.readline(RECORD + 1)]
    open_ = sum(part.count(b'"') for part in parts) % 2
    size = len(parts[-1])
    while (open_ or not parts[-1].endswith(b"\n")) and (more := stream.readline(RECORD + 1)):
        parts.append(more)
        open_ = (open_ + more.count(b'"')) % 2
        size += len(more)
        if size > RECORD + BLOCK:
            raise RecordTooLongError(records + 1)
    return b"".join(parts)


def _looked_through(block: bytes, row: bytes, padding: str, found: Structure, seen: Seen) -> bytes:
    """The block with its ragged and blank records mended: the block itself where it has none.

    A block that is not as it should be is halved until little is left to look through record by record.
    """
    bones = _skeleton(block)
    count = bones.count(b"\n")
    if bones == row * count and (len(row) > 1 or not _has_blank_line(block)):
        found.records += count
        return block
    middle = block.find(b"\n", len(block) // 2) + 1
    if len(block) <= LITTLE or b'"' in block or middle in (0, len(block)):
        return _mend(block, len(row), padding, found, seen)
    halves = (block[:middle], block[middle:])
    return b"".join(_looked_through(half, row, padding, found, seen) for half in halves)


def _skeleton(block: bytes) -> bytes:
    """Commas and line feeds between cells, the last line feed added where the file has none."""
    bare = _QUOTED.sub(b"", block) if b'"' in block else block
    bones = bare.translate(None, _FLESH)
    return bones if block.endswith(b"\n") else bones + b"\n"


def _has_blank_line(block: bytes) -> bool:
    """In a table of one column a blank line has the bones of a row."""
    bare = _QUOTED.sub(b"x", block) if b'"' in block else block
    return bare.startswith(b"\n") or b"\n\n" in bare


def _mend(block: bytes, width: int, padding: str, found: Structure, seen: Seen) -> bytes:
    """Judge a block record by record; gives it with ragged and blank records brought to the width."""
    commas, mended = width - 1, []
    for line in _records(block):
        found.records += 1
        if len(line) > RECORD:
            raise RecordTooLongError(found.records)
        if b'"' in line:
            cells = next(csv.reader((line.decode(),)))
            regular = len(cells) == width
        else:
            regular = line.count(b",") == commas and line != b"\n"
            cells = [] if regular or line == b"\n" else line.rstrip(b"\n").decode().split(",")
        if not regular:
            found.irregular.append(found.records)
            seen(found.records, cells)
            line = canonical((cells + [padding] * width)[:width]).encode()  # noqa: PLW2901 -- the mended one
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


def _copy_so_far(table: Path, copy: Path, size: int) -> BinaryIO:
    """Begin the copy with the bytes before this block."""
    out = copy.open("wb")
    with table.open("rb") as again:
        _copy(again, out, 0, size)
    return out


def _copy(source: BinaryIO, out: BinaryIO, start: int, size: int) -> None:
    """Bytes of one file into another, within the system."""
    out.flush()
    while size and (sent := os.sendfile(out.fileno(), source.fileno(), start, size)):
        start, size = start + sent, size - sent
