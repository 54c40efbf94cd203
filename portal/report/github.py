"""Annotations for GitHub Actions: workflow commands that put a problem beside its line in the pull request.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions (`::error file=…,line=…,title=…::…`).
A step shows at most ten errors and ten warnings (the rest are dropped in silence), so those come first that tell most:
one of each rule and file. All others are plain lines of the log.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from portal.digests import text_digest
from portal.problems import Lang, Problem, printable
from portal.report.sentences import LEVELS, whole
from portal.report.text import line, recap, summary

SHOWN = 10
"""Annotations of a level that one step shows."""
LONGEST = 4_000
"""Characters of a message: the log cuts a line that is far longer."""


def as_annotations(problems: Sequence[Problem], lang: Lang) -> str:
    """The first ten errors and warnings as annotations, the others as lines between which no command is obeyed."""
    chosen = [one for level in ("error", "warning") for one in _telling(problems, level)]
    kept = {id(one) for one in chosen}
    log = [line(one, lang) for one in problems if id(one) not in kept]
    return "\n".join(
        [*(annotation(one, lang) for one in chosen), *_guarded([*log, *recap(problems, lang)]), summary(problems, lang)]
    )


def annotation(problem: Problem, lang: Lang) -> str:
    """One workflow command."""
    title = f"{LEVELS[lang][problem.level]} {problem.rule}"
    named = {"file": problem.path, "line": str(problem.line or ""), "title": title}
    told = ",".join(f"{key}={_property(printable(text))}" for key, text in named.items() if text)
    return f"::{problem.level} {told}::{_data(printable(whole(problem, lang))[:LONGEST])}"


def _telling(problems: Sequence[Problem], level: str) -> list[Problem]:
    """Ten of a level: the first of each rule in each file, then the second ones."""
    seen: Counter[tuple[str, str]] = Counter()
    ranked = []
    for number, one in enumerate(problems):
        if one.level == level:
            ranked.append((seen[one.rule, one.path], number, one))
            seen[one.rule, one.path] += 1
    return [one for _, _, one in sorted(ranked, key=lambda item: item[:2])[:SHOWN]]


def _guarded(lines: Sequence[str]) -> list[str]:
    """Lines with what strangers wrote: the runner obeys nothing in them until it reads a word that they can't know."""
    if not lines:
        return []
    word = f"kaishu-{text_digest(lines)[:24]}"
    return [f"::stop-commands::{word}", *(one.replace("##[", "# #[") for one in lines), f"::{word}::"]


def _data(text: str) -> str:
    """A message: percent, and what ends a line (as @actions/core does it); the old spelling of commands is broken."""
    return text.replace("##[", "# #[").replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """A value of a property: colon and comma besides."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
