"""What every rule about the catalogue gets, and what it yields."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Protocol

from portal.model import Catalogue, Dataset, Table
from portal.problems import NOTHING
from portal.profile import Profile

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
    """The whole catalogue around one entry. `broken` are ids of entries that could not be read."""

    catalogue: Catalogue
    profile: Profile
    today: date
    root: Path
    broken: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def by_id(self) -> dict[str, Dataset]:
        """Entries by id and by the ids that they had before."""
        found = {alias: one for one in self.catalogue.datasets for alias in one.aliases}
        return found | {one.id: one for one in self.catalogue.datasets}

    def knows(self, dataset_id: str) -> bool:
        """There is such an entry, be it one that could not be read."""
        return dataset_id in self.by_id or dataset_id in self.broken


Rule = Callable[[Dataset, Scene], Iterator[Finding]]
FileRule = Callable[[Scene], Iterator[FileFinding]]


def tables_of(dataset: Dataset) -> list[tuple[int, Table]]:
    """The tables with the index of the file that opens each; none while a schema is missing (`schema-missing`)."""
    heads = [index for index, file in enumerate(dataset.files) if index == 0 or not file.append]
    if any(dataset.files[index].table_schema is None for index in heads):
        return []
    return list(zip(heads, dataset.tables, strict=True))


def columns_of(dataset: Dataset) -> set[str]:
    """The names of all columns of all tables."""
    return {name for _, table in tables_of(dataset) for name in table.table_schema.names}
