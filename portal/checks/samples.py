"""Samples of conditional data: small, part of the whole, like the whole, and reviewed (SMP-2).

SH-22¶2「针对性抽取，真实反映全量数据特征，符合开放数据质量管理要求」. The whole stays out of Git, so the department
supplies its profile: figures per column, which the sample is held against. That the rows themselves are clean is the
business of the row check and of the search for personal data, which see the sample as they see any open file. How far
a sample may differ is the house's (profiles/house.yml `samples`): no text sets a number.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import sqrt

from portal.casting import CastError, converter
from portal.checks.shape import Read
from portal.digests import content_digest
from portal.model import Dataset
from portal.problems import Problem
from portal.profile import Profile
from portal.records import ColumnProfile, Sample
from portal.samples import SUFFIX, sample_of, sampled_table
from portal.tablefile import Prepared
from portal.tableschema import Column

SHARES_SUM = 0.02
"""How far the shares of a column may miss 1 and still be told to be all values."""
NOISE = 2.0
"""A share p of n rows may differ by this many standard errors, sqrt(p(1-p)/n), and by `slack` besides."""

Values = Mapping[str, str]


@dataclass(frozen=True)
class Scene:
    """A sample beside what is told of the whole. `cells`: column name → its cells, None for no value."""

    dataset: Dataset
    sample: Sample
    profile: Profile
    columns: tuple[Column, ...]
    cells: Mapping[str, list[str | None]]

    @property
    def rows(self) -> int:
        """Data rows of the sample."""
        return len(next(iter(self.cells.values()), []))


Finding = tuple[str, tuple[str | int, ...], Values]
"""The rule, the key below `sample`, the values of its sentence."""


def is_small(scene: Scene) -> Iterator[Finding]:
    """At most so many rows, and so large a part of the whole, as the house says; never more than the whole."""
    rules, total = scene.profile.samples, scene.sample.total
    most = min(rules.max_rows, max(1, int(total * rules.max_percent / 100)))
    if scene.rows > most:
        values = {"rows": str(scene.rows), "total": str(total), "most": str(most), "percent": str(rules.max_percent)}
        yield "sample-too-large", ("path",), values


def every_column_is_told(scene: Scene) -> Iterator[Finding]:
    """The department has told something of each column of the whole, and of no other."""
    names = {column.name for column in scene.columns}
    missing = [column.name for column in scene.columns if column.name not in scene.sample.profile]
    if missing:
        yield "sample-profile-missing", ("profile",), {"fields": "、".join(missing)}
    for name in scene.sample.profile:
        if name not in names:
            yield "sample-profile-unknown", ("profile", name), {"field": name}


def is_part_of_the_whole(scene: Scene) -> Iterator[Finding]:
    """No value that the whole can't have: outside its range, or another one where all values are told."""
    for column, told, cells in _told(scene):
        values = [cell for cell in cells if cell is not None]
        outside = [cell for cell in values if not _within(column, told, cell)]
        known = (
            told.shares
            if told.shares and abs(1 - sum(told.shares.values()) - (told.missing or 0)) < SHARES_SUM
            else None
        )
        unknown = [cell for cell in values if known is not None and cell not in known]
        if outside or unknown:
            found = {"field": column.name, "count": str(len(outside) + len(unknown)), "rows": str(scene.rows)}
            yield "sample-foreign", ("profile", column.name), found
        if told.distinct is not None and len(set(values)) > told.distinct:
            found = {"field": column.name, "found": str(len(set(values))), "told": str(told.distinct)}
            yield "sample-distinct", ("profile", column.name, "distinct"), found


def is_like_the_whole(scene: Scene) -> Iterator[Finding]:
    """Shares of values and of missing cells, and the mean, differ no more than chance and the house's slack allow."""
    for column, told, cells in _told(scene):
        counted = Counter(cells)
        shares: dict[str | None, float] = {value: share for value, share in (told.shares or {}).items()}  # noqa: C416
        if told.missing is not None:
            shares[None] = told.missing
        for value, share in shares.items():
            has = counted[value] / scene.rows
            slack = scene.profile.samples.slack_percent / 100
            if abs(has - share) > slack + NOISE * sqrt(share * (1 - share) / scene.rows):
                values = {"field": column.name, "what": value or "空值", "what_en": value or "missing cells",
                          "found": f"{has:.0%}", "told": f"{share:.0%}"}  # fmt: skip
                yield "sample-unlike", ("profile", column.name), values
        yield from _mean(scene, column, told, cells)


def _mean(scene: Scene, column: Column, told: ColumnProfile, cells: list[str | None]) -> Iterator[Finding]:
    """The mean lies within a part of the range that shrinks as rows grow: an error is at most range / 2√n."""
    numbers = [number for cell in cells if cell is not None and (number := _number(column, cell)) is not None]
    low, high = _number(column, told.minimum), _number(column, told.maximum)
    if told.mean is None or low is None or high is None or not numbers:
        return
    mean = sum(numbers) / len(numbers)
    slack = scene.profile.samples.slack_percent / 100
    if abs(mean - told.mean) > (high - low) * (slack + NOISE / (2 * sqrt(len(numbers)))):
        values = {"field": column.name, "what": "平均值", "what_en": "the mean", "found": f"{mean:g}",
                  "told": f"{told.mean:g}"}  # fmt: skip
        yield "sample-unlike", ("profile", column.name, "mean"), values


def _told(scene: Scene) -> Iterator[tuple[Column, ColumnProfile, list[str | None]]]:
    for column in scene.columns:
        told = scene.sample.profile.get(column.name)
        if told is not None and scene.rows:
            yield column, told, scene.cells[column.name]


def _within(column: Column, told: ColumnProfile, cell: str) -> bool:
    try:
        value = converter(column)(cell)
        low = converter(column)(told.minimum) if told.minimum is not None else value
        high = converter(column)(told.maximum) if told.maximum is not None else value
    except CastError:
        return True  # the row check has told of the cell, `sample-profile-unknown` of nothing else
    return bool(low <= value <= high)  # type: ignore[operator]


def _number(column: Column, text: str | None) -> float | None:
    if text is None or column.type not in ("integer", "number", "year"):
        return None
    try:
        return float(converter(column)(text))  # type: ignore[arg-type]
    except CastError:
        return None


SAMPLE_RULES: tuple[Callable[[Scene], Iterator[Finding]], ...] = (
    is_small,
    every_column_is_told,
    is_part_of_the_whole,
    is_like_the_whole,
)


def check_samples(
    reading: Read, prepared: Mapping[str, Mapping[str, Prepared]], digests: Mapping[str, Mapping[str, str]]
) -> list[Problem]:
    """Judge the sample of every entry that has one; its rows are judged with those of all files."""
    problems: list[Problem] = []
    for dataset in reading.catalogue.datasets:
        if dataset.sample is not None:
            problems += (
                Problem(
                    rule,
                    *reading.where(dataset.id, "sample", *keys),
                    {"dataset": dataset.id, **values},
                    dataset=dataset.id,
                )
                for rule, keys, values in _judged(dataset, reading, prepared, digests)
            )
    return problems + list(_names_taken(reading))


def _names_taken(reading: Read) -> Iterator[Problem]:
    """A sample is a table of the department's database, too: no other table takes the name that it is given."""
    datasets = reading.catalogue.datasets
    samples = {
        (one.department, f"{table.name}{SUFFIX}"): one for one in datasets if (table := sampled_table(one)) is not None
    }
    for one in datasets if samples else ():
        for table in one.tables:
            if other := samples.get((one.department, table.name)):
                index = next(n for n, file in enumerate(one.files) if file.key == table.files[0].key)
                values = {"table": table.name, "other": f"catalog/{other.department}/{other.id}.yml"}
                yield Problem("sample-name", *reading.where(one.id, "files", index), values, dataset=one.id)


def _judged(
    dataset: Dataset,
    reading: Read,
    prepared: Mapping[str, Mapping[str, Prepared]],
    digests: Mapping[str, Mapping[str, str]],
) -> Iterator[Finding]:
    whole, table, sample = sample_of(dataset), sampled_table(dataset), dataset.sample
    if sample is None:
        return
    if dataset.open_type != "conditional" or not reading.profile.samples.enabled:
        yield "sample-not-provided", (), {}
        return
    if whole is None or table is None:
        yield "sample-table", ("table",), {"table": sample.table or ""}
        return
    file = prepared.get(dataset.id, {}).get(whole.files[0].key)
    cells = _cells(file, table.table_schema.fields, table.table_schema.missing_values) if file else None
    if file is None or cells is None:
        return  # told by the checks of files and rows
    known = digests.get(dataset.id, {})
    present = content_digest(whole, known)
    covering = [one for one in whole.reviews if one.covers == present]
    if not covering or covering[-1].result != "passed":
        yield "sample-review", (), {}
    scene = Scene(dataset, sample, reading.profile, table.table_schema.fields, cells)
    for rule in SAMPLE_RULES:
        yield from rule(scene)


def _cells(file: Prepared, columns: tuple[Column, ...], missing: tuple[str, ...]) -> dict[str, list[str | None]] | None:
    """The columns of a small file; None where its header is not the schema's."""
    with file.csv.open(encoding="utf-8", newline="") as text:
        records = csv.reader(text)
        if [label.strip() for label in next(records, [])] != [column.name for column in columns]:
            return None
        rows = [row for row in records if len(row) == len(columns)]
    return {
        column.name: [None if row[place] in missing else row[place] for row in rows]
        for place, column in enumerate(columns)
    }
