"""Laws of working days: they count what they say, order is kept, and knowing less never promises more."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.workdays import Calendar, CalendarFile, calendar_from, due, working_days_between

TEXT = (Path(__file__).resolve().parents[2] / "catalog/calendar.yml").read_text("utf-8")
CALENDAR = calendar_from(CalendarFile.model_validate(yaml.load(TEXT, Loader=yaml.BaseLoader)))
RECEIVED = st.dates(date(2004, 1, 1), date(2045, 12, 31))
TERM = st.integers(1, 60)


@given(RECEIVED, TERM)
@settings(max_examples=200, deadline=None)
def test_exactly_so_many_working_days_lie_between(received: date, term: int) -> None:
    found = due(received, term, CALENDAR)
    assert working_days_between(received, found.date, CALENDAR) == term
    assert CALENDAR.may_be_worked(found.date)
    assert found.date > received


@given(RECEIVED, RECEIVED, TERM)
@settings(max_examples=200, deadline=None)
def test_who_comes_first_is_due_first(one: date, other: date, term: int) -> None:
    first, second = sorted((one, other))
    assert due(first, term, CALENDAR).date <= due(second, term, CALENDAR).date


@given(RECEIVED, TERM)
@settings(max_examples=200, deadline=None)
def test_a_longer_term_is_due_later(received: date, term: int) -> None:
    assert due(received, term, CALENDAR).date < due(received, term + 1, CALENDAR).date


@given(st.dates(date(2004, 1, 1), date(2026, 6, 30)), TERM, st.integers(2004, 2027))
@settings(max_examples=200, deadline=None)
def test_forgetting_years_never_makes_a_promise_later(received: date, term: int, until: int) -> None:
    """With no festivals known either, so that the loss is as great as it can be."""
    less = Calendar(off=CALENDAR.off, work=CALENDAR.work, years=frozenset(range(2004, until)))
    assert due(received, term, less).date <= due(received, term, CALENDAR).date
