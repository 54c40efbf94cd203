"""How much the portal is used: the daily sums of var/public/usage.json (written by portal/front/usage.py).

`{"days": {"2026-11-22": {"total": {views, downloads: {format: n}, api}, "datasets": {id: the same}}}}`. The sums hold
no address and tell nobody apart; docs/figures.md says what counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple

RECENT = 30
"""Days that `recent` covers, today included."""


class Use(NamedTuple):
    """Page views, files taken, answers of the query API."""

    views: int = 0
    downloads: int = 0
    api: int = 0

    def plus(self, other: Use) -> Use:
        """Both together."""
        return Use(self.views + other.views, self.downloads + other.downloads, self.api + other.api)


@dataclass(frozen=True)
class UseDay:
    """One day: of everything, by dataset, and the files taken by format."""

    day: date
    total: Use
    datasets: Mapping[str, Use] = field(default_factory=dict)
    formats: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Usage:
    """Every counted day up to `today`, oldest first. Falsy where nothing was counted yet."""

    days: tuple[UseDay, ...] = ()
    today: date = date.min

    def __bool__(self) -> bool:
        return bool(self.days)

    @cached_property
    def total(self) -> Use:
        """Since counting began."""
        return _sum(one.total for one in self.days)

    @cached_property
    def by_dataset(self) -> Mapping[str, Use]:
        """Id → its use since counting began; ids may be those of sets that have gone."""
        return _by_dataset(self.days)

    @cached_property
    def recent_days(self) -> tuple[UseDay, ...]:
        """The counted days among the last RECENT."""
        return tuple(one for one in self.days if one.day > self.today - timedelta(days=RECENT))

    @cached_property
    def recent(self) -> Mapping[str, Use]:
        """Id → its use in the last RECENT days."""
        return _by_dataset(self.recent_days)

    @cached_property
    def recent_total(self) -> Use:
        """The use of everything in the last RECENT days."""
        return _sum(one.total for one in self.recent_days)

    @cached_property
    def formats(self) -> Mapping[str, int]:
        """Format → files taken since counting began."""
        found: dict[str, int] = {}
        for one in self.days:
            for name, count in one.formats.items():
                found[name] = found.get(name, 0) + count
        return found


NO_USAGE = Usage()


def usage_from(tree: Any, today: date) -> Usage:
    """The sums of the days up to `today`. Raises ValueError, KeyError, TypeError, AttributeError for another shape."""
    days = (_day(date.fromisoformat(day), told) for day, told in sorted(tree["days"].items()))
    return Usage(tuple(one for one in days if one.day <= today), today)


def _day(day: date, told: Any) -> UseDay:
    return UseDay(
        day=day,
        total=_use(told["total"]),
        datasets={str(key): _use(one) for key, one in told["datasets"].items()},
        formats={str(key): int(count) for key, count in told["total"]["downloads"].items()},
    )


def _use(told: Any) -> Use:
    return Use(int(told["views"]), sum(int(count) for count in told["downloads"].values()), int(told["api"]))


def _sum(uses: Iterable[Use]) -> Use:
    found = Use()
    for one in uses:
        found = found.plus(one)
    return found


def _by_dataset(days: Iterable[UseDay]) -> Mapping[str, Use]:
    found: dict[str, Use] = {}
    for day in days:
        for key, one in day.datasets.items():
            found[key] = found.get(key, Use()).plus(one)
    return found
