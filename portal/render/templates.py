"""The Jinja2 environment of the pages: everything escaped, nothing undefined, compiled once."""

from __future__ import annotations

import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError
from markupsafe import Markup, escape

from portal.problems import PortalError
from portal.render import figures
from portal.render.assets import Assets


def make_environment(site_src: Path, assets: Assets) -> Environment:
    """Templates of site_src/templates with the globals that all of them use."""
    environment = Environment(
        loader=FileSystemLoader(site_src / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
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


def render_text(environment: Environment, text: str, origin: str, **values: object) -> str:
    """Fill a template that stands in a hand-written page. Raises PortalError, naming `origin`, for a wrong one."""
    try:
        return environment.from_string(text).render(values)
    except TemplateError as error:
        raise PortalError(f"{origin}: {error}") from error


def phrases(title: str) -> Markup:
    """A title whose short brackets never break inside: 苏州市村（居）委会区划代码 ⏎ （2023年）."""
    return Markup(_BRACKET.sub(r'<span class="keep">\1</span>', str(escape(title))))  # noqa: S704 -- escaped just now


_BRACKET = re.compile("(（[^（）&]{1,12}）)")
_LOGO = (
    '<svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="6" fill="#1a5680"/>'
    '<path d="M8 7h16v3H8zM8 14.5h16v3H8zM8 22h10v3H8z" fill="#fbfaf7"/>'
    '<path d="M25 19.5 21 27" stroke="#8fd0bd" stroke-width="2.6" stroke-linecap="round"/></svg>'
)


def _inline(svg: str) -> str:
    """An icon as it stands in a page: decoration, sized by the stylesheet before it arrives."""
    return svg.strip().replace("<svg ", '<svg width="24" height="24" aria-hidden="true" focusable="false" ', 1)
