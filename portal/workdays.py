"""Working days 工作日 (PRO-3): legal holidays and make-up workdays 调休, and by which day something is due.

The table is catalog/calendar.yml, one entry a year, copied from the State Council's yearly notice. The day of
receipt is day 0, the first working day after it is day 1, and a thing is due at the end of its last day
(Civil Code art 201). A year whose notice has not come yet gives the earliest date that any notice could lead to,
marked provisional, so that a promise never turns out too late for the law: entering the notice can only move it
to a later day. (Days decreed in the middle of a year, as in September 2015 and January 2020, nobody can foresee.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from pydantic import field_validator

from portal.settings import SHANGHAI
from portal.shape import Shape, told

ONE_DAY = timedelta(days=1)
SATURDAY = 5
NEAR = timedelta(days=14)  # make-up days of 2004-2026 lie at most 10 days from a festival; two weeks leave room
BRIDGE_FROM = 29  # the notice for a year has moved days of the December before: never earlier than the 29th
FRIDAY = 4
LONGEST_TERM = 400  # working days; the longest of the five texts is 30

_RANGE = re.compile(r"^(?:\S+ )?(\d\d-\d\d)(?:\.\.(\d\d-\d\d))?$")


class CalendarYear(Shape):
    """One year of the table. A range is `春节 02-15..02-23` or `02-15..02-23` or one day; all lie in that year."""

    notice: str | None = told(None, "通知文号", "国务院办公厅节假日安排通知的文号。", "国办发明电〔2025〕7号")
    off: tuple[str, ...] = told(..., "放假", "放假调休的日期。", ["春节 02-15..02-23"], min_length=1)
    work: tuple[str, ...] = told((), "调休上班", "须上班的周末。", ["02-14", "02-28"])

    @field_validator("off", "work")
    @classmethod
    def _each_is_a_range(cls, ranges: tuple[str, ...]) -> tuple[str, ...]:
        for text in ranges:
            _in_year(2024, text)  # a leap year: 02-29 is judged again with its own year
        return ranges


class CalendarFile(Shape):
    """catalog/calendar.yml as it is written."""

    years: dict[int, CalendarYear] = told(..., "已公布年份", "国务院已公布安排的年份。")
    festivals: dict[int, tuple[str, ...]] | None = told(None, "法定节日", "尚未公布安排的年份中依法必放假的日期。")

    @field_validator("years")
    @classmethod
    def _days_exist(cls, years: dict[int, CalendarYear]) -> dict[int, CalendarYear]:
        for year, entry in years.items():
            for text in (*entry.off, *entry.work):
                _in_year(year, text)
            both = _days(year, entry.off) & _days(year, entry.work)
            if both:
                raise ValueError(f"{min(both)} 既放假又上班")
            wrong = sorted(day for day in _days(year, entry.work) if day.weekday() < SATURDAY)
            if wrong:
                raise ValueError(f"{wrong[0]} 不是周末，不需要调休上班")
        return years


@dataclass(frozen=True)
class Calendar:
    """Which days are worked. Make one with `calendar_from`.

    `years` are those whose notice is in the table; `festivals` the legal days off of years that have none yet.
    """

    off: frozenset[date]
    work: frozenset[date]
    years: frozenset[int]
    festivals: frozenset[date] = frozenset()
    notices: dict[int, str | None] = field(default_factory=dict, hash=False)

    def is_certain(self, day: date) -> bool:
        """Whether a notice has settled this day for good.

        The last days of a known December stay open until the next year's notice, which may bridge them to
        New Year's Day, as those for 2007, 2008, 2012, 2019 and 2023 did; never when that day is a Friday.
        """
        if day.year not in self.years:
            return False
        open_end = day.month == 12 and day.day >= BRIDGE_FROM and day.year + 1 not in self.years
        return not open_end or date(day.year + 1, 1, 1).weekday() == FRIDAY

    def may_be_worked(self, day: date) -> bool:
        """Whether the day is a working day; where that is not settled, whether it could become one."""
        if self.is_certain(day):
            return day in self.work or (day.weekday() < SATURDAY and day not in self.off)
        if day in self.festivals:
            return False
        return day.weekday() < SATURDAY or self._could_be_made_up(day)

    def missing_year(self, today: date) -> int | None:
        """The year whose notice should be entered now: this one, or from 1 November the next (service.md §5.3)."""
        if today.year not in self.years:
            return today.year
        return today.year + 1 if today.month >= 11 and today.year + 1 not in self.years else None

    def _could_be_made_up(self, weekend: date) -> bool:
        if weekend.year in self.years:
            return True  # an open end of December
        if not any(day.year == weekend.year for day in self.festivals):
            return True  # nothing at all is known about that year
        nearby = (weekend + timedelta(days=n) for n in range(-NEAR.days, NEAR.days + 1))
        return any(day in self.festivals or (day.month, day.day) == (1, 1) for day in nearby)


class Due(NamedTuple):
    """By which day. `provisional`: a year's notice is missing, the date is the earliest possible one."""

    date: date
    provisional: bool


def due(received_on: date, working_days: int, calendar: Calendar, *, count_first_day: bool = False) -> Due:
    """The last of `working_days` working days after the day of receipt.

    `count_first_day` counts the day of receipt itself where it is worked; no text of the five says so.
    Raises ValueError for a term below 1 or above 400.
    """
    if not 1 <= working_days <= LONGEST_TERM:
        raise ValueError(f"a term of {working_days} working days is none")
    left, provisional = working_days, False
    for day in _from(received_on if count_first_day else received_on + ONE_DAY):
        provisional = provisional or not calendar.is_certain(day)
        left -= calendar.may_be_worked(day)
        if not left:
            return Due(day, provisional)
    raise AssertionError("days never end")


def working_days_between(first: date, last: date, calendar: Calendar) -> int:
    """How many working days lie after `first` up to and including `last`; 0 where `last` is not later."""
    return sum(calendar.may_be_worked(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))


def day_of(instant: datetime) -> date:
    """The day of an aware instant in Asia/Shanghai. Raises ValueError for an instant without a zone."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs its zone")
    return instant.astimezone(SHANGHAI).date()


def calendar_from(file: CalendarFile) -> Calendar:
    """The calendar that a file describes."""
    known = file.years.items()
    return Calendar(
        off=frozenset(day for year, entry in known for day in _days(year, entry.off)),
        work=frozenset(day for year, entry in known for day in _days(year, entry.work)),
        years=frozenset(file.years),
        festivals=frozenset(day for year, texts in (file.festivals or {}).items() for day in _days(year, texts)),
        notices={year: entry.notice for year, entry in known},
    )


def _days(year: int, ranges: tuple[str, ...]) -> set[date]:
    return {day for text in ranges for day in _in_year(year, text)}


def _in_year(year: int, text: str) -> list[date]:
    """The days of `春节 02-15..02-23`. Raises ValueError, in Chinese for the editor of the file."""
    found = _RANGE.match(text)
    if not found:
        raise ValueError(f"“{text}”应写成“春节 02-15..02-23”或“02-14”")
    try:
        first = date.fromisoformat(f"{year}-{found[1]}")
        last = date.fromisoformat(f"{year}-{found[2] or found[1]}")
    except ValueError:
        raise ValueError(f"“{text}”在 {year} 年不是真实的日期") from None
    if last < first:
        raise ValueError(f"“{text}”的起止颠倒")
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _from(day: date) -> Iterator[date]:
    while True:
        yield day
        day += ONE_DAY
