"""Working days: the hand-worked tables, the two outside witnesses, and years that nobody knows yet."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from chinese_calendar import is_workday
from pydantic import ValidationError

from portal.workdays import Calendar, CalendarFile, Due, calendar_from, day_of, due, working_days_between

ROOT = Path(__file__).resolve().parents[2]
DAY = timedelta(days=1)


def read(text: str) -> CalendarFile:
    return CalendarFile.model_validate(yaml.load(text, Loader=yaml.BaseLoader))


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return calendar_from(read((ROOT / "catalog/calendar.yml").read_text("utf-8")))


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@pytest.mark.parametrize(
    ("received", "term", "expected"),
    [
        # Spring Festival 2026: 15-23 February off, Saturdays 14 and 28 February worked
        ("2026-02-13", 5, "2026-02-27"),
        ("2026-02-13", 10, "2026-03-05"),
        ("2026-02-14", 5, "2026-02-28"),
        ("2026-02-18", 1, "2026-02-24"),
        ("2026-02-27", 1, "2026-02-28"),
        # Mid-Autumn 25-27 September, Golden Week 1-7 October; Sunday 20 September and Saturday 10 October worked
        ("2026-09-18", 5, "2026-09-24"),
        ("2026-09-19", 1, "2026-09-20"),
        ("2026-09-24", 5, "2026-10-09"),
        ("2026-09-30", 3, "2026-10-10"),
        ("2026-09-30", 5, "2026-10-13"),
        ("2026-10-03", 5, "2026-10-13"),
        ("2026-10-09", 2, "2026-10-12"),
        # Golden Week 2025: 1-8 October off, Sunday 28 September and Saturday 11 October worked
        ("2025-09-26", 5, "2025-10-10"),
        ("2025-09-30", 3, "2025-10-11"),
        # an ordinary week, and the last days that the table of 2026 can settle
        ("2026-11-20", 5, "2026-11-27"),
        ("2026-12-24", 5, "2026-12-31"),
        ("2026-12-17", 10, "2026-12-31"),
        ("2026-11-19", 30, "2026-12-31"),
    ],
)
def test_hand_worked_tables(calendar: Calendar, received: str, term: int, expected: str) -> None:
    assert due(date.fromisoformat(received), term, calendar) == Due(date.fromisoformat(expected), provisional=False)


def test_a_year_without_notice_gives_a_provisional_date(calendar: Calendar) -> None:
    """28 December 2026 + 5: 29, 30, 31 December; New Year's Day is off by law; the weekend after it may be worked."""
    assert due(date(2026, 12, 28), 5, calendar) == Due(date(2027, 1, 3), provisional=True)
    assert due(date(2026, 11, 20), 30, calendar).provisional
    assert due(date(2051, 3, 1), 5, calendar) == Due(date(2051, 3, 6), provisional=True)  # nothing known: every day


def test_the_weekend_before_a_new_year_that_nobody_has_listed_may_be_worked(calendar: Calendar) -> None:
    """The notice for 2012 made Saturday 31 December 2011 a working day: New Year is off by law in every year."""
    until_2027 = replace(calendar, festivals=frozenset(day for day in calendar.festivals if day.year <= 2027))
    assert due(date(2027, 12, 24), 1, until_2027) == Due(date(2027, 12, 25), provisional=True)
    assert due(date(2027, 11, 26), 1, until_2027) == Due(date(2027, 11, 29), provisional=True)  # five weeks before


def test_agrees_with_both_witnesses_on_every_day(calendar: Calendar) -> None:
    """chinesecalendar, and the list of chinese-days 1.5.7 (npm, MIT), which lies beside this test."""
    with Path(__file__).with_name("holidays-china.csv").open(encoding="utf-8") as file:
        kinds = {date.fromisoformat(row["日期"]): row["类型"] for row in csv.DictReader(file)}
    for day in days(date(2004, 1, 1), date(2026, 12, 31)):
        listed = kinds[day] == "调休上班" if day in kinds else day.weekday() < 5
        assert calendar.may_be_worked(day) == is_workday(day) == listed, day


def test_a_guess_is_never_later_than_the_truth(calendar: Calendar) -> None:
    """Forget each year in turn, as it was before its notice came: the promise must not exceed what came true.

    Left out: 3, 4 and 6 September 2015 and the longer New Year of 2020, decreed in the middle of a known year.
    """
    earlier = 0
    decreed = {date(2015, 9, n) for n in (3, 4, 6)} | {date(2020, 1, 31), date(2020, 2, 1), date(2020, 2, 2)}
    calendar = replace(calendar, off=calendar.off - decreed, work=calendar.work - decreed)
    for year in range(2009, 2027):
        festivals = frozenset(legal_days_off(year, calendar))
        moved = set(days(date(year - 1, 12, 29), date(year - 1, 12, 31)))
        known = frozenset(range(2004, year))
        before = Calendar(
            off=frozenset(d for d in calendar.off if d.year < year) - moved,
            work=frozenset(d for d in calendar.work if d.year < year) - moved,
            years=known,
            festivals=festivals,
        )
        for received in days(date(year - 1, 11, 1), date(year, 10, 31)):
            for term in (1, 2, 5, 10, 30):
                guess, truth = due(received, term, before), due(received, term, calendar)
                assert guess.date <= truth.date, (received, term)
                assert guess.provisional or guess == truth, (received, term)
                earlier += (truth.date - guess.date).days
    assert earlier / (18 * 365 * 5) < 4  # and it is not absurdly early: less than four days on average


def legal_days_off(year: int, calendar: Calendar) -> list[date]:
    """The days off by law of the years 2009-2026, by hand-kept table: lunar New Year, Qingming, Duanwu, Mid-Autumn."""
    lunar = {
        2009: ("01-26", "04-04", "05-28", "10-03"), 2010: ("02-14", "04-05", "06-16", "09-22"),
        2011: ("02-03", "04-05", "06-06", "09-12"), 2012: ("01-23", "04-04", "06-23", "09-30"),
        2013: ("02-10", "04-04", "06-12", "09-19"), 2014: ("01-31", "04-05", "06-02", "09-08"),
        2015: ("02-19", "04-05", "06-20", "09-27"), 2016: ("02-08", "04-04", "06-09", "09-15"),
        2017: ("01-28", "04-04", "05-30", "10-04"), 2018: ("02-16", "04-05", "06-18", "09-24"),
        2019: ("02-05", "04-05", "06-07", "09-13"), 2020: ("01-25", "04-04", "06-25", "10-01"),
        2021: ("02-12", "04-04", "06-14", "09-21"), 2022: ("02-01", "04-05", "06-03", "09-10"),
        2023: ("01-22", "04-05", "06-22", "09-29"), 2024: ("02-10", "04-04", "06-10", "09-17"),
        2025: ("01-29", "04-04", "05-31", "10-06"), 2026: ("02-17", "04-05", "06-19", "09-25"),
    }  # fmt: skip
    new_year, *others = (date.fromisoformat(f"{year}-{text}") for text in lunar[year])
    fixed = [date(year, 1, 1), date(year, 5, 1), *(date(year, 10, n) for n in (1, 2, 3))]
    result = [*fixed, *others, new_year, new_year + DAY, new_year + 2 * DAY]
    assert not [day for day in result if calendar.may_be_worked(day)]
    return result


def test_entering_the_notice_only_moves_a_date_later(calendar: Calendar) -> None:
    text = "years: {2027: {notice: 示例, off: [元旦 01-01..01-03, 春节 02-05..02-11], work: [01-30, 02-20]}}"
    with_2027 = calendar_from(read(text))
    known = Calendar(
        off=calendar.off | with_2027.off, work=calendar.work | with_2027.work, years=calendar.years | {2027}
    )
    assert due(date(2026, 12, 28), 5, known) == Due(date(2027, 1, 5), provisional=False)


def test_the_open_end_of_december(calendar: Calendar) -> None:
    """Before the notice for 2019 came, Saturday 29 December 2018 could be worked, and was."""
    unaware = Calendar(off=frozenset(), work=frozenset(), years=frozenset({2018}))
    assert not unaware.is_certain(date(2018, 12, 31))
    assert due(date(2018, 12, 28), 1, unaware) == Due(date(2018, 12, 29), provisional=True)
    assert due(date(2018, 12, 28), 1, calendar) == Due(date(2018, 12, 29), provisional=False)
    assert calendar.is_certain(date(2026, 12, 31))  # 1 January 2027 is a Friday: nothing to bridge


def test_the_operator_is_told_of_a_missing_year(calendar: Calendar) -> None:
    assert calendar.missing_year(date(2026, 10, 31)) is None
    assert calendar.missing_year(date(2026, 11, 1)) == 2027
    assert calendar.missing_year(date(2027, 3, 1)) == 2027


def test_terms_that_are_none(calendar: Calendar) -> None:
    for term in (0, -1, 401):
        with pytest.raises(ValueError, match="working days is none"):
            due(date(2026, 3, 2), term, calendar)


def test_the_first_day_counts_only_where_a_rule_says_so(calendar: Calendar) -> None:
    assert due(date(2026, 3, 2), 5, calendar, count_first_day=True).date == date(2026, 3, 6)
    assert due(date(2026, 3, 2), 5, calendar).date == date(2026, 3, 9)


def test_elapsed_working_days(calendar: Calendar) -> None:
    assert working_days_between(date(2026, 9, 30), date(2026, 10, 12), calendar) == 4  # 8, 9, 10 (Saturday), 12
    assert working_days_between(date(2026, 10, 12), date(2026, 10, 1), calendar) == 0


def test_the_day_is_that_of_shanghai() -> None:
    assert day_of(datetime(2026, 11, 22, 16, 0, tzinfo=UTC)) == date(2026, 11, 23)
    assert day_of(datetime(2026, 11, 22, 15, 59, 59, tzinfo=UTC)) == date(2026, 11, 22)
    with pytest.raises(ValueError, match="zone"):
        day_of(datetime(2026, 11, 22))


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("{off: [春节 2-15]}", "应写成"),
        ("{off: [02-30]}", "不是真实的日期"),
        ("{off: [02-23..02-15]}", "起止颠倒"),
        ("{off: [02-15], work: [02-15]}", "既放假又上班"),
        ("{off: [02-15], work: [02-16]}", "不是周末"),
        ("{off: []}", "at least 1"),
    ],
)
def test_slips_in_the_file_are_named(entry: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        read(f"years: {{2026: {entry}}}")
