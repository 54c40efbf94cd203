"""A workbook that came back → rows of the sheets that we know, or every reason why they can't be taken."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from portal.problems import HIDDEN, Problem, shown
from portal.sheets.cells import Cell, strip
from portal.sheets.layout import WORDS, Sheet, layout
from portal.sheets.rows import Gathered, Names, Place
from portal.tablefile.opening import open_beneath
from portal.tablefile.shape import MIB, Limits, Refused, listed
from portal.tablefile.shape import Place as File
from portal.tablefile.workbook import guard, run_reader

LIMITS = Limits(file=50 * MIB, workbook=50 * MIB, unpacked=500 * MIB, memory=1024 * MIB, seconds=120)
"""A catalogue of 2,000 entries takes 3 MB."""
_ADDRESS = re.compile(r"([A-Z]+)([0-9]+)")


def read_workbook(path: Path, names: Names) -> Gathered:
    """Every entry of the workbook, and everything that is wrong with its sheets and cells."""
    gathered = Gathered(path.name, names)
    place = File(path.name)
    if path.suffix.lower() != ".xlsx":
        gathered.problems.append(Problem("sheet-format", path.name, values={"found": shown(path.name)}))
        return gathered
    try:
        with open_beneath(path.absolute().parent, place, LIMITS) as stream:
            guard(stream, "xlsx", place, LIMITS)
            findings = run_reader("portal.sheets.child", stream, {}, place, LIMITS)
    except Refused as refused:
        gathered.problems += refused.problems
        return gathered
    if "rule" in findings:
        told = {key: str(value) for key, value in findings.items() if key != "rule"}
        gathered.problems.append(Problem(findings["rule"], path.name, values={"file": path.name, **told}))
        return gathered
    take_sheets(gathered, findings["sheets"])
    return gathered


def take_sheets(gathered: Gathered, sheets: Sequence[Mapping[str, Any]]) -> None:
    """Every sheet of ours, those around others first; a sheet that is missing is one problem."""
    found = {strip(str(one["name"])): one for one in sheets}
    known = {sheet.name for sheet in layout()} | {WORDS}
    for sheet in layout():
        if sheet.name in found:
            _take(gathered, sheet, found[sheet.name])
        else:
            gathered.say("sheet-missing", Place(sheet.name, 1), found=sheet.name)
    for name, one in found.items():
        if name not in known and any(cell for row in one["rows"] for cell in row):
            gathered.say("sheet-unknown", Place(name, 1), found=shown(name))


def _take(gathered: Gathered, sheet: Sheet, found: Mapping[str, Any]) -> None:
    """The rows of one sheet. Formulas, errors and merged areas are told, and then nothing of the sheet is taken."""
    rows: list[list[Cell]] = [[tuple(cell) if cell else None for cell in row] for row in found["rows"]]
    labels = [strip(str(cell[1])) if cell else "" for cell in (rows[0] if rows else [])]
    _forbidden(gathered, sheet, found, labels)
    if not _columns(gathered, sheet, labels, rows):
        return
    places = {label: labels.index(label) for label in sheet.labels}
    for number, row in enumerate(rows[1:], start=2):
        cells = {label: row[place] if place < len(row) else None for label, place in places.items()}
        gathered.take(sheet, number, dict(_clean(gathered, sheet, number, cells)))


def _clean(gathered: Gathered, sheet: Sheet, row: int, cells: Mapping[str, Cell]) -> Iterator[tuple[str, Cell]]:
    """Without blanks that only look like something; hidden characters are told."""
    for label, cell in cells.items():
        text = str(cell[1]) if cell and cell[0] == "text" else ""
        hidden = HIDDEN.search(text)
        if hidden:
            place = Place(sheet.name, row, label)
            gathered.say("yaml-hidden-character", place, code=f"U+{ord(hidden[0]):04X}")
            gathered.refused.add(place)
        yield label, None if cell and cell[0] == "text" and not strip(text) else cell


def _forbidden(gathered: Gathered, sheet: Sheet, found: Mapping[str, Any], labels: Sequence[str]) -> None:
    """Formulas, errors, merged areas, each at its cell, which is then not read."""
    told: dict[Place, str] = {}
    for rule, addresses in (("sheet-error", found["errors"]), ("sheet-formula", found["formulas"])):
        for address in addresses:
            match = _ADDRESS.fullmatch(address)
            if match:
                told.setdefault(Place(sheet.name, int(match[2]), _label(labels, _number(match[1]))), rule)
    for row, column in found["merged"]:
        told.setdefault(Place(sheet.name, row, _label(labels, column)), "sheet-merged")
    for place, rule in told.items():
        gathered.say(rule, place)
    gathered.refused |= told.keys()


def _columns(gathered: Gathered, sheet: Sheet, labels: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether every column of ours is there once; what else stands there is told."""
    missing = [label for label in sheet.labels if label not in labels]
    twice = [label for place, label in enumerate(labels) if label and label in labels[:place]]
    strange = [label for label in labels if label and label not in sheet.labels]
    for label in missing:
        near = difflib.get_close_matches(label, strange, n=1)
        told = {"near": f"，是不是写成了“{near[0]}”", "near_en": f"; is it '{near[0]}'?"} if near else {}
        gathered.say("sheet-column-missing", Place(sheet.name, 1, label), found=label, **told)
    for label in dict.fromkeys(twice):
        gathered.say("sheet-column-twice", Place(sheet.name, 1, shown(label)), found=shown(label))
    for label in dict.fromkeys(strange):
        gathered.say("sheet-column-unknown", Place(sheet.name, 1, shown(label)), found=shown(label))
    nameless = {place for row in rows[1:] for place, cell in enumerate(row) if cell and not _at(labels, place)}
    if nameless:
        columns = listed(_letters(place + 1) for place in sorted(nameless))
        gathered.say("sheet-column-unknown", Place(sheet.name, 1, columns), found=columns)
    return not missing and not twice


def _at(labels: Sequence[str], place: int) -> str:
    return labels[place] if place < len(labels) else ""


def _label(labels: Sequence[str], number: int) -> str:
    return _at(labels, number - 1) or _letters(number)


def _number(letters: str) -> int:
    """A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _letters(number: int) -> str:
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name
