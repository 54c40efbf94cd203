"""All figures of a release, counted once: what /statistics/ and /quality/ show and publish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portal.counts.activity import activity_figures
from portal.counts.board import Board, board_figures, board_of
from portal.counts.catalogue import Counted, catalogue_figures
from portal.counts.figure import BYTES, FIELDS, ROWS, SETS, Figure, Line, Measure, Words
from portal.counts.history import DaySums, sums_of
from portal.counts.inputs import NO_INPUTS, Inputs
from portal.facts import DatasetFacts
from portal.model import Catalogue
from portal.profile import Profile
from portal.timeliness import NAMES
from portal.wording.quality import DIMENSIONS

_COURSE = (
    SETS,
    Measure("realtime_share", Words("实时与接口数据占比", "Real-time and API share"), "percent"),
    Measure("on_time", Words("更新按期率", "Updated on time"), "percent"),
    Measure("overdue", Words(*NAMES["overdue"])),
    Measure("score", Words("质量平均得分", "Mean quality score"), "percent"),
    *(Measure(key, Words(*told), "percent") for key, told in DIMENSIONS.items()),
    FIELDS,
    ROWS,
    BYTES,
)


@dataclass(frozen=True)
class Figures:
    """The figures by name, the board, today's sums, and what was known from outside."""

    figures: Mapping[str, Figure]
    board: Board
    today: DaySums
    inputs: Inputs
    counted: Counted

    def all(self) -> tuple[Figure, ...]:
        """Every figure that is published, those of the board included."""
        return (*self.figures.values(), *board_figures(self.board, self.counted))


def count_all(
    catalogue: Catalogue,
    facts: Mapping[str, DatasetFacts],
    profile: Profile,
    today: date,
    inputs: Inputs = NO_INPUTS,
) -> Figures:
    """Count everything once, on a day in Asia/Shanghai."""
    counted = Counted(catalogue, facts, profile)
    sums = sums_of(catalogue, facts, profile, today)
    made = [*catalogue_figures(counted), *activity_figures(inputs, counted, today), _course((*inputs.past, sums))]
    return Figures({one.name: one for one in made}, board_of(counted, today), sums, inputs, counted)


def _course(days: tuple[DaySums, ...]) -> Figure:
    """The trend of the catalogue, of timeliness and of quality, a row a day."""
    lines = tuple(
        Line(
            one.date.isoformat(),
            Words(one.date.isoformat(), one.date.isoformat()),
            tuple(getattr(one, measure.key) for measure in _COURSE),
        )
        for one in days
    )
    about = Words(
        "每天最后一次发布时的数字，由平台逐日记下；没有发布的日子没有记录。",
        "As of the last release of each day, kept by the portal day by day; days without a release have no row.",
    )
    title = Words("数量、更新与质量的变化", "Size, timeliness and quality over time")
    return Figure("history", title, about, Words("日期", "Day"), _COURSE, lines, shown="course")
