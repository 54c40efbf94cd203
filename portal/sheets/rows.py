"""Entries → rows of every sheet, and rows → entries again with the place of every value.

Both ways work on the tree that YAML holds. Going out, keys that say what the model takes for granted are left blank
(`append: false`), which changes nothing of what the entry means.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from portal.fieldproblems import written
from portal.model import Dataset
from portal.problems import Problem, shown
from portal.sheets.cells import Cell, CellFault, decode, encode, folded
from portal.sheets.layout import KEYS, Field, Sheet, item_names, layout
from portal.wording.drafts import MARK

Tree = dict[str, Any]
Keys = tuple[str | int, ...]
Names = Mapping[str, Mapping[str, str]]
"""Columns of the first sheet whose ids are shown with a name: label → id → `id（name）`."""
TITLES = ("填写说明", "示例")
"""In the first cell of a row that is no record: help, and an example."""
MOST = 32_767
"""Characters that a cell can hold (Excel's limit)."""
EMPTY = "{}"


@dataclass(frozen=True)
class Place:
    """A cell: its sheet, its row as the program shows it, the label of its column."""

    sheet: str
    row: int
    label: str = ""


@dataclass
class Read:
    """An entry as the workbook has it: the tree, where its values stand, and its row in the first sheet."""

    tree: Tree
    row: Place
    places: dict[Keys, Place] = field(default_factory=dict)
    bad: set[Keys] = field(default_factory=set)
    """Values whose cells could not be taken: told already, so that nobody calls them missing besides."""

    def place(self, keys: Sequence[str | int]) -> Place:
        """The cell of a key; of one below it, where the key is a record's; else the row of what is around it."""
        path = tuple(keys)
        while path and path not in self.places:
            below = next((one for known, one in self.places.items() if known[: len(path)] == path), None)
            if below:
                return below
            path = path[:-1]
        return self.places[path] if path else self.row


def tree_of(dataset: Dataset) -> Tree:
    """An entry as YAML would hold it, without what goes without saying."""
    return dataset.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def rows_of(dataset: Dataset, names: Names) -> Iterator[tuple[Sheet, list[str]]]:
    """Every row of an entry with the sheet that it belongs to."""
    tree = tree_of(dataset)
    for sheet in layout():
        told = {} if sheet.above else names
        for above, record in _records(sheet, tree):
            cells = ((one.label, _cell(record, one)) for one in sheet.fields)
            yield sheet, [*above, *(told.get(label, {}).get(text, text) for label, text in cells)]


def too_long(row: Sequence[str], sheet: Sheet) -> str | None:
    """The label of a cell that Excel could not hold."""
    return next((label for label, text in zip(sheet.labels, row, strict=True) if len(text) > MOST), None)


def twice_named(dataset: Dataset) -> str | None:
    """A file that the entry lists twice under one name: rows of columns could not say which of them they mean."""
    names = [one.key for one in dataset.files]
    return next((name for name in names if names.count(name) > 1), None)


def example_rows() -> Iterator[tuple[Sheet, list[str]]]:
    """One row a sheet with the examples of the models, marked as one."""
    for sheet in layout():
        cells = [encode(one.note, _plain(one.note.example)) for one in sheet.fields]
        above = [TITLES[1]] if sheet.above else []
        above += ["1"] * (len(sheet.above) - 1)
        yield sheet, [TITLES[1], *cells[1:]] if not sheet.above else [*above, *cells]


def _plain(example: object) -> Any:
    return example if isinstance(example, bool | list | dict) or example is None else written(example)


def _records(sheet: Sheet, tree: Tree) -> Iterator[tuple[list[str], Tree]]:
    """The records of a sheet, each with the cells that say where it belongs."""
    if not sheet.steps:
        yield [], tree
        return
    items = _at(tree, sheet.steps[0]) or []
    if len(sheet.steps) == 1:
        yield from (([tree["id"]], item) for item in items)
        return
    for name, item in zip(item_names(sheet.steps, items), items, strict=True):
        yield from (([tree["id"], name], one) for one in _at(item, sheet.steps[1]) or [])


def _cell(record: Tree, one: Field) -> str:
    if one.opens and _at(record, one.opens) == {}:
        return EMPTY
    return encode(one.note, _at(record, one.keys))


def _at(record: Any, keys: Sequence[str]) -> Any:
    for key in keys:
        record = record.get(key) if isinstance(record, dict) else None
    return record


@dataclass
class Taken:
    """What one row holds, by keys from its own record."""

    record: Tree = field(default_factory=dict)
    places: dict[Keys, Place] = field(default_factory=dict)
    bad: set[Keys] = field(default_factory=set)


class Gathered:
    """Rows of all sheets, put together to entries; what is wrong is collected. `file` names the workbook."""

    def __init__(self, file: str, names: Names) -> None:
        self._file = file
        self._ids = {label: {shown_: one for one, shown_ in told.items()} for label, told in names.items()}
        self.entries: dict[str, Read] = {}
        self.problems: list[Problem] = []
        self.refused: set[Place] = set()
        """Cells that must not be read (formulas, merged ones)."""
        self._has_entries = False
        self._lost: set[tuple[str, str]] = set()

    def take(self, sheet: Sheet, row: int, cells: Mapping[str, Cell]) -> None:
        """One row, by label. Blank rows are none; those of help and examples are passed over."""
        labels = sheet.above or (sheet.fields[0].label,)
        first = cells.get(labels[0])
        if all(one is None for one in cells.values()) or (first and str(first[1]).strip() in TITLES):
            return
        taken = Taken()
        for one in sheet.fields:
            self._cell(one, cells.get(one.label), Place(sheet.name, row, one.label), taken)
        if sheet.above:
            self._belongs(sheet, Place(sheet.name, row, labels[0]), cells, taken)
        else:
            self._entry(Place(sheet.name, row, labels[0]), taken)

    def say(self, rule: str, place: Place, **values: str) -> None:
        """A problem at a cell."""
        told = {"column": place.label, **values}
        self.problems.append(problem_at(self._file, place, Problem(rule, self._file, values=told)))

    def _cell(self, one: Field, cell: Cell, place: Place, taken: Taken) -> None:
        """The value of one cell, put where it belongs in the row's record."""
        if one.opens and cell and cell[1] == EMPTY and one.note.kind != "mapping":
            _put(taken.record, one.opens, {})
            return
        if place in self.refused:
            taken.bad.add(one.keys)
            return
        try:
            value = decode(one.note, cell)
        except CellFault as fault:
            self.say(fault.rule, place, **{key: shown(text) for key, text in fault.values.items()})
            taken.bad.add(one.keys)
            return
        marked = [text for text in _texts(value) if MARK in text]
        if marked:
            self.say("draft-left", place, key=one.label, found=shown(marked[0], 40))
        if value is not None:
            _put(taken.record, one.keys, value)
            taken.places[one.keys] = place

    def _entry(self, place: Place, taken: Taken) -> None:
        self._has_entries, record = True, taken.record
        for one in layout()[0].fields:
            told = _at(record, one.keys)
            if isinstance(told, str) and told in self._ids.get(one.label, ()):
                _put(record, one.keys, self._ids[one.label][told])
        for key in KEYS:
            if isinstance(record.get(key), str):
                record[key] = folded(record[key])
        name = record.get("id")
        if not name:
            self.say("sheet-no-id", place)
        elif name in self.entries:
            self.say("sheet-id-twice", place, found=shown(name), row=str(self.entries[name].row.row))
        else:
            self.entries[name] = Read(record, place, taken.places, taken.bad)

    def _belongs(self, sheet: Sheet, place: Place, cells: Mapping[str, Cell], taken: Taken) -> None:
        """Put a row of a list where its first cells say."""
        told = [_told(cells.get(label)) for label in sheet.above]
        entry = self.entries.get(folded(told[0]))
        if entry is None:
            self._orphan(place, told[0], layout()[0].name)
            return
        target, path = entry.tree, tuple[str | int, ...]()
        if len(sheet.steps) == 2:
            found = self._item(sheet, entry, told[1])
            if found is None:
                at = Place(place.sheet, place.row, sheet.above[1])
                self._orphan(at, told[1], _name_of(sheet.steps[:1]))
                entry.bad.add(sheet.steps[0])
                return
            number, target = found
            path = (*sheet.steps[0], number)
        items = _list_at(target, sheet.steps[-1])
        path = (*path, *sheet.steps[-1], len(items))
        items.append(taken.record)
        entry.places[path] = Place(place.sheet, place.row)
        entry.places |= {(*path, *keys): one for keys, one in taken.places.items()}
        entry.bad |= {(*path, *keys) for keys in taken.bad}

    def _orphan(self, place: Place, found: str, where: str) -> None:
        """A row that belongs nowhere; rows of a sheet that miss the same thing are told once."""
        if self._has_entries and (place.sheet, found) not in self._lost:
            self.say("sheet-orphan", place, found=shown(found) or "—", where=where)
        self._lost.add((place.sheet, found))

    def _item(self, sheet: Sheet, entry: Read, name: str) -> tuple[int, Tree] | None:
        """The item of the list above that a row names; the only one where it names none."""
        items = _at(entry.tree, sheet.steps[0]) or []
        if not name:
            return (0, items[0]) if len(items) == 1 else None
        names = item_names(sheet.steps, items)
        return (names.index(name), items[names.index(name)]) if name in names else None


def problem_at(file: str, place: Place, problem: Problem) -> Problem:
    """The problem as one of a cell: `file.xlsx#sheet:row`, the column as its field."""
    return Problem(
        problem.rule,
        f"{file}#{place.sheet}",
        place.row,
        {"column": place.label, **problem.values},
        level=problem.level,
        dataset=problem.dataset,
        field=place.label or problem.field,
        row=place.row,
        article=problem.article,
    )


def _told(cell: Cell) -> str:
    """The text of a cell that names something; a number without its `.0`."""
    if cell is None:
        return ""
    kind, value = cell
    return str(int(value)) if kind == "number" and float(value).is_integer() else str(value).strip()


def _name_of(steps: Sequence[tuple[str, ...]]) -> str:
    return next(sheet.name for sheet in layout() if sheet.steps == tuple(steps))


def _put(record: Tree, keys: Sequence[str], value: Any) -> None:
    for key in keys[:-1]:
        record = record.setdefault(key, {})
    record[keys[-1]] = value


def _list_at(record: Tree, keys: Sequence[str]) -> list[Tree]:
    for key in keys[:-1]:
        record = record.setdefault(key, {})
    found: list[Tree] = record.setdefault(keys[-1], [])
    return found


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (one for one in value if isinstance(one, str))
    elif isinstance(value, dict):
        yield from (one for one in value.values() if isinstance(one, str))
