"""By which day a case must be answered, and how that is told (requirements §2 D1-D4, D12, D13 and its clock rules).

No Django and no clock: the day is passed in. `None` means that the text sets no number ("promptly"): the age is
shown then, and no date is made up.
"""

from __future__ import annotations

from calendar import month_name
from datetime import date, datetime
from typing import Literal, NamedTuple

from portal.profile import OocRules, Profile, ResultRules
from portal.service.domain.articles import article_in_english
from portal.service.domain.kinds import Kind
from portal.workdays import Calendar, Due, day_of, due, working_days_between

Lang = Literal["zh", "en"]


class Terms(NamedTuple):
    """A kind's limits in working days, the article's own promise, and the article."""

    wd: int | None
    cap_wd: int | None
    promise: str
    article: str | None
    cap_counts_from: str = "receipt"
    promise_en: str = "promptly"
    article_en: str | None = None


class Clock(NamedTuple):
    """What runs for one case: the day it is due, and the last day to which it could be extended."""

    due: Due | None
    cap: Due | None


_PLAIN = {Kind.REQUEST: "ooc", Kind.RESULT: "results"}
"""Kinds whose section of the profile knows one term and no extension."""


def terms_of(kind: Kind, profile: Profile) -> Terms:
    """The limits of a kind under a city's rules.

    The terms of feedback are for errors and omissions (SZ-10 错误、遗漏等情形); opinions are handled promptly (SZ-5¶5).
    """
    if kind in _PLAIN:
        section = _PLAIN[kind]
        rules: OocRules | ResultRules = getattr(profile, section)
        article, article_en = profile.article_of(section), article_in_english(profile, section)
        return Terms(rules.wd, rules.wd, rules.promise, article, promise_en=rules.promise_en, article_en=article_en)
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
        feedback.promise_en,
        article_in_english(profile, "feedback"),
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


def timing(received_on: date, due_on: date | None, today: date, calendar: Calendar, *, lang: Lang = "zh") -> Timing:
    """How people say it: 今天到期, 还有 3 个工作日, 已逾期 2 个工作日; without a limit the age."""
    if due_on is None:
        age = working_days_between(received_on, today, calendar)
        return Timing(_said("age", age, lang), overdue=False, soon=False)
    if today > due_on:
        late = working_days_between(due_on, today, calendar)
        return Timing(_said("late" if late else "just-late", late, lang), overdue=True, soon=False)
    left = working_days_between(today, due_on, calendar)
    if today == due_on:
        return Timing(_said("today", 0, lang), overdue=False, soon=True)
    return Timing(_said("left", left, lang), overdue=False, soon=left <= 2)


_TIMES: dict[str, tuple[str, str]] = {
    "age": ("无法定期限，已收到 {n} 个工作日", "no day is set by law; received {days} ago"),
    "late": ("已逾期 {n} 个工作日", "{days} overdue"),
    "just-late": ("已逾期", "overdue"),
    "today": ("今天到期", "due today"),
    "left": ("还有 {n} 个工作日", "{days} left"),
}


def _said(key: str, count: int, lang: Lang) -> str:
    days = "1 working day" if count == 1 else f"{count} working days"
    return _TIMES[key][lang == "en"].format(n=count, days=days)


def later_of(old: date, new: Due) -> Due:
    """A recomputed due date: never earlier than the one already told to the submitter (service.md §5.3 rule 2)."""
    return Due(max(old, new.date), new.provisional)


def said_date(day: date, lang: Lang = "zh") -> str:
    """2026年11月27日, 27 November 2026"""
    return f"{day.day} {month_name[day.month]} {day.year}" if lang == "en" else f"{day.year}年{day.month}月{day.day}日"
