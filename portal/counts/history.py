"""The sums of one day, and the file that keeps them: var/figures.jsonl, one row a day, written by the build alone.

A trend needs a past, and the catalogue only knows today. So each build that goes live writes down what it counted:
the row of its day is replaced, so that ten builds a day are one row, and rows of other days stay as they are. A build
reads the days before its own; the same files and the same day give the same pages.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from portal.facts import DatasetFacts
from portal.model import Catalogue, Dataset
from portal.profile import Profile
from portal.timeliness import timeliness

FIGURES = "figures.jsonl"
MOST_FREQUENT = ("realtime", "daily")
"""Update frequencies that count as real-time or nearly so (UPD-3)."""


class DaySums(BaseModel):
    """What the portal held on a day, of listed sets. `dated` sets have a day on which the next data are due, `overdue`
    of them are late beyond their grace; `realtime` sets are APIs or come new at least daily. The scores are means of
    the sets that have one, in per cent; None where none has.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    date: date
    sets: int
    unconditional: int
    conditional: int
    api: int
    realtime: int
    fields: int
    rows: int
    bytes: int
    dated: int
    due: int
    overdue: int
    static: int
    scored: int
    score: float | None = None
    completeness: float | None = None
    accuracy: float | None = None
    timeliness: float | None = None
    consistency: float | None = None

    @property
    def on_time(self) -> float | None:
        """Per cent of the dated sets that are not overdue, cut to one decimal; None without any."""
        return int(1000 * (self.dated - self.overdue) / self.dated) / 10 if self.dated else None

    @property
    def realtime_share(self) -> float | None:
        """Per cent of the sets that are real-time, cut to one decimal."""
        return int(1000 * self.realtime / self.sets) / 10 if self.sets else None


def mean_of(found: Iterable[float | None]) -> float | None:
    """The mean of the scores that are there, in per cent with one decimal each, cut to one decimal (portal/quality.py
    cuts so, too), so that 100 means all; None where there is none.
    """
    there = [round(one * 10) for one in found if one is not None]
    return sum(there) // len(there) / 10 if there else None


def score_of(facts: DatasetFacts | None, name: str = "") -> float | None:
    """A dataset's overall score, or that of a dimension; None where it was not scored."""
    if facts is None or facts.quality is None:
        return None
    if not name:
        return facts.quality.overall
    return next((one.score for one in facts.quality.dimensions if one.name == name), None)


def is_realtime(dataset: Dataset) -> bool:
    """An API, or data that come new at least every day."""
    return dataset.data_type == "api" or (dataset.status != "static" and dataset.update_frequency in MOST_FREQUENT)


def fields_of(dataset: Dataset) -> int:
    """The fields that an entry declares, over all its tables."""
    return sum(len(table.table_schema.fields) for _, table in dataset.opened)


def sums_of(catalogue: Catalogue, facts: Mapping[str, DatasetFacts], profile: Profile, today: date) -> DaySums:
    """What is counted on a day."""
    listed = [one for one in catalogue.datasets if one.is_listed]
    public = [facts[one.id] for one in listed if one.is_open and one.id in facts]
    states = [timeliness(one, profile, today) for one in listed]
    scored = [facts.get(one.id) for one in listed]
    return DaySums(
        date=today,
        sets=len(listed),
        unconditional=sum(one.open_type == "unconditional" for one in listed),
        conditional=sum(one.open_type == "conditional" for one in listed),
        api=sum(one.data_type == "api" for one in listed),
        realtime=sum(is_realtime(one) for one in listed),
        fields=sum(fields_of(one) for one in listed),
        rows=sum(one.rows for one in public),
        bytes=sum(one.bytes for one in public),
        dated=sum(one.due is not None for one in states),
        due=sum(one.state == "due" for one in states),
        overdue=sum(one.state == "overdue" for one in states),
        static=sum(one.state == "static" for one in states),
        scored=sum(score_of(one) is not None for one in scored),
        score=mean_of(score_of(one) for one in scored),
        completeness=mean_of(score_of(one, "completeness") for one in scored),
        accuracy=mean_of(score_of(one, "accuracy") for one in scored),
        timeliness=mean_of(score_of(one, "timeliness") for one in scored),
        consistency=mean_of(score_of(one, "consistency") for one in scored),
    )


def days_from(text: str, today: date) -> tuple[DaySums, ...]:
    """The kept days before `today`, oldest first. Raises ValueError for a line that is none."""
    found = [DaySums.model_validate_json(line) for line in text.splitlines() if line.strip()]
    return tuple(sorted((one for one in found if one.date < today), key=lambda one: one.date))


def keep_day(var: Path, sums: DaySums) -> None:
    """Put the day's row into the file in place of an earlier one of that day; a line that is no row stays untouched.

    Readers see the old file or the new one, never a part.
    """
    path = var / FIGURES
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    kept = [(_day_of(line), line) for line in lines if line.strip()]
    rows = [(day, line) for day, line in kept if day != sums.date.isoformat()]
    rows.append((sums.date.isoformat(), sums.model_dump_json(exclude_none=True)))
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_text("".join(f"{line}\n" for _, line in sorted(rows)), "utf-8")
    beside.replace(path)


def _day_of(line: str) -> str:
    try:
        return str(json.loads(line)["date"])
    except (ValueError, KeyError, TypeError):
        return ""
