"""What happened to the data of the portal, and when: opened, renewed, changed, withdrawn (OT-10, OT-9).

Drawn from the entries, their releases and the tombstones alone, so that it is the same for every build. A release is
named by its data date, which says little about the day on which people could have it: the present one happened when
its content was cleared, an earlier one on its data date.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

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
    """What happened to one dataset, in no order."""
    known = facts.get(dataset.id)
    releases = _releases(known) if known and dataset.is_open else []
    first = issued(dataset) or dataset.data_date
    if len(releases) < 2:
        note = releases[0][1] if releases else ""
        yield Happening(first, "opened", dataset.department, dataset.id, dataset=dataset, note=note)
    else:
        yield from _renewals(dataset, known, releases, first)
    for number, change in enumerate(dataset.changes, 1):
        yield Happening(change.date, "change", dataset.department, dataset.id, number, dataset=dataset, change=change)
    for number, turn in enumerate(dataset.open_type_history, 1):
        yield Happening(turn.date, "type", dataset.department, dataset.id, number, dataset=dataset, change=turn)


def _releases(known: DatasetFacts) -> list[tuple[str, str]]:
    """Name and note of every public release, oldest first."""
    noted = {one.release: one.note or "" for one in known.releases}
    noted.setdefault(known.release, next((one.note or "" for one in known.changes if one.release == known.release), ""))
    return sorted(noted.items(), key=lambda one: (one[0][:10], int(one[0][11:] or 1)))


def _renewals(
    dataset: Dataset, known: DatasetFacts | None, releases: list[tuple[str, str]], first: date
) -> Iterator[Happening]:
    changes = {one.release: one for one in known.changes} if known else {}
    for number, (name, note) in enumerate(releases):
        day = date.fromisoformat(name[:10])
        if known and name == known.release:
            cleared = [one.date for one in dataset.reviews if one.result == "passed" and one.covers == known.digest]
            day = max([day, *cleared])
        yield Happening(
            day if number else min(day, first),
            "release" if number else "opened",
            dataset.department,
            dataset.id,
            number,
            dataset=dataset,
            release=name,
            note=note,
            difference=changes.get(name),
        )
