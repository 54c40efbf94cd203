"""`build.py trace ID [RELEASE]`: from what is published back to commit, proposer, reviews, approvals and the people in
charge; with `--row`, from one bad row to the commit that wrote it (QLT-7 可追溯、可追责, AUD-4).

Everything is read from the catalogue and its Git history; the row itself is never shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from portal.catalogue import entry_path, read_catalogue
from portal.checks.reviews import OF_TERMS
from portal.gitcall import NoRepository, repository
from portal.gitcommits import Commit, brought, holds, last_before, line_of_record, merged_by, wrote_line
from portal.model import Catalogue, DataFile, Dataset, Release
from portal.problems import Lang, PortalError
from portal.proceedings import Approval
from portal.records import Review
from portal.settings import Settings
from portal.wording.approvals import STEPS
from portal.wording.reviews import KINDS

TEXT = (".csv", ".tsv", ".txt")


@dataclass(frozen=True)
class Record:
    """A review or an approval, and the commit that wrote it down (None: not committed)."""

    kind: str
    name: str
    name_en: str
    date: str
    result: str
    by: str
    document: str | None
    recurring: bool
    commit: Commit | None


@dataclass(frozen=True)
class Source:
    """A data file of the release: path below the city's folder, its sha-256, and the commit that brought the bytes."""

    path: str
    sha256: str
    commit: Commit | None


@dataclass(frozen=True)
class Row:
    """A record of a file (the header is 1), the line where it begins, and the commit that wrote that line.

    Of a workbook, `line` is None and `commit` the one that brought the file; both are None of a file not committed.
    """

    path: str
    record: int
    line: int | None
    commit: Commit | None


@dataclass(frozen=True)
class Trace:
    """All that is known of one release. `registered` is the commit that registered it, `merged` its merge, if any."""

    dataset: str
    title: str
    department: str
    officers: tuple[str, ...]
    release: str
    digest: str
    registered: Commit | None
    merged: Commit | None
    files: tuple[Source, ...]
    reviews: tuple[Record, ...]
    approvals: tuple[Record, ...]
    row: Row | None


def trace(
    settings: Settings, dataset_id: str, release: str | None = None, *, row: int | None = None, path: str | None = None
) -> Trace:
    """Trace a release (default: the latest one). `row` is a record as reports count them, `path` its file where the
    entry has several (default: the first).

    Raises PortalError where there is no such dataset, release or file, or no Git history to look into.
    """
    catalogue = read_catalogue(settings).catalogue
    dataset = next((one for one in catalogue.datasets if one.id == dataset_id and one.is_listed), None)
    if dataset is None:
        raise PortalError(f"没有编号为 {dataset_id} 的开放数据集。 No dataset that is opened has this id.")
    try:
        if repository(settings.root)[1]:
            raise PortalError(
                "这是浅克隆，追溯不完整。请运行 git fetch --unshallow。 The clone is shallow: fetch it whole."
            )
    except NoRepository as error:
        raise PortalError("这里没有可读的 Git 历史，无法追溯。 There is no readable Git history here.") from error
    chosen = _release(catalogue.releases.get(dataset_id, ()), release, dataset_id)
    return _traced(settings, catalogue, dataset, chosen, _wanted(dataset, row, path))


def _traced(
    settings: Settings, catalogue: Catalogue, dataset: Dataset, release: Release, row: tuple[DataFile, int] | None
) -> Trace:
    root, entry = settings.root, entry_path(dataset)
    registered = brought(root, f"{entry.removesuffix('.yml')}.releases.yml", release.digest)
    at = registered.name if registered else "HEAD"
    folder = f"datasets/{dataset.department}"
    files = tuple(
        Source(f"{folder}/{path}", sha, last_before(root, at, f"{folder}/{path}"))
        for path, sha in sorted(release.files.items())
    )
    day = registered.date[:10] if registered else settings.today.isoformat()
    return Trace(
        dataset=dataset.id,
        title=dataset.title,
        department=next(
            (one.name for one in catalogue.departments if one.id == dataset.department), dataset.department
        ),
        officers=tuple(_officers(catalogue, dataset.department)),
        release=release.release,
        digest=release.digest,
        registered=registered,
        merged=merged_by(root, registered.name) if registered else None,
        files=files,
        reviews=tuple(_review(settings, entry, one) for one in _reviews(dataset, release, day)),
        approvals=tuple(_approval(settings, entry, one) for one in dataset.approvals if one.date.isoformat() <= day),
        row=_row(settings, at, folder, row) if row else None,
    )


def _release(releases: Sequence[Release], wanted: str | None, dataset_id: str) -> Release:
    if not releases:
        raise PortalError(f"{dataset_id} 还没有登记过版本。 No release of it is registered.")
    found = next((one for one in reversed(releases) if wanted in (None, one.release)), None)
    if found is None:
        known = "、".join(one.release for one in releases)
        raise PortalError(f"{dataset_id} 没有版本 {wanted}，有：{known}。 There is no such release.")
    return found


def _wanted(dataset: Dataset, row: int | None, path: str | None) -> tuple[DataFile, int] | None:
    """The file and record that are meant."""
    if row is None:
        return None
    name = (path or "").rpartition(f"datasets/{dataset.department}/")[2]
    file: DataFile | None = next((one for one in dataset.files if name in ("", one.path)), None)
    if file is None:
        known = "、".join(one.path for one in dataset.files)
        raise PortalError(f"{dataset.id} 没有文件 {path}，有：{known}。 It has no such file.")
    return file, row


def _officers(catalogue: Catalogue, department: str) -> Iterator[str]:
    """The posts in charge."""
    for one in catalogue.officers:
        if one.department == department:
            yield one.chief
            yield from (post.post for post in one.posts)


def _reviews(dataset: Dataset, release: Release, day: str) -> Iterator[Review]:
    """The reviews of exactly this content; else the recurring ones of its day; and the latest ones of the terms."""
    exact = {one.kind for one in dataset.reviews if one.covers == release.digest}
    lasting = [one for one in dataset.reviews if one.rules is not None or one.kind in OF_TERMS]
    last = {one.kind: one for one in lasting if one.date.isoformat() <= day and one.kind not in exact}
    for review in dataset.reviews:
        if review.covers == release.digest or last.get(review.kind) is review:
            yield review


def _review(settings: Settings, entry: str, one: Review) -> Record:
    name = KINDS[one.kind]
    commit = brought(settings.root, entry, one.covers)
    recurring = one.rules is not None
    return Record(one.kind, name.zh, name.en, str(one.date), one.result, one.by, one.document, recurring, commit)


def _approval(settings: Settings, entry: str, one: Approval) -> Record:
    name = STEPS[one.step]
    commit = brought(settings.root, entry, one.covers)
    return Record(one.step, name.zh, name.en, str(one.date), one.result, one.by, one.document, False, commit)


def _row(settings: Settings, at: str, folder: str, wanted: tuple[DataFile, int]) -> Row:
    file, record = wanted
    path = f"{folder}/{file.path}"
    if not holds(settings.root, at, path):
        return Row(path, record, None, None)
    if not path.lower().endswith(TEXT):
        return Row(path, record, None, last_before(settings.root, at, path))
    delimiter = "\t" if path.lower().endswith(".tsv") and file.delimiter == "," else file.delimiter
    line = line_of_record(settings.root, at, path, record, delimiter)
    if line is None:
        raise PortalError(f"{path} 没有第 {record} 行。 It has no such row.")
    return Row(path, record, line, wrote_line(settings.root, at, path, line))


RESULTS = {
    "passed": ("通过", "passed"),
    "refused": ("不通过", "refused"),
    "returned": ("退回", "returned"),
    "submitted": ("已报送", "handed in"),
}


def as_text(found: Trace, lang: Lang) -> str:
    """The trace for people, a fact a line."""
    zh = lang == "zh"
    lines = [
        f"{found.dataset} {found.title}",
        f"{'部门' if zh else 'department'}: {found.department}",
        f"{'责任岗位' if zh else 'in charge'}: {'、'.join(found.officers) or ('未登记' if zh else 'nobody on record')}",
        f"{'版本' if zh else 'release'}: {found.release} {found.digest}",
        f"{'登记版本的提交' if zh else 'registered by'}: {_commit(found.registered, zh)}",
    ]
    if found.merged:
        lines.append(f"{'合入的提交' if zh else 'merged by'}: {_commit(found.merged, zh)}")
    lines += [f"{one.path} {one.sha256[:12]}…: {_commit(one.commit, zh)}" for one in found.files]
    for one in (*found.reviews, *found.approvals):
        result = RESULTS[one.result][0 if zh else 1]
        more = ("（按更新机制）" if zh else " (recurring)") if one.recurring else ""
        told = f"{one.name if zh else one.name_en}{more}: {one.date} {result} {one.by} {one.document or ''}".rstrip()
        lines.append(f"{told}; {_commit(one.commit, zh)}")
    if found.row:
        place = f"{found.row.path}:{found.row.line}" if found.row.line else found.row.path
        name = f"第 {found.row.record} 行" if zh else f"row {found.row.record}"
        lines.append(f"{name} {place}: {_commit(found.row.commit, zh)}")
    return "\n".join(lines)


def as_json(found: Trace) -> str:
    """The trace for machines."""
    return json.dumps(asdict(found), ensure_ascii=False, indent=2)


def _commit(one: Commit | None, zh: bool) -> str:
    if one is None:
        return "尚未提交" if zh else "not committed yet"
    return f"{one.name[:12]} {one.date[:10]} {one.author} {one.subject}"
