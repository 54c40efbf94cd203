"""Findings become problems: all are counted, the first of each file and rule are listed, the rest go to a report."""

# ruff: noqa: S608 -- the SQL is ours; names and texts in it are made or quoted here

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TextIO

import duckdb

from portal.checks.rows.engine import csv_source
from portal.checks.rows.screen import quoted
from portal.checks.rows.shape import FIRST, QUALITY, Finding, Many
from portal.personal import masked
from portal.problems import Problem
from portal.tablefile.csvtext import canonical

LONGEST = 60
"""Characters of a value that a problem shows; the length is then told."""
FORMULA = r"^[=+\-@＝＋－＠].*[^0-9.]"
"""Texts that a spreadsheet program would run; the report is for people (service.md §8.4), the data stay as they are."""
HEADER = ("file", "row", "column", "field", "rule", "value", "limit")


class Collector:
    """Takes findings of several files in any order; memory holds only what will be listed."""

    def __init__(self, paths: list[str], dataset: str, folder: Path, listed: int) -> None:
        self._paths, self._dataset, self._listed = paths, dataset, listed
        self._kept: dict[tuple[int, str, str], list[Finding]] = defaultdict(list)
        self._spool_path = folder / "findings.csv"
        self._spool: TextIO | None = None
        self._queries: list[tuple[int, Finding, str]] = []
        self._by_key: dict[tuple[int, str, str], int] = defaultdict(int)
        self.counted: dict[tuple[int, str], int] = defaultdict(int)

    def add(self, file: int, finding: Finding) -> None:
        """Count it, and keep it where it is among the first."""
        kept = self._count(file, finding, 1)
        kept.append(finding)
        if len(kept) >= 2 * self._listed:
            kept.sort(key=_place)
            del kept[self._listed :]
        self._write(file, finding)

    def add_many(self, file: int, many: Many) -> None:
        """Many cells of one column, which SQL has counted."""
        self._count(file, many.first[0], many.count).extend(many.first)
        self._queries.append((file, many.first[0], many.query))

    def _count(self, file: int, finding: Finding, count: int) -> list[Finding]:
        """The list of those kept of its kind."""
        key = (file, finding.rule, finding.field if finding.rule in QUALITY else "")
        self.counted[(file, finding.rule)] += count
        self._by_key[key] += count
        return self._kept[key]

    def _write(self, file: int, finding: Finding) -> None:
        if self._spool is None:
            self._spool = self._spool_path.open("w", encoding="utf-8", newline="")
        limit, value = dict(finding.more).get("limit", ""), masked(finding.value, finding.field)
        place = (f"{finding.row:012}", f"{finding.number:05}")
        self._spool.write(
            canonical((f"{file:05}", *place, finding.rule, self._paths[file], finding.field, value, limit))
        )

    @property
    def counts(self) -> dict[tuple[str, str], int]:
        """How often each rule was broken, by file and rule."""
        return {(self._paths[file], rule): count for (file, rule), count in sorted(self.counted.items())}

    def problems(self) -> Iterator[Problem]:
        """What is listed."""
        for (file, rule, field), kept in sorted(self._kept.items()):
            kept.sort(key=_place)
            if rule in QUALITY:
                yield self._of_column(file, kept, self._by_key[(file, rule, field)])
                continue
            for finding in kept[: self._listed]:
                yield self._problem(file, finding)
            if self.counted[(file, rule)] > self._listed:
                yield self._more(file, rule)

    def _problem(self, file: int, finding: Finding) -> Problem:
        values = {
            "file": self._paths[file],
            "number": str(finding.row),
            "column": str(finding.number),
            "field": finding.field,
            "value": shortened(masked(finding.value, finding.field)),
            **dict(finding.more),
        }
        field, row = finding.field or None, finding.row
        return Problem(finding.rule, self._paths[file], values=values, dataset=self._dataset, field=field, row=row)

    def _of_column(self, file: int, kept: list[Finding], count: int) -> Problem:
        """One problem for all of a column's empties, or for all doubled rows."""
        rows = "、".join(str(finding.row) for finding in kept[:FIRST]) + ("…" if count > FIRST else "")
        told = self._problem(file, kept[0])
        return replace(told, values={**told.values, "count": str(count), "rows": rows})

    def _more(self, file: int, rule: str) -> Problem:
        count = self.counted[(file, rule)]
        values = {
            "file": self._paths[file],
            "rule": rule,
            "count": str(count),
            "listed": str(self._listed),
            "left": str(count - self._listed),
        }
        return Problem("more-rows", self._paths[file], values=values, dataset=self._dataset)

    def report(self, con: duckdb.DuckDBPyConnection, target: Path | None) -> Path | None:
        """Write every finding, in order, where not all of them could be listed."""
        if self._spool is not None:
            self._spool.close()
        if target is None or not any(self._is_cut(*key) for key in self.counted):
            return None
        target.parent.mkdir(parents=True, exist_ok=True)
        parts = [self._select(*one) for one in self._queries]
        if self._spool is not None:
            cells = "c0::INTEGER AS f, c4 AS path, c1::BIGINT AS row, c2::INTEGER AS number, c5 AS field"
            parts.append(f"SELECT {cells}, c3 AS rule, c6 AS value, c7 AS asked FROM {csv_source(self._spool_path, 8)}")
        harmless = f"CASE WHEN regexp_matches(value, {quoted(FORMULA)}) THEN chr(39) || value ELSE value END"
        everything = " UNION ALL ".join(parts)
        rows = (
            f"SELECT path, row, number, field, rule, {harmless}, asked "
            f"FROM ({everything}) ORDER BY f, row, number, rule"
        )
        names = ", ".join(HEADER)
        body = target.with_suffix(".part")
        con.execute(f"COPY ({rows}) TO {quoted(str(body))} (FORMAT csv, HEADER false)")
        with target.open("w", encoding="utf-8-sig", newline="") as out, body.open(encoding="utf-8", newline="") as text:
            lines = csv.writer(out, lineterminator="\n")
            lines.writerow(names.split(", "))
            for row in csv.reader(text):
                lines.writerow((*row[:5], masked(row[5], row[3]), *row[6:]))
        body.unlink()
        return target

    def _select(self, file: int, like: Finding, query: str) -> str:
        told = (self._paths[file], like.field, like.rule, dict(like.more).get("limit", ""))
        path, field, rule, asked = map(quoted, told)
        return (
            f"SELECT {file} AS f, {path} AS path, row, {like.number} AS number, {field} AS field, {rule} AS rule, "
            f"value, {asked} AS asked FROM ({query})"
        )

    def _is_cut(self, file: int, rule: str) -> bool:
        return self.counted[(file, rule)] > (FIRST if rule in QUALITY else self._listed)


def shortened(text: str) -> str:
    """A value as it is quoted: in one line, cut honestly, blanks made visible where they are all there is."""
    flat = text.replace("\r\n", "⏎").replace("\n", "⏎").replace("\r", "⏎").replace("\t", "⇥")
    if not flat.strip():
        return flat.replace(" ", "␣").replace("\u3000", "□")
    return flat if len(flat) <= LONGEST else f"{flat[:LONGEST]}…（共 {len(text)} 字）"


def _place(finding: Finding) -> tuple[int, int]:
    return finding.row, finding.number
