"""`build.py sheet`: a department's catalogue as a workbook, filled in as people do it, and back."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
import yaml
from python_calamine import load_workbook
from rich.console import Console

from portal.catalogue import read_catalogue
from portal.model import Dataset
from portal.pipeline import check
from portal.problems import CatalogueHasProblems, Problem, errors_in
from portal.progress import Progress
from portal.settings import CODE
from portal.sheets.exporting import Selection, export
from portal.sheets.importing import import_workbook, lines_of
from portal.sheets.layout import layout
from tests.books import FIRST, Pages, column, pages_of, put, save, spoiled
from tests.catalogues import make_catalogue, settings_for

QUIET = Progress("zh", Console(file=StringIO()))


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return make_catalogue(tmp_path / "town")


def entry_text(town: Path, name: str = "parks") -> str:
    return (town / f"catalog/ylj/{name}.yml").read_text("utf-8")


def entry(town: Path, name: str = "parks") -> Dataset:
    return next(one for one in read_catalogue(settings_for(town)).catalogue.datasets if one.id == name)


def refused(town: Path, workbook: Path) -> tuple[Problem, ...]:
    before = entry_text(town)
    with pytest.raises(CatalogueHasProblems) as found:
        import_workbook(settings_for(town), workbook)
    assert entry_text(town) == before
    return found.value.problems


def test_a_department_comes_out_and_goes_in_without_a_change(tmp_path: Path) -> None:
    root = tmp_path / "city"
    shutil.copytree(CODE / "catalog", root / "catalog")
    (root / "datasets").mkdir()
    before = {path: path.read_bytes() for path in root.rglob("*.yml")}
    target = tmp_path / "民政.xlsx"
    ids = export(settings_for(root), Selection(department="mzj"), target)
    assert ids == tuple(
        one.id for one in read_catalogue(settings_for(root)).catalogue.datasets if one.department == "mzj"
    )
    done = import_workbook(settings_for(root), target)
    assert {one.what for one in done.entries} == {"same"}
    assert {path: path.read_bytes() for path in root.rglob("*.yml")} == before
    again = tmp_path / "again.xlsx"
    export(settings_for(root), Selection(department="mzj"), again)
    assert again.read_bytes() == target.read_bytes()


def test_a_catalogue_that_was_lost_comes_back_from_its_workbook(tmp_path: Path) -> None:
    """YAML → XLSX → YAML, for every real entry, into an empty catalogue."""
    root = tmp_path / "city"
    shutil.copytree(CODE / "catalog", root / "catalog")
    (root / "datasets").mkdir()
    before = read_catalogue(settings_for(root)).catalogue.datasets
    export(settings_for(root), Selection(), tmp_path / "all.xlsx")
    for one in before:
        (root / f"catalog/{one.department}/{one.id}.yml").unlink()
    for path in root.rglob("*.releases.yml"):
        path.unlink()
    done = import_workbook(settings_for(root), tmp_path / "all.xlsx")
    assert {one.what for one in done.entries} == {"new"}
    assert read_catalogue(settings_for(root)).catalogue.datasets == before


def test_only_what_changed_is_rewritten_and_comments_stay(town: Path) -> None:
    path = town / "catalog/ylj/parks.yml"
    path.write_text(
        "# 园林局维护\n" + entry_text(town).replace("domain: parks", "# 领域\ndomain: parks  # 固定"), "utf-8"
    )
    before = entry_text(town).splitlines()
    done = import_workbook(
        settings_for(town), spoiled(town, lambda pages: put(pages, "目录条目", "名称", "城区公园名册（2025年）"))
    )
    assert lines_of(done, "zh")[0] == "修改 catalog/ylj/parks.yml（title）"
    after = entry_text(town).splitlines()
    assert [(a, b) for a, b in zip(before, after, strict=True) if a != b] == [
        ("title: 城区公园名录（2025年）", "title: 城区公园名册（2025年）")
    ]


def test_what_people_type_is_read_as_they_mean_it(town: Path) -> None:
    def change(pages: Pages) -> None:
        put(pages, "目录条目", "关键词", "公园、 绿地，花园")
        put(pages, "目录条目", "更新频率", "每月")
        put(pages, "目录条目", "数据日期", datetime(2025, 11, 30))
        put(pages, "目录条目", "时间范围·起", "２０２５年１月１日")
        put(pages, "目录条目", "时间范围·止", "2025/12/31")
        put(pages, "目录条目", "数据领域", "parks（园林绿化）")
        put(pages, "数据项", "约束·必填", True)
        put(pages, "数据项", "约束·最长", 4)
        put(pages, "数据项", "约束·最小值", 0.5, 2)
        put(pages, "数据项", "代码表", "1=公园；2=绿地", 1)
        put(pages, "数据项", "类型", "文字、编号")
        put(pages, "数据项", "文件", "", 1)

    import_workbook(settings_for(town), spoiled(town, change))
    found = entry(town)
    assert found.keywords == ("公园", "绿地", "花园")
    assert found.update_frequency == "monthly"
    assert str(found.data_date) == "2025-11-30"
    assert found.temporal
    assert (str(found.temporal.from_), str(found.temporal.to)) == ("2025-01-01", "2025-12-31")
    number, name, area = found.tables[0].table_schema.fields
    assert (number.type, number.constraints.required, number.constraints.max_length) == ("string", True, 4)
    assert name.codes == {"1": "公园", "2": "绿地"}
    assert area.constraints.minimum == "0.5"


def test_every_bad_cell_is_told_in_one_run_with_its_place(town: Path) -> None:
    def change(pages: Pages) -> None:
        put(pages, "目录条目", "更新频率", "经常")
        put(pages, "目录条目", "数据日期", "2025年2月30日")
        put(pages, "目录条目", "名称", 2025)
        put(pages, "目录条目", "许可·许可全文", "opensource.org")
        put(pages, "数据项", "类型", "文本")
        put(pages, "数据项", "中文名称", "", 1)
        put(pages, "数据项", "约束·最长", "四", 2)
        put(pages, "审查记录", "审查日期", "昨天")

    found = refused(town, spoiled(town, change))
    assert sorted((one.path, one.line or 0, one.field or "", one.rule) for one in found) == sorted(
        [
            ("目录.xlsx#审查记录", 3, "审查日期", "wrong-date"),
            ("目录.xlsx#数据项", 3, "类型", "wrong-choice"),
            ("目录.xlsx#数据项", 4, "中文名称", "missing-keys"),
            ("目录.xlsx#数据项", 5, "约束·最长", "wrong-number"),
            ("目录.xlsx#目录条目", 3, "名称", "sheet-cell-kind"),
            ("目录.xlsx#目录条目", 3, "数据日期", "wrong-date"),
            ("目录.xlsx#目录条目", 3, "更新频率", "wrong-choice"),
            ("目录.xlsx#目录条目", 3, "许可·许可全文", "wrong-pattern"),
        ]
    )


def test_what_the_rules_say_of_an_entry_is_told_at_its_cell(town: Path) -> None:
    def change(pages: Pages) -> None:
        put(pages, "目录条目", "数据领域", "no-such-domain")
        put(pages, "目录条目", "数据日期", "2999-01-01")
        put(pages, "数据文件", "表结构·主键", "代码")

    found = {(one.path, one.line, one.field, one.rule) for one in errors_in(refused(town, spoiled(town, change)))}
    assert found >= {
        ("目录.xlsx#目录条目", 3, "数据领域", "domain-unknown"),
        ("目录.xlsx#目录条目", 3, "数据日期", "data-date-future"),
        ("目录.xlsx#数据文件", 3, "表结构·主键", "primary-key-column"),
    }


def test_one_bad_entry_keeps_all_others_out(town: Path) -> None:
    pages = pages_of(town)
    for sheet in ("目录条目", "数据文件", "数据项"):
        first = pages[sheet][0].index("编号" if sheet == "目录条目" else "数据集编号")
        for row in list(pages[sheet][FIRST:]):
            pages[sheet].append([*row[:first], "gardens", *row[first + 1 :]])
    put(pages, "目录条目", "名称", "城区花园名录（2025年）", 1)
    put(pages, "数据文件", "文件", "gardens.csv", 1)
    for row in range(3, 6):
        put(pages, "数据项", "文件", "gardens.csv", row)
    good = save(town / "好.xlsx", pages)
    put(pages, "目录条目", "更新频率", "经常")
    found = errors_in(refused(town, save(town / "坏.xlsx", pages)))
    assert {one.rule for one in found} == {"wrong-choice"}
    assert not (town / "catalog/ylj/gardens.yml").exists()
    done = import_workbook(settings_for(town), good)
    assert [(one.path, one.what) for one in done.entries] == [
        ("catalog/ylj/parks.yml", "same"),
        ("catalog/ylj/gardens.yml", "new"),
    ]
    assert entry(town, "gardens").files[0].path == "gardens.csv"


def test_the_template_s_example_is_not_read_and_what_is_filled_in_below_is(town: Path, tmp_path: Path) -> None:
    target = tmp_path / "模板.xlsx"
    export(settings_for(town), Selection(template=True), target)
    assert [one.rule for one in refused(town, target)] == ["sheet-empty"]
    book = load_workbook(target)
    pages: Pages = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    assert set(pages) == {sheet.name for sheet in layout()} | {"选项"}
    for name, rows in pages_of(town).items():
        assert [row[0] for row in pages[name][1:3]] == ["填写说明", "示例"]
        pages[name] += rows[FIRST:]
    shutil.copy(town / "catalog/ylj/parks.yml", tmp_path / "kept.yml")
    done = import_workbook(settings_for(town), save(tmp_path / "填好.xlsx", pages))
    assert [(one.path, one.what) for one in done.entries] == [("catalog/ylj/parks.yml", "same")]


def test_an_unfilled_draft_goes_out_and_does_not_come_in(town: Path) -> None:
    found = refused(town, spoiled(town, lambda pages: put(pages, "目录条目", "摘要", "【待填】从哪里来")))
    assert [(one.rule, one.line) for one in found] == [("draft-left", 3)]


def test_entries_that_are_not_in_the_workbook_stay(town: Path) -> None:
    workbook = spoiled(town, lambda _: None)
    (town / "catalog/ylj/more.yml").write_text(entry_text(town).replace("parks.csv", "more.csv"), "utf-8")
    import_workbook(settings_for(town), workbook)
    assert (town / "catalog/ylj/more.yml").exists()


def test_an_entry_written_on_one_line_is_written_anew(town: Path) -> None:
    path = town / "catalog/ylj/parks.yml"
    text = entry_text(town)
    before = entry(town)
    tree = yaml.load(text, yaml.BaseLoader)
    path.write_text(yaml.safe_dump(tree, default_flow_style=True, allow_unicode=True, width=10**6), "utf-8")
    assert entry(town) == before
    import_workbook(settings_for(town), spoiled(town, lambda pages: put(pages, "目录条目", "摘要", "新的摘要。")))
    assert entry(town) == before.model_copy(update={"summary": "新的摘要。"})


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "file-empty"),
        (b"PK\x03\x04 no zip", "workbook-broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file-extension"),
    ],
)
def test_a_file_that_is_no_workbook_is_told(town: Path, content: bytes, rule: str) -> None:
    (town / "表.xlsx").write_bytes(content)
    assert [one.rule for one in refused(town, town / "表.xlsx")] == [rule]


def test_hidden_characters_don_t_get_in(town: Path) -> None:
    found = refused(town, spoiled(town, lambda pages: put(pages, "目录条目", "摘要", "正常\u202e的摘要")))
    assert [one.rule for one in found] == ["yaml-hidden-character"]


def test_on_the_command_line(town: Path, tmp_path: Path) -> None:
    base = [sys.executable, str(CODE / "build.py"), "sheet"]
    more = ["--root", str(town), "--now", "2026-11-22T10:00"]
    run = lambda *words: subprocess.run([*base, *words, *more], capture_output=True, text=True, check=False)  # noqa: E731
    target = str(tmp_path / "公园.xlsx")
    done = run("export", "parks", target)
    assert (done.returncode, done.stdout.strip()) == (0, f"已写入 {target}：1 个条目")
    assert run("export", "parks", target).returncode == 1
    done = run("import", target)
    assert (done.returncode, done.stdout) == (0, "没有变化 catalog/ylj/parks.yml\n")
    assert run("import", "--lang", "en", target).stdout == "as before catalog/ylj/parks.yml\n"
    assert run("import", str(tmp_path / "none.xlsx")).returncode == 2
    assert run().returncode == 2
    template = run("export", "--template", str(tmp_path / "模板.xlsx"))
    assert template.stdout.strip().endswith("空白模板")


def test_after_an_import_the_gate_judges_as_ever(town: Path) -> None:
    import_workbook(
        settings_for(town), spoiled(town, lambda pages: put(pages, "目录条目", "摘要", "改过的摘要，供市民查找公园。"))
    )
    assert errors_in(check(settings_for(town), QUIET).problems) == []


def test_a_column_s_place_does_not_matter(town: Path) -> None:
    pages = pages_of(town)
    place = column(pages, "数据项", "类型")
    width = len(pages["数据项"][0])
    pages["数据项"] = [[*row, *[""] * (width - len(row))] for row in pages["数据项"]]
    for row in pages["数据项"]:
        row.insert(2, row.pop(place))
    done = import_workbook(settings_for(town), save(town / "换列.xlsx", pages))
    assert [one.what for one in done.entries] == ["same"]
