"""How far a relation between two tables holds: the share of rows whose key stands in the other one (REL-1).

Kept by content like a verdict: the bytes of both tables, the columns, and our code.
"""

# ruff: noqa: S608 -- the SQL is ours; names and texts in it are made or quoted here

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import duckdb

from portal.cache import code_version, get_or_make, key_of
from portal.checks.rows.engine import Loaded, Needs, connect, load
from portal.checks.rows.header import layout_of, read_labels
from portal.checks.rows.keys import Keys, build, foreign
from portal.checks.rows.shape import NotKept, Referenced, RowRules
from portal.checks.rows.structure import RecordTooLongError, Source
from portal.digests import canonical_json

CODE = ("portal.checks.rows", "portal.casting", "portal.tablefile", "portal.tableschema")
FOUND = "coverage.json"
SAMPLE = 5
"""Keys that are named where the other table lacks them."""


@dataclass(frozen=True, slots=True)
class Join:
    """Two tables and the columns that relate them, in pairs."""

    here: Referenced
    there: Referenced
    pairs: tuple[tuple[str, str], ...]
    cache: Path
    rules: RowRules


class Coverage(NamedTuple):
    """Rows with a key, those of them whose key stands in the other table, and the first keys that don't, in order;
    the rows of the other table with a key, and those of them whose key stands here.
    """

    rows: int
    matched: int
    missing: tuple[str, ...]
    back_rows: int
    back_matched: int

    @property
    def percent(self) -> float:
        """Of the rows, cut to one decimal: 99.96 is not 100. A table without keys relates in no row."""
        return _percent(self.matched, self.rows)

    @property
    def back_percent(self) -> float:
        """The same for the rows of the other table."""
        return _percent(self.back_matched, self.back_rows)


def _percent(part: int, whole: int) -> float:
    return part * 1000 // whole / 10 if whole else 0.0


def kept_coverage(join: Join) -> Coverage | None:
    """The share of an earlier run. Raises NotKept."""

    def refuse(_: Path) -> None:
        raise NotKept

    return _read(get_or_make(join.cache, "coverage", _key(join), refuse))


def coverage(join: Join) -> Coverage | None:
    """The share, kept or new; None where a file lacks one of the columns."""

    def make(folder: Path) -> None:
        (folder / FOUND).write_text(json.dumps(_measure(join), ensure_ascii=False), "utf-8")

    return _read(get_or_make(join.cache, "coverage", _key(join), make))


def _key(join: Join) -> str:
    sides = [
        [[one.sha256 for one in side.prepared], [_described(side, name) for name in names]]
        for side, names in zip((join.here, join.there), zip(*join.pairs, strict=True), strict=True)
    ]
    return key_of(code_version(*CODE, packages=("duckdb",)), [canonical_json(sides)])


def _read(folder: Path) -> Coverage | None:
    found = json.loads((folder / FOUND).read_text("utf-8"))
    return Coverage(found[0], found[1], tuple(found[2]), *found[3:]) if found else None


def _described(side: Referenced, name: str) -> object:
    """What of a column decides how its values are compared."""
    column = next(column for column in side.schema.fields if column.name == name)
    return [column.name, column.type, column.format, list(side.schema.missing_values)]


def _measure(join: Join) -> Coverage | None:
    files = (*join.here.prepared, *join.there.prepared)
    with connect(join.rules, sum(one.csv.stat().st_size for one in files)) as (con, folder):
        here = _keys(con, "h", join.here, [mine for mine, _ in join.pairs], Needs(folder, join.rules.threads))
        there = _keys(con, "o", join.there, [other for _, other in join.pairs], Needs(folder, join.rules.threads))
        if here is None or there is None:
            return None
        mine, others = ([pair[side] for pair in join.pairs] for side in (0, 1))
        rows, matched = _met(con, here, mine, there, others)
        back_rows, back_matched = _met(con, there, others, here, mine)
        missing = dict.fromkeys(text for *_, text in foreign(con, here, mine, there, others))
        return Coverage(rows, matched, tuple(sorted(missing)[:SAMPLE]), back_rows, back_matched)


def _met(
    con: duckdb.DuckDBPyConnection, one: Keys, names: Sequence[str], other: Keys, other_names: Sequence[str]
) -> tuple[int, int]:
    """Rows of a table with a key, and those of them whose key stands in the other one."""
    there = f"(SELECT DISTINCT {other.struct(other_names)} AS k FROM {other.name})"
    query = (
        f"SELECT count(*), count(t.k) FROM (SELECT {one.struct(names)} AS k FROM {one.name} "
        f"WHERE NOT ({one.none(names)})) s LEFT JOIN {there} t USING (k)"
    )
    rows, matched = con.execute(query).fetchone() or (0, 0)
    return rows, matched


def _keys(
    con: duckdb.DuckDBPyConnection, name: str, side: Referenced, wanted: Sequence[str], needs: Needs
) -> Keys | None:
    files: list[Loaded] = []
    for index, one in enumerate(side.prepared):
        layout = layout_of(read_labels(one.csv), side.schema).only(wanted)
        source = Source(one.csv, layout.width, layout.padding)
        with suppress(RecordTooLongError):
            files.append(load(con, f"{name}{index}", index, layout, source, Needs(needs.folder, needs.threads, wanted)))
    return build(con, f"{name}_keys", files, wanted, needs.folder) if files else None
