"""Comparisons of whole datasets, in worker processes, kept by the content of both versions.

Versions come as entries with files: prepared ones, or the bytes of then, which are prepared here as the check prepares
files. An earlier version that can't be read (encrypted, broken, lost) is told as such and stops nothing.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from portal.cache import code_version, get_or_make, key_of
from portal.changefacts import DatasetDifference
from portal.difference.datasets import PERSONAL, compare_datasets
from portal.difference.shape import CompareRules, Version
from portal.digests import canonical_json
from portal.model import Dataset
from portal.problems import Problem
from portal.settings import Settings
from portal.tablefile import Prepared, prepare

CODE = (
    "portal.difference",
    "portal.changefacts",
    "portal.casting",
    "portal.facts",
    "portal.checks.rows",
    "portal.model",
    "portal.personal",
    "portal.records",
    "portal.tablefile",
    "portal.tableschema",
    "portal.wording.choices",
)
PACKAGES = ("duckdb", "phonenumbers", "python-stdnum")
"""Modules and distributions whose change tells another difference: for `cache.code_version`."""
FOUND = "difference.json"
MEMORY = 800
"""MiB that the comparisons of all processes may take from DuckDB together (design §9: under 1 GiB)."""


class Changed(Protocol):
    """A dataset that is not as it was (portal/changeset.py): `files_before` maps `DataFile.key` to bytes of then."""

    @property
    def before(self) -> Dataset | None:
        """The entry of then."""

    @property
    def after(self) -> Dataset | None:
        """The entry of now."""

    @property
    def files_before(self) -> Mapping[str, Path]:
        """The bytes of then."""


@dataclass(frozen=True, slots=True)
class Job:
    """One dataset to compare. `files_before` are read by the earlier entry; `prepared` are the present files."""

    before: Dataset | None
    after: Dataset | None
    files_before: Mapping[str, Path]
    prepared: Mapping[str, Prepared]
    hidden: frozenset[str]
    cache: Path
    rules: CompareRules = field(default_factory=lambda: CompareRules(Path()))


def compare_changed(
    changed: Iterable[Changed],
    prepared: Mapping[str, Mapping[str, Prepared]],
    problems: Iterable[Problem],
    settings: Settings,
) -> tuple[DatasetDifference, ...]:
    """What each changed dataset changes for people, by id. `prepared` maps dataset id → `DataFile.key` → present file.

    Columns in which `problems` tell of personal data are not shown.
    """
    personal: dict[str, set[str]] = {}
    for one in problems:
        if one.rule.startswith(PERSONAL) and one.dataset and one.field:
            personal.setdefault(one.dataset, set()).add(one.field)
    rules = CompareRules(settings.cache / "scratch", memory=MEMORY // max(2, settings.jobs), threads=1)
    jobs = [
        Job(
            before=one.before,
            after=one.after,
            files_before=one.files_before,
            prepared=prepared.get(one.after.id, {}) if one.after else {},
            hidden=frozenset(personal.get(one.after.id, ())) if one.after else frozenset(),
            cache=settings.cache,
            rules=rules,
        )
        for one in changed
    ]
    if not jobs:
        return ()
    if len(jobs) == 1:
        jobs = [_alone(jobs[0], settings.jobs)]
    with ProcessPoolExecutor(min(settings.jobs, len(jobs)), mp_context=multiprocessing.get_context("fork")) as pool:
        found = list(pool.map(compare, jobs))
    return tuple(sorted(found, key=lambda one: one.id))


def _alone(job: Job, threads: int) -> Job:
    rules = CompareRules(job.rules.scratch, memory=MEMORY // 2, threads=threads)
    return Job(job.before, job.after, job.files_before, job.prepared, job.hidden, job.cache, rules)


def compare(job: Job) -> DatasetDifference:
    """The difference, kept or new. To be called where no process forks later: DuckDB has threads."""
    before = _earlier(job) if job.before else None
    after = _version(job.after, job.prepared, {}, job.hidden) if job.after else None
    words = [str(job.rules.samples), str(job.rules.shown), *_words(before), *_words(after)]
    return kept(job.cache, words, lambda: compare_datasets(before, after, job.rules))


def kept(cache: Path, words: Iterable[str], make: Callable[[], DatasetDifference]) -> DatasetDifference:
    """What `make` finds, once for the same words: they tell all that a difference depends on but the code."""

    def write(folder: Path) -> None:
        (folder / FOUND).write_text(make().model_dump_json(), "utf-8")

    folder = get_or_make(cache, "difference", key_of(code_version(*CODE, packages=PACKAGES), words), write)
    return DatasetDifference.model_validate_json((folder / FOUND).read_bytes())


def _words(version: Version | None) -> Iterator[str]:
    """What a difference depends on in one version."""
    if version is None:
        yield ""
        return
    files = {key: [one.sha256, one.encoding, one.format] for key, one in version.prepared.items()}
    yield canonical_json([version.dataset.model_dump(mode="json", by_alias=True), files])
    yield canonical_json([dict(version.unreadable), sorted(version.hidden)])


def _version(
    dataset: Dataset, prepared: Mapping[str, Prepared], unreadable: Mapping[str, str], hidden: frozenset[str]
) -> Version:
    """Without files where they are nobody's business."""
    return Version(dataset, prepared if dataset.is_open else {}, unreadable, hidden)


def _earlier(job: Job) -> Version:
    """The earlier version, its files prepared."""
    dataset = job.before
    assert dataset is not None  # noqa: S101 -- told to mypy; the caller has looked
    found: dict[str, Prepared] = {}
    broken: dict[str, str] = {}
    for table in dataset.tables if dataset.is_open else ():
        for file in table.files:
            path = job.files_before.get(file.key)
            if path is None:
                broken[file.key] = "file-missing"
                continue
            whole = file.model_copy(update={"table_schema": table.table_schema})
            one, problems = prepare(path.parent, path.name, whole, job.cache)
            if one is None:
                broken[file.key] = next(
                    (problem.rule for problem in problems if problem.level == "error"), "file-missing"
                )
            else:
                found[file.key] = one
    return _version(dataset, found, broken, job.hidden)
