"""The relations between datasets that have a page, each once, however many ends declare it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from portal.facts import RelationFacts
from portal.model import Dataset
from portal.render.book import Book

KINDS = ("shared-key", "foreign-key", "part-of", "derived-from", "supersedes", "same-topic")
"""The strongest first: of several between two sets, it draws the line."""
MUTUAL = frozenset({"shared-key", "same-topic"})
"""Kinds that say the same from both ends."""


@dataclass(frozen=True)
class Tie:
    """`dataset` stands in a relation to `to`; `pairs` are columns here and there. `found` is None where nothing was
    measured: without columns, or because one side's rows are not public. A foreign key holds for every row, or the
    gate would have refused it.
    """

    dataset: str
    to: str
    kind: str
    pairs: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    found: RelationFacts | None = None


def ties(book: Book) -> tuple[Tie, ...]:
    """Every relation of the catalogue, by the ids of its ends; what both ends say stands once with both notes."""
    known = {alias: one.id for one in book.datasets for alias in one.aliases} | {one: one for one in book.by_id}
    measured = {(one.dataset, one.number): one for one in book.relations}
    said: dict[object, Tie] = {}
    related = set()
    for tie in (tie for one in sorted(book.datasets, key=_id) for tie in _declared(one, known, measured)):
        first = said.get(_key(tie))
        said[_key(tie)] = replace(first, notes=tuple(dict.fromkeys(first.notes + tie.notes))) if first else tie
        related.add(_columns(tie))
    for tie in (tie for one in book.datasets for tie in _referring(one, known)):
        if _columns(tie) not in related:  # else the relation says the same, and in words
            said.setdefault(_key(tie), tie)
    return tuple(sorted(said.values(), key=lambda one: (one.dataset, one.to, KINDS.index(one.kind), one.pairs)))


def _id(dataset: Dataset) -> str:
    return dataset.id


def _declared(
    dataset: Dataset, known: Mapping[str, str], measured: Mapping[tuple[str, int], RelationFacts]
) -> Iterator[Tie]:
    """What the entry says of itself."""
    told = []
    for number, one in enumerate(dataset.relations):
        other = known.get(one.to)
        if other and other != dataset.id:
            pairs = tuple(sorted((one.fields or {}).items()))
            told.append((other, one.kind))
            notes = (one.note,) if one.note else ()
            yield Tie(dataset.id, other, one.kind, pairs, notes, measured.get((dataset.id, number)))
    whole = known.get(dataset.part_of or "")
    if whole and (whole, "part-of") not in told and whole != dataset.id:
        yield Tie(dataset.id, whole, "part-of")


def _referring(dataset: Dataset, known: Mapping[str, str]) -> Iterator[Tie]:
    """Foreign keys into other sets."""
    for table in dataset.tables:
        for key in table.table_schema.foreign_keys:
            other = known.get(key.reference.resource.rpartition("/")[0])
            if other and other != dataset.id:
                yield Tie(dataset.id, other, "foreign-key", tuple(zip(key.fields, key.reference.fields, strict=False)))


def _key(tie: Tie) -> object:
    """What makes two ties one: for a mutual kind, ends and columns in whatever order."""
    if tie.kind in MUTUAL:
        return tie.kind, frozenset({tie.dataset, tie.to}), _columns(tie)
    return tie.kind, tie.dataset, tie.to, tie.pairs


def _columns(tie: Tie) -> frozenset[frozenset[tuple[str, str]]]:
    """Which columns of which sets are paired."""
    return frozenset(frozenset({(tie.dataset, mine), (tie.to, theirs)}) for mine, theirs in tie.pairs)
