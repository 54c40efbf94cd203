"""The headers on every answer: what a browser may do with it, and how long it may keep it (service.md §8.2, §9.1)."""

from __future__ import annotations

CSP = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


def policy(tiles: str) -> str:
    """The same for a page that may show maps over tiles of one other host (catalog/portal.yml, `map.tiles`)."""
    return CSP.replace("img-src 'self' data:", f"img-src 'self' data: {tiles}")


SECURITY = {
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    # `same-origin`, not `no-referrer`: Django's CSRF check over https wants the page's own address.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
}

# `s-maxage=0`: a shared cache must ask again, so that a suspended set is gone from it at once (CLM-2); a cache that
# knows the release and the state (deploy/) overrides it.
IMMUTABLE = "public, max-age=31536000, immutable"
PAGE = "public, max-age=60, stale-while-revalidate=60"
DATA = "public, max-age=300, s-maxage=0"
QUERY = "public, max-age=60, s-maxage=0"
NEVER = "no-store"

MEDIA = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "jsonld": "application/ld+json; charset=utf-8",
    "geojson": "application/geo+json; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "pub": "text/plain; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "ttl": "text/turtle; charset=utf-8",
    "rdf": "application/rdf+xml; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "svg": "image/svg+xml; charset=utf-8",
    "webmanifest": "application/manifest+json; charset=utf-8",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "ico": "image/x-icon",
    "woff2": "font/woff2",
    "wasm": "application/wasm",
    "pdf": "application/pdf",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
    "gz": "application/gzip",
}
FOR_PAGES = ("text/html", "text/css", "text/javascript", "image/", "font/")


CORS = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "accept-ranges, content-length, content-range, etag, last-modified, link, "
    "retry-after, x-release",
}
PREFLIGHT = {
    **CORS,
    "access-control-allow-methods": "GET, HEAD",
    "access-control-allow-headers": "range, if-none-match, if-modified-since, if-range, accept, content-type",
    "access-control-max-age": "86400",
    "allow": "GET, HEAD, OPTIONS",
}
"""For scripts of other sites. Never with credentials: there is nothing here that needs any."""


def media_type(path: str) -> str:
    """The media type of a file by its ending; bytes where the ending is unknown."""
    return MEDIA.get(path.rpartition(".")[2].lower(), "application/octet-stream")


def keep_for(path: str) -> str:
    """How long a file of the site may be kept: hashed ones for ever, pages a minute, data five minutes."""
    if path.startswith("assets/"):
        return IMMUTABLE
    if path.endswith(".html") or path.startswith("search/"):
        return PAGE
    return DATA


def open_to_all(path: str) -> bool:
    """Whether other sites' scripts may read a file: data and catalogue files, not pages and their parts."""
    return not media_type(path).startswith(FOR_PAGES) and not path.startswith("search/")
