"""Rules about time and records: data move forward, releases are told and traced, what was written down stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from portal.checks.changes.shape import (
    ChangeScene,
    CityRule,
    Finding,
    Pair,
    PairRule,
    entry_path,
    releases_path,
)
from portal.model import Dataset, Release

KEPT = ("open_type_history", "changes", "evaluations", "reviews", "approvals")
"""Lists of an entry that only grow."""
SHOWN = 12


def data_move_forward(pair: Pair, _: ChangeScene) -> Iterator[Finding]:
    """The data date never goes back; a wrong one is corrected with a record."""
    old, new = pair.before.data_date, pair.after.data_date
    if new < old and not pair.says(("corrected",), "data_date"):
        yield Finding(("data_date",), {"old": str(old), "new": str(new)})


def new_data_say_what_is_new(pair: Pair, scene: ChangeScene) -> Iterator[Finding]:
    """Other data under the same data date are a correction: its release or a record says what was corrected (UPD-4)."""
    same_day = pair.before.data_date == pair.after.data_date
    if pair.data_changed and same_day and not any(one.kind in ("corrected", "removed") for _, one in pair.fresh):
        for _, one in _fresh_releases(pair, scene):
            if not one.note:
                yield Finding(("data_date",), {"release": one.release, "date": str(pair.after.data_date)})


def releases_have_notes(pair: Pair, scene: ChangeScene) -> Iterator[Finding]:
    """Each new release says in a line what it brings (UPD-4)."""
    if pair.before.data_date != pair.after.data_date:
        for number, one in _fresh_releases(pair, scene):
            if not one.note:
                yield Finding((number,), {"release": one.release}, releases_path(pair.after))


def releases_are_traced(pair: Pair, scene: ChangeScene) -> Iterator[Finding]:
    """A new release goes back to a review of exactly this content, or to a recurring one (AUD-4)."""
    covered = {one.covers for one in pair.after.reviews if one.result == "passed"}
    recurring = any(one.rules is not None for one in pair.after.reviews)
    for number, one in _fresh_releases(pair, scene):
        if one.digest not in covered and not recurring:
            values = {"release": one.release, "digest": one.digest[:SHOWN]}
            yield Finding((number, "digest"), values, releases_path(pair.after))


def records_stay(pair: Pair, _: ChangeScene) -> Iterator[Finding]:
    """Records are added, never changed or taken out (SYS-60¶1 「行为留痕」)."""
    for key in KEPT:
        present = getattr(pair.after, key)
        lost = [one for one in getattr(pair.before, key) if one not in present]
        if lost:
            days = "、".join(str(one.date) for one in lost)
            yield Finding((key,), {"key": key, "count": str(len(lost)), "names": days})


def rules_change_alone(scene: ChangeScene) -> Iterator[Finding]:
    """Another city's rules come in a change of their own: no dataset is judged by rules that it brings along."""
    then, now = scene.change.base.catalogue.portal.profile, scene.now.catalogue.portal.profile
    if then != now and scene.change.base.catalogue.datasets and scene.change.changed:
        yield Finding(("profile",), {"old": then, "new": now}, "catalog/portal.yml")


def entries_of_then_are_known(scene: ChangeScene) -> Iterator[Finding]:
    """An entry that could not be read in the base can't be compared; it is said, not passed over."""
    for one in scene.now.catalogue.datasets:
        if one.id in scene.change.base.broken:
            yield Finding((), {"id": one.id}, entry_path(one))


def withdrawn_files(
    datasets: tuple[Dataset, ...], digests: Mapping[str, Mapping[str, str]], blocked: frozenset[str]
) -> Iterator[tuple[Dataset, Finding]]:
    """A file that was withdrawn never comes back, under whatever name, in whatever entry (CLM-6).

    Asked in every run, not only of changes. `digests`: dataset id → path → sha-256 of the bytes.
    """
    for dataset in datasets:
        known = digests.get(dataset.id, {})
        for number, file in enumerate(dataset.files):
            if known.get(file.path) in blocked:
                yield (
                    dataset,
                    Finding(("files", number, "path"), {"file": file.path, "digest": known[file.path][:SHOWN]}),
                )


def _fresh_releases(pair: Pair, scene: ChangeScene) -> list[tuple[int, Release]]:
    known = {one.release for one in scene.releases(scene.change.base, pair.before)}
    now = scene.releases(scene.now, pair.after)
    return [(number, one) for number, one in enumerate(now) if one.release not in known]


PAIR_RULES: dict[str, PairRule] = {
    "data-date-back": data_move_forward,
    "data-date-same": new_data_say_what_is_new,
    "release-note": releases_have_notes,
    "release-untraced": releases_are_traced,
    "record-removed": records_stay,
}
CITY_RULES: dict[str, CityRule] = {"profile-changed": rules_change_alone, "base-unread": entries_of_then_are_known}
