"""`build.py sheet import`: a workbook back into the catalogue, whole or not at all.

Every cell is judged as the gate judges an entry's YAML, and told by sheet, row and column, all in one run. Entries
that say what they said before keep their files untouched; of the others only what changed is rewritten. Entries that
the workbook does not hold stay as they are: nothing is ever removed by leaving it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from portal.catalogue import Reading, entry_path, read_catalogue
from portal.checks.judging import check_entries, judge
from portal.fieldproblems import field_problems
from portal.model import Dataset
from portal.problems import CatalogueHasProblems, Lang, Problem, errors_in, in_order, shown
from portal.requiredkeys import missing_by_city
from portal.settings import Settings
from portal.sheets.exporting import names_of
from portal.sheets.layout import layout
from portal.sheets.reader import read_workbook
from portal.sheets.rewriting import entry_yaml, rewritten
from portal.sheets.rows import Gathered, Keys, Place, Read, problem_at


@dataclass(frozen=True)
class Written:
    """What became of one entry of the workbook."""

    path: str
    what: Literal["new", "changed", "same"]
    keys: tuple[str, ...] = ()
    lost_comments: bool = False


@dataclass(frozen=True)
class Imported:
    """Every entry of the workbook, and warnings about the new and changed ones."""

    entries: tuple[Written, ...]
    warnings: tuple[Problem, ...]


def import_workbook(settings: Settings, source: Path) -> Imported:
    """Take the workbook's entries. Raises CatalogueHasProblems with all that is wrong, and then writes nothing."""
    reading = read_catalogue(settings)
    gathered = read_workbook(source, names_of(reading))
    book = _Book(source.name, gathered, reading)
    datasets = book.datasets()
    known = {(one.department, one.id): one for one in reading.catalogue.datasets}
    changed = {name: one for name, one in datasets.items() if known.get((one.department, one.id)) != one}
    whole = {name: one for name, one in changed.items() if book.is_whole(name)}
    judged = book.judged(whole, settings)
    problems = [*gathered.problems, *book.problems, *judged]
    if not gathered.entries and not problems:
        problems.append(Problem("sheet-empty", source.name))
    if errors_in(problems):
        raise CatalogueHasProblems(in_order(problems))
    texts: dict[str, str] = {}
    written = []
    for one in datasets.values():
        before = known.get((one.department, one.id))
        told, text = _told(settings, before, one)
        written.append(told)
        if text is not None:
            texts[told.path] = text
    _write(settings.root, texts)
    return Imported(tuple(written), tuple(problems))


def _told(settings: Settings, before: Dataset | None, after: Dataset) -> tuple[Written, str | None]:
    """What is to become of an entry, and its new text."""
    path = entry_path(after)
    if before == after:
        return Written(path, "same"), None
    if before is None:
        return Written(path, "new"), entry_yaml(after)
    made = rewritten((settings.root / path).read_text("utf-8-sig"), before, after)
    return Written(path, "changed", made.keys, made.lost_comments), made.text


def _write(root: Path, texts: Mapping[str, str]) -> None:
    """All files beside their places first, then moved: a full disk leaves the catalogue as it was."""
    beside = {path: (root / path).with_name(f".{Path(path).name}.part") for path in texts}
    try:
        for path, text in texts.items():
            beside[path].write_text(text, "utf-8")
        for path, part in beside.items():
            part.replace(root / path)
    finally:
        for part in beside.values():
            part.unlink(missing_ok=True)


class _Book:
    """The workbook against the catalogue: trees become entries, and what is wrong gets the place of its cell."""

    def __init__(self, file: str, gathered: Gathered, reading: Reading) -> None:
        self._file, self._entries, self._reading = file, gathered.entries, reading
        self.problems: list[Problem] = []

    def datasets(self) -> dict[str, Dataset]:
        """The entries whose shape is right."""
        found = {}
        for name, read in self._entries.items():
            try:
                found[name] = Dataset.model_validate(read.tree)
            except ValidationError as error:
                self.problems += self._shape(error, name, read)
            self.problems += self._about(name, read)
        return found

    def _shape(self, error: ValidationError, name: str, read: Read) -> Iterator[Problem]:
        asked: list[Keys] = []

        def line_of(*keys: str | int) -> int:
            asked.append(keys)
            return len(asked) - 1

        told = {str(keys[0]) for keys in read.bad}
        lacking = frozenset({*missing_by_city(read.tree, self._reading.profile), *told})
        for one in field_problems(error, Dataset, path=self._file, line_of=line_of, but_not=lacking):
            keys = asked[one.line or 0]
            if one.rule == "missing-keys" and any(bad[: len(keys)] == keys for bad in read.bad if keys):
                continue  # its cell could not be taken, which has been told
            place = read.place(keys)
            if one.rule == "missing-keys":
                place = replace(place, label=_label_of(place.sheet, keys, one.values["keys"]) or place.label)
            yield problem_at(self._file, place, replace(one, dataset=name))

    def _about(self, name: str, read: Read) -> Iterator[Problem]:
        """What the city wants of every entry, its department, and an entry that can't be rewritten."""
        reading = self._reading
        told = {keys[0] for keys in read.bad}
        lacking = [key for key in missing_by_city(read.tree, reading.profile) if key.partition(".")[0] not in told]
        if lacking:
            titles = reading.profile.labels.fields
            labels = "、".join(f"{titles[key]}（{key}）" if key in titles else key for key in lacking)
            found = Problem("entry-incomplete", "", values={"labels": labels, "keys": ", ".join(lacking)}, dataset=name)
            yield problem_at(self._file, read.row, found)
        department = read.tree.get("department")
        known = {one.id for one in reading.catalogue.departments}
        if isinstance(department, str) and department not in known:
            values = {"found": shown(department), "choices": "、".join(sorted(known))}
            yield problem_at(self._file, read.place(("department",)), Problem("sheet-no-department", "", values=values))
        if name in reading.broken:
            values = {"id": name}
            yield problem_at(self._file, read.row, Problem("sheet-broken-entry", "", values=values, dataset=name))

    def is_whole(self, name: str) -> bool:
        """Every cell of it could be taken, and its file can be read: what the rules say of it is true."""
        return not self._entries[name].bad and name not in self._reading.broken

    def judged(self, changed: Mapping[str, Dataset], settings: Settings) -> list[Problem]:
        """What the rules about entries say of the new and changed ones, at their cells."""
        read = _with(self._reading, changed, self._entries)
        found = judge(check_entries(read, settings), read, settings, checked=())
        own = {entry_path(one): name for name, one in changed.items()}
        return [problem_at(self._file, read.places[one.line or 0], one) for one in found if one.path in own]


def _label_of(sheet: str, keys: Keys, missing: str) -> str | None:
    """The column of the first missing key of a record."""
    inner = [key for key in keys if isinstance(key, str)]
    for place in range(len(keys) - 1, -1, -1):
        if isinstance(keys[place], int):
            inner = [str(key) for key in keys[place + 1 :]]
            break
    wanted = (*inner, missing.partition(", ")[0])
    fields_ = next(one.fields for one in layout() if one.name == sheet)
    return next((one.label for one in fields_ if one.keys == wanted), None)


@dataclass(frozen=True)
class _SheetReading(Reading):
    """The catalogue as it would be; the places of the workbook's entries are cells, told by number."""

    cells: Mapping[str, Read] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)

    def where(self, target: str, *keys: str | int) -> tuple[str, int]:
        """As `Reading.where`; for an entry of the workbook the number of its cell in `places`."""
        name = target.rpartition("/")[2].removesuffix(".yml")
        if name not in self.cells or target.endswith(".releases.yml"):
            return super().where(target, *keys)
        self.places.append(self.cells[name].place(keys))
        return target, len(self.places) - 1


def _with(reading: Reading, changed: Mapping[str, Dataset], cells: Mapping[str, Read]) -> _SheetReading:
    """The catalogue with the workbook's new and changed entries in the place of those that stand there."""
    taken = {(one.department, one.id) for one in changed.values()}
    kept = (one for one in reading.catalogue.datasets if (one.department, one.id) not in taken)
    datasets = tuple(sorted((*kept, *changed.values()), key=lambda one: (one.id, one.department)))
    own = {one.name: getattr(reading, one.name) for one in fields(Reading)}
    own["catalogue"] = reading.catalogue.model_copy(update={"datasets": datasets})
    return _SheetReading(**own, cells={name: cells[name] for name in changed})


def lines_of(done: Imported, lang: Lang) -> list[str]:
    """What happened, entry by entry, and what is to be done next."""
    zh_en = {"new": ("新增", "new"), "changed": ("修改", "changed"), "same": ("没有变化", "as before")}
    lines = []
    for one in done.entries:
        zh, en = zh_en[one.what]
        keys = f"（{'、'.join(one.keys)}）" if one.keys else ""
        zh_lost = "；改动处原有的注释没有保留" if one.lost_comments else ""
        en_lost = "; comments beside the changes are gone" if one.lost_comments else ""
        lines.append(f"{zh} {one.path}{keys}{zh_lost}" if lang == "zh" else f"{en} {one.path}{keys}{en_lost}")
    if any(one.what != "same" for one in done.entries):
        check = ".venv/bin/python build.py check"
        lines.append(f"请检查：{check}" if lang == "zh" else f"Now check: {check}")
    return lines
