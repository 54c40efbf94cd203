"""Columns of two versions: which came, went, moved, got another name or meaning, and how their numbers drifted."""

# ruff: noqa: S608 -- the SQL is ours; names and texts in it are made or quoted here

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from typing import NamedTuple

import duckdb

from portal.changefacts import ColumnDifference, Number, Spread, Told
from portal.changefacts import Pair as Numbers
from portal.difference.covering import Cover
from portal.difference.match import Pair
from portal.difference.side import Side
from portal.personal import masked
from portal.tableschema import Column, TableSchema
from portal.wording.choices import explained

MEANING = ("title", "type", "format", "unit", "description", "codes", "constraints", "title_en")
"""What a schema says of a column to the public; where it is listed in the catalogue (`source_ref`) is not."""
LONGEST = 200
"""Characters of a told text; a description may be long."""


def differences(
    con: duckdb.DuckDBPyConnection,
    a: Side,
    b: Side,
    shared: Sequence[Pair],
    *,
    cells: Mapping[str, int],
    matched: int,
    cover: Cover,
) -> Iterator[ColumnDifference]:
    """Every column that is not as it was: present ones in their order, then those that went.

    `cells` counts the changed values by the present name, in `matched` rows that stand in both.
    """
    before = {new: old for old, new in shared}
    moved = _moved([a.columns.index(old) for old, _ in shared], [new for _, new in shared])
    then, now = _numbers(con, a), _numbers(con, b)
    for name in b.columns:
        old = before.get(name)
        nulls = now[name].nulls
        one = ColumnDifference(
            name=name,
            kind="added" if old is None else "same" if old == name else "renamed",
            before=old,
            told=tuple(meanings(a.described.get(old or ""), b.described.get(name))) if old else (),
            cells=cells.get(name, 0),
            moved=name in moved,
            alike=None if old in (None, name) else round(1 - cells.get(name, 0) / matched, 4) if matched else None,
            nulls=Numbers(before=then[old].nulls if old else None, after=nulls),
        )
        if old:
            spreads = cover.spread(then[old].spread, name), cover.spread(now[name].spread, name)
            one = one.model_copy(update=_drift(*spreads))
        if one != ColumnDifference(name=name, kind="same", before=name, nulls=Numbers(before=nulls, after=nulls)):
            yield one
    for name in a.columns:
        if name not in before.values():
            yield ColumnDifference(name=name, kind="removed", before=name, nulls=Numbers(before=then[name].nulls))


def _moved(places: Sequence[int], names: Sequence[str]) -> set[str]:
    """The fewest columns that explain the new order: all but the longest run that kept its order."""
    ends: list[int] = []
    runs: list[list[int]] = []
    for number, place in enumerate(places):
        at = bisect_left(ends, place)
        run = [*(runs[at - 1] if at else []), number]
        ends[at : at + 1], runs[at : at + 1] = [place], [run]
    kept = set(runs[-1]) if runs else set()
    return {name for number, name in enumerate(names) if number not in kept}


class _Numbers(NamedTuple):
    """What a column holds as a whole: cells without a value, and for a numeric one its numbers."""

    nulls: int
    spread: Spread | None


def _numbers(con: duckdb.DuckDBPyConnection, side: Side) -> dict[str, _Numbers]:
    """Of every column, in one pass by one thread: the sum of fractions depends on their order."""
    if not side.columns:
        return {}
    asked = ["count(*)"]
    for name in side.columns:
        cell, kind = side.cell(name), _kind(side, name)
        value = f"try_cast({cell} AS {kind})"
        if kind == "DOUBLE":
            value = f"CASE WHEN isfinite({value}) THEN {value} END"
        add = "fsum" if kind == "DOUBLE" else "sum"
        of_values = [f"count({value})", f"min({value})", f"max({value})", f"{add}({value})"] if kind else ["NULL"] * 4
        asked += [f"count({cell})", *of_values]
    rows, *found = con.execute(f"SELECT {', '.join(asked)} FROM {side.name}").fetchone() or (0,)
    return {
        name: _Numbers(rows - found[5 * place], _spread(*found[5 * place + 1 : 5 * place + 5]))
        for place, name in enumerate(side.columns)
    }


def _kind(side: Side, name: str) -> str:
    """How DuckDB counts with the values of a column; nothing for those that are no numbers."""
    column = side.described.get(name)
    return {"integer": "HUGEINT", "number": "DOUBLE"}.get(column.type, "") if column else ""


def _spread(count: int | None, least: Number, most: Number, total: Number) -> Spread | None:
    if not count:
        return None if count is None else Spread(count=0)
    return Spread(count=count, minimum=least, maximum=most, mean=_finite(total / count), sum=_finite(total))


def _finite(number: Number) -> Number | None:
    """A sum of very large numbers may be none."""
    return number if isfinite(number) else None


def by_schema(old: TableSchema | None, new: TableSchema | None) -> Iterator[ColumnDifference]:
    """What the schemas alone tell of the columns, where the rows can't be read."""
    olds, news = ({column.name: column for column in one.fields} if one else {} for one in (old, new))
    if not olds or not news:
        return
    for name, column in news.items():
        told = tuple(meanings(olds.get(name), column))
        if told or name not in olds:
            yield ColumnDifference(
                name=name, kind="same" if name in olds else "added", before=name if name in olds else None, told=told
            )
    for name in olds:
        if name not in news:
            yield ColumnDifference(name=name, kind="removed", before=name)


def meanings(old: Column | None, new: Column | None) -> Iterator[Told]:
    """What the schema now says otherwise."""
    if old is None or new is None:
        return
    for what in MEANING:
        was, now = getattr(old, what), getattr(new, what)
        if was != now:
            title = Column.model_fields[what].title or what
            yield Told(what=what, title=title, old=_said(what, was), new=_said(what, now))


def _said(what: str, value: object) -> str | None:
    """In words, without what tells of a person."""
    text = _words(what, value)
    return masked(text)[:LONGEST] if text else None


def _words(what: str, value: object) -> str | None:
    if value is None or value == {}:
        return None
    if what == "type":
        return explained(str(value))
    if isinstance(value, Mapping):
        return "；".join(f"{code}＝{meaning}" for code, meaning in value.items())
    if what == "constraints":
        return _constraints(value)
    return str(value)


def _constraints(value: object) -> str | None:
    """`必填：是；最小值：0`."""
    told = []
    for name, field in type(value).model_fields.items():  # type: ignore[attr-defined]  # a model, the caller looked
        given = getattr(value, name)
        if given != field.default:
            text = "是" if given is True else "、".join(given) if isinstance(given, tuple) else str(given)
            told.append(f"{field.title}：{text}")
    return "；".join(told) or None


def _drift(before: Spread | None, after: Spread | None) -> dict[str, Spread | None]:
    """The numbers of a column before and after, where they differ."""
    return {} if before == after else {"spread_before": before, "spread_after": after}
