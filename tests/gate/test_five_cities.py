"""The same change under five cities' rules: five right answers, worked out by hand from the texts (requirements §3.6).

SH-11¶1 work order and explanatory document, all three directions; SZd-8¶4 and WX-8(3) filing on the ground of safety,
from unconditional only, its date open; SYS-37¶2 approval before the change, all three directions; the final text of
Suzhou has no such rule, so there our policy stands: who decided, and the authority is told.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from portal.catalogue import read_catalogue
from portal.changeset import read_change
from portal.checks.changes import check_changes
from portal.checks.judging import judge
from portal.problems import Problem
from tests.catalogues import make_catalogue, settings_for
from tests.gate.examples import change_entry, complete, renew_review, take_rules, withdraw
from tests.gate.repository import begin

CITIES = ("shanghai", "suzhou-draft", "suzhou", "wuxi", "shuangyashan")
DATA = "datasets/ylj/parks.csv"
CONDITIONS = {
    "open_ground": "数据汇聚后可能识别到个人",
    "open_conditions": [{"category": "security", "text": "具备数据安全管理制度", "ground": "汇聚后可能识别到个人"}],
    "application_materials": ["数据安全管理制度"],
}
NO_CONDITIONS = dict.fromkeys(CONDITIONS)
Answer = dict[str, set[str]]
Edit = Callable[[Path], None]


def paper(kind: str, date: str = "2026-11-10", **more: str) -> dict[str, str]:
    return {"kind": kind, "by": "苏州市数据局（示范）", "date": date, "number": "示范〔2026〕9号", **more}


def typed(old: str, new: str, *papers: dict[str, str], **more: str) -> dict[str, Any]:
    """A record of a changed open type that takes effect on 12 November 2026."""
    told = {"date": "2026-11-12", "from": old, "to": new, "ground": "汇聚后可能识别到个人", "by": "园林局（示范）"}
    return {**told, **more, "papers": list(papers)}


def closed(record: dict[str, Any] | None) -> Edit:
    """Unconditional data become conditional."""

    def edit(root: Path) -> None:
        (root / DATA).unlink()
        more = {"open_type_history": [record]} if record else {}
        change_entry(root, open_type="conditional", **CONDITIONS, **more)

    return edit


def hidden(record: dict[str, Any] | None) -> Edit:
    """Conditional data become not open."""

    def edit(root: Path) -> None:
        more = {"open_type_history": [record]} if record else {}
        change_entry(root, **{**NO_CONDITIONS, **HIDDEN, **more})

    return edit


def opened(record: dict[str, Any], **more: Any) -> Edit:
    """Conditional data become unconditional."""

    def edit(root: Path) -> None:
        (root / DATA).write_text("编号,名称,面积\n0001,东园,12.5\n", "utf-8")
        change_entry(root, **NO_CONDITIONS, open_type="unconditional", open_type_history=[record], **more)
        renew_review(root)

    return edit


def lifted(record: dict[str, Any], **more: Any) -> Edit:
    """Not-open data become conditional."""
    return lambda root: change_entry(root, **CONDITIONS, open_type="conditional", open_type_history=[record], **more)


def without_area(record: dict[str, Any] | None) -> Edit:
    """A column goes."""

    def edit(root: Path) -> None:
        files = complete()["files"]
        files[0]["schema"]["fields"].pop()
        change_entry(root, files=files, **({"changes": [record]} if record else {}))
        if (root / DATA).exists():
            (root / DATA).write_text("编号,名称\n0001,东园\n0002,西园\n0003,北塔公园\n", "utf-8")
        renew_review(root)

    return edit


def part(*papers: dict[str, str], **more: str) -> dict[str, Any]:
    """A record of a part that is taken away."""
    told = {
        "date": "2026-11-12",
        "kind": "removed",
        "of": ["面积"],
        "ground": "测量有误，暂停公开",
        "by": "园林局（示范）",
    }
    return {**told, **more, "papers": list(papers)}


def same(*rules: str) -> Answer:
    return {city: set(rules) for city in CITIES}


def answer(shanghai: str = "", draft: str = "", suzhou: str = "", wuxi: str = "", shuangyashan: str = "") -> Answer:
    told = zip(CITIES, (shanghai, draft, suzhou, wuxi, shuangyashan), strict=True)
    return {city: set(rules.split()) for city, rules in told}


ORDER, PAPERS = "downgrade-work-order downgrade-document", "downgrade-filing downgrade-ground"
U, C, N = "unconditional", "conditional", "not-open"
OPEN: dict[str, Any] = {}
CLOSED: dict[str, Any] = {"open_type": C, **CONDITIONS}
HIDDEN: dict[str, Any] = {"open_type": N, "open_ground": "涉及个人信息"}
SILENT = "type-change-unrecorded"

CHANGES: dict[str, tuple[dict[str, Any], Edit, Answer]] = {
    "U>C without a word": (
        OPEN,
        closed(None),
        answer(
            f"{SILENT} {ORDER}",
            f"{SILENT} {PAPERS}",
            f"{SILENT} downgrade-house",
            f"{SILENT} {PAPERS}",
            f"{SILENT} downgrade-approval",
        ),
    ),
    "U>C recorded, on another ground, no papers": (
        OPEN,
        closed(typed(U, C, cause="quality")),
        answer(ORDER, PAPERS, "downgrade-house", PAPERS, "downgrade-approval"),
    ),
    "U>C filed before the change, for safety": (
        OPEN,
        closed(typed(U, C, paper("filing"), cause="safety")),
        answer(shanghai=ORDER, shuangyashan="downgrade-approval"),
    ),
    "U>C filed after the change, for safety": (
        OPEN,
        closed(typed(U, C, paper("filing", "2026-11-20"), cause="safety")),
        answer(shanghai=ORDER, shuangyashan="downgrade-approval"),
    ),
    "U>C approved before the change": (
        OPEN,
        closed(typed(U, C, paper("approval"), cause="safety")),
        answer(shanghai=ORDER, draft="downgrade-filing", wuxi="downgrade-filing"),
    ),
    "U>C approved on the day of the change": (
        OPEN,
        closed(typed(U, C, paper("approval", "2026-11-12"), cause="safety")),
        answer(shanghai=ORDER, draft="downgrade-filing", wuxi="downgrade-filing"),
    ),
    "U>C approved before the change, and confirmed after it": (
        OPEN,
        closed(typed(U, C, paper("approval"), paper("approval", "2026-11-20"), cause="safety")),
        answer(shanghai=ORDER, draft="downgrade-filing", wuxi="downgrade-filing"),
    ),
    "U>C after a claim, without papers": (  # a claim alone never changes the open type (CLM-3)
        OPEN,
        closed(typed(U, C, cause="rights")),
        answer(ORDER, PAPERS, "downgrade-house", PAPERS, "downgrade-approval"),
    ),
    "U>C approved after the change": (
        OPEN,
        closed(typed(U, C, paper("approval", "2026-11-20"), cause="safety")),
        answer(ORDER, "downgrade-filing", "", "downgrade-filing", "downgrade-approval-late"),
    ),
    "U>C by work order with its document": (
        OPEN,
        closed(typed(U, C, paper("work-order", by="市大数据中心"), paper("explanation", by="园林局"))),
        answer("", PAPERS, "downgrade-house", PAPERS, "downgrade-approval"),
    ),
    "U>C, the authority is told": (
        OPEN,
        closed(typed(U, C, paper("notice"), cause="safety")),
        answer(ORDER, "downgrade-filing", "", "downgrade-filing", "downgrade-approval"),
    ),
    "U>C filed with another authority, without a number": (
        OPEN,
        closed(typed(U, C, {"kind": "filing", "by": "昆山市数据局", "date": "2026-11-10"}, cause="safety")),
        answer(
            ORDER,
            "paper-authority paper-number",
            "downgrade-house",
            "paper-authority paper-number",
            "downgrade-approval",
        ),
    ),
    "C>N without papers": (
        CLOSED,
        hidden(typed(C, N)),
        answer(ORDER, "", "downgrade-house", "", "downgrade-approval"),
    ),
    "C>N without a word": (
        CLOSED,
        hidden(None),
        answer(f"{SILENT} {ORDER}", SILENT, f"{SILENT} downgrade-house", SILENT, f"{SILENT} downgrade-approval"),
    ),
    "C>U without an evaluation": (
        CLOSED,
        opened(typed(C, U)),
        answer(
            *["upgrade-evaluation"] * 2, "upgrade-evaluation upgrade-resource-catalogue", *["upgrade-evaluation"] * 2
        ),
    ),
    "C>U evaluated after the change": (
        CLOSED,
        opened(
            typed(C, U, paper("resource-catalogue")), evaluations=[{"date": "2026-11-20", "result": "可以无条件开放"}]
        ),
        same("upgrade-evaluation"),
    ),
    "C>U evaluated": (
        CLOSED,
        opened(typed(C, U), evaluations=[{"date": "2026-11-01", "result": "可以无条件开放"}]),
        answer(suzhou="upgrade-resource-catalogue"),
    ),
    "C>U evaluated on the day of the change": (
        CLOSED,
        opened(
            typed(C, U, paper("resource-catalogue")), evaluations=[{"date": "2026-11-12", "result": "可以无条件开放"}]
        ),
        same(),
    ),
    "C>U evaluated, resource catalogue changed": (
        CLOSED,
        opened(
            typed(C, U, paper("resource-catalogue")), evaluations=[{"date": "2026-11-01", "result": "可以无条件开放"}]
        ),
        same(),
    ),
    "N>C without processing": (HIDDEN, lifted(typed(N, C)), same("upgrade-processing")),
    "N>C only cleaned": (
        HIDDEN,
        lifted(typed(N, C), processing=[{"kind": "cleaning", "note": "去重"}]),
        same("upgrade-processing"),
    ),
    "N>C masked": (HIDDEN, lifted(typed(N, C), processing=[{"kind": "masking", "note": "隐去姓名"}]), same()),
    "N>C with consent": (HIDDEN, lifted(typed(N, C, paper("consent", by="权利人"))), same()),
    "a column goes without a word": (OPEN, without_area(None), same("column-removed")),
    "a column of unconditional data goes, recorded": (
        OPEN,
        without_area(part(cause="quality")),
        answer(ORDER, PAPERS, "downgrade-house", PAPERS, "downgrade-approval"),
    ),
    "a column of conditional data goes, recorded": (
        CLOSED,
        without_area(part()),
        answer(ORDER, "", "downgrade-house", "", "downgrade-approval"),
    ),
    "a column goes after a claim, no document": (OPEN, without_area(part(cause="rights")), same("withdrawal-document")),
    "a column goes after a claim": (OPEN, without_area(part(paper("notice"), cause="rights")), same()),
    "a dataset is withdrawn without papers": (
        OPEN,
        lambda root: withdraw(root, by="园林局（示范）"),
        answer(ORDER, PAPERS, "downgrade-house", PAPERS, "downgrade-approval"),
    ),
    "a dataset is withdrawn after a claim": (
        OPEN,
        lambda root: withdraw(root, cause="rights", document="示范〔2026〕4号"),
        same(),
    ),
    "a dataset is deleted": (
        OPEN,
        lambda root: [(root / path).unlink() for path in (DATA, "catalog/ylj/parks.yml")] and None,
        same("entry-removed"),
    ),
    "a dataset turns static": (
        OPEN,
        lambda root: change_entry(
            root, status="static", static_reason="系统停用，不再更新", update_frequency="irregular"
        ),
        same(),
    ),
}


def told(root: Path) -> list[Problem]:
    settings = settings_for(root)
    reading = read_catalogue(settings)
    assert not [one.rule for one in reading.problems if one.rule != "releases-without-entry"]
    return judge(check_changes(read_change(settings, reading, "HEAD"), reading, settings), reading, settings)


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("name", list(CHANGES))
def test_the_same_change_in_five_cities(name: str, city: str, tmp_path: Path) -> None:
    before, edit, answers = CHANGES[name]
    root = make_catalogue(tmp_path / "city", **complete(**before))
    if before:
        (root / DATA).unlink()
    take_rules(root, city)
    begin(root)
    edit(root)
    assert {one.rule for one in told(root) if one.dataset == "parks"} == answers[city]


@pytest.mark.parametrize("city", CITIES)
def test_papers_of_an_earlier_closing_do_not_serve_for_this_one(city: str, tmp_path: Path) -> None:
    """Closed and opened again in 2025 with everything that any city asks for; closed in 2026 without a word."""
    papers = [paper(kind, "2025-03-01") for kind in ("work-order", "explanation", "filing", "approval", "notice")]
    history = [
        typed(U, C, *papers, date="2025-03-02", cause="safety"),
        typed(C, U, paper("resource-catalogue", "2025-06-01"), date="2025-06-02"),
    ]
    root = make_catalogue(tmp_path / "city", **complete(open_type_history=history))
    take_rules(root, city)
    begin(root)
    closed(None)(root)
    assert {one.rule for one in told(root) if one.dataset == "parks"} == CHANGES["U>C without a word"][2][city]


@pytest.mark.parametrize(("day", "wanted"), [("2025-03-01", {"upgrade-evaluation"}), ("2025-03-02", set())])
def test_an_evaluation_is_one_of_the_data_as_they_are_open_now(day: str, wanted: set[str], tmp_path: Path) -> None:
    """Closed on 2 March 2025: what was judged before that day says nothing of the conditions of today."""
    history = [typed(U, C, paper("notice", "2025-03-01"), date="2025-03-02", cause="safety")]
    evaluations = [{"date": day, "result": "可以无条件开放"}]
    root = make_catalogue(tmp_path / "city", **complete(**CLOSED, open_type_history=history, evaluations=evaluations))
    (root / DATA).unlink()
    begin(root)
    opened(typed(C, U, paper("resource-catalogue")))(root)
    change_entry(root, open_type_history=[*history, typed(C, U, paper("resource-catalogue"))])
    assert {one.rule for one in told(root) if one.dataset == "parks"} == wanted


ARTICLES = {
    "shanghai": "《上海市公共数据开放实施细则》第十一条第一款",
    "suzhou-draft": "《苏州市公共数据开放实施细则（征求意见稿）》第八条第四款",
    "suzhou": None,
    "wuxi": "《无锡市公共数据开放实施细则》第八条第三项",
    "shuangyashan": "《双鸭山市公共数据管理暂行办法》第三十七条第二款",
}


@pytest.mark.parametrize("city", CITIES)
def test_each_city_names_its_own_article(city: str, tmp_path: Path) -> None:
    root = make_catalogue(tmp_path / "city", **complete())
    take_rules(root, city)
    begin(root)
    closed(typed(U, C, cause="quality"))(root)
    assert {one.article for one in told(root)} == {ARTICLES[city]}
    assert {(one.path, one.level) for one in told(root)} == {("catalog/ylj/parks.yml", "error")}


def test_a_county_entry_is_filed_with_the_county(tmp_path: Path) -> None:
    root = make_catalogue(tmp_path / "city", **complete(jurisdiction="昆山市"))
    path = root / "catalog/portal.yml"
    county = "- name: 昆山市\n  authority: 昆山市数据局\n"
    path.write_text(path.read_text("utf-8").replace("jurisdictions:\n", f"jurisdictions:\n{county}"), "utf-8")
    take_rules(root, "wuxi")
    begin(root)
    closed(typed(U, C, paper("filing"), cause="safety"))(root)
    (problem,) = told(root)
    assert (problem.rule, problem.values["authority"]) == ("paper-authority", "昆山市数据局")
    change_entry(root, open_type_history=[typed(U, C, paper("filing", by="昆山市数据局（示范）"), cause="safety")])
    assert told(root) == []
