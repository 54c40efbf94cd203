"""`build.py sheet export`: entries, or an empty template, as a workbook."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from portal.catalogue import Reading, read_catalogue
from portal.model import Dataset
from portal.problems import CatalogueHasProblems, Problem, shown
from portal.settings import Settings
from portal.sheets.layout import Sheet, layout
from portal.sheets.rows import Names, example_rows, rows_of, too_long, twice_named
from portal.sheets.writer import write_workbook


@dataclass(frozen=True)
class Selection:
    """Which entries: those named, those of a department, or all; or none, with an example in each sheet."""

    ids: tuple[str, ...] = ()
    department: str | None = None
    template: bool = False


def export(settings: Settings, selection: Selection, target: Path) -> tuple[str, ...]:
    """Write the workbook; gives the ids that are in it.

    Raises CatalogueHasProblems, before anything is written: an existing file, an entry that is not there or can't be
    read, a value that no cell can hold.
    """
    reading = read_catalogue(settings)
    problems = _unfit_target(target)
    chosen = [] if selection.template else _chosen(reading, selection, problems)
    rows: dict[str, list[list[str]]] = defaultdict(list)
    names = names_of(reading)
    found = example_rows() if selection.template else ((s, r) for one in chosen for s, r in rows_of(one, names))
    for sheet, row in found:
        rows[sheet.name].append(row)
        problems += _too_long(sheet, row)
    problems += _twice(chosen)
    if problems:
        raise CatalogueHasProblems(problems)
    beside = target.with_name(f".{target.name}.part")
    try:
        write_workbook(beside, rows, lists_of(reading, names))
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return tuple(one.id for one in chosen)


def names_of(reading: Reading) -> Names:
    """Ids with their names, for the columns where people choose by name."""
    catalogue = reading.catalogue
    labels = {field.keys: field.label for field in layout()[0].fields}
    return {
        labels["department",]: {one.id: f"{one.id}（{one.name}）" for one in catalogue.departments},
        labels["domain",]: {one.id: f"{one.id}（{one.title}）" for one in catalogue.domains},
    }


def lists_of(reading: Reading, names: Names) -> Mapping[str, Sequence[str]]:
    """What the city offers in the first sheet's columns."""
    labels = {field.keys: field.label for field in layout()[0].fields}
    levels = [level.name for level in reading.catalogue.portal.jurisdictions]
    return {**{label: list(told.values()) for label, told in names.items()}, labels["jurisdiction",]: levels}


def _unfit_target(target: Path) -> list[Problem]:
    if target.suffix.lower() != ".xlsx":
        return [Problem("sheet-format", shown(target.name), values={"found": shown(target.name)})]
    return [Problem("sheet-exists", shown(target.name))] if target.exists() else []


def _chosen(reading: Reading, selection: Selection, problems: list[Problem]) -> list[Dataset]:
    """The entries that are meant; ids and departments that don't exist, and entries that can't be read, are told."""
    departments = {one.id for one in reading.catalogue.departments}
    if selection.department and selection.department not in departments:
        values = {"found": shown(selection.department), "choices": "、".join(sorted(departments))}
        problems.append(Problem("sheet-no-department", "catalog/", values=values))
    known = {one.id for one in reading.catalogue.datasets}
    unknown = [name for name in dict.fromkeys(selection.ids) if name not in known | reading.broken]
    problems += [Problem("sheet-no-entry", "catalog/", values={"found": shown(name)}) for name in unknown]
    problems += [one for one in reading.problems if one.level == "error" and one.dataset and _is_meant(one, selection)]
    return [one for one in reading.catalogue.datasets if _wanted(one.id, one.department, selection)]


def _is_meant(problem: Problem, selection: Selection) -> bool:
    return _wanted(problem.dataset or "", problem.path.split("/")[1], selection)


def _wanted(name: str, department: str, selection: Selection) -> bool:
    if selection.department and department != selection.department:
        return False
    return not selection.ids or name in selection.ids


def _too_long(sheet: Sheet, row: Sequence[str]) -> list[Problem]:
    label = too_long(row, sheet)
    values = {"column": label or "", "id": row[0]}
    return [Problem("sheet-too-long", f"catalog/#{sheet.name}", values=values)] if label else []


def _twice(chosen: Iterable[Dataset]) -> list[Problem]:
    found = ((one, twice_named(one)) for one in chosen)
    return [
        Problem("file-twice", f"catalog/{one.department}/{one.id}.yml", values={"found": shown(name)}, dataset=one.id)
        for one, name in found
        if name
    ]
