"""What the rules about entries let pass, and how exceptions, levels and articles are applied.

What they refuse stands in tests/bad/, one folder a rule.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from portal.catalogue import Reading, read_catalogue
from portal.checks.judging import DATASET_RULES, EXCUSABLE, FAMILIES, check_entries, judge
from portal.problems import Problem
from portal.settings import Settings
from portal.wording import WORDING
from tests.catalogues import ENTRY, PORTAL, clear, dump, settings_for

Make = Callable[..., Path]
SCHEMA = ENTRY["files"][0]["schema"]
CONDITION = {"category": "security", "text": "具备数据安全管理制度", "ground": "汇聚后可能识别到个人"}


def read(root: Path) -> tuple[Reading, Settings]:
    settings = settings_for(root)
    reading = read_catalogue(settings)
    assert reading.problems == ()
    return reading, settings


def rules_of(root: Path) -> list[str]:
    """The rules that an entry breaks, without the warning that the basis has run out."""
    reading, settings = read(root)
    problems = judge(check_entries(reading, settings), reading, settings)
    return [problem.rule for problem in problems if problem.rule != "basis-not-in-force"]


def with_columns(*columns: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"path": "parks.csv", "schema": {**SCHEMA, "fields": [*SCHEMA["fields"], *columns]}}]


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"status": "static", "static_reason": "园林局 2025 年起不再编制", "update_frequency": "irregular"},
        {"data_date": "2026-11-22"},  # today
        {"temporal": {"from": "2025-01-01", "to": "2025-01-01"}},
        {"temporal": {"from": "2025-01-01", "to": "2099-12-31"}},  # a plan or a calendar may reach into the future
        {"generation_frequency": "annual"},
        {"generation_frequency": "daily"},  # Suzhou's text does not compare
        {"coordinate_system": "GCJ-02", "files": with_columns(
            {"name": "经度", "title": "入口经度", "type": "number", "description": "主入口的位置"})},
        {"files": with_columns({"name": "经度", "title": "经度", "description": "度分秒文字，不作图"})},
        {"files": with_columns({"name": "平均", "title": "平均", "type": "number", "description": "平均值，含闭园日"})},
        {"views": [{"kind": "bar", "title": "数量", "group": "名称", "value": "count"}]},
        {"views": [{"kind": "bar", "title": "面积", "group": "名称", "value": "面积"}]},
        {"aliases": ["old-parks", "parks-2024"]},
        {"open_type_history": [
            {"date": "2026-01-01", "from": "conditional", "to": "unconditional", "ground": "评估后放开"}]},
        {"files": [{"path": "sub/parks.csv", "schema": SCHEMA}, {"path": "more.csv", "append": "true"}]},
        {"files": [{"path": "book.xlsx", "sheet": "甲", "schema": SCHEMA},
                   {"path": "book.xlsx", "sheet": "乙", "name": "parks-2",
                    "schema": with_columns({"name": "平均", "title": "平均", "description": "含闭园日"})[0]["schema"]}]},
    ],
)  # fmt: skip
def test_what_passes(change: dict[str, Any], tiny_catalogue: Make) -> None:
    assert rules_of(tiny_catalogue(**change)) == []


def test_conditional_data_without_their_file_pass(tiny_catalogue: Make) -> None:
    root = tiny_catalogue(
        open_type="conditional",
        open_ground="限定用途",
        open_conditions=[CONDITION],
        application_materials=["数据安全管理制度"],
    )
    assert rules_of(root) == ["closed-data-in-git"]
    (root / "datasets/ylj/parks.csv").unlink()
    assert rules_of(root) == []


def test_an_api_passes(tiny_catalogue: Make) -> None:
    api = {
        "endpoint": "https://example.org/api",
        "documentation": "https://example.org/docs",
        "example": '{"ok": true}',
        "record": "示范〔2026〕3号",
    }
    assert rules_of(tiny_catalogue(data_type="api", api=api, files=None)) == []


@pytest.mark.parametrize(("city", "rules"), [("suzhou", []), ("shanghai", ["resources-missing", "update-too-slow"])])
def test_a_city_sets_levels(city: str, rules: list[str], tiny_catalogue: Make) -> None:
    fields = [{**one, "source_ref": "ZY-0001/F01"} for one in SCHEMA["fields"]]
    files = [{"path": "parks.csv", "schema": {**SCHEMA, "fields": fields}}]
    root = tiny_catalogue(generation_frequency="daily", relations=[], files=files)
    (root / "catalog/portal.yml").write_text(dump({**PORTAL, "profile": city}), "utf-8")
    clear(root, "ylj", "parks")
    assert rules_of(root) == rules


def row_problem(rule: str = "empty-value", field: str = "面积") -> Problem:
    return Problem(rule, "datasets/ylj/parks.csv", values={}, dataset="parks", field=field, row=3)


def allow(**changes: str) -> list[dict[str, str]]:
    exception = {"rule": "empty-value", "field": "面积", "reason": "早年没有测量", "until": "2026-11-22"}
    return [{**exception, **changes}]


@pytest.mark.parametrize(
    ("exception", "left"),
    [
        ({}, []),  # the last day counts
        ({"field": "名称"}, ["empty-value", "allow-unused"]),
        ({"until": "2026-11-21"}, ["empty-value", "allow-expired"]),
        ({"rule": "pseudo-empty"}, ["empty-value", "allow-unused"]),
        ({"rule": "review-missing"}, ["empty-value", "allow-impossible"]),
        ({"rule": "wrong-type"}, ["empty-value", "allow-impossible"]),
    ],
)
def test_exceptions(exception: dict[str, str], left: list[str], tiny_catalogue: Make) -> None:
    reading, settings = read(tiny_catalogue(allow=allow(**exception)))
    judged = judge([row_problem()], reading, settings)
    assert sorted(problem.rule for problem in judged) == sorted(left)


def test_an_exception_without_a_column_is_for_all(tiny_catalogue: Make) -> None:
    exception = {key: value for key, value in allow()[0].items() if key != "field"}
    reading, settings = read(tiny_catalogue(allow=[exception]))
    assert judge([row_problem(field="面积"), row_problem(field="名称")], reading, settings) == []


def test_unused_can_only_be_said_of_what_was_checked(tiny_catalogue: Make) -> None:
    reading, settings = read(tiny_catalogue(allow=allow()))
    assert [one.rule for one in judge([], reading, settings)] == ["allow-unused"]
    assert judge([], reading, settings, checked=set()) == []
    assert [one.rule for one in judge([], reading, settings, checked={"parks"})] == ["allow-unused"]


def test_problems_carry_their_article(tiny_catalogue: Make) -> None:
    reading, settings = read(tiny_catalogue())
    problems = [
        row_problem(),
        row_problem("missing-label"),
        row_problem("review-missing"),
        row_problem("pattern-refused"),
    ]
    assert {one.rule: one.article for one in judge(problems, reading, settings)} == {
        "empty-value": "《苏州市公共数据开放实施细则》第十六条第一款第一项",
        "missing-label": "《苏州市公共数据开放实施细则》第十四条第三款",
        "review-missing": "《苏州市公共数据开放实施细则》第三十二条第一款",
        "pattern-refused": None,
    }


def test_tables_name_rules_that_exist() -> None:
    assert set(WORDING) >= EXCUSABLE
    assert set().union(*FAMILIES.values()) <= set(WORDING)
    assert all(rule.__doc__ for rule in DATASET_RULES.values())
