"""What the build knows from outside the catalogue: use, cases, searches (var/public/) and earlier days (var/).

A missing file is normal and means 暂无数据; one that can't be read counts as missing and is told, so that a broken
figure never stops a release.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from portal.counts.cases import Case, cases_from
from portal.counts.gaps import Gap, gaps_from
from portal.counts.history import FIGURES, DaySums, days_from
from portal.counts.usage import NO_USAGE, Usage, usage_from

T = TypeVar("T")


@dataclass(frozen=True)
class Inputs:
    """`feedback`, `requests` and `gaps` are None where the service has told nothing yet. `past` holds the sums of days
    before today, oldest first; `unread` names files that are there and can't be used.
    """

    usage: Usage = NO_USAGE
    feedback: tuple[Case, ...] | None = None
    requests: tuple[Case, ...] | None = None
    gaps: tuple[Gap, ...] | None = None
    past: tuple[DaySums, ...] = ()
    unread: tuple[str, ...] = ()


NO_INPUTS = Inputs()


def read_inputs(var: Path, today: date) -> Inputs:
    """Everything below `var` that figures are made of, as of a day in Asia/Shanghai; later days are left out."""
    unread: list[str] = []

    def read(name: str, parse: Callable[[str], T]) -> T | None:
        try:
            return parse((var / name).read_text("utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            unread.append(name)
            return None

    def tree(make: Callable[[Any], T]) -> Callable[[str], T]:
        return lambda text: make(json.loads(text))

    return Inputs(
        usage=read("public/usage.json", tree(lambda found: usage_from(found, today))) or NO_USAGE,
        feedback=read("public/feedback.json", tree(lambda found: cases_from(found, today))),
        requests=read("public/demands.json", tree(lambda found: cases_from(found, today))),
        gaps=read("public/query-gaps.json", tree(gaps_from)),
        past=read(FIGURES, lambda text: days_from(text, today)) or (),
        unread=tuple(unread),
    )
