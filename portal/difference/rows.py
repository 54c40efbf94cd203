"""Rows that came, went or changed: by key, else as whole rows as often as they stand.

Rows whose key is empty or repeated can't be told apart by it; they are compared as whole rows and counted (`loose`).
A row is compared by the MD5 of its cells and their lengths: a million rows give no two equal ones by accident.
"""

# ruff: noqa: S608 -- the SQL is ours; names and texts in it are made or quoted here

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import duckdb

from portal.difference.match import Pair
from portal.difference.side import Side


class Counts(NamedTuple):
    """How many rows; `loose` of both versions together were compared as whole rows though there is a key; `matched`
    rows stand in both by their key.
    """

    added: int
    removed: int
    changed: int
    loose: int
    matched: int = 0


def _text(cells: Sequence[str]) -> str:
    """SQL for cells as one text: they, then how long each is (nothing for NULL), so that no two rows are one text."""
    texts = ", ".join(f"coalesce({cell}, '')" for cell in cells)
    lengths = ", '.', ".join(f"strlen({cell})" for cell in cells)
    return f"concat({texts}, '/', {lengths})"


def _key(side: Side, names: Sequence[str]) -> str:
    """SQL for the key; NULL where no part has a value."""
    cells = [side.cell(name) for name in names]
    if len(cells) == 1:
        return cells[0]
    return f"CASE WHEN coalesce({', '.join(cells)}) IS NULL THEN NULL ELSE {_text(cells)} END"


def _keys(side: Side, place: int, key: Sequence[Pair]) -> str:
    """SQL for the rows' numbers and keys (n, k)."""
    return f"(SELECT n, {_key(side, [pair[place] for pair in key])} AS k FROM {side.name})"


def find_loose(con: duckdb.DuckDBPyConnection, a: Side, b: Side, key: Sequence[Pair]) -> int:
    """Make the table `loose` (k) of keys that are repeated; gives how many rows have such a key, or an empty one."""
    sides = [_keys(side, place, key) for place, side in enumerate((a, b))]
    repeated = " UNION ".join(f"SELECT k FROM {one} WHERE k NOT NULL GROUP BY k HAVING count(*) > 1" for one in sides)
    con.execute(f"CREATE OR REPLACE TABLE loose AS {repeated}")
    apart = "count(*) FILTER (k IS NULL OR k IN (FROM loose))"
    return sum(int((con.execute(f"SELECT {apart} FROM {one}").fetchone() or (0,))[0]) for one in sides)


def meet(con: duckdb.DuckDBPyConnection, a: Side, b: Side, key: Sequence[Pair]) -> None:
    """Make the table `met` (na, nb) of rows with one key, that is not `loose`."""
    con.execute(
        f"CREATE TABLE met AS SELECT x.n AS na, y.n AS nb FROM {_keys(a, 0, key)} x "
        f"JOIN {_keys(b, 1, key)} y USING (k) "
        "WHERE k NOT IN (FROM loose)"
    )


def compare(con: duckdb.DuckDBPyConnection, a: Side, b: Side, shared: Sequence[Pair], key: Sequence[Pair]) -> Counts:
    """Make the tables `pairs` (na, nb) of changed rows, `came` (n) and `went` (n). Where there is a key, `find_loose`
    has been there. Without a common column nothing of a row has stayed.
    """
    for place, side in enumerate((a, b)):
        cells = [side.cell(pair[place]) for pair in shared]
        digest = f"md5_number({_text(cells)})" if cells else f"{place}::UHUGEINT"
        told = f", {_key(side, [pair[place] for pair in key])} AS k" if key else ""
        apart = f"SELECT *, {'k IS NULL OR k IN (FROM loose)' if key else 'TRUE'} AS apart FROM"
        con.execute(f"CREATE TABLE h{side.name} AS {apart} (SELECT n, {digest} AS h{told} FROM {side.name})")
    for table, columns in (("pairs", "na BIGINT, nb BIGINT"), ("came", "n BIGINT"), ("went", "n BIGINT")):
        con.execute(f"CREATE TABLE {table} ({columns})")
    if key:
        _by_key(con)
    matched = _count(con, "hb WHERE NOT apart") - _count(con, "came")
    loose = _count(con, "ha WHERE apart") + _count(con, "hb WHERE apart")
    if loose:
        _as_whole(con)
    return Counts(_count(con, "came"), _count(con, "went"), _count(con, "pairs"), loose if key else 0, matched)


def _count(con: duckdb.DuckDBPyConnection, rows: str) -> int:
    return int((con.execute(f"SELECT count(*) FROM {rows}").fetchone() or (0,))[0])


def _by_key(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        "CREATE TABLE joined AS SELECT x.n AS na, y.n AS nb FROM (FROM ha WHERE NOT apart) x "
        "FULL JOIN (FROM hb WHERE NOT apart) y USING (k) WHERE x.h IS DISTINCT FROM y.h"
    )
    con.execute("INSERT INTO pairs SELECT na, nb FROM joined WHERE na NOT NULL AND nb NOT NULL ORDER BY nb")
    con.execute("INSERT INTO came SELECT nb FROM joined WHERE na IS NULL")
    con.execute("INSERT INTO went SELECT na FROM joined WHERE nb IS NULL")


def _as_whole(con: duckdb.DuckDBPyConnection) -> None:
    """As often as equal rows stand on both sides, they are the same; of the others the later ones came or went."""
    both = "SELECT h, 1 AS d FROM hb WHERE apart UNION ALL SELECT h, -1 FROM ha WHERE apart"
    con.execute(f"CREATE TABLE uneven AS SELECT h, sum(d) AS d FROM ({both}) GROUP BY h HAVING sum(d) <> 0")
    for table, source, sign in (("came", "hb", ""), ("went", "ha", "-")):
        con.execute(
            f"INSERT INTO {table} SELECT n FROM (SELECT n, d, row_number() OVER (PARTITION BY h ORDER BY n DESC) AS r "
            f"FROM (FROM {source} WHERE apart) JOIN uneven USING (h)) WHERE r <= {sign}d"
        )
