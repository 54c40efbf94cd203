"""Handing a request on to the query API or the forms, over a Unix socket.

A request's body is read whole before anybody is asked: the forms have eight threads, and eight callers who send a
byte a minute would hold them all. Answers are streamed.

The transport is used without httpx's client: a client keeps the cookies that answers set, and would send one
caller's session along with the next caller's request.

What travels is decided here: no hop-by-hop header, no forwarding header but our own, and to the query API, which runs
strangers' SQL, no cookie, no authorization and no address.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from pathlib import Path

import httpx
from starlette.background import BackgroundTask
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse

HOP_BY_HOP = frozenset(
    b"connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer trailers "
    b"transfer-encoding upgrade".split()
)
OURS = frozenset(
    b"x-forwarded-for x-forwarded-proto x-forwarded-host x-forwarded-port x-real-ip forwarded host".split()
)
OF_THE_BODY = frozenset((b"content-length", b"expect"))
PRIVATE = frozenset((b"cookie", b"authorization"))
OF_THE_SERVER = frozenset(b"server date x-powered-by content-security-policy-report-only".split())
DRAIN_SECONDS = 30.0
BODY_SECONDS = 20.0
_TIMES = httpx.Timeout(60, connect=3, pool=10).as_dict()


class Unreachable(Exception):  # noqa: N818 -- it names a state
    """Nobody answers at the upstream."""


class BadAnswer(Exception):  # noqa: N818 -- it names what came back
    """The upstream broke off or spoke no HTTP."""


class BodyTooLarge(Exception):  # noqa: N818 -- it names what was sent
    """The request's body is larger than this address takes."""


class BodyTooSlow(Exception):  # noqa: N818 -- it names what was sent
    """The request's body did not arrive in BODY_SECONDS."""


@dataclass(frozen=True)
class Upstream:
    """A process behind the front: its socket, and the release it serves (the query API only)."""

    socket: str
    release: str | None = None


@dataclass(frozen=True)
class Caller:
    """Who asks, as far as anybody is told: `address`, `scheme` and the host they used."""

    address: str
    scheme: str
    host: str


class Upstreams:
    """The sockets to hand on to, as the supervisor wrote them down; a changed file takes effect at once.

    A client of a socket that is no longer named is closed after its answers have had time to finish.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, int] | None = None
        self._named: dict[str, Upstream] = {}
        self._clients: dict[str, httpx.AsyncHTTPTransport] = {}
        self._closing: set[asyncio.Task[None]] = set()

    def get(self, name: str) -> Upstream:
        """The upstream of that name now. Raises Unreachable where none is named."""
        try:
            found = self._path.stat()
            mark = (found.st_mtime_ns, found.st_ino)
            if mark != self._seen:
                self._named = {
                    key: Upstream(value["socket"], value.get("release"))
                    for key, value in json.loads(self._path.read_text("utf-8")).items()
                }
                self._seen = mark
                self._retire()
        except (OSError, ValueError):
            pass
        if name not in self._named:
            raise Unreachable(name)
        return self._named[name]

    def client(self, upstream: Upstream) -> httpx.AsyncHTTPTransport:
        """The connections to one socket."""
        if upstream.socket not in self._clients:
            self._clients[upstream.socket] = httpx.AsyncHTTPTransport(
                uds=upstream.socket,
                limits=httpx.Limits(max_connections=100, max_keepalive_connections=20),
                trust_env=False,
            )
        return self._clients[upstream.socket]

    async def close(self) -> None:
        """Let go of every connection."""
        for client in self._clients.values():
            await client.aclose()
        self._clients.clear()

    def _retire(self) -> None:
        named = {upstream.socket for upstream in self._named.values()}
        for socket in [socket for socket in self._clients if socket not in named]:
            task = asyncio.get_running_loop().create_task(_close_later(self._clients.pop(socket)))
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)


async def _close_later(client: httpx.AsyncHTTPTransport) -> None:
    await asyncio.sleep(DRAIN_SECONDS)
    await client.aclose()


async def forward(
    request: Request, client: httpx.AsyncHTTPTransport, path: bytes, *, caller: Caller, most: int, private: bool
) -> Response:
    """Ask the upstream and pass its answer on. `path` is the raw path there; `most` the largest body in bytes, 0 for
    an upstream that is told of none; `private` lets cookies and authorization through.

    Raises Unreachable, BadAnswer, BodyTooLarge, BodyTooSlow.
    """
    body = await _body(request, most) if most else None
    query = request.scope["query_string"]
    target = httpx.URL("http://upstream").copy_with(raw_path=path + (b"?" + query if query else b""))
    asked = httpx.Request(
        request.method,
        target,
        headers=_onwards(request.scope["headers"], caller, private=private),
        content=body or None,
        extensions={"timeout": _TIMES},
    )
    try:
        answer = await client.handle_async_request(asked)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as fault:
        raise Unreachable(str(fault)) from fault
    except httpx.HTTPError as fault:
        raise BadAnswer(str(fault)) from fault
    passed = StreamingResponse(
        _answer(answer), status_code=answer.status_code, background=BackgroundTask(answer.aclose)
    )
    passed.raw_headers = list(_back(answer.headers.raw, private=private))
    return passed


def _onwards(headers: Iterable[tuple[bytes, bytes]], caller: Caller, *, private: bool) -> list[tuple[bytes, bytes]]:
    """The request's headers as the upstream gets them."""
    headers = list(headers)
    dropped = HOP_BY_HOP | OURS | OF_THE_BODY | _named_in_connection(headers) | (frozenset() if private else PRIVATE)
    kept = [(key, value) for key, value in headers if key.lower() not in dropped]
    address = [(b"x-forwarded-for", caller.address.encode("latin-1"))] if private else []
    return [
        *kept,
        *address,
        (b"host", caller.host.encode("latin-1")),
        (b"x-forwarded-proto", caller.scheme.encode("latin-1")),
        (b"x-forwarded-host", caller.host.encode("latin-1")),
    ]


def _back(headers: Iterable[tuple[bytes, bytes]], *, private: bool) -> Iterable[tuple[bytes, bytes]]:
    """The answer's headers as the caller gets them."""
    headers = list(headers)
    dropped = HOP_BY_HOP | OF_THE_SERVER | _named_in_connection(headers)
    for key, value in headers:
        lower = key.lower()
        if lower in dropped or (lower in (b"set-cookie", b"vary") and not private):
            continue
        yield lower, value


def _named_in_connection(headers: Iterable[tuple[bytes, bytes]]) -> frozenset[bytes]:
    return frozenset(
        name.strip().lower() for key, value in headers if key.lower() == b"connection" for name in value.split(b",")
    )


async def _body(request: Request, most: int) -> bytes:
    """The whole of the request's body. Raises BodyTooLarge, BodyTooSlow, BadAnswer where the caller went away."""
    if int(request.headers.get("content-length") or 0) > most:
        raise BodyTooLarge
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for piece in request.stream():
                body += piece
                if len(body) > most:
                    raise BodyTooLarge
    except ClientDisconnect as gone:
        raise BadAnswer("the caller went away") from gone
    except TimeoutError as slow:
        raise BodyTooSlow from slow
    return bytes(body)


async def _answer(answer: httpx.Response) -> AsyncIterator[bytes]:
    """The answer's bytes as they are, compressed or not."""
    try:
        async for piece in answer.aiter_raw():
            yield piece
    finally:
        await answer.aclose()
