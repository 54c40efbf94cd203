"""Near-duplicates, dependencies, series and relations, beyond their broken examples."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from portal.catalogue import read_catalogue
from portal.checks.area import area_of
from portal.checks.files import check_files
from portal.checks.references import References, check_references
from portal.checks.series import areas_of, series_name
from portal.model import Dataset, Portal
from tests.catalogues import ENTRY, PORTAL, changed, make_catalogue, settings_for, write_entry
from tests.unit.rows_corpus import judged, schema_of

TWO = schema_of("name string", "town string", "n integer", primaryKey=["name", "town"])


def told(report: Any) -> list[tuple[str, str, int, str | None]]:
    return [(p.path[-5:], p.rule, p.row, p.values.get("first") or p.values.get("usual")) for p in report.problems]


# near-duplicates


def test_keys_of_one_column_are_told_with_both_rows_across_files(tmp_path: Path) -> None:
    schema = schema_of("name string", "n integer", primaryKey=["name"])
    report = judged(tmp_path, schema, "name,n\n大学,1\n小学,2\n", "name,n\n大　学,3\n大學,4\n")
    assert told(report) == [("1.csv", "near-duplicate", 2, "2（0.csv）"), ("1.csv", "look-alike", 3, "2（0.csv）")]
    assert report.problems[0].values["how"] == "空格"


def test_keys_of_several_columns_need_every_part(tmp_path: Path) -> None:
    report = judged(tmp_path, TWO, "name,town,n\n东园,平江,1\n东园 ,平江,2\n东园 ,留园,3\n")
    assert [one for one in told(report) if one[1] != "spelling-variants"] == [("0.csv", "near-duplicate", 3, "2")]


def test_without_a_key_whole_rows_are_compared_and_numbers_decide(tmp_path: Path) -> None:
    schema = schema_of("name string", "n integer")
    same = judged(tmp_path / "a", schema, "name,n\nA座,1\nb座,2\nＡ座,1\n")
    assert [one for one in told(same) if one[1] != "spelling-variants"] == [("0.csv", "near-duplicate", 4, "2")]
    other = judged(tmp_path / "b", schema, "name,n\nA座,1\nb座,2\nＡ座,3\n")
    assert [one[1] for one in told(other)] == ["spelling-variants"]


def test_the_rarer_spelling_is_told_with_the_usual_one(tmp_path: Path) -> None:
    text = (
        "id,unit\n"
        + "".join(f"{i},綠化站\n" for i in range(3))
        + "3,绿化站\n"
        + "".join(f"{i},绿化站\n" for i in range(4, 9))
    )
    (problem,) = judged(tmp_path, schema_of("id integer", "unit string", primaryKey=["id"]), text).problems
    assert (problem.rule, problem.field, problem.row) == ("spelling-variants", "unit", 2)
    assert [problem.values[key] for key in ("usual", "usual_count", "own_count", "how")] == [
        "绿化站",
        "6",
        "3",
        "繁体简体",
    ]


@pytest.mark.parametrize("more", ["pattern=.*", "enum=A|a"])
def test_a_column_that_says_how_it_is_spelled_is_left_alone(more: str, tmp_path: Path) -> None:
    schema = schema_of("id integer", f"code string {more}", primaryKey=["id"])
    assert judged(tmp_path, schema, "id,code\n1,A\n2,a\n").problems == ()


def test_ten_thousand_names_with_capitals_are_compared_once(tmp_path: Path) -> None:
    text = "name\n" + "".join(f"Name {i}\n" for i in range(10_000)) + "NAME 77\n"
    report = judged(tmp_path, schema_of("name string", primaryKey=["name"]), text)
    assert told(report) == [("0.csv", "look-alike", 10_002, "79")]


# declared rules over all rows


def test_one_code_one_name_over_all_files(tmp_path: Path) -> None:
    schema = schema_of(
        "id integer", "code string", "name string", primaryKey=["id"], checks=[{"key": "code", "determines": "name"}]
    )
    report = judged(tmp_path, schema, "id,code,name\n1,A,甲\n2,B,乙\n3,A,\n", "id,code,name\n4,A,丙\n5,B,乙\n")
    assert [one for one in told(report) if one[1] == "code-name"] == [("1.csv", "code-name", 2, "2（0.csv）")]
    assert report.problems[-1].values["other"] == "甲"


def test_rows_with_missing_cells_break_no_comparison(tmp_path: Path) -> None:
    schema = schema_of("a integer", "b integer", "c string", checks=[{"left": "a", "op": "<=", "right": "b"}])
    report = judged(tmp_path, schema, "a,b,c\n1,2,x\n3,,y\n,1,z\n5,4,w\nx,1,v\n9\n")
    assert [(p.row, p.values["found"]) for p in report.problems if p.rule == "row-check"] == [(5, "a = 5、b = 4")]


def test_every_broken_row_is_counted_and_the_clean_ones_cost_nothing(tmp_path: Path) -> None:
    schema = schema_of("id integer", "合格率 number", primaryKey=["id"])
    text = "id,合格率\n" + "".join(f"{i},{i}\n" for i in range(1, 201))
    (problem,) = judged(tmp_path, schema, text).problems
    assert (problem.rule, problem.values["count"], problem.row) == ("percent-range", "100", 102)


# series


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("公园名录（2025年）", "公园名录"),
        ("公园名录（2023—2025年）", "公园名录"),
        ("2024年度某市公园名录", "公园名录"),
        ("某县公园名录2024年3月", "公园名录"),
        ("公园名录（二〇二四年上半年）", "公园名录"),
        ("公园名录-2024-03", "公园名录"),
        ("PM2.5监测站", "PM25监测站"),
    ],
)
def test_a_series_has_one_name(title: str, name: str) -> None:
    assert series_name(title, {"某市", "某县"}) == name


def test_an_entry_names_its_areas_part_by_part() -> None:
    one = Dataset.model_validate(
        {"id": "parks", "department": "ylj", **changed(ENTRY, {"spatial": "江苏省苏州市昆山市"})}
    )
    assert {"江苏省", "江苏", "苏州市", "昆山市", "昆山"} <= areas_of(one)


# areas


@pytest.mark.parametrize(
    ("spatial", "name"),
    [("江苏省苏州市", "苏州市"), ("江苏省", "中国"), (None, "中国"), ("全球", "地球"), ("苏州市以外", "中国")],
)
def test_the_area_is_the_smallest_that_spatial_ends_with(spatial: str | None, name: str) -> None:
    bounds = {"west": "119.9", "south": "30.7", "east": "121.4", "north": "32.1"}
    portal = Portal.model_validate({**PORTAL, "jurisdictions": [{**PORTAL["jurisdictions"][0], "bounds": bounds}]})
    one = Dataset.model_validate({"id": "parks", "department": "ylj", **changed(ENTRY, {"spatial": spatial})})
    assert area_of(one, portal).name == name


# relations


def related(root: Path, relation: dict[str, Any], rows: str, others: str) -> References:
    make_catalogue(
        root, rows=rows, relations=[{"to": "stations", "fields": {"名称": "名称"}, "note": "同期", **relation}]
    )
    files = [{"path": "stations.csv", "schema": ENTRY["files"][0]["schema"]}]
    (root / "datasets/ylj/stations.csv").write_text(others, "utf-8")
    write_entry(root, "ylj", "stations", changed(ENTRY, {"title": "养护站点（2025年）", "files": files}))
    settings = settings_for(root)
    read = read_catalogue(settings)
    return check_references(read, settings, check_files(read, settings).prepared)


HEAD = "编号,名称,面积\n"
THREE = HEAD + "0001,甲,1\n0002,乙,2\n0003,丙,3\n"


@pytest.mark.parametrize(
    ("relation", "rows", "others", "levels"),
    [
        ({"kind": "shared-key"}, THREE, HEAD + "0001,甲,1\n", []),  # every row of the other one is found here
        ({"kind": "shared-key"}, THREE, HEAD + "0001,甲,1\n0002,丁,1\n", ["warning"]),
        ({"kind": "shared-key", "coverage": "30"}, THREE, HEAD + "0001,甲,1\n", []),
        ({"kind": "shared-key", "coverage": "34"}, THREE, HEAD + "0001,甲,1\n", ["error"]),  # 33.3 %
        ({"kind": "part-of"}, THREE, THREE + "0004,丁,4\n", []),
        ({"kind": "part-of"}, THREE, HEAD + "0001,甲,1\n0002,乙,2\n", ["warning"]),
        ({"kind": "same-topic"}, THREE, HEAD + "0001,丁,1\n", []),
    ],
)
def test_a_relation_is_held_against_the_data(
    relation: dict[str, Any], rows: str, others: str, levels: list[str], tmp_path: Path
) -> None:
    found = related(tmp_path / "city", relation, rows, others)
    assert [(one.rule, one.level) for one in found.problems] == [("relation-coverage", level) for level in levels]
    (held,) = found.held
    assert held.found is not None
    assert held.found.rows == 3
    again = related(tmp_path / "city", relation, rows, others)
    assert again == found


@pytest.mark.parametrize(("same", "levels"), [(9, []), (8, ["warning"])])
def test_a_shared_key_holds_for_nine_rows_of_ten_and_no_fewer(same: int, levels: list[str], tmp_path: Path) -> None:
    ours = [f"{number:04},我{number},1" for number in range(10)]
    theirs = [f"{number:04},{'我' if number < same else '他'}{number},1" for number in range(10)]
    rows = (HEAD + "\n".join(one) + "\n" for one in (ours, theirs))
    found = related(tmp_path / "city", {"kind": "shared-key"}, *rows)
    assert [one.level for one in found.problems] == levels


def test_two_of_three_are_cut_not_rounded(tmp_path: Path) -> None:
    (held,) = related(tmp_path / "city", {"kind": "part-of"}, THREE, HEAD + "0001,甲,1\n0002,乙,2\n").held
    assert held.found is not None
    assert (held.found.percent, held.found.missing, held.found.back_percent) == (66.6, ("丙",), 100.0)
