"""Figures about the portal, against counts by hand: one department late, one on time, one with nothing to wait for."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from portal.counts.figure import Figure, Line, Measure, Words, as_csv, as_json
from portal.counts.figures import Figures, count_all
from portal.counts.history import FIGURES, DaySums, keep_day
from portal.counts.inputs import NO_INPUTS, Inputs, read_inputs
from portal.facts import DatasetFacts, Download, QualityDimension, QualityScore, SourceFile, TableFacts
from portal.model import Catalogue, Dataset, Department, Domain, Portal
from portal.profile import load_profile
from tests.rendering.city import a_column, an_entry

TODAY = date(2026, 11, 22)
CONTACT = {"office": "平台组", "email": "a@example.org"}
PORTAL = {
    "name": "小城", "name_en": "Town", "city": "小城", "city_en": "Town", "profile": "suzhou",
    "url": "https://data.example.org", "jurisdictions": [{"name": "小城", "authority": "小城数据局"}], "contact": CONTACT,
}  # fmt: skip


def three_fields(name: str) -> list[dict[str, Any]]:
    return [{"path": f"{name}.csv", "schema": {"fields": [a_column("编号"), a_column("名称"), a_column("值")]}}]


# Clock at 2026-11-22. monthly from 2026-10-22: due that day, no grace passed. daily from 11-01: long overdue.
ENTRIES = (
    an_entry("late", department="aj", update_frequency="daily", data_date="2026-11-01"),  # realtime by rhythm
    an_entry("fresh", department="aj", data_date="2026-06-30", level="一级", files=three_fields("fresh")),
    an_entry("still", department="bj", status="static", static_reason="2020 年起不再更新", spatial="小城北区"),
    an_entry(
        "asked", department="bj", open_type="conditional", open_ground="《个人信息保护法》第四条", domain="transport",
        open_conditions=[{"category": "security", "text": "条件", "ground": "风险"}], data_date="2026-06-15",
    ),
    an_entry(
        "service", department="cj", data_type="api", files=[], domain="transport", update_frequency="realtime",
        data_date="2026-11-22",
        api={"endpoint": "https://x.example.org", "documentation": "https://x.example.org/d", "example": "{}", "record": "示范1号"},
    ),
    an_entry("secret", department="cj", open_type="not-open", open_ground="涉密", level="四级", spatial="不可说"),
)  # fmt: skip


def facts_of(dataset: Dataset, rows: int, size: int, scores: tuple[float, float] | None) -> DatasetFacts:
    source = SourceFile(path=f"{dataset.id}.csv", bytes=size, sha256="0" * 64, encoding="utf-8")
    table = TableFacts.of(name=dataset.id, title="", rows=rows, columns=(), preview=(), sources=(source,))
    files = tuple(
        Download(name=f"{dataset.id}.{form}", format=form, media_type="x", bytes=100, sha256="0" * 64, table=dataset.id)
        for form in ("csv", "excel.csv", "json")
    )
    quality = scores and QualityScore(
        as_of="2026-11-22",
        overall=scores[0],
        dimensions=(QualityDimension(name="completeness", score=scores[1], reasons=()),),
    )
    return DatasetFacts(id=dataset.id, digest="d", release="r", tables=(table,), downloads=files, quality=quality)


FACTS = {
    "late": facts_of(ENTRIES[0], 100, 1000, (80.0, 99.9)),
    "fresh": facts_of(ENTRIES[1], 20, 500, (100.0, 100.0)),
    "still": facts_of(ENTRIES[2], 3, 50, (99.9, 99.9)),
}


def catalogue() -> Catalogue:
    names = {"aj": "甲局", "bj": "乙局", "cj": "丙局"}
    return Catalogue(
        portal=Portal.model_validate(PORTAL),
        departments=tuple(
            Department.model_validate({"id": key, "name": name, "jurisdiction": "小城", "contact": CONTACT})
            for key, name in names.items()
        ),
        domains=(Domain(id="parks", title="园林"), Domain(id="transport", title="交通", title_en="Transport")),
        datasets=ENTRIES,
    )


def counted(inputs: Inputs = NO_INPUTS) -> Figures:
    return count_all(catalogue(), FACTS, load_profile("suzhou"), TODAY, inputs)


def rows(figure: Figure) -> dict[str, tuple[Any, ...]]:
    return {line.key: line.values for line in figure.lines}


def test_the_sums_are_those_counted_by_hand() -> None:
    assert {key: value for key, (value,) in rows(counted().figures["totals"]).items()} == {
        "sets": 5, "departments": 3, "domains": 2, "tables": 4, "fields": 9, "rows": 123, "bytes": 1550,
    }  # fmt: skip


def test_each_way_to_look_counts_sets_fields_rows_and_bytes() -> None:
    figures = counted().figures
    assert rows(figures["departments"]) == {
        "aj": (2, 40.0, 5, 120, 1500), "bj": (2, 40.0, 4, 3, 50), "cj": (1, 20.0, 0, 0, 0)
    }  # fmt: skip
    assert rows(figures["domains"]) == {"parks": (3, 60.0, 7, 123, 1550), "transport": (2, 40.0, 2, 0, 0)}
    assert {key: value[0] for key, value in rows(figures["open-types"]).items()} == {
        "unconditional": 4,
        "conditional": 1,
    }
    assert {key: value[0] for key, value in rows(figures["data-types"]).items()} == {"dataset": 4, "api": 1}
    assert {key: value[0] for key, value in rows(figures["frequencies"]).items()} == {
        "annual": 2, "daily": 1, "realtime": 1, "static": 1
    }  # fmt: skip
    assert {key: value[0] for key, value in rows(figures["levels"]).items()} == {"": 4, "一级": 1}
    assert {key: value[0] for key, value in rows(figures["areas"]).items()} == {"小城": 4, "小城北区": 1}
    assert list(rows(figures["data-months"])) == ["2026-11", "2026-06", "2025-12"]
    assert rows(figures["formats"]) == {"csv": (3, 60.0, 6, 600), "json": (3, 60.0, 3, 300)}
    assert rows(figures["realtime"])["realtime"] == (2, 40.0)  # the API, and what comes new every day
    assert rows(figures["realtime"])["api"] == (1, 20.0)


def test_what_is_not_open_leaves_no_trace() -> None:
    told = counted()
    everything = "".join(as_csv(one) + as_json(one, "r", "2026-11-22") for one in told.all())
    assert "secret" not in everything
    assert "不可说" not in everything
    assert "四级" not in everything


def test_the_board_puts_the_late_first_and_counts_each_state() -> None:
    board = counted().board
    assert board.departments[0].id == "aj"
    states = {one.id: one.states for one in board.departments}  # overdue, due, due soon, current, static, no rhythm
    assert states["aj"] == (1, 0, 0, 1, 0, 0)
    assert states["bj"] == (0, 0, 0, 1, 1, 0)
    assert [one.dataset.id for one in board.all.having("overdue")] == ["late"]
    assert board.departments[0].on_time == 50.0
    assert {one.id: one.scores[0] for one in board.departments} == {"aj": 90.0, "bj": 99.9, "cj": None}
    assert [one.dataset.id for one in board.all.lowest] == ["late", "still"]


@pytest.mark.parametrize(
    ("day", "state"),
    [("2026-07-15", "current"), ("2026-07-28", "due_soon"), ("2026-08-01", "due"), ("2026-11-22", "overdue")],
)
def test_a_set_goes_from_on_time_to_overdue_with_the_clock(day: str, state: str) -> None:
    entry = an_entry("one", update_frequency="monthly", data_date="2026-06-30")  # due on 2026-07-31 (month's end)
    known = catalogue().model_copy(update={"datasets": (entry,)})
    board = count_all(known, {}, load_profile("suzhou"), date.fromisoformat(day)).board
    assert [one.timing.state for one in board.all.entries] == [state]
    assert (board.all.on_time == 0.0) == (state == "overdue")


def test_the_means_are_cut_and_never_rounded_up() -> None:
    today = counted().today
    assert (today.scored, today.score, today.completeness, today.consistency) == (3, 93.3, 99.9, None)  # 279.9 / 3
    assert (today.dated, today.overdue, today.static, today.on_time) == (4, 1, 1, 75.0)


# --- what comes from outside the catalogue


def write(var: Path, name: str, tree: object) -> None:
    (var / "public").mkdir(parents=True, exist_ok=True)
    (var / "public" / name).write_text(json.dumps(tree), "utf-8")


def use(views: int, csv_files: int, api: int) -> dict[str, Any]:
    return {"views": views, "downloads": {"csv": csv_files} if csv_files else {}, "api": api}


def test_nothing_from_outside_is_normal(tmp_path: Path) -> None:
    inputs = read_inputs(tmp_path, TODAY)
    assert inputs.unread == ()
    assert not inputs.usage
    assert inputs.feedback is inputs.requests is inputs.gaps is None
    figures = counted(inputs).figures
    assert figures["usage-days"].is_empty
    assert figures["cases"].is_empty


def test_a_broken_file_counts_as_missing_and_is_told(tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()
    (tmp_path / "public/usage.json").write_text("{", "utf-8")
    (tmp_path / "public/feedback.json").write_text('{"cases": [{"number": "JC-1"}]}', "utf-8")
    (tmp_path / "public/demands.json").write_text("[]", "utf-8")
    (tmp_path / FIGURES).write_text("no row\n", "utf-8")
    inputs = read_inputs(tmp_path, TODAY)
    assert set(inputs.unread) == {"public/usage.json", "public/feedback.json", "public/demands.json", FIGURES}
    assert inputs.usage.total == (0, 0, 0)


def test_use_is_summed_for_all_days_and_for_the_last_thirty(tmp_path: Path) -> None:
    days = {
        "2026-10-23": {"total": use(9, 9, 9), "datasets": {"late": use(5, 2, 1), "gone": use(1, 1, 1)}},  # 30 days back
        "2026-10-24": {"total": use(1, 0, 0), "datasets": {"late": use(1, 0, 0)}},  # 29 days back: counts
        "2026-11-22": {"total": use(4, 3, 2), "datasets": {"fresh": use(4, 3, 2)}},
        "2026-11-23": {"total": use(50, 50, 50), "datasets": {}},  # tomorrow
    }
    write(tmp_path, "usage.json", {"days": days})
    told = counted(read_inputs(tmp_path, TODAY))
    usage = told.inputs.usage
    assert usage.total == (14, 12, 11)
    assert usage.recent_total == (5, 3, 2)
    assert rows(told.figures["usage-datasets"]) == {"fresh": (3, 4, 2, 3, 4, 2), "late": (2, 6, 1, 0, 1, 0)}
    assert list(rows(told.figures["usage-days"])) == ["2026-10-23", "2026-10-24", "2026-11-22"]
    assert rows(told.figures["usage-formats"]) == {"csv": (12, 100.0)}


CASES = [
    {"number": "JC-1", "kind": "correction", "department": "aj", "received": "2026-11-02", "due": "2026-11-09", "answered": "2026-11-09"},
    {"number": "JC-2", "kind": "correction", "department": "aj", "received": "2026-11-02", "due": "2026-11-09", "answered": "2026-11-10"},
    {"number": "JC-3", "kind": "correction", "department": "bj", "received": "2026-11-12", "due": "2026-11-21"},
    {"number": "JC-4", "kind": "correction", "department": "bj", "received": "2026-11-20", "due": "2026-11-22", "dataset": "secret"},
    {"number": "YJ-5", "kind": "opinion", "received": "2026-11-20", "later_key": 1},
    {"number": "JC-6", "kind": "correction", "received": "2026-11-23"},
]  # fmt: skip


def test_cases_are_in_time_late_waiting_or_overdue(tmp_path: Path) -> None:
    write(tmp_path, "feedback.json", {"cases": CASES})
    figures = counted(read_inputs(tmp_path, TODAY)).figures
    # received, handled, in time, late, open, overdue, share in time, mean days; the due day itself is in time
    assert rows(figures["cases"]) == {
        "correction": (4, 2, 1, 1, 1, 1, 33.3, 7.5),
        "opinion": (1, 0, 0, 0, 1, 0, None, None),
    }
    assert rows(figures["cases-by-department"])["bj"] == (2, 0, 0, 0, 1, 1, 0.0, None)
    assert rows(figures["cases-by-month"]) == {"2026-11": (5, 2, 1, 1, 2, 1, 33.3, 7.5)}
    listed = rows(figures["feedback-cases"])
    assert list(listed) == ["YJ-5", "JC-4", "JC-3", "JC-2", "JC-1"]  # newest first, nothing from tomorrow
    assert listed["JC-4"][2] is None  # a set without a page is not named


def test_searches_in_vain_show_no_rare_and_no_personal_words(tmp_path: Path) -> None:
    told = [("充电桩", 12), ("学区", 3), ("张三的电话", 2), ("13812345678", 40), ("", 9), ("长" * 41, 9)]
    write(tmp_path, "query-gaps.json", {"queries": [{"q": q, "count": n, "last": "2026-11-20"} for q, n in told]})
    figures = counted(read_inputs(tmp_path, TODAY)).figures
    assert rows(figures["query-gaps"]) == {"充电桩": (12, "2026-11-20"), "学区": (3, "2026-11-20")}


def sums(day: str, **changes: Any) -> DaySums:
    return counted().today.model_copy(update={"date": date.fromisoformat(day), **changes})


def test_a_day_has_one_row_and_the_past_is_read_back(tmp_path: Path) -> None:
    for one in (sums("2026-11-21", sets=4), sums("2026-11-20", sets=3), sums("2026-11-22"), sums("2026-11-22", sets=9)):
        keep_day(tmp_path, one)
    lines = (tmp_path / FIGURES).read_text("utf-8").splitlines()
    assert [json.loads(line)["sets"] for line in lines] == [3, 4, 9]
    past = read_inputs(tmp_path, TODAY).past
    assert [(str(one.date), one.sets) for one in past] == [
        ("2026-11-20", 3),
        ("2026-11-21", 4),
    ]  # today is counted anew
    course = counted(read_inputs(tmp_path, TODAY)).figures["history"]
    assert [line.key for line in course.lines] == ["2026-11-20", "2026-11-21", "2026-11-22"]
    assert course.lines[-1].values[0] == 5
    assert read_inputs(tmp_path, date(2026, 11, 20)).past == ()


def test_files_hold_the_figure_and_no_formula() -> None:
    figure = Figure(
        "x", Words("题", "T"), Words("注", "N"), Words("词", "Word"), (Measure("n", Words("数", "N")),),
        (Line("=1+1", Words("=HYPERLINK()", "b"), (7,)), Line("c", Words("丙", "c"), (None,))),
    )  # fmt: skip
    assert list(csv.reader(io.StringIO(as_csv(figure)))) == [
        ["编号", "词", "词（英文）", "数"], ["'=1+1", "'=HYPERLINK()", "b", "7"], ["c", "丙", "c", ""]
    ]  # fmt: skip
    told = json.loads(as_json(figure, "rel", "2026-11-22"))
    assert told["rows"][0] == {"id": "=1+1", "title": "=HYPERLINK()", "title_en": "b", "n": 7}
    assert (told["as_of"], told["release"]) == ("2026-11-22", "rel")
