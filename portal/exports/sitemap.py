"""/sitemap.xml and /robots.txt: every page, for those who index the web (https://www.sitemaps.org/protocol.html)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape


def sitemap(site: str, pages: Iterable[str], modified: Mapping[str, str]) -> str:
    """One `url` a page, sorted; `modified` gives the data date of the pages that have one.

    `pages` are addresses such as `/dataset/x/`. The protocol allows 50,000 a file; more raises ValueError.
    """
    addresses = sorted(pages)
    if len(addresses) > 50_000:
        raise ValueError("a sitemap holds 50,000 addresses at most")
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    for address in addresses:
        day = f"<lastmod>{modified[address]}</lastmod>" if address in modified else ""
        lines.append(f"<url><loc>{escape(site + address)}</loc>{day}</url>")
    return "\n".join([*lines, "</urlset>", ""])


def robots(site: str) -> str:
    """Everything may be read but the forms, the desk and the query API's endless addresses."""
    return f"User-agent: *\nDisallow: /forms/\nDisallow: /desk/\nDisallow: /data/\n\nSitemap: {site}/sitemap.xml\n"
