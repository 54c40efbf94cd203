"""The same entry under five cities' rules: who must approve it, who is on record, what is evaluated, what is graded.

Expectations by hand from the texts: SZ-15¶1, SZd-16¶1, WX-12, SH-11, SYS-36¶3 and ¶4 (approval); SZ-35¶2, SZd-38¶2,
WX-5¶3, SYS-9(2) (officers); SH-10, SZ-8¶1, SZd-8¶1, WX-8, SYS-37¶3 (evaluation); SH-14, SZd-16¶1, WX-12, SYS-11¶4
(grading); SH-23, SZd-15¶4, SZ-36¶2, SYS-14¶1 (projects); SH-14, SZ-7, SZd-7, WX-7, SYS-37¶1 (grounds).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from portal.catalogue import read_catalogue
from portal.checks.judging import check_entries, judge
from portal.problems import Problem
from portal.settings import SHANGHAI
from portal.wording import approvals, grading, officers, registers
from tests.catalogues import (
    DEPARTMENT,
    ENTRY,
    changed,
    clear,
    dump,
    link_sources,
    make_catalogue,
    settings_for,
    write_entry,
)
from tests.gate.examples import PARKS, change_entry, complete, take_rules

CITIES = ("shanghai", "suzhou-draft", "suzhou", "wuxi", "shuangyashan")
RULES = {**approvals.WORDING, **officers.WORDING, **grading.WORDING, **registers.WORDING}
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=SHANGHAI)
COMPLETE = complete()
CONDITIONAL = {
    "open_type": "conditional",
    "open_ground": "《数据安全法》第二十一条",
    "open_conditions": [{"category": "security", "text": "具备数据安全管理制度", "ground": "汇聚后可能识别到个人"}],
    "application_materials": ["数据安全管理制度"],
}
NOT_OPEN = {"open_type": "not-open", "open_ground": "《保守国家秘密法》第十三条"}


def lay(root: Path, city: str, **changes: Any) -> Path:
    """A city with one entry that is right under its rules, but for `changes`."""
    make_catalogue(root, **{**COMPLETE, **changes})
    take_rules(root, city)
    (root / "catalog/ylj/department.yml").write_text(dump({**DEPARTMENT, "code": "12320599000000001F"}), "utf-8")
    clear(root, "ylj", "parks")
    link_sources(root, "ylj", "parks")
    if changes.get("open_type", "unconditional") != "unconditional":
        (root / "datasets/ylj/parks.csv").unlink()
    return root


def found(root: Path, now: datetime = NOW) -> list[Problem]:
    settings = settings_for(root, now=now)
    reading = read_catalogue(settings)
    assert not reading.problems
    problems = judge(check_entries(reading, settings), reading, settings)
    return [problem for problem in problems if problem.rule in RULES]


def told(root: Path, now: datetime = NOW) -> list[tuple[str, str]]:
    return [(problem.rule, problem.level) for problem in found(root, now)]


def records(root: Path) -> list[dict[str, Any]]:
    return yaml.load((root / PARKS).read_text("utf-8"), Loader=yaml.BaseLoader).get("approvals", [])


# --- the way into the catalogue

STEPS = {
    "shanghai": "平台工单",
    "suzhou-draft": "公共数据主管部门审查",
    "suzhou": "",
    "wuxi": "报公共数据主管部门",
    "shuangyashan": "同级公共数据主管部门审核、公共数据服务机构校核汇总、市级公共数据主管部门复核",
}
WITH_STEPS = [city for city in CITIES if STEPS[city]]


@pytest.mark.parametrize("city", CITIES)
def test_a_new_entry_goes_the_citys_way(city: str, tmp_path: Path) -> None:
    root = lay(tmp_path, city)
    assert told(root) == []
    change_entry(root, approvals=None)
    steps = [one.values["steps"].replace("（没有记录）", "") for one in found(root)]
    assert steps == ([STEPS[city]] if STEPS[city] else [])


CHANGES: dict[str, tuple[dict[str, Any], bool]] = {
    "a data item is renamed": ({"files": [{**COMPLETE["files"][0], "schema": {
        **COMPLETE["files"][0]["schema"], "fields": [
            {**one, "title": one["title"] + "甲"} for one in COMPLETE["files"][0]["schema"]["fields"]]}}]}, True),
    "the scope is another": ({"open_scope": "本市企业"}, True),
    "updates come less often": ({"update_frequency": "biennial"}, True),
    "the level is another": ({"level": "二级"}, True),
    "it touches law": ({"concerns": ["law"]}, True),
    "the summary is worded better": ({"summary": "城区各公园的编号、名称与面积。"}, False),
    "new data came": ({"data_date": "2026-10-31"}, False),
    "a description is worded better": ({"files": [{**COMPLETE["files"][0], "schema": {
        **COMPLETE["files"][0]["schema"], "fields": [
            {**one, "description": one["description"] + "，每年核对"}
            for one in COMPLETE["files"][0]["schema"]["fields"]]}}]}, False),
}  # fmt: skip


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("change", list(CHANGES))
def test_a_changed_entry_goes_the_way_again_if_its_terms_change(city: str, change: str, tmp_path: Path) -> None:
    root = lay(tmp_path, city)
    keys, is_term = CHANGES[change]
    change_entry(root, **keys)
    problems = [one for one in found(root) if one.rule == "approval-missing"]
    assert len(problems) == (1 if is_term and city in WITH_STEPS else 0)
    assert all("同意的是改动前的内容" in one.values["steps"] for one in problems)


def test_a_notice_without_answer_waits_and_is_not_passed_by_time(tmp_path: Path) -> None:
    root = lay(tmp_path, "wuxi")
    change_entry(root, approvals=[{**records(root)[0], "result": "submitted"}])
    (problem,) = found(root, datetime(2026, 12, 31, 10, 0, tzinfo=SHANGHAI))
    assert problem.values["steps"] == "报公共数据主管部门（2026-01-16 已报送，尚未答复）"


@pytest.mark.parametrize("city", WITH_STEPS)
def test_what_was_sent_back_may_be_handed_in_again(city: str, tmp_path: Path) -> None:
    root = lay(tmp_path, city)
    passed = records(root)
    back = {**passed[0], "result": "returned", "returned": [{"ground": "incomplete", "text": "没有说明测量方法"}]}
    change_entry(root, approvals=[back, *passed[1:]])
    assert [rule for rule, _ in told(root)] == ["approval-returned"]
    change_entry(root, approvals=[back, *({**one, "date": "2026-02-02"} for one in passed)])
    assert told(root) == []


@pytest.mark.parametrize(
    ("reasons", "cities"),
    [
        ([], set(WITH_STEPS)),
        ([{"text": "没有说明测量方法"}], {"shanghai"}),
        ([{"ground": "other", "text": "没有说明测量方法"}], set()),
    ],
)
@pytest.mark.parametrize("city", WITH_STEPS)
def test_only_shanghai_names_the_grounds_of_a_return(
    city: str, reasons: list[dict[str, str]], cities: set[str], tmp_path: Path
) -> None:
    root = lay(tmp_path, city)
    passed = records(root)
    earlier = {**passed[0], "result": "returned", "returned": reasons, "covers": "0" * 64}
    change_entry(root, approvals=[earlier, *passed])
    assert [rule for rule, _ in told(root)] == (["return-reasons"] if city in cities else [])


def test_three_steps_come_in_their_order(tmp_path: Path) -> None:
    root = lay(tmp_path, "shuangyashan")
    one, two, three = records(root)
    change_entry(root, approvals=[one, two, {**three, "date": "2026-01-10"}])
    assert [rule for rule, _ in told(root)] == ["approval-order"]
    change_entry(root, approvals=[one, three])
    (problem,) = found(root)
    assert problem.values["step"] == "service_collate"


@pytest.mark.parametrize("city", CITIES)
def test_entries_that_appear_nowhere_need_no_approval(city: str, tmp_path: Path) -> None:
    evaluated = {"evaluations": [{"date": "2026-09-01", "result": "维持"}]}
    root = lay(tmp_path, city, **NOT_OPEN, **evaluated)
    change_entry(root, approvals=None)
    assert told(root) == []


# --- officers


@pytest.mark.parametrize(
    ("city", "missing", "unfiled"),
    [
        ("shanghai", [], []),
        ("suzhou-draft", ["officer-missing"], ["officer-filing"]),
        ("suzhou", ["officer-missing"], ["officer-filing"]),
        ("wuxi", ["officer-missing"], []),
        ("shuangyashan", ["officer-missing"], []),
    ],
)
def test_officers_are_named_and_filed_where_the_text_says_so(
    city: str, missing: list[str], unfiled: list[str], tmp_path: Path
) -> None:
    root = lay(tmp_path, city)
    register = root / "catalog/officers.yml"
    listed = yaml.load(register.read_text("utf-8"), Loader=yaml.BaseLoader)
    listed[0].pop("filed")
    register.write_text(dump(listed), "utf-8")
    assert told(root) == [(rule, "error") for rule in unfiled]
    register.unlink()
    assert told(root) == [(rule, "error") for rule in missing]


def test_a_county_department_files_with_the_county(tmp_path: Path) -> None:
    """PRO-4: the authority of the same level (同级) comes from the department's jurisdiction."""
    root = lay(tmp_path, "suzhou")
    portal = yaml.load((root / "catalog/portal.yml").read_text("utf-8"), Loader=yaml.BaseLoader)
    portal["jurisdictions"].append({"name": "昆山市", "authority": "昆山市数据局"})
    (root / "catalog/portal.yml").write_text(dump(portal), "utf-8")
    (root / "catalog/ylj/department.yml").write_text(dump({**DEPARTMENT, "jurisdiction": "昆山市"}), "utf-8")
    assert told(root) == [("officer-filing", "error")]
    register = root / "catalog/officers.yml"
    register.write_text(register.read_text("utf-8").replace("with: 苏州市数据局", "with: 昆山市数据局"), "utf-8")
    assert told(root) == []


def test_a_post_reviews_only_while_it_is_held(tmp_path: Path) -> None:
    root = lay(tmp_path, "wuxi")
    register = root / "catalog/officers.yml"
    listed = yaml.load(register.read_text("utf-8"), Loader=yaml.BaseLoader)
    listed[0]["posts"][1]["until"] = "2026-01-14"  # the review is of the 15th
    register.write_text(dump(listed), "utf-8")
    assert told(root) == [("officer-duties", "error"), ("reviewer-unknown", "error")]


# --- evaluation, grading, grounds, projects, sources, changes of law

EVALUATED = {
    "shanghai": {"unconditional", "conditional", "not-open"},
    "suzhou-draft": {"not-open"},
    "suzhou": {"not-open"},
    "wuxi": {"unconditional", "conditional", "not-open"},
    "shuangyashan": {"conditional"},
}
CLASSES: dict[str, dict[str, Any]] = {"unconditional": {}, "conditional": CONDITIONAL, "not-open": NOT_OPEN}


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("kind", list(CLASSES))
def test_each_city_evaluates_its_own_classes(city: str, kind: str, tmp_path: Path) -> None:
    root = lay(tmp_path, city, **CLASSES[kind])
    late = datetime(2028, 1, 1, 10, 0, tzinfo=SHANGHAI)  # two years after the review and the approval
    expected = [("evaluation-overdue", "warning")] if kind in EVALUATED[city] else []
    assert [one for one in told(root, late) if one[0] == "evaluation-overdue"] == expected
    change_entry(root, evaluations=[{"date": "2027-06-01", "result": "维持现开放类型"}])
    assert [one for one in told(root, late) if one[0] == "evaluation-overdue"] == []


def test_an_evaluation_may_set_its_own_next_day(tmp_path: Path) -> None:
    root = lay(tmp_path, "wuxi", evaluations=[{"date": "2026-02-01", "result": "维持", "next": "2026-08-01"}])
    assert told(root) == [("evaluation-overdue", "warning")]


@pytest.mark.parametrize(
    ("city", "missing", "mismatch"),
    [
        ("shanghai", "error", "error"),
        ("suzhou-draft", "error", "error"),
        ("suzhou", None, "warning"),
        ("wuxi", "error", "error"),
        ("shuangyashan", "error", "error"),
    ],
)
def test_levels_lead_to_open_types(city: str, missing: str | None, mismatch: str, tmp_path: Path) -> None:
    root = lay(tmp_path / "a", city, level=None)
    assert told(root) == ([("level-missing", missing)] if missing else [])
    root = lay(tmp_path / "b", city, level="二级")
    levels = [{"level": "一级", "open_types": ["unconditional"]}, {"level": "二级", "open_types": ["conditional"]}]
    (root / "catalog/levels.yml").write_text(dump(levels), "utf-8")
    assert told(root) == [("level-open-type", mismatch)]


GROUNDS = {
    "shanghai": ({"capability", "timeliness", "continuous"}, {"privacy", "commercial-secrets", "law"}),
    "suzhou-draft": ({"objects", "purpose", "scope"}, {"secrecy", "law"}),
    "suzhou": ({"objects", "purpose", "scope"}, {"secrecy", "law"}),
    "wuxi": ({"objects", "purpose", "scope"}, {"secrecy", "law"}),
    "shuangyashan": (
        {"objects", "purpose", "scope"},
        {"law", "national-security", "public-safety", "public-interest", "commercial-secrets", "privacy"},
    ),
}


@pytest.mark.parametrize("city", CITIES)
def test_grounds_are_those_of_the_text(city: str, tmp_path: Path) -> None:
    every = sorted({kind for pair in GROUNDS.values() for kinds in pair for kind in kinds})
    for number, entry in enumerate((CONDITIONAL, NOT_OPEN)):
        evaluated = {"evaluations": [{"date": "2026-09-01", "result": "维持"}]}
        root = lay(tmp_path / str(number), city, **entry, **evaluated, open_ground_kinds=every)
        wrong = {one.values["found_en"] for one in found(root) if one.rule == "ground-kind"}
        assert set(every) - wrong == GROUNDS[city][number]


def with_project(stage: str, **more: Any) -> Callable[[Path], None]:
    project = {
        "id": "GY-1",
        "name": "公园系统（示范）",
        "department": "ylj",
        "stage": stage,
        "datasets": ["parks", "trees"],
    }
    return lambda root: (root / "catalog/projects.yml").write_text(dump([{**project, **more}]), "utf-8") and None


@pytest.mark.parametrize(
    ("stage", "more", "cities"),
    [
        ("planned", {}, set()),
        ("approved", {}, {"shuangyashan"}),
        ("acceptance", {}, {"shanghai", "suzhou-draft", "suzhou", "shuangyashan"}),
        ("accepted", {}, {"shanghai", "suzhou-draft", "suzhou", "shuangyashan"}),
        ("building", {"acceptance": "2026-11-01"}, {"shanghai", "suzhou-draft", "suzhou", "shuangyashan"}),
        ("building", {"acceptance": "2027-11-01"}, set()),
        ("acceptance", {"datasets": ["parks"]}, set()),
    ],
)
def test_a_project_is_catalogued_before_acceptance(
    stage: str, more: dict[str, Any], cities: set[str], tmp_path: Path
) -> None:
    for city in CITIES:
        root = lay(tmp_path / city, city, project="GY-1")
        with_project(stage, **more)(root)
        assert told(root) == ([("project-incomplete", "error")] if city in cities else []), city


@pytest.mark.parametrize("city", CITIES)
def test_only_shuangyashan_counts_days_after_a_change_of_law(city: str, tmp_path: Path) -> None:
    root = lay(tmp_path, city)
    change = {"department": "ylj", "what": "公园管理职能划入", "date": "2026-11-02"}
    calendar = {"years": {"2026": {"off": ["国庆节 10-01..10-07"]}}}
    (root / "catalog/calendar.yml").write_text(dump(calendar), "utf-8")
    register = root / "catalog/legal-changes.yml"
    register.write_text(dump([change]), "utf-8")
    day = {n: datetime(2026, 11, n, 10, 0, tzinfo=SHANGHAI) for n in (16, 17, 18, 19)}
    late = [("legal-change-overdue", "warning")] if city == "shuangyashan" else []
    assert told(root, day[16]) == []  # 10 working days after Monday 2 November: Monday the 16th
    assert told(root, day[17]) == late
    register.write_text(dump([{**change, "updated": "2026-11-16", "received": "2026-11-16"}]), "utf-8")
    assert told(root, day[18]) == []  # 2 working days after the 16th
    assert told(root, day[19]) == late
    register.write_text(
        dump([{**change, "updated": "2026-11-16", "received": "2026-11-16", "published": "2026-11-18"}]), "utf-8"
    )
    assert told(root, day[19]) == []


@pytest.mark.parametrize("city", CITIES)
def test_one_datum_one_source_in_shuangyashan(city: str, tmp_path: Path) -> None:
    root = lay(tmp_path, city)
    other = complete(title="苏州市公园别名一览（2024年）", temporal={"from": "2024-01-01", "to": "2024-12-31"})
    write_entry(root, "jtj", "park-names", changed(ENTRY, other))
    (root / "catalog/jtj/department.yml").write_text(
        dump({**DEPARTMENT, "name": "交通局", "code": "12320599000000002J"}), "utf-8"
    )
    shared = [("source-shared", "warning")] * 6 if city == "shuangyashan" else []
    assert [one for one in told(root) if one[0] == "source-shared"] == shared
    change_entry(root, lead=True)
    assert [one for one in told(root) if one[0] == "source-shared"] == []
