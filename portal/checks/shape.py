"""What every rule about the catalogue gets, and what it yields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Protocol

from portal.model import Catalogue, Dataset, Table
from portal.problems import NOTHING
from portal.profile import Profile
from portal.registers import Level, Officers
from portal.text import plain_term
from portal.workdays import Calendar

Key = str | int


class Read(Protocol):
    """What was read (portal/catalogue.py hands it over): steps do not import each other."""

    @property
    def catalogue(self) -> Catalogue:
        """The models."""

    @property
    def profile(self) -> Profile:
        """The city's rules."""

    @property
    def broken(self) -> frozenset[str]:
        """Ids of entries that could not be read."""

    @property
    def calendar(self) -> Calendar | None:
        """The city's working days, if it keeps any."""

    def where(self, target: str, *keys: Key) -> tuple[str, int]:
        """Path and line of a key."""


class Finding(NamedTuple):
    """A rule is broken: the path of keys where, the values of its sentence, and the column where one is meant."""

    keys: tuple[Key, ...]
    values: Mapping[str, str] = NOTHING
    column: str | None = None


class FileFinding(NamedTuple):
    """The same for a file that is no entry."""

    path: str
    keys: tuple[Key, ...]
    values: Mapping[str, str] = NOTHING


@dataclass(frozen=True)
class Scene:
    """The whole catalogue around one entry. `broken` are ids of entries that could not be read, `clean` those of
    entries whose words are known to hold nothing personal.

    `site_src` holds the hand-written pages: the city's own, or those that ship.
    """

    catalogue: Catalogue
    profile: Profile
    today: date
    root: Path
    site_src: Path
    broken: frozenset[str] = field(default_factory=frozenset)
    clean: frozenset[str] = field(default_factory=frozenset)
    wordings: dict[str, str] = field(default_factory=dict, compare=False, repr=False)  # kept by speech.wording_of
    calendar: Calendar | None = None

    @cached_property
    def departments(self) -> frozenset[str]:
        """The ids of the departments that could be read."""
        return frozenset(one.id for one in self.catalogue.departments)

    @cached_property
    def officers(self) -> dict[str, Officers]:
        """The officers of each department."""
        return {one.department: one for one in self.catalogue.officers}

    @cached_property
    def levels(self) -> dict[str, Level]:
        """The city's levels by name, in its order."""
        return {one.level: one for one in self.catalogue.levels}

    @cached_property
    def projects(self) -> frozenset[str]:
        """The ids of the projects."""
        return frozenset(one.id for one in self.catalogue.projects)

    @cached_property
    def sources(self) -> frozenset[str]:
        """Every `resource/field` of the resource catalogue."""
        return frozenset(f"{one.id}/{item.id}" for one in self.catalogue.resources for item in one.fields)

    @cached_property
    def by_id(self) -> dict[str, Dataset]:
        """Entries by id and by the ids that they had before."""
        found = {alias: one for one in self.catalogue.datasets for alias in one.aliases}
        return found | {one.id: one for one in self.catalogue.datasets}

    @cached_property
    def explained(self) -> frozenset[str]:
        """Every term of the glossary and every other name for it, as `plain_term` compares them."""
        return frozenset(plain_term(word) for term in self.catalogue.glossary for word in (term.term, *term.aliases))

    @cached_property
    def mixed_terms(self) -> tuple[str, ...]:
        """Names in the glossary that mix Latin letters with other characters (MAC 地址), the longest first."""
        names = {word for term in self.catalogue.glossary for word in (term.term, *term.aliases)}
        mixed = (name for name in names if re.search(r"[A-Za-z]", name) and re.search(r"[^\x00-\x7f]", name))
        return tuple(sorted(mixed, key=lambda name: (-len(name), name)))

    def has_department(self, department: str) -> bool:
        """There is such a department, be it one whose file could not be read."""
        return department in self.departments or (self.root / "catalog" / department / "department.yml").is_file()

    def knows(self, dataset_id: str) -> bool:
        """There is such an entry, be it one that could not be read."""
        return dataset_id in self.by_id or dataset_id in self.broken


Rule = Callable[[Dataset, Scene], Iterator[Finding]]
FileRule = Callable[[Scene], Iterator[FileFinding]]


def tables_of(dataset: Dataset) -> tuple[tuple[int, Table], ...]:
    """The tables with the index of the file that opens each; none while a schema is missing (`schema-missing`)."""
    return dataset.opened


def columns_of(dataset: Dataset) -> set[str]:
    """The names of all columns of all tables."""
    return {name for _, table in tables_of(dataset) for name in table.table_schema.names}
