"""Which columns of two versions are one: those of the same name, and those whose content stands under another name.

A renamed column is found by what stands in it, never by a guess at its name: in rows of the same key, or, where there
is no key, by how often each value stands in it. A column of one single value says nothing, unless its title is kept.
"""

# ruff: noqa: S608 -- the SQL is ours; names and texts in it are made or quoted here

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import duckdb

from portal.checks.rows.cells import fetch
from portal.difference.side import Side

ALIKE = 0.9
"""Share of equal values from which on two columns are one: a rename is often sent together with a few corrections."""
ROWS = 2000
"""Rows of the same key that are looked at; the exact share is counted afterwards, with the changed cells."""
VALUES = 2000
"""Distinct values of a column that are looked at; of more, those whose hash ends in zeros, on both sides the same."""
Pair = tuple[str, str]
Likeness = Callable[[str, str], tuple[float, int]]
"""Share of equal values of an earlier and a present column, and how many distinct ones were seen."""


def of_one_name(a: Side, b: Side) -> list[Pair]:
    """The columns that both have, in the present order."""
    return [(name, name) for name in b.columns if name in a.columns]


def left_over(a: Side, b: Side, shared: Iterable[Pair]) -> tuple[list[str], list[str]]:
    """Columns of each side that are in no pair."""
    before, after = {old for old, _ in shared}, {new for _, new in shared}
    return [one for one in a.columns if one not in before], [one for one in b.columns if one not in after]


def renamed(
    a: Side, b: Side, lost: Sequence[str], new: Sequence[str], likeness: Likeness, *, least: int = 2
) -> list[Pair]:
    """Pairs of columns with the same content, the most alike first; each column in one pair at most.

    `least` values must be seen to be equal, fewer only under the same title.
    """
    found = []
    for old in lost:
        for name in new:
            share, distinct = likeness(old, name)
            same_title = _title(a, old) == _title(b, name) != ""
            if share >= ALIKE and (distinct >= least or same_title):
                distance = abs(a.columns.index(old) - b.columns.index(name))
                found.append((-share, not same_title, distance, name, old))
    pairs: list[Pair] = []
    for *_, name, old in sorted(found):
        if all(old != one and name != other for one, other in pairs):
            pairs.append((old, name))
    return pairs


def _title(side: Side, name: str) -> str:
    return side.described[name].title if name in side.described else ""


def by_rows(con: duckdb.DuckDBPyConnection, a: Side, b: Side, lost: Sequence[str], new: Sequence[str]) -> Likeness:
    """Compare in rows of the same key; the table `met` (na, nb) has them."""
    (count,) = con.execute("SELECT count(*) FROM met").fetchone() or (0,)
    cells = [*(f"a.{a.cell(one)}" for one in lost), *(f"b.{b.cell(one)}" for one in new)]
    query = f"SELECT {', '.join(cells)} FROM {_spread(count)} m JOIN a ON a.n = m.na JOIN b ON b.n = m.nb"
    columns: list[tuple[str | None, ...]] = list(zip(*fetch(con, query), strict=True))
    before = dict(zip(lost, columns[: len(lost)], strict=False))
    after = dict(zip(new, columns[len(lost) :], strict=False))

    def likeness(old: str, name: str) -> tuple[float, int]:
        pairs = [pair for pair in zip(before.get(old, ()), after.get(name, ()), strict=True) if pair != (None, None)]
        equal = [one for one, other in pairs if one == other]
        return (len(equal) / len(pairs) if pairs else 0.0), len(set(equal))

    return likeness


def _spread(count: int) -> str:
    """SQL for some of the met rows, evenly over all of them."""
    step = max(1, count // ROWS)
    return f"(SELECT na, nb FROM met WHERE nb % {step} = 0 LIMIT {2 * ROWS})" if step > 1 else "met"


def by_values(con: duckdb.DuckDBPyConnection, a: Side, b: Side) -> Likeness:
    """Compare by how often each value stands in a column."""
    known: dict[tuple[str, str, int], Counter[str]] = {}

    def values(side: Side, name: str, step: int) -> Counter[str]:
        key = (side.name, name, step)
        if key not in known:
            cell = side.cell(name)
            some = f"{cell} IS NOT NULL" + (f" AND hash({cell}) % {step} = 0" if step > 1 else "")
            query = f"SELECT {cell}, count(*) FROM {side.name} WHERE {some} GROUP BY 1"
            known[key] = Counter(dict(fetch(con, query)))
        return known[key]

    counted: dict[tuple[str, str], int] = {}

    def distinct(side: Side, name: str) -> int:
        key = (side.name, name)
        if key not in counted:
            query = f"SELECT approx_count_distinct({side.cell(name)}) FROM {side.name}"
            (counted[key],) = con.execute(query).fetchone() or (0,)
        return counted[key]

    def likeness(old: str, name: str) -> tuple[float, int]:
        few, most = sorted((distinct(a, old), distinct(b, name)))
        if few * 2 < most:
            return 0.0, 0
        step = _power(most // VALUES)
        before, after = values(a, old, step), values(b, name, step)
        whole = max(before.total(), after.total())
        common = before & after
        return (common.total() / whole if whole else 0.0), len(common)

    return likeness


def _power(number: int) -> int:
    """The power of two at or below a number, so that columns of about one size are sampled alike; 1 at least."""
    return 1 << max(0, number.bit_length() - 1)
