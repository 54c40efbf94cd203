"""How good a dataset is, in four figures with their reasons: completeness, accuracy, timeliness, consistency (QLT-4).

WX-13¶1(1)「保证数据的完整性、准确性、及时性」, SZd-17¶1(1), SH-16¶1; SYS-17¶1 adds 一致性. No article says how to
count: the measures follow GB/T 36344-2018 (数据元素完整性, 数据记录完整性, 数据内容正确性, 基于时间点的及时性,
关联数据一致性), each a share of what was judged, in per cent, cut (never rounded up) to one decimal, so that 100 means
all. What can't be judged has no figure and says why. docs/quality.md explains the formulas to people.

Pure functions: the same facts, problems and day give the same scores.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from portal.facts import DatasetFacts, QualityDimension, QualityReason, QualityScore
from portal.model import Dataset
from portal.problems import Problem, shown
from portal.profile import Profile
from portal.tableschema import Column
from portal.timeliness import next_due, timeliness
from portal.wording.quality import REASONS

DOUBTFUL = frozenset(
    {
        "date-future", "percent-range", "coordinate-range", "coordinate-swapped", "code-unknown", "pseudo-empty",
        "near-duplicate", "duplicate-row",
    }
)  # fmt: skip
"""Rules whose findings count against accuracy, where the city only warns of them."""
UNLIKE = frozenset({"spelling-variants", "look-alike"})
"""Rules whose findings count against consistency: one thing told in two ways."""
NAMED = 5
"""Columns or rules that a reason names."""

Share = Fraction | None
Judged = tuple[Share, list[QualityReason]]


@dataclass(frozen=True)
class Relative:
    """A relation with columns and how far it holds: rows with a key and those of them that the other set has, in both
    directions. `bound` is the per cent asked for (None: any). Without `rows` it can't be verified.
    """

    to: str
    bound: int | None = None
    either: bool = False
    rows: int | None = None
    matched: int = 0
    back_rows: int = 0
    back_matched: int = 0


@dataclass(frozen=True)
class Evidence:
    """What is known of one dataset: its entry, its facts, the problems that were left when it was judged, relations."""

    dataset: Dataset
    facts: DatasetFacts
    problems: Sequence[Problem] = ()
    relations: Sequence[Relative] = ()
    note: str | None = None
    rules: Sequence[str] = field(default=())


def score(evidence: Evidence, profile: Profile, today: date) -> QualityScore:
    """The four figures, their mean, and every reason."""
    public = evidence.dataset.is_open and bool(evidence.facts.tables)
    hidden: Judged = (None, [_reason("not-public")])
    judged: Mapping[str, Judged] = {
        "completeness": _completeness(evidence) if public else hidden,
        "accuracy": _accuracy(evidence) if public else hidden,
        "timeliness": _timeliness(evidence.dataset, profile, today),
        "consistency": _consistency(evidence) if public else hidden,
    }
    known = [share for share, _ in judged.values() if share is not None]
    return QualityScore(
        as_of=today.isoformat(),
        overall=_points(sum(known, Fraction(0)) / len(known)) if public and known else None,
        dimensions=tuple(
            QualityDimension(name=name, score=None if share is None else _points(share), reasons=tuple(reasons))
            for name, (share, reasons) in judged.items()
        ),
    )


def _completeness(evidence: Evidence) -> Judged:
    """Cells with a value, of all cells; and rows, of those that the release before had, unless the note explains."""
    facts = evidence.facts
    cells, nulls = _cells(facts), sum(table.nulls for table in facts.tables)
    columns = sum(table.width for table in facts.tables)
    share = Fraction(cells - nulls, cells) if cells else Fraction(0)
    told = {"rows": facts.rows, "columns": columns, "cells": cells, "filled": cells - nulls}
    reasons = [_reason("cells", **told), *_empties(evidence)]
    before = _rows_before(facts)
    if before is None:
        return share, reasons
    if facts.rows >= before:
        return share, [*reasons, _reason("rows-more", before=before, rows=facts.rows)]
    if evidence.note:
        told_note = shown(evidence.note, 80).rstrip("。")
        return share, [*reasons, _reason("rows-explained", before=before, rows=facts.rows, note=told_note)]
    return share * Fraction(facts.rows, before), [*reasons, _reason("rows-fewer", before=before, rows=facts.rows)]


def _empties(evidence: Evidence) -> Iterator[QualityReason]:
    """The columns with empty values: those with a written reason together, others by name."""
    asked = {one.field for one in evidence.dataset.allow if one.rule in ("empty-value", "pseudo-empty")}
    with_nulls = (table for table in evidence.facts.tables if table.nulls)
    empty = [column for table in with_nulls for column in table.columns if column.nulls]
    exempted = [column for column in empty if column.name in asked or None in asked]
    if exempted:
        names = "、".join(shown(column.name, 20) for column in exempted[:NAMED]) + (
            "…" if len(exempted) > NAMED else ""
        )
        nulls = sum(column.nulls for column in exempted)
        yield _reason("exempted", count=len(exempted), fields=names, nulls=nulls)
    elif not asked:
        yield _reason("no-exempted")
    for column in empty:
        if column not in exempted:
            yield _reason("empty", field=shown(column.name, 40), count=column.nulls)


def _accuracy(evidence: Evidence) -> Judged:
    """Values without a doubt, of all values; wrong ones can't be published."""
    filled = _filled(evidence.facts)
    found = _found(evidence.problems, DOUBTFUL)
    wrong = min(filled, sum(found.values()))
    schemas = [table.table_schema for table in evidence.dataset.tables]
    constraints = sum(_constraints(column) for schema in schemas for column in schema.fields)
    reasons = [_reason("rules", filled=filled, constraints=constraints)]
    unkeyed = [table.name for table in evidence.dataset.tables if not table.table_schema.primary_key]
    reasons.append(_reason("unkeyed", tables="、".join(unkeyed)) if unkeyed else _reason("keyed"))
    reasons += _findings(found) or [_reason("no-finding")]
    if evidence.dataset.allow:
        reasons.append(_reason("allowed", count=len(evidence.dataset.allow)))
    return (Fraction(filled - wrong, filled) if filled else None), reasons


def _consistency(evidence: Evidence) -> Judged:
    """The mean of what relates values to one another: rules across columns, foreign keys, relations, one spelling."""
    schemas = [table.table_schema for table in evidence.dataset.tables]
    shares: list[Fraction] = [Fraction(1)] * (len(evidence.rules) + sum(len(one.foreign_keys) for one in schemas))
    reasons: list[QualityReason] = []
    if evidence.rules:
        rules = "；".join(evidence.rules[:NAMED]) + ("…" if len(evidence.rules) > NAMED else "")
        reasons.append(_reason("checks", count=len(evidence.rules), rules=rules))
    foreign = sum(len(schema.foreign_keys) for schema in schemas)
    if foreign:
        reasons.append(_reason("foreign", count=foreign))
    for relative in evidence.relations:
        share, reason = _related(relative)
        shares += [] if share is None else [share]
        reasons.append(reason)
    found, filled = _found(evidence.problems, UNLIKE), _filled(evidence.facts)
    if found and filled:
        shares.append(Fraction(filled - min(filled, sum(found.values())), filled))
        reasons += _findings(found)
    if not shares:
        return None, [*reasons, _reason("nothing-related")]
    return sum(shares, Fraction(0)) / len(shares), reasons


def _related(one: Relative) -> tuple[Share, QualityReason]:
    """How far a relation holds; where a key is shared, the direction that holds better is what counts."""
    if one.rows is None:
        return None, _reason("relation-unverified", to=one.to)
    share = Fraction(one.matched, one.rows) if one.rows else Fraction(0)
    back = Fraction(one.back_matched, one.back_rows) if one.back_rows else Fraction(0)
    told = {"to": one.to, "share": f"{_points(share):g}", "matched": one.matched, "rows": one.rows}
    if one.bound is None:
        return None, _reason("relation-unscored", **told)
    if one.either and back > share:
        told |= {"share": f"{_points(back):g}", "matched": one.back_matched, "rows": one.back_rows}
        return back, _reason("relation-back", **told)
    enough = share * 100 >= one.bound  # a bound that the entry declares and explains is what can be asked for
    return (Fraction(1) if enough and not one.either else share), _reason("relation", **told)


def _timeliness(dataset: Dataset, profile: Profile, today: date) -> Judged:
    """All points until it is overdue, then fewer with each day, none after a whole period."""
    now = timeliness(dataset, profile, today)
    if now.state == "static":
        return None, [_reason("static")]
    if now.due is None:
        return None, [_reason("no-rhythm")]
    if now.state != "overdue":
        return Fraction(1), [_reason("on-time", due=now.due)]
    later = next_due(now.due, profile.frequencies[dataset.update_frequency])
    period = max(1, (later - now.due).days) if later else 1
    left = max(Fraction(0), 1 - Fraction(now.days_late, period))
    return left, [_reason("late", due=now.due, days=now.days_late, period=period)]


def _found(problems: Sequence[Problem], rules: frozenset[str]) -> dict[tuple[str, str], int]:
    """Rule and column → how many values, in order; a problem that speaks for many values says how many."""
    found: dict[tuple[str, str], int] = {}
    for problem in problems:
        if problem.rule in rules:
            key = (problem.rule, problem.field or "")
            found[key] = found.get(key, 0) + int(problem.values.get("count", "1"))
    return dict(sorted(found.items()))


def _findings(found: Mapping[tuple[str, str], int]) -> list[QualityReason]:
    return [_reason("finding", rule=rule, field=shown(name, 40), count=count) for (rule, name), count in found.items()]


def _cells(facts: DatasetFacts) -> int:
    return sum(table.rows * table.width for table in facts.tables)


def _filled(facts: DatasetFacts) -> int:
    return _cells(facts) - sum(table.nulls for table in facts.tables)


def _rows_before(facts: DatasetFacts) -> int | None:
    """Rows of the release before this one, by its CSV files; None where there was none."""
    latest = next((one for one in facts.releases if one.downloads), None)  # newest first
    rows = [one.rows for one in latest.downloads if one.format == "csv" and one.rows is not None] if latest else []
    return sum(rows) if rows else None


def _constraints(column: Column) -> int:
    """How many constraints a column declares."""
    return len(column.constraints.model_dump(exclude_defaults=True))


def _points(share: Fraction) -> float:
    """Per cent, cut to one decimal."""
    return int(share * 1000) / 10


def _reason(code: str, **values: object) -> QualityReason:
    text = REASONS[code]
    told = {key: f"{value:,}" if isinstance(value, int) else str(value) for key, value in values.items()}
    return QualityReason(code=code, text=text.zh.format_map(told), text_en=text.en.format_map(told))
