"""A few rows and values to look at: short, the first ones, and nothing of a column that may hold personal data."""

# ruff: noqa: S608 -- the SQL is ours; names and texts in it are made or quoted here

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice, zip_longest

import duckdb

from portal.changefacts import CellSample, RowSample
from portal.checks.rows.cells import fetch
from portal.difference.covering import Cover
from portal.difference.match import Pair
from portal.difference.shape import CompareRules
from portal.difference.side import Side

FIRST = 200
"""Changed rows that are looked through for values to show; a column that changed further down is asked by itself."""
CHANGED = "pairs p JOIN a ON a.n = p.na JOIN b ON b.n = p.nb"


class Sampler:
    """Takes samples from the tables that portal/difference/rows.py made. `key` may be empty."""

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        sides: tuple[Side, Side],
        key: Sequence[Pair],
        rules: CompareRules,
        cover: Cover,
    ) -> None:
        self._con, self._sides, self._key, self._rules = con, sides, key, rules
        self._cover = cover

    def rows(self, table: str, side: Side) -> tuple[RowSample, ...]:
        """The first rows of `came` or `went`."""
        cells = [f"s.c{place}" for place in range(len(side.columns))]
        query = f"SELECT {', '.join(['s.n', *cells])} FROM {side.name} s SEMI JOIN (FROM {table} ORDER BY n LIMIT "
        query += f"{self._rules.samples}) t USING (n) ORDER BY s.n"
        return tuple(self._row(side, n, values) for n, *values in fetch(self._con, query))

    def _row(self, side: Side, n: int, values: Sequence[str | None]) -> RowSample:
        told = {name: self._shown(value, name) for name, value in zip(side.columns, values, strict=True)}
        file, row = side.place(n)
        key = tuple(told[pair[0 if side is self._sides[0] else 1]] for pair in self._key)
        return RowSample(file=file, row=row, key=key, cells=told)

    def cells(self, shared: Sequence[Pair], counts: Mapping[str, int]) -> tuple[CellSample, ...]:
        """Changed values, of each changed column in turn."""
        changed = [pair for pair in shared if counts.get(pair[1])]
        found: dict[str, list[CellSample]] = {new: [] for _, new in changed}
        for sample in self._among_first(changed):
            found[sample.column].append(sample)
        for pair in changed[: self._rules.samples]:
            if not found[pair[1]]:
                found[pair[1]] = list(self._of_column(pair))
        turns = chain.from_iterable(zip_longest(*found.values()))
        most = islice((one for one in turns if one is not None), self._rules.samples)
        return tuple(sorted(most, key=lambda one: (one.file, one.row, list(found).index(one.column))))

    def _among_first(self, changed: Sequence[Pair]) -> Iterator[CellSample]:
        source = f"(FROM pairs ORDER BY nb LIMIT {FIRST}) {CHANGED.removeprefix('pairs ')}"
        yield from self._changed(changed, source, "")

    def _of_column(self, pair: Pair) -> Iterator[CellSample]:
        a, b = self._sides
        differ = f"WHERE a.{a.cell(pair[0])} IS DISTINCT FROM b.{b.cell(pair[1])}"
        yield from self._changed([pair], CHANGED, f"{differ} ORDER BY p.nb LIMIT {self._rules.samples}")

    def _changed(self, changed: Sequence[Pair], source: str, rest: str) -> Iterator[CellSample]:
        a, b = self._sides
        key = [f"b.{b.cell(new)}" for _, new in self._key]
        cells = [cell for old, new in changed for cell in (f"a.{a.cell(old)}", f"b.{b.cell(new)}")]
        query = f"SELECT {', '.join(['p.nb', *key, *cells])} FROM {source} {rest or 'ORDER BY p.nb'}"
        for n, *values in fetch(self._con, query):
            at = self._sides[1].place(n)
            names = [self._shown(value, new) for value, (_, new) in zip(values, self._key, strict=False)]
            for place, (_, new) in enumerate(changed):
                was, now = values[len(key) + 2 * place : len(key) + 2 * place + 2]
                if was != now:
                    yield CellSample(
                        file=at[0],
                        row=at[1],
                        key=tuple(names),
                        column=new,
                        **self._both(was, now, new),
                    )

    def _both(self, was: str | None, now: str | None, column: str) -> dict[str, str | None]:
        """Two values as they may be shown; of long ones the place where they part."""
        old, new = self._cover.text(was, column), self._cover.text(now, column)
        start = 0
        if old and new and max(len(old), len(new)) > self._rules.shown:
            start = max(0, _common(old, new) - self._rules.shown // 2)
        return {"old": self._cut(old, start), "new": self._cut(new, start)}

    def _shown(self, value: str | None, column: str) -> str | None:
        return self._cut(self._cover.text(value, column), 0)

    def _cut(self, text: str | None, start: int) -> str | None:
        if text is None:
            return None
        left, most = text[start:], self._rules.shown
        return ("…" if start else "") + (left if len(left) <= most else f"{left[: most - 1]}…")


def _common(one: str, other: str) -> int:
    """How many characters are the same from the beginning."""
    pairs = zip(one, other, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def count_cells(
    con: duckdb.DuckDBPyConnection, sides: tuple[Side, Side], shared: Sequence[Pair], changed: int
) -> dict[str, int]:
    """Changed values by column (its present name), in rows of one key; a few columns at a time, to stay in memory."""
    counts: dict[str, int] = {}
    if not changed:
        return counts
    a, b = sides
    step = max(1, CELLS // changed)
    for start in range(0, len(shared), step):
        some = shared[start : start + step]
        tests = [f"a.{a.cell(old)} IS DISTINCT FROM b.{b.cell(new)}" for old, new in some]
        asked = ", ".join(f"count(*) FILTER ({test})" for test in tests)
        found = con.execute(f"SELECT {asked} FROM {CHANGED}").fetchone() or ()
        counts.update({new: count for (_, new), count in zip(some, found, strict=True) if count})
    return counts


CELLS = 4_000_000
"""Values of each side that are joined at once: about 100 MB."""
