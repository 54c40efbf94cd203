"""Rules about reviews: nothing is published that was not reviewed exactly as it stands.

SZ-32¶1 (苏州市公共数据开放实施细则 第三十二条)「未经审查的数据不得开放」; rows REV-1, REV-2, CLM-6 of the requirements.

What a review covers depends on what it judges. `security`, `privacy` and `secrets` cover file bytes and schema: one
changed cell closes the gate again. In their recurring form, for data with a fixed rhythm, they cover the schema, the
exceptions and the rules that were in force: new rows pass until the schema or an exception changes, a rule is no longer
in force, this run finds an error, or the term ends. `legality`, `compliance` and `expert` judge the terms of opening
(digests.terms_digest), not the rows. Where rows lie outside the repository (conditional data, an API), the first three
cover the terms too.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from portal.checks.ruleset import rules_in_force
from portal.checks.shape import Read
from portal.digests import content_digest, recurring_digest, terms_digest
from portal.model import Dataset, Release
from portal.problems import Problem
from portal.proceedings import Concern
from portal.profile import Profile
from portal.records import Review, ReviewKind
from portal.settings import Settings
from portal.wording.choices import MEANINGS
from portal.wording.reviews import KINDS

SHOWN = 12  # characters of a digest that people can compare by eye
OF_TERMS: frozenset[ReviewKind] = frozenset({"legality", "compliance", "expert"})
"""Kinds that judge what is opened and on what terms, not the rows: SZd-16¶2(1)「开放属性、开放程序等相关法律问题」."""


def judges_terms(kind: ReviewKind, dataset: Dataset) -> bool:
    """Whether such a review of this dataset covers its terms, not its rows.

    Experts who argue that columns may stand together have seen the rows (portal/checks/anonymity.py).
    """
    return kind in OF_TERMS and not (kind == "expert" and dataset.aggregation)


@dataclass(frozen=True)
class Content:
    """A dataset as it stands now. `files` maps each file's path to the sha-256 of its bytes; None: no rows here.

    `errors` is the number of errors that the other checks found in it.
    """

    dataset: Dataset
    profile: Profile
    today: date
    files: Mapping[str, str] | None
    releases: Sequence[Release] = ()
    blocked: Collection[str] = ()
    errors: int = 0
    known: str | None = None

    @cached_property
    def digest(self) -> str:
        """The digest of rows and schema, if it is not `known`; of the terms where there are no rows here."""
        return self.terms if self.files is None else self.known or content_digest(self.dataset, self.files)

    @cached_property
    def terms(self) -> str:
        """The digest of what legality reviews and approvals judge."""
        return terms_digest(self.dataset)

    @cached_property
    def asked(self) -> dict[ReviewKind, Concern | None]:
        """The kinds of review that are due, each with the concern that asks for it (None: always asked)."""
        rules = self.profile.review
        found: dict[ReviewKind, Concern | None] = {}
        if self.files is not None or self.dataset.data_type == "api":
            found |= dict.fromkeys(rules.always)
        for concern in self.dataset.concerns:
            for kind in rules.asked.get(concern, ()):
                found.setdefault(kind, concern)
        return found

    def reviews(self, kind: ReviewKind) -> list[Review]:
        """The reviews of one kind, as they stand in the entry."""
        return [review for review in self.dataset.reviews if review.kind == kind]

    def covering(self, kind: ReviewKind) -> Review | None:
        """The latest review of exactly this content, or the latest recurring one that covers it."""
        wanted = self.terms if judges_terms(kind, self.dataset) else self.digest
        exact = [one for one in self.reviews(kind) if one.covers == wanted and one.rules is None]
        if exact or self.files is None or kind in OF_TERMS:
            return exact[-1] if exact else None
        recurring = [one for one in self.reviews(kind) if one.rules is not None]
        return next((one for one in reversed(recurring) if one.covers == recurring_digest(self.dataset)), None)

    @cached_property
    def passed(self) -> bool:
        """Whether nothing is wrong with the reviews."""
        return not any(True for rule in GATE for _ in rule(self))


class Finding(NamedTuple):
    """A broken rule, the key it is about, and the values of its sentence."""

    rule: str
    key: str
    values: Mapping[str, str]


ReviewRule = Callable[[Content], Iterator[Finding]]


def reviews_are_there(content: Content) -> Iterator[Finding]:
    """Each kind of review that the city asks for has been held (REV-1, REV-2)."""
    for kind, concern in content.asked.items():
        if not content.reviews(kind):
            if kind == "security" or concern is None:
                yield Finding("review-missing", "reviews", _named(kind))
            else:
                values = {"concern": MEANINGS[concern], "concern_en": concern.replace("-", " "), **_named(kind)}
                yield Finding("review-kind-missing", "concerns", values)


def reviews_cover_the_present(content: Content) -> Iterator[Finding]:
    """The latest review of each kind judged what stands here now."""
    for kind in content.asked:
        held = content.reviews(kind)
        if held and content.covering(kind) is None:
            latest = max(held, key=lambda review: review.date)
            present = content.terms if judges_terms(kind, content.dataset) else content.digest
            values = {"date": str(latest.date), "reviewed": latest.covers[:SHOWN], "present": present[:SHOWN]}
            yield Finding("review-outdated", "reviews", {**values, **_named(kind)})


def reviews_passed(content: Content) -> Iterator[Finding]:
    """The latest review of the present content did not refuse it."""
    for kind in content.asked:
        review = content.covering(kind)
        if review is not None and review.result != "passed":
            yield Finding("review-refused", "reviews", {"date": str(review.date), **_named(kind)})


def recurring_reviews_hold(content: Content) -> Iterator[Finding]:
    """A recurring review lasts while its term runs, its rules are in force, and this run finds no error."""
    for kind, review in _recurring(content):
        values = {"date": str(review.date), "until": str(review.until or review.date), **_named(kind)}
        gone = sorted(set(review.rules or ()) - rules_in_force(content.profile))
        if review.until is None or review.until < content.today:
            yield Finding("review-expired", "reviews", values)
        elif gone:
            yield Finding("review-rules-changed", "reviews", {"rules": "、".join(gone), **values})
        elif content.errors:
            yield Finding("review-not-clean", "reviews", {"count": str(content.errors), **values})


def recurring_data_have_a_rhythm(content: Content) -> Iterator[Finding]:
    """Only data with a fixed update frequency can be reviewed by their way of updating."""
    if not has_rhythm(content.dataset, content.profile):
        for kind, review in _recurring(content):
            yield Finding("review-without-rhythm", "reviews", {"date": str(review.date), **_named(kind)})


def content_is_a_release(content: Content) -> Iterator[Finding]:
    """The present content stands in the list of releases, so that it keeps a fixed address for ever.

    Only asked of content that passed its reviews: before that, a review is what is missing, and it registers both.
    """
    if content.files is None or any(release.digest == content.digest for release in content.releases):
        return
    if content.passed:
        recurring = any(review for _, review in _recurring(content))
        how = "--release" if recurring else "--by 审查岗位的名称"
        yield Finding("release-missing", "data_date", {"how": how, "how_en": how.replace("审查岗位的名称", "OFFICE")})


def content_is_not_withdrawn(content: Content) -> Iterator[Finding]:
    """A withdrawn digest never comes back, whichever road it takes (CLM-6)."""
    if content.files is not None and content.digest in content.blocked:
        yield Finding("release-blocked", "files", {})


def has_rhythm(dataset: Dataset, profile: Profile) -> bool:
    """Whether new data come at fixed times."""
    frequency = profile.frequencies[dataset.update_frequency]
    return dataset.status != "static" and bool(frequency.months or frequency.days)


def _recurring(content: Content) -> Iterator[tuple[ReviewKind, Review]]:
    """The recurring reviews on which the present content stands."""
    for kind in content.asked:
        review = content.covering(kind)
        if review is not None and review.rules is not None and review.result == "passed":
            yield kind, review


def _named(kind: ReviewKind) -> dict[str, str]:
    name = KINDS[kind]
    by = "" if kind == "security" else f"--kind {kind} "
    return {"kind": name.zh, "kind_en": name.en, "by": by}


GATE: tuple[ReviewRule, ...] = (
    reviews_are_there,
    reviews_cover_the_present,
    reviews_passed,
    recurring_reviews_hold,
    recurring_data_have_a_rhythm,
)
REVIEW_RULES: tuple[ReviewRule, ...] = (*GATE, content_is_a_release, content_is_not_withdrawn)


def check_reviews(
    reading: Read,
    digests: Mapping[str, Mapping[str, str]],
    settings: Settings,
    *,
    blocked: Collection[str] = (),
    errors: Mapping[str, int] | None = None,
    contents: Mapping[str, str] | None = None,
) -> list[Problem]:
    """Judge every entry that has a public page.

    `digests` maps dataset id → file path → sha-256 of the bytes; a set with a file that could not be read is
    passed over (that file has a problem of its own). `errors` maps dataset id → errors that the other checks found,
    `contents` to what is known of the digests of rows and schema.
    """
    problems: list[Problem] = []
    catalogue = reading.catalogue
    for dataset in catalogue.datasets:
        known = digests.get(dataset.id, {})
        if not dataset.is_listed or (dataset.is_open and any(file.path not in known for file in dataset.files)):
            continue
        content = Content(
            dataset,
            reading.profile,
            settings.today,
            known if dataset.is_open else None,
            catalogue.releases.get(dataset.id, ()),
            blocked,
            (errors or {}).get(dataset.id, 0),
            (contents or {}).get(dataset.id),
        )
        for rule in REVIEW_RULES:
            problems.extend(_problem(content, finding, reading) for finding in rule(content))
    return problems


def _problem(content: Content, finding: Finding, reading: Read) -> Problem:
    dataset = content.dataset
    path, line = reading.where(dataset.id, finding.key)
    values = {"title": dataset.title, "dataset": dataset.id, "present": content.digest[:SHOWN], **finding.values}
    return Problem(finding.rule, path, line, values, dataset=dataset.id)
