"""Who is on time, who is late, and how good the data are, department by department (UPD-2, QLT-4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from portal.counts.catalogue import Counted
from portal.counts.figure import SETS, Figure, Line, Measure, Words, share
from portal.counts.history import mean_of, score_of
from portal.facts import DatasetFacts
from portal.model import Dataset
from portal.timeliness import NAMES, State, Timeliness, timeliness
from portal.wording.quality import DIMENSIONS

FOLDER = "/quality/"
ORDER: tuple[State, ...] = ("overdue", "due", "due_soon", "current", "static", "no_rhythm")
"""As a reader wants them: what is late first."""

_SCORE = Measure("score", Words("总分", "Overall"), "percent")
_ON_TIME = Measure("on_time", Words("按期率", "On time"), "percent")
_DUE = Measure("due", Words("应更新日期", "Due on"), "day")
_LATE = Measure("days_late", Words("已晚天数", "Days late"))
_DEPARTMENT = Measure("department", Words("部门", "Department"), "text")
_STATE = Measure("state", Words("状态", "State"), "text")
_DATE = Measure("data_date", Words("数据日期", "Data as of"), "day")
_EVERY = Measure("update_frequency", Words("更新频率", "Updated"), "text")
_DIMENSIONS = tuple(Measure(key, Words(*told), "percent") for key, told in DIMENSIONS.items())

ABOUT_TIME = Words(
    "以数据日期加一个更新周期为应更新日期，再过宽限期仍未更新的为逾期。按期率是未逾期的占有更新期限的数据集的比例。",
    "The next data are due one period after the day of the data; later than that and the days of grace, a dataset is "
    "overdue. On time is the share of those with a due day that are not overdue.",
)
ABOUT_SCORE = Words(
    "各项得分的算法见质量页面；部门得分是其数据集得分的平均，不评分的数据集不计。",
    "How scores are made is told on the quality page. A department's score is the mean of its datasets that have one.",
)


class Entry(NamedTuple):
    """One dataset on the board."""

    dataset: Dataset
    timing: Timeliness
    facts: DatasetFacts | None

    @property
    def score(self) -> float | None:
        """Its overall score."""
        return score_of(self.facts)


@dataclass(frozen=True)
class Group:
    """The sets of one department (or of all: `id` is empty)."""

    id: str
    name: Words
    entries: tuple[Entry, ...]

    def having(self, state: State) -> tuple[Entry, ...]:
        """Those in a state, the latest first, equal ones by id."""
        found = [one for one in self.entries if one.timing.state == state]
        return tuple(sorted(found, key=lambda one: (-one.timing.days_late, str(one.timing.due), one.dataset.id)))

    @cached_property
    def states(self) -> tuple[int, ...]:
        """How many are in each state, in the order of ORDER."""
        return tuple(len(self.having(state)) for state in ORDER)

    @property
    def overdue(self) -> int:
        """How many are late beyond their grace."""
        return self.states[0]

    @property
    def on_time(self) -> float | None:
        """Per cent of the dated ones that are not overdue."""
        dated = sum(one.timing.due is not None for one in self.entries)
        return share(dated - self.overdue, dated)

    @cached_property
    def scores(self) -> tuple[float | None, ...]:
        """The mean overall score, then the mean of each dimension."""
        return tuple(mean_of(score_of(one.facts, name) for one in self.entries) for name in ("", *DIMENSIONS))

    @property
    def lowest(self) -> tuple[Entry, ...]:
        """The scored ones that miss something, the lowest first."""
        found = [(one.score, one.dataset.id, one) for one in self.entries if one.score is not None and one.score < 100]
        return tuple(one for _, _, one in sorted(found, key=lambda each: each[:2]))


@dataclass(frozen=True)
class Board:
    """All departments with data, those with most overdue sets first."""

    all: Group
    departments: tuple[Group, ...]


def board_of(counted: Counted, today: date) -> Board:
    """How every listed dataset stands on a day."""
    every: dict[str, list[Entry]] = {}
    for one in counted.datasets:
        entry = Entry(one, timeliness(one, counted.profile, today), counted.facts.get(one.id))
        every.setdefault(one.department, []).append(entry)
    groups = [Group(name, counted.department(name), tuple(entries)) for name, entries in every.items()]
    groups.sort(key=lambda one: (*(-count for count in one.states[:3]), one.id))
    entries = tuple(one for name in sorted(every) for one in every[name])
    return Board(Group("", Words("全部", "All"), entries), tuple(groups))


def board_figures(board: Board, counted: Counted) -> Iterator[Figure]:
    """The board as open data: departments, all sets with state and score, what is overdue; and per department."""
    states = tuple(Measure(state, Words(*NAMES[state])) for state in ORDER)
    groups = board.departments
    first = counted.label("department")
    yield Figure(
        "timeliness", Words("各部门更新情况", "Timeliness by department"), ABOUT_TIME, first, (SETS, *states, _ON_TIME),
        tuple(Line(one.id, one.name, (len(one.entries), *one.states, one.on_time)) for one in groups),
        shown="table", folder=FOLDER,
    )  # fmt: skip
    yield Figure(
        "scores", Words("各部门质量得分", "Quality scores by department"), ABOUT_SCORE, first,
        (SETS, _SCORE, *_DIMENSIONS), tuple(Line(one.id, one.name, (len(one.entries), *one.scores)) for one in groups),
        shown="table", folder=FOLDER,
    )  # fmt: skip
    everything = Words("全部数据集的更新状态与得分", "State and scores of every dataset")
    yield _listed("datasets", everything, counted, board.all.entries)
    yield _overdue(Words("全部逾期未更新的数据集", "Every overdue dataset"), counted, board.all, FOLDER)
    for one in groups:
        title = Words(f"{one.name.zh}逾期未更新的数据集", f"Overdue datasets: {one.name.en}")
        yield _overdue(title, counted, one, f"{FOLDER}{one.id}/")


def _overdue(title: Words, counted: Counted, group: Group, folder: str) -> Figure:
    return _listed("overdue", title, counted, group.having("overdue"), folder=folder)


def _listed(name: str, title: Words, counted: Counted, entries: Sequence[Entry], folder: str = FOLDER) -> Figure:
    measures = (_DEPARTMENT, _STATE, _DATE, _EVERY, _DUE, _LATE, _SCORE, *_DIMENSIONS)
    lines = tuple(
        Line(
            one.dataset.id,
            counted.title(one.dataset),
            (
                counted.department(one.dataset.department).zh,
                NAMES[one.timing.state][0],
                one.dataset.data_date.isoformat(),
                counted.profile.frequencies[one.dataset.update_frequency].label,
                one.timing.due.isoformat() if one.timing.due else None,
                one.timing.days_late,
                one.score,
                *(score_of(one.facts, key) for key in DIMENSIONS),
            ),
        )
        for one in entries
    )
    return Figure(name, title, ABOUT_TIME, SETS.title, measures, lines, shown="table", folder=folder)
