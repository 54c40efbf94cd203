"""A folder served as the front serves it: byte ranges, gzip for text and WebAssembly, the front's policy, tags.

For the benchmark of the query page and its browser tests; what was asked is noted.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

from bench.listening import listening
from portal.front.files import NoSuchRange, wanted_part
from portal.front.headers import CSP, keep_for, media_type

PACKED = frozenset({".html", ".js", ".mjs", ".css", ".json", ".wasm"})


@dataclass(frozen=True)
class Asked:
    """A request that was answered: `wire` are the bytes of the body as sent."""

    path: str
    ranged: str
    status: int
    wire: int


@dataclass
class Served:
    """A served folder. `gone` are paths that answer 410, `state` is /state.json, `asked` what was asked so far."""

    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    state: str = "{}"

    def wire(self, ending: str = "") -> int:
        """Bytes sent for paths with this ending."""
        return sum(one.wire for one in self.asked if one.path.endswith(ending))


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """The folder at an address of this machine, while the context lasts."""
    served = Served()

    class Handler(_Handler):
        known = served
        root = folder

    with listening(_Server(("127.0.0.1", 0), Handler)) as served.url:
        yield served


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A browser that closes a connection is no error."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    known: Served
    root: Path

    def log_message(self, *_: object) -> None:
        """No log."""

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        name = unquote(self.path.split("?")[0]).lstrip("/")
        if name == "state.json":
            return self.answer(200, name, self.known.state.encode(), {"cache-control": "no-store"})
        if name in self.known.gone:
            return self.answer(410, name, b"gone", {})
        path = self.root / (f"{name}index.html" if name.endswith("/") or not name else name)
        if not path.is_file():
            return self.answer(404, name, b"none", {})
        asked = self.headers.get("range")
        tag = f'"{_tag(path, path.stat().st_mtime_ns)}"'
        headers = {"etag": tag, "accept-ranges": "bytes", "cache-control": keep_for(name)}
        if path.suffix in PACKED and not asked:
            return self.answer(
                200, name, _packed(path, path.stat().st_mtime_ns), headers | {"content-encoding": "gzip"}
            )
        try:
            part = wanted_part(asked, path.stat().st_size)
        except NoSuchRange as none:
            return self.answer(416, name, b"", {"content-range": f"bytes */{none.size}"})
        with path.open("rb") as file:
            file.seek(part.start)
            body = file.read(part.stop - part.start)
        if not part.whole:
            headers["content-range"] = f"bytes {part.start}-{part.stop - 1}/{part.size}"
        return self.answer(200 if part.whole else 206, name, body, headers)

    def answer(self, status: int, name: str, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        self.send_header("content-type", media_type(name if "." in name else "index.html"))
        self.send_header("content-length", str(len(body)))
        self.send_header("content-security-policy", CSP)
        for key, value in headers.items():
            self.send_header(key, value)
        self.end_headers()
        sent = b"" if self.command == "HEAD" else body
        self.known.asked.append(Asked(f"/{name}", self.headers.get("range") or "", status, len(sent)))
        self.wfile.write(sent)


@cache
def _packed(path: Path, _changed: int) -> bytes:
    return gzip.compress(path.read_bytes(), 6, mtime=0)


@cache
def _tag(path: Path, _changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]
