"""Files as typed on the command line → tables: the same reading as the gate's (portal/tablefile), sheet by sheet.

The separator of a text file is the one that gives every record of its beginning the same number of cells, and more
than one; where none does, it is the comma. Nothing of the files is changed.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import get_args

from portal.checks.rows.header import read_labels
from portal.drafting.shape import Opened, Order
from portal.model import DataFile
from portal.problems import Problem, shown
from portal.settings import Settings
from portal.tablefile import LIMITS, TEXTS, WORKBOOKS, prepare
from portal.tablefile.encoding import encoding_of, scan
from portal.tablefile.opening import open_beneath
from portal.tablefile.shape import Place, Refused, listed
from portal.tablefile.workbook import guard, sheet_names

HEAD = 1 << 18
"""Bytes by which the separator is found."""
RECORDS = 200
NOTES = re.compile(r"说明|备注|须知|readme|notes?$", re.IGNORECASE)
"""Sheets that explain the others; `--sheet` takes them nevertheless."""
SEPARATORS: tuple[str, ...] = get_args(DataFile.model_fields["delimiter"].annotation)


def open_files(order: Order, folder: Path, settings: Settings) -> tuple[list[Opened], list[str], list[Problem]]:
    """Every table of every file, in order, and the sheets that were left out because they are notes.

    `folder` is the department's, where the entry will look for the files.
    """
    tables: list[Opened] = []
    left_out: list[str] = []
    problems: list[Problem] = []
    for path in order.files:
        try:
            files, notes = _parts(path, _name(path, folder), order.sheets)
            left_out += notes
            for file in files:
                opened, found = _open(path, file, settings)
                problems += found
                tables += opened
        except Refused as refused:
            problems += refused.problems
    return tables, left_out, problems


def _name(path: Path, folder: Path) -> str:
    """What the entry calls the file: its path below the department's folder, or its name if it lies elsewhere."""
    whole = path.absolute()
    return whole.relative_to(folder).as_posix() if whole.is_relative_to(folder) else path.name


def _parts(path: Path, name: str, wanted: Sequence[str]) -> tuple[list[DataFile], list[str]]:
    """The file as the entry will list it, once or once a sheet; and sheets that are notes. Raises Refused."""
    ending = path.suffix.removeprefix(".").lower()
    place = Place(path.name)
    if ending in TEXTS:
        return [DataFile(path=name, delimiter=_separator(path, place))], []
    if ending not in WORKBOOKS:
        return [DataFile(path=name)], []
    with open_beneath(path.absolute().parent, place, LIMITS) as stream:
        guard(stream, ending, place, LIMITS)
        names = sheet_names(stream, place, LIMITS)
    missing = [one for one in wanted if one not in names]
    if missing:
        raise place.refuse("workbook-sheet", sheet=missing[0], names=listed(names))
    notes = [] if wanted or len(names) < 2 else [one for one in names if NOTES.search(one)]
    chosen = wanted or [one for one in names if one not in notes]
    if len(names) < 2 or not chosen:
        return [DataFile(path=name, sheet=one) for one in chosen if len(names) > 1] or [DataFile(path=name)], []
    return [DataFile(path=name, sheet=one) for one in chosen], [f"{name}#{one}" for one in notes]


def _separator(path: Path, place: Place) -> str:
    with open_beneath(path.absolute().parent, place, LIMITS) as stream:
        encoding = encoding_of(stream, scan(stream, place), place)
        stream.seek(0)
        head = stream.read(HEAD)
        whole = not stream.read(1)
    text = codecs.getincrementaldecoder(encoding)().decode(head).lstrip("\ufeff")
    lines = text.splitlines(keepends=True)
    lines = lines if whole else lines[:-1]
    if path.suffix.lower() == ".tsv":
        return ","  # the reading knows what it is
    widths = {separator: _width(lines, separator) for separator in SEPARATORS}
    best = max(SEPARATORS, key=lambda one: (widths[one], one == ","))
    return best if widths[best] > 1 else ","


def _width(lines: list[str], separator: str) -> int:
    """Cells of each record, if all have the same number; else 0."""
    try:
        records = list(islice(csv.reader(lines, delimiter=separator, strict=True), RECORDS))
    except csv.Error:
        return 0
    widths = {len(record) for record in records if record}
    return widths.pop() if len(widths) == 1 else 0


def _open(path: Path, file: DataFile, settings: Settings) -> tuple[list[Opened], list[Problem]]:
    """The table made readable, if its first row can name columns."""
    alone = file.model_copy(update={"path": path.name})
    prepared, problems = prepare(path.absolute().parent, path.name, alone, settings.cache)
    if prepared is None:
        return [], problems
    labels = tuple(read_labels(prepared.csv))
    told = _unfit(labels)
    if told:
        values = {"reason": told[0], "reason_en": told[1]}
        place = f"{path.name}#{file.sheet}" if file.sheet else path.name
        return [], [*problems, Problem("draft-header", place, row=1, values=values)]
    return [Opened(path, file, prepared, labels)], [one for one in problems if one.level == "error"]


def _unfit(labels: Sequence[str]) -> tuple[str, str] | None:
    """Why these can't be names of columns."""
    if not labels:
        return "是空的", "it is blank"
    if len(labels) > 200:
        return f"有 {len(labels)} 列，超过 200 列的上限", f"it has {len(labels)} columns, more than 200"
    blank = [str(place) for place, label in enumerate(labels, start=1) if not label]
    if blank:
        return f"第 {'、'.join(blank[:5])} 列没有列名", f"column {', '.join(blank[:5])} has no name"
    folded = [label.lower() for label in labels]
    twice = [label for place, label in enumerate(labels) if folded.index(label.lower()) < place]
    if twice:
        name = shown(twice[0])
        return f"列名“{name}”重复", f"the name '{name}' stands there twice"
    long = [label for label in labels if len(label) > 100]
    return (f"列名“{shown(long[0])}”太长", f"the name '{shown(long[0])}' is too long") if long else None
