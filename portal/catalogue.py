"""Step *read*: a city's folder → frozen models, and everything that is wrong with the files, in one run.

A broken file never stops the others: its problems are kept with file and line, and its id is remembered, so that
links to it are not called wrong as well. Lines are not kept: they are read again from the few files that have
problems (`Reading.where`), which makes reading 10,000 entries light.
"""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from portal.cache import code_version, key_of
from portal.digests import remember
from portal.entrytrees import Tree, read_trees
from portal.fieldproblems import field_problems
from portal.model import (
    SLUG,
    Catalogue,
    Dataset,
    Department,
    Domain,
    Portal,
    Release,
    SynonymGroup,
    Term,
    Tombstone,
)
from portal.problems import CatalogueHasProblems, Problem, in_order, printable, shown
from portal.profile import Profile, load_profile, profile_names
from portal.publicationfiles import read_publications
from portal.publications import FOLDERS
from portal.registers import REGISTERS, register_path
from portal.requiredkeys import labels_of, missing_by_city
from portal.settings import Settings
from portal.shape import Shape
from portal.workdays import Calendar, CalendarFile, calendar_from
from portal.yamlfile import Node, line_at_the_top, read_yaml

CODE = ("portal.catalogue", "portal.model", "portal.yamlfile")
"""What makes an entry of a text: for `cache.code_version`."""
FOLDER = "catalog"
SHARED = frozenset(
    {"calendar.yml", "domains.yml", "glossary.yml", "portal.yml", "synonyms.yml", "tombstones.yml"}
    | {register_path(key).rpartition("/")[2] for key in REGISTERS}
    | FOLDERS
)
DEPARTMENT = "department.yml"
RELEASES = ".releases.yml"
OF_FILES = {"formats": "files", "fields": "files", "fields.source_ref": "files"}  # where these are written

Model = TypeVar("Model", bound=Shape)


@dataclass(frozen=True)
class Reading:
    """What was read: the models, the city's rules, the problems, and the ids of entries that could not be read."""

    root: Path
    catalogue: Catalogue
    profile: Profile
    problems: tuple[Problem, ...]
    broken: frozenset[str] = frozenset()
    calendar: Calendar | None = None
    _nodes: dict[str, Node | None] = field(default_factory=dict, compare=False, repr=False)

    def where(self, target: str, *keys: str | int) -> tuple[str, int]:
        """The file and line of the key at this path. `target` is a dataset's id or a path below the root.

        `where("parks", "files", 0, "path")` → `("catalog/ylj/parks.yml", 21)`
        """
        path = self._paths.get(target, target)
        if len(keys) == 1 and path not in self._nodes and (line := line_at_the_top(self.root / path, keys[0])):
            return path, line
        if path not in self._nodes:
            self._nodes[path] = read_yaml(self.root, path)[0]
        node = self._nodes[path]
        return path, node.line_of(*keys) if node else 1

    @cached_property
    def _paths(self) -> dict[str, str]:
        """Where each entry stands; of two with one id, the first."""
        return {one.id: entry_path(one) for one in reversed(self.catalogue.datasets)}


def entry_path(dataset: Dataset) -> str:
    """Where an entry stands, relative to the city's folder."""
    return f"{FOLDER}/{dataset.department}/{dataset.id}.yml"


def read_catalogue(settings: Settings) -> Reading:
    """Read everything below catalog/. Without calendar.yml there is no `calendar`.

    Raises CatalogueHasProblems, with the problems of all files, if there is no usable portal.yml or profile.
    """
    with _no_collection():
        return _read(settings)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Without cycles to find, the collector only walks the growing models again and again: half the time at 10,000."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read(settings: Settings) -> Reading:
    reader = _Reader(settings.root)
    portal = reader.one(f"{FOLDER}/portal.yml", Portal)
    profile = reader.profile_of(portal)
    domains = reader.many(f"{FOLDER}/domains.yml", Domain)
    glossary = reader.many(f"{FOLDER}/glossary.yml", Term, optional=True)
    synonyms = reader.many(f"{FOLDER}/synonyms.yml", SynonymGroup, optional=True)
    tombstones = reader.many(f"{FOLDER}/tombstones.yml", Tombstone, optional=True)
    registers: Any = {key: reader.many(register_path(key), model, optional=True) for key, model in REGISTERS.items()}
    published: Any
    published, wrong = read_publications(settings.root)
    reader.problems += wrong
    calendar = reader.optional(f"{FOLDER}/calendar.yml", CalendarFile)
    departments, entries, registered = reader.folders()
    datasets = list(reader.datasets(entries, profile, settings))
    releases = reader.releases(registered, settings)
    problems = tuple(in_order(reader.problems))
    if portal is None or profile is None:
        raise CatalogueHasProblems(problems)
    catalogue = Catalogue.model_construct(  # every part was validated just now
        portal=portal,
        departments=tuple(departments),
        domains=domains,
        datasets=tuple(sorted(datasets, key=lambda one: (one.id, one.department))),
        glossary=glossary,
        synonyms=synonyms,
        releases=releases,
        tombstones=tombstones,
        **registers,
        **published,
    )
    days = calendar_from(calendar) if calendar else None
    return Reading(settings.root, catalogue, profile, problems, frozenset(reader.broken), days)


class _Reader:
    """Collects the problems of all files while they are read."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.broken: set[str] = set()

    def one(self, path: str, model: type[Model], **given: str) -> Model | None:
        """One record from a file; `given` are keys that the file's place decides."""
        node, problems = read_yaml(self.root, path)
        self.problems += problems
        if node is None:
            self._empty(path, problems)
            return None
        return self._record(node, path, model, given)

    def optional(self, path: str, model: type[Model]) -> Model | None:
        """One record from a file that a city may do without."""
        return self.one(path, model) if os.path.lexists(self.root / path) else None

    def many(self, path: str, model: type[Model], *, optional: bool = False) -> tuple[Model, ...]:
        """A list of records from a file; an optional file may be missing or empty."""
        if optional and not os.path.lexists(self.root / path):
            return ()
        node, problems = read_yaml(self.root, path)
        self.problems += problems
        if node is None:
            if not optional:
                self._empty(path, problems)
            return ()
        if not isinstance(node.value, list):
            self.problems.append(Problem("not-a-list-file", path, node.line))
            return ()
        found = [self._item(node, index, path, model) for index in range(len(node.value))]
        return tuple(one for one in found if one is not None)

    def profile_of(self, portal: Portal | None) -> Profile | None:
        """The city's rules, if portal.yml names ones that ship."""
        if portal is None:
            return None
        try:
            return load_profile(portal.profile)
        except KeyError:
            path = f"{FOLDER}/portal.yml"
            node, _ = read_yaml(self.root, path)
            values = {"found": shown(portal.profile), "choices": ", ".join(profile_names())}
            self.problems.append(Problem("unknown-profile", path, node.line_of("profile") if node else 1, values))
            return None

    def folders(self) -> tuple[list[Department], list[tuple[str, str]], dict[str, str]]:
        """Departments, the (department, id) of each entry, and where the releases of each id are registered, in the
        order of their names.
        """
        departments: list[Department] = []
        entries: list[tuple[str, str]] = []
        registered: dict[str, str] = {}
        for item in self._listed(FOLDER):
            path = f"{FOLDER}/{item.name}"
            if item.name in SHARED:
                continue
            if item.is_symlink():
                self.problems.append(Problem("yaml-not-regular", path))
            elif not item.is_dir():
                self.problems.append(Problem("stray-file", path, level="warning"))
            elif self._is_id(item.name, path):
                if department := self.one(f"{path}/{DEPARTMENT}", Department, id=item.name):
                    departments.append(department)
                inside = [one.name for one in self._listed(path)]
                names = list(self._entry_names(path, inside))
                entries += [(item.name, name) for name in names]
                registered |= self._registered(path, inside, frozenset(names))
        return departments, entries, registered

    def _entry_names(self, folder: str, inside: list[str]) -> Iterator[str]:
        """Ids of the entries of one department; what else lies there is reported."""
        for name in inside:
            path, (stem, _, ending) = f"{folder}/{name}", name.partition(".")
            if name == DEPARTMENT or ending == "releases.yml":
                continue
            if ending == "yaml":
                self.problems.append(Problem("yaml-extension", path))
            elif ending != "yml":
                self.problems.append(Problem("stray-file", path, level="warning"))
            elif self._is_id(stem, path):
                yield stem

    def _registered(self, folder: str, inside: list[str], names: frozenset[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for file in inside:
            if file.endswith(RELEASES):
                name, path = file.removesuffix(RELEASES), f"{folder}/{file}"
                if name in names:
                    found[name] = path
                else:
                    self.problems.append(Problem("releases-without-entry", path, values={"id": name}))
        return found

    def releases(self, registered: Mapping[str, str], settings: Settings) -> dict[str, tuple[Release, ...]]:
        """The releases by id; a file with anything wrong is read once more, for the lines."""
        paths = [*registered.values()]
        trees = read_trees(self.root, paths, jobs=settings.jobs, cache=settings.cache, name="releases.tsv")
        return {
            name: self._plain(tree, Release) or self.many(tree.path, Release)
            for name, tree in zip(registered, trees, strict=True)
        }

    def _plain(self, tree: Tree, model: type[Model]) -> tuple[Model, ...] | None:
        """The records of a file without problems."""
        if tree.problems or not isinstance(tree.value, list):
            return None
        try:
            return tuple(model.model_validate(one) for one in tree.value)
        except ValidationError:
            return None

    def datasets(
        self, entries: list[tuple[str, str]], profile: Profile | None, settings: Settings
    ) -> Iterator[Dataset]:
        """The entries that can be read; the others are in `broken`."""
        paths = [f"{FOLDER}/{department}/{name}.yml" for department, name in entries]
        trees = read_trees(self.root, paths, jobs=settings.jobs, cache=settings.cache, name="entries.tsv")
        for (department, name), tree in zip(entries, trees, strict=True):
            before = len(self.problems)
            dataset = self._dataset(tree, department, name, profile)
            self.problems[before:] = [replace(problem, dataset=name) for problem in self.problems[before:]]
            if dataset is None:
                self.broken.add(name)
            else:
                yield dataset

    def _dataset(self, tree: Tree, department: str, name: str, profile: Profile | None) -> Dataset | None:
        path, value, problems, digest = tree
        self.problems += problems
        if value is None:
            self._empty(path, problems)
            return None
        if not isinstance(value, dict):
            self.problems.append(Problem("not-a-mapping-file", path, 1))
            return None
        told = [key for key in ("id", "department") if key in value]
        for key in told:
            self.problems.append(Problem("key-from-name", path, self._line(path, key), {"key": key}))
        lacking = missing_by_city(value, profile) if profile else []
        try:
            dataset = Dataset.model_validate({**value, "id": name, "department": department})
            if digest:
                remember(dataset, key_of(code_version(*CODE), [digest, name, department]))
        except ValidationError as error:
            named = {one["loc"][0] for one in error.errors() if one["type"] != "missing"}  # told with their own lines
            lacking = [key for key in lacking if not named & {key, OF_FILES.get(key, key)}]
            line_of = self._node(path).line_of
            self.problems += field_problems(error, Dataset, path=path, line_of=line_of, but_not=frozenset(lacking))
            dataset = None
        if lacking:
            self.problems.append(Problem("entry-incomplete", path, 1, labels_of(lacking, profile)))
        drafted = any(one.rule == "draft-left" for one in problems)  # judged once it is filled in
        return None if lacking or told or drafted else dataset

    def _record(self, node: Node, path: str, model: type[Model], given: dict[str, str]) -> Model | None:
        if not isinstance(node.value, dict):
            self.problems.append(Problem("not-a-mapping-file", path, node.line))
            return None
        for key in given.keys() & node.value.keys():
            self.problems.append(Problem("key-from-name", path, node.line_of(key), {"key": key}))
        try:
            return model.model_validate({**node.value, **given})
        except ValidationError as error:
            self.problems += field_problems(error, model, path=path, line_of=node.line_of)
            return None

    def _item(self, node: Node, index: int, path: str, model: type[Model]) -> Model | None:
        value: Any = node.value[index]  # type: ignore[index]  # a list, the caller has looked
        try:
            return model.model_validate(value)
        except ValidationError as error:
            line_of = lambda *keys: node.line_of(index, *keys)  # noqa: E731 -- one line, used at once
            self.problems += field_problems(error, model, path=path, line_of=line_of)
            return None

    def _node(self, path: str) -> Node:
        node, _ = read_yaml(self.root, path)
        return node or Node(None, 1, None)

    def _line(self, path: str, *keys: str) -> int:
        return self._node(path).line_of(*keys)

    def _empty(self, path: str, problems: Iterable[Problem]) -> None:
        if not problems:
            self.problems.append(Problem("yaml-empty", path))

    def _is_id(self, name: str, path: str) -> bool:
        if re.fullmatch(SLUG, name):
            return True
        self.problems.append(Problem("bad-file-name", path, values={"found": shown(name)}))
        return False

    def _listed(self, folder: str) -> list[os.DirEntry[str]]:
        """What lies in a folder by name; hidden files and notes (*.md) are nobody's business."""
        try:
            with os.scandir(self.root / folder) as items:
                seen = [item for item in items if not item.name.startswith(".") and not item.name.endswith(".md")]
        except OSError:
            self.problems.append(Problem("folder-missing", folder))
            return []
        return [item for item in sorted(seen, key=lambda item: item.name) if self._is_printable(item.name, folder)]

    def _is_printable(self, name: str, folder: str) -> bool:
        if printable(name) == name and name.isprintable():
            return True
        path = f"{folder}/{shown(name)}"
        self.problems.append(Problem("bad-file-name", path, values={"found": shown(name)}))
        return False
