"""`build.py duties`: what is due, for each department: evaluations (OT-6), changes of law (CAT-16), projects (CAT-20),
recurring reviews that run out (REV-1).

Read from the catalogue alone; for a machine as JSON, so that it can serve as evidence at a project's acceptance.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Literal

from portal.catalogue import Reading, read_catalogue
from portal.checks.evaluations import NO_CALENDAR, evaluation_of, tasks_of
from portal.checks.judging import check_entries, judge
from portal.checks.registers import uncatalogued
from portal.problems import Lang, errors_in
from portal.settings import Settings

SOON = timedelta(days=60)
"""How long ahead a duty is told."""
State = Literal["overdue", "soon", "later", "done", "yes", "no"]


@dataclass(frozen=True)
class Duty:
    """One thing to do: of which kind, whose, about what, and by when (None: at once).

    `state` of a project is `yes` or `no`: whether its catalogue is complete; `missing` names what is not.
    """

    kind: Literal["evaluation", "update", "publication", "review", "project"]
    department: str
    about: str
    title: str
    due: str | None
    state: State
    provisional: bool = False
    missing: tuple[str, ...] = ()


def duties(settings: Settings) -> list[Duty]:
    """Everything that is due or soon due, and the state of every project, by department, kind and day."""
    reading = read_catalogue(settings)
    found = [*_evaluations(reading, settings.today), *_changes(reading, settings.today)]
    found += [*_reviews(reading, settings.today), *_projects(reading, settings)]
    told = [one for one in found if one.state not in ("later", "done")]
    return sorted(told, key=lambda one: (one.department, one.kind, one.due or "", one.about))


def _evaluations(reading: Reading, today: date) -> Iterator[Duty]:
    for dataset in reading.catalogue.datasets:
        found = evaluation_of(dataset, reading.profile)
        if found is not None:
            due = str(found.due) if found.due else None
            yield Duty("evaluation", dataset.department, dataset.id, dataset.title, due, _state(found.due, today))


def _changes(reading: Reading, today: date) -> Iterator[Duty]:
    for change in reading.catalogue.legal_changes:
        for task in tasks_of(change, reading.profile, reading.calendar or NO_CALENDAR):
            kind: Literal["update", "publication"] = "update" if task.key == "updated" else "publication"
            state: State = "done" if task.done else _state(task.due.date, today)
            day, provisional = str(task.due.date), task.due.provisional
            yield Duty(kind, change.department, change.what, change.what, day, state, provisional)


def _reviews(reading: Reading, today: date) -> Iterator[Duty]:
    for dataset in reading.catalogue.datasets:
        latest = {one.kind: one for one in dataset.reviews if one.rules is not None}
        for review in latest.values():
            if review.until is not None:
                state = _state(review.until, today)
                yield Duty("review", dataset.department, dataset.id, dataset.title, str(review.until), state)


def _projects(reading: Reading, settings: Settings) -> Iterator[Duty]:
    """A project's catalogue is complete if each of its datasets has an entry that names it and has no error."""
    problems = judge([*reading.problems, *check_entries(reading, settings)], reading, settings)
    wrong = {one.dataset for one in errors_in(problems)}
    for project in reading.catalogue.projects:
        absent = uncatalogued(project, reading.catalogue)
        missing = (*absent, *(name for name in project.datasets if name in wrong and name not in absent))
        state: State = "yes" if project.datasets and not missing else "no"
        due = str(project.acceptance) if project.acceptance else None
        yield Duty("project", project.department, project.id, project.name, due, state, missing=missing)


def _state(due: date | None, today: date) -> State:
    if due is None or due < today:
        return "overdue"
    return "soon" if due <= today + SOON else "later"


KINDS = {
    "evaluation": ("开放类型评估", "evaluation of the open type"),
    "update": ("法规、职能变化后更新目录", "catalogue update after a change of law or function"),
    "publication": ("更新目录的审核发布", "publication of the updated catalogue"),
    "review": ("按更新机制的审查到期", "end of a recurring review"),
    "project": ("项目目录是否完整", "catalogue of the project complete"),
}
STATES: dict[State, tuple[str, str]] = {
    "overdue": ("已逾期", "overdue"),
    "soon": ("即将到期", "soon due"),
    "later": ("未到期", "later"),
    "done": ("已完成", "done"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
}


def as_text(found: list[Duty], lang: Lang) -> str:
    """A line a duty: department, kind, what, by when, how it stands."""
    side = 0 if lang == "zh" else 1
    lines = []
    for one in found:
        parts = [
            one.department,
            KINDS[one.kind][side],
            one.about,
            one.due or "—",
            STATES[one.state][side],
            *one.missing,
        ]
        lines.append("\t".join(parts))
    none = ("没有到期或即将到期的事项。", "Nothing is due or soon due.")
    return "\n".join(lines) or none[side]


def as_json(found: list[Duty]) -> str:
    """The same for machines."""
    return json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2)
