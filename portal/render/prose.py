"""Markdown that people of the city wrote → HTML that is safe to show.

Raw HTML is shown as text, only web, mail and site addresses become links, and pictures become links (no page asks
another host for anything). Headings move below the page's own and get anchors.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

_PARSER = MarkdownIt("commonmark", {"html": False, "breaks": False}).enable("table").disable("image")
_LOWEST = 4


@dataclass(frozen=True)
class Prose:
    """Safe HTML, and the headings of the first level in it: anchor and text."""

    html: Markup
    headings: tuple[tuple[str, str], ...]


def prose(text: str, twin: Callable[[str], str] = str) -> Prose:
    """The text as it stands below a page's title: `## 第一章` becomes an h2 with the anchor `part-1`.

    `twin` gives the address of a page of the portal in the language in which the text is shown.
    """
    tokens = _PARSER.parse(text)
    top = min((int(one.tag[1]) for one in tokens if one.type == "heading_open"), default=2)
    headings: list[tuple[str, str]] = []
    for place, one in enumerate(tokens):
        if one.type in ("heading_open", "heading_close"):
            level = int(one.tag[1]) - top + 2
            one.tag = f"h{min(level, _LOWEST)}"
            if one.type == "heading_open" and level == 2:
                anchor = f"part-{len(headings) + 1}"
                one.attrSet("id", anchor)
                headings.append((anchor, tokens[place + 1].content))
        _link(one, twin)
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    return Prose(Markup(html), tuple(headings))  # noqa: S704 -- the parser escapes everything that is not Markdown


def _link(token: Token, twin: Callable[[str], str]) -> None:
    """Links that leave the portal tell the other side nothing about it; others stay in the reader's language."""
    for one in token.children or ():
        if one.type == "link_open":
            address = str(one.attrGet("href") or "")
            if address.startswith(("http:", "https:", "//")):
                one.attrSet("rel", "noopener noreferrer")
            else:
                one.attrSet("href", twin(address))
