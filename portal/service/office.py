"""What every request handler needs, put together once: clock, keys, live catalogue, rules, calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from portal.profile import Profile
from portal.service.domain.kinds import Kind
from portal.service.domain.terms import Clock, Terms, start_clock, terms_of
from portal.service.keys import Keys
from portal.service.profiles import Profiles
from portal.service.published import Live, Published
from portal.service.rules import Calendars
from portal.service.surroundings import Surroundings
from portal.workdays import Calendar


@dataclass(frozen=True)
class Office:
    """The service's surroundings, in use. One a process."""

    surroundings: Surroundings
    keys: Keys
    live: Live
    calendars: Calendars
    profiles: Profiles

    def now(self) -> datetime:
        """The instant, aware."""
        return self.surroundings.now()

    @property
    def published(self) -> Published:
        """The live catalogue."""
        return self.live.catalogue()

    @property
    def profile(self) -> Profile:
        """The rules of the city whose catalogue is live."""
        return self.profiles.get(self.published.profile)

    @property
    def calendar(self) -> Calendar:
        """Working days."""
        return self.calendars.get()

    def terms(self, kind: Kind) -> Terms:
        """A kind's limits."""
        return terms_of(kind, self.profile)

    def clock(self, kind: Kind, received_at: datetime) -> Clock:
        """By when something received then is due."""
        return start_clock(
            received_at, self.terms(kind), self.calendar, count_first_day=self.profile.calendar.count_first_day
        )


@cache
def office() -> Office:
    """The office of this process, from Django's settings."""
    from portal.service import settings  # noqa: PLC0415 -- makes keys and folders; only a running service wants that

    return Office(
        surroundings=settings.SURROUNDINGS,
        keys=settings.KEYS,
        live=Live(settings.SURROUNDINGS.live),
        calendars=Calendars(settings.SURROUNDINGS.root),
        profiles=Profiles(settings.SURROUNDINGS.live),
    )
