"""Rules about what people lose without the open type changing: hidden downgrades (OT-3, OT-9).

SYS-73(3) 「擅自更改或者删除公共数据」, SYS-73(11) 「擅自终止或者变更已提供的…开放服务」,
SYS-73(2) 「擅自增设条件」. What is taken away is written down under `changes` in the same change;
for parts that go for good, the papers of a downgrade are asked for as well (downgrades.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from portal.checks.changes.shape import ChangeScene, Finding, Pair, PairRule, table_pairs
from portal.checks.shape import tables_of
from portal.model import Dataset, Table
from portal.problems import shown
from portal.records import Period

TAKEN = ("removed",)
RENAMED = ("renamed",)
ROWS = ("removed", "corrected")
WORDS = ("narrowed", "widened", "corrected")
SHORTER = 0.9
"""A period that moves on may be this much shorter: months and years differ in length."""


def columns_stay(pair: Pair, _: ChangeScene) -> Iterator[Finding]:
    """A column that was published stays, or is recorded as removed or renamed."""
    yield from missing_columns(pair, table_pairs(pair.before, pair.after))


def missing_columns(pair: Pair, tables: list[tuple[Table, int, Table]]) -> Iterator[Finding]:
    """Columns of the tables of then that none of the present ones has, and no record names."""
    renamed = _renamed(pair)
    for old, number, new in tables:
        for column in old.table_schema.fields:
            told = pair.says(TAKEN, column.name) or renamed.get(column.name) in new.table_schema.names
            if column.name not in new.table_schema.names and not told:
                values = {"column": shown(column.name), "title": shown(column.title or column.name), "table": new.name}
                yield Finding(("files", number), values, column=column.name)


def renamed_to_what_is_there(pair: Pair, _: ChangeScene) -> Iterator[Finding]:
    """A record of new names says which, and the new ones exist."""
    known = {name for _, table in tables_of(pair.after) for name in (table.name, *table.table_schema.names)}
    for number, one in pair.fresh:
        if one.kind == "renamed":
            wrong = sorted(set(one.of) - set(one.names or ())) + sorted(set((one.names or {}).values()) - known)
            if wrong:
                yield Finding(("changes", number), {"names": "、".join(map(shown, wrong))})


def rows_stay(pair: Pair, scene: ChangeScene) -> Iterator[Finding]:
    """Not more rows go than the stated share, or it is recorded why (docs/decisions: the tolerance).

    Of a keyed table with the same data date, every key that is missing counts; where the data have moved on, or there
    is no key, the number of rows by which the table became shorter: earlier releases stay at their address.
    """
    difference, numbers = scene.differences.get(pair.after.id), dict(_opens(pair.after))
    for table in difference.tables if difference else ():
        before, after = table.rows.before, table.rows.after
        if table.kind in ("added", "removed") or before is None or after is None:
            continue
        moved_on = pair.after.data_date > pair.before.data_date
        lost = table.removed if table.by == "key" and not moved_on else max(0, before - after)
        allowed = before * scene.profile.changes.removed_rows_percent // 100
        if lost > allowed and not pair.says(ROWS, "rows", table.name):
            values = {"table": table.name, "lost": str(lost), "before": str(before), "allowed": str(allowed)}
            values["percent"] = str(scene.profile.changes.removed_rows_percent)
            yield Finding(("files", numbers.get(table.name, 0)), values)


def columns_keep_their_values(pair: Pair, scene: ChangeScene) -> Iterator[Finding]:
    """A column is not emptied: the share of empty cells grows by no more than the share of rows that may go."""
    difference, numbers = scene.differences.get(pair.after.id), dict(_opens(pair.after))
    for table, column in difference.columns() if difference else ():
        before, after = column.nulls.before, column.nulls.after
        rows, present = table.rows.before, table.rows.after
        if column.kind in ("added", "removed") or before is None or after is None or not rows or not present:
            continue
        then, now = before * 100 / rows, after * 100 / present
        told = pair.says(ROWS, column.name)
        if now - then > scene.profile.changes.removed_rows_percent and not told:
            values = {"column": shown(column.name), "table": table.name, "then": f"{then:.0f}", "now": f"{now:.0f}"}
            yield Finding(("files", numbers.get(table.name, 0)), values, column=column.name)


def names_keep_their_meaning(pair: Pair, _: ChangeScene) -> Iterator[Finding]:
    """Two columns or tables do not exchange their names: whoever reads by name would get the other's values."""
    for old, number, new in table_pairs(pair.before, pair.after):
        then = {one.name: one.title or one.name for one in old.table_schema.fields}
        now = {one.name: one.title or one.name for one in new.table_schema.fields}
        yield from _swapped(then, now, ("files", number))
    files = [{t.name: t.files[0].key for _, t in tables_of(one)} for one in (pair.before, pair.after)]
    yield from _swapped(files[0], files[1], ("files",))


def _swapped(then: dict[str, str], now: dict[str, str], keys: tuple[str | int, ...]) -> Iterator[Finding]:
    owner = {meaning: name for name, meaning in then.items()}
    for name, meaning in now.items():
        other = owner.get(meaning, name)
        if name < other and name in then and now.get(other) == then[name]:
            yield Finding(keys, {"one": shown(name), "other": shown(other)})


def update_keeps_its_pace(pair: Pair, scene: ChangeScene) -> Iterator[Finding]:
    """Data are not updated less often than was promised. Turning static has a reason of its own (OT-7)."""
    known = scene.profile.frequencies
    before, after = known[pair.before.update_frequency], known[pair.after.update_frequency]
    turned = pair.after.status == "static" != pair.before.status
    if after.rank > before.rank and not turned and not pair.says(WORDS, "update_frequency"):
        yield Finding(("update_frequency",), {"old": before.label, "new": after.label})


def coverage_stays(pair: Pair, scene: ChangeScene) -> Iterator[Finding]:
    """Time and area that the data cover do not shrink without a word."""
    then, now = pair.before.temporal, pair.after.temporal
    if then and _is_shorter(then, now) and not pair.says(WORDS, "temporal"):
        label = scene.profile.labels.fields["temporal"]
        new = f"{now.from_}—{now.to}" if now else ""
        yield Finding(("temporal",), {"label": label, "key": "temporal", "old": f"{then.from_}—{then.to}", "new": new})
    old, area = pair.before.spatial, pair.after.spatial
    if old and area != old and not (area and old.startswith(area)) and not pair.says(WORDS, "spatial"):
        label = scene.profile.labels.fields["spatial"]
        yield Finding(("spatial",), {"label": label, "key": "spatial", "old": shown(old), "new": shown(area or "")})


def _is_shorter(then: Period, now: Period | None) -> bool:
    if now is None:
        return True
    if now.to <= then.to:
        return now.from_ > then.from_ or now.to < then.to
    return (now.to - now.from_).days < (then.to - then.from_).days * SHORTER


def scope_stays(pair: Pair, scene: ChangeScene) -> Iterator[Finding]:
    """For whom and what is open is not reworded without a record: no machine can tell a narrower sentence."""
    for key in ("open_scope", "open_content"):
        old, new = getattr(pair.before, key), getattr(pair.after, key)
        if old and new != old and not pair.says(WORDS, key):
            values = {"label": scene.profile.labels.fields[key], "key": key, "old": shown(old), "new": shown(new or "")}
            yield Finding((key,), values)


def no_conditions_are_added(pair: Pair, _: ChangeScene) -> Iterator[Finding]:
    """A condition is not added or reworded without a record."""
    if pair.before.open_type == pair.after.open_type == "conditional" and not pair.says(WORDS, "open_conditions"):
        known = {(one.category, one.text) for one in pair.before.open_conditions}
        for number, one in enumerate(pair.after.open_conditions):
            if (one.category, one.text) not in known:
                yield Finding(("open_conditions", number), {"text": shown(one.text)})


def materials_follow_conditions(pair: Pair, _: ChangeScene) -> Iterator[Finding]:
    """With the conditions, the papers to hand in are changed or confirmed (CND-2, SH-18¶1)."""
    before, after = pair.before, pair.after
    if before.open_type == after.open_type == "conditional" and before.open_conditions != after.open_conditions:
        same = before.application_materials == after.application_materials
        if same and not pair.says(("confirmed",), "application_materials"):
            yield Finding(("open_conditions",))


def interface_stays(pair: Pair, _: ChangeScene) -> Iterator[Finding]:
    """An interface that was given keeps its address, or the change is recorded (SYS-73(11))."""
    old, new = pair.before.api, pair.after.api
    if old and (new is None or new.endpoint != old.endpoint) and not pair.says(("moved", "removed"), "api"):
        yield Finding(("api",), {"old": shown(old.endpoint)})


def _renamed(pair: Pair) -> dict[str, str]:
    return {old: new for _, one in pair.fresh if one.kind in RENAMED for old, new in (one.names or {}).items()}


def _opens(dataset: Dataset) -> Iterator[tuple[str, int]]:
    for number, table in tables_of(dataset):
        yield table.name, number


NARROWING: dict[str, PairRule] = {
    "column-removed": columns_stay,
    "rename-unknown": renamed_to_what_is_there,
    "rows-removed": rows_stay,
    "column-emptied": columns_keep_their_values,
    "names-swapped": names_keep_their_meaning,
    "update-slower": update_keeps_its_pace,
    "coverage-narrower": coverage_stays,
    "scope-changed": scope_stays,
    "condition-added": no_conditions_are_added,
    "materials-unconfirmed": materials_follow_conditions,
    "interface-changed": interface_stays,
}
