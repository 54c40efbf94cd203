"""How long and how large a request may be before it is a request: uvicorn's own protocol has no such bounds.

Measured without them: a header of 64 MB was taken and kept in memory, and 600 connections that never finished their
first line stayed open for ever. With them: a head of at most 32 KiB within 20 s, an answer that nobody reads for 30 s
is given up, and one address holds at most `Limits.connections` connections.

People also paste addresses with Chinese characters into curl, which sends them as they are; the parser refuses
bytes above 127, so they are percent-encoded first (RFC 3986 §2.5).
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from portal.front.limits import bucket_key

HEAD_BYTES = 32 * 1024
HEAD_SECONDS = 20.0
STALLED_SECONDS = 30.0
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_TOO_LARGE = "Request header fields too large"


class Unready(ValueError):  # noqa: N818 -- the parser turns it into a refusal
    """The head of a request is larger than anybody needs."""


class BoundedProtocol(HttpToolsProtocol):
    """One connection. `most_connections` and `open_connections` are set by `bounded`, one pair a server."""

    most_connections = 0
    open_connections: Counter[str]

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._key = ""
        self._head_bytes = 0
        self._in_head = True
        self._too_large = False
        self._head_timer: asyncio.TimerHandle | None = None
        self._stall_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Count it; one too many of an address is closed at once."""
        super().connection_made(transport)
        self._key = bucket_key(self.client[0] if self.client else "")
        self.open_connections[self._key] += 1
        if self.most_connections and self.open_connections[self._key] > self.most_connections:
            transport.abort()
            return
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Let go of everything that waits for this connection."""
        self.open_connections[self._key] -= 1
        if self.open_connections[self._key] <= 0:
            del self.open_connections[self._key]
        self._head_timer = _cancelled(self._head_timer)
        self._stall_timer = _cancelled(self._stall_timer)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Bytes of the client: a head is counted and timed, what follows is left to the reader of the body."""
        if self.transport.is_closing():
            return
        if self._in_head:
            if self._head_bytes == 0:
                data = _encoded_line(data)
            self._head_bytes += len(data)
            self._expect_head()
        super().data_received(data)
        if self._in_head and self._head_bytes > HEAD_BYTES and not self.transport.is_closing():
            self.send_400_response(_TOO_LARGE)

    def on_headers_complete(self) -> None:
        """The head is whole: its size is known now. Raises Unready, which the parser makes a refusal."""
        self._in_head, self._head_bytes = False, 0
        self._head_timer = _cancelled(self._head_timer)
        if len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers) > HEAD_BYTES:
            self._too_large = True
            raise Unready
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The next bytes begin another head."""
        self._in_head = True
        if self.cycle.response_complete:
            self._expect_head()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Answered, perhaps before the body was read: what is left of it may come for a while."""
        super().on_response_complete()
        if not self._in_head:
            self._expect_head()

    def send_400_response(self, msg: str) -> None:
        """A request that is none, in both languages; nothing about the server."""
        large = msg == _TOO_LARGE or self._too_large
        status = b"431 Request Header Fields Too Large" if large else b"400 Bad Request"
        said = "请求头过大。Request header fields too large.\n" if large else "请求无法识别。Bad request.\n"
        body = said.encode()
        self.transport.write(
            b"HTTP/1.1 " + status + b"\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: "
            + str(len(body)).encode() + b"\r\nx-content-type-options: nosniff\r\ncache-control: no-store\r\n"
            b"connection: close\r\n\r\n" + body
        )  # fmt: skip
        self.transport.close()

    def pause_writing(self) -> None:
        """The client does not read as fast as we write: wait, but not for ever."""
        super().pause_writing()
        self._stall_timer = self._stall_timer or self.loop.call_later(STALLED_SECONDS, self._give_up)

    def resume_writing(self) -> None:
        """It reads again."""
        self._stall_timer = _cancelled(self._stall_timer)
        super().resume_writing()

    def timeout_keep_alive_handler(self) -> None:
        """Idle between requests: closed; and dropped where the last bytes can't be delivered either."""
        super().timeout_keep_alive_handler()
        self._stall_timer = self._stall_timer or self.loop.call_later(STALLED_SECONDS, self._give_up)

    def _expect_head(self) -> None:
        self._head_timer = self._head_timer or self.loop.call_later(HEAD_SECONDS, self._give_up)

    def _give_up(self) -> None:
        self.transport.abort()


def bounded(most_connections: int) -> type[BoundedProtocol]:
    """The protocol of one server; `most_connections` of one address, 0 for any number (a proxy stands in front)."""
    return type(
        "Bounded", (BoundedProtocol,), {"most_connections": most_connections, "open_connections": Counter[str]()}
    )


def _cancelled(timer: asyncio.TimerHandle | None) -> asyncio.TimerHandle | None:
    """No timer any more."""
    if timer:
        timer.cancel()
    return None


def _encoded_line(data: bytes) -> bytes:
    """The first line with its bytes above 127 percent-encoded."""
    line, end, rest = data.partition(b"\r\n")
    if line.isascii():
        return data
    return _BEYOND_ASCII.sub(lambda found: b"%%%02X" % found.group()[0], line) + end + rest
