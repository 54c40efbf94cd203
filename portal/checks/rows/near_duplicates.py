"""Rows and keys that differ only in how they are written; values of a column that are one thing (QLT-3).

The different texts of each free text column are brought to one form (spelling.py), in one pass; only where two of them
meet are their rows looked at. A column with a pattern, an enumeration or a list of codes says itself how it is spelled
and is left out. Keys and rows that only blanks or width tell apart are an error, other look-alikes a warning.
"""

# ruff: noqa: S608 -- the SQL is ours; names and texts in it are made or quoted here

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import duckdb

from portal.checks.rows.cells import fetch
from portal.checks.rows.engine import Loaded, insert
from portal.checks.rows.keys import Located, before
from portal.checks.rows.shape import Finding
from portal.checks.rows.spelling import Kind, are_invisible, differences, forms
from portal.problems import shown
from portal.tableschema import TableSchema
from portal.wording.quality import DIFFERENCES

BATCH = 5000
QUOTED = 30
"""Characters of a spelling that a finding quotes."""


def spelled(schema: TableSchema) -> tuple[str, ...]:
    """The columns of free text, whose spelling nothing else governs."""
    return tuple(
        column.name
        for column in schema.fields
        if column.type == "string"
        and column.format in (None, "default")
        and not (column.codes or column.constraints.enum or column.constraints.pattern)
    )


class Group(NamedTuple):
    """A column and the table (form, value) of those of its values that share a form with another one."""

    name: str
    table: str


def near_duplicates(
    con: duckdb.DuckDBPyConnection, files: Sequence[Loaded], schema: TableSchema, groups: Sequence[Group]
) -> Iterator[Located]:
    """Everything that is one but for its spelling, over all files of a table, from what `group` found."""
    names = spelled_everywhere(files, schema)
    single = {column.name for column in schema.fields if column.constraints.unique}
    single |= set(schema.primary_key) if len(schema.primary_key) == 1 else set()
    for one in groups:
        number = schema.names.index(one.name) + 1
        yield from (_keys if one.name in single else _spellings)(con, files, one, number)
    wanted = schema.primary_key or names
    meeting = [one for one in groups if one.name in wanted]
    whole = all(file.layout.place_of(name) is not None for file in files for name in wanted)
    if len(schema.primary_key) != 1 and meeting and whole:
        yield from _rows(
            con, files, meeting, [name for name in wanted if name not in {one.name for one in meeting}], schema
        )


def spelled_everywhere(files: Sequence[Loaded], schema: TableSchema) -> list[str]:
    """Those of the columns of free text that every file has."""
    return [name for name in spelled(schema) if all(file.layout.place_of(name) is not None for file in files)]


def group(con: duckdb.DuckDBPyConnection, files: Sequence[Loaded], name: str, folder: Path) -> Group | None:
    """The values of a column that meet in one form; None where none do.

    Takes long and may run beside others, on a connection of its own, and again.
    """
    values = f"(SELECT DISTINCT v0 AS v FROM {_base(files, [name])} WHERE v0 IS NOT NULL)"
    table = f"spelled_{files[0].layout.place_of(name)}"
    changed = _changed(con, values)
    first = next(changed, None)
    if first is None:
        return None
    insert(con, f"{table}_m", chain([first], changed), 2, folder)
    con.execute(
        f"CREATE OR REPLACE TABLE {table} AS WITH m AS (SELECT c0 AS form, c1 AS v FROM {table}_m), "
        f"there AS (SELECT d.v AS form, d.v FROM {values} d SEMI JOIN m ON d.v = m.form), "
        "all_of AS (SELECT * FROM m UNION SELECT * FROM there) "
        "SELECT form, v FROM all_of SEMI JOIN (SELECT form FROM all_of GROUP BY form HAVING count(*) > 1) USING (form)"
    )
    (count,) = con.execute(f"SELECT count(*) FROM {table}").fetchone() or (0,)
    return Group(name, table) if count else None


def _changed(con: duckdb.DuckDBPyConnection, values: str) -> Iterator[tuple[str, str]]:
    """Form and text of every value that is not its own form."""
    batch: list[str] = []
    for (value,) in fetch(con, f"SELECT v FROM {values}"):
        batch.append(value)
        if len(batch) == BATCH:
            yield from _unlike(batch)
            batch = []
    yield from _unlike(batch)


def _unlike(batch: list[str]) -> Iterator[tuple[str, str]]:
    return ((told, value) for told, value in zip(forms(batch), batch, strict=True) if told not in (value, ""))


def _base(files: Sequence[Loaded], names: Sequence[str], more: str = "") -> str:
    """SQL for the rows of all files: `f`, `r`, and the texts of these columns as v0, v1 …"""
    parts = []
    for file in files:
        cells = ", ".join(f"k{file.layout.place_of(name)} AS v{number}" for number, name in enumerate(names))
        parts.append(
            f"SELECT {file.index} AS f, n + 1 AS r, {cells}{more} FROM {file.name} WHERE n > 0 AND {file.regular}"
        )
    return f"({' UNION ALL '.join(parts)})"


def _places(con: duckdb.DuckDBPyConnection, files: Sequence[Loaded], group: Group) -> Iterator[list[_Place]]:
    """The spellings of each thing, the most frequent first, in order of the first row of the thing."""
    query = (
        "WITH told AS (SELECT g.form, g.v, count(*) AS n, min({'f': f, 'r': r}) AS first "
        f"FROM {_base(files, [group.name])} b JOIN {group.table} g ON b.v0 = g.v GROUP BY g.form, g.v) "
        "SELECT form, v, n, first.f, first.r FROM told "
        "ORDER BY min(first) OVER (PARTITION BY form), form, n DESC, first"
    )
    form, found = None, list[_Place]()
    for told, *place in fetch(con, query):
        if told != form and found:
            yield found
            found = []
        form = told
        found.append(_Place(*place))
    if found:
        yield found


class _Place(NamedTuple):
    """A spelling, how often it stands, and where first."""

    text: str
    times: int
    file: int
    row: int


def _spellings(con: duckdb.DuckDBPyConnection, files: Sequence[Loaded], group: Group, number: int) -> Iterator[Located]:
    """Each rarer spelling of a thing, told with the usual one."""
    for usual, *others in _places(con, files, group):
        for other in others:
            told = (
                ("usual", shown(usual.text, QUOTED)),
                ("usual_count", str(usual.times)),
                ("own_count", str(other.times)),
                *_how(differences(usual.text, other.text)),
            )
            yield other.file, Finding(other.row, number, "spelling-variants", group.name, other.text, told)


def _keys(con: duckdb.DuckDBPyConnection, files: Sequence[Loaded], group: Group, number: int) -> Iterator[Located]:
    """Each key that is an earlier one but for its spelling."""
    for places in _places(con, files, group):
        first, *others = sorted(places, key=lambda one: (one.file, one.row))
        for other in others:
            kinds = differences(first.text, other.text)
            found = (("other", shown(first.text, QUOTED)), *_how(kinds), *before(first.file, first.row))
            yield other.file, Finding(other.row, number, _rule(kinds), group.name, other.text, found)


def _rows(
    con: duckdb.DuckDBPyConnection,
    files: Sequence[Loaded],
    groups: Sequence[Group],
    rest: Sequence[str],
    schema: TableSchema,
) -> Iterator[Located]:
    """Rows (or keys of several columns) that differ in nothing but the spelling of the groups' columns; `rest` are the
    others that must be equal, besides the hash of all columns that are no text where there is no key.
    """
    names = [group.name for group in groups]
    joins = " ".join(f"LEFT JOIN {group.table} g{i} ON b.v{i} = g{i}.v" for i, group in enumerate(groups))
    texts = "[" + ", ".join(f"b.v{i}" for i in range(len(names))) + "]"
    same = [f"coalesce(g{i}.form, b.v{i})" for i in range(len(names))]
    same += [f"b.v{i}" for i in range(len(names), len(names) + len(rest))]
    same += [] if schema.primary_key else ["b.h2"]
    meets = "(" + " OR ".join(f"g{i}.form IS NOT NULL" for i in range(len(groups))) + ")"
    if schema.primary_key:  # a key whose text is no value has its own problem
        meets += "".join(f" AND b.v{i} IS NOT NULL" for i in range(len(names), len(names) + len(rest)))
    query = (
        f"WITH t AS (SELECT f, r, {texts} AS texts, [{', '.join(f'{one}::VARCHAR' for one in same)}] AS same "
        f"FROM {_base(files, [*names, *rest], '' if schema.primary_key else ', h2')} b {joins} WHERE {meets}) "
        "SELECT f, r, texts, lag(f) OVER w, lag(r) OVER w, lag(texts) OVER w FROM t "
        "WINDOW w AS (PARTITION BY same ORDER BY f, r) "
        "QUALIFY lag(r) OVER w IS NOT NULL AND texts <> lag(texts) OVER w ORDER BY f, r"
    )
    for file, row, texts_here, first_file, first_row, texts_there in fetch(con, query):
        pairs = zip(names, texts_here, texts_there, strict=True)
        unlike = [(name, here, there) for name, here, there in pairs if here != there]
        kinds = tuple(dict.fromkeys(kind for _, here, there in unlike for kind in differences(here, there)))
        name, here, there = unlike[0]
        found = (("other", shown(there, QUOTED)), *_how(kinds), *before(first_file, first_row))
        yield file, Finding(row, schema.names.index(name) + 1, _rule(kinds), name, here, found)


def _rule(kinds: Sequence[Kind]) -> str:
    return "near-duplicate" if are_invisible(kinds) else "look-alike"


def _how(kinds: Sequence[Kind]) -> tuple[tuple[str, str], ...]:
    told = [DIFFERENCES[kind] for kind in kinds] or [DIFFERENCES["blanks"]]
    return ("how", "、".join(text.zh for text in told)), ("how_en", ", ".join(text.en for text in told))
