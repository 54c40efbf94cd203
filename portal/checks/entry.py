"""Rules about one entry: access class, times, states, records. Each function is one rule, its first line says it."""

from __future__ import annotations

from collections.abc import Iterator

from portal.checks.shape import Finding, Rule, Scene, columns_of
from portal.model import Dataset
from portal.wording import WORDING


def conditional_is_complete(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """Conditional data state their conditions, the ground and the papers to hand in (OT-2, CAT-14, CND-1)."""
    if dataset.open_type == "conditional":
        wanted = ("open_ground", "open_conditions", "application_materials")
        missing = [key for key in wanted if not getattr(dataset, key)]
        if missing:
            yield Finding(("open_type",), _labels(missing, scene))


def not_open_has_a_ground(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """Data that are not opened say why (OT-2)."""
    if dataset.open_type == "not-open" and not dataset.open_ground:
        yield Finding(("open_type",), _labels(["open_ground"], scene))


def unconditional_has_no_conditions(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """Unconditional data have no conditions and ask for no papers (CAT-14)."""
    if dataset.open_type == "unconditional":
        for key in ("open_conditions", "application_materials"):
            if getattr(dataset, key):
                yield Finding((key,), _labels([key], scene))


def closed_data_stay_out(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """Only unconditional data lie in the repository: what lies there is public (OT-1)."""
    if dataset.open_type != "unconditional":
        folder = scene.root / "datasets" / dataset.department
        for index, file in enumerate(dataset.files):
            if ".." not in file.path and (folder / file.path).is_file():
                yield Finding(("files", index, "path"), {"file": file.path})


def data_are_there(dataset: Dataset, _: Scene) -> Iterator[Finding]:
    """A dataset has files, an API has its documentation, and neither has the other's (UPD-3)."""
    if dataset.data_type == "api":
        if dataset.api is None:
            yield Finding(("data_type",), {"wanted": "api", "present": "data_type: api"})
        if dataset.files:
            yield Finding(("files",), {"wanted": "data_type: dataset", "present": "files"})
    else:
        if not dataset.files:
            yield Finding(("data_type",), {"wanted": "files", "present": "data_type: dataset"})
        if dataset.api is not None:
            yield Finding(("api",), {"wanted": "data_type: api", "present": "api"})


def static_says_why(dataset: Dataset, _: Scene) -> Iterator[Finding]:
    """Static data say since when and why they are no longer updated (OT-7, SH-9(5))."""
    if dataset.status == "static" and not dataset.static_reason:
        yield Finding(("status",))


def data_date_has_come(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """The data speak for a day that has come (UPD-2)."""
    if dataset.data_date > scene.today:
        yield Finding(("data_date",), {"found": str(dataset.data_date), "today": str(scene.today)})


def period_runs_forward(dataset: Dataset, _: Scene) -> Iterator[Finding]:
    """A period ends after it begins."""
    period = dataset.temporal
    if period is not None and period.from_ > period.to:
        yield Finding(("temporal",), {"start": str(period.from_), "end": str(period.to)})


def records_have_happened(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """Reviews, evaluations, changes and the papers they stand on bear a day that has come."""
    for key in ("reviews", "evaluations", "open_type_history", "changes"):
        for index, record in enumerate(getattr(dataset, key)):
            papers = enumerate(getattr(record, "papers", ()))
            dated = [(("date",), record.date), *((("papers", number, "date"), one.date) for number, one in papers)]
            for keys, day in dated:
                if day > scene.today:
                    yield Finding((key, index, *keys), {"found": str(day), "today": str(scene.today)})


def history_ends_in_the_present(dataset: Dataset, _: Scene) -> Iterator[Finding]:
    """The last change of the open type led to the present one (OT-10)."""
    if dataset.open_type_history:
        last = max(enumerate(dataset.open_type_history), key=lambda item: (item[1].date, item[0]))
        if last[1].to != dataset.open_type:
            values = {"last": last[1].to, "present": dataset.open_type}
            yield Finding(("open_type_history", last[0], "to"), values)


def update_keeps_pace(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """Data are not updated less often than they arise (UPD-1, SH-9(5))."""
    arises, known = dataset.generation_frequency, scene.profile.frequencies
    if arises and dataset.status != "static" and known[dataset.update_frequency].rank > known[arises].rank:
        labels = {"update": known[dataset.update_frequency].label, "arises": known[arises].label}
        yield Finding(("update_frequency",), labels)


def exceptions_name_a_rule(dataset: Dataset, _: Scene) -> Iterator[Finding]:
    """An exception names a rule that exists."""
    for index, allowance in enumerate(dataset.allow):
        if allowance.rule not in WORDING:
            yield Finding(("allow", index, "rule"), {"found": allowance.rule})


def exceptions_name_a_column(dataset: Dataset, _: Scene) -> Iterator[Finding]:
    """An exception for one column names a column of the set."""
    known = columns_of(dataset) if dataset.allow else set()
    for index, allowance in enumerate(dataset.allow):
        if allowance.field and known and allowance.field not in known:
            yield Finding(("allow", index, "field"), {"found": allowance.field})


def _labels(keys: list[str], scene: Scene) -> dict[str, str]:
    names = scene.profile.labels.fields
    return {"labels": "、".join(f"{names.get(key, key)}（{key}）" for key in keys), "keys": ", ".join(keys)}


ENTRY_RULES: dict[str, Rule] = {
    "conditional-incomplete": conditional_is_complete,
    "not-open-ground": not_open_has_a_ground,
    "unconditional-conditions": unconditional_has_no_conditions,
    "closed-data-in-git": closed_data_stay_out,
    "data-type-mismatch": data_are_there,
    "static-reason": static_says_why,
    "data-date-future": data_date_has_come,
    "temporal-reversed": period_runs_forward,
    "record-future": records_have_happened,
    "type-history": history_ends_in_the_present,
    "update-too-slow": update_keeps_pace,
    "allow-unknown-rule": exceptions_name_a_rule,
    "allow-unknown-field": exceptions_name_a_column,
}
