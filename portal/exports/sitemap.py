"""/sitemap.xml and /robots.txt: every page, for those who index the web (https://www.sitemaps.org/protocol.html)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from xml.sax.saxutils import escape

MOST = 50_000
"""Addresses that a file may hold, and files that an index may name."""
CLOSED = ("/forms/", "/en/forms/", "/desk/", "/data/")
"""What nobody should index: forms, the desk, and the query API with its endless addresses."""
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemaps(site: str, pages: Iterable[str], modified: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """File name and text: `sitemap.xml`, and where the pages are more than one file holds, it is the index of others.

    One `url` a page, sorted; `pages` are addresses such as `/dataset/x/`, `modified` gives the day of those that have
    one.
    """
    every = sorted(pages)
    parts = [every[start : start + MOST] for start in range(0, len(every), MOST)]
    if len(parts) <= 1:
        yield "sitemap.xml", _sitemap(site, parts[0] if parts else (), modified)
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield name, _sitemap(site, part, modified)
    lines = [HEAD, f'<sitemapindex xmlns="{SPACE}">']
    lines += [f"<sitemap><loc>{escape(site)}/{name}</loc></sitemap>" for name in names]
    yield "sitemap.xml", "\n".join([*lines, "</sitemapindex>", ""])


def _sitemap(site: str, addresses: Iterable[str], modified: Mapping[str, str]) -> str:
    lines = [HEAD, f'<urlset xmlns="{SPACE}">']
    for address in addresses:
        day = f"<lastmod>{modified[address]}</lastmod>" if address in modified else ""
        lines.append(f"<url><loc>{escape(site + address)}</loc>{day}</url>")
    return "\n".join([*lines, "</urlset>", ""])


def robots(site: str) -> str:
    """Everything may be read but what is CLOSED."""
    closed = "".join(f"Disallow: {folder}\n" for folder in CLOSED)
    return f"User-agent: *\n{closed}\nSitemap: {site}/sitemap.xml\n"
