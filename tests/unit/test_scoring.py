"""Scores that were kept are those that would be found now, whatever changed since."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from rich.console import Console

from portal.facts import DatasetFacts
from portal.ledger import Ledger
from portal.pipeline import Checked, check
from portal.problems import Problem
from portal.progress import Progress
from portal.scoring import score_all
from tests.catalogues import make_catalogue, settings_for
from tests.samples import some_facts

TODAY = date(2026, 11, 24)
State = tuple[Checked, DatasetFacts, date]


@pytest.fixture
def city(tmp_path: Path) -> State:
    checked = check(settings_for(make_catalogue(tmp_path / "city")), Progress("zh", Console(file=io.StringIO())))
    return checked, some_facts(checked.reading.catalogue.datasets[0]), TODAY


def with_a_problem(city: State) -> State:
    """One whose findings count against accuracy."""
    found = Problem("pseudo-empty", "datasets/ylj/parks.csv", level="warning", dataset="parks", field="名称")
    return replace(city[0], problems=(*city[0].problems, found)), *city[1:]


def with_an_empty_cell(city: State) -> State:
    tables = tuple(one.model_copy(update={"rows": 9, "nulls": 3}) for one in city[1].tables)
    return city[0], city[1].model_copy(update={"tables": tables}), city[2]


def of_a_stricter_city(city: State) -> State:
    """Where data of last year are late."""
    known = city[0].reading.profile
    often = known.frequencies["annual"].model_copy(update={"months": 1, "grace": 0})
    profile = known.model_copy(update={"frequencies": {**known.frequencies, "annual": often}})
    return replace(city[0], reading=replace(city[0].reading, profile=profile)), *city[1:]


CHANGES: dict[str, Callable[[State], State]] = {
    "nothing": lambda city: city,
    "the day": lambda city: (*city[:2], TODAY + timedelta(days=3000)),
    "a problem": with_a_problem,
    "an empty cell": with_an_empty_cell,
    "the rules of the city": of_a_stricter_city,
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_kept_score_is_what_it_would_be(change: str, city: State, tmp_path: Path) -> None:
    def scored(state: State, ledger: Ledger | None) -> DatasetFacts:
        checked, facts, today = state
        return score_all([facts], checked, today, ledger)["parks"]

    first = Ledger(tmp_path / "cache")
    before = scored(city, first)
    first.close()
    now = CHANGES[change](city)
    second = Ledger(tmp_path / "cache")
    assert scored(now, second) == scored(now, None)
    assert (scored(now, second).quality == before.quality) == (change == "nothing")
    assert before.quality
    assert before.quality.overall is not None
