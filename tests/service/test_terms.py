"""Due dates by every city's rules, and how they are told."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from portal.profile import load_profile
from portal.service.domain.kinds import Kind
from portal.service.domain.terms import Terms, is_overdue, later_of, start_clock, terms_of, timing
from portal.service.rules import load_calendar
from portal.settings import CODE, SHANGHAI
from portal.workdays import Calendar, Due


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return load_calendar(CODE)


@pytest.mark.parametrize(
    ("city", "correction", "request_wd"),
    [
        ("shanghai", (None, None), None),
        ("suzhou-draft", (5, 30), 10),
        ("suzhou", (5, 30), 10),
        ("wuxi", (None, None), None),
        ("shuangyashan", (5, 5), None),
    ],
)
def test_limits_are_the_citys(city: str, correction: tuple[int | None, int | None], request_wd: int | None) -> None:
    profile = load_profile(city)
    terms = terms_of(Kind.CORRECTION, profile)
    assert (terms.wd, terms.cap_wd) == correction
    assert terms_of(Kind.REQUEST, profile).wd == request_wd
    assert terms_of(Kind.OPINION, profile).wd is None
    assert all(terms_of(kind, profile).promise for kind in Kind)


def test_the_clock_counts_from_the_day_of_receipt_in_shanghai(calendar: Calendar) -> None:
    terms = Terms(5, 30, "", None)
    clock = start_clock(datetime(2026, 2, 13, 23, 59, tzinfo=SHANGHAI), terms, calendar)
    assert clock == (Due(date(2026, 2, 27), False), Due(date(2026, 4, 2), False))
    utc_evening = datetime.fromisoformat("2026-02-13T16:30:00+00:00")  # already 14 February in Shanghai
    first = start_clock(utc_evening, terms, calendar).due
    assert first == Due(date(2026, 2, 28), False)


def test_the_cap_is_the_total_or_counts_from_the_due_date(calendar: Calendar) -> None:
    received = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)
    total = start_clock(received, Terms(5, 30, "", None, "receipt"), calendar)
    extra = start_clock(received, Terms(5, 30, "", None, "due"), calendar)
    assert total.due == extra.due == Due(date(2026, 3, 9), False)
    assert total.cap == Due(date(2026, 4, 14), False)  # Qingming, 4-6 April, lies between
    assert extra.cap == Due(date(2026, 4, 21), False)
    assert start_clock(received, Terms(None, None, "及时", None), calendar) == (None, None)


@pytest.mark.parametrize(
    ("today", "text", "overdue", "soon"),
    [
        ("2026-09-24", "还有 5 个工作日", False, False),
        ("2026-10-01", "还有 2 个工作日", False, True),
        ("2026-10-08", "还有 1 个工作日", False, True),
        ("2026-10-09", "今天到期", False, True),
        ("2026-10-10", "已逾期 1 个工作日", True, False),
        ("2026-10-11", "已逾期 1 个工作日", True, False),
        ("2026-10-12", "已逾期 2 个工作日", True, False),
    ],
)
def test_time_as_people_say_it(calendar: Calendar, today: str, text: str, overdue: bool, soon: bool) -> None:
    told = timing(date(2026, 9, 24), date(2026, 10, 9), date.fromisoformat(today), calendar)
    assert told == (text, overdue, soon)


def test_without_a_limit_the_age_is_told(calendar: Calendar) -> None:
    told = timing(date(2026, 9, 24), None, date(2026, 10, 9), calendar)
    assert told == ("无法定期限，已收到 5 个工作日", False, False)


def test_overdue_is_computed() -> None:
    assert is_overdue(date(2026, 10, 9), date(2026, 10, 10))
    assert not is_overdue(date(2026, 10, 9), date(2026, 10, 9))
    assert not is_overdue(date(2026, 10, 9), date(2027, 1, 1), answered_on=date(2026, 10, 9))
    assert not is_overdue(None, date(2026, 10, 10))


def test_a_promise_never_moves_to_an_earlier_day() -> None:
    assert later_of(date(2027, 1, 3), Due(date(2027, 1, 6), False)) == Due(date(2027, 1, 6), False)
    assert later_of(date(2027, 1, 9), Due(date(2027, 1, 6), False)) == Due(date(2027, 1, 9), False)
