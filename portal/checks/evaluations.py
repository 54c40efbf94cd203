"""Rules about duties with a date: evaluating the open type (OT-6), and updating the catalogue after a change (CAT-16).

They warn: data that are open stay open while a duty is late, and the list of what is late goes to the department
(`build.py duties`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from portal.checks.shape import FileFinding, FileRule, Finding, Rule, Scene
from portal.model import Dataset
from portal.profile import Profile
from portal.registers import LegalChange, register_path
from portal.timeliness import months_later
from portal.workdays import Calendar, Due, due

NO_CALENDAR = Calendar(frozenset(), frozenset(), frozenset())


class Evaluated(NamedTuple):
    """When an entry was last evaluated (None: never) and when it is due next (None: at once)."""

    last: date | None
    due: date | None


class Task(NamedTuple):
    """What a change of law or function asks for: the key that records it, by when, and whether it was in time."""

    key: str
    due: Due
    done: date | None


def evaluation_of(dataset: Dataset, profile: Profile) -> Evaluated | None:
    """How the evaluation of an entry stands; None for a class that the city's text does not evaluate.

    An entry that was never evaluated is due one period after its first review or approval, which is when it was
    opened. Without one, unconditional data are not open yet; what is kept or limited is due at once. Where the text
    only says 定期, the house's months count.
    """
    rules = profile.evaluation
    if dataset.open_type not in rules.objects:
        return None
    months = rules.months or rules.house_months
    if dataset.evaluations:
        last = max(dataset.evaluations, key=lambda one: one.date)
        return Evaluated(last.date, last.next or months_later(last.date, months))
    days = [*(one.date for one in dataset.reviews), *(one.date for one in dataset.approvals)]
    opened = min(days, default=None)
    if opened is None and dataset.open_type == "unconditional":
        return None
    return Evaluated(None, months_later(opened, months) if opened else None)


def evaluations_are_on_time(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """Each entry that the text means is evaluated once a period (SH-10, SZ-8, SZd-8, WX-8, SYS-37¶3)."""
    found = evaluation_of(dataset, scene.profile)
    if found is None or (found.due is not None and scene.today <= found.due):
        return
    by = f"，应于 {found.due} 前评估" if found.due else ""
    by_en = f", due on {found.due}" if found.due else ""
    state = f"上次评估是 {found.last}{by}" if found.last else f"从未评估{by}"
    state_en = f"last evaluated on {found.last}{by_en}" if found.last else f"never evaluated{by_en}"
    yield Finding(("evaluations",), {"state": state, "state_en": state_en, "period": scene.profile.evaluation.period})


def tasks_of(change: LegalChange, profile: Profile, calendar: Calendar) -> list[Task]:
    """What a change asks for (SYS-13): the update in 10 working days of the change, audit and publication in 2 of its
    receipt. Nothing where the text sets no number.
    """
    found = []
    if profile.catalog.update_wd:
        found.append(Task("updated", due(change.date, profile.catalog.update_wd, calendar), change.updated))
    if profile.catalog.review_wd and change.received:
        found.append(Task("published", due(change.received, profile.catalog.review_wd, calendar), change.published))
    return found


def changes_of_law_are_followed(scene: Scene) -> Iterator[FileFinding]:
    """The catalogue follows a change of law or function in time (CAT-16)."""
    names = {one.id: one.name for one in scene.catalogue.departments}
    for index, change in enumerate(scene.catalogue.legal_changes):
        for task in tasks_of(change, scene.profile, scene.calendar or NO_CALENDAR):
            if task.done is None and scene.today > task.due.date:
                step = ("目录更新", "update") if task.key == "updated" else ("审核发布", "publication")
                values = {"name": names.get(change.department, change.department), "due": str(task.due.date)}
                sure = ("（放假安排未录入，暂按最早日期计）", " (provisional)") if task.due.provisional else ("", "")
                more = {"step": step[0], "step_en": step[1], "key": task.key, "sure": sure[0], "sure_en": sure[1]}
                yield FileFinding(register_path("legal_changes"), (index,), {**values, **more})


EVALUATION_RULES: dict[str, Rule] = {"evaluation-overdue": evaluations_are_on_time}
CHANGE_RULES: dict[str, FileRule] = {"legal-change-overdue": changes_of_law_are_followed}
