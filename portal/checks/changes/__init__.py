"""Rules about a change: what stands now, judged against what it was made from. One row a rule; the city decides levels.

A pair is a dataset that stands in both catalogues, a renamed one included. Rules about a pair run where people could
see it before or after; what was never public can't be taken from them. Cases are downgrades with the record that they
have or lack: of the open type, of parts, of whole datasets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from portal.changefacts import DatasetDifference
from portal.checks.changes import addresses, history, narrowing, opentype
from portal.checks.changes.downgrades import CASE_RULES, Case, part_cases, type_case, withdrawal_case
from portal.checks.changes.shape import (
    Changed,
    ChangedDataset,
    ChangeScene,
    CityRule,
    Finding,
    GoneRule,
    NewRule,
    Pair,
    PairRule,
    entry_path,
)
from portal.checks.shape import Read
from portal.model import Dataset
from portal.problems import Problem, in_order
from portal.settings import Settings

PAIR_RULES: dict[str, PairRule] = {
    **opentype.PAIR_RULES,
    **narrowing.NARROWING,
    **addresses.PAIR_RULES,
    **history.PAIR_RULES,
}
GONE_RULES: dict[str, GoneRule] = addresses.GONE_RULES
NEW_RULES: dict[str, NewRule] = opentype.NEW_RULES
CITY_RULES: dict[str, CityRule] = {**addresses.CITY_RULES, **history.CITY_RULES}
WITHDRAWN = "withdrawn-file"
CHANGE_WARNINGS = frozenset({"release-note", "materials-unconfirmed", "base-unread"})
"""Rules that warn where the city says nothing else."""
AFTER_A_DOWNGRADE = frozenset(
    {*opentype.PAIR_RULES, "alias-removed", "release-removed", "release-altered", *history.PAIR_RULES}
)
"""Of data that are closed as a whole, nothing more is told about the parts that go with it."""

Told = tuple[str, Finding]


def check_changes(
    change: Changed, reading: Read, settings: Settings, differences: Sequence[DatasetDifference] = ()
) -> list[Problem]:
    """Judge a change: every rule on every dataset that is not as it was, and on what the city keeps as a whole.

    `differences` are the compared rows of the changed datasets, by present id; without them no rows are counted.
    """
    scene = ChangeScene(reading, change, settings.today, {one.id: one for one in differences})
    problems = [problem for one in change.changed for problem in _of_dataset(one, scene)]
    for rule, judge in CITY_RULES.items():
        problems += (_problem(rule, finding, scene, None) for finding in judge(scene))
    return in_order(problems)


def check_withdrawn(reading: Read, digests: Mapping[str, Mapping[str, str]], blocked: frozenset[str]) -> list[Problem]:
    """Withdrawn files that came back. `blocked` are digests of releases and of files; asked in every run."""
    found = history.withdrawn_files(reading.catalogue.datasets, digests, blocked)
    problems = []
    for dataset, finding in found:
        path, line = reading.where(entry_path(dataset), *finding.keys)
        values = {"title": dataset.title, **finding.values}
        problems.append(Problem(WITHDRAWN, path, line, values, dataset=dataset.id))
    return problems


def _of_dataset(one: ChangedDataset, scene: ChangeScene) -> Iterator[Problem]:
    if one.before and one.after:
        pair = Pair(one.before, one.after, one.data_changed)
        if one.before.is_listed or one.after.is_listed:
            yield from (_problem(rule, finding, scene, one.after) for rule, finding in _of_pair(pair, scene))
    elif one.before:
        yield from (_problem(rule, finding, scene, one.before) for rule, finding in _of_gone(one.before, scene))
    elif one.after:
        for rule, judge in NEW_RULES.items():
            yield from (_problem(rule, finding, scene, one.after) for finding in judge(one.after, scene))


def _of_pair(pair: Pair, scene: ChangeScene) -> Iterator[Told]:
    case = type_case(pair)
    for rule, judge in PAIR_RULES.items():
        if case is None or rule in AFTER_A_DOWNGRADE:
            yield from ((rule, finding) for finding in judge(pair, scene))
    yield from _of_cases([case] if case else part_cases(pair), scene)


def _of_gone(dataset: Dataset, scene: ChangeScene) -> Iterator[Told]:
    for rule, judge in GONE_RULES.items():
        yield from ((rule, finding) for finding in judge(dataset, scene))
    stone = scene.withdrawn.get(dataset.id)
    if stone and dataset.is_listed:
        yield from _of_cases([withdrawal_case(dataset, stone)], scene)


def _of_cases(cases: Iterator[Case] | list[Case], scene: ChangeScene) -> Iterator[Told]:
    for case in cases:
        for rule, judge in CASE_RULES.items():
            yield from ((rule, finding) for finding in judge(case, scene))


def _problem(rule: str, finding: Finding, scene: ChangeScene, dataset: Dataset | None) -> Problem:
    path = finding.path or (entry_path(dataset) if dataset else "catalog/portal.yml")
    is_gone = dataset is not None and finding.path is None and dataset.id not in scene.present
    path, line = (scene.change.base if is_gone else scene.now).where(path, *finding.keys)
    named = dataset.id if dataset else None
    return Problem(rule, path, line, finding.values, dataset=named, field=finding.column)


__all__ = [
    "CASE_RULES",
    "CHANGE_WARNINGS",
    "CITY_RULES",
    "GONE_RULES",
    "NEW_RULES",
    "PAIR_RULES",
    "check_changes",
    "check_withdrawn",
]
