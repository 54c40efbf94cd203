"""What a release is judged by: the catalogue, what was found out, the figures, and which addresses are there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlsplit

from portal.counts.figure import Words, share
from portal.counts.figures import Figures
from portal.facts import DatasetFacts
from portal.model import Dataset

SERVED = ("/forms/", "/data/", "/openapi.json")
"""Addresses of processes that run beside the pages (portal/front): no file of a release, there where it is served."""


@dataclass(frozen=True)
class Ground:
    """`here` says whether the release has a page or file at an address; `release` is its id."""

    counts: Figures
    here: Callable[[str], bool]
    release: str

    @property
    def today(self) -> date:
        """The day that the release speaks for."""
        return self.counts.today.date

    @property
    def listed(self) -> tuple[Dataset, ...]:
        """Datasets with a page."""
        return self.counts.counted.datasets

    @cached_property
    def open(self) -> tuple[Dataset, ...]:
        """Datasets whose rows are public."""
        return tuple(one for one in self.listed if one.is_open)

    def facts(self, dataset: Dataset) -> DatasetFacts | None:
        """What was found out about a dataset."""
        return self.counts.counted.facts.get(dataset.id)

    @cached_property
    def found(self) -> tuple[DatasetFacts, ...]:
        """The facts of all open datasets."""
        return tuple(one for one in map(self.facts, self.open) if one is not None)

    @cached_property
    def formats(self) -> Mapping[str, frozenset[str]]:
        """In which formats the tables of each open dataset come."""
        found = {one.id: frozenset(item.format for item in one.downloads if item.table) for one in self.found}
        return {one.id: found.get(one.id, frozenset()) for one in self.open}

    def reachable(self, address: str) -> bool:
        """Whether an address leads somewhere where this release is served; an anchor is not looked for."""
        plain = urlsplit(address).path
        return plain.startswith(SERVED) or self.here(plain)

    def filled(self, address: str) -> str:
        """An address with an example put in: an open dataset, its table, its department; empty where there is none."""
        if "{" not in address:
            return address
        sample = self._sample
        if sample is None or ("{release}" in address and not self._release):
            return ""
        one, old = sample, self._release
        if old and "{release}" in address:
            one = next(each for each in self.open if each.id == old[0])
        return address.format(
            dataset=one.id,
            department=one.department,
            table=one.tables[0].name if one.tables else one.id,
            release=old[1] if old else "",
            withdrawn=next((stone.id for stone in self.counts.counted.catalogue.tombstones), ""),
        )

    @cached_property
    def _sample(self) -> Dataset | None:
        """The open dataset with most formats, the first of equals by id."""
        files = {one.id: len(one.downloads) for one in self.found}
        return max(self.open, key=lambda one: (files.get(one.id, 0), bool(one.relations)), default=None)

    @cached_property
    def _release(self) -> tuple[str, str] | None:
        """A dataset with an earlier release that can be taken, and that release."""
        return next(((one.id, old.release) for one in self.found for old in one.releases if old.downloads), None)


def every(datasets: Iterable[Dataset], test: Callable[[Dataset], bool]) -> tuple[bool, Words]:
    """Whether all datasets pass (and there are any), with their number."""
    found = list(map(test, datasets))
    passed = sum(found)
    told = f"{passed}/{len(found)}"
    return bool(found) and passed == len(found), Words(f"{told} 个数据集", f"{told} datasets")


def some(count: int, zh: str, en: str) -> tuple[bool, Words]:
    """Whether there is any, with the number and what it counts."""
    return count > 0, Words(f"{count:,} {zh}", f"{count:,} {en}")


def part(count: int, whole: int) -> Words:
    """`12/14（85.7%）`"""
    of = share(count, whole)
    told = f"{count}/{whole}"
    return Words(f"{told}（{of:g}%）", f"{told} ({of:g}%)") if of is not None else Words(told, told)
