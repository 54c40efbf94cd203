"""What each release of a dataset changed against the one before it, from the files that people take away of both.

Compared are the published CSVs, so that the answer is what anybody gets who compares them; a release that is not public
(blocked, lost, not open in its time) is compared with nothing, and the next one with the newest public one before it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from portal.changefacts import DatasetDifference, ReleaseChange
from portal.difference.datasets import compare_datasets
from portal.difference.kept import kept
from portal.difference.shape import CompareRules, Version
from portal.digests import canonical_json
from portal.model import DataFile, Dataset, Table
from portal.tablefile import Prepared, prepare
from portal.tableschema import Column, TableSchema


@dataclass(frozen=True)
class Published:
    """A public release: the entry of its time, the folder with its CSVs, and their digests (name → sha-256)."""

    release: str
    dataset: Dataset
    folder: Path
    digests: Mapping[str, str]
    note: str | None = None


def release_changes(releases: Sequence[Published], cache: Path, rules: CompareRules) -> tuple[ReleaseChange, ...]:
    """For each release, oldest first as given, what it changed; nothing for the first one."""
    return tuple(
        ReleaseChange(
            release=new.release, since=old.release, note=new.note, difference=_compare(old, new, cache, rules)
        )
        for old, new in pairwise(releases)
    )


def _compare(old: Published, new: Published, cache: Path, rules: CompareRules) -> DatasetDifference:
    words: list[object] = [rules.samples, rules.shown]
    for one in (old, new):
        words += [one.dataset.model_dump(mode="json", by_alias=True), dict(one.digests)]
    return kept(
        cache, map(canonical_json, words), lambda: compare_datasets(_version(old, cache), _version(new, cache), rules)
    )


def _version(one: Published, cache: Path) -> Version:
    """The release as its files tell it: one CSV a table, values as published."""
    files = tuple(_file(table) for table in one.dataset.tables)
    prepared: dict[str, Prepared] = {}
    broken: dict[str, str] = {}
    for file in files:
        made, problems = prepare(one.folder, file.path, file, cache)
        if made:
            prepared[file.key] = made
        else:
            broken[file.key] = problems[0].rule
    return Version(one.dataset.model_copy(update={"files": files}), prepared, broken)


def _file(table: Table) -> DataFile:
    return DataFile(
        path=f"{table.name}.csv", name=table.name, title=table.title, table_schema=_schema(table.table_schema)
    )


def _schema(schema: TableSchema) -> TableSchema:
    """How the published CSV is read: dates as ISO has them, a missing value as it is written there."""
    missing = "" if "" in schema.missing_values or not schema.missing_values else schema.missing_values[0]
    fields = tuple(_column(column) for column in schema.fields)
    return schema.model_copy(update={"fields": fields, "missing_values": (missing,)})


def _column(column: Column) -> Column:
    return column.model_copy(update={"format": None}) if column.type in ("date", "time", "datetime") else column
