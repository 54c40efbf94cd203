"""One dataset, from checked rows to files to take away: load → derive → takeaway, each result kept by its content.

The unit of work of the build's processes. What depends on the rows alone is kept apart from what also names title
and portal, so that a changed sentence loads nothing again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from portal import addresses, derive, tables, takeaway, viewing
from portal.cache import code_version, get_or_make, key_of, noting
from portal.changefacts import ReleaseChange
from portal.compression import compress
from portal.difference import CompareRules, Published, release_changes
from portal.digests import content_digest
from portal.facts import DatasetFacts, Download, MissingDownload, TableFacts, ViewFacts
from portal.jobs import Job, Made
from portal.model import Dataset
from portal.places import Place, places_in
from portal.problems import CatalogueHasProblems
from portal.samples import SUFFIX, published_sample
from portal.tablefile import Prepared, prepare
from portal.takeaway.earlier import Archive, Earlier, age, earlier_releases

DATABASE = "table.db"
FACTS = "facts.json"
CHANGES = "changes.json"
VIEWS = "views.json"
COMPARING = 300
"""MiB that DuckDB may take in a process that compares a release with the one before it."""
ROWS_CODE = ("portal.making", "portal.derive", *tables.CODE, *takeaway.CODE)
VIEWS_CODE = ("portal.making", *viewing.CODE)
PACKAGE_CODE = ("portal.making", *takeaway.PACKAGE_CODE)
"""The modules whose change makes other results; tests/house/test_cache_keys.py holds them against what is imported."""
PRIVATE = frozenset({DATABASE, FACTS, VIEWS})


def make_dataset(job: Job) -> Made:
    """Make everything below /dataset/<id>/ but the page itself and its descriptions, and say what is in it."""
    with noting() as used:
        made = _open(job) if job.dataset.is_open else _closed(job)
    return replace(made, used=frozenset(used))


def _open(job: Job) -> Made:
    dataset = job.dataset
    digest = content_digest(dataset, {file.path: job.prepared[file.key].sha256 for file in dataset.files})
    release = next(one.release for one in job.releases if one.digest == digest)
    rows = _rows(job)
    found = json.loads((rows / FACTS).read_text("utf-8"))
    downloads = tuple(Download.model_validate(one) for one in found["downloads"])
    known = tuple(TableFacts.model_validate(one) for one in found["tables"])
    imprint = takeaway.Imprint(portal=job.portal, department=job.department, release=release)
    package, packaged = _package(job, imprint, rows, downloads)
    archive = Archive(job.root, job.cache, job.blocked, _loader(job.cache))
    earlier = earlier_releases(dataset, job.releases, digest, archive=archive, imprint=imprint, at=job.at)
    views, cells = _views(job, rows, known)
    changes, changed = _changes(job, release, rows, downloads, earlier)
    facts = DatasetFacts(
        id=dataset.id,
        digest=digest,
        release=release,
        tables=known,
        downloads=downloads + packaged,
        missing=tuple(MissingDownload.model_validate(one) for one in found["missing"]),
        releases=earlier.facts,
        note=next(one.note for one in job.releases if one.digest == digest),
        views=views,
        changes=changes,
    )
    own = {path: one for folder in (rows, package) for path, one in places_in(folder, job.at, but=PRIVATE).items()}
    return Made(facts, rows / DATABASE, own | dict(earlier.places) | cells | changed, tuple(earlier.problems))


def _closed(job: Job) -> Made:
    """Of conditional data nothing but the sample, made as open data are, at the parent's address (SMP-1)."""
    whole = job.dataset
    facts = DatasetFacts(id=whole.id, digest="", release=whole.data_date.isoformat())
    dataset = published_sample(whole)
    file = job.prepared.get(dataset.files[0].key) if dataset else None
    if dataset is None or file is None or whole.sample is None:
        return Made(facts, None, {})
    digest = content_digest(dataset, {dataset.files[0].path: file.sha256})
    if not job.blocked.isdisjoint({digest, file.sha256}):
        return Made(facts, None, {})
    own = replace(job, dataset=dataset, releases=())
    rows = _rows(own)
    found = json.loads((rows / FACTS).read_text("utf-8"))
    downloads = tuple(Download.model_validate(one) for one in found["downloads"])
    imprint = takeaway.Imprint(job.portal, job.department, whole.sample.date.isoformat(), suffix=SUFFIX)
    package, packaged = _package(own, imprint, rows, downloads)
    places = places_in(rows, job.at, but=PRIVATE) | places_in(package, job.at, but=PRIVATE)
    sample = DatasetFacts(
        id=whole.id,
        digest=digest,
        release=imprint.release,
        tables=tuple(TableFacts.model_validate(one) for one in found["tables"]),
        downloads=downloads + packaged,
        missing=tuple(MissingDownload.model_validate(one) for one in found["missing"]),
    )
    return Made(facts.model_copy(update={"sample": sample}), rows / DATABASE, places)


def _views(job: Job, rows: Path, found: Sequence[TableFacts]) -> tuple[tuple[ViewFacts, ...], dict[str, Place]]:
    """The numbers of the charts and maps; the points of large maps are files, /dataset/<id>/map-<n>.json."""
    places = [one.names for one in job.portal.map.references if one.dataset == job.dataset.id]
    names = sorted({name for one in places for name in one})
    code = code_version(*VIEWS_CODE)
    parts = [rows.name, *names, *(view.model_dump_json(by_alias=True) for view in job.dataset.views)]

    def make(folder: Path) -> None:
        views = viewing.derive_views(rows / DATABASE, job.dataset, found, names)
        (folder / VIEWS).write_text(json.dumps([one.model_dump(mode="json", by_alias=True) for one in views]), "utf-8")
        for number, one in enumerate(views):
            if one.cells:
                text = json.dumps({"cells": one.cells}, separators=(",", ":"))
                name = addresses.map_cells(job.dataset.id, number).rsplit("/", 1)[-1]
                (folder / name).write_text(text, "utf-8")
                compress(folder / name)

    folder = get_or_make(job.cache, "views", key_of(code, parts), make)
    views = tuple(ViewFacts.model_validate(one) for one in json.loads((folder / VIEWS).read_text("utf-8")))
    return views, places_in(folder, job.at, but=PRIVATE)


def _changes(
    job: Job, release: str, rows: Path, downloads: Sequence[Download], earlier: Earlier
) -> tuple[tuple[ReleaseChange, ...], dict[str, Place]]:
    """What each public release changed, oldest first; as files /dataset/<id>/v/<release>/changes.json."""
    known = {one.release: one for one in job.releases}
    published = [Published(release, job.dataset, rows, _digests(downloads), known[release].note)]
    for one in earlier.facts:
        entry, folder = earlier.entries[one.release], earlier.folders[one.release]
        published.append(Published(one.release, entry, folder, _digests(one.downloads), one.note))
    published.sort(key=lambda one: age(known[one.release]))
    rules = CompareRules(job.cache / "scratch", memory=COMPARING, threads=1)
    found = release_changes(published, job.cache, rules)
    texts = {one.release: one.model_dump_json(indent=1) for one in found}

    def make(folder: Path) -> None:
        for name, text in texts.items():
            (folder / name).mkdir()
            (folder / name / CHANGES).write_text(text, "utf-8")
            compress(folder / name / CHANGES)

    if not texts:
        return found, {}
    kept = get_or_make(job.cache, "changes", key_of(code_version("portal.compression"), texts.values()), make)
    return found, places_in(kept, f"{job.at}v/")


def _digests(downloads: Sequence[Download]) -> dict[str, str]:
    """What the CSVs hold: name → sha-256."""
    return {one.name: one.sha256 for one in downloads if one.format == "csv"}


def _rows(job: Job) -> Path:
    """The folder with the loaded table, its facts and the files that depend on the rows alone."""
    dataset = job.dataset
    code = code_version(*ROWS_CODE, packages=(*tables.PACKAGES, *takeaway.PACKAGES))
    parts = [table.model_dump_json(by_alias=True) for table in dataset.tables]
    parts += [f"{file.key}={job.prepared[file.key].sha256}" for file in dataset.files]
    parts += [f"{file.path}={job.prepared[file.key].encoding}" for file in dataset.files]

    def make(folder: Path) -> None:
        tables.load_dataset(dataset, job.prepared, folder / DATABASE, siblings=job.siblings)
        found = derive.derive_tables(folder / DATABASE, dataset, job.prepared)
        written = takeaway.write_tables(folder / DATABASE, dataset, folder)
        facts = {
            "tables": [one.model_dump(mode="json") for one in found],
            "downloads": [one.model_dump(mode="json") for one in written.downloads],
            "missing": [one.model_dump(mode="json") for one in written.missing],
        }
        (folder / FACTS).write_text(json.dumps(facts, ensure_ascii=False), "utf-8")

    return get_or_make(job.cache, "rows", key_of(code, [*parts, *job.near]), make)


def _package(
    job: Job, imprint: takeaway.Imprint, rows: Path, downloads: tuple[Download, ...]
) -> tuple[Path, tuple[Download, ...]]:
    """The folder with zip and datapackage.json, which also name title, department and portal."""
    code = code_version(*PACKAGE_CODE, packages=takeaway.PACKAGES)
    parts = [job.dataset, job.portal, job.department, *downloads]
    key = key_of(code, [imprint.release, imprint.suffix, *(one.model_dump_json() for one in parts)])

    def make(folder: Path) -> None:
        written = takeaway.write_package(job.dataset, imprint, downloads, tables=rows, folder=folder)
        (folder / FACTS).write_text(json.dumps([one.model_dump(mode="json") for one in written]), "utf-8")

    folder = get_or_make(job.cache, "package", key, make)
    found = json.loads((folder / FACTS).read_text("utf-8"))
    return folder, tuple(Download.model_validate(one) for one in found)


def _loader(cache: Path) -> Callable[[Dataset, Mapping[str, Path], Path], None]:
    """How the files of an earlier release are read: as those of the present one are, from where history put them."""

    def load(dataset: Dataset, files: Mapping[str, Path], target: Path) -> None:
        found: dict[str, Prepared] = {}
        for table in dataset.tables:
            for file in table.files:
                one, problems = prepare(
                    files[file.path].parent,
                    files[file.path].name,
                    file.model_copy(update={"table_schema": table.table_schema}),
                    cache,
                )
                if one is None:
                    raise CatalogueHasProblems(problems)
                found[file.key] = one
        tables.load_dataset(dataset, found, target)

    return load
