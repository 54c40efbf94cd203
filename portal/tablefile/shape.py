"""What passes between the parts of this package: a prepared file, the limits, and a refusal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.problems import Level, Problem

MIB = 1 << 20
CHUNK = MIB


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. Bytes, unless said otherwise; service.md §8.4 measured the workbook limits' need.

    `file` bounds any data file, `workbook` a spreadsheet's file, `unpacked` the sum of its parts, `ratio` unpacked to
    packed (judged above 10 MiB), `members` its number of parts; `memory` and `seconds` bound the reading process.
    """

    file: int = 1024 * MIB
    workbook: int = 200 * MIB
    unpacked: int = 2048 * MIB
    ratio: int = 100
    members: int = 1000
    memory: int = 2048 * MIB
    seconds: int = 300


@dataclass(frozen=True, slots=True)
class Prepared:
    """A data file made readable: `csv` is UTF-8 without mark, comma, LF, quoted as RFC 4180, the header first.

    It is the source itself where that already is so. Ragged and blank rows are still in it: portal/checks/rows judges
    them. `path` is the source's path below the city's folder, `sha256` and `bytes` are the source's. `encoding` is
    utf-8, utf-8-sig or gb18030, or the spreadsheet's format. `format` is csv, tsv, xlsx, xls, ods or json.
    """

    path: str
    csv: Path
    sha256: str
    bytes: int
    encoding: str
    format: str
    notes: tuple[str, ...] = ()


class Refused(Exception):  # noqa: N818 -- a verdict on a file, not a fault of ours
    """The file can't be read; `problems` says why. Caught in `prepare`."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__(", ".join(problem.rule for problem in problems))


@dataclass(frozen=True, slots=True)
class Place:
    """Where the file stands, for its problems."""

    path: str

    def problem(
        self, rule: str, *, line: int | None = None, row: int | None = None, level: Level = "error", **values: Any
    ) -> Problem:
        """A problem of this file; `values` become text and always hold `file`."""
        told = {"file": self.path, **{name: str(value) for name, value in values.items()}}
        return Problem(rule, self.path, line=line, row=row, level=level, values=told)

    def refuse(self, rule: str, *, line: int | None = None, row: int | None = None, **values: Any) -> Refused:
        """The exception that ends the reading of this file."""
        return Refused(self.problem(rule, line=line, row=row, **values))


def listed(items: Iterable[object], most: int = 5) -> str:
    """`2、5、9` or `2、5、9…`: a few, and honestly more."""
    found = [str(item) for item in items]
    return "、".join(found[:most]) + ("…" if len(found) > most else "")


def size_text(size: int) -> str:
    """Bytes as people read them."""
    return f"{size / MIB:.1f} MiB" if size >= MIB else f"{size / 1024:.1f} KiB"
