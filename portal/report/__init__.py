"""How problems print: one small module a format; the same problems always give the same text.

`text` for people, `json` for other programs, `markdown` for the comment under a pull request, `github` for annotations
beside its lines, `sarif` for code scanning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from portal.changefacts import DatasetDifference
from portal.personal import in_masks
from portal.problems import Exit, Lang, Problem, errors_in, in_order
from portal.report.github import as_annotations
from portal.report.jsonlist import as_json
from portal.report.markdown import as_markdown
from portal.report.sarif import as_sarif
from portal.report.scope import elsewhere, located, must_exist, must_lie_in, named, within
from portal.report.sentences import advice, message, place
from portal.report.text import as_text, line, show, summary

Format = Literal["text", "json", "markdown", "github", "sarif"]


@dataclass(frozen=True)
class About:
    """What a report may tell besides the problems.

    `site` is the portal's address, where the rules are explained; `differences` what changes for the public; `root`
    the city's folder, from which the lines of rows are found (None: rows keep their record number alone).
    """

    site: str = ""
    differences: tuple[DatasetDifference, ...] = ()
    root: Path | None = None


NOTHING_MORE = About()
_HALVES = re.compile("[\ud800-\udfff]")  # bytes of a file name that is no UTF-8: can't be printed, JSON escapes them so
_FORMATS: dict[Format, Callable[[Sequence[Problem], Lang, About], str]] = {
    "text": lambda problems, lang, _: as_text(problems, lang),
    "json": lambda problems, lang, _: as_json(problems, lang),
    "markdown": lambda problems, lang, about: as_markdown(
        problems, lang, site=about.site, differences=about.differences
    ),
    "github": lambda problems, lang, _: as_annotations(problems, lang),
    "sarif": lambda problems, lang, about: as_sarif(problems, lang, site=about.site),
}
FORMATS: tuple[Format, ...] = tuple(_FORMATS)
"""The names that `--format` takes."""


def render(problems: Iterable[Problem], fmt: Format, lang: Lang, about: About = NOTHING_MORE) -> str:
    """The whole report as plain text; the same problems always give the same text.

    For other programs and forges a row of a text file also names its line. Whatever stage a problem comes from, nothing
    personal in its values is printed in clear.
    """
    ordered = in_order(in_masks(one) for one in problems)
    if about.root is not None and fmt != "text":
        ordered = located(ordered, about.root)
    return _HALVES.sub(lambda half: f"\\u{ord(half[0]):04x}", _FORMATS[fmt](ordered, lang, about))


def exit_code(problems: Iterable[Problem]) -> Exit:
    """1 where anything stops a build; warnings don't."""
    return Exit.PROBLEMS if errors_in(problems) else Exit.DONE


__all__ = [
    "FORMATS",
    "About",
    "Format",
    "advice",
    "elsewhere",
    "exit_code",
    "line",
    "message",
    "must_exist",
    "must_lie_in",
    "named",
    "place",
    "render",
    "show",
    "summary",
    "within",
]
