"""How often one neighbourhood may do a thing; the same for everybody (FBK-14).

Alaveteli's defaults: 3 requests an hour and 6 a day, 20 comments an hour; look-ups 10 a minute (service.md §3.2, §4).
Counted under a salt that is thrown away each day, kept for at most a day.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db.models import F

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
    "lookup": ((MINUTE, 10),),
}


class TooMany(Exception):  # noqa: N818 -- an answer, not a fault
    """The limit is reached; `again` is when the window ends."""

    def __init__(self, again: datetime) -> None:
        super().__init__(again.isoformat())
        self.again = again


def count(what: str, address: str, now: datetime, keys: Keys) -> None:
    """Count one attempt, inside `store.writing()`. Raises TooMany where a limit is reached; nothing is counted then."""
    bucket = keyed_digest(keys.address_salt(day_of(now)), "address", prefix_of(address))
    for seconds, most in LIMITS[what]:
        start = datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, UTC)
        name = f"{what}/{seconds}"
        window, new = RateWindow.objects.get_or_create(bucket=bucket, what=name, start=start)
        if window.count >= most:
            raise TooMany(start + timedelta(seconds=seconds))
        RateWindow.objects.filter(pk=window.pk).update(count=F("count") + 1)
        if new:
            RateWindow.objects.filter(start__lt=now - timedelta(days=1)).delete()
