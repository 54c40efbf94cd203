"""What a clerk reads who handed in what spreadsheet programs make: where, what, and the right thing to do about it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from portal import report
from portal.catalogue import read_catalogue
from portal.checks.judging import check_entries
from portal.pipeline import check
from portal.problems import Lang
from portal.profile import load_profile
from portal.progress import Progress
from tests.catalogues import ENTRY, ROWS, make_catalogue, settings_for

DATED = [*ENTRY["files"][0]["schema"]["fields"], {"name": "开园", "title": "开园日期", "type": "date", "description": "首次开放的日期"}]  # fmt: skip


def told(root: Path) -> list[str]:
    """The lines about the data file, without its path."""
    lines = report.render(check(settings_for(root), Progress("zh")).problems, "text", "zh").splitlines()
    return [line.partition(".csv: ")[2] for line in lines if ".csv: " in line]


def test_a_title_above_the_names_is_told_column_by_column_from_the_left(tmp_path: Path) -> None:
    first, second, third = told(make_catalogue(tmp_path, rows=f"城区公园,,\n{ROWS}", reviewed=False))[:3]
    assert first.startswith("第 1 列的列名是“城区公园”，条目中写的是“编号”。")
    assert "上面有标题行的，请删去" in first
    assert second.startswith("第 2 列没有列名，应为“名称”。请补上列名。第一行须是列名，上面有标题行的，请删去标题行。")
    assert third.startswith("第 3 列没有列名，应为“面积”。")


def test_full_width_digits_are_named_since_they_look_right(tmp_path: Path) -> None:
    (line,) = told(make_catalogue(tmp_path, rows=ROWS.replace("12.5", "１２"), reviewed=False))
    assert line.startswith(
        "第 2 行“面积”列的值“１２”不对，应为数值，如 12.5。只写半角数字，不写单位、千分位逗号和百分号"
    )


def test_a_date_without_its_format_and_a_day_that_does_not_exist(tmp_path: Path) -> None:
    rows = "编号,名称,面积,开园\n0001,东园,12.5,36951\n0002,西园,3.0,2001-02-30\n"
    files = [{"path": "parks.csv", "schema": {"primaryKey": "编号", "fields": DATED}}]
    serial, no_day = told(make_catalogue(tmp_path, rows=rows, reviewed=False, files=files))
    assert serial.startswith("第 2 行“开园”列的值“36951”不对，应为日期，如 2023-06-30。")
    assert "36951 这样的数，是没有设成日期的日期" in serial
    assert no_day.startswith("第 3 行“开园”列的值“2001-02-30”不对，应为日期")
    assert "日期须真实存在" in no_day


def test_a_step_that_the_city_does_not_have_is_told_with_those_it_has(tmp_path: Path) -> None:
    step = {
        "step": "authority_review",
        "date": "2026-11-20",
        "result": "passed",
        "by": "目录管理岗",
        "covers": "0" * 64,
    }
    root = make_catalogue(tmp_path, approvals=[step])

    def line(profile: str, lang: Lang) -> str:
        settings = replace(settings_for(root), lang=lang)
        reading = replace(read_catalogue(settings), profile=load_profile(profile))
        found = [one for one in check_entries(reading, settings) if one.rule == "approval-step"]
        return report.render(found, "text", lang).splitlines()[0]

    assert "没有“公共数据主管部门审查”。请删去这条记录：本市没有要记录的步骤。" in line("suzhou", "zh")
    assert "请删去，或改为：work_order（平台工单）" in line("shanghai", "zh")
    assert ", or use: work_order (" in line("shanghai", "en")
