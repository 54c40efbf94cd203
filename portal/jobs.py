"""What making a dataset needs, and what comes of it: the unit of work of the build's processes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from portal import addresses
from portal.facts import DatasetFacts
from portal.model import Catalogue, Dataset, Department, Portal, Release
from portal.places import Places
from portal.problems import Problem
from portal.samples import published_sample
from portal.settings import Settings
from portal.tablefile import Prepared


@dataclass(frozen=True)
class Job:
    """What making one dataset needs. `prepared` maps each file's key to its normalised text; `siblings` are the tables
    of the department's other sets.
    """

    dataset: Dataset
    department: Department
    portal: Portal
    prepared: Mapping[str, Prepared]
    releases: Sequence[Release]
    siblings: frozenset[str]
    blocked: frozenset[str]
    root: Path
    cache: Path

    @property
    def at(self) -> str:
        """Where the dataset's files stand in the release."""
        return f"site{addresses.dataset_page(self.dataset.id)}"

    @property
    def near(self) -> list[str]:
        """Those of `siblings` that a foreign key of this dataset points to: others don't change its bytes."""
        wanted = {
            key.reference.resource.rsplit("/", 1)[-1]
            for table in self.dataset.tables
            for key in table.table_schema.foreign_keys
        }
        return sorted(wanted & self.siblings)


@dataclass(frozen=True)
class Made:
    """What came of it: the facts, the loaded database (None where no rows are public), the files' places, warnings, and
    the kept results (kind/key) that it was put together from.
    """

    facts: DatasetFacts
    database: Path | None
    places: Places
    problems: tuple[Problem, ...] = ()
    used: frozenset[str] = frozenset()


def plan(
    catalogue: Catalogue,
    prepared: Mapping[str, Mapping[str, Prepared]],
    settings: Settings,
    *,
    blocked: frozenset[str],
) -> list[Job]:
    """One job for each entry that has a public page, the largest first, so that no process is left alone with one.

    `prepared` maps dataset id → file key → normalised text.
    """
    departments = {one.id: one for one in catalogue.departments}
    listed = [one for one in catalogue.datasets if one.is_listed]
    near: dict[str, set[str]] = {}
    for dataset in listed:
        near.setdefault(dataset.department, set()).update(_table_names(dataset))
    jobs = [
        Job(
            dataset=dataset,
            department=departments[dataset.department],
            portal=catalogue.portal,
            prepared=prepared.get(dataset.id, {}),
            releases=catalogue.releases.get(dataset.id, ()),
            siblings=frozenset(near[dataset.department] - _table_names(dataset)),
            blocked=blocked,
            root=settings.root,
            cache=settings.cache,
        )
        for dataset in listed
    ]
    return sorted(jobs, key=lambda job: (-sum(one.bytes for one in job.prepared.values()), job.dataset.id))


def _table_names(dataset: Dataset) -> set[str]:
    shown = dataset if dataset.is_open else published_sample(dataset)
    return {table.name for table in shown.tables} if shown else set()
