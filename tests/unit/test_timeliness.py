"""Due days and states, worked out by hand on a calendar."""

from __future__ import annotations

from datetime import date

import pytest

from portal.model import Dataset
from portal.profile import load_profile
from portal.timeliness import NAMES, State, next_due, timeliness
from tests.catalogues import ENTRY, changed

PROFILE = load_profile("suzhou")


def a_set(**changes: object) -> Dataset:
    return Dataset.model_validate({"id": "parks", "department": "ylj", **changed(ENTRY, changes)})


@pytest.mark.parametrize(
    ("data_date", "frequency", "due"),
    [
        ("2026-11-21", "daily", "2026-11-22"),
        ("2026-11-21", "realtime", "2026-11-22"),
        ("2026-11-01", "weekly", "2026-11-08"),
        ("2026-01-31", "monthly", "2026-02-28"),
        ("2024-01-31", "monthly", "2024-02-29"),
        ("2026-01-15", "monthly", "2026-02-15"),
        ("2026-02-28", "monthly", "2026-03-31"),
        ("2026-06-30", "quarterly", "2026-09-30"),
        ("2026-06-30", "semiannual", "2026-12-31"),
        ("2025-12-31", "annual", "2026-12-31"),
        ("2024-02-29", "annual", "2025-02-28"),
        ("2023-02-28", "annual", "2024-02-29"),
        ("2023-06-30", "biennial", "2025-06-30"),
        ("2023-06-30", "irregular", None),
    ],
)
def test_next_due(data_date: str, frequency: str, due: str | None) -> None:
    got = next_due(date.fromisoformat(data_date), PROFILE.frequencies[frequency])
    assert got == (date.fromisoformat(due) if due else None)


@pytest.mark.parametrize(
    ("today", "state", "late"),
    [  # monthly, data of 30 September: due 31 October, reminded 5 days before, 10 days forgiven
        ("2026-10-25", "current", 0),
        ("2026-10-26", "due_soon", 0),
        ("2026-10-31", "due_soon", 0),
        ("2026-11-01", "due", 1),
        ("2026-11-10", "due", 10),
        ("2026-11-11", "overdue", 11),
    ],
)
def test_states_of_monthly_data(today: str, state: State, late: int) -> None:
    got = timeliness(a_set(update_frequency="monthly", data_date="2026-09-30"), PROFILE, date.fromisoformat(today))
    assert got == (date(2026, 10, 31), state, late)


def test_static_data_are_never_overdue() -> None:
    got = timeliness(a_set(status="static", static_reason="2001 年停止更新"), PROFILE, date(2050, 1, 1))
    assert got == (None, "static", 0)


def test_irregular_data_have_no_due_day() -> None:
    assert timeliness(a_set(update_frequency="irregular"), PROFILE, date(2050, 1, 1)) == (None, "no_rhythm", 0)


def test_every_frequency_and_state_has_a_name() -> None:
    from typing import get_args

    from portal.model import Frequency

    assert set(PROFILE.frequencies) == set(get_args(Frequency))
    assert set(NAMES) == set(get_args(State))
