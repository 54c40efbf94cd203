"""Two versions of a dataset: its entry in words, its tables matched and compared.

Rows are compared where both versions are open without conditions, and nowhere else: a version that is open under
conditions or not at all counts as if it had no tables (OT-1).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from portal.changefacts import ColumnDifference, DatasetDifference, Kind, Pair, TableDifference
from portal.difference import entry
from portal.difference.shape import CompareRules, TableVersion, Version
from portal.difference.tables import compare_tables, describe_table
from portal.model import Dataset, Table
from portal.personal import masked
from portal.tablefile import Prepared

ALIKE = 0.6
"""Share of common column names, of all that either has, from which on a table under another name is the same one."""
PERSONAL = "personal-"
"""Begins the names of the rules about personal data; a column with an exception from one is never shown."""


def compare_datasets(before: Version | None, after: Version | None, rules: CompareRules) -> DatasetDifference:
    """What changed for people. One of the two may be missing: the dataset came, or went. Raises ValueError for none."""
    if before is None and after is None:
        raise ValueError("nothing to compare")
    present, earlier = after or before, before or after
    assert present is not None  # noqa: S101 -- told to mypy; the line above has dealt with it
    assert earlier is not None  # noqa: S101
    then, now = earlier.dataset, present.dataset
    kind: Kind = (
        "added" if before is None else "removed" if after is None else "renamed" if then.id != now.id else "same"
    )
    listed = [one.dataset.is_listed for one in (before, after) if one]
    told = DatasetDifference(
        id=now.id,
        kind=kind,
        title=masked(now.title) if all(listed) else "",
        before=then.id if before else None,
        entry=entry.told(then, now) if before and after else (),
        data_date=(_date(before), _date(after)) if all(listed) else (None, None),
        closed=not all(one.dataset.is_open for one in (before, after) if one),
    )
    old, new = (one if one and one.dataset.is_open else None for one in (before, after))
    tables = tuple(_tables(old, new, rules))
    return told.model_copy(
        update={
            "tables": tables,
            "rows": _sum(tables, "rows"),
            "bytes": _sum(tables, "bytes"),
        }
    )


def _date(version: Version | None) -> str | None:
    return version.dataset.data_date.isoformat() if version else None


def _sum(tables: Iterable[TableDifference], what: Literal["rows", "bytes"]) -> Pair:
    """Of all tables of each version; None where it has none, or one of them could not be read."""
    pairs = [(one.kind, getattr(one, what)) for one in tables]
    return Pair(
        before=_added([pair.before for kind, pair in pairs if kind != "added"]),
        after=_added([pair.after for kind, pair in pairs if kind != "removed"]),
    )


def _added(numbers: Sequence[int | None]) -> int | None:
    known = [one for one in numbers if one is not None]
    return sum(known) if known and len(known) == len(numbers) else None


def _tables(before: Version | None, after: Version | None, rules: CompareRules) -> Iterator[TableDifference]:
    """Each table of the present version with the one it was, then those that went."""
    then, now = (one.dataset.tables if one else () for one in (before, after))
    pairs = _pairs(before, after, then, now)
    for table in now:
        assert after is not None  # noqa: S101 -- told to mypy: it has tables
        if table.name not in pairs or before is None:
            yield _alone(after, table, rules, "added")
            continue
        old = pairs[table.name]
        found = compare_tables(table.name, _version(before, old), _version(after, table), rules, _hidden(before, after))
        yield found.model_copy(update={"before": old.name, "kind": "same" if old.name == table.name else "renamed"})
    gone = {one.name for one in pairs.values()}
    for table in then:
        if before is not None and table.name not in gone:
            yield _alone(before, table, rules, "removed")


def _pairs(
    before: Version | None, after: Version | None, then: Iterable[Table], now: Iterable[Table]
) -> dict[str, Table]:
    """Present name → the table it was: of the same name, of the same bytes, or with most columns in common."""
    if before is None or after is None:
        return {}
    olds = {one.name: one for one in then}
    found = {one.name: olds.pop(one.name) for one in now if one.name in olds}
    candidates = sorted(
        (-_likeness(before, old, after, new), new.name, old.name)
        for new in now
        if new.name not in found
        for old in olds.values()
    )
    for likeness, new, old in candidates:
        if -likeness >= ALIKE and new not in found and old in olds:
            found[new] = olds.pop(old)
    return found


def _likeness(before: Version, old: Table, after: Version, new: Table) -> float:
    if [one.sha256 for one in _files(before, old)] == [one.sha256 for one in _files(after, new)] != []:
        return 1.0
    then, now = set(old.table_schema.names), set(new.table_schema.names)
    return len(then & now) / len(then | now)


def _alone(version: Version, table: Table, rules: CompareRules, kind: Kind) -> TableDifference:
    """A table that came or went as a whole: its columns and how many rows, no sample."""
    one = describe_table(table.name, _version(version, table), rules)
    earlier = kind == "removed"
    return one.model_copy(
        update={
            "kind": kind,
            "before": table.name if earlier else None,
            "columns": tuple(
                ColumnDifference(name=name, kind=kind, before=name if earlier else None)
                for name in table.table_schema.names
            ),
        }
        | ({} if earlier else _as_new(one))
    )


def _as_new(one: TableDifference) -> dict[str, object]:
    """What was told of a table by itself, as of the present version."""
    return {
        "rows": Pair(after=one.rows.before),
        "bytes": Pair(after=one.bytes.before),
        "unreadable": dict.fromkeys(("after",), one.unreadable["before"]) if one.unreadable else {},
    }


def _files(version: Version, table: Table) -> list[Prepared]:
    """The prepared files of a table in order, called as the entry calls them."""
    found = ((version.prepared.get(file.key), file.path) for file in table.files)
    return [replace(one, path=path) for one, path in found if one]


def _version(version: Version, table: Table) -> TableVersion:
    broken = [version.unreadable.get(file.key, "unread") for file in table.files if file.key not in version.prepared]
    written = {
        file.path: {"delimiter": file.delimiter} | ({"sheet": file.sheet} if file.sheet else {}) for file in table.files
    }
    return TableVersion(_files(version, table), table.table_schema, broken[0] if broken else "", written)


def _hidden(*versions: Version) -> frozenset[str]:
    """Columns that hold personal data, or may by an exception, in either version."""
    found: set[str] = set()
    for version in versions:
        found |= version.hidden
        for one in version.dataset.allow:
            if one.rule.startswith(PERSONAL):
                found |= {one.field} if one.field else _columns(version.dataset)
    return frozenset(found)


def _columns(dataset: Dataset) -> set[str]:
    return {name for table in dataset.tables for name in table.table_schema.names}
