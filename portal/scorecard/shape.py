"""What a claim is before it is judged, and what it is afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from portal.counts.figure import Words
from portal.mqa import MqaScore

if TYPE_CHECKING:
    from portal.scorecard.ground import Ground

__all__ = ["Answer", "Claim", "Scale", "Scorecard", "Scored", "Words"]

Answer = bool | tuple[bool, Words | None]
"""Whether it holds; with the number that shows it."""


class Claim(NamedTuple):
    """A line to be judged: `how` says when it is a yes, `links` are addresses that must be in the release
    (`{dataset}`, `{table}` … stand for an open one), `test` asks the catalogue.
    """

    key: str
    title: Words
    how: Words
    links: tuple[str, ...] = ()
    test: Callable[[Ground], Answer] | None = None


class Scored(NamedTuple):
    """A judged line. `links` lead to what earns it; `missing` are addresses that the release lacks."""

    key: str
    title: Words
    how: Words
    yes: bool
    told: Words | None
    links: tuple[str, ...]
    missing: tuple[str, ...]


class Scale(NamedTuple):
    """The lines of one measure; `source` is where it is published, if it is."""

    key: str
    title: Words
    source: str
    lines: tuple[Scored, ...]

    @property
    def yes(self) -> int:
        """How many lines hold."""
        return sum(line.yes for line in self.lines)


class Scorecard(NamedTuple):
    """Everything, on a day and of a release."""

    mqa: MqaScore
    scales: tuple[Scale, ...]
    day: str
    release: str

    def line(self) -> tuple[str, str]:
        """One line for the end of a build, in Chinese and English."""
        dwbp, index = self.scales
        mqa = f"MQA {self.mqa.points:g}/{self.mqa.maximum}"
        others = f"W3C DWBP {dwbp.yes}/{len(dwbp.lines)}", f"开放数林 {index.yes}/{len(index.lines)}"
        return (
            f"自评：{mqa}，{'，'.join(others)}（/about/score/）",
            f"self-score: {mqa}, {', '.join(others)} (/about/score/)",
        )
