"""The data files of the whole catalogue: prepared, and every row judged; in parallel, and nothing twice.

Only sets whose rows are to be published have files here: those of conditional and not-open entries stay out of Git
(`closed-data-in-git`). A file's problem stands where it is mended: at the entry's line where the path, sheet or format
is wrong, else at the file.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from portal.cache import code_version, key_of
from portal.checks.area import area_of
from portal.checks.rows import QUALITY, Referenced, RowRules
from portal.checks.rows.shape import FIRST, NotKept
from portal.checks.rows.verdict import LEDGER, Task, Verdict, judge, kept, note
from portal.checks.shape import Read, tables_of
from portal.digests import content_digest, model_digest
from portal.ledger import Ledger
from portal.model import DataFile, Dataset, Table
from portal.problems import Problem, in_order, shown
from portal.samples import sample_of
from portal.settings import Settings
from portal.tablefile import Prepared, prepare

AT_ENTRY = frozenset({"file-missing", "file-format", "workbook-sheet", "workbook-sheets"})
TOLD_ELSEWHERE = frozenset({"file-outside"})
"""`file-path` (portal/checks/schema.py) says it of the entry."""
IGNORED = frozenset({"README.md", ".gitkeep", ".gitattributes"})
SMALL = 32 << 20
"""Bytes up to which files are prepared without starting processes, which takes longer."""
MEMORY = 800
"""MiB that the checks of all processes may take from DuckDB together (design §9: under 1 GiB)."""
REPORTS, CONTENT = "reports", "content"
ENTRY = 1 << 20
"""Bytes of a text that may be an entry; the reader refuses a larger one (portal/yamlfile.py)."""

Asked = tuple[Dataset, int, Table]
"""A set, the number of the file that opens one of its tables, and the table."""

In = TypeVar("In")
Out = TypeVar("Out")


@dataclass(frozen=True)
class CheckedFiles:
    """All data files that could be read, their digests, and what is wrong.

    `prepared`: dataset id → `DataFile.key` → prepared file. `digests`: dataset id → path → sha-256 of the source.
    `contents`: dataset id → what a review of it would cover (digests.content_digest), where all its files are there.
    `rows`: dataset id → data rows of all its tables. `reports`: CSV files with findings that could not be listed.
    """

    prepared: Mapping[str, Mapping[str, Prepared]]
    digests: Mapping[str, Mapping[str, str]]
    contents: Mapping[str, str]
    problems: tuple[Problem, ...]
    rows: Mapping[str, int]
    reports: tuple[Path, ...]


class _FileTask(tuple[str, str, DataFile, Path, Path]):
    """Dataset id, path below the city's folder, file (with the schema that holds for it), city's folder, cache."""


def check_files(reading: Read, settings: Settings, only: Collection[str] | None = None) -> CheckedFiles:
    """Prepare every file and judge every row of the sets that are to be published.

    `only`: of these sets and of those that they point to or that point to them; the data of others are not read.
    """
    asked = list(_tables(reading))
    if only is not None:
        near = _near(reading, only)
        asked = [one for one in asked if one[0].id in near]
    prepared, problems = _prepare_all(reading, settings, asked)
    ledger = Ledger(settings.cache, LEDGER)
    verdicts, tasks = _judge_all(reading, settings, prepared, asked, ledger)
    digests = {
        dataset: {one.path.split("/", 2)[2]: one.sha256 for one in files.values()}
        for dataset, files in prepared.items()
    }
    contents = dict(_contents(reading, digests, ledger))
    if only is None:
        ledger.close()
    shutil.rmtree(settings.build / REPORTS, ignore_errors=True)
    reports: list[Path] = []
    rows: dict[str, int] = {}
    for task, verdict in zip(tasks, verdicts, strict=True):
        problems += _of_schema(reading, task, verdict)
        rows[task.dataset.id] = rows.get(task.dataset.id, 0) + verdict.report.rows
        if verdict.report.report:
            reports.append(_copy(verdict.report.report, settings.build / REPORTS, task))
        problems += (_with_report(one, reports[-1:], settings) for one in verdict.report.problems)
    problems += _declared_twice(reading)
    problems += _undeclared(reading, settings)
    return CheckedFiles(prepared, digests, contents, tuple(in_order(problems)), rows, tuple(reports))


def _contents(reading: Read, digests: Mapping[str, Mapping[str, str]], ledger: Ledger) -> Iterator[tuple[str, str]]:
    """What reviews cover, of each open set that can be read whole; of 2,000 it takes 0.15 s to spell it all out."""
    code = code_version("portal.digests", "portal.model", "portal.tableschema")
    for dataset in reading.catalogue.datasets:
        files = digests.get(dataset.id, {})
        if dataset.is_open and all(file.path in files for file in dataset.files):
            key = key_of(code, [model_digest(dataset), *(files[file.path] for file in dataset.files)])
            found = ledger.find(CONTENT, dataset.id, key)
            if found is None:
                ledger.keep(CONTENT, dataset.id, key, found := content_digest(dataset, files), ())
            yield dataset.id, str(found)


def _near(reading: Read, ids: Collection[str]) -> set[str]:
    """These sets, and those one foreign key or relation away."""
    known = {alias: one.id for one in reading.catalogue.datasets for alias in one.aliases}
    found = set(ids)
    for dataset in reading.catalogue.datasets:
        keys = (key for _, table in tables_of(dataset) for key in table.table_schema.foreign_keys)
        named = {key.reference.resource.rpartition("/")[0] for key in keys} | {one.to for one in dataset.relations}
        others = {known.get(one, one) for one in named - {""}}
        if dataset.id in ids:
            found |= others
        elif others & set(ids):
            found.add(dataset.id)
    return found


def _prepare_all(
    reading: Read, settings: Settings, asked: Sequence[Asked]
) -> tuple[dict[str, dict[str, Prepared]], list[Problem]]:
    """Every declared file: dataset id → `DataFile.key` → prepared file."""
    tasks = []
    for dataset, _, table in asked:
        for file in table.files:
            whole = file.model_copy(update={"table_schema": table.table_schema})
            tasks.append(_FileTask((dataset.id, _path(dataset, file), whole, settings.root, settings.cache)))
    size = sum(_size(settings.root / task[1]) for task in tasks)
    prepared: dict[str, dict[str, Prepared]] = {dataset.id: {} for dataset, _, _ in asked}
    problems: list[Problem] = []
    done = each(_prepare, tasks, settings.jobs if size > SMALL else 1)
    for task, (one, found) in zip(tasks, done, strict=True):
        if one is not None:
            prepared[task[0]][task[2].key] = one
        problems += (_at_place(reading, task, problem) for problem in found if problem.rule not in TOLD_ELSEWHERE)
    return prepared, problems


def _prepare(task: _FileTask) -> tuple[Prepared | None, list[Problem]]:
    _, path, file, root, cache = task
    return prepare(root, path, file, cache)


def _judge_all(
    reading: Read,
    settings: Settings,
    prepared: Mapping[str, Mapping[str, Prepared]],
    asked: Sequence[Asked],
    ledger: Ledger,
) -> tuple[list[Verdict], list[Task]]:
    """Verdicts that are kept from earlier runs, and those of worker processes for the rest."""
    rules = RowRules(scratch=settings.cache / "scratch", memory=MEMORY // max(1, settings.jobs), threads=1)
    known = {
        (dataset.id, table.name): Referenced(table.table_schema, _files_of(table, prepared[dataset.id]))
        for dataset, _, table in asked
    }
    tasks = []
    for dataset, opens, table in asked:
        files = known[(dataset.id, table.name)].prepared
        pointed = _references(reading, dataset, table, known)
        area = area_of(dataset, reading.catalogue.portal)
        tasks.append(Task(dataset, table, opens, tuple(files), pointed, settings.cache, rules, area))
    verdicts: dict[int, Verdict] = {}
    left: list[int] = []
    for number, task in enumerate(tasks):
        try:
            verdicts[number] = kept(task, ledger)
        except NotKept:
            left.append(number)
    if len(left) == 1:
        rules = replace(rules, memory=MEMORY // 2, threads=settings.jobs)
    fresh = [replace(tasks[number], rules=rules) for number in left]
    for number, verdict in zip(left, each(judge, fresh, max(2, settings.jobs)), strict=True):
        note(tasks[number], verdict, ledger)
        verdicts[number] = verdict
    return [verdicts[number] for number in range(len(tasks))], tasks


def _references(
    reading: Read, dataset: Dataset, table: Table, known: Mapping[tuple[str, str], Referenced]
) -> dict[str, Referenced]:
    """The tables that the foreign keys point to; those that could not be read are left out (they have a problem)."""
    if not table.table_schema.foreign_keys:
        return {}
    aliases = {alias: one.id for one in reading.catalogue.datasets for alias in one.aliases}
    found = {}
    for foreign in table.table_schema.foreign_keys:
        owner, _, name = foreign.reference.resource.rpartition("/")
        pointed = known.get((aliases.get(owner, owner) or dataset.id, name))
        if pointed and pointed.prepared:
            found[foreign.reference.resource] = pointed
    return found


def _files_of(table: Table, prepared: Mapping[str, Prepared]) -> tuple[Prepared, ...]:
    """The table's files, if all of them could be read."""
    found = [prepared[file.key] for file in table.files if file.key in prepared]
    return tuple(found) if len(found) == len(table.files) else ()


def _of_schema(reading: Read, task: Task, verdict: Verdict) -> Iterator[Problem]:
    for number, fault in verdict.faults:
        column = task.table.table_schema.fields[number]
        path, line = reading.where(_entry(task.dataset), "files", task.opens, "schema", "fields", number, *fault.keys)
        values = {"field": column.name, "type": column.type, "key": fault.key, "found": shown(fault.text)}
        yield Problem(fault.rule, path, line, values, dataset=task.dataset.id, field=column.name)


def _at_place(reading: Read, task: _FileTask, problem: Problem) -> Problem:
    if problem.rule not in AT_ENTRY:
        return replace(problem, dataset=task[0])
    dataset = next(one for one in reading.catalogue.datasets if one.id == task[0])
    index = next((number for number, file in enumerate(dataset.files) if file.key == task[2].key), None)
    keys = ("sample", "path") if index is None else ("files", index, "path")
    path, line = reading.where(_entry(dataset), *keys)
    return replace(problem, dataset=task[0], path=path, line=line)


def _declared_twice(reading: Read) -> Iterator[Problem]:
    """The same file (or sheet) in two entries; twice in one entry is `file-twice`."""
    first: dict[tuple[str, str], Dataset] = {}
    for dataset in reading.catalogue.datasets:
        for index, file in enumerate(dataset.files):
            owner = first.setdefault((dataset.department, file.key), dataset)
            if owner is not dataset:
                path, line = reading.where(_entry(dataset), "files", index, "path")
                values = {"file": _path(dataset, file), "other": _entry(owner)}
                yield Problem("file-declared-twice", path, line, values, dataset=dataset.id)


def _undeclared(reading: Read, settings: Settings) -> Iterator[Problem]:
    """Files below a department's folder that no entry names: a public repository shows them all the same.

    An entry that can't be read may name them too: then it is the entry that has a problem.
    """
    declared = {_path(dataset, file) for dataset in reading.catalogue.datasets for file in dataset.files}
    declared |= {f"datasets/{one.department}/{one.sample.path}" for one in reading.catalogue.datasets if one.sample}
    read: dict[str, list[str]] = {}
    for one in reading.catalogue.datasets:
        read.setdefault(one.department, []).append(one.id)
    for department in sorted(settings.datasets.iterdir()) if settings.datasets.is_dir() else ():
        if department.is_symlink() or not department.is_dir():
            continue
        unread = _unread(read.get(department.name, ()), settings.catalog / department.name)
        for folder, _, names in os.walk(department):
            place = Path(folder).relative_to(settings.root).as_posix()
            for name in sorted(set(names) - IGNORED):
                path = f"{place}/{name}"
                if path not in declared and not _is_named(name, unread):
                    yield Problem("file-undeclared", path, level="warning")


def _unread(ids: Iterable[str], folder: Path) -> list[bytes]:
    """What stands in the entries of a department that could not be read as such; `ids` are those that could."""
    if folder.is_symlink() or not folder.is_dir():
        return []
    known = {"department.yml", *(f"{one}{ending}" for one in ids for ending in (".yml", ".releases.yml"))}
    with os.scandir(folder) as items:
        names = sorted(one.name for one in items)
    left = [folder / one for one in names if one.endswith((".yml", ".yaml")) and one not in known]
    return [one.read_bytes() for one in left if one.is_file() and not one.is_symlink() and _size(one) < ENTRY]


def _is_named(name: str, entries: Sequence[bytes]) -> bool:
    """In UTF-8, or in the encoding that Windows gives a text file in China."""
    spelled = [os.fsencode(name), name.encode("gb18030", "replace")]
    return any(one in text for one in spelled for text in entries)


def _tables(reading: Read) -> Iterator[Asked]:
    for dataset in reading.catalogue.datasets:
        published = dataset if dataset.is_open else sample_of(dataset)
        if published is not None:
            for opens, table in tables_of(published):
                yield published, opens, table


def _entry(dataset: Dataset) -> str:
    return f"catalog/{dataset.department}/{dataset.id}.yml"


def _path(dataset: Dataset, file: DataFile) -> str:
    return f"datasets/{dataset.department}/{file.path}"


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except (OSError, ValueError):
        return 0


def _copy(report: Path, folder: Path, task: Task) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copyfile(report, folder / f"{task.dataset.id}.{task.table.name}.csv"))


def _with_report(problem: Problem, latest: Sequence[Path], settings: Settings) -> Problem:
    """What is not listed row by row says where the whole list is."""
    is_cut = problem.rule in QUALITY and int(problem.values.get("count", "0")) > FIRST
    if problem.rule != "more-rows" and not is_cut:
        return problem
    path = latest[0]
    shown_path = path.relative_to(settings.root) if path.is_relative_to(settings.root) else path
    return replace(problem, values={**problem.values, "report": str(shown_path)})


def each(work: Callable[[In], Out], tasks: Sequence[In], jobs: int) -> Iterable[Out]:
    """`work` on every task, in order; in processes where more than one may run."""
    if jobs == 1 or not tasks:
        return [work(task) for task in tasks]
    with ProcessPoolExecutor(min(jobs, len(tasks)), mp_context=multiprocessing.get_context("fork")) as pool:
        return list(pool.map(work, tasks))
