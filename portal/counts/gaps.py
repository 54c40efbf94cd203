"""What people searched for and did not find: var/public/query-gaps.json, counted without identity (peers' 104).

`{"queries": [{"q", "count", "last"}]}`. A word that few people typed may tell who they are, and somebody may type a
number of their own into a search box: only words that were searched often enough and hold no personal data are shown.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from portal.personal import find

OFTEN = 3
"""A query is shown when it failed so many times."""
LONGEST = 40


class Gap(NamedTuple):
    """A query without an answer: how often, and when last."""

    q: str
    times: int
    last: date


def gaps_from(tree: Any) -> tuple[Gap, ...]:
    """What may be shown, most wanted first. Raises ValueError, KeyError or TypeError for another shape."""
    told = [Gap(str(one["q"]).strip(), int(one["count"]), date.fromisoformat(one["last"])) for one in tree["queries"]]
    shown = [one for one in told if one.times >= OFTEN and 0 < len(one.q) <= LONGEST and not find(one.q)]
    return tuple(sorted(shown, key=lambda one: (-one.times, one.q)))
