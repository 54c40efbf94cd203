"""Sending a file of the release: conditional requests, byte ranges, compressed copies (RFC 9110 §13-14)."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncIterator
from contextlib import ExitStack
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path
from typing import BinaryIO

from starlette.datastructures import Headers
from starlette.responses import Response, StreamingResponse

from portal.front.headers import CORS, keep_for, media_type, open_to_all

AT_ONCE = 1 << 18
"""Files up to this size are read whole; larger ones go out in pieces of the same size."""
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")
"""Python refuses to read numbers of thousands of digits; no file has 10^18 bytes."""


class NoSuchRange(Exception):  # noqa: N818 -- it names what was asked for
    """The file has no such part; `size` is what it has."""

    def __init__(self, size: int) -> None:
        self.size = size
        super().__init__(size)


@dataclass(frozen=True)
class Part:
    """Bytes `start` to `stop` (not included) of a file of `size` bytes."""

    start: int
    stop: int
    size: int

    @property
    def whole(self) -> bool:
        """All of the file."""
        return self.stop - self.start == self.size


def wanted_part(range_header: str | None, size: int) -> Part:
    """Read a Range header: one range or a suffix. Several ranges, another unit or nonsense mean the whole file,
    as the standard allows. Raises NoSuchRange.
    """
    everything = Part(0, size, size)
    found = _RANGE.fullmatch(range_header.strip()) if range_header else None
    if not found or found.groups() == ("", ""):
        return everything
    first, last = found.groups()
    if first == "":
        length = int(last)
        if length == 0 or size == 0:
            raise NoSuchRange(size)
        return Part(max(0, size - length), size, size)
    start = int(first)
    stop = min(int(last) + 1, size) if last else size
    if last and int(last) < start:
        return everything
    if start >= size:
        raise NoSuchRange(size)
    return Part(start, stop, size)


def accepts_gzip(headers: Headers) -> bool:
    """Whether the client takes compressed copies: it names gzip (or *) and does not refuse it by q=0."""
    verdict = False
    for item in headers.get("accept-encoding", "").lower().split(","):
        name, _, quality = item.strip().partition(";")
        if name.strip() in ("gzip", "x-gzip", "*"):
            refused = quality.strip().replace(" ", "") in ("q=0", "q=0.0", "q=0.00", "q=0.000")
            if name.strip() != "*":
                return not refused
            verdict = not refused
    return verdict


def unchanged(headers: Headers, tag: str, modified: str) -> bool:
    """Whether the client already has these bytes: If-None-Match decides, If-Modified-Since only without it."""
    if tags := headers.get("if-none-match"):
        return tags.strip() == "*" or any(one.strip().removeprefix("W/") == tag for one in tags.split(","))
    return headers.get("if-modified-since") == modified


def send_file(path: Path, name: str, tag: str, *, headers: Headers, packed: Path | None, head: bool) -> Response:
    """The answer for one file. `name` is its path in the site, `tag` its checksum, `packed` its compressed copy if
    there is one. Raises FileNotFoundError, and NoSuchRange for a range outside the file.
    """
    ranged = headers.get("range") if not head else None
    if packed and not ranged and accepts_gzip(headers):
        source, tag, encoding = packed, f"{tag}-gz", {"content-encoding": "gzip"}
    else:
        source, encoding = path, {}
    with ExitStack() as opened:
        stream = opened.enter_context(open_file(source))
        status = os.fstat(stream.fileno())
        out = _headers(name, f'"{tag}"', status.st_mtime) | encoding
        if packed:
            out["vary"] = "Accept-Encoding"
        if unchanged(headers, out["etag"], out["last-modified"]):
            return Response(status_code=304, headers=_for_304(out))
        if ranged and headers.get("if-range", out["etag"]) not in (out["etag"], out["last-modified"]):
            ranged = None
        part = wanted_part(ranged, status.st_size)
        length = part.stop - part.start
        out["content-length"] = str(length)
        if not part.whole:
            out["content-range"] = f"bytes {part.start}-{part.stop - 1}/{part.size}"
        code = 200 if part.whole else 206
        if head:
            return Response(status_code=code, headers=out)
        if length <= AT_ONCE:
            return Response(os.pread(stream.fileno(), length, part.start), status_code=code, headers=out)
        opened.pop_all()  # the pieces close it, or its last reference does
        return StreamingResponse(_pieces(stream, part), status_code=code, headers=out)


def open_file(path: Path) -> BinaryIO:
    """Open a file that must not be a symbolic link."""
    return os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb", buffering=0)


def _headers(name: str, tag: str, modified: float) -> dict[str, str]:
    out = {
        "content-type": media_type(name),
        "etag": tag,
        "last-modified": formatdate(modified, usegmt=True),
        "cache-control": keep_for(name),
        "accept-ranges": "bytes",
    }
    if open_to_all(name):
        out |= CORS
    return out


def _for_304(out: dict[str, str]) -> dict[str, str]:
    keep = ("etag", "last-modified", "cache-control", "vary", *CORS)
    return {key: value for key, value in out.items() if key in keep}


async def _pieces(stream: BinaryIO, part: Part) -> AsyncIterator[bytes]:
    """The bytes of a part, a piece at a time, read outside the event loop."""
    with stream:
        at = part.start
        while at < part.stop:
            piece = await asyncio.to_thread(os.pread, stream.fileno(), min(AT_ONCE, part.stop - at), at)
            if not piece:
                return
            at += len(piece)
            yield piece
