"""A site that is nothing but the search page, served as the front serves it: for the benchmark and browser tests."""

from __future__ import annotations

import gzip
import mimetypes
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from bench.listening import listening
from portal.front.headers import CSP
from portal.search import IndexReport, SearchRecord, build_index

ASSETS = Path(__file__).resolve().parent.parent / "site_src" / "assets"
TEXT = (".html", ".js", ".json", ".css", ".svg")
PAGE = """<!doctype html>
<html lang="zh-CN" class="js"><head><meta charset="utf-8"><title>检索</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><link rel="stylesheet" href="/assets/css/kaishu.css"></head>
<body><main class="wrap"><h1>检索</h1>
<form class="hero-search" action="/search/" role="search"><label class="vh" for="search-q">检索</label>
<input id="search-q" name="q" type="search"><button type="submit">检索</button></form>
<div id="kaishu-search"></div></main><script src="/assets/js/search.js" type="module"></script></body></html>
"""


def make_site(site: Path, records: Sequence[SearchRecord], *, synonyms: Sequence[Sequence[str]] = ()) -> IndexReport:
    """Write the index, the scripts and the search page into `site`."""
    report = build_index(records, site, expected=len(records), synonyms=synonyms)
    for kind in ("js", "css"):
        shutil.copytree(ASSETS / kind, site / "assets" / kind)
    (site / "search" / "index.html").write_text(PAGE, "utf-8")
    (site / "en" / "search").mkdir(parents=True)
    english = PAGE.replace('lang="zh-CN"', 'lang="en"').replace('"/search/"', '"/en/search/"').replace("检索", "Search")
    (site / "en" / "search" / "index.html").write_text(english, "utf-8")
    return report


@contextmanager
def serving(site: Path) -> Iterator[str]:
    """The site's address while it is served: gzip for text, the front's security policy, kept files for ever."""

    @cache
    def packed(name: str, _changed: int) -> bytes:
        return gzip.compress((site / name).read_bytes(), 9)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """No log."""

        def do_POST(self) -> None:
            """The page tells that a search found nothing (portal/front/misses.py)."""
            self.rfile.read(int(self.headers.get("content-length", "0")))
            self.send_response(204)
            self.end_headers()

        def do_GET(self) -> None:
            name = self.path.split("?")[0].lstrip("/")
            path = site / (f"{name}index.html" if name.endswith("/") or not name else name)
            if not path.is_file():
                self.send_error(404)
                return
            text = path.suffix in TEXT
            body = packed(str(path.relative_to(site)), path.stat().st_mtime_ns) if text else path.read_bytes()
            self.send_response(200)
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            self.send_header("content-type", f"{kind}; charset=utf-8" if text else kind)
            self.send_header("content-length", str(len(body)))
            self.send_header("content-security-policy", CSP)
            self.send_header("x-content-type-options", "nosniff")
            self.send_header("cache-control", "immutable" if name.startswith("assets/") else "no-cache")
            if text:
                self.send_header("content-encoding", "gzip")
            self.end_headers()
            self.wfile.write(body)

    with listening(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as address:
        yield address
