"""What every rule about a change gets, and what it yields.

Steps do not import each other: what was read of the base comes in by shape (portal/changeset.py hands it over).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple, Protocol

from portal.changefacts import DatasetDifference
from portal.checks.shape import Key, Read, tables_of
from portal.model import Dataset, Release, Table, Tombstone
from portal.problems import NOTHING
from portal.profile import Profile
from portal.records import EntryChange

TOMBSTONES = "catalog/tombstones.yml"


class ChangedDataset(Protocol):
    """A dataset before and after (portal/changeset.py: DatasetChange)."""

    @property
    def id(self) -> str:
        """Its present id; of one that went, the one it had."""

    @property
    def before(self) -> Dataset | None:
        """None for a new one."""

    @property
    def after(self) -> Dataset | None:
        """None for one that went."""

    @property
    def data_changed(self) -> bool:
        """Some bytes of its files differ."""


class Changed(Protocol):
    """Everything between the base and the present (portal/changeset.py: Change)."""

    @property
    def base(self) -> Read:
        """The catalogue of then."""

    @property
    def changed(self) -> Sequence[ChangedDataset]:
        """What is no longer the same."""


class Finding(NamedTuple):
    """A rule is broken: the path of keys where, the values of its sentence.

    `path` is the file where it is mended; without one it is the present entry, or of a dataset that went the old one.
    """

    keys: tuple[Key, ...] = ()
    values: Mapping[str, str] = NOTHING
    path: str | None = None
    column: str | None = None


@dataclass(frozen=True)
class ChangeScene:
    """Both catalogues around one change. `differences` are the compared rows, by the dataset's present id."""

    now: Read
    change: Changed
    today: date
    differences: Mapping[str, DatasetDifference] = field(default_factory=dict)

    @property
    def profile(self) -> Profile:
        """The city's rules."""
        return self.now.profile

    @cached_property
    def ids(self) -> dict[str, Dataset]:
        """Present entries by id and alias."""
        found = {alias: one for one in self.now.catalogue.datasets for alias in one.aliases}
        return found | {one.id: one for one in self.now.catalogue.datasets}

    @cached_property
    def tables(self) -> dict[tuple[str, str], Dataset]:
        """Present tables by the address of the query API: department, by its old ids too, and name."""
        heirs = {one.id: (one.id, *one.aliases) for one in self.now.catalogue.departments}
        return {
            (name, table.name): one
            for one in self.now.catalogue.datasets
            for name in heirs.get(one.department, (one.department,))
            for _, table in tables_of(one)
        }

    @cached_property
    def present(self) -> frozenset[str]:
        """Ids of present entries."""
        return frozenset(one.id for one in self.now.catalogue.datasets)

    @cached_property
    def before(self) -> dict[str, Dataset]:
        """Entries of then by id."""
        return {one.id: one for one in self.change.base.catalogue.datasets}

    @cached_property
    def withdrawn(self) -> dict[str, tuple[int, Tombstone]]:
        """Tombstones by id, with their place in the list."""
        return {one.id: (number, one) for number, one in enumerate(self.now.catalogue.tombstones)}

    def releases(self, read: Read, dataset: Dataset) -> Sequence[Release]:
        """The registered releases of a version."""
        return read.catalogue.releases.get(dataset.id, ())

    def authority(self, jurisdiction: str) -> str | None:
        """The authority of the same level (PRO-4), as it was named before the change: nobody appoints his own."""
        levels = (*self.change.base.catalogue.portal.jurisdictions, *self.now.catalogue.portal.jurisdictions)
        return next((one.authority for one in levels if one.name == jurisdiction), None)


class Pair(NamedTuple):
    """A dataset that was public before and still is in the catalogue: what most rules are about."""

    before: Dataset
    after: Dataset
    data_changed: bool

    @property
    def fresh(self) -> list[tuple[int, EntryChange]]:
        """The records that this change brings, with their place in the list."""
        return [(n, one) for n, one in enumerate(self.after.changes) if one not in self.before.changes]

    def says(self, kinds: tuple[str, ...], *names: str) -> bool:
        """Whether this change records one of the names as something of these kinds."""
        return any(one.kind in kinds and not set(one.of).isdisjoint(names) for _, one in self.fresh)


PairRule = Callable[[Pair, ChangeScene], Iterator[Finding]]
GoneRule = Callable[[Dataset, ChangeScene], Iterator[Finding]]
NewRule = Callable[[Dataset, ChangeScene], Iterator[Finding]]
CityRule = Callable[[ChangeScene], Iterator[Finding]]


def entry_path(dataset: Dataset) -> str:
    """Where an entry stands."""
    return f"catalog/{dataset.department}/{dataset.id}.yml"


def releases_path(dataset: Dataset) -> str:
    """Where its releases stand."""
    return f"catalog/{dataset.department}/{dataset.id}.releases.yml"


def table_pairs(before: Dataset, after: Dataset) -> list[tuple[Table, int, Table]]:
    """Tables that stand in both versions, with the number of the file that opens the present one.

    A table is known by its name; a renamed entry's first table by being the first; else by its one and only file.
    """
    old, new = [table for _, table in tables_of(before)], tables_of(after)
    by_name = {table.name: (number, table) for number, table in new}
    by_path = {table.files[0].key: (number, table) for number, table in new}
    pairs, taken = [], set()
    for table in old:
        found = by_name.get(table.name) or _first(before, after, table, new) or by_path.get(table.files[0].key)
        if found and found[1].name not in taken:
            taken.add(found[1].name)
            pairs.append((table, *found))
    return pairs


def _first(before: Dataset, after: Dataset, table: Table, new: Sequence[tuple[int, Table]]) -> tuple[int, Table] | None:
    is_first = before.id != after.id and table.name == before.id
    return next((one for one in new if one[1].name == after.id), None) if is_first else None
