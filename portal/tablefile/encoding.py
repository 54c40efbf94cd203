"""Which encoding a text file is in: byte-order mark, else strict UTF-8, else GB18030 (measurements.md §8: 200 of 200).

A detector guesses wrong on short Chinese texts (0 of 200 at ten characters), so nothing is guessed: a file is read
only where every byte of it decodes. Where it does not, lines are weighed one by one to say what is wrong with it:
two encodings in one file, or characters cut in half, and in which lines.
"""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from portal.tablefile.shape import CHUNK, Place, Refused, listed

BOM = codecs.BOM_UTF8
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
PIECE = 1 << 15
"""Bytes looked at at once: small enough that neither they nor their text are asked of the system each time (119 MB are
decoded in 0.06 s, with 64 KiB in 0.15 s)."""
WEIGH = 20_000
"""Lines that are weighed in any case; after them only those that differ, which is quicker."""


@dataclass(slots=True)
class Scan:
    """What one pass over the bytes found. `utf8` is whether every byte decodes; a `mark` is a UTF-8 byte-order mark;
    `long_line` the number of the first line of more than a MiB, or 0.
    """

    sha256: str
    bytes: int
    mark: bool
    utf8: bool
    quotes: bool
    returns: bool
    long_line: int = 0

    @property
    def is_plain(self) -> bool:
        """Already UTF-8 with LF and without any quote: commas and line feeds alone say where cells end."""
        return self.utf8 and not (self.mark or self.quotes or self.returns)


EVIDENT = 0.3
"""Share of common characters from which on a line shows its encoding."""


def scan(stream: BinaryIO, place: Place) -> Scan:
    """Digest, NUL bytes, UTF-8 validity, quotes and carriage returns in one pass in constant memory. Raises Refused.

    The digest in a thread of its own was tried: the two wait for each other, 0.29 s instead of 0.25.
    """
    digest, decoder = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")()
    found = Scan("", 0, mark=False, utf8=True, quotes=False, returns=False)
    unbroken = 0
    while chunk := stream.read(PIECE):
        _look_at(chunk, found, stream, place)
        digest.update(chunk)
        found.utf8 = found.utf8 and _decodes(decoder, chunk)
        found.bytes += len(chunk)
        unbroken = 0 if b"\n" in chunk or b"\r" in chunk else unbroken + len(chunk)
        if unbroken >= CHUNK and not found.long_line:
            found.long_line = _line_at(stream, found.bytes)
    found.utf8 = found.utf8 and _decodes(decoder, b"", final=True)
    found.sha256 = digest.hexdigest()
    return found


def _look_at(chunk: bytes, found: Scan, stream: BinaryIO, place: Place) -> None:
    """Note what one chunk holds. Raises Refused."""
    if found.bytes == 0:
        _refuse_binary(chunk, place)
        found.mark = chunk.startswith(BOM)
    if b"\0" in chunk:
        raise place.refuse("file-binary", line=_line_at(stream, found.bytes + chunk.index(b"\0")))
    found.quotes = found.quotes or b'"' in chunk
    found.returns = found.returns or b"\r" in chunk


def _line_at(stream: BinaryIO, place: int) -> int:
    """The number of the line in which a byte stands; the stream is left where it was."""
    before, lines = stream.tell(), 1
    stream.seek(0)
    while place > 0 and (chunk := stream.read(min(PIECE, place))):
        lines += chunk.count(b"\n")
        place -= len(chunk)
    stream.seek(before)
    return lines


def encoding_of(stream: BinaryIO, found: Scan, place: Place) -> str:
    """`utf-8`, `utf-8-sig` or `gb18030`; the whole file decodes strictly in it. Raises Refused."""
    if found.utf8:
        return "utf-8-sig" if found.mark else "utf-8"
    stream.seek(0)
    decoder = codecs.getincrementaldecoder("gb18030")()
    clean = all(_decodes(decoder, chunk) for chunk in iter(lambda: stream.read(CHUNK), b""))
    clean = clean and _decodes(decoder, b"", final=True)
    stream.seek(0)
    weights = _Weights(not_gb=[found.long_line]) if found.long_line else _weigh(stream)
    if clean and not weights.utf8:
        return "gb18030"
    raise _verdict(weights, place)


def transcode(stream: BinaryIO, encoding: str, target: Path) -> None:
    """Write the file as UTF-8 in pieces, without the byte-order mark that it may begin with (some begin with two)."""
    stream.seek(0)
    decoder = codecs.getincrementaldecoder("gb18030" if encoding == "gb18030" else "utf-8")()
    with target.open("wb") as out:
        out.write(decoder.decode(stream.read(CHUNK)).lstrip("\ufeff").encode())
        while chunk := stream.read(CHUNK):
            out.write(decoder.decode(chunk).encode())
        out.write(decoder.decode(b"", final=True).encode())


@dataclass(slots=True)
class _Weights:
    """Numbers of lines: by the encoding that they show, and by the one that they don't decode in."""

    utf8: list[int] = field(default_factory=list)
    gb: list[int] = field(default_factory=list)
    not_utf8: list[int] = field(default_factory=list)
    not_gb: list[int] = field(default_factory=list)


def _weigh(stream: BinaryIO) -> _Weights:
    weights = _Weights()
    weighed = 0
    for number, line in enumerate(stream, start=1):
        if line.isascii():
            continue
        weighed += 1
        if weighed > WEIGH and _is_as_before(line, weights):
            continue
        utf8, gb = _score(line, "utf-8", 3), _score(line, "gb18030", 2)
        if max(utf8, gb) >= EVIDENT and utf8 != gb:
            (weights.utf8 if utf8 > gb else weights.gb).append(number)
        if not _whole(line, "utf-8"):
            weights.not_utf8.append(number)
        if not _whole(line, "gb18030"):
            weights.not_gb.append(number)
    return weights


def _is_as_before(line: bytes, weights: _Weights) -> bool:
    """It decodes in the only encoding that was seen so far, and, if that is GB18030, only in that."""
    if not weights.gb:
        return _whole(line, "utf-8")
    return not weights.utf8 and _whole(line, "gb18030") and not _whole(line, "utf-8")


def _whole(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _score(line: bytes, encoding: str, width: int) -> float:
    """The share of the bytes beyond ASCII that make the 3,755 common characters (GB 2312, level 1) when read so.

    Text that is read in the wrong encoding makes rare characters.
    """
    beyond = sum(byte > 0x7F for byte in line)
    double = line.decode(encoding, "replace").encode("gb2312", "ignore").translate(None, _ASCII)
    return width * sum(0xB0 <= byte <= 0xD7 for byte in double[0::2]) / beyond


_ASCII = bytes(range(128))


def _verdict(weights: _Weights, place: Place) -> Refused:
    if weights.utf8 and weights.gb:
        utf8_first = len(weights.utf8) >= len(weights.gb)
        main, other = ("UTF-8", "GB18030") if utf8_first else ("GB18030", "UTF-8")
        lines = weights.gb if utf8_first else weights.utf8
        return place.refuse("encoding-mixed", line=lines[0], main=main, other=other, lines=listed(lines))
    name, lines = ("UTF-8", weights.not_utf8) if weights.utf8 else ("GB18030", weights.not_gb)
    return place.refuse("encoding-broken", line=lines[0], encoding=name, lines=listed(lines))


def _refuse_binary(head: bytes, place: Place) -> None:
    if head.startswith(UTF16) or _looks_utf16(head[:4096]):
        raise place.refuse("encoding-utf16")


def _looks_utf16(head: bytes) -> bool:
    """UTF-16 without a mark: the NUL halves of commas and line feeds stand all on even or all on odd places."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    return even + odd >= 3 and (even == 0) != (odd == 0) and (even + odd) * 20 >= len(head)


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def digest_of(stream: BinaryIO) -> tuple[str, int]:
    """sha-256 and size of a file that is no text."""
    stream.seek(0)
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size
