"""References across datasets, held against the data (QLT-1, REL-1, SH-9(6)「数据关联关系」).

A declared relation with `fields` must hold: for all rows that carry the key where this set is a part of the other;
where they share a key, for nine of ten rows of one of the two (the house's bounds). `coverage` in the relation sets
another bound for this set's rows, which is then binding.
What points to a set whose rows are not public can't be verified here, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from portal.checks.files import MEMORY, each
from portal.checks.rows import Referenced, RowRules
from portal.checks.rows.coverage import Coverage, Join, coverage, kept_coverage
from portal.checks.rows.shape import NotKept
from portal.checks.shape import Read, tables_of
from portal.model import Dataset, Table
from portal.problems import Problem, shown
from portal.records import Relation
from portal.settings import Settings
from portal.tablefile import Prepared

BOUNDS: Mapping[str, int] = {"shared-key": 90, "part-of": 100}
"""Per cent of the rows for which a relation must hold, by its kind; the others may hold for any share."""


@dataclass(frozen=True)
class Held:
    """A relation with columns, and how far it holds; `found` is None where it can't be verified."""

    dataset: str
    number: int
    to: str
    pairs: tuple[tuple[str, str], ...]
    bound: int | None
    found: Coverage | None


@dataclass(frozen=True)
class References:
    """Every relation with columns of the sets that are published, and what is wrong with them."""

    held: tuple[Held, ...]
    problems: tuple[Problem, ...]


NO_REFERENCES = References((), ())


def check_references(reading: Read, settings: Settings, prepared: Mapping[str, Mapping[str, Prepared]]) -> References:
    """Measure every relation with columns. `prepared`: dataset id → file key → prepared file."""
    known = {alias: one for one in reading.catalogue.datasets for alias in one.aliases}
    known |= {one.id: one for one in reading.catalogue.datasets}
    rules = RowRules(scratch=settings.cache / "scratch", memory=MEMORY // max(1, settings.jobs), threads=1)
    asked = [
        (dataset, number, relation, known.get(relation.to))
        for dataset in reading.catalogue.datasets
        if dataset.is_open
        for number, relation in enumerate(dataset.relations)
        if relation.fields
    ]
    joins = [_join(dataset, relation, other, prepared, settings, rules) for dataset, _, relation, other in asked]
    measured = _measured([join for join in joins if join], settings)
    held, problems = [], list(_foreign(reading, known))
    for (dataset, number, relation, other), join in zip(asked, joins, strict=True):
        pairs = tuple(sorted((relation.fields or {}).items()))
        bound = relation.coverage if relation.coverage is not None else BOUNDS.get(relation.kind)
        one = Held(dataset.id, number, relation.to, pairs, bound, next(measured) if join else None)
        held.append(one)
        problems += _judged(reading, dataset, one, other, relation)
    return References(tuple(held), tuple(problems))


def _measured(joins: Sequence[Join], settings: Settings) -> Iterator[Coverage | None]:
    """Shares that are kept from earlier runs, and those of worker processes for the rest, in order."""
    found: dict[int, Coverage | None] = {}
    left: list[int] = []
    for number, join in enumerate(joins):
        try:
            found[number] = kept_coverage(join)
        except NotKept:
            left.append(number)
    found.update(zip(left, each(coverage, [joins[number] for number in left], max(2, settings.jobs)), strict=True))
    return (found[number] for number in range(len(joins)))


def _judged(reading: Read, dataset: Dataset, one: Held, other: Dataset | None, relation: Relation) -> Iterator[Problem]:
    keys = ("relations", one.number)
    if other is not None and not other.is_open:
        yield _problem(reading, dataset, "reference-unverifiable", keys, _named(one.to, one.pairs))
    found = one.found
    either = relation.kind == "shared-key" and relation.coverage is None
    if found is None or one.bound is None or max(found.percent, found.back_percent if either else 0) >= one.bound:
        return
    values = {
        **_named(one.to, one.pairs),
        "share": f"{found.percent:g}",
        "matched": str(found.matched),
        "rows": str(found.rows),
        "bound": str(one.bound),
        "missing": "、".join(shown(text, 20) for text in found.missing),
    }
    level = "warning" if relation.coverage is None else "error"
    yield _problem(reading, dataset, "relation-coverage", keys, values, level)


def _foreign(reading: Read, known: Mapping[str, Dataset]) -> Iterator[Problem]:
    """Foreign keys into sets whose rows are not public."""
    for dataset in reading.catalogue.datasets:
        for index, table in tables_of(dataset) if dataset.is_open else ():
            for number, key in enumerate(table.table_schema.foreign_keys):
                owner = key.reference.resource.rpartition("/")[0]
                if owner in known and not known[owner].is_open:
                    pairs = tuple(zip(key.fields, key.reference.fields, strict=False))
                    place = ("files", index, "schema", "foreignKeys", number)
                    yield _problem(reading, dataset, "reference-unverifiable", place, _named(owner, pairs))


def _join(
    dataset: Dataset,
    relation: Relation,
    other: Dataset | None,
    prepared: Mapping[str, Mapping[str, Prepared]],
    settings: Settings,
    rules: RowRules,
) -> Join | None:
    """The two tables with the relation's columns; None where one of them is not here or could not be read."""
    pairs = tuple(sorted((relation.fields or {}).items()))
    if other is None or not other.is_open:
        return None
    here = _side(dataset, [mine for mine, _ in pairs], prepared)
    there = _side(other, [theirs for _, theirs in pairs], prepared)
    return Join(here, there, pairs, settings.cache, rules) if here and there else None


def _side(dataset: Dataset, names: Sequence[str], prepared: Mapping[str, Mapping[str, Prepared]]) -> Referenced | None:
    """The first table with all these columns, if all its files could be read."""
    files = prepared.get(dataset.id, {})
    for _, table in tables_of(dataset):
        if set(names) <= set(table.table_schema.names):
            found = [files[file.key] for file in table.files if file.key in files]
            return Referenced(table.table_schema, found) if _whole(table, found) else None
    return None


def _whole(table: Table, found: Sequence[Prepared]) -> bool:
    return bool(found) and len(found) == len(table.files)


def _named(other: str, pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    return {"other": shown(other), "pairs": "，".join(f"{shown(mine)} → {shown(theirs)}" for mine, theirs in pairs)}


def _problem(
    reading: Read,
    dataset: Dataset,
    rule: str,
    keys: tuple[str | int, ...],
    values: Mapping[str, str],
    level: str = "error",
) -> Problem:
    path, line = reading.where(f"catalog/{dataset.department}/{dataset.id}.yml", *keys)
    return Problem(rule, path, line, values, "warning" if level == "warning" else "error", dataset=dataset.id)
