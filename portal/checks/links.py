"""Rules between entries, and between entries and the city's lists. Each function is one rule."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.checks.shape import FileFinding, FileRule, Finding, Key, Rule, Scene, tables_of
from portal.model import SLUG, Dataset, Table
from portal.owners import FILE as OWNERS
from portal.owners import code_owners
from portal.problems import shown
from portal.tableschema import ForeignKey


def _path(dataset: Dataset) -> str:
    return f"catalog/{dataset.department}/{dataset.id}.yml"


def ids_are_unique(scene: Scene) -> Iterator[FileFinding]:
    """An id belongs to one entry, whatever its department; an old id (alias) as well."""
    taken = {one.id: _path(one) for one in reversed(scene.catalogue.datasets)}  # the first by name keeps it
    for one in scene.catalogue.datasets:
        if taken[one.id] != _path(one):
            yield FileFinding(_path(one), (), {"id": one.id, "other": taken[one.id]})
    for one in scene.catalogue.datasets:
        for index, alias in enumerate(one.aliases):
            if alias in taken:
                yield FileFinding(_path(one), ("aliases", index), {"id": alias, "other": taken[alias]})
            taken.setdefault(alias, _path(one))


def tables_are_unique(scene: Scene) -> Iterator[FileFinding]:
    """A table's name is unique in its department: it is one database."""
    taken: dict[tuple[str, str], str] = {}
    for one in scene.catalogue.datasets:
        for index, table in tables_of(one):
            other = taken.get((one.department, table.name))
            if other is not None:
                yield FileFinding(_path(one), ("files", index), {"table": table.name, "other": other})
            taken.setdefault((one.department, table.name), _path(one))


def domains_are_unique(scene: Scene) -> Iterator[FileFinding]:
    """A domain's id is given once; an old id as well."""
    domains = list(enumerate(scene.catalogue.domains))
    given: list[tuple[tuple[Key, ...], str]] = [((index, "id"), one.id) for index, one in domains]
    given += [((index, "aliases", n), name) for index, one in domains for n, name in enumerate(one.aliases)]
    seen: set[str] = set()
    for place, name in given:
        if name in seen:
            yield FileFinding("catalog/domains.yml", place, {"id": name})
        seen.add(name)


def terms_are_unique(scene: Scene) -> Iterator[FileFinding]:
    """A term, or another name for it, is explained once (CAT-6)."""
    seen: set[str] = set()
    for index, term in enumerate(scene.catalogue.glossary):
        for word in (term.term, *term.aliases):
            if word in seen:
                yield FileFinding("catalog/glossary.yml", (index, "term"), {"term": shown(word)})
            seen.add(word)


def withdrawn_ids_rest(scene: Scene) -> Iterator[FileFinding]:
    """The id of a withdrawn set is never used again (CLM-6)."""
    gone = {stone.id: stone for stone in scene.catalogue.tombstones}
    for one in scene.catalogue.datasets:
        for key, name in ((), one.id), *((("aliases", index), alias) for index, alias in enumerate(one.aliases)):
            if name in gone:
                yield FileFinding(_path(one), key, {"id": name, "date": str(gone[name].date)})


def basis_is_in_force(scene: Scene) -> Iterator[FileFinding]:
    """The city's rules are in force today (PRO-2)."""
    basis = scene.profile.basis
    if basis.standing(scene.today) != "in_force":
        values = {"title": basis.title, "start": str(basis.valid_from), "end": str(basis.valid_to)}
        yield FileFinding("catalog/portal.yml", ("profile",), values)


def provider_has_a_code(scene: Scene) -> Iterator[FileFinding]:
    """A department has its social credit code where the city wants it (CAT-17)."""
    if scene.profile.catalog.provider_code_required:
        for department in scene.catalogue.departments:
            if not department.code:
                yield FileFinding(f"catalog/{department.id}/department.yml", (), {"name": department.name})


def department_is_of_the_city(scene: Scene) -> Iterator[FileFinding]:
    """A department belongs to a level of government that the portal names (PRO-4)."""
    names = {level.name for level in scene.catalogue.portal.jurisdictions}
    for one in scene.catalogue.departments:
        if one.jurisdiction not in names:
            values = {"found": shown(one.jurisdiction), "choices": "、".join(sorted(names))}
            yield FileFinding(f"catalog/{one.id}/department.yml", ("jurisdiction",), values)


def jurisdiction_is_known(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """An entry belongs to a level of government that the portal names (PRO-4)."""
    names = {level.name for level in scene.catalogue.portal.jurisdictions}
    if dataset.jurisdiction not in names:
        values = {"found": shown(dataset.jurisdiction), "choices": "、".join(sorted(names))}
        yield Finding(("jurisdiction",), values)


def domain_is_known(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """The domain stands in catalog/domains.yml (CAT-23)."""
    known = {domain.id: domain.title for domain in scene.catalogue.domains}
    if known and dataset.domain not in known:  # an unreadable list has its own problem
        choices = {"choices": "、".join(f"{one}（{title}）" for one, title in known.items())}
        yield Finding(("domain",), {"found": shown(dataset.domain), **choices, "choices_en": ", ".join(known)})


def aliases_are_ids(dataset: Dataset, _: Scene) -> Iterator[Finding]:
    """An old id is written like an id."""
    for index, alias in enumerate(dataset.aliases):
        if not re.fullmatch(SLUG, alias):
            yield Finding(("aliases", index), {"found": shown(alias)})


def named_sets_exist(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """Sets that an entry names exist, and are not itself (REL-1)."""
    named: list[tuple[tuple[str | int, ...], str]] = [
        *((("relations", index, "to"), relation.to) for index, relation in enumerate(dataset.relations)),
        *((("distinguished_from", other), other) for other in dataset.distinguished_from or {}),
        *([(("part_of",), dataset.part_of)] if dataset.part_of else []),
    ]
    for keys, other in named:
        if not scene.knows(other) or other == dataset.id:
            yield Finding(keys, {"found": shown(other)})


def related_columns_exist(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """The columns of a relation exist on both sides (REL-1)."""
    for index, relation in enumerate(dataset.relations):
        other = scene.by_id.get(relation.to)
        for here, there in (relation.fields or {}).items():
            for name, side in ((here, dataset), (there, other)):
                if side is not None and tables_of(side) and not _has(side, name):
                    values = {"column": shown(name), "dataset": side.id}
                    yield Finding(("relations", index, "fields", here), values, here)


def _has(dataset: Dataset, column: str) -> bool:
    return any(column in table.table_schema.names for _, table in tables_of(dataset))


def foreign_keys_name_tables(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """A foreign key points to a table that exists."""
    for place, _, key in _foreign_keys(dataset):
        target, unknowable = _target(dataset, place, key, scene)
        if target is None and not unknowable:
            yield Finding((*place, "reference"), {"found": shown(key.reference.resource)})


def foreign_keys_name_columns(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """The columns of a foreign key exist on both sides."""
    for place, table, key in _foreign_keys(dataset):
        target, _ = _target(dataset, place, key, scene)
        sides = [(table, key.fields, ()), (target, key.reference.fields, ("reference", "fields"))]
        for side, names, inner in sides:
            for name in names:
                if side is not None and name not in side.table_schema.names:
                    yield Finding((*place, *inner), {"found": shown(name), "table": side.name})


def foreign_keys_pair_columns(dataset: Dataset, _: Scene) -> Iterator[Finding]:
    """A foreign key joins as many columns as it points to."""
    for place, _table, key in _foreign_keys(dataset):
        if len(key.fields) != len(key.reference.fields):
            yield Finding(place, {"here": ", ".join(key.fields), "there": ", ".join(key.reference.fields)})


def _foreign_keys(dataset: Dataset) -> Iterator[tuple[tuple[Key, ...], Table, ForeignKey]]:
    for index, table in tables_of(dataset):
        for number, key in enumerate(table.table_schema.foreign_keys):
            yield ("files", index, "schema", "foreignKeys", number), table, key


def _target(dataset: Dataset, place: tuple[Key, ...], key: ForeignKey, scene: Scene) -> tuple[Table | None, bool]:
    """The table that a foreign key means; the second is true where its entry could not be read."""
    resource = key.reference.resource
    if not resource:
        return next(table for index, table in tables_of(dataset) if index == place[1]), False
    owner, _, name = resource.rpartition("/")
    if owner in scene.broken:
        return None, True
    other = scene.by_id.get(owner) if owner else dataset
    return next((one for _, one in tables_of(other) if one.name == name), None) if other else None, False


LINK_RULES: dict[str, Rule] = {
    "jurisdiction-unknown": jurisdiction_is_known,
    "domain-unknown": domain_is_known,
    "alias-name": aliases_are_ids,
    "dataset-unknown": named_sets_exist,
    "relation-column": related_columns_exist,
    "foreign-key-table": foreign_keys_name_tables,
    "foreign-key-column": foreign_keys_name_columns,
    "foreign-key-count": foreign_keys_pair_columns,
}


def owners_are_current(scene: Scene) -> Iterator[FileFinding]:
    """CODEOWNERS, where there is one, says what the catalogue says, so that a forge asks the right people (REV-8)."""
    path = scene.root / OWNERS
    if path.is_file() and path.read_text("utf-8", errors="replace") != code_owners(scene.catalogue):
        yield FileFinding(OWNERS, ())


CITY_RULES: dict[str, FileRule] = {
    "duplicate-id": ids_are_unique,
    "duplicate-table": tables_are_unique,
    "duplicate-domain": domains_are_unique,
    "duplicate-term": terms_are_unique,
    "tombstone-reused": withdrawn_ids_rest,
    "basis-not-in-force": basis_is_in_force,
    "provider-code": provider_has_a_code,
    "department-jurisdiction": department_is_of_the_city,
    "owners-outdated": owners_are_current,
}
