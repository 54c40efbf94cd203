"""Searches that found nothing, counted without identity: which data people look for and the city does not open yet.

The search runs in the reader's browser, so the page tells us: `POST /search/missed` with `q`. What is kept is a day's
sums, `var/log/misses-YYYY-MM-DD.json` = {"queries": {folded query: count}}: no address, no time, no order. A text
that looks like personal data, holds an address of the net, or is longer than a query is not kept at all.

Anybody may send anything here, so it is bounded: few a minute from one address and few a second from all, one address
counts once a day for one query (it is told apart by a hash with a secret of the day, in memory only), so many
different queries a day, and the answer is the same whatever happens.

`import_misses` (`build.py desk usage import`) makes `var/public/query-gaps.json` of the days that are there:
{"days": {"2026-11-22": searches that found nothing}, "queries": [{"q", "count", "last"}]}, most wanted first; only
queries of at least OFTEN times on at least DAYS days, because what one person typed once is nobody's business.
portal/counts/gaps.py reads it.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from urllib.parse import parse_qs

from starlette.requests import Request

from portal.front.limits import Buckets, Rate
from portal.personal import find
from portal.settings import SHANGHAI, Settings
from portal.text import words

PATH = "/search/missed"
LONGEST = 40
MOST_BYTES = 600
MOST_QUERIES = 500
"""Different queries a day: what comes after them is not kept."""
OFTEN, DAYS, TOLD = 3, 2, 200
KEPT_DAYS = 366
ONE, ALL = Rate(per_second=0.1, burst=10), Rate(per_second=2, burst=20)
_LOG = re.compile(r"misses-(\d{4}-\d{2}-\d{2})\.json")
_NOT_A_QUERY = re.compile(r"://|www\.|@|\d(?:[\s-]?\d){6}|[<>{}\\\x00-\x08\x0e-\x1f�]")
"""Addresses of the net, code, and seven digits or more in a row: numbers of people, right or mistyped."""


def query_of(text: str) -> str | None:
    """A text as it may be kept: folded, blanks single; None where nothing of it may."""
    plain = " ".join(words(text[: LONGEST * 4]))
    if not plain or len(plain) > LONGEST or _NOT_A_QUERY.search(plain) or find(plain) or find(text):
        return None
    return plain


class Misses:
    """The sums of the day, written whenever they change. A full disk loses counts, never an answer."""

    def __init__(self, folder: Path, clock: Callable[[], datetime]) -> None:
        self._folder, self._clock = folder, clock
        self._one, self._all = Buckets(ONE), Buckets(ALL)
        self._day = ""
        self._counts: dict[str, int] = {}
        self._seen: set[bytes] = set()
        self._secret = b""

    async def receive(self, request: Request, key: str) -> None:
        """Count what a page tells; `key` is whose bucket it empties. Says nothing, whatever it was."""
        if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return
        if self._one.take(key) or self._all.take(""):
            return
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > MOST_BYTES:
                return
        told = parse_qs(body.decode("utf-8", "replace"), max_num_fields=4).get("q", [""])[0]
        self.count(told, key)

    def count(self, text: str, key: str) -> None:
        """One more for a query, unless this key was counted for it today."""
        self._turn()
        query = query_of(text)
        if query is None or (query not in self._counts and len(self._counts) >= MOST_QUERIES):
            return
        mark = blake2b(f"{key} {query}".encode(), key=self._secret, digest_size=12).digest()
        if mark in self._seen:
            return
        self._seen.add(mark)
        self._counts[query] = self._counts.get(query, 0) + 1
        self._write()

    def _turn(self) -> None:
        """A new day begins with nothing known; after a restart the day goes on from its file."""
        day = self._clock().astimezone(SHANGHAI).strftime("%Y-%m-%d")
        if day != self._day:
            self._day, self._seen, self._secret = day, set(), secrets.token_bytes(32)
            self._counts = dict(_read(self._folder / f"misses-{day}.json"))

    def _write(self) -> None:
        path = self._folder / f"misses-{self._day}.json"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            _replace(path, {"queries": dict(sorted(self._counts.items()))})
        except OSError as fault:
            print(f"空检索的计数写不进去：{fault}", flush=True)  # noqa: T201 -- the log of a server


def import_misses(settings: Settings) -> int:
    """Make query-gaps.json of the last KEPT_DAYS days; how many queries it tells. Nothing is written without a file."""
    days: dict[str, int] = {}
    counts: dict[str, dict[str, int]] = {}
    first = settings.today - timedelta(days=KEPT_DAYS)
    for path in sorted((settings.var / "log").glob("misses-*.json")):
        found = _LOG.fullmatch(path.name)
        if found and first < date.fromisoformat(found.group(1)) <= settings.today:
            sums = _read(path)
            days[found.group(1)] = sum(sums.values())
            for query, count in sums.items():
                counts.setdefault(query, {})[found.group(1)] = count
    if not days:
        return 0
    told = [
        {"q": query, "count": sum(by_day.values()), "last": max(by_day)}
        for query, by_day in sorted(counts.items())
        if sum(by_day.values()) >= OFTEN and len(by_day) >= DAYS and query_of(query) == query
    ]
    told.sort(key=lambda one: (-int(str(one["count"])), str(one["q"])))
    target = settings.var / "public" / "query-gaps.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    _replace(target, {"days": days, "queries": told[:TOLD]})
    return len(told[:TOLD])


def _read(path: Path) -> Mapping[str, int]:
    """The sums of a day; nothing where the file is missing or broken."""
    try:
        told = json.loads(path.read_text("utf-8"))["queries"]
        return {str(query): int(count) for query, count in told.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _replace(path: Path, tree: object) -> None:
    beside = path.with_suffix(".part")
    beside.write_text(json.dumps(tree, ensure_ascii=False, indent=1) + "\n", "utf-8")
    beside.replace(path)
