"""Small pieces of HTML made in Python. `Markup.format` costs 40 µs a call; these are called dozens of times a page."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

TOGETHER = re.compile(r"(（[^（）&]{1,12}）|\([^()&]{1,12}\)|\d{4}[—–]\d{4}年?)")
"""Short brackets and spans of years. keep.js is its twin; a test holds the two against each other."""


def phrases(title: str) -> Markup:
    """A title whose short brackets and years never break inside: 苏州市村（居）委会区划代码 ⏎ （2023年）."""
    return Markup(TOGETHER.sub(r'<span class="keep">\1</span>', str(escape(title))))  # noqa: S704 -- escaped just now


def link(href: str, text: str, rel: str = "") -> Markup:
    """An anchor, its text cut as a title is; `rel` is a constant of ours."""
    more = f' rel="{rel}"' if rel else ""
    return Markup(f'<a href="{escape(href)}"{more}>{phrases(text)}</a>')  # noqa: S704 -- escaped


def whole(text: str) -> Markup:
    """What must not be broken over two lines: a telephone number, the id of a release, a day."""
    return Markup(f'<span class="whole">{escape(text)}</span>')  # noqa: S704 -- escaped


def mail(address: str) -> Markup:
    """A link that writes to an address."""
    return link(f"mailto:{address}", address)


def code(text: str) -> Markup:
    """Text as it is typed."""
    return Markup(f"<code>{escape(text)}</code>")  # noqa: S704 -- escaped


def joined(separator: str, parts: list[Markup]) -> Markup:
    """Pieces with a separator of text between them."""
    return Markup(str(escape(separator)).join(parts))  # noqa: S704 -- both were escaped


def lines(parts: list[Markup]) -> Markup:
    """Pieces one below the other."""
    return Markup("<br>".join(parts))  # noqa: S704 -- escaped before
