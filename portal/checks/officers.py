"""Rules about the people in charge (REV-8, REV-10): who is responsible in each department, and who may review.

SZ-35¶2 and SZd-38¶2 ask for a chief data officer, dedicated posts, and filing with the authority of the same level;
WX-5¶3 and SYS-9(2) for the arrangement alone; SH for nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from portal.checks.shape import FileFinding, FileRule, Finding, Rule, Scene
from portal.model import Dataset
from portal.problems import shown
from portal.registers import Duty, Officers, register_path

PATH = register_path("officers")


def departments_have_officers(scene: Scene) -> Iterator[FileFinding]:
    """A department that opens data has a record of its officers, where the city asks for it."""
    if scene.profile.officers.required:
        named = {one.department for one in scene.catalogue.officers}
        opening = {one.department for one in scene.catalogue.datasets}
        for department in scene.catalogue.departments:
            if department.id in opening - named:
                yield FileFinding(f"catalog/{department.id}/department.yml", (), {"name": department.name})


def officers_belong_to_departments(scene: Scene) -> Iterator[FileFinding]:
    """A record names a department that exists, and each department has one."""
    seen: set[str] = set()
    for index, one in enumerate(scene.catalogue.officers):
        if one.department in seen or not scene.has_department(one.department):
            state = ("重复", "given twice") if one.department in seen else ("不存在", "unknown")
            values = {"found": shown(one.department), "state": state[0], "state_en": state[1]}
            yield FileFinding(PATH, (index, "department"), values)
        seen.add(one.department)


def duties_are_divided(scene: Scene) -> Iterator[FileFinding]:
    """Today one post hands data in and another one reviews them (专人专岗)."""
    for index, one in enumerate(scene.catalogue.officers):
        holders = {duty: _posts(one, duty, scene.today) for duty in ("data", "review")}
        missing = [duty for duty, posts in holders.items() if not posts]
        names = {"data": "提交数据（data）", "review": "审查（review）"}
        if missing:
            values = {"missing": "、".join(names[duty] for duty in missing), "missing_en": ", ".join(missing)}
            yield FileFinding(PATH, (index, "posts"), values)
        elif holders["data"] == holders["review"] and len(holders["data"]) == 1:
            values = {"missing": "与提交岗位不同的审查岗位", "missing_en": "a reviewing post apart from the other"}
            yield FileFinding(PATH, (index, "posts"), values)


def officers_are_filed(scene: Scene) -> Iterator[FileFinding]:
    """The record is filed with the authority of the same level, after its last change."""
    if not scene.profile.officers.filing:
        return
    authorities = {one.name: one.authority for one in scene.catalogue.portal.jurisdictions}
    levels = {one.id: one.jurisdiction for one in scene.catalogue.departments}
    for index, one in enumerate(scene.catalogue.officers):
        wanted = authorities.get(levels.get(one.department, ""), "")
        changed = _last_change(one, scene.today)
        filed = one.filed
        if filed is None or filed.date > scene.today:
            state = ("尚未备案", "is not filed")
        elif wanted and filed.with_ != wanted:
            state = (f"备案机关“{shown(filed.with_)}”不是同级主管部门", "is filed with another body")
        elif filed.date < changed:
            state = (f"在 {changed} 有变动，之后没有重新备案", f"changed on {changed} and was not filed since")
        else:
            continue
        yield FileFinding(PATH, (index,), {"state": state[0], "state_en": state[1], "authority": wanted})


def reviewers_are_in_the_register(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """A review was held by a post that the register charges with reviews on that day (REV-8)."""
    officers = scene.officers.get(dataset.department)
    if officers is None:
        return
    latest = {review.kind: index for index, review in enumerate(dataset.reviews)}
    for index in sorted(latest.values()):
        review = dataset.reviews[index]
        if not may_review(officers, review.by, review.date):
            yield Finding(("reviews", index, "by"), not_a_reviewer(officers, review.by, review.date))


def may_review(officers: Officers, by: str, day: date) -> bool:
    """Whether a post of this name reviews for the department on a day."""
    return by in _posts(officers, "review", day)


def not_a_reviewer(officers: Officers, by: str, day: date) -> dict[str, str]:
    """The values of `reviewer-unknown`."""
    choices = "、".join(sorted(_posts(officers, "review", day))) or "（无）"
    return {"found": shown(by), "date": str(day), "choices": choices}


def speaks_for(officers: Officers | None, by: str, names: Collection[str]) -> bool:
    """Whether somebody with one of these names is the post, by its own name or by one of its accounts."""
    posts = officers.posts if officers else ()
    return by in names or any(one.post == by and not set(names).isdisjoint(one.accounts) for one in posts)


def _posts(officers: Officers, duty: Duty, day: date) -> set[str]:
    return {one.post for one in officers.posts if one.holds(duty, day)}


def _last_change(officers: Officers, today: date) -> date:
    """The latest day on which somebody came or went."""
    days = [officers.since, *(one.since for one in officers.posts), *(one.until for one in officers.posts if one.until)]
    return max((day for day in days if day <= today), default=officers.since)


OFFICER_RULES: dict[str, FileRule] = {
    "officer-missing": departments_have_officers,
    "officer-department": officers_belong_to_departments,
    "officer-duties": duties_are_divided,
    "officer-filing": officers_are_filed,
}
REVIEWER_RULES: dict[str, Rule] = {"reviewer-unknown": reviewers_are_in_the_register}
