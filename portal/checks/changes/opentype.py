"""Rules about a changed open type that every city has: it is recorded, and what opens more has been made fit for it."""

from __future__ import annotations

from collections.abc import Iterator

from portal.checks.changes.downgrades import RANK
from portal.checks.changes.shape import ChangeScene, Finding, NewRule, Pair, PairRule
from portal.model import Dataset
from portal.records import TypeChange

FIT = frozenset({"masking", "de-identification", "declassification"})
"""脱敏, 去标识, 脱密."""


def change_is_recorded(pair: Pair, scene: ChangeScene) -> Iterator[Finding]:
    """A changed open type is written down in the same change: when, from what to what, why (OT-10)."""
    before, after = pair.before, pair.after
    if before.open_type != after.open_type and _record(pair) is None:
        names = scene.profile.labels
        values = {"old": names.open_type_name(before.open_type), "new": names.open_type_name(after.open_type)}
        yield Finding(("open_type",), {**values, "old_key": before.open_type, "new_key": after.open_type})


def closed_data_are_made_fit(pair: Pair, scene: ChangeScene) -> Iterator[Finding]:
    """Not-open data are opened only after processing, or with the consent of those concerned (OT-4)."""
    if pair.before.open_type == "not-open" != pair.after.open_type:
        record = _record(pair)
        yield from _unfit(pair.after, record[1] if record else None, scene)


def opened_data_were_evaluated(pair: Pair, _: ChangeScene) -> Iterator[Finding]:
    """Conditional data become unconditional after an evaluation (OT-5)."""
    if (pair.before.open_type, pair.after.open_type) == ("conditional", "unconditional"):
        record = _record(pair)
        yield from _unevaluated(pair.after, record[1] if record else None)


def resource_catalogue_follows(pair: Pair, scene: ChangeScene) -> Iterator[Finding]:
    """SZ: the resource catalogue gets the new open type too (SZ-8¶3 「并调整公共数据资源目录中的开放类型」)."""
    is_upgrade = RANK[pair.after.open_type] < RANK[pair.before.open_type]
    from_conditional = pair.before.open_type == "conditional"
    if is_upgrade and from_conditional and scene.profile.open_type.upgrade_updates_resource_catalog:
        record = _record(pair)
        if record is None or not _has(record[1], "resource-catalogue"):
            yield Finding(("open_type_history", record[0]) if record else ("open_type",))


def new_entry_was_made_fit(dataset: Dataset, scene: ChangeScene) -> Iterator[Finding]:
    """The same for an entry that comes from outside the public repository, where not-open entries live (OT-4)."""
    for one in dataset.open_type_history:
        if one.from_ == "not-open" and dataset.open_type != "not-open":
            yield from _unfit(dataset, one, scene)


def _record(pair: Pair) -> tuple[int, TypeChange] | None:
    """The record that this change brings of this very change."""
    for number, one in enumerate(pair.after.open_type_history):
        fresh = one not in pair.before.open_type_history
        if fresh and (one.from_, one.to) == (pair.before.open_type, pair.after.open_type):
            return number, one
    return None


def _unfit(dataset: Dataset, record: TypeChange | None, _: ChangeScene) -> Iterator[Finding]:
    processed = any(one.kind in FIT for one in dataset.processing)
    if not processed and not (record and _has(record, "consent")):
        yield Finding(("open_type",))


def _unevaluated(dataset: Dataset, record: TypeChange | None) -> Iterator[Finding]:
    """An evaluation since the last change before this one, not after this one."""
    earlier = [one.date for one in dataset.open_type_history if one is not record]
    since = max(earlier, default=None)
    for one in dataset.evaluations:
        if (since is None or one.date >= since) and (record is None or one.date <= record.date):
            return
    yield Finding(("open_type",))


def _has(record: TypeChange, kind: str) -> bool:
    return any(one.kind == kind for one in record.papers)


PAIR_RULES: dict[str, PairRule] = {
    "type-change-unrecorded": change_is_recorded,
    "upgrade-processing": closed_data_are_made_fit,
    "upgrade-evaluation": opened_data_were_evaluated,
    "upgrade-resource-catalogue": resource_catalogue_follows,
}
NEW_RULES: dict[str, NewRule] = {"upgrade-processing": new_entry_was_made_fit}
