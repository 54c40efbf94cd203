"""The Jinja2 environment of the pages: everything escaped, nothing undefined, compiled once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, TemplateError
from markupsafe import Markup, escape

from portal.cache import code_version, get_or_make, key_of
from portal.problems import PortalError
from portal.render import figures
from portal.render.assets import Assets
from portal.render.html import phrases
from portal.render.words import PageLang, words


def make_environment(site_src: Path, assets: Assets, lang: PageLang, cache: Path | None = None) -> Environment:
    """Templates of site_src/templates for one language, with the globals that all of them use.

    With a `cache` they are compiled once for many builds, not 172 of them in each.
    """
    environment = Environment(
        loader=_WordLoader(site_src / "templates", words(lang)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=FileSystemBytecodeCache(str(_compiled(cache, lang))) if cache else None,
    )
    icons = {name: Markup(_inline(svg)) for name, svg in assets.icons.items()}  # noqa: S704 -- our own files
    environment.globals |= {
        "asset": assets.url,
        "icon": lambda name: icons.get(name, icons["dot"]),
        "logo": lambda: Markup(_LOGO),  # noqa: S704 -- a constant
        "number": figures.number,
        "phrases": phrases,
    }
    return environment


def _compiled(cache: Path, lang: PageLang) -> Path:
    """Where compiled templates are kept; each says which text it was compiled from."""
    key = key_of(code_version("portal.render.templates", packages=("jinja2", "markupsafe")), [lang])
    return get_or_make(cache, "templates", key, lambda _: None)


class _WordLoader(FileSystemLoader):
    """Puts the words of the language into a template before it is compiled: `{{ t.download }}` becomes 下载.

    A third of what a page says is such words; told once instead of ten thousand times, a page costs a third less.
    `texts` are templates that stand in no file of their own.
    """

    def __init__(self, folder: Path, told: Mapping[str, str]) -> None:
        super().__init__(folder)
        self.told = told
        self.texts: dict[str, str] = {}

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The template's text; a word that is not there stays, and fails when the page is made."""
        if template in self.texts:
            return self.texts[template], template, lambda: True
        source, path, fresh = super().get_source(environment, template)
        return _WORD.sub(lambda m: str(escape(self.told[m[1]])) if m[1] in self.told else m[0], source), path, fresh


def render_text(environment: Environment, text: str, origin: str, **values: object) -> str:
    """Fill a template that stands in a hand-written page. Raises PortalError, naming `origin`, for a wrong one."""
    if not isinstance(environment.loader, _WordLoader):
        raise TypeError("an environment of make_environment is asked for")
    name = f"text/{sha256(text.encode()).hexdigest()}"
    environment.loader.texts[name] = text
    try:
        return environment.get_template(name).render(values)
    except TemplateError as error:
        raise PortalError(f"{origin}: {error}") from error


_WORD = re.compile(r"\{\{ t\.(\w+) \}\}")
_LOGO = (
    '<svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="6" fill="#1a5680"/>'
    '<path d="M8 7h16v3H8zM8 14.5h16v3H8zM8 22h10v3H8z" fill="#fbfaf7"/>'
    '<path d="M25 19.5 21 27" stroke="#8fd0bd" stroke-width="2.6" stroke-linecap="round"/></svg>'
)


def _inline(svg: str) -> str:
    """An icon as it stands in a page: decoration, sized by the stylesheet before it arrives."""
    return svg.strip().replace("<svg ", '<svg width="24" height="24" aria-hidden="true" focusable="false" ', 1)
