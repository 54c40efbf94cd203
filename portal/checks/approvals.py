"""Rules about the way into the catalogue (REV-3, REV-4): the steps that the city's text sets, each on record.

SZ-15¶1: the entity's own assessment is enough, and nothing is asked here. WX-12: notice to the authority, which is
acknowledged. SZd-16¶1: review by the authority. SH-11: a work order, sent back only on four grounds. SYS-36¶3, ¶4:
audit by the authority of the same level, collation by the service body, re-check by the city's authority.

A record is bound to the terms of opening (digests.terms_digest): a new entry goes the whole way, and so does one whose
data items, conditions, open type, frequency … change; new rows and corrected wording don't.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from portal.checks.shape import Finding, Rule, Scene
from portal.digests import terms_digest
from portal.model import Dataset
from portal.proceedings import Approval, Step
from portal.wording.approvals import RETURN_GROUNDS, STATES, STEPS

OWN: Step = "entity"
"""The entity's own assessment is its review and the merge: no record beside those (SZ-15¶1)."""
Place = tuple[int, Approval]


def steps_were_taken(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """Every step of the city's way was passed for the entry as it stands."""
    steps = _path(dataset, scene)
    if not steps:
        return
    present = _present(dataset)
    open_steps = [step for step in steps if not _passed(present[step]) and not _returned(present[step])]
    if open_steps:
        told = [_state(dataset, step, present[step]) for step in open_steps]
        values = {"steps": "、".join(zh for zh, _ in told), "steps_en": ", ".join(en for _, en in told)}
        more = ("--change 调整内容 --reason 调整原因 ", "--change WHAT --reason WHY ")
        said = more if open_steps[0] == "work_order" else ("", "")
        values |= {"dataset": dataset.id, "step": open_steps[0], "more": said[0], "more_en": said[1]}
        yield Finding(("approvals",), values)


def nothing_was_sent_back(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """The entry as it stands was not sent back at the last word on it."""
    present = _present(dataset) if _path(dataset, scene) else {}
    for step in _path(dataset, scene):
        if _returned(present[step]):
            index, record = present[step][-1]
            reasons = "；".join(_reason(one.ground, one.text) for one in record.returned) or "（未写理由）"
            values = {"step": STEPS[step].zh, "step_en": STEPS[step].en, "date": str(record.date), "reasons": reasons}
            yield Finding(("approvals", index), values)


def steps_were_in_order(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """No step was passed before the one that comes before it."""
    present = _present(dataset) if len(_path(dataset, scene)) > 1 else {}
    passed = [(step, *present[step][-1]) for step in _path(dataset, scene) if _passed(present.get(step, []))]
    for (earlier, _, first), (later, index, second) in pairwise(passed):
        if second.date < first.date:
            values = {"later": STEPS[later].zh, "later_en": STEPS[later].en, "second": str(second.date)}
            more = {"earlier": STEPS[earlier].zh, "earlier_en": STEPS[earlier].en, "first": str(first.date)}
            yield Finding(("approvals", index, "date"), {**values, **more})


def returns_say_why(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """What is sent back says why, and names one of the grounds where the text lists them (REV-4, SH-11¶2)."""
    grounds = scene.profile.review.return_grounds
    for index, record in enumerate(dataset.approvals):
        if record.result == "returned":
            unnamed = grounds is not None and any(one.ground not in grounds for one in record.returned)
            if not record.returned or unnamed:
                choices = "、".join(f"{key}（{text}）" for key, text in (grounds or {}).items()) or "写明理由即可"
                yield Finding(("approvals", index), {"date": str(record.date), "choices": choices})


def returns_come_once(dataset: Dataset, _: Scene) -> Iterator[Finding]:
    """The same entry is sent back at a step only once: all reasons are told at once."""
    seen: set[tuple[Step, str]] = set()
    for index, record in enumerate(dataset.approvals):
        if record.result == "returned":
            if (record.step, record.covers) in seen:
                yield Finding(("approvals", index), {"date": str(record.date), "step": STEPS[record.step].zh})
            seen.add((record.step, record.covers))


def work_orders_say_what_and_why(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """A work order states the concrete change and its reason (REV-4, SH-11¶1)."""
    if "work_order" not in scene.profile.review.path:
        return
    for index, record in enumerate(dataset.approvals):
        missing = [key for key in ("change", "reason") if not getattr(record, key)]
        if record.step == "work_order" and missing:
            names = {"change": "调整内容", "reason": "调整原因"}
            labels = "、".join(f"{names[key]}（{key}）" for key in missing)
            yield Finding(("approvals", index), {"labels": labels, "keys": ", ".join(missing)})


def steps_are_the_citys(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """A record of a step that the city's text does not have proves nothing."""
    path = scene.profile.review.path
    for index, record in enumerate(dataset.approvals):
        if record.step not in path:
            told = {"step": STEPS[record.step].zh, "step_en": STEPS[record.step].en}
            yield Finding(("approvals", index, "step"), told | _instead([step for step in path if step != OWN]))


def _instead(known: Sequence[Step]) -> dict[str, str]:
    """What to write in the place of a step that the city does not have."""
    if not known:
        return {"instead": "这条记录：本市没有要记录的步骤", "instead_en": ": this city has no step to record"}
    zh = "、".join(f"{step}（{STEPS[step].zh}）" for step in known)
    en = ", ".join(f"{step} ({STEPS[step].en})" for step in known)
    return {"instead": f"，或改为：{zh}", "instead_en": f", or use: {en}"}


def _path(dataset: Dataset, scene: Scene) -> tuple[Step, ...]:
    """The steps that must be on record; none for entries that appear nowhere."""
    return tuple(step for step in scene.profile.review.path if step != OWN) if dataset.is_listed else ()


def _present(dataset: Dataset) -> dict[Step, list[Place]]:
    """The records of each step about the entry as it stands, in the order written, with their places."""
    terms = terms_digest(dataset)
    found: dict[Step, list[Place]] = defaultdict(list)
    for place, record in enumerate(dataset.approvals):
        if record.covers == terms:
            found[record.step].append((place, record))
    return found


def _passed(records: list[Place]) -> bool:
    return bool(records) and records[-1][1].result == "passed"


def _returned(records: list[Place]) -> bool:
    return bool(records) and records[-1][1].result == "returned"


def _state(dataset: Dataset, step: Step, present: list[Place]) -> tuple[str, str]:
    """What is known of a step that is not passed, in both languages."""
    before = [one for one in dataset.approvals if one.step == step and one.result == "passed"]
    if present:
        state, day = STATES["waiting"], str(present[-1][1].date)
    elif before:
        state, day = STATES["earlier"], str(before[-1].date)
    else:
        state, day = STATES["none"], ""
    return STEPS[step].zh + state.zh.format(day=day), STEPS[step].en + state.en.format(day=day)


def _reason(ground: str | None, text: str) -> str:
    return f"{RETURN_GROUNDS[ground]}：{text}" if ground else text


APPROVAL_RULES: dict[str, Rule] = {
    "approval-missing": steps_were_taken,
    "approval-returned": nothing_was_sent_back,
    "approval-order": steps_were_in_order,
    "return-reasons": returns_say_why,
    "returned-twice": returns_come_once,
    "work-order-incomplete": work_orders_say_what_and_why,
    "approval-step": steps_are_the_citys,
}
