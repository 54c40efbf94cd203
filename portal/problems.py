"""What is wrong, where, and what to do about it: the one shape that every check yields.

Two kinds of failure exist. A *problem in the catalogue* is a `Problem`: the department mends it (exit code 1).
A *fault in the portal* is a `PortalError`: we mend it (exit code 3). They are caught once, in build.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from types import MappingProxyType
from typing import Final, Literal

Level = Literal["error", "warning"]
Lang = Literal["zh", "en"]

# Characters that no editor shows: C0 and C1 controls, line and paragraph separators (YAML counts them as line
# breaks, editors don't), bidirectional overrides (text that reads differently from what it says), a BOM inside,
# halves of characters (a file name that is no UTF-8).
HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
NOTHING: Mapping[str, str] = MappingProxyType({})


class Exit(IntEnum):
    """How a command ends (design §8)."""

    DONE = 0
    PROBLEMS = 1
    USAGE = 2
    FAULT = 3
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in the catalogue.

    `rule` names a row of `portal.wording.WORDING`, which holds the sentence and the advice in both languages;
    `values` fill their placeholders, already as text. `path` is relative to the city's folder; `line` counts from 1.
    `row` is the record number in a data file, the header being row 1, as a spreadsheet shows it.
    """

    rule: str
    path: str
    line: int | None = None
    values: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    level: Level = "error"
    dataset: str | None = None
    field: str | None = None
    row: int | None = None
    article: str | None = None  # what the rule stands on, set from the city's profile when problems are judged

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes with plain values (a mapping proxy does not pickle)."""
        return (
            Problem,
            (
                self.rule, self.path, self.line, dict(self.values), self.level, self.dataset, self.field, self.row,
                self.article,
            ),
        )  # fmt: skip

    def __hash__(self) -> int:
        """Equal problems hash equally although their values are a mapping."""
        return hash((self.rule, self.path, self.line, tuple(sorted(self.values.items())), self.field, self.row))


class PortalError(Exception):
    """A fault in the portal or its surroundings, told in one sentence; never a department's mistake."""

    exit: Exit = Exit.FAULT


class CatalogueHasProblems(Exception):  # noqa: N818 -- it names a state, not a fault
    """The catalogue can't be built as it stands; `problems` says why, all of it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(f"{len(self.problems)} problems")


def printable(text: str) -> str:
    """Text without characters that act on a terminal or turn its direction: those are spelled out."""
    return HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def shown(text: str, limit: int = 60) -> str:
    """A value as it is quoted in a message: one printable line, not longer than `limit`."""
    flat = printable(" ".join(text.split()))
    return flat if len(flat) <= limit else f"{flat[: limit - 1]}…"


def errors_in(problems: Iterable[Problem]) -> list[Problem]:
    """Only those that stop a build."""
    return [problem for problem in problems if problem.level == "error"]


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """By file, then place (line, row, column), then rule, so that the same catalogue always gives the same report."""
    return sorted(
        problems,
        key=lambda p: (
            *(p.path, p.line or 0, p.row or 0, _column(p), p.field or "", p.rule),
            tuple(sorted(p.values.items())),
        ),
    )


def _column(problem: Problem) -> int:
    """The column that the sentence names by its number; those of no column come first."""
    told = problem.values.get("column", "")
    return int(told) if told.isdecimal() else 0
