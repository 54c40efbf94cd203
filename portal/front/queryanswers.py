"""What the front adds to answers of the query API: how long they are good, who may read them, compression.

A thousand rows of JSON shrink to a tenth. Nothing secret travels with these answers, so that compression tells nobody
anything (BREACH needs a secret in the body). Files of the site have compressed copies instead (portal/publish.py).
"""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import AsyncIterable, AsyncIterator, Iterable

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from portal.digests import text_digest
from portal.front.files import accepts_gzip, unchanged
from portal.front.headers import CORS, QUERY, media_type

NOT_ONLY_OF_THE_RELEASE = ("sql", "_where")
"""With these a query may ask for chance or the time of day, so that its answer has no tag."""
SHRINKS = ("application/json", "text/")
LEVEL = 5
_GZIP = 31  # window of 32 KiB with gzip's header (zlib manual, inflateInit2)


def tag_of(request: Request, parts: Iterable[str]) -> str | None:
    """The ETag of an answer, from what it depends on besides its address; weak, because it tells its own duration."""
    if any(name in request.query_params for name in NOT_ONLY_OF_THE_RELEASE):
        return None
    return f'W/"{text_digest(parts)[:20]}"'


def still_good(headers: Headers, tag: str | None) -> Response | None:
    """304 for who already has the answer with this tag."""
    if tag is None or "if-none-match" not in headers or not unchanged(headers, tag.removeprefix("W/"), ""):
        return None
    return Response(status_code=304, headers={"etag": tag, "cache-control": QUERY, **CORS})


def dress(response: Response, request: Request, tag: str | None) -> None:
    """The headers of a good answer, and its compression where the caller takes it."""
    headers = response.headers
    headers["cache-control"] = QUERY
    headers.update(CORS)
    if tag:
        headers["etag"] = tag
    if request.scope["path"].endswith(".csv"):
        headers["content-type"] = media_type(".csv")
    if not headers.get("content-type", "").startswith(SHRINKS):
        return
    headers["vary"] = "Accept-Encoding"
    if request.method == "GET" and isinstance(response, StreamingResponse) and accepts_gzip(request.headers):
        headers["content-encoding"] = "gzip"
        if "content-length" in headers:
            del headers["content-length"]
        response.body_iterator = _packed(response.body_iterator)


async def _packed(pieces: AsyncIterable[str | bytes | memoryview]) -> AsyncIterator[bytes]:
    """The pieces, compressed as they come, outside the event loop."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, _GZIP)
    async for piece in pieces:
        if out := await asyncio.to_thread(packer.compress, piece.encode() if isinstance(piece, str) else piece):
            yield out
    yield packer.flush()
