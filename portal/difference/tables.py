"""Two versions of one table: columns matched, rows told apart by key, everything counted, a little shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import duckdb

from portal.changefacts import FileDifference, Pair, TableDifference, Told
from portal.difference import match, rows
from portal.difference.columns import by_schema, differences
from portal.difference.covering import Cover, names_of_people
from portal.difference.samples import Sampler, count_cells
from portal.difference.shape import CompareRules, TableVersion
from portal.difference.side import Side, UnreadableError, load, rows_of

SMALL = 16 << 20
"""Bytes of text below which both versions stay in memory: a database file takes longer to make."""
VALUES = 10
"""Values that must be seen to be equal where columns are matched without a key: two of yes and no are often alike."""


def compare_tables(
    name: str,
    before: TableVersion,
    after: TableVersion,
    rules: CompareRules,
    hidden: frozenset[str] = frozenset(),
) -> TableDifference:
    """Compare two versions of a table by its primary key, else by whole rows, by published value.

    `hidden` are columns (by any of their names) whose values are never shown. A version that can't be read is named
    in `unreadable`; then columns are compared as the schemas tell them.
    """
    told = TableDifference(
        name=name,
        kind="same",
        key_before=before.schema.primary_key if before.schema else (),
        key_after=after.schema.primary_key if after.schema else (),
        bytes=Pair(before=before.bytes, after=after.bytes),
        files=tuple(_files(before, after)),
    )
    if _is_same(before, after):
        try:
            rows_ = count_rows(after, rules)
        except UnreadableError:
            return told
        columns = tuple(by_schema(before.schema, after.schema))
        return told.model_copy(update={"rows": Pair(before=rows_, after=rows_), "columns": columns})
    with _connect(rules, before.bytes + after.bytes) as (con, folder):
        sides: dict[str, Side] = {}
        bad: dict[str, str] = {}
        for which, label, version in (("before", "a", before), ("after", "b", after)):
            try:
                if version.unreadable:
                    raise UnreadableError(version.unreadable)
                sides[label] = load(con, label, version, folder, rules.threads)
            except UnreadableError as error:
                bad[which] = error.rule
        counted = {which: sides[label].rows for which, label in (("before", "a"), ("after", "b")) if label in sides}
        told = told.model_copy(update={"rows": Pair(**counted), "unreadable": bad})
        if bad:
            return told.model_copy(update={"columns": tuple(by_schema(before.schema, after.schema))})
        hidden |= names_of_people(before) | names_of_people(after)
        told = told.model_copy(update={"hidden": tuple(sorted(hidden))})
        done = _compare(con, sides["a"], sides["b"], told, rules)
    quiet = not (done.added or done.removed or done.changed or done.columns)
    other = [one.sha256 for one in before.files] != [one.sha256 for one in after.files]
    return done.model_copy(update={"reworded": quiet and other})


def describe_table(name: str, version: TableVersion, rules: CompareRules) -> TableDifference:
    """A version of a table by itself: its rows and bytes, as those before."""
    told = TableDifference(name=name, kind="same", bytes=Pair(before=version.bytes))
    if version.unreadable:
        return told.model_copy(update={"unreadable": {"before": version.unreadable}})
    try:
        return told.model_copy(update={"rows": Pair(before=count_rows(version, rules))})
    except UnreadableError as error:
        return told.model_copy(update={"unreadable": {"before": error.rule}})


def count_rows(version: TableVersion, rules: CompareRules) -> int:
    """Rows of all files, without a database. Raises UnreadableError."""
    rules.scratch.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=rules.scratch) as name:
        return sum(rows_of(one, Path(name)) for one in version.files)


def _is_same(before: TableVersion, after: TableVersion) -> bool:
    """The same bytes, read in the same way: no value can be another, whatever the schema's words say."""
    files = [[(one.sha256, one.encoding, one.format) for one in side.files] for side in (before, after)]
    return files[0] == files[1] and _reading(before) == _reading(after) and not (before.unreadable or after.unreadable)


def _reading(version: TableVersion) -> list[object]:
    """All that decides which values a file has."""
    if version.schema is None:
        return [sorted(map(str, version.written.values()))]
    columns = [(column.name, column.type, column.format) for column in version.schema.fields]
    written = [sorted(version.written.get(one.path, {}).items()) for one in version.files]
    return [columns, version.schema.missing_values, version.schema.primary_key, written]


@contextmanager
def _connect(rules: CompareRules, size: int) -> Iterator[tuple[duckdb.DuckDBPyConnection, Path]]:
    """A database for one comparison and a folder for its files; both are gone afterwards."""
    rules.scratch.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=rules.scratch) as name:
        folder = Path(name)
        config: dict[str, str | bool | int | float | list[str]] = {
            "threads": rules.threads,
            "memory_limit": f"{rules.memory}MiB",
            "temp_directory": str(folder / "spill"),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "checkpoint_threshold": "1TB",  # the file is thrown away: written twice it takes 1.6 s of 5
        }
        database = ":memory:" if size < SMALL else str(folder / "rows.duckdb")
        with duckdb.connect(database, config=config) as connection:
            connection.execute("PRAGMA disable_checkpoint_on_shutdown")  # the file is thrown away
            yield connection, folder


WRITTEN = {"format": "文件格式", "encoding": "编码", "delimiter": "分隔符", "sheet": "工作表"}
"""How a file is written, with Chinese names."""


class _Matched(NamedTuple):
    """Which columns are one, and by which of them rows are told apart (none: as whole rows)."""

    shared: list[match.Pair]
    key: list[match.Pair]


def _compare(
    con: duckdb.DuckDBPyConnection, a: Side, b: Side, told: TableDifference, rules: CompareRules
) -> TableDifference:
    found = _match(con, a, b, told)
    counts = rows.compare(con, a, b, found.shared, found.key)
    cells = count_cells(con, (a, b), found.shared, counts.changed)
    cover = Cover((a, b), found.shared, frozenset(told.hidden))
    con.execute("SET threads = 1")  # the same order, the same sums
    columns = differences(con, a, b, found.shared, cells=cells, matched=counts.matched, cover=cover)
    sampler = Sampler(con, (a, b), found.key, rules, cover)
    return told.model_copy(
        update={
            "by": "key" if found.key else "rows",
            "key": tuple(new for _, new in found.key),
            "added": counts.added,
            "removed": counts.removed,
            "changed": counts.changed,
            "loose": counts.loose,
            "cells": sum(cells.values()),
            "columns": tuple(columns),
            "came": sampler.rows("came", b),
            "went": sampler.rows("went", a),
            "altered": sampler.cells(found.shared, cells),
        }
    )


def _match(con: duckdb.DuckDBPyConnection, a: Side, b: Side, told: TableDifference) -> _Matched:
    """Columns of one name, then renamed keys, then other renamed columns, found in rows of the same key."""
    shared = match.of_one_name(a, b)
    lost, new = match.left_over(a, b, shared)
    keys_lost = [one for one in told.key_before if one in lost]
    keys_new = [one for one in told.key_after if one in new]
    if keys_lost and keys_new:
        shared += match.renamed(a, b, keys_lost, keys_new, match.by_values(con, a, b))
    key = _key(con, a, b, shared, told)
    lost, new = match.left_over(a, b, shared)
    if lost and new:
        if key:
            rows.meet(con, a, b, key)
            shared += match.renamed(a, b, lost, new, match.by_rows(con, a, b, lost, new))
        else:
            shared += match.renamed(a, b, lost, new, match.by_values(con, a, b), least=VALUES)
    return _Matched(sorted(shared, key=lambda pair: b.columns.index(pair[1])), key)


def _key(
    con: duckdb.DuckDBPyConnection, a: Side, b: Side, shared: Sequence[match.Pair], told: TableDifference
) -> list[match.Pair]:
    """The present key, or the earlier one where it tells rows apart better; none where it would tell none apart."""
    olds, news = {new: (old, new) for old, new in shared}, {old: (old, new) for old, new in shared}
    candidates = [
        [olds[name] for name in told.key_after] if set(told.key_after) <= olds.keys() else [],
        [news[name] for name in told.key_before] if set(told.key_before) <= news.keys() else [],
    ]
    usable = list({tuple(one): one for one in candidates if one}.values())
    loose = [rows.find_loose(con, a, b, one) for one in usable]
    if not usable or min(loose) == a.rows + b.rows > 0:
        return []
    best = loose.index(min(loose))
    if best != len(usable) - 1:
        rows.find_loose(con, a, b, usable[best])
    return usable[best]


def _files(before: TableVersion, after: TableVersion) -> Iterator[FileDifference]:
    """Files that came or went, and those that are written in another way."""
    olds, news = _written(before), _written(after)
    for path in sorted(olds.keys() | news.keys()):
        if path not in olds:
            yield FileDifference(path=path, kind="added")
        elif path not in news:
            yield FileDifference(path=path, kind="removed")
        elif olds[path] != news[path]:
            pairs = {what: (olds[path].get(what), news[path].get(what)) for what in WRITTEN}
            told = (Told(what=what, title=WRITTEN[what], old=o, new=n) for what, (o, n) in pairs.items() if o != n)
            yield FileDifference(path=path, kind="same", told=tuple(told))


def _written(version: TableVersion) -> dict[str, dict[str, str]]:
    return {
        one.path: {"format": one.format, "encoding": one.encoding, **version.written.get(one.path, {})}
        for one in version.files
    }
