"""`build.py review ID` and `build.py approve ID`: write down what was reviewed or approved, and register releases.

A review of content covers exactly the present files; a recurring one covers the schema and the rules in force, and each
update is then registered with `--release`. An approval covers the terms of opening. Only text is added to the
department's own files: comments and order stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

from portal.catalogue import entry_path, read_catalogue
from portal.checks.officers import may_review, not_a_reviewer
from portal.checks.oversight import RECORD_RULES
from portal.checks.reviews import OF_TERMS, has_rhythm, judges_terms
from portal.checks.ruleset import rules_in_force
from portal.digests import content_digest, recurring_digest, terms_digest
from portal.githistory import ever_committed
from portal.model import Catalogue, Dataset, Release
from portal.pipeline import Checked, check
from portal.problems import CatalogueHasProblems, PortalError, Problem, errors_in
from portal.proceedings import Approval
from portal.progress import Progress
from portal.records import Review, ReviewKind
from portal.samples import sample_of
from portal.settings import Settings
from portal.shape import Shape
from portal.wording.reviews import WORDING

TERM = timedelta(days=365)
"""How long a recurring review lasts: no text says; a year is when Shanghai evaluates anew (SH-10)."""
ARGUED = ("aggregation-risk", "aggregation-joined", "sample-review")
LATER = frozenset({*WORDING, *RECORD_RULES, *ARGUED, "reviewer-is-proposer"})
"""Problems that are mended after the review, or by it."""


@dataclass(frozen=True)
class Verdict:
    """What the reviewing office decided; `note` tells the public what is new in this release.

    `recurring`: new rows are covered as well, while schema, exceptions and rules stay and the checks find no error.
    """

    kind: ReviewKind
    result: Literal["passed", "refused"]
    by: str
    document: str | None = None
    note: str | None = None
    recurring: bool = False


def add_record(entry_text: str, key: str, record: Shape) -> str:
    """The entry's YAML with one more item under `key:`; everything else stays as it was written.

    The item goes to the end of the block that the key opens at the left margin; without such a block one is
    appended. A flow list (`reviews: []`) is opened into a block.
    """
    item = "  - " + _flow(record.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True))
    lines = entry_text.rstrip("\n").split("\n")
    start = next((number for number, line in enumerate(lines) if line.startswith(f"{key}:")), None)
    if start is None:
        return "\n".join([*lines, f"{key}:", item, ""])
    lines[start] = f"{key}:"
    end = start + 1
    while end < len(lines) and (lines[end].startswith((" ", "-", "#")) or not lines[end].strip()):
        end += 1
    while end > start + 1 and not lines[end - 1].strip():
        end -= 1
    if end > start + 1 and lines[start + 1].startswith("-"):
        item = item.removeprefix("  ")
    return "\n".join([*lines[:end], item, *lines[end:], ""])


def next_release(day: date, releases: Sequence[Release]) -> str:
    """The name of a new release: its data date, and `-2`, `-3` … when that day has releases already."""
    taken = {release.release for release in releases}
    name, count = day.isoformat(), 1
    while name in taken:
        count += 1
        name = f"{day.isoformat()}-{count}"
    return name


def releases_text(releases: Sequence[Release]) -> str:
    """The `.releases.yml` of a dataset, oldest first."""
    lines = ["# 版本清单：由 build.py review 写入；每个版本的内容按指纹从 Git 历史取回。"]
    for release in releases:
        lines += [f"- release: '{release.release}'", f"  digest: {release.digest}", "  files:"]
        lines += [f"    {_quoted(path)}: {digest}" for path, digest in sorted(release.files.items())]
        if release.note:
            lines.append(f"  note: {_quoted(release.note)}")
    return "\n".join([*lines, ""])


def review(settings: Settings, progress: Progress, dataset_id: str, verdict: Verdict) -> Review:
    """Record that a dataset was reviewed as it stands; new content that passed becomes a release.

    Raises PortalError for a dataset that does not exist, or that can't have such a review, and CatalogueHasProblems
    where its entry or files can't be read, have errors and are to pass nevertheless, or `by` is no reviewing post.
    """
    checked = check(settings, progress)
    dataset = _dataset(checked, dataset_id)
    wrong = [one for one in errors_in(checked.problems) if one.dataset == dataset_id and one.rule not in LATER]
    unread = dataset is None or (
        dataset.is_open and any(f.key not in _prepared(checked, dataset) for f in dataset.files)
    )
    if dataset is None or unread or (wrong and verdict.result == "passed"):
        progress.say("请先改正下列问题，再审查和记录：", "Mend this first, then review and record:")
        raise CatalogueHasProblems(wrong)
    _refuse_strangers(checked.reading.catalogue, dataset, verdict.by, settings.today)
    files = _files(checked, dataset)
    record = Review(
        kind=verdict.kind,
        date=settings.today,
        result=verdict.result,
        by=verdict.by,
        document=verdict.document,
        **_covered(checked, dataset, verdict, settings.today),
    )
    entry = settings.root / entry_path(dataset)
    if not dataset.is_open or verdict.kind in OF_TERMS:
        entry.write_text(add_record(entry.read_text("utf-8"), "reviews", record), "utf-8")
        return record
    known, new = _releases(checked, settings.root, dataset, files, verdict.note)
    write_review(entry, dataset, record, known, new)
    return record


def register(settings: Settings, progress: Progress, dataset_id: str, note: str | None = None) -> Release:
    """Register the present content as a release, which a recurring review covers: every check must find it clean.

    Raises PortalError where nothing is to be registered, CatalogueHasProblems where the dataset has errors.
    """
    checked = check(settings, progress)
    wrong = [one for one in errors_in(checked.problems) if one.dataset == dataset_id and one.rule != "release-missing"]
    dataset = _dataset(checked, dataset_id)
    if wrong or dataset is None:
        progress.say("请先改正下列问题，再登记版本：", "Mend this first, then register the release:")
        raise CatalogueHasProblems(wrong)
    if not dataset.is_open:
        raise PortalError(f"{dataset_id} 没有公开的数据行，不登记版本。 It has no public rows, and so no releases.")
    known, new = _releases(checked, settings.root, dataset, _files(checked, dataset), note)
    found = next((one for one in known if one.digest == new.digest), None)
    if found is None:
        _write_releases(settings.root / entry_path(dataset), dataset, [*known, new])
    return found or new


def approve(settings: Settings, dataset_id: str, told: Approval) -> Approval:
    """Record a step of the approval for the entry as it stands; `told.covers` is written here.

    Raises PortalError for an entry that does not exist or can't be read.
    """
    catalogue = read_catalogue(settings).catalogue
    dataset = next((one for one in catalogue.datasets if one.id == dataset_id), None)
    if dataset is None:
        raise PortalError(f"没有编号为 {dataset_id} 的条目，或它还读不懂。 No readable entry has this id.")
    record = told.model_copy(update={"covers": terms_digest(dataset)})
    entry = settings.root / entry_path(dataset)
    entry.write_text(add_record(entry.read_text("utf-8"), "approvals", record), "utf-8")
    return record


def write_review(entry: Path, dataset: Dataset, review: Review, releases: Sequence[Release], new: Release) -> None:
    """Add the review to the entry's file and, where the content is new and passed, the release to its list."""
    entry.write_text(add_record(entry.read_text("utf-8"), "reviews", review), "utf-8")
    if review.result == "passed" and all(release.digest != new.digest for release in releases):
        _write_releases(entry, dataset, [*releases, new])


def _write_releases(entry: Path, dataset: Dataset, releases: Sequence[Release]) -> None:
    entry.with_name(f"{dataset.id}.releases.yml").write_text(releases_text(releases), "utf-8")


def _dataset(checked: Checked, dataset_id: str) -> Dataset | None:
    """The dataset; None for one that stands there but can't be read."""
    found = next((one for one in checked.reading.catalogue.datasets if one.id == dataset_id and one.is_listed), None)
    if found is None and dataset_id not in checked.reading.broken:
        raise PortalError(f"没有编号为 {dataset_id} 的开放数据集。 No dataset that is opened has this id.")
    return found


def _prepared(checked: Checked, dataset: Dataset) -> Iterable[str]:
    """The keys of the files that could be read."""
    return checked.prepared.get(dataset.id, {})


def _files(checked: Checked, dataset: Dataset) -> dict[str, str]:
    """The sha-256 of each file's bytes by its path."""
    found = checked.prepared.get(dataset.id, {})
    return {file.path: found[file.key].sha256 for file in dataset.files if file.key in found}


def _covered(checked: Checked, dataset: Dataset, verdict: Verdict, today: date) -> dict[str, Any]:
    """What the review covers: the terms, this content, or content like it."""
    whole = sample_of(dataset) if verdict.kind == "sample" else None
    if verdict.kind == "sample" and whole is None:
        raise PortalError(f"{dataset.id} 没有样本。 It has no sample.")
    if whole is not None:
        return {"covers": content_digest(whole, _files(checked, whole))}
    if judges_terms(verdict.kind, dataset) or not dataset.is_open:
        if verdict.recurring:
            raise PortalError(
                f"{verdict.kind} 不审查数据行，不用 --recurring。 It judges no rows: leave out --recurring."
            )
        return {"covers": terms_digest(dataset)}
    if not verdict.recurring:
        return {"covers": content_digest(dataset, _files(checked, dataset))}
    profile = checked.reading.profile
    if not has_rhythm(dataset, profile):
        text = "没有固定的更新频率，不能用 --recurring。"
        raise PortalError(f"{dataset.id} {text} It has no fixed update frequency: leave out --recurring.")
    rules = tuple(sorted(rules_in_force(profile)))
    return {"covers": recurring_digest(dataset), "rules": rules, "until": today + TERM}


def _refuse_strangers(catalogue: Catalogue, dataset: Dataset, by: str, today: date) -> None:
    """Reviewers come from the register, where the department is in it (REV-8)."""
    officers = next((one for one in catalogue.officers if one.department == dataset.department), None)
    if officers is not None and not may_review(officers, by, today):
        values = not_a_reviewer(officers, by, today)
        raise CatalogueHasProblems(
            [Problem("reviewer-unknown", entry_path(dataset), values=values, dataset=dataset.id)]
        )


def _releases(
    checked: Checked, root: Path, dataset: Dataset, files: dict[str, str], note: str | None
) -> tuple[list[Release], Release]:
    """The releases that stay, and the one that the present content would be."""
    digest = content_digest(dataset, files)
    known = _published(root, dataset, checked.reading.catalogue.releases.get(dataset.id, ()), digest)
    return known, Release(release=next_release(dataset.data_date, known), digest=digest, files=files, note=note)


def _published(root: Path, dataset: Dataset, releases: Sequence[Release], present: str) -> list[Release]:
    """Without those that were registered here but changed again before a commit: their bytes are gone."""
    path = f"{entry_path(dataset).removesuffix('.yml')}.releases.yml"
    return [one for one in releases if one.digest == present or ever_committed(root, path, one.digest)]


def _flow(value: object) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    return _quoted(str(value))


def _quoted(text: str) -> str:
    """A single-quoted YAML scalar: no escape but the doubled quote, so nothing in it can mean anything else."""
    return "'" + " ".join(text.split()).replace("'", "''") + "'"
