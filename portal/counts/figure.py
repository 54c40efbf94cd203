"""A figure: some rows of numbers with everything that people and machines need to read them.

Pages show it (portal/render/numbers.py), exports publish it as CSV and JSON: both have the same numbers.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

Value = int | float | str | None
Kind = Literal["count", "bytes", "percent", "text", "day"]
Shown = Literal["bars", "course", "table"]


class Words(NamedTuple):
    """The same in Chinese and English."""

    zh: str
    en: str


class Measure(NamedTuple):
    """A column of a figure: `key` for machines, `title` for people, `kind` says how a value is written."""

    key: str
    title: Words
    kind: Kind = "count"


class Line(NamedTuple):
    """A row: what it is about and a value for each measure. `dataset` or `department` is its page, if it has one."""

    key: str
    title: Words
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Figure:
    """Rows under a title. `name` is the file's name below `folder`; `about` says how it was counted; `first` heads the
    column of the rows' titles. `shown`: as bars of the first measure, as its course over days, or as a table alone.
    """

    name: str
    title: Words
    about: Words
    first: Words
    measures: tuple[Measure, ...]
    lines: tuple[Line, ...]
    shown: Shown = "bars"
    folder: str = "/statistics/"

    @property
    def is_empty(self) -> bool:
        """There is nothing to show."""
        return not self.lines

    def address(self, ending: str) -> str:
        """Where its numbers lie as a file."""
        return f"{self.folder}{self.name}.{ending}"


SETS = Measure("sets", Words("数据集", "Datasets"))
FIELDS = Measure("fields", Words("数据项", "Fields"))
ROWS = Measure("rows", Words("数据行", "Rows"))
BYTES = Measure("bytes", Words("数据量", "Size"), "bytes")
SHARE = Measure("share", Words("占比", "Share"), "percent")


def share(part: int, whole: int) -> float | None:
    """Per cent, cut to one decimal so that 100 means all; None of nothing."""
    return int(1000 * part / whole) / 10 if whole else None


def as_csv(figure: Figure) -> str:
    """The figure as a table with Chinese column names; the first three columns say what a row is about."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["编号", figure.first.zh, f"{figure.first.zh}（英文）", *(one.title.zh for one in figure.measures)])
    for line in figure.lines:
        writer.writerow([_cell(value) for value in (line.key, *line.title, *line.values)])
    return text.getvalue()


def as_json(figure: Figure, release: str, day: str) -> str:
    """The figure with its words, for programs; `day` is the day that it speaks for."""
    columns: list[dict[str, str]] = [
        {"key": one.key, "title": one.title.zh, "title_en": one.title.en, "kind": one.kind} for one in figure.measures
    ]
    document: dict[str, Any] = {
        "name": figure.name,
        "title": figure.title.zh,
        "title_en": figure.title.en,
        "about": figure.about.zh,
        "about_en": figure.about.en,
        "as_of": day,
        "release": release,
        "columns": columns,
    }
    head = json.dumps(document, ensure_ascii=False, indent=1).removesuffix("\n}")
    rows = ",\n".join(json.dumps(_row(figure.measures, line), ensure_ascii=False) for line in figure.lines)
    return f'{head},\n "rows": [\n{rows}\n ]\n}}\n'  # a row a line: ten thousand rows in a tenth of the time


def _row(measures: Sequence[Measure], line: Line) -> dict[str, Value]:
    values: Iterable[tuple[str, Value]] = ((one.key, value) for one, value in zip(measures, line.values, strict=True))
    return {"id": line.key, "title": line.title.zh, "title_en": line.title.en, **dict(values)}


def _cell(value: Value) -> Value:
    """Text that a spreadsheet would calculate is written as text (a title may begin with = or @)."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return "" if value is None else value
