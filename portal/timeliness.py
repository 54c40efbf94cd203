"""Whether a dataset is up to date: the next due day and the state on a given day (UPD-2, OT-7).

The clock starts with the data date (the day the data speak for, never the build). Due day = data date plus the
period of the update frequency; the grace days of the profile come on top before anyone calls it overdue. Static data
and irregular ones have no due day.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal, NamedTuple

from portal.model import Dataset
from portal.profile import Frequency, Profile

State = Literal["current", "due_soon", "due", "overdue", "static", "no_rhythm"]

NAMES: dict[State, tuple[str, str]] = {
    "current": ("按期", "Up to date"),
    "due_soon": ("即将更新", "Due soon"),
    "due": ("待更新", "Due"),
    "overdue": ("逾期未更新", "Overdue"),
    "static": ("静态数据", "Static"),
    "no_rhythm": ("不定期更新", "No fixed rhythm"),
}


class Timeliness(NamedTuple):
    """The next due day (None: none) and the state; `days_late` counts from the due day, 0 before it."""

    due: date | None
    state: State
    days_late: int = 0


def timeliness(dataset: Dataset, profile: Profile, today: date) -> Timeliness:
    """How a dataset stands on a day.

    `due` is the time between the due day and the end of the grace; after it, `overdue`.
    """
    if dataset.status == "static":
        return Timeliness(None, "static")
    frequency = profile.frequencies[dataset.update_frequency]
    due = next_due(dataset.data_date, frequency)
    if due is None:
        return Timeliness(None, "no_rhythm")
    late = max(0, (today - due).days)
    if late > frequency.grace:
        return Timeliness(due, "overdue", late)
    if late:
        return Timeliness(due, "due", late)
    soon = due - timedelta(days=frequency.remind) <= today
    return Timeliness(due, "due_soon" if soon else "current")


def next_due(data_date: date, frequency: Frequency) -> date | None:
    """The day by which the next data are due; None without a fixed rhythm.

    Months are calendar months: 31 January plus one month is the last day of February, and the last day of a month
    stays the last day (30 June plus three months is 30 September, plus six 31 December).
    """
    if frequency.months:
        return months_later(data_date, frequency.months)
    if frequency.days:
        return data_date + timedelta(days=frequency.days)
    return None


def months_later(day: date, months: int) -> date:
    """So many calendar months on; the last day of a month stays the last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    was_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if was_last else min(day.day, last))
