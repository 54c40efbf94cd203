"""Rules about policies, news, plans, results of use and violations (portal/publications.py).

What a document is today is computed (NEW-1), so the rules ask only for what nobody could compute: days that agree,
names that lead somewhere, a section that is kept current (SH-25(4)「保持动态更新」), a plan that is kept, and a
publicity of violations that the text allows (VIO-3).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from portal.checks.shape import FileFinding, FileRule, Key, Scene
from portal.problems import shown
from portal.publications import publication_path


def days_agree(scene: Scene) -> Iterator[FileFinding]:
    """A term does not end before it begins, and only a draft asks for comments."""
    catalogue = scene.catalogue
    pairs: list[tuple[str, str, str, object, str, object]] = []
    for policy in catalogue.policies:
        start = policy.valid_from or policy.issued
        pairs.append(("policies", policy.id, "valid_to", policy.valid_to, "valid_from", start))
        pairs.append(("policies", policy.id, "repealed", policy.repealed, "valid_from", start))
        pairs.append(("policies", policy.id, "comments_until", policy.comments_until, "issued", policy.issued))
    pairs += [("news", one.id, "until", one.until, "from", one.from_) for one in catalogue.news]
    pairs += [("violations", one.id, "until", one.until, "since", one.since) for one in catalogue.violations]
    for key, name, late, last, early, first in pairs:
        if last is not None and first is not None and str(last) < str(first):
            values = {"late": late, "last": str(last), "early": early, "first": str(first)}
            yield FileFinding(publication_path(key, name), (late,), values)


def names_lead_somewhere(scene: Scene) -> Iterator[FileFinding]:
    """Policies, datasets, departments and domains that are named exist; datasets are such as have a page."""
    catalogue = scene.catalogue
    policies = {one.id for one in catalogue.policies}
    for key, documents in (("policies", catalogue.policies), ("news", catalogue.news)):
        for document in documents:
            for name in document.related:
                if name not in policies:
                    yield _unknown(key, document.id, ("related",), name)
            for name in document.datasets:
                if not _has_page(scene, name):
                    yield _unknown(key, document.id, ("datasets",), name)
    for work in catalogue.showcase:
        for place, name in enumerate(work.datasets):
            if not _has_page(scene, name):
                yield _unknown("showcase", work.id, ("datasets", place), name)
    yield from _plans(scene)


def _plans(scene: Scene) -> Iterator[FileFinding]:
    domains = {one.id for one in scene.catalogue.domains}
    for plan in scene.catalogue.plan:
        if plan.department and not scene.has_department(plan.department):
            yield _unknown("plan", plan.id, ("department",), plan.department)
        for n, item in enumerate(plan.items):
            if not scene.has_department(item.department):
                yield _unknown("plan", plan.id, ("items", n, "department"), item.department)
            if item.domain and item.domain not in domains:
                yield _unknown("plan", plan.id, ("items", n, "domain"), item.domain)
            for place, name in enumerate(item.datasets):
                if not _has_page(scene, name):
                    yield _unknown("plan", plan.id, ("items", n, "datasets", place), name)


def _unknown(key: str, name: str, keys: tuple[Key, ...], found: str) -> FileFinding:
    return FileFinding(publication_path(key, name), keys, {"found": shown(found)})


def _has_page(scene: Scene, name: str) -> bool:
    """The public may know of it (OT-1): not-open entries are named nowhere."""
    if name in scene.broken:
        return True
    return name in scene.by_id and scene.by_id[name].is_listed


def news_is_current(scene: Scene) -> Iterator[FileFinding]:
    """The newest piece of news is not older than the house allows; a city that keeps no news is not asked."""
    newest = max(scene.catalogue.news, key=lambda one: (one.date, one.id), default=None)
    days = scene.profile.news.stale_days
    if newest and newest.date + timedelta(days=days) < scene.today:
        values = {"date": str(newest.date), "days": str(days)}
        yield FileFinding(publication_path("news", newest.id), ("date",), values)


def plan_is_current(scene: Scene) -> Iterator[FileFinding]:
    """A city that publishes plans has one for this year (D20: 年度); asked from the second quarter on."""
    newest = max(scene.catalogue.plan, key=lambda one: (one.year, one.id), default=None)
    if newest and int(newest.year) < scene.today.year and scene.today.month > 3:
        values = {"year": newest.year, "today": str(scene.today.year)}
        yield FileFinding(publication_path("plan", newest.id), ("year",), values)


def plan_is_kept(scene: Scene) -> Iterator[FileFinding]:
    """What was due is done, or the plan says why it is not. Entries that can't be read are judged when they can."""
    published = {name: one.data_date for name, one in scene.by_id.items() if one.is_listed}
    published |= dict.fromkeys(scene.broken, scene.today)
    for plan in scene.catalogue.plan:
        for n, item in enumerate(plan.items):
            if item.state(published, scene.today) == "overdue":
                values = {"item": shown(item.title), "due": item.due}
                yield FileFinding(publication_path("plan", plan.id), ("items", n, "due"), values)


def publicity_is_allowed(scene: Scene) -> Iterator[FileFinding]:
    """Violations are made public only where the text says that they may be (VIO-3)."""
    if scene.profile.violations.publish is None:
        for one in scene.catalogue.violations:
            yield FileFinding(publication_path("violations", one.id), ("decision",))


def persons_are_masked(scene: Scene) -> Iterator[FileFinding]:
    """A natural person is not named in full (VIO-3)."""
    for one in scene.catalogue.violations:
        if not one.masked:
            yield FileFinding(publication_path("violations", one.id), ("who",))


PUBLICATION_RULES: dict[str, FileRule] = {
    "publication-days": days_agree,
    "publication-link": names_lead_somewhere,
    "news-stale": news_is_current,
    "plan-outdated": plan_is_current,
    "plan-overdue": plan_is_kept,
    "violation-not-public": publicity_is_allowed,
    "violation-unmasked": persons_are_masked,
}
PUBLICATION_WARNINGS = frozenset({"news-stale", "plan-outdated", "plan-overdue"})
