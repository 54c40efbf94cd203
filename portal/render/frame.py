"""The frame around every page, cut once per language and section, so that a page costs one joining of texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

from jinja2 import Environment
from markupsafe import escape

from portal.digests import text_digest
from portal.model import Portal
from portal.problems import PortalError
from portal.render.navigation import SECTIONS, footer, navigation
from portal.render.shell import HEAD, MAIN, OTHER_LANGUAGE, TITLE, Shell
from portal.render.templates import render_text
from portal.render.words import PageLang
from portal.tongues import marker


class Drawing(NamedTuple):
    """The inside of a page that is drawn only where no earlier build has drawn it.

    `made_of` tells all that goes into it and is not the same for every page of a build: entries and facts, above all.
    """

    made_of: str
    draw: Callable[[], str]


@dataclass(frozen=True)
class Page:
    """One page: where it goes, what it is called, what stands in it.

    `other` is the same page in the other language, or that language's home; `head` are extra tags.
    """

    url: str
    title: str
    main: str | Drawing
    description: str = ""
    section: str = ""
    other: str | None = None
    head: str = ""


class Frame:
    """Puts pages of one language into the portal's frame."""

    def __init__(
        self, environment: Environment, shell: Shell, portal: Portal, *, lang: PageLang, values: Mapping[str, object]
    ) -> None:
        """`values` are what hand-written pages may name; see render/values.py."""
        self.lang = lang
        self.portal = portal
        self.name = portal.name if lang == "zh" else portal.name_en
        self.base = "/" if lang == "zh" else "/en/"
        self._other_home = "/en/" if lang == "zh" else "/"
        self._marked = marker() if lang == "en" else str
        self._parts: dict[str, tuple[str, ...]] = {}
        for section in (*SECTIONS, ""):
            text = render_text(
                environment,
                shell.frame,
                "site_src/theme/main.html",
                portal_name=self.name,
                base=self.base,
                section=section,
                navigation=navigation(lang),
                footer=footer(lang),
                **values,
            )
            self._parts[section] = _cut(self._marked(text))

    def shell(self) -> str:
        """The frame with its four markers, for the form service, the query API and the front."""
        title, head, other, main, rest = self._parts[""]
        return f"{title}{TITLE}{head}{HEAD}{other}{OTHER_LANGUAGE}{main}{MAIN}{rest}"

    def digest(self) -> str:
        """Of all that it puts around a page."""
        around = (part for _, parts in sorted(self._parts.items()) for part in parts)
        return text_digest([self.lang, self.name, self.portal.url, *around])

    def html(self, page: Page) -> str:
        """The whole page."""
        parts = self._parts.get(page.section, self._parts[""])
        site = self.portal.url
        title = self.name if page.section == "home" else f"{page.title} - {self.name}"
        head = f'<link rel="canonical" href="{escape(site + page.url)}">\n'
        if page.description:
            head = f'<meta name="description" content="{escape(page.description)}">\n{head}'
        if page.other:
            mine, theirs = ("zh-CN", "en") if self.lang == "zh" else ("en", "zh-CN")
            head += f'<link rel="alternate" hreflang="{mine}" href="{escape(site + page.url)}">\n'
            head += f'<link rel="alternate" hreflang="{theirs}" href="{escape(site + page.other)}">\n'
        other = escape(page.other or self._other_home)
        main = self._marked(page.main if isinstance(page.main, str) else page.main.draw())
        return "".join([parts[0], escape(title), parts[1], head, page.head, parts[2], other, parts[3], main, parts[4]])


def place_of(url: str) -> PurePosixPath:
    """Where a page lies below the site: `/help/` at help/index.html, `/404.html` under its own name.

    Raises PortalError for an address that leaves the site.
    """
    parts = [part for part in unquote(url).split("/") if part]
    if ".." in parts:
        raise PortalError(f"a page may not lie at {url}")
    return PurePosixPath(*parts, "index.html") if url.endswith("/") else PurePosixPath(*parts)


def write_page(target: Path, url: str, html: str) -> None:
    """Write a page to its place below `target`. Raises PortalError for an address that leaves it."""
    path = target / place_of(url)
    try:
        path.parent.mkdir()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        pass
    with path.open("wb", buffering=0) as file:
        file.write(html.encode())


def script_tag(environment: Environment, name: str) -> str:
    """A module script of site_src/assets."""
    asset = environment.globals["asset"]
    return f'<script src="{asset(name)}" type="module"></script>\n'  # type: ignore[operator]


def style_tag(environment: Environment, name: str) -> str:
    """A stylesheet of site_src/assets that only some pages need."""
    asset = environment.globals["asset"]
    return f'<link rel="stylesheet" href="{asset(name)}">\n'  # type: ignore[operator]


def _cut(text: str) -> tuple[str, ...]:
    title, rest = text.split(TITLE)
    head, rest = rest.split(HEAD)
    other, rest = rest.split(OTHER_LANGUAGE)
    main, end = rest.split(MAIN)
    return title, head, other, main, end
