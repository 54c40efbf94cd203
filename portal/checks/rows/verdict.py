"""The verdict on one table, kept by content: the bytes of its files, its schema, what it refers to, and our code.

Runs in a worker process: DuckDB's threads must not stand in a process that forks later.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from portal.cache import code_version, get_or_make, key_of
from portal.checks.personal import PACKAGES, personal_in_table
from portal.checks.rows import Area, Referenced, RowReport, RowRules, check_table
from portal.checks.rows.declared import Fault, faults
from portal.checks.rows.logic import around
from portal.checks.rows.shape import NotKept
from portal.digests import canonical_json, model_digest
from portal.ledger import Ledger
from portal.model import Dataset, Table
from portal.personal import in_masks
from portal.problems import Problem, in_order
from portal.tablefile import Prepared
from portal.tableschema import TableSchema

CODE = (
    "portal.checks.rows",
    "portal.casting",
    "portal.tablefile",
    "portal.tableschema",
    "portal.text",
    "portal.personal",
    "portal.checks.personal",
    "portal.facts",
    "portal.model",
)
VERDICT, REPORT = "verdict.json", "report.csv"
LEDGER, KIND, WHOLE = "verdicts.tsv", "verdict", "whole"
"""Where verdicts stand that a run need not look for one by one: 2,000 folders cost it 0.3 s."""


@dataclass(frozen=True, slots=True)
class Task:
    """One table to judge. `prepared` are its files in order; without them only the schema is judged.

    `opens` is the number of the file that carries the schema, for the line of a fault.
    """

    dataset: Dataset
    table: Table
    opens: int
    prepared: tuple[Prepared, ...]
    references: Mapping[str, Referenced]
    cache: Path
    rules: RowRules
    area: Area | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong with the schema (field number, fault) and with the rows."""

    faults: tuple[tuple[int, Fault], ...]
    report: RowReport


def key(task: Task) -> str:
    """What the verdict depends on."""
    sources = [f"{one.path}={one.sha256}={one.encoding}" for one in task.prepared]
    others = [
        [name, _schema(pointed.schema), *(one.sha256 for one in pointed.prepared)]
        for name, pointed in sorted(task.references.items())
    ]
    about = [task.dataset.id, task.table.name, *(str(one) for one in around(task.dataset, task.area))]
    asked = canonical_json([*about, _schema(task.table.table_schema), others])
    return key_of(code_version(*CODE, packages=("duckdb", *PACKAGES)), [asked, str(task.rules.listed), *sources])


def kept(task: Task, ledger: Ledger) -> Verdict:
    """The verdict of an earlier run: by the ledger, or from the cache. Raises NotKept."""

    def refuse(_: Path) -> None:
        raise NotKept

    own = _own(task, ledger)
    if (told := ledger.find(KIND, _name(task), own)) is not None:
        return _again(told)
    verdict = _read(get_or_make(task.cache, "rows", own, refuse))
    note(task, verdict, ledger)
    return verdict


def note(task: Task, verdict: Verdict, ledger: Ledger) -> None:
    """Let the next run find the verdict in the ledger, but for one with a file of its own."""
    if verdict.report.report is None:
        ledger.keep(KIND, _name(task), _own(task, ledger), _told(verdict.faults, verdict.report), [])


def _own(task: Task, ledger: Ledger) -> str:
    """The key. While the whole entry is what it was, its schema is not spelled out again (70 µs a table)."""
    if task.references:
        return key(task)
    files = [f"{one.path}={one.sha256}={one.encoding}" for one in task.prepared]
    parts = [model_digest(task.dataset), str(task.area), str(task.rules.listed), *files]
    whole = key_of(code_version(*CODE, packages=("duckdb", *PACKAGES)), parts)
    if (known := ledger.find(WHOLE, _name(task), whole)) is not None:
        return str(known)
    own = key(task)
    ledger.keep(WHOLE, _name(task), whole, own, [])
    return own


def _name(task: Task) -> str:
    return f"{task.dataset.id}/{task.table.name}"


def judge(task: Task) -> Verdict:
    """The verdict, kept or new."""

    def make(folder: Path) -> None:
        found = [
            (number, fault) for number, column in enumerate(task.table.table_schema.fields) for fault in faults(column)
        ]
        report = RowReport(())
        if task.prepared and not found:
            report = check_table(
                task.dataset,
                task.table,
                task.prepared,
                task.references,
                rules=task.rules,
                report=folder / REPORT,
                area=task.area,
            )
        if task.prepared:
            report = _with_personal(task, report, folder / REPORT)
        _write(folder / VERDICT, found, report)

    return _read(get_or_make(task.cache, "rows", key(task), make))


def _with_personal(task: Task, report: RowReport, target: Path) -> RowReport:
    """What is personal in the cells, which is looked for even where the schema can't be used."""
    found, counts = personal_in_table(
        task.dataset.id, task.table, task.prepared, threads=task.rules.threads, report=target
    )
    problems = tuple(in_order(in_masks(one) for one in (*report.problems, *found)))
    kept = target if target.exists() else None
    return replace(report, problems=problems, counts={**report.counts, **counts}, report=kept)


def _schema(schema: TableSchema) -> Any:
    """What decides about rows (titles and units tell what a value can be), and what the problems quote."""
    return schema.model_dump(mode="json", exclude={"fields": {"__all__": {"title_en", "description"}}})


def _write(path: Path, found: Sequence[tuple[int, Fault]], report: RowReport) -> None:
    path.write_text(json.dumps(_told(found, report), ensure_ascii=False, sort_keys=True), "utf-8")


def _read(folder: Path) -> Verdict:
    told = json.loads((folder / VERDICT).read_text("utf-8"))
    return _again(told, folder / REPORT if (folder / REPORT).exists() else None)


def _told(found: Sequence[tuple[int, Fault]], report: RowReport) -> dict[str, Any]:
    """A verdict as plain JSON."""
    return {
        "faults": [[number, *fault] for number, fault in found],
        "problems": [{**asdict(problem), "values": dict(problem.values)} for problem in report.problems],
        "counts": [[*key, count] for key, count in report.counts.items()],
        "rows": report.rows,
    }


def _again(told: Mapping[str, Any], report: Path | None = None) -> Verdict:
    """A verdict that was kept."""
    problems = tuple(Problem(**problem) for problem in told["problems"])
    counts = {(file, rule): count for file, rule, count in told["counts"]}
    faults = tuple((number, Fault(*fault)) for number, *fault in told["faults"])
    return Verdict(faults, RowReport(problems, counts, told["rows"], report))
