"""Rules about reviews: nothing is published that was not reviewed exactly as it stands.

SZ-32¶1 (苏州市公共数据开放实施细则 第三十二条)「未经审查的数据不得开放」; rows REV-1 and CLM-6 of the requirements.
A review covers a digest of file bytes and schema, so one changed cell closes the gate again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from portal.digests import content_digest
from portal.model import Dataset, Release
from portal.problems import NOTHING, Problem

SHOWN = 12  # characters of a digest that people can compare by eye

Where = Callable[..., tuple[str, int | None]]


class Content(NamedTuple):
    """A dataset with the digest of what stands in its files now."""

    dataset: Dataset
    digest: str
    releases: Sequence[Release]
    blocked: Collection[str]


class Finding(NamedTuple):
    """A broken rule, the key it is about, and the values of its sentence."""

    rule: str
    key: str
    values: Mapping[str, str]


def content_is_reviewed(content: Content) -> Iterator[Finding]:
    """The latest security review of the present content passed."""
    reviews = [review for review in content.dataset.reviews if review.kind == "security"]
    if not reviews:
        yield Finding("review-missing", "reviews", NOTHING)
        return
    covering = [review for review in reviews if review.covers == content.digest]
    if not covering:
        latest = max(reviews, key=lambda review: review.date)
        values = {"date": latest.date.isoformat(), "reviewed": latest.covers[:SHOWN]}
        yield Finding("review-outdated", "reviews", values)
    elif covering[-1].result != "passed":
        yield Finding("review-refused", "reviews", {"date": covering[-1].date.isoformat()})


def content_is_a_release(content: Content) -> Iterator[Finding]:
    """The present content stands in the list of releases, so that it keeps a fixed address for ever.

    Only asked of content that passed its review: before that, the review is what is missing, and it registers both.
    """
    passed = not any(content_is_reviewed(content))
    if passed and all(release.digest != content.digest for release in content.releases):
        yield Finding("release-missing", "data_date", NOTHING)


def content_is_not_withdrawn(content: Content) -> Iterator[Finding]:
    """A withdrawn digest never comes back, whichever road it takes (CLM-6)."""
    if content.digest in content.blocked:
        yield Finding("release-blocked", "files", NOTHING)


REVIEW_RULES: tuple[Callable[[Content], Iterator[Finding]], ...] = (
    content_is_reviewed,
    content_is_a_release,
    content_is_not_withdrawn,
)


def check_reviews(
    datasets: Sequence[Dataset],
    digests: Mapping[str, Mapping[str, str]],
    *,
    releases: Mapping[str, Sequence[Release]],
    blocked: Collection[str],
    where: Where,
) -> list[Problem]:
    """Judge every dataset whose rows are to be published.

    `digests` maps dataset id → file path → sha-256 of the bytes; a set with a file that could not be read is
    passed over (that file has a problem of its own). `where(dataset_id, *keys)` gives path and line.
    """
    problems: list[Problem] = []
    for dataset in datasets:
        known = digests.get(dataset.id, {})
        if not dataset.is_open or any(file.path not in known for file in dataset.files):
            continue
        content = Content(dataset, content_digest(dataset, known), releases.get(dataset.id, ()), blocked)
        for rule in REVIEW_RULES:
            problems.extend(_problem(content, finding, where) for finding in rule(content))
    return problems


def _problem(content: Content, finding: Finding, where: Where) -> Problem:
    dataset = content.dataset
    path, line = where(dataset.id, finding.key)
    values = {"title": dataset.title, "dataset": dataset.id, "present": content.digest[:SHOWN], **finding.values}
    return Problem(finding.rule, path, line, values, dataset=dataset.id)
