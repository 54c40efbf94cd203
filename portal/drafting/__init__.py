"""`build.py new FILE…`: draft a catalogue entry that needs only what a machine can't know.

Files → tables (opening) → what stands in them (looking, columns, linking) → proposals → an entry with comments
(entry) → a short report. Everything is read before one file is written; nothing is overwritten. The data stay where
they are; with `copy` they are copied into the department's folder, where the entry looks for them.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from portal.catalogue import FOLDER, Reading, read_catalogue
from portal.drafting.entry import make_entry
from portal.drafting.linking import Target, Targets
from portal.drafting.looking import Lookout, looked_through
from portal.drafting.opening import open_files
from portal.drafting.proposals import propose, table_names
from portal.drafting.report import left_out_lines, report_lines
from portal.drafting.shape import Looked, Opened, Order
from portal.model import SLUG, Department
from portal.personal import Kind, scan_table
from portal.problems import CatalogueHasProblems, Problem, shown
from portal.settings import Settings
from portal.yamlfile import MAX_BYTES

__all__ = ["Drafted", "Order", "draft"]


@dataclass(frozen=True)
class Drafted:
    """What was written: the entry's path below the city's folder, data files that were copied and those that the
    department still has to put into its folder, and the report.
    """

    path: str
    copied: tuple[str, ...]
    to_move: tuple[str, ...]
    report: tuple[str, ...]


def draft(settings: Settings, order: Order) -> Drafted:
    """Draft one entry from the files, the first of which names it.

    Raises CatalogueHasProblems, with every reason at once, before anything is written.
    """
    reading = read_catalogue(settings)
    files = tuple(dict.fromkeys(order.files))
    department, name, problems = _place(replace(order, files=files), reading, settings)
    folder = settings.datasets / (department.id if department else "")
    tables, left_out, unread = open_files(replace(order, files=files), folder, settings)
    problems += unread
    if department is not None:
        problems += _in_the_way(tables, folder, order, settings)
    if problems or department is None or not tables:
        raise CatalogueHasProblems(problems)
    groups = _grouped(tables)
    names = table_names([parts[0].file for parts in groups], reading, department.id, name)
    looked = _look_at_all(groups, Targets(reading, settings, department.id), settings, names)
    looked = [replace(table, name=one) for table, one in zip(looked, names, strict=True)]
    proposals = propose(looked, reading, department, today=settings.today)
    text = make_entry(looked, proposals, reading, department).text()
    path = f"{FOLDER}/{department.id}/{name}.yml"
    if len(text.encode()) > MAX_BYTES:
        values = {"size": f"{len(text.encode()) / 1024:.0f}", "limit": f"{MAX_BYTES // 1024}"}
        raise CatalogueHasProblems([Problem("yaml-too-large", path, values=values)])
    copied = _copy(tables, folder) if order.copy else ()
    with (settings.root / path).open("x", encoding="utf-8") as out:
        out.write(text)
    there = {one.file.path for one in tables if (folder / one.file.path).exists()}
    to_move = tuple(dict.fromkeys(str(one.source) for one in tables if one.file.path not in there))
    report = [*left_out_lines(left_out, settings.lang), *report_lines(looked, proposals, text, settings.lang)]
    return Drafted(path, copied, to_move, tuple(report))


def _place(order: Order, reading: Reading, settings: Settings) -> tuple[Department | None, str, list[Problem]]:
    """The department and the id, and what is wrong with either."""
    first = order.files[0]
    known = {one.id: one for one in reading.catalogue.departments}
    inside = first.absolute()
    own = inside.relative_to(settings.datasets).parts[0] if inside.is_relative_to(settings.datasets) else None
    wanted = order.department or own
    department = known.get(wanted or "")
    problems: list[Problem] = []
    if department is None:
        found = {"found": f"：没有“{shown(wanted)}”", "found_en": f" There is no '{shown(wanted)}'."} if wanted else {}
        values = {"choices": "、".join(f"{one.id}（{one.name}）" for one in known.values()), **found}
        problems.append(Problem("draft-department", shown(first.name), values=values))
    name = order.id or first.name.split(".", 1)[0].lower().replace("_", "-").replace(" ", "-")
    problems += _unfit_id(name, first, reading)
    path = f"{FOLDER}/{wanted}/{name}.yml"
    if department is not None and (settings.root / path).exists():
        problems = [one for one in problems if one.rule != "draft-id"] + [Problem("draft-exists", path)]
    return department, name, problems


def _unfit_id(name: str, first: Path, reading: Reading) -> list[Problem]:
    """Why this can't be the id: its spelling, or that it is taken."""
    taken = {one.id for one in reading.catalogue.datasets} | set(reading.broken)
    taken |= {alias for one in reading.catalogue.datasets for alias in one.aliases}
    gone = {stone.id for stone in reading.catalogue.tombstones}
    reasons = {
        ("，已被使用", ": it is taken"): name in taken,
        ("，它属于一个已撤回的数据集", ": it is that of a withdrawn set"): name in gone,
        ("", ""): re.fullmatch(SLUG, name) is None,
    }
    return [
        Problem("draft-id", shown(first.name), values={"found": shown(name), "reason": zh, "reason_en": en})
        for (zh, en), holds in reasons.items()
        if holds
    ]


def _in_the_way(tables: Sequence[Opened], folder: Path, order: Order, settings: Settings) -> list[Problem]:
    """Files of the department's folder that a copy would overwrite, and two files of one name."""
    problems = []
    sources: dict[str, Path] = {}
    for one in tables:
        target = folder / one.file.path
        other = sources.setdefault(one.file.path, one.source)
        is_there = target.exists() and not target.samefile(one.source)
        if other != one.source or (order.copy and is_there):
            shown_path = target.relative_to(settings.root).as_posix()
            problems.append(Problem("draft-copy", one.source.name, values={"target": shown_path}))
    return problems


def _grouped(tables: Sequence[Opened]) -> list[list[Opened]]:
    """Tables one after another with the same columns are one, in several files."""
    groups: list[list[Opened]] = []
    for one in tables:
        if groups and groups[-1][0].labels == one.labels:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _look_at_all(
    groups: Sequence[list[Opened]], targets: Targets, settings: Settings, names: Sequence[str]
) -> list[Looked]:
    """First every table for itself, then what points from one to another."""
    with ExitStack() as stack:
        outs = [stack.enter_context(looked_through(parts, settings)) for parts in groups]
        tables = [_look_at(out, parts, settings.jobs) for out, parts in zip(outs, groups, strict=True)]
        own = [
            Target(name, table.key[0], "", tuple(part.prepared.csv for part in parts))
            for name, table, parts in zip(names, tables, groups, strict=True)
            if len(table.key) == 1
        ]
        return [
            replace(table, pointers=targets.pointers(out, table.columns, [one for one in own if one.resource != name]))
            for out, table, name in zip(outs, tables, names, strict=True)
        ]


def _personal(parts: Sequence[Opened], threads: int) -> tuple[tuple[str, Kind, int], ...]:
    """What looks like personal data, as the gate looks for it (portal/personal): column, kind, cells."""
    labels = parts[0].labels
    hits = (hit for part in parts for hit in scan_table(part.prepared.csv, labels, threads=threads))
    found = Counter((labels[hit.column - 1], hit.kind) for hit in hits if hit.row > 1 and hit.column <= len(labels))
    return tuple((label, kind, count) for (label, kind), count in sorted(found.items()))


def _look_at(out: Lookout, parts: Sequence[Opened], threads: int) -> Looked:
    personal = _personal(parts, threads)
    people = {label for label, _, _ in personal}
    columns = tuple(replace(one, values=()) if one.name in people else one for one in out.columns())
    key = out.key(columns)
    values = {value for column in columns for value in column.values}
    gone = sorted({text for column in columns for text in column.missing} - values)
    return Looked(
        opened=parts[0],
        parts=tuple(parts[1:]),
        columns=columns,
        rows=out.rows,
        key=key,
        missing=("", *gone),
        ragged=tuple(row for _, row in out.ragged),
        doubled=not key and out.has_doubles(),
        personal=personal,
    )


def _copy(tables: Sequence[Opened], folder: Path) -> tuple[str, ...]:
    """Put the files into the department's folder. Raises PortalError where the folder can't be written to."""
    copied = []
    for name, source in {one.file.path: one.source for one in tables}.items():
        target = folder / name
        if target.exists():
            continue  # it is this very file
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target, follow_symlinks=False)
        copied.append(name)
    return tuple(copied)
