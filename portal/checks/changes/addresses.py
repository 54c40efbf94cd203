"""Rules about addresses that people keep: none vanishes without an alias, a record or a tombstone (OT-9)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from portal.checks.changes.downgrades import RANK
from portal.checks.changes.narrowing import missing_columns
from portal.checks.changes.shape import (
    TOMBSTONES,
    ChangeScene,
    CityRule,
    Finding,
    GoneRule,
    Pair,
    PairRule,
    entry_path,
    releases_path,
)
from portal.checks.shape import tables_of
from portal.model import Dataset, Department, Domain
from portal.registers import register_path
from portal.topics import members

Named = TypeVar("Named", bound=Department | Domain)
SHOWN = 12  # characters of a digest that people can compare by eye


def entries_stay(dataset: Dataset, scene: ChangeScene) -> Iterator[Finding]:
    """An entry is not deleted: it turns static, gets an alias, or is withdrawn with a tombstone (OT-7, OT-9)."""
    heir = scene.ids.get(dataset.id)
    goes_on = heir is not None and RANK[heir.open_type] <= RANK[dataset.open_type]  # nobody is led to closed data
    if dataset.is_listed and not goes_on and dataset.id not in scene.withdrawn:
        yield Finding((), {"title": dataset.title, "id": dataset.id})


def tombstone_holds_the_bytes(dataset: Dataset, scene: ChangeScene) -> Iterator[Finding]:
    """The tombstone names every release and file that must not come back (CLM-6)."""
    stone = scene.withdrawn.get(dataset.id)
    if stone and dataset.is_open:
        known = set(stone[1].digests)
        releases = scene.releases(scene.change.base, dataset)
        wanted = {one.digest for one in releases} | {digest for one in releases for digest in one.files.values()}
        if missing := sorted(wanted - known):
            values = {"id": dataset.id, "count": str(len(missing)), "names": "、".join(missing)}
            yield Finding((stone[0], "digests"), values, TOMBSTONES)


def merged_sets_keep_their_columns(dataset: Dataset, scene: ChangeScene) -> Iterator[Finding]:
    """A set that became part of another one brings its columns along, or it is recorded which were left out."""
    heir = scene.ids.get(dataset.id)
    if heir is None or heir.id == dataset.id or not (dataset.is_listed and heir.is_listed):
        return
    then = scene.before.get(heir.id)
    pair = Pair(then or heir.model_copy(update={"changes": ()}), heir, data_changed=True)
    present = {name for _, table in tables_of(heir) for name in table.table_schema.names}
    target = next(iter(tables_of(heir)), None)
    for _, table in tables_of(dataset):
        if target and not set(table.table_schema.names) <= present:
            lacking = [one for one in table.table_schema.fields if one.name not in present]
            lost = table.model_copy(update={"table_schema": table.table_schema.model_copy(update={"fields": lacking})})
            for finding in missing_columns(pair, [(lost, *target)]):
                yield finding._replace(path=entry_path(heir))


def aliases_stay(pair: Pair, scene: ChangeScene) -> Iterator[Finding]:
    """An old id keeps leading to the data."""
    for alias in pair.before.aliases:
        if alias not in scene.ids and alias not in scene.withdrawn:
            yield Finding(("aliases",), {"id": alias})


def lost_aliases(dataset: Dataset, scene: ChangeScene) -> Iterator[Finding]:
    """The old ids of an entry that was merged lead on; those of a withdrawn one end with it."""
    if dataset.id not in scene.withdrawn:
        for alias in dataset.aliases:
            if alias not in scene.ids and alias not in scene.withdrawn:
                yield Finding((), {"id": alias})


def tables_stay(pair: Pair, scene: ChangeScene) -> Iterator[Finding]:
    """A table keeps its address in downloads and query API, or the change is recorded."""
    if not pair.before.is_open or pair.after.open_type != pair.before.open_type:
        return
    follows = pair.before.id != pair.after.id and pair.before.department == pair.after.department
    for _, table in tables_of(pair.before):
        renamed = follows and table.name == pair.before.id and (pair.after.department, pair.after.id) in scene.tables
        stays = (pair.before.department, table.name) in scene.tables or renamed
        if not stays and not pair.says(("removed", "renamed", "moved"), table.name):
            address = f"/data/{pair.before.department}/{table.name}"
            yield Finding(("files",), {"table": table.name, "address": address})


def releases_stay(pair: Pair, scene: ChangeScene) -> Iterator[Finding]:
    """Earlier releases stay registered: the list only grows (UPD-4)."""
    present = {one.release for one in scene.releases(scene.now, pair.after)}
    for one in scene.releases(scene.change.base, pair.before):
        if one.release not in present:
            yield Finding((), {"release": one.release}, releases_path(pair.after))


def releases_never_change(pair: Pair, scene: ChangeScene) -> Iterator[Finding]:
    """What a release is made of never changes."""
    present = {one.release: (n, one) for n, one in enumerate(scene.releases(scene.now, pair.after))}
    for one in scene.releases(scene.change.base, pair.before):
        number, now = present.get(one.release, (0, one))
        if (now.digest, now.files) != (one.digest, one.files):
            values = {"release": one.release, "old": one.digest[:SHOWN], "new": now.digest[:SHOWN]}
            yield Finding((number, "digest"), values, releases_path(pair.after))


def tombstones_stay(scene: ChangeScene) -> Iterator[Finding]:
    """A tombstone stays, with every digest that it blocks (CLM-6)."""
    for stone in scene.change.base.catalogue.tombstones:
        number, now = scene.withdrawn.get(stone.id, (0, None))
        if now is None or not set(stone.digests) <= set(now.digests):
            yield Finding((number,) if now else (), {"id": stone.id, "title": stone.title}, TOMBSTONES)


def tombstones_have_happened(scene: ChangeScene) -> Iterator[Finding]:
    """A withdrawal and the papers it stands on bear a day that has come."""
    for number, stone in enumerate(scene.now.catalogue.tombstones):
        for day in (stone.date, *(one.date for one in stone.papers)):
            if day > scene.today:
                yield Finding((number,), {"id": stone.id, "found": str(day), "today": str(scene.today)}, TOMBSTONES)


def topics_stay(scene: ChangeScene) -> Iterator[Finding]:
    """The page of a topic or an emergency stays, or the topic that took it over names the old id (design §7)."""
    known = {name for one in scene.now.catalogue.topics for name in (one.id, *one.aliases)}
    old = scene.change.base.catalogue
    listed = [one for one in old.datasets if one.is_listed]
    for topic in old.topics:
        for name in (topic.id, *topic.aliases):
            if name not in known and members(topic, old, listed):  # without a dataset it had no page
                yield Finding((), {"title": topic.title, "id": name}, register_path("topics"))


def departments_stay(scene: ChangeScene) -> Iterator[Finding]:
    """The page of a department stays, or the department that took over names the old id (design §7)."""
    old = scene.change.base.catalogue
    used = {one.department for one in old.datasets if one.is_listed} | {one.department for one in old.tombstones}
    for gone, name in _unknown(old.departments, scene.now.catalogue.departments, used):
        yield Finding((), {"title": gone.name, "id": name}, f"catalog/{gone.id}/department.yml")


def domains_stay(scene: ChangeScene) -> Iterator[Finding]:
    """The page of a domain stays, or the domain that took it over names the old id (design §7)."""
    old = scene.change.base.catalogue
    used = {one.domain for one in old.datasets if one.is_listed}
    for gone, name in _unknown(old.domains, scene.now.catalogue.domains, used):
        yield Finding((), {"title": gone.title, "id": name}, "catalog/domains.yml")


def _unknown(then: Sequence[Named], now: Sequence[Named], used: set[str]) -> Iterator[tuple[Named, str]]:
    """Ids, old ones included, that nothing has any more; what never held a dataset nobody keeps a link to."""
    known = {name for here in now for name in (here.id, *here.aliases)}
    for one in then:
        for name in (one.id, *one.aliases) if one.id in used or one.aliases else ():
            if name not in known:
                yield one, name


def ids_keep_their_meaning(scene: ChangeScene) -> Iterator[Finding]:
    """Two datasets do not exchange their ids: a link that somebody kept would lead to other data."""
    kept = [(one.before, one.after) for one in scene.change.changed if one.before and one.after]
    titles = {before.title: before.id for before, _ in kept}
    now = {after.id: after.title for _, after in kept}
    then = {before.id: before.title for before, _ in kept}
    for before, after in kept:
        other = titles.get(after.title, after.id)
        if before.id == after.id < other and now.get(other) == then[after.id]:
            yield Finding(("title",), {"one": after.id, "other": other}, entry_path(after))


PAIR_RULES: dict[str, PairRule] = {
    "alias-removed": aliases_stay,
    "table-removed": tables_stay,
    "release-removed": releases_stay,
    "release-altered": releases_never_change,
}
GONE_RULES: dict[str, GoneRule] = {
    "entry-removed": entries_stay,
    "tombstone-digests": tombstone_holds_the_bytes,
    "column-removed": merged_sets_keep_their_columns,
    "alias-removed": lost_aliases,
}
CITY_RULES: dict[str, CityRule] = {
    "tombstone-removed": tombstones_stay,
    "tombstone-future": tombstones_have_happened,
    "ids-swapped": ids_keep_their_meaning,
    "topic-removed": topics_stay,
    "department-removed": departments_stay,
    "domain-removed": domains_stay,
}
