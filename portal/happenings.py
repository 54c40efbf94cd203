"""What happened to the data of the portal, and when: opened, renewed, changed, withdrawn (OT-10, OT-9).

Drawn from the entries, their releases and the tombstones alone, so that it is the same for every build. A release is
named by its data date, which says little about the day on which people could have it: it happened when its content was
cleared; where no review tells, on its data date.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from portal.changefacts import ReleaseChange
from portal.facts import DatasetFacts
from portal.model import Catalogue, Dataset, Tombstone
from portal.moments import issued
from portal.records import EntryChange, TypeChange

Kind = Literal["opened", "release", "change", "type", "withdrawn"]


@dataclass(frozen=True)
class Happening:
    """One line of the log. `dataset` is None only for a withdrawn set, whose `stone` says why.

    `number` tells those of one set and kind apart; `release` names the release that came, `change` what was recorded.
    """

    day: date
    kind: Kind
    department: str
    id: str
    number: int = 0
    dataset: Dataset | None = None
    release: str = ""
    note: str = ""
    difference: ReleaseChange | None = None
    change: EntryChange | TypeChange | None = None
    stone: Tombstone | None = None


def happenings(catalogue: Catalogue, facts: Mapping[str, DatasetFacts]) -> tuple[Happening, ...]:
    """All of them, newest first; of one day by id, then in the order in which they were recorded, latest first."""
    found = [one for dataset in catalogue.datasets if dataset.is_listed for one in of_dataset(dataset, facts)]
    found += [
        Happening(stone.date, "withdrawn", stone.department, stone.id, stone=stone) for stone in catalogue.tombstones
    ]
    found.sort(key=lambda one: (one.id, one.kind, -one.number))
    return tuple(sorted(found, key=lambda one: one.day, reverse=True))


def of_dataset(dataset: Dataset, facts: Mapping[str, DatasetFacts]) -> Iterator[Happening]:
    """What happened to one dataset, in no order. When it was opened is told only where a record says so."""
    known = facts.get(dataset.id)
    first = issued(dataset)
    department, name = dataset.department, dataset.id
    releases = _releases(dataset, known) if known and dataset.is_open else []
    if first and len(releases) < 2:
        yield Happening(first, "opened", department, name, dataset=dataset)
    elif first:
        changes = {one.release: one for one in known.changes} if known else {}
        for number, one in enumerate(releases):
            yield Happening(
                max(one.day, first) if number else first,
                "release" if number else "opened",
                department,
                name,
                number,
                dataset=dataset,
                release=one.name,
                note=one.note,
                difference=changes.get(one.name),
            )
    for number, change in enumerate(dataset.changes, 1):
        yield Happening(change.date, "change", department, name, number, dataset=dataset, change=change)
    for number, turn in enumerate(dataset.open_type_history, 1):
        yield Happening(turn.date, "type", department, name, number, dataset=dataset, change=turn)


class _Release(NamedTuple):
    name: str
    note: str
    day: date


def _releases(dataset: Dataset, known: DatasetFacts) -> list[_Release]:
    """Every public release, oldest first, with the day of the review that cleared it, else its data date."""
    every = [(one.release, one.note, one.digest) for one in known.releases]
    every.append((known.release, known.note, known.digest))
    cleared = {one.covers: one.date for one in reversed(dataset.reviews) if one.result == "passed"}
    found = [_Release(name, note or "", cleared.get(digest, _data_day(name))) for name, note, digest in every]
    return sorted(found, key=lambda one: (one.name[:10], int(one.name[11:] or 1)))


def _data_day(release: str) -> date:
    return date.fromisoformat(release[:10])
