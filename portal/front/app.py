"""The front: one address for pages, query API and forms (design §4, row "processes").

Every request goes the same way: which release → may this address still ask → is the set withheld → page, query or
form → headers, X-Release, one line in the log. The limits and the answers are the same for everybody (ACC-3).
"""

from __future__ import annotations

import json
import time
import traceback
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from portal.front import pages
from portal.front.files import NoSuchRange, send_file
from portal.front.headers import CORS, DATA, NEVER, PREFLIGHT, open_to_all
from portal.front.limits import Buckets, Crowded, Limits, Turns, bucket_key, shortened
from portal.front.log import RequestLog, loggable
from portal.front.misses import PATH as MISSED
from portal.front.misses import Misses
from portal.front.negotiation import description_of, wanted
from portal.front.openapi import openapi
from portal.front.paths import as_datasette_writes, is_form, is_host, is_plain, renamed
from portal.front.proxy import BadAnswer, BodyTooLarge, BodyTooSlow, Caller, Unreachable, Upstreams, forward
from portal.front.queryanswers import dress, still_good, tag_of
from portal.front.release import LiveReleases, Release
from portal.front.sent import Sent
from portal.state import StateFile

READS = ("GET", "HEAD")
QUERIES = (*READS, "OPTIONS")
SENDS = (*READS, "POST")
MEGABYTE = 1 << 20
FORM_BYTES = MEGABYTE
"""The forms take 256 KiB and no files (portal/service/settings.py), and say so better than we can."""


@dataclass(frozen=True)
class FrontConfig:
    """What the front must know. `behind_proxy`: a proxy on this machine stands in front and names the caller."""

    build: Path
    var: Path
    upstreams: Path
    clock: Callable[[], datetime]
    limits: Limits = field(default_factory=Limits)
    behind_proxy: bool = False


@dataclass(frozen=True)
class Asked:
    """A request with what the front found out about it. `held` is let go of once the answer is out."""

    request: Request
    release: Release | None
    caller: Caller
    path: str
    held: AsyncExitStack

    @property
    def headers(self) -> Headers:
        """The request's headers."""
        return self.request.headers

    def explain(self, case: str, status: int, **values: str) -> Response:
        """An explanation in the form that was asked for."""
        return pages.explained(case, status, path=self.path, headers=self.headers, release=self.release, **values)

    def only(self, allowed: tuple[str, ...]) -> Response | None:
        """405 where the request's method is none of these."""
        if self.request.method in allowed:
            return None
        refused = self.explain("method", 405, allowed=", ".join(allowed))
        refused.headers["allow"] = ", ".join(allowed)
        return refused


class Front:
    """The ASGI application inside Starlette's: it answers, and it writes down that it did."""

    def __init__(self, config: FrontConfig) -> None:
        self.config = config
        self.releases = LiveReleases(config.build)
        self.state = StateFile(config.var / "public" / "state.json")
        self.state.read()  # nothing is served while nothing tells what is withheld
        self.upstreams = Upstreams(config.upstreams)
        self.log = RequestLog(config.var / "log", config.clock)
        self.misses = Misses(config.var / "log", config.clock)
        self._files = Buckets(config.limits.files)
        self._queries = Buckets(config.limits.queries)
        self._sends = Buckets(config.limits.sends)
        self._own = {"/healthz": self._health, "/state.json": self._state, "/openapi.json": self._openapi}
        self._turns = Turns(config.limits.queries_at_once, config.limits.queries_waiting)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        began = time.monotonic()
        release = await self.releases.current()
        request = Request(scope, receive)
        sent = Sent(release.id if release else "", release.catalogue.tiles if release else "")
        async with AsyncExitStack() as held:
            asked = Asked(request, release, self._caller(request), scope["path"], held)
            try:
                try:
                    response = await self._answer(asked)
                except Exception:  # whatever it was, the caller gets a page and the log a line
                    traceback.print_exc()
                    response = asked.explain("fault", 500)
                await response(scope, receive, sent.watching(send, asked.path))
            finally:
                self._note(asked, sent, began)

    def _note(self, asked: Asked, sent: Sent, began: float) -> None:
        self.log.write(
            {
                "method": asked.request.method,
                "path": loggable(asked.path),
                "status": sent.status,
                "bytes": sent.bytes,
                "ms": round((time.monotonic() - began) * 1000),
                "release": sent.release,
                "address": shortened(asked.caller.address),
            }
        )

    async def _answer(self, asked: Asked) -> Response:
        if wait := self._bucket(asked).take(bucket_key(asked.caller.address)):
            busy = asked.explain("too-many", 429, seconds=str(wait))
            busy.headers["retry-after"] = str(wait)
            return busy
        if not is_host(asked.caller.host):
            return asked.explain("host", 400)
        first = asked.path.split("/")[1] if asked.path.startswith("/") else ""
        if is_form(asked.path) or asked.path == MISSED:
            told = self._missed if asked.path == MISSED else self._form
            return asked.only(SENDS) or await told(asked)
        if own := self._own.get(asked.path):
            return asked.only(READS) or own(asked)
        if asked.release is None:
            return _preparing(asked)
        return await self._published(asked, asked.release, first)

    async def _published(self, asked: Asked, release: Release, first: str) -> Response:
        """Pages, files and the query API, unless the set is withheld."""
        if asked.path == "/data":
            return _moved("/data/", asked)
        if not is_plain(asked.path):
            return self._missing(asked, release)
        catalogue = release.catalogue
        if notice := catalogue.notice(catalogue.dataset_of(asked.path), self.state.read()):
            return pages.withheld(notice, path=asked.path, headers=asked.headers, release=release)
        if first == "data":
            new = renamed(asked.path, catalogue)
            return _moved(new, asked) if new else asked.only(QUERIES) or await self._query(asked)
        if asked.request.method == "OPTIONS" and "." in asked.path and open_to_all(asked.path[1:]):
            return Response(status_code=204, headers=PREFLIGHT)
        refused = asked.only(READS) or self._outdated(asked, release)
        return refused or self._described(asked, release) or self._file(asked, release)

    def _outdated(self, asked: Asked, release: Release) -> Response | None:
        """503 for a zip of many sets one of which is withheld: the build that this started leaves it out."""
        if not release.catalogue.is_outdated(asked.path, self.state.read()):
            return None
        waiting = asked.explain("bundle-outdated", 503)
        waiting.headers["retry-after"] = "60"
        return waiting

    def _file(self, asked: Asked, release: Release) -> Response:
        """A file of the site, a folder's page, or the way from an old address to the new one."""
        name = asked.path[1:]
        if name == "" or name.endswith("/"):
            name += "index.html"
        found = self.releases.find(release, name)
        if found is None:
            if f"{name}/index.html" in release.files:
                return _moved(f"{asked.path}/", asked)
            if new := renamed(asked.path, release.catalogue):
                return _moved(new, asked)
            return self._missing(asked, release)
        packed = self.releases.find(release, f"{name}.gz")
        try:
            sent = send_file(
                found.path,
                name,
                found.tag,
                headers=asked.headers,
                packed=packed.path if packed else None,
                head=asked.request.method == "HEAD",
            )
            if description_of(asked.path, "ttl"):
                sent.headers.add_vary_header("Accept")
            return sent
        except NoSuchRange as wrong:
            refused = asked.explain("range", 416)
            refused.headers["content-range"] = f"bytes */{wrong.size}"
            return refused
        except OSError:
            return self._missing(asked, release)

    def _described(self, asked: Asked, release: Release) -> Response | None:
        """The way to the description for machines, where the caller prefers it to the page."""
        for ending in wanted(asked.headers.get("accept", "")):
            path = description_of(asked.path, ending)
            if path and path[1:] in release.files:
                return RedirectResponse(path, 303, headers={"cache-control": NEVER, "vary": "Accept"} | CORS)
        return None

    def _missing(self, asked: Asked, release: Release) -> Response:
        """404: the release's own page for browsers, else an explanation."""
        name = "en/404.html" if pages.language(asked.path) == "en" and "en/404.html" in release.files else "404.html"
        found = self.releases.find(release, name)
        if found is None or asked.path.endswith(".json") or "text/html" not in asked.headers.get("accept", ""):
            return asked.explain("not-found", 404)
        return Response(
            found.path.read_bytes(), 404, headers={"cache-control": NEVER}, media_type="text/html; charset=utf-8"
        )

    async def _query(self, asked: Asked) -> Response:
        """The query API: read-only, without cookies, its inner pages closed, few at a time for one address.

        The turn is held until the answer is out: who reads slowly waits for himself, not others for him.
        """
        if asked.request.method == "OPTIONS":
            return Response(status_code=204, headers=PREFLIGHT)
        raw = asked.request.scope.get("raw_path") or asked.path.encode()
        inside = as_datasette_writes(raw.partition(b"?")[0][len(b"/data") :])
        if asked.path.startswith(("/data/-", "/data/_")) or not inside.startswith(b"/"):
            return asked.explain("not-found", 404)
        if len(inside) > 1 and inside.endswith(b"/"):
            return _moved(asked.path.rstrip("/"), asked)
        tag = self._tag(asked)
        if kept := still_good(asked.headers, tag):
            return kept
        try:
            await asked.held.enter_async_context(self._turns.turn(bucket_key(asked.caller.address)))
        except Crowded:
            busy = asked.explain("too-many", 429, seconds="2")
            busy.headers["retry-after"] = "2"
            return busy
        response = await self._hand_on(asked, "data", inside, most=0)
        if response.status_code == 200:
            dress(response, asked.request, tag)
        return response

    def _tag(self, asked: Asked) -> str | None:
        """What an answer of the query API depends on besides its address; None while nobody is behind."""
        try:
            upstream = self.upstreams.get("data")
        except Unreachable:
            return None
        state = self.state.read()
        process = (upstream.release or "", upstream.socket, asked.caller.scheme, asked.caller.host)
        withheld = (json.dumps(state.public(), sort_keys=True), *sorted(state.blocked))
        return tag_of(asked.request, (*process, *withheld))

    async def _form(self, asked: Asked) -> Response:
        """The forms and the desk: the whole path goes on, and nothing may be kept."""
        raw = asked.request.scope.get("raw_path") or asked.path.encode()
        response = await self._hand_on(asked, "forms", raw.partition(b"?")[0], most=FORM_BYTES)
        response.headers.setdefault("cache-control", NEVER)
        return response

    async def _hand_on(self, asked: Asked, name: str, path: bytes, *, most: int) -> Response:
        try:
            upstream = self.upstreams.get(name)
            response = await forward(
                asked.request,
                self.upstreams.client(upstream),
                path,
                caller=asked.caller,
                most=most,
                private=name == "forms",
            )
        except Unreachable:
            down = asked.explain(f"{name}-down", 503)
            down.headers["retry-after"] = "3"
            return down
        except BadAnswer:
            return asked.explain("bad-answer", 502)
        except BodyTooLarge:
            return asked.explain("too-large", 413, megabytes=str(most // MEGABYTE))
        except BodyTooSlow:
            return asked.explain("too-slow", 408)
        if upstream.release:
            response.headers["x-release"] = upstream.release
        return response

    async def _missed(self, asked: Asked) -> Response:
        """A page tells that a search found nothing: counted without identity, and always answered alike."""
        if refused := asked.only(("POST",)):
            return refused
        await self.misses.receive(asked.request, bucket_key(asked.caller.address))
        return Response(status_code=204, headers={"cache-control": NEVER})

    def _health(self, asked: Asked) -> Response:
        parts = {}
        for name in ("data", "forms"):
            try:
                parts[name] = Path(self.upstreams.get(name).socket).is_socket()
            except Unreachable:
                parts[name] = False
        ready = asked.release is not None
        body = {"ok": ready, "release": asked.release.id if asked.release else None, **parts}
        return JSONResponse(body, 200 if ready else 503, headers={"cache-control": NEVER})

    def _openapi(self, asked: Asked) -> Response:
        if asked.release is None:
            return _preparing(asked)
        told = openapi(asked.release.id, asked.release.catalogue)
        return JSONResponse(told, headers={"cache-control": DATA, **CORS})

    def _state(self, asked: Asked) -> Response:
        """What is suspended or under query now, by the ids of the pages; their scripts ask for it."""
        renamed = asked.release.catalogue.aliases if asked.release else {}
        return JSONResponse(self.state.read().public(renamed), headers={"cache-control": NEVER, **CORS})

    def _bucket(self, asked: Asked) -> Buckets:
        if asked.path.startswith("/data/"):
            return self._queries
        is_read = asked.request.method in READS or asked.path == MISSED
        return self._files if is_read else self._sends

    def _caller(self, request: Request) -> Caller:
        address = request.client.host if request.client else "127.0.0.1"
        scheme = request.scope.get("scheme", "http")
        if self.config.behind_proxy and bucket_key(address) in ("127.0.0.1/32", "::/64"):
            told = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
            address = told or address
            scheme = "https" if request.headers.get("x-forwarded-proto") == "https" else scheme
        return Caller(address, scheme, request.headers.get("host", "localhost"))


def _preparing(asked: Asked) -> Response:
    waiting = asked.explain("no-release", 503)
    waiting.headers["retry-after"] = "5"
    return waiting


def _moved(path: str, asked: Asked) -> Response:
    query = asked.request.url.query
    return RedirectResponse(f"{path}?{query}" if query else path, 301, headers={"cache-control": NEVER})


def create_app(config: FrontConfig) -> Starlette:
    """The front as an ASGI application."""
    front = Front(config)

    @asynccontextmanager
    async def lifespan(_: Any) -> AsyncIterator[None]:
        await front.releases.current()
        yield
        await front.upstreams.close()
        front.log.close()

    app = Starlette(lifespan=lifespan)
    app.router.default = front  # a Mount would keep addresses with line breaks from us, and so from the log
    return app
