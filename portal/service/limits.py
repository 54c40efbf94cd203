"""How often one neighbourhood may do a thing; the same for everybody (FBK-14).

Alaveteli's defaults: 3 requests an hour and 6 a day, 20 comments an hour; look-ups 10 a minute (service.md §3.2, §4).
Counted under a salt that is thrown away each day, kept for little more than a day.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db import connection

from portal.service.domain.codes import keyed_digest
from portal.service.domain.network import prefix_of
from portal.service.keys import Keys
from portal.service.models import RateWindow
from portal.workdays import day_of

HOUR, DAY, MINUTE = 3600, 86400, 60
LIMITS: dict[str, tuple[tuple[int, int], ...]] = {
    "correction": ((HOUR, 20),),
    "opinion": ((HOUR, 20),),
    "request": ((HOUR, 3), (DAY, 6)),
    "result": ((HOUR, 3), (DAY, 6)),
    "lookup": ((MINUTE, 10),),
}


class TooMany(Exception):  # noqa: N818 -- an answer, not a fault
    """The limit is reached; `again` is when the window ends."""

    def __init__(self, again: datetime) -> None:
        super().__init__(again.isoformat())
        self.again = again


_COUNT = """
    INSERT INTO service_ratewindow (bucket, what, start, count) VALUES (%s, %s, %s, 1)
    ON CONFLICT (bucket, what, start) DO UPDATE SET count = service_ratewindow.count + 1
    RETURNING count
"""


def count(what: str, address: str, now: datetime, keys: Keys) -> None:
    """Count one attempt, inside a write. Raises TooMany where a limit is reached; the write is then undone."""
    bucket = keyed_digest(keys.address_salt(day_of(now)), "address", prefix_of(address))
    for seconds, most in LIMITS[what]:
        start = datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, UTC)
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, [bucket, f"{what}/{seconds}", connection.ops.adapt_datetimefield_value(start)])
            counted = cursor.fetchone()[0]
        if counted > most:
            raise TooMany(start + timedelta(seconds=seconds))
    _forget_old(now)


_forgotten: list[int] = []


def _forget_old(now: datetime) -> None:
    """Once an hour in a process: windows older than a day go."""
    hour = int(now.timestamp()) // HOUR
    if _forgotten[-1:] != [hour]:
        _forgotten[:] = [hour]
        RateWindow.objects.filter(start__lt=now - timedelta(days=1)).delete()
