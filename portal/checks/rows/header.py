"""The header row against the schema, by position, as frictionless compares them (`fieldsMatch: exact`).

Deliberate differences: a file without labels is refused (frictionless then takes the schema's word for it); more than
200 labels are one problem; and the cells below a wrong label are not judged, the label is what is wrong.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from portal.checks.rows.shape import Finding, Layout
from portal.tableschema import TableSchema

MOST = 200
"""Columns at most (portal/tableschema.py); a table of 300 columns is several tables."""
OTHER_DELIMITERS = {
    ";": ("分号", "semicolons"),
    "\t": ("制表符", "tabs"),
    "|": ("竖线", "vertical bars"),
    "，": ("全角逗号", "full-width commas"),
    "、": ("顿号", "enumeration commas"),
}


def read_labels(table: Path) -> list[str]:
    """The labels of a prepared file, trimmed; none for a blank first row."""
    with table.open(encoding="utf-8", newline="") as text:
        labels = [label.strip() for label in next(csv.reader(text), [])]
    return labels if any(labels) else []


def layout_of(labels: list[str], schema: TableSchema) -> Layout:
    """Which column each cell belongs to."""
    pairs = [schema.fields[i] if i < len(schema.fields) else None for i in range(len(labels))]
    right = [column if column and column.name == label else None for column, label in zip(pairs, labels, strict=True)]
    doubled = {place for place, label in enumerate(labels) if label in labels[:place]}
    columns = (None if place in doubled else column for place, column in enumerate(right))
    return Layout(tuple(columns), schema.missing_values)


def judge_labels(labels: list[str], schema: TableSchema) -> list[Finding]:
    """Everything that is wrong with the header; the first kinds of fault stand alone."""
    if not labels:
        return [Finding(1, 0, "header-missing")]
    if len(labels) > MOST:
        return [Finding(1, 0, "too-many-columns", more=(("count", str(len(labels))),))]
    delimiter = _other_delimiter(labels, schema)
    if delimiter:
        return [Finding(1, 0, "wrong-delimiter", more=(("delimiter", delimiter[0]), ("delimiter_en", delimiter[1])))]
    return list(_compare(labels, schema))


def _compare(labels: list[str], schema: TableSchema) -> Iterator[Finding]:
    names = schema.names
    for number, label in enumerate(labels[len(names) :], start=len(names) + 1):
        yield Finding(1, number, "extra-label" if label else "unnamed-column", value=label)
    for number, name in enumerate(names[len(labels) :], start=len(labels) + 1):
        yield Finding(1, number, "missing-label", field=name)
    for number, (label, name) in enumerate(zip(labels, names, strict=False), start=1):
        if not label:
            yield Finding(1, number, "blank-label", field=name)
        elif label in labels[: number - 1]:
            first = labels.index(label) + 1
            yield Finding(1, number, "duplicate-label", field=name, value=label, more=(("first", str(first)),))
        elif label != name:
            yield Finding(1, number, "incorrect-label", field=name, value=label)


def _other_delimiter(labels: list[str], schema: TableSchema) -> tuple[str, str] | None:
    """One single label that falls into the schema's columns when it is cut elsewhere."""
    if len(labels) != 1 or len(schema.fields) == 1:
        return None
    for mark, name in OTHER_DELIMITERS.items():
        if len(labels[0].split(mark)) == len(schema.fields):
            return name
    return None
