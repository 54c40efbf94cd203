"""What of a table may be shown: values pass through the scanner's mask, and columns of people are not shown at all.

A name beside a telephone or an address is personal data although neither cell is by itself (portal/personal): where a
table has columns of both kinds, no name of it is shown. Columns with an exception from a rule about personal data, and
those in which the check found some, are named by whoever calls.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from portal.changefacts import Spread
from portal.checks.rows.header import read_labels
from portal.difference.match import Pair
from portal.difference.shape import HIDDEN, TableVersion
from portal.difference.side import Side
from portal.personal import masked
from portal.personal.columns import plan_of
from portal.problems import printable


class Cover:
    """Gives values as they may be shown. `hidden` are names of columns, present or earlier ones."""

    def __init__(self, sides: Sequence[Side], shared: Iterable[Pair], hidden: frozenset[str]) -> None:
        pairs = list(shared)
        self.hidden = hidden | {name for pair in pairs if not hidden.isdisjoint(pair) for name in pair}
        self._titles: dict[str, str] = {}
        for side in sides:
            for name in side.columns:
                self._titles[name] = f"{self._titles.get(name, '')} {side.title(name)}".strip()

    def text(self, value: str | None, column: str) -> str | None:
        """A value without what tells of a person, in characters that don't act on what shows them."""
        if value is None:
            return None
        return HIDDEN if column in self.hidden else printable(masked(value, self._titles.get(column, column)))

    def spread(self, spread: Spread | None, column: str) -> Spread | None:
        """The numbers of a column; only how many where the smallest or largest is somebody's number."""
        if spread is None:
            return None
        ends = [str(end) for end in (spread.minimum, spread.maximum) if end is not None]
        if all(self.text(end, column) == end for end in ends):
            return spread
        return Spread(count=spread.count)


def names_of_people(version: TableVersion) -> frozenset[str]:
    """Columns of persons' names in a table that also tells telephones or addresses."""
    found: set[str] = set()
    for one in version.files:
        labels = read_labels(one.csv)
        described = version.columns
        titles = [f"{name} {described[name].title}" if name in described else name for name in labels]
        plan = plan_of(one.csv, titles)
        if plan.contacts:
            found |= {labels[place] for place in plan.names}
    return frozenset(found)
