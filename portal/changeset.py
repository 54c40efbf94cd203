"""What a change changes: the catalogue as it stood at the merge base, and every dataset that is no longer the same.

The base is read by the same reader as the present, from Git's objects, into the cache. Only what differs is read
again: an entry whose bytes are those of then is the same entry. So a change in a catalogue of 2,000 entries costs
what its few files cost. What stood then is as hostile as what stands now: links and names that lead elsewhere never
leave Git, and the reader's limits hold.
"""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from portal import gitbase
from portal.cache import code_version, get_or_make, key_of
from portal.catalogue import DEPARTMENT, FOLDER, RELEASES, Reading, read_catalogue
from portal.gitbase import Base, NoBase
from portal.gitcall import contents, pieces, write_blob
from portal.model import Catalogue, Dataset, Release
from portal.problems import CatalogueHasProblems, Exit, PortalError, shown
from portal.settings import Settings
from portal.yamlfile import MAX_BYTES

DATA = "datasets"
CITY = (f"{FOLDER}/portal.yml", f"{FOLDER}/domains.yml")
SAID = {
    "without-git": (
        "这里没有可读的 Git 仓库，无法与 {since} 比较。",
        "There is no readable Git repository here to compare with {since}.",
    ),
    "unknown": (
        "Git 中没有“{since}”。请写分支、标签或提交号，例如 --since origin/main；先运行 git fetch。",
        "Git knows no “{since}”. Name a branch, tag or commit, such as --since origin/main; run git fetch first.",
    ),
    "shallow": (
        "这是浅克隆或部分克隆，缺少与“{since}”比较所需的提交。请运行 git fetch --unshallow 后重试。",
        "The clone is shallow or partial and lacks what a comparison with “{since}” needs. Run git fetch --unshallow.",
    ),
    "unrelated": (
        "“{since}”与当前分支没有共同的历史，无法比较。请写本分支的来源，例如 --since origin/main。",
        "“{since}” and the present branch share no history. Name the branch that this one came from.",
    ),
}


class NothingToCompareError(PortalError):
    """The base can't be had; says why and what to do."""

    def __init__(self, found: NoBase, since: str) -> None:
        zh, en = (text.format(since=shown(since)) for text in SAID[found.reason])
        if found.reason in ("unknown", "unrelated"):  # another word on the command line would do
            self.exit = Exit.USAGE
        super().__init__(f"{zh} {en}")


@dataclass(frozen=True)
class DatasetChange:
    """A dataset that is not as it was. `before` is None for a new one, `after` for one that went or was merged.

    A renamed entry (its old id stands in `aliases`) is one change: `before` then has the old id, `id` is the new one.
    `files_before` maps `DataFile.key` of `before` to a file with the bytes of then. `data_changed`: some bytes differ.
    """

    id: str
    before: Dataset | None
    after: Dataset | None
    files_before: Mapping[str, Path]
    data_changed: bool


@dataclass(frozen=True)
class Change:
    """Everything between the merge base and the working tree.

    `departments` are those whose department.yml changed; `others` other changed files below catalog/ and datasets/.
    `proposer` is who proposes the change, as given or as Git knows; empty if nobody knows.
    """

    base: Reading
    commit: str
    proposer: str
    changed: tuple[DatasetChange, ...]
    departments: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True)
class _Ground:
    """What a comparison stands on: the files of then with their blobs, and the paths that are not as they were."""

    settings: Settings
    base: Base
    then: Mapping[str, str]
    touched: frozenset[str]

    def has_changed(self, paths: Iterable[str]) -> bool:
        """Whether any of them came, went or has other bytes."""
        return not self.touched.isdisjoint(paths)


def read_change(settings: Settings, reading: Reading, since: str, proposer: str | None = None) -> Change:
    """The change from the merge base of `since` and HEAD to the working tree, which `reading` was read from.

    Raises NothingToCompareError where the base can't be had, with a sentence that says what to do.
    """
    try:
        base = gitbase.find_base(settings.root, since)
        then = gitbase.files_at(base, FOLDER, DATA)
        ground = _Ground(settings, base, then, _touched(settings.root, base, then))
        old = _read_base(ground, reading)
        changed = tuple(_changes(ground, old, reading))
        name = proposer if proposer is not None else gitbase.author(base)
    except NoBase as found:
        raise NothingToCompareError(found, since) from found
    except (LookupError, subprocess.CalledProcessError) as error:  # objects that a partial clone lacks
        raise NothingToCompareError(NoBase("shallow"), since) from error
    told = {path for one in changed for path in _paths(one)}
    departments = sorted(path.split("/")[1] for path in ground.touched if path.endswith(f"/{DEPARTMENT}"))
    return Change(old, base.commit, name, changed, tuple(departments), tuple(sorted(ground.touched - told)))


def _touched(root: Path, base: Base, then: Mapping[str, str]) -> frozenset[str]:
    """Paths below catalog/ and datasets/ that came, went or have other bytes.

    The catalogue's files are hashed here, whatever Git's index says; data files are left to Git, which is quick.
    """
    here = frozenset(_present(root))
    same = {path for path in here & then.keys() if path.startswith(f"{FOLDER}/") and _is_same(root / path, then[path])}
    same |= {path for path in here & then.keys() if path.startswith(f"{DATA}/")} - gitbase.changed_files(base, DATA)
    return (here | then.keys()) - same


def _present(root: Path) -> Iterator[str]:
    """The files below catalog/ and datasets/ now; folders that are links are not entered."""
    for top in (FOLDER, DATA):
        for folder, _, names in os.walk(root / top):
            place = Path(folder).relative_to(root).as_posix()
            yield from (f"{place}/{name}" for name in names)


def _is_same(path: Path, blob: str) -> bool:
    """Whether a catalogue file has the bytes of a blob; what the reader refuses is never the same."""
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_BYTES:
        return False
    return gitbase.blob_name(path.read_bytes(), blob) == blob


def _read_base(ground: _Ground, reading: Reading) -> Reading:
    """The catalogue of then. Entries whose file is untouched are those that were read just now."""
    wanted = {path: blob for path, blob in ground.then.items() if _is_wanted(path, ground)}
    same = [one for one in reading.catalogue.datasets if _entry(one) in ground.then and _entry(one) not in wanted]
    old = _read_then(ground, wanted, reading)
    datasets = sorted([*old.catalogue.datasets, *same], key=lambda one: (one.id, one.department))
    kept = {one.id: reading.catalogue.releases[one.id] for one in same if one.id in reading.catalogue.releases}
    releases: dict[str, tuple[Release, ...]] = {**kept, **old.catalogue.releases}
    return replace(old, catalogue=old.catalogue.model_copy(update={"datasets": tuple(datasets), "releases": releases}))


def _read_then(ground: _Ground, wanted: Mapping[str, str], reading: Reading) -> Reading:
    """The files of then, read. Where the city's own file can't be read, the present one stands in."""
    settings = ground.settings
    try:
        return read_catalogue(replace(settings, root=_export(ground, wanted)))
    except CatalogueHasProblems:
        left = {path: blob for path, blob in wanted.items() if path not in CITY}
        here = {path: (settings.root / path).read_bytes() for path in CITY if path in wanted or path == CITY[0]}
    try:
        return read_catalogue(replace(settings, root=_export(ground, left, here)))
    except CatalogueHasProblems:  # then there was no city here: nothing was published
        empty = Catalogue(portal=reading.catalogue.portal, departments=(), domains=(), datasets=())
        return Reading(settings.root, empty, reading.profile, ())


def _is_wanted(path: str, ground: _Ground) -> bool:
    """The city's own files, departments, and entries of which the entry or its list of releases was touched."""
    parts = path.split("/")
    if parts[0] != FOLDER or len(parts) > 3:
        return False
    if len(parts) == 2 or parts[2] == DEPARTMENT:
        return True
    stem = path.removesuffix(RELEASES).removesuffix(".yml")
    return ground.has_changed((f"{stem}.yml", f"{stem}{RELEASES}"))


def _export(ground: _Ground, wanted: Mapping[str, str], here: Mapping[str, bytes] = MappingProxyType({})) -> Path:
    """These files as they stood, and `here` as they stand, in a folder of the cache."""
    parts = [*(f"{path}={blob}" for path, blob in sorted(wanted.items())), *(f"{p}={here[p]!r}" for p in sorted(here))]

    def make(folder: Path) -> None:
        (folder / FOLDER).mkdir()
        stored = contents(ground.base.root, wanted.values())
        for path, (_, size, stream) in zip(wanted, stored, strict=True):
            target = folder / path
            target.parent.mkdir(exist_ok=True)
            with target.open("wb") as file:
                for piece in pieces(stream, size):
                    if file.tell() <= MAX_BYTES:  # one piece too much, and the reader says that it is too large
                        file.write(piece)
        for path, data in here.items():
            (folder / path).write_bytes(data)

    return get_or_make(ground.settings.cache, "base", key_of(code_version("portal.changeset"), parts), make)


def _changes(ground: _Ground, old: Reading, reading: Reading) -> Iterator[DatasetChange]:
    before, after = _by_id(old.catalogue.datasets), _by_id(reading.catalogue.datasets)
    origins = _renamed(before, after)
    for name in sorted((before.keys() | after.keys()) - set(origins.values())):
        if name in reading.broken or name in old.broken:
            continue  # an entry that can't be read has a problem of its own; what it says is not known
        one, other = before.get(origins.get(name, name)), after.get(name)
        versions = [version for version in (one, other) if version]
        data = ground.has_changed(path for version in versions for path in _data_paths(version))
        if len(versions) == 2 and not data and not ground.has_changed(p for v in versions for p in _own(v)):
            continue
        yield DatasetChange(name, one, other, _files_before(ground, one) if one else {}, data)


def _renamed(before: Mapping[str, Dataset], after: Mapping[str, Dataset]) -> dict[str, str]:
    """New id → the old one that it continues: an alias of a new entry that names an entry of then."""
    found: dict[str, str] = {}
    for name in sorted(after.keys() - before.keys()):
        for alias in after[name].aliases:
            if alias in before and alias not in after and alias not in found.values():
                found.setdefault(name, alias)
    return found


def _by_id(datasets: Iterable[Dataset]) -> dict[str, Dataset]:
    """Of two entries with one id, the first."""
    found: dict[str, Dataset] = {}
    for one in datasets:
        found.setdefault(one.id, one)
    return found


def _files_before(ground: _Ground, dataset: Dataset) -> dict[str, Path]:
    """The bytes of then: those in the working tree where they are the same, else a copy by blob in the cache."""
    found = {}
    for file in dataset.files:
        path = f"{DATA}/{dataset.department}/{file.path}"
        if path in ground.then:
            found[file.key] = _old_file(ground, path) if path in ground.touched else ground.settings.root / path
    return found


def _old_file(ground: _Ground, path: str) -> Path:
    blob, name = ground.then[path], f"data{Path(path).suffix.lower()}"
    key = key_of(code_version("portal.changeset"), [blob, name])
    root = ground.base.root
    return get_or_make(ground.settings.cache, "base", key, lambda folder: write_blob(root, blob, folder / name)) / name


def _paths(change: DatasetChange) -> set[str]:
    """The files that a change of a dataset may touch."""
    versions = [one for one in (change.before, change.after) if one]
    return {path for one in versions for path in (*_own(one), *_data_paths(one))}


def _own(dataset: Dataset) -> tuple[str, str]:
    entry = _entry(dataset)
    return entry, entry.removesuffix(".yml") + RELEASES


def _entry(dataset: Dataset) -> str:
    return f"{FOLDER}/{dataset.department}/{dataset.id}.yml"


def _data_paths(dataset: Dataset) -> list[str]:
    return [f"{DATA}/{dataset.department}/{file.path}" for file in dataset.files]
