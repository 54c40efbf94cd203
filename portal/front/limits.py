"""One equal limit for everybody: a token bucket per address, and few queries at a time (API-4, ACC-3).

Nothing here knows who somebody is: the key is the address (IPv4 whole, IPv6 by its /64, the smallest block that
networks hand out), and the numbers are the same for all.
"""

from __future__ import annotations

import asyncio
import ipaddress
import math
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

MOST_KEYS = 50_000


@dataclass(frozen=True)
class Rate:
    """`burst` requests at once, `per_second` in the long run."""

    per_second: float
    burst: float


@dataclass(frozen=True)
class Limits:
    """The limits of a portal. Files are generous, because a whole office may share one address; queries are tighter,
    because each may take a second of a core; `sends` are forms handed in. `queries_at_once` is per address, of the
    query API's three threads; `connections` is per address too.
    """

    files: Rate = Rate(per_second=100, burst=1000)
    queries: Rate = Rate(per_second=10, burst=120)
    sends: Rate = Rate(per_second=1, burst=30)
    queries_at_once: int = 2
    queries_waiting: int = 30
    connections: int = 256


class Buckets:
    """Token buckets by key. `take` spends a token, or says how many seconds to wait for one."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._clock = clock
        self._levels: dict[str, tuple[float, float]] = {}

    def take(self, key: str) -> int:
        """0 when the request may pass, else whole seconds until the next one may."""
        now = self._clock()
        level, then = self._levels.get(key, (self._rate.burst, now))
        level = min(self._rate.burst, level + (now - then) * self._rate.per_second)
        if level < 1:
            self._levels[key] = (level, now)
            return max(1, math.ceil((1 - level) / self._rate.per_second))
        self._levels[key] = (level - 1, now)
        if len(self._levels) > MOST_KEYS:
            self._forget(now)
        return 0

    def _forget(self, now: float) -> None:
        """Drop full buckets: they mean the same as none. If all are in use, the oldest half goes."""
        full = self._rate.burst / self._rate.per_second
        alive = {key: value for key, value in self._levels.items() if now - value[1] < full}
        if len(alive) > MOST_KEYS:
            newest = sorted(alive.items(), key=lambda item: item[1][1])[MOST_KEYS // 2 :]
            alive = dict(newest)
        self._levels = alive


class Crowded(Exception):  # noqa: N818 -- it names a state
    """Too many requests of one address wait for their turn already."""


class Turns:
    """At most `at_once` of one key run together; up to `waiting` more queue."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self._at_once = at_once
        self._waiting = waiting
        self._gates: dict[str, tuple[asyncio.Semaphore, int]] = {}

    @asynccontextmanager
    async def turn(self, key: str) -> AsyncIterator[None]:
        """Wait for a turn, and hold it for the block. Raises Crowded where the queue is full."""
        gate, users = self._gates.get(key) or (asyncio.Semaphore(self._at_once), 0)
        if users >= self._at_once + self._waiting:
            raise Crowded
        self._gates[key] = (gate, users + 1)
        try:
            async with gate:
                yield
        finally:
            _, users = self._gates[key]
            if users == 1:
                del self._gates[key]
            else:
                self._gates[key] = (gate, users - 1)


def bucket_key(address: str) -> str:
    """Whose bucket a request empties: an IPv4 address, or the /64 of an IPv6 address."""
    return _network(address, 32, 64)


def shortened(address: str) -> str:
    """What of an address is written down: /24 of IPv4, /48 of IPv6 (AUD-5)."""
    return _network(address, 24, 48)


def _network(address: str, four: int, six: int) -> str:
    try:
        ip = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    except ValueError:
        return "unknown"
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return str(ipaddress.ip_network((ip, four if ip.version == 4 else six), strict=False))
