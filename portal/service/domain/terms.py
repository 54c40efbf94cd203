"""By which day a case must be answered, and how that is told (requirements §2 D1-D4, D12, D13 and its clock rules).

No Django and no clock: the day is passed in. `None` means that the text sets no number ("promptly"): the age is
shown then, and no date is made up.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from portal.profile import Profile
from portal.service.domain.kinds import Kind
from portal.workdays import Calendar, Due, day_of, due, working_days_between


class Terms(NamedTuple):
    """A kind's limits in working days, the article's own promise, and the article."""

    wd: int | None
    cap_wd: int | None
    promise: str
    article: str | None
    cap_counts_from: str = "receipt"


class Clock(NamedTuple):
    """What runs for one case: the day it is due, and the last day to which it could be extended."""

    due: Due | None
    cap: Due | None


def terms_of(kind: Kind, profile: Profile) -> Terms:
    """The limits of a kind under a city's rules.

    The terms of feedback are for errors and omissions (SZ-10 错误、遗漏等情形); opinions are handled promptly (SZ-5¶5).
    """
    if kind is Kind.REQUEST:
        return Terms(profile.ooc.wd, profile.ooc.wd, profile.ooc.promise, profile.article_of("ooc"))
    feedback = profile.feedback
    if kind is Kind.OPINION:
        return Terms(None, None, "及时处理", None)
    longer = feedback.extension
    return Terms(
        feedback.wd,
        longer.max_wd if longer else feedback.wd,
        feedback.promise,
        profile.article_of("feedback"),
        longer.counts_from if longer else "receipt",
    )


def start_clock(received_at: datetime, terms: Terms, calendar: Calendar, *, count_first_day: bool = False) -> Clock:
    """The dates for something received at an aware instant. The extension's 30 days are the total (A1)."""
    if terms.wd is None:
        return Clock(None, None)
    received = day_of(received_at)
    first = due(received, terms.wd, calendar, count_first_day=count_first_day)
    if terms.cap_wd is None or terms.cap_wd == terms.wd:
        return Clock(first, first)
    start = received if terms.cap_counts_from == "receipt" else first.date
    return Clock(first, due(start, terms.cap_wd, calendar, count_first_day=count_first_day))


def is_overdue(due_on: date | None, today: date, answered_on: date | None = None) -> bool:
    """Computed, never stored: the last day has ended without an answer."""
    return due_on is not None and (answered_on or today) > due_on


class Timing(NamedTuple):
    """What is said about time, computed when it is asked."""

    text: str
    overdue: bool
    soon: bool


def timing(received_on: date, due_on: date | None, today: date, calendar: Calendar) -> Timing:
    """How people say it: 今天到期, 还有 3 个工作日, 已逾期 2 个工作日; without a limit the age."""
    if due_on is None:
        age = working_days_between(received_on, today, calendar)
        return Timing(f"无法定期限，已收到 {age} 个工作日", overdue=False, soon=False)
    if today > due_on:
        late = working_days_between(due_on, today, calendar)
        return Timing(f"已逾期 {late} 个工作日" if late else "已逾期", overdue=True, soon=False)
    left = working_days_between(today, due_on, calendar)
    if today == due_on:
        return Timing("今天到期", overdue=False, soon=True)
    return Timing(f"还有 {left} 个工作日", overdue=False, soon=left <= 2)


def later_of(old: date, new: Due) -> Due:
    """A recomputed due date: never earlier than the one already told to the submitter (service.md §5.3 rule 2)."""
    return Due(max(old, new.date), new.provisional)


def said_date(day: date) -> str:
    """2026年11月27日"""
    return f"{day.year}年{day.month}月{day.day}日"
