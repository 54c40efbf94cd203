"""A stand-in for whoever answers forms: it tells what reached it, so that tests see what the front hands on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Echo the request as JSON; `/forms/page/` is a page with a header of its own."""
    size = 0
    stream = environ["wsgi.input"]
    while piece := stream.read(65536):
        size += len(piece)
    told = {
        "method": environ["REQUEST_METHOD"],
        "path": environ.get("RAW_URI", environ["PATH_INFO"]),
        "body": size,
        "headers": {key[5:].lower(): value for key, value in environ.items() if key.startswith("HTTP_")},
    }
    headers = [
        ("Content-Type", "application/json"),
        ("Set-Cookie", "session=1; Path=/"),
        ("Connection", "close, X-Hop"),
    ]
    headers += [("Content-Security-Policy", "default-src 'none'; form-action 'self'")]
    start("200 OK", headers)
    return [json.dumps(told).encode()]
