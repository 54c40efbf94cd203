"""Earlier releases at their fixed addresses: bytes from Git history, read by the schema of their own time.

What has become personal or secret stays away: a blocked digest is never rebuilt, and a release that was not open
without conditions in its own time does not become public by a later change of the entry.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from portal.cache import PART, code_version, get_or_make, key_of
from portal.digests import canonical_json, content_digest
from portal.facts import ReleaseFacts
from portal.githistory import NotInHistory, Past, recover
from portal.model import Dataset, Release
from portal.places import Place, places_in
from portal.problems import CatalogueHasProblems, PortalError, Problem
from portal.takeaway import PACKAGE_CODE, PACKAGES, Imprint, write_package, write_tables
from portal.yamlfile import parse_yaml

FORMATS = ("csv",)
CODE = (
    "portal.githistory",
    "portal.gitcall",
    "portal.tables",
    "portal.tablefile",
    "portal.yamlfile",
    "portal.digests",
    "portal.records",
    *PACKAGE_CODE,
)
"""Modules whose change makes other releases of old bytes: for `cache.code_version`."""
FACTS, ENTRY = "facts.json", "entry.json"
PRIVATE = frozenset({FACTS, ENTRY})
Load = Callable[[Dataset, Mapping[str, Path], Path], None]
"""Reads files (path as in the entry → where its bytes are) into a new database. Raises PortalError or
CatalogueHasProblems where they don't fit the entry's schema."""


@dataclass(frozen=True)
class Archive:
    """What earlier releases are made from: the city's folder with its Git history, the cache, the digests (of releases
    or of files) that must not come back, and the way to load files, which the pipeline lends.
    """

    root: Path
    cache: Path
    blocked: frozenset[str]
    load: Load


class Earlier(NamedTuple):
    """What came of the earlier releases: their facts, newest first, warnings, the entry that each was read by, the
    kept folder with its files, and where those files stand.
    """

    facts: tuple[ReleaseFacts, ...]
    problems: list[Problem]
    entries: Mapping[str, Dataset]
    folders: Mapping[str, Path]
    places: Mapping[str, Place]


def earlier_releases(
    dataset: Dataset, releases: Sequence[Release], digest: str, *, archive: Archive, imprint: Imprint, at: str
) -> Earlier:
    """Make every earlier release and describe it, newest first; `digest` is the present one. The files' places are
    `at`v/<release>/<name>; `at` ends with a slash.

    A release whose bytes can't be had gives a warning. Raises nothing for bad history.
    """
    facts: list[ReleaseFacts] = []
    problems: list[Problem] = []
    entries: dict[str, Dataset] = {}
    folders: dict[str, Path] = {}
    places: dict[str, Place] = {}
    for release in sorted(releases, key=age, reverse=True):
        if release.digest == digest or not archive.blocked.isdisjoint({release.digest, *release.files.values()}):
            continue
        own = replace(imprint, release=release.release)
        try:
            kept = get_or_make(
                archive.cache, "release", _key(dataset, release, own), _maker(dataset, release, archive, own)
            )
        except NotInHistory as lost:
            problems.append(_lost(dataset, release, lost))
        except _NotOpen:
            continue
        except _Unreadable:
            problems.append(_problem("release-unreadable", dataset, release))
        else:
            facts.append(ReleaseFacts.model_validate_json((kept / FACTS).read_bytes()))
            entries[release.release] = Dataset.model_validate_json((kept / ENTRY).read_bytes())
            folders[release.release] = kept
            places |= places_in(kept, f"{at}v/{release.release}/", but=PRIVATE)
    return Earlier(tuple(facts), problems, entries, folders, places)


class _NotOpen(Exception):  # noqa: N818 -- a state, not a fault
    """The release was not open without conditions in its own time."""


class _Unreadable(Exception):  # noqa: N818 -- a state, not a fault
    """No known schema reads the bytes."""


def age(release: Release) -> tuple[str, int]:
    """2023-06-30-10 comes after 2023-06-30-9."""
    return release.release[:10], int(release.release[11:] or 1)


def _key(dataset: Dataset, release: Release, imprint: Imprint) -> str:
    code = code_version(*CODE, packages=PACKAGES)
    words = [model.model_dump(mode="json") for model in (release, dataset, imprint.portal, imprint.department)]
    return key_of(code, map(canonical_json, words))


def _maker(dataset: Dataset, release: Release, archive: Archive, imprint: Imprint) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        base = f"datasets/{dataset.department}/"
        with tempfile.TemporaryDirectory(prefix=PART, dir=folder.parent) as scratch:
            entry = f"catalog/{dataset.department}/{dataset.id}.yml"
            wanted = {base + path: digest for path, digest in release.files.items()}
            past = recover(archive.root, wanted, entry, Path(scratch))
            files = {path.removeprefix(base): found for path, found in past.files.items()}
            database = Path(scratch) / "release.db"
            then = _load(_candidates(dataset, release, past), archive.load, files, database)
            downloads = write_tables(database, then, folder, formats=FORMATS).downloads
            downloads += write_package(then, imprint, downloads, tables=folder, folder=folder)
        facts = ReleaseFacts(release=release.release, digest=release.digest, note=release.note, downloads=downloads)
        (folder / FACTS).write_text(facts.model_dump_json(), "utf-8")
        (folder / ENTRY).write_text(then.model_dump_json(), "utf-8")

    return make


def _candidates(dataset: Dataset, release: Release, past: Past) -> list[Dataset]:
    """The entries by which the bytes may be read: exactly the registered one first, then those of the commits that
    held the bytes, the newest first; at last the present one.
    """
    then = list(filter(None, (_entry(text, dataset) for text in past.beside)))
    then = [entry for entry in then if {file.path for file in entry.files} == set(release.files)]
    then.sort(key=lambda entry: content_digest(entry, release.files) != release.digest)
    return [*then, *([dataset] if {file.path for file in dataset.files} == set(release.files) else [])]


def _entry(text: bytes, dataset: Dataset) -> Dataset | None:
    node, _ = parse_yaml(text, dataset.id)
    words = node.plain() if node else None
    if not isinstance(words, dict):
        return None
    try:
        return Dataset.model_validate({**words, "id": dataset.id, "department": dataset.department})
    except ValidationError:
        return None


def _load(candidates: Sequence[Dataset], load: Load, files: Mapping[str, Path], database: Path) -> Dataset:
    """The first entry by which the files can be read."""
    for place, entry in enumerate(candidates):
        if place == 0 and not entry.is_open:
            raise _NotOpen
        try:
            load(entry, files, database)
        except (PortalError, CatalogueHasProblems):
            continue
        return entry
    raise _Unreadable


def _lost(dataset: Dataset, release: Release, lost: NotInHistory) -> Problem:
    return _problem(f"release-{lost.reason}", dataset, release, file=lost.path, missing=lost.digest[:12])


def _problem(rule: str, dataset: Dataset, release: Release, **values: str) -> Problem:
    told = {"title": dataset.title, "release": release.release, **values}
    path = f"catalog/{dataset.department}/{dataset.id}.releases.yml"
    return Problem(rule, path, values=told, level="warning", dataset=dataset.id)
