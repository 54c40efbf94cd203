"""Broken tables for the row check, and the two ways to judge them: ours, and frictionless's. No test stands here."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

from frictionless import Dialect, Resource, Schema
from frictionless.formats import CsvControl
from frictionless.resources import TableResource

from portal.checks.rows import KINDS, Referenced, RowReport, RowRules, check_table
from portal.model import Dataset, Table
from portal.tablefile import Prepared, prepare
from portal.tableschema import TableSchema
from tests.catalogues import ENTRY

Verdict = tuple[int, int, str]
"""Row (header is 1), column (0: the whole row) and frictionless's word for what is wrong."""
WHOLE_ROW = {"blank-row", "primary-key", "foreign-key"}


def schema_of(*fields: str, **more: Any) -> dict[str, Any]:
    """`"code string required pattern=\\d{3}"` and so on, in Table Schema's words."""
    return {"fields": [_field(text) for text in fields], **more}


def _field(text: str) -> dict[str, Any]:
    name, kind, *constraints = text.split(" ")
    field: dict[str, Any] = {"name": name, "type": kind.split("/")[0]}
    if "/" in kind:
        field["format"] = kind.split("/", 1)[1]
    asked: dict[str, Any] = {}
    for one in constraints:
        key, _, value = one.partition("=")
        if key == "enum":
            asked[key] = value.split("|")
        elif key in ("minLength", "maxLength"):
            asked[key] = int(value)
        else:
            asked[key] = value or True
    return {**field, "constraints": asked}


def our_schema(descriptor: dict[str, Any]) -> TableSchema:
    """The same schema in the entry's words, which ask for a title and a description."""
    fields = [{"title": field["name"], "description": "说明", **field} for field in descriptor["fields"]]
    return TableSchema.model_validate({**descriptor, "fields": fields})


def dataset_of(descriptor: dict[str, Any], paths: list[str]) -> tuple[Dataset, Table]:
    """An entry with one table in these files."""
    schema = our_schema(descriptor)
    files = [{"path": path, "append": index > 0} for index, path in enumerate(paths)]
    files[0]["schema"] = schema.model_dump(by_alias=True, exclude_none=True)
    entry = Dataset.model_validate({**ENTRY, "id": "rows", "department": "ylj", "files": files})
    return entry, entry.tables[0]


def made_ready(folder: Path, texts: dict[str, bytes]) -> list[Prepared]:
    """Write files and prepare them."""
    (folder / "datasets/ylj").mkdir(parents=True, exist_ok=True)
    ready = []
    for name, data in texts.items():
        (folder / "datasets/ylj" / name).write_bytes(data)
        entry, _ = dataset_of(schema_of("a string"), [name])
        prepared, problems = prepare(folder, f"datasets/ylj/{name}", entry.files[0], folder / "cache")
        assert prepared is not None, problems
        ready.append(prepared)
    return ready


def judged(
    folder: Path,
    descriptor: dict[str, Any],
    *texts: str | bytes,
    references: dict[str, tuple[dict[str, Any], str]] | None = None,
    **more: Any,
) -> RowReport:
    """Our report on a table of one file a text."""
    raw = {f"{i}.csv": text.encode() if isinstance(text, str) else text for i, text in enumerate(texts)}
    ready = made_ready(folder, raw)
    dataset, table = dataset_of(descriptor, list(raw))
    pointed = {}
    for name, (schema, text) in (references or {}).items():
        pointed[name] = Referenced(
            our_schema(schema), made_ready(folder, {f"{name.replace('/', '_')}.csv": text.encode()})
        )
    report = more.pop("report", None)
    rules = RowRules(scratch=folder / "scratch", **more)
    return check_table(dataset, table, ready, pointed, rules=rules, report=report)


def our_verdicts(report: RowReport) -> set[Verdict]:
    """Our problems in frictionless's words; rules that it does not know are left out."""
    found = set()
    for problem in report.problems:
        kind = KINDS.get(problem.rule)
        if kind:
            column = 0 if kind in WHOLE_ROW else int(problem.values["column"])
            found.add((problem.row or 0, column, kind))
    return found


def their_verdicts(
    folder: Path, descriptor: dict[str, Any], text: str, references: dict[str, tuple[dict[str, Any], str]] | None = None
) -> set[Verdict]:
    """frictionless's errors on the same text, nothing detected."""
    (folder / "judge").mkdir(exist_ok=True)
    resource = _resource(folder, "table", descriptor, text)
    if references:
        from frictionless import Package

        others = [
            _resource(folder, name.replace("/", "_"), schema, other) for name, (schema, other) in references.items()
        ]
        report = Package(resources=[resource, *others]).validate(limit_errors=100_000)
        errors = report.tasks[0].errors
    else:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            report = resource.validate(limit_errors=100_000)
        errors = report.tasks[0].errors
    found = set()
    for error in errors:
        rows = getattr(error, "row_numbers", None)
        row = rows[0] if rows else getattr(error, "row_number", 0)
        column = 0 if error.type in WHOLE_ROW else getattr(error, "field_number", 0)
        found.add((row, column, error.type))
    return found


def _resource(folder: Path, name: str, descriptor: dict[str, Any], text: str) -> Resource:
    path = folder / "judge" / f"{name}.csv"
    path.write_bytes(text.encode())
    control = CsvControl(
        delimiter=",", line_terminator="\n", quote_char='"', double_quote=True, skip_initial_space=False
    )
    return TableResource(
        name=name,
        path=path.name,
        basepath=str(path.parent),
        schema=Schema.from_descriptor(descriptor),
        dialect=Dialect(header_rows=[1], controls=[control]),
        encoding="utf-8",
    )
