"""Each rule about files and rows has a broken example, and says exactly what stands beside it; nothing is done twice."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from portal.catalogue import read_catalogue
from portal.checks.files import CheckedFiles, check_files
from portal.checks.judging import judge
from portal.digests import content_digest
from portal.problems import Lang, Problem
from portal.report import named, render
from portal.settings import CODE
from portal.wording import files as file_words
from portal.wording import rows as row_words
from tests.catalogues import ENTRY, ROWS, changed, lay_example, make_catalogue, settings_for, write_entry
from tests.waiting import effort

BAD = CODE / "tests" / "bad"
UNSEEN = {
    "file-outside",  # `file-path` (checks/schema.py) says it of the entry; tests/unit/test_tablefile.py holds the tool to it
    "workbook-too-large", "workbook-memory", "workbook-too-slow",  # need a limit of a test: tests/unit/test_tablefile.py
}  # fmt: skip
RULES = sorted({**file_words.WORDING, **row_words.WORDING}.keys() - UNSEEN)


def checked(root: Path, *, jobs: int = 1) -> CheckedFiles:
    settings = settings_for(root, jobs=jobs)
    return check_files(read_catalogue(settings), settings)


def told(root: Path, lang: Lang = "zh") -> str:
    return render(list(checked(root).problems), "text", lang) + "\n"


@pytest.mark.parametrize("rule", RULES)
def test_example_says_what_is_expected(rule: str, tmp_path: Path) -> None:
    text = told(lay_example(BAD / rule, tmp_path / "city"))
    assert f"[{rule}]" in text
    assert text == (BAD / rule / "expected.txt").read_text("utf-8")


@pytest.mark.parametrize("rule", ["missing-cell", "wrong-type", "foreign-key", "workbook-merged", "pseudo-empty"])
def test_english_is_complete(rule: str, tmp_path: Path) -> None:
    text = told(lay_example(BAD / rule, tmp_path / "city"), "en")
    assert f"[{rule}]" in text
    assert "''" not in text
    assert "{" not in text


def test_a_valid_catalogue_has_no_problem_and_its_files_are_ready(tmp_path: Path) -> None:
    found = checked(make_catalogue(tmp_path / "city"))
    assert found.problems == ()
    assert found.rows == {"parks": 3}
    ready = found.prepared["parks"]["parks.csv"]
    assert (ready.encoding, ready.format, ready.csv.read_text("utf-8")) == ("utf-8", "csv", ROWS)
    assert found.digests == {"parks": {"parks.csv": ready.sha256}}


def test_a_clean_gb18030_file_is_read_and_the_report_says_how(tmp_path: Path) -> None:
    found = checked(make_catalogue(tmp_path / "city", rows=ROWS.encode("gb18030")))
    assert found.problems == ()
    assert found.prepared["parks"]["parks.csv"].encoding == "gb18030"


def test_a_file_that_a_broken_entry_names_is_not_called_undeclared(tmp_path: Path) -> None:
    root = make_catalogue(tmp_path / "city")
    for name in ("parks-2.csv", "公园.csv", "draft.csv"):
        (root / "datasets/ylj" / name).write_text(ROWS, "utf-8")
    (root / "catalog/ylj/parks-2.yml").write_text("files: [\n  - path: parks-2.csv\n", "utf-8")
    (root / "catalog/ylj/parks-3.yaml").write_bytes("files:\n  - path: 公园.csv\n".encode("gb18030"))
    assert [(one.rule, one.path) for one in checked(root).problems] == [("file-undeclared", "datasets/ylj/draft.csv")]


def test_one_broken_file_does_not_hide_the_others(tmp_path: Path) -> None:
    root = make_catalogue(tmp_path / "city", rows="编号,名称,面积\n0001,东园,大\n")
    for number, data in enumerate([b"\xff\xfe\x00", b"", "编号,名称,面积\n,,\n".encode()]):
        name = f"parks-{number}"
        (root / "datasets/ylj" / f"{name}.csv").write_bytes(data)
        files = [{**ENTRY["files"][0], "path": f"{name}.csv"}]
        write_entry(root, "ylj", name, changed(ENTRY, {"title": f"公园名录{number}", "files": files}))
    found = checked(root, jobs=2)
    assert [(problem.path, problem.rule, problem.dataset) for problem in found.problems] == [
        ("datasets/ylj/parks-0.csv", "encoding-utf16", "parks-0"),
        ("datasets/ylj/parks-1.csv", "file-empty", "parks-1"),
        ("datasets/ylj/parks-2.csv", "blank-row", "parks-2"),
        ("datasets/ylj/parks.csv", "wrong-type", "parks"),
    ]


def test_a_second_run_judges_nothing_again(tmp_path: Path) -> None:
    root = make_catalogue(tmp_path / "city", rows="编号,名称,面积\n0001,东园,大\n")
    first = checked(root)
    verdicts = {path: path.stat().st_mtime_ns for path in (root / "_build/cache/rows").rglob("verdict.json")}
    start = effort()
    second = checked(root)
    assert effort() - start < 5
    assert second == first
    assert {path: path.stat().st_mtime_ns for path in (root / "_build/cache/rows").rglob("verdict.json")} == verdicts


def test_verdicts_of_a_whole_run_are_found_in_one_file(tmp_path: Path) -> None:
    """Also after a run that looked at nothing; what a folder holds besides is not asked for."""
    root = make_catalogue(tmp_path / "city", rows="编号,名称,面积\n0001,东园,大\n")
    first = checked(root)
    shutil.rmtree(root / "_build/cache/rows")
    settings = settings_for(root)
    check_files(read_catalogue(settings), settings, ())
    assert checked(root) == first
    assert not (root / "_build/cache/rows").exists()


def test_a_verdict_with_a_list_keeps_it(tmp_path: Path) -> None:
    root = lay_example(BAD / "more-rows", tmp_path / "city")
    first = checked(root)
    lines = first.reports[0].read_bytes()
    assert checked(root) == first
    assert first.reports[0].read_bytes() == lines


def test_one_changed_cell_is_judged_again(tmp_path: Path) -> None:
    root = make_catalogue(tmp_path / "city")
    assert checked(root).problems == ()
    (root / "datasets/ylj/parks.csv").write_text(ROWS.replace("12.5", "大"), "utf-8")
    assert [problem.rule for problem in checked(root).problems] == ["wrong-type"]


def test_a_changed_title_is_no_reason_to_judge_rows_again_but_a_constraint_is(tmp_path: Path) -> None:
    root = make_catalogue(tmp_path / "city")
    checked(root)
    kept = len(list((root / "_build/cache/rows").iterdir()))
    write_entry(root, "ylj", "parks", changed(ENTRY, {"title": "城区公园名录（2025年修订）"}))
    checked(root)
    assert len(list((root / "_build/cache/rows").iterdir())) == kept
    files = [{**ENTRY["files"][0], "schema": {**ENTRY["files"][0]["schema"], "primaryKey": "名称"}}]
    write_entry(root, "ylj", "parks", changed(ENTRY, {"files": files}))
    checked(root)
    assert len(list((root / "_build/cache/rows").iterdir())) == kept + 1


def test_what_reviews_cover_is_told_of_every_set_that_can_be_read_whole(tmp_path: Path) -> None:
    """As a release would have it (digests.content_digest), whether it was kept or is spelled out."""
    root = make_catalogue(tmp_path / "city")
    for rows in (ROWS, ROWS, ROWS.replace("12.5", "13.5")):
        (root / "datasets/ylj/parks.csv").write_text(rows, "utf-8")
        found = checked(root)
        dataset = read_catalogue(settings_for(root)).catalogue.datasets[0]
        assert found.contents == {"parks": content_digest(dataset, found.digests["parks"])}
    (root / "datasets/ylj/parks.csv").unlink()
    assert checked(root).contents == {}


def test_exceptions_of_the_entry_hold_for_a_whole_column(tmp_path: Path) -> None:
    allow = [{"rule": "empty-value", "field": "面积", "reason": "尚未测量的公园没有面积", "until": "2027-12-31"}]
    root = make_catalogue(tmp_path / "city", rows="编号,名称,面积\n0001,东园,\n0002,,3\n0003,南园,\n", allow=allow)
    settings = settings_for(root)
    read = read_catalogue(settings)
    problems = judge(check_files(read, settings).problems, read, settings)
    assert [(problem.rule, problem.field, problem.row) for problem in problems] == [("empty-value", "名称", 3)]


def test_the_whole_list_of_a_long_one_is_a_table(tmp_path: Path) -> None:
    root = lay_example(BAD / "more-rows", tmp_path / "city")
    found = checked(root)
    assert len([problem for problem in found.problems if problem.rule == "pattern-value"]) == 1000
    (report,) = found.reports
    assert report == root / "_build/reports/parks.parks.csv"
    lines = report.read_text("utf-8-sig").splitlines()
    assert lines[0] == "file,row,column,field,rule,value,limit"
    assert lines[1] == r"datasets/ylj/parks.csv,2,1,编号,pattern-value,1,\d{5}"
    assert len(lines) == 1003


def test_empties_that_are_not_all_named_have_their_list(tmp_path: Path) -> None:
    rows = "".join(f"{number:04},公园{number},\n" for number in range(1, 12))
    text = told(make_catalogue(tmp_path / "city", rows=f"编号,名称,面积\n{rows}"))
    assert "第 2、3、4、5、6、7、8、9、10、11… 行" in text
    assert "完整清单：_build/reports/parks.parks.csv\n" in text
    report = (tmp_path / "city/_build/reports/parks.parks.csv").read_text("utf-8-sig")
    assert report.count("empty-value") == 11


def test_conditional_sets_have_no_files_here(tmp_path: Path) -> None:
    conditions = [{"category": "security", "text": "具备数据安全管理制度", "ground": "汇聚后可能识别到个人"}]
    more = {
        "open_ground": "《个人信息保护法》第四条",
        "open_conditions": conditions,
        "application_materials": ["制度文本"],
    }
    root = make_catalogue(tmp_path / "city", open_type="conditional", **more)
    (root / "datasets/ylj/parks.csv").unlink()
    found = checked(root)
    assert found.problems == ()
    assert found.prepared == {}


def test_problems_survive_the_way_between_processes() -> None:
    import pickle

    problem = Problem("wrong-type", "datasets/ylj/a.csv", values={"value": "大"}, row=2, field="面积")
    assert pickle.loads(pickle.dumps(replace(problem, dataset="parks"))).row == 2


def test_of_some_sets_only_their_data_are_read_and_those_near_them(tmp_path: Path) -> None:
    """`near` points to the set that is asked for, `far` to nothing; all three have the same broken row."""
    root = make_catalogue(tmp_path / "city")
    for name, relations in (("near", [{"to": "parks", "kind": "same-topic"}]), ("far", [])):
        entry = {**ENTRY, "files": [{**ENTRY["files"][0], "path": f"{name}.csv"}], "relations": relations}
        write_entry(root, "ylj", name, entry, reviewed=False)
        (root / "datasets" / "ylj" / f"{name}.csv").write_text(f"{ROWS}too,few\n", "utf-8")
    (root / "datasets" / "ylj" / "parks.csv").write_text(f"{ROWS}too,few\n", "utf-8")
    settings = settings_for(root)
    read = read_catalogue(settings)
    assert {one.dataset for one in check_files(read, settings).problems} == {"parks", "near", "far"}
    some = check_files(read, settings, {"parks"})
    assert ({one.dataset for one in some.problems}, some.prepared.keys()) == ({"parks", "near"}, {"parks", "near"})
    assert check_files(read, settings, {"far"}).prepared.keys() == {"far"}
    assert check_files(read, settings, ()).prepared == {}


def test_paths_name_sets_by_entry_by_data_and_by_folder(tmp_path: Path) -> None:
    root = make_catalogue(tmp_path / "city")
    sets = read_catalogue(settings_for(root)).catalogue.datasets
    for path in ("catalog/ylj/parks.yml", "catalog/ylj", "datasets/ylj/parks.csv", "datasets", "."):
        assert named([str(root / path)], sets, root) == {"parks"}, path
    assert named([str(root / "catalog" / "portal.yml")], sets, root) == frozenset()
    assert named([], sets, root) is None
