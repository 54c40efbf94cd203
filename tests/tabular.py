"""Loaded tables for tests: entries made of a few columns, and the SQLite file that the load makes of their rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from portal.digests import file_digest
from portal.model import Dataset, Department, Portal
from portal.tablefile.shape import Prepared
from portal.tables import load_dataset
from portal.takeaway import Imprint
from tests.catalogues import DEPARTMENT, ENTRY, PORTAL

# Every type, and every kind of value that a careless writer spoils. All of them pass the checks.
NASTY_COLUMNS: dict[str, str] = {
    "代码": "string",
    "备注（含 符号）": "string",
    "rank": "string",
    "人数": "integer",
    "面积": "number",
    "在用": "boolean",
    "日期": "date",
    "时刻": "time",
    "登记时间": "datetime",
    "年份": "year",
    "年月": "yearmonth",
    "xml 1st": "string",
}
NASTY_ROWS: list[list[str]] = [
    ["0012", "=cmd|'/C calc'!A0", "第一", "42", "1.5", "true", "2023-06-30", "08:05:00", "2023-06-30T08:05:00", "2023", "2023-06", "a"],
    ["320505001001", 'He said "hi", then\nleft\r\nand\rcame', "+1", "-7", "-0.25", "false", "2024-02-29", "23:59:59", "2024-02-29 23:59:59", "1999", "1999-12", "b"],
    ["000", "<script>alert(1)</script> & ]]>", "@SUM(1)", "9007199254740993", "123456789012345", "1", "1900-01-01", "00:00:00+08:00", "2000-01-01T00:00:00+08:00", "0001", "0001-01", "c"],
    ["𠮷野家𪚥", "😀👨‍👩‍👧 emoji é e\u0301", "-1", "9223372036854775807", "1e-300", "0", "9999-12-31", "12:00:00.5", "1999-12-31T23:59:59Z", "9999", "9999-12", "d"],
    ["1234567890123456789012345", "control \x01\x0b\x1b\x1f and \ufffe", "\t tab", "-9223372036854775808", "9.99e307", "TRUE", "2023-01-01", "", "", "", "", "e"],
    ["", "", "", "", "", "", "", "", "", "", "", "f"],
    ["1e5", "_x0041_ and &#13; and &amp;", "'quoted", "0", "0", "False", "2023-01-01", "08:05:00", "2023-06-30T08:05:00", "2023", "2023-06", " blanks "],
    ["2023/1/1", "长" * 3000, "\\N", "1", "0.1", "true", "2023-01-01", "08:05:00", "2023-06-30T08:05:00", "2023", "2023-06", "NULL"],
]  # fmt: skip


def column(name: str, kind: str = "string", **more: Any) -> dict[str, Any]:
    """A field of a schema."""
    return {"name": name, "title": name[:20], "type": kind, "description": f"说明：{name}", **more}


def entry(columns: Mapping[str, str], *, dataset: str = "parks", schema: Any = None, **changes: Any) -> Dataset:
    """A dataset of one file with these columns (name → type); `schema` adds to the schema, `changes` to the entry."""
    described = {"fields": [column(name, kind) for name, kind in columns.items()], **(schema or {})}
    files = [{"path": f"{dataset}.csv", "schema": described}]
    return Dataset.model_validate({**ENTRY, "files": files, "id": dataset, "department": "ylj", **changes})


def csv_text(header: Iterable[str], rows: Iterable[Sequence[str]]) -> str:
    """A CSV as the preparation leaves it: comma, LF, quotes where needed; a cell with CR is quoted too."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(list(header))
    writer.writerows(rows)
    return text.getvalue()


def prepare(folder: Path, name: str, text: str) -> Prepared:
    """A prepared file with this text."""
    path = folder / f"{name.replace('/', '_')}.prepared.csv"
    path.write_text(text, "utf-8", newline="")
    return Prepared(name, path, file_digest(path), path.stat().st_size, "utf-8", "csv")


def load(folder: Path, dataset: Dataset, texts: Sequence[str], **more: Any) -> tuple[Path, dict[str, Prepared]]:
    """Load the dataset's files, given as CSV texts in their order; returns the database and what it was made from."""
    prepared = {file.key: prepare(folder, file.key, text) for file, text in zip(dataset.files, texts, strict=True)}
    target = folder / f"{dataset.id}.db"
    load_dataset(dataset, prepared, target, **more)
    return target, prepared


def load_nasty(folder: Path) -> tuple[Dataset, Path]:
    """The dataset of all types and all awkward values, loaded."""
    dataset = entry(NASTY_COLUMNS)
    database, _ = load(folder, dataset, [csv_text(NASTY_COLUMNS, NASTY_ROWS)])
    return dataset, database


def imprint(release: str = "2025-12-31") -> Imprint:
    """The small town's imprint."""
    department = Department.model_validate({"id": "ylj", **DEPARTMENT})
    return Imprint(Portal.model_validate(PORTAL), department, release)
