"""From what is published back to those who answer for it: releases, reviews, rows; and the list of what is due."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter
from rich.console import Console

from portal.duties import as_json, as_text, duties
from portal.problems import PortalError
from portal.progress import Progress
from portal.review import Verdict, register, review
from portal.settings import SHANGHAI
from portal.trace import as_json as trace_json
from portal.trace import as_text as trace_text
from portal.trace import trace
from tests.catalogues import DEPARTMENT, ENTRY, dump, make_catalogue, settings_for
from tests.gate.examples import change_entry, take_rules
from tests.gate.repository import begin, commit, git

QUIET = Progress("zh", Console(file=io.StringIO()))
DATA = "datasets/ylj/parks.csv"
CLERK, LEAD = ("ylj-data", "data@example.org"), ("ylj-review", "review@example.org")
BY = "数据安全岗（示范）"


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """Two releases: the first in one commit, the second on a branch, proposed by the clerk and merged by the lead."""
    root = make_catalogue(tmp_path / "city", reviewed=False, update_frequency="monthly", data_date="2026-10-31")
    review(settings_for(root), QUIET, "parks", Verdict("security", "passed", BY, "示范〔2026〕1号", None, True))
    begin(root)
    git(root, "checkout", "-q", "-b", "update")
    data = root / DATA
    data.write_text(data.read_text("utf-8") + '0004,"南园\n（新）",5.1\n0005,云岩园,1.2\n', "utf-8")
    change_entry(root, data_date="2026-11-20")
    register(settings_for(root), QUIET, "parks", "新增两处")
    commit(root, "新增南园", author=CLERK)
    git(root, "checkout", "-q", "main")
    git(root, "merge", "-q", "--no-ff", "-m", "Merge pull request #12", "update", author=LEAD)
    return root


def test_a_release_leads_to_commit_proposer_and_review(city: Path) -> None:
    found = trace(settings_for(city), "parks")
    assert (found.release, found.department) == ("2026-11-20", "园林局")
    assert found.officers == ("首席数据官（示范）", "数据专岗（示范）", "数据安全岗（示范）")
    assert found.registered is not None
    assert found.registered.author == "ylj-data <data@example.org>"
    assert found.registered.subject == "新增南园"
    assert found.registered.name == git(city, "rev-parse", "update")
    assert found.merged is not None
    assert (found.merged.author, found.merged.subject) == ("ylj-review <review@example.org>", "Merge pull request #12")
    (source,) = found.files
    assert (source.path, source.commit) == (DATA, found.registered)
    (held,) = found.reviews
    assert (held.kind, held.by, held.document, held.recurring) == ("security", BY, "示范〔2026〕1号", True)
    assert held.commit is not None
    assert held.commit.subject == "base"


def test_an_earlier_release_leads_to_its_own_commit(city: Path) -> None:
    found = trace(settings_for(city), "parks", "2026-10-31")
    assert found.registered is not None
    assert (found.registered.subject, found.merged) == ("base", None)
    assert found.files[0].commit == found.registered


@pytest.mark.parametrize(
    ("row", "line", "subject"),
    [(2, 2, "base"), (4, 4, "base"), (5, 5, "新增南园"), (6, 7, "新增南园")],  # record 5 stands on two lines
)
def test_a_row_leads_to_the_commit_that_wrote_it(city: Path, row: int, line: int, subject: str) -> None:
    found = trace(settings_for(city), "parks", row=row).row
    assert found is not None
    assert found.commit is not None
    assert (found.path, found.line, found.commit.subject) == (DATA, line, subject)


def test_what_can_t_be_traced_says_so(city: Path, tmp_path: Path) -> None:
    settings = settings_for(city)
    with pytest.raises(PortalError, match="没有第 9 行"):
        trace(settings, "parks", row=9)
    with pytest.raises(PortalError, match="没有版本 2020-01-01"):
        trace(settings, "parks", "2020-01-01")
    with pytest.raises(PortalError, match="没有文件"):
        trace(settings, "parks", row=2, path="trees.csv")
    with pytest.raises(PortalError, match="没有编号为"):
        trace(settings, "trees")
    alone = make_catalogue(tmp_path / "alone")
    with pytest.raises(PortalError, match="Git"):
        trace(settings_for(alone), "parks")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{city}", "shallow")
    with pytest.raises(PortalError, match="浅克隆"):
        trace(settings_for(tmp_path / "shallow"), "parks")


def test_gbk_bytes_are_counted_by_records(tmp_path: Path) -> None:
    rows = "编号,名称,面积\n0001,东园,12.5\n0002,丂園,3.0\n0003,北塔公园,8.4\n"  # 丂 is 81 40 in GBK
    root = make_catalogue(tmp_path / "city", rows=rows.encode("gb18030"))
    begin(root)
    found = trace(settings_for(root), "parks", row=4, path=f"datasets/ylj/{DATA.rsplit('/', maxsplit=1)[-1]}").row
    assert found is not None
    assert found.line == 4


def test_a_row_of_a_workbook_leads_to_the_file(tmp_path: Path) -> None:
    files = [{**ENTRY["files"][0], "path": "parks.xlsx"}]
    root = make_catalogue(tmp_path / "city", files=files, reviewed=False)
    with xlsxwriter.Workbook(str(root / "datasets/ylj/parks.xlsx")) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate((("编号", "名称", "面积"), ("0001", "东园", "12.5"))):
            sheet.write_row(number, 0, row)
    (root / DATA).unlink()
    review(settings_for(root), QUIET, "parks", Verdict("security", "passed", BY))
    begin(root)
    found = trace(settings_for(root), "parks", row=2).row
    assert found is not None
    assert found.commit is not None
    assert (found.line, found.commit.subject) == (None, "base")


def test_both_languages_and_machines_are_told(city: Path) -> None:
    found = trace(settings_for(city), "parks", row=5)
    zh, en = trace_text(found, "zh"), trace_text(found, "en")
    assert "登记版本的提交: " in zh
    assert "安全审查（按更新机制）: 2026-11-22 通过 数据安全岗（示范） 示范〔2026〕1号" in zh
    assert "security review (recurring): 2026-11-22 passed" in en
    assert zh.count("\n") == en.count("\n")
    assert "南园" not in zh.splitlines()[-1].split(": ")[0]
    told = json.loads(trace_json(found))
    assert told["row"]["commit"]["author"] == "ylj-data <data@example.org>"
    assert told["reviews"][0]["recurring"] is True


def test_content_that_nobody_committed_has_no_commit(city: Path) -> None:
    data = city / DATA
    data.write_text(data.read_text("utf-8") + "0006,石湖园,2.2\n", "utf-8")
    register(settings_for(city), QUIET, "parks")
    found = trace(settings_for(city), "parks")
    assert (found.release, found.registered) == ("2026-11-20-2", None)
    assert "尚未提交" in trace_text(found, "zh")


def test_a_row_of_a_file_that_nobody_committed_says_so(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "before the first dataset")
    root = make_catalogue(tmp_path / "city")
    found = trace(settings_for(root), "parks", row=2)
    assert found.row is not None
    assert (found.row.path, found.row.line, found.row.commit) == (DATA, None, None)
    assert f"第 2 行 {DATA}: 尚未提交" in trace_text(found, "zh")


# --- what is due


def test_duties_are_listed_for_each_department(tmp_path: Path) -> None:
    root = make_catalogue(
        tmp_path / "city", update_frequency="monthly", reviewed=False, open_scope="公众", open_content="全部"
    )
    take_rules(root, "shuangyashan")
    (root / "catalog/ylj/department.yml").write_text(dump({**DEPARTMENT, "code": "12320599000000001F"}), "utf-8")
    early = replace(settings_for(root), now=datetime(2026, 1, 10, 10, 0, tzinfo=SHANGHAI))
    review(early, QUIET, "parks", Verdict("security", "passed", BY, None, None, True))
    change = {"department": "ylj", "what": "公园管理职能划入", "date": "2026-11-12"}
    (root / "catalog/legal-changes.yml").write_text(dump([change]), "utf-8")
    project = {
        "id": "GY-1",
        "name": "公园系统（示范）",
        "department": "ylj",
        "stage": "building",
        "acceptance": "2027-05-01",
    }
    (root / "catalog/projects.yml").write_text(dump([{**project, "datasets": ["parks", "trees"]}]), "utf-8")
    calendar = {"years": {"2026": {"off": ["国庆节 10-01..10-07"]}}}
    (root / "catalog/calendar.yml").write_text(dump(calendar), "utf-8")
    found = duties(settings_for(root))  # 22 November 2026
    assert [(one.kind, one.about, one.due, one.state, one.missing) for one in found] == [
        ("project", "GY-1", "2027-05-01", "no", ("parks", "trees")),
        ("review", "parks", "2027-01-10", "soon", ()),
        ("update", "公园管理职能划入", "2026-11-26", "soon", ()),
    ]
    told = json.loads(as_json(found))
    assert [one["state"] for one in told] == ["no", "soon", "soon"]
    assert as_text(found, "zh").splitlines()[0] == "ylj\t项目目录是否完整\tGY-1\t2027-05-01\t否\tparks\ttrees"
    assert "soon due" in as_text(found, "en")


def test_a_project_is_complete_when_every_entry_names_it_and_is_right(tmp_path: Path) -> None:
    root = make_catalogue(tmp_path / "city", project="GY-1")
    project = {
        "id": "GY-1",
        "name": "公园系统（示范）",
        "department": "ylj",
        "stage": "acceptance",
        "datasets": ["parks"],
    }
    (root / "catalog/projects.yml").write_text(dump([project]), "utf-8")
    assert [(one.state, one.missing) for one in duties(settings_for(root))] == [("yes", ())]
    change_entry(root, domain="nowhere")
    assert [(one.state, one.missing) for one in duties(settings_for(root))] == [("no", ("parks",))]


def test_evaluations_of_data_that_are_not_open_are_due(tmp_path: Path) -> None:
    root = make_catalogue(tmp_path / "city", open_type="not-open", open_ground="《保守国家秘密法》第十三条")
    (found,) = duties(settings_for(root))
    assert (found.kind, found.due, found.state) == ("evaluation", None, "overdue")
    change_entry(root, evaluations=[{"date": "2025-12-15", "result": "维持不予开放"}])
    (found,) = duties(settings_for(root))
    assert (found.due, found.state) == ("2026-12-15", "soon")
    change_entry(root, evaluations=[{"date": "2026-11-15", "result": "维持不予开放"}])
    assert duties(settings_for(root)) == []
    assert as_text([], "zh") == "没有到期或即将到期的事项。"
