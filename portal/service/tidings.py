"""What the public is told of cases: var/public/feedback.json and demands.json (FBK-10, OOC-5; docs/figures.md).

Nothing that a person sent in is told: `title` and `result` are the staff's own words, everything else is a number, a
name of the city's or a day. A case that waits for a look (`held`) is not told yet. An objection often comes from the
one whom the data are about, so its dataset is never named, nor its department where that has so few datasets that
it names the dataset. What a city does not publish (portal.yml, `public_cases`) is taken away.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import connections

from portal.service.domain.kinds import Kind
from portal.service.models import Case
from portal.service.office import Office
from portal.service.public import locked, write_atomically
from portal.service.published import Published
from portal.workdays import day_of

FILES: dict[str, tuple[Kind, ...]] = {"feedback": (Kind.CORRECTION, Kind.OPINION), "demands": (Kind.REQUEST,)}
"""Name of the file, as `public_cases` names it, and the kinds that stand in it. Results of use have their showcase."""
TOLD_FOR = timedelta(days=3 * 366)
"""As long as the text of a case is kept."""
FEW = 3
"""A department with fewer listed datasets than this names, with an objection, the dataset too."""
OBJECTION = "dispute"
PAUSE, SHARE = 5.0, 20
"""Seconds between two writings, and how many times as long as one took: telling never takes the service's time."""


def publish(office: Office) -> dict[str, int]:
    """Write both files as the cases are now; the number of cases told in each. Safe beside another process."""
    folder, published = office.surroundings.public, office.published
    told: dict[str, int] = {}
    with locked(folder, ".cases.lock"):  # read and written by one at a time: the later state stays
        for name, kinds in FILES.items():
            path = folder / f"{name}.json"
            if name not in published.public_cases:
                path.unlink(missing_ok=True)
                continue
            cases = [_told(case, published) for case in _known(kinds, office.now())]
            write_atomically(path, {"cases": cases})
            told[name] = len(cases)
    return told


def _known(kinds: tuple[Kind, ...], now: datetime) -> Iterator[Case]:
    names = [kind.value for kind in kinds]
    cases = Case.objects.filter(kind__in=names, held="", received_at__gte=now - TOLD_FOR)
    return cases.defer("text", "answers", "subject", "notes").order_by("number").iterator(chunk_size=2000)


def _told(case: Case, published: Published) -> dict[str, Any]:
    """One case as docs/figures.md says it."""
    dataset, department = _place(case, published)
    return {
        "number": case.number,
        "kind": case.kind,
        "department": department,
        "dataset": dataset,
        "title": case.title,
        "received": day_of(case.received_at).isoformat(),
        "due": case.due.isoformat() if case.due else None,
        "extended": case.extended,
        "answered": day_of(case.answered_at).isoformat() if case.answered_at else None,
        "outcome": case.outcome or None,
        "result": case.result,
        "opened": published.called_now.get(case.opened),
    }


def _place(case: Case, published: Published) -> tuple[str | None, str | None]:
    """The dataset and the department that may be named."""
    dataset = published.called_now.get(case.dataset)
    department = case.department if case.department in published.raw.get("departments", {}) else None
    if case.about != OBJECTION:
        return dataset, department
    listed = Counter(one.department for one in published.datasets.values())
    return None, department if department and listed[department] >= FEW else None


class Herald(threading.Thread):
    """Tells of changes in the background of a running service, a few seconds after the last of them."""

    def __init__(self, office: Office) -> None:
        super().__init__(name="herald", daemon=True)
        self._office, self._changed = office, threading.Event()
        self._changed.set()  # whatever happened while nobody ran

    def news(self) -> None:
        """Something has changed."""
        self._changed.set()

    def run(self) -> None:
        """Write, rest, wait for news. A fault is written to the log, and tried again with the next news."""
        while self._changed.wait():
            began = time.monotonic()
            self._changed.clear()
            try:
                publish(self._office)
            except Exception as fault:
                print(f"办理情况写不进 var/public：{fault}", flush=True)  # noqa: T201 -- the log of a server
            finally:
                connections.close_all()
            time.sleep(max(PAUSE, SHARE * (time.monotonic() - began)))


_HERALDS: list[Herald] = []


def begin(office: Office) -> None:
    """Start telling, once a process. Only a running service does; commands call `publish` themselves."""
    if not _HERALDS:
        _HERALDS.append(Herald(office))
        _HERALDS[0].start()


def changed() -> None:
    """What was stored may change what the public is told. Costs nothing; nothing happens where nobody tells."""
    for herald in _HERALDS:
        herald.news()
