"""What two versions of a table differ in, against a plain Python dictionary that knows nothing of DuckDB or columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.difference import CompareRules, TableVersion, compare_tables
from tests.tabular import csv_text, entry, prepare

COLUMNS = {"k": "string", "n": "integer", "x": "number", "d": "date", "t": "string"}
KEYS = st.sampled_from(["a", "b", "c", "ab", "a ", "A", "甲", '"', "x,y", "1", "01"])
# Spellings of few values, so that equal values often meet in different spellings.
SPELLINGS: dict[str, list[tuple[str, Any]]] = {
    "n": [("", None), ("1", 1), (" 1 ", 1), ("+1", 1), ("-3", -3), ("9007199254740993", 9007199254740993), ("0", 0)],
    "x": [("", None), ("1.50", 1.5), ("1.5", 1.5), ("15e-1", 1.5), ("-0", 0.0), ("0.0", 0.0), ("1e2", 100.0)],
    "d": [("", None), ("2023-01-05", (2023, 1, 5)), ("2023-1-5", (2023, 1, 5)), ("2024-02-29", (2024, 2, 29))],
    "t": [("", None), (" ", " "), ("甲", "甲"), ("甲\n乙", "甲\n乙"), ("=1+1", "=1+1"), ("\x02x", "\x02x"), ("-", "-")],
}
ROW = st.tuples(KEYS, *(st.sampled_from(SPELLINGS[name]) for name in ("n", "x", "d", "t")))
TABLE = st.lists(ROW, max_size=12)
Rows = list[Any]


def texts(rows: Rows) -> list[list[str]]:
    return [[row[0], *(text for text, _ in row[1:])] for row in rows]


def values(rows: Rows) -> list[tuple[Any, ...]]:
    return [(row[0], *(value for _, value in row[1:])) for row in rows]


def compared(before: Rows, after: Rows, key: Sequence[str], names: Sequence[str] = tuple(COLUMNS)) -> Any:
    """Ours; `names` are the present columns in their order (`t` may stand as another one)."""
    kinds = {name: COLUMNS.get(name, "string") for name in names}
    order = [list(COLUMNS).index(name if name in COLUMNS else "t") for name in names]
    shuffled = [[row[place] for place in order] for row in texts(after)]
    schemas = [entry(one, schema={"primaryKey": list(key)}).tables[0].table_schema for one in (COLUMNS, kinds)]
    with TemporaryDirectory() as name:
        folder = Path(name)
        files = [
            prepare(folder, "b.csv", csv_text(COLUMNS, texts(before))),
            prepare(folder, "a.csv", csv_text(names, shuffled)),
        ]
        versions = [TableVersion([file], schema) for file, schema in zip(files, schemas, strict=True)]
        return compare_tables("t", *versions, CompareRules(folder / "scratch", samples=50, shown=1000))


@settings(max_examples=50, deadline=None)
@given(TABLE, TABLE)
def test_rows_with_a_key(before: Rows, after: Rows) -> None:
    once = [
        {row[0]: row for row in values(rows) if [one[0] for one in rows].count(row[0]) == 1} for rows in (before, after)
    ]
    repeated = {row[0] for rows in (before, after) for row in rows if [one[0] for one in rows].count(row[0]) > 1}
    old, new = ({key: row for key, row in one.items() if key not in repeated} for one in once)
    loose = [Counter(row for row in values(rows) if row[0] in repeated) for rows in (before, after)]
    changed = {key for key in old.keys() & new.keys() if old[key] != new[key]}
    found = compared(before, after, ["k"])
    if texts(before) == texts(after):
        assert found.by == "nothing"  # the same bytes: nobody has to look
        assert (found.added, found.removed, found.changed, found.columns) == (0, 0, 0, ())
        return
    if sum(one.total() for one in loose) == len(before) + len(after):
        assert found.by == "rows"
    else:
        assert found.by == "key"
        assert found.loose == sum(one.total() for one in loose)
    assert found.added == len(new.keys() - old.keys()) + (loose[1] - loose[0]).total()
    assert found.removed == len(old.keys() - new.keys()) + (loose[0] - loose[1]).total()
    assert found.changed == len(changed)
    cells = {name: sum(old[key][place] != new[key][place] for key in changed) for place, name in enumerate(COLUMNS)}
    assert {one.name: one.cells for one in found.columns if one.cells} == {name: n for name, n in cells.items() if n}
    assert {(one.key[0], one.column) for one in found.altered} == {
        (key, name) for key in changed for place, name in enumerate(COLUMNS) if old[key][place] != new[key][place]
    }
    assert {one.key[0] for one in found.came if one.key} >= new.keys() - old.keys()  # by rows, none has a key


@settings(max_examples=50, deadline=None)
@given(TABLE, TABLE)
def test_rows_without_a_key(before: Rows, after: Rows) -> None:
    old, new = Counter(values(before)), Counter(values(after))
    found = compared(before, after, [])
    assert (found.added, found.removed, found.changed) == ((new - old).total(), (old - new).total(), 0)
    assert (len(found.came), len(found.went)) == (found.added, found.removed)


@settings(max_examples=40, deadline=None)
@given(st.lists(ROW, max_size=12, unique_by=lambda row: row[0]), st.permutations(list(COLUMNS)), st.randoms())
def test_order_and_spelling_are_no_change(rows: Rows, names: list[str], random: Any) -> None:
    respelled = [
        [
            row[0],
            *(
                random.choice([one for one in SPELLINGS[name] if one[1] == cell[1]])
                for name, cell in zip("nxdt", row[1:], strict=True)
            ),
        ]
        for row in rows
    ]
    random.shuffle(respelled)
    found = compared(rows, respelled, ["k"], names)
    assert (found.added, found.removed, found.changed, found.loose) == (0, 0, 0, 0)
    assert all(one.kind == "same" and not one.cells and one.spread_before is None for one in found.columns)
    assert bool([one for one in found.columns if one.moved]) == (names != list(COLUMNS))


@settings(max_examples=40, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=12, unique_by=lambda row: row[0]))
def test_null_counts_and_numbers(rows: Rows) -> None:
    found = {one.name: one for one in compared([], rows, ["k"]).columns}
    for place, name in enumerate(COLUMNS):
        column = [row[place] for row in values(rows)]
        nulls = column.count(None)
        assert (found[name].nulls.after if name in found else 0) == nulls
        told = [value for value in column if value is not None]
        if name in ("n", "x") and told:
            spread = found[name].spread_after
            assert (spread.count, spread.minimum, spread.maximum) == (len(told), min(told), max(told))
            assert abs(spread.sum - sum(told)) < 1e-9 * max(1, abs(sum(told)))
