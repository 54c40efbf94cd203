"""`build.py review ID`: write down that exactly the present content was reviewed, and register it as a release.

Only text is added to the department's own files: comments and order stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from portal.catalogue import entry_path
from portal.digests import content_digest
from portal.githistory import ever_committed
from portal.model import Dataset, Release
from portal.pipeline import check
from portal.problems import CatalogueHasProblems, PortalError, errors_in
from portal.progress import Progress
from portal.records import Review, ReviewKind
from portal.settings import Settings
from portal.wording.reviews import WORDING


@dataclass(frozen=True)
class Verdict:
    """What the reviewing office decided; `note` tells the public what is new in this release."""

    kind: ReviewKind
    result: Literal["passed", "refused"]
    by: str
    document: str | None = None
    note: str | None = None


def add_review(entry_text: str, review: Review) -> str:
    """The entry's YAML with one more item under `reviews:`; everything else stays as it was written.

    The item goes to the end of the block that `reviews:` opens at the left margin; without such a block one is
    appended. A flow list (`reviews: []`) is opened into a block.
    """
    item = "  - " + _flow(review.model_dump(mode="json", exclude_none=True))
    lines = entry_text.rstrip("\n").split("\n")
    start = next((number for number, line in enumerate(lines) if line.startswith("reviews:")), None)
    if start is None:
        return "\n".join([*lines, "reviews:", item, ""])
    lines[start] = "reviews:"
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
    """Record that exactly the present content of a dataset was reviewed; new content that passed becomes a release.

    Raises PortalError for a dataset that does not exist or whose rows are not to be published, and
    CatalogueHasProblems where its entry or files can't be read, or have errors and are to pass nevertheless.
    """
    checked = check(settings, progress)
    catalogue = checked.reading.catalogue
    dataset = next((one for one in catalogue.datasets if one.id == dataset_id and one.is_open), None)
    if dataset is None and dataset_id not in checked.reading.broken:
        raise PortalError(f"没有编号为 {dataset_id} 的无条件开放数据集。 No unconditional dataset has this id.")
    found = checked.prepared.get(dataset_id, {})
    wrong = [one for one in errors_in(checked.problems) if one.dataset == dataset_id and one.rule not in WORDING]
    unread = dataset is None or any(file.key not in found for file in dataset.files)
    if dataset is None or unread or (wrong and verdict.result == "passed"):
        progress.say("请先改正下列问题，再审查和记录：", "Mend this first, then review and record:")
        raise CatalogueHasProblems(wrong)
    files = {file.path: found[file.key].sha256 for file in dataset.files}
    digest = content_digest(dataset, files)
    record = Review(
        kind=verdict.kind,
        date=settings.today,
        result=verdict.result,
        by=verdict.by,
        document=verdict.document,
        covers=digest,
    )
    known = _published(settings.root, dataset, catalogue.releases.get(dataset.id, ()), digest)
    new = Release(release=next_release(dataset.data_date, known), digest=digest, files=files, note=verdict.note)
    write_review(settings.root / entry_path(dataset), dataset, record, known, new)
    return record


def write_review(entry: Path, dataset: Dataset, review: Review, releases: Sequence[Release], new: Release) -> None:
    """Add the review to the entry's file and, where the content is new and passed, the release to its list."""
    entry.write_text(add_review(entry.read_text("utf-8"), review), "utf-8")
    if review.result == "passed" and all(release.digest != new.digest for release in releases):
        entry.with_name(f"{dataset.id}.releases.yml").write_text(releases_text([*releases, new]), "utf-8")


def _published(root: Path, dataset: Dataset, releases: Sequence[Release], present: str) -> list[Release]:
    """Without those that were registered here but changed again before a commit: their bytes are gone."""
    path = f"{entry_path(dataset).removesuffix('.yml')}.releases.yml"
    return [one for one in releases if one.digest == present or ever_committed(root, path, one.digest)]


def _flow(values: dict[str, object]) -> str:
    return "{" + ", ".join(f"{key}: {_quoted(str(value))}" for key, value in values.items()) + "}"


def _quoted(text: str) -> str:
    """A single-quoted YAML scalar: no escape but the doubled quote, so nothing in it can mean anything else."""
    return "'" + " ".join(text.split()).replace("'", "''") + "'"
