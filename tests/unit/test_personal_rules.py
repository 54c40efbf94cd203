"""The rules about personal data: what a department is told, what it can be excepted from, and that nothing is in clear."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from portal.catalogue import read_catalogue
from portal.checks.files import check_files
from portal.checks.judging import check_entries, judge
from portal.checks.personal import CleanWords
from portal.problems import Problem
from portal.profile import load_profile, profile_names
from portal.report import render
from portal.settings import CODE
from portal.wording.personal import COLUMNS, ENTRY
from tests.catalogues import ENTRY as PARKS
from tests.catalogues import changed, lay_example, make_catalogue, settings_for, write_entry
from tests.unit.test_bad_examples import DAY

BAD = CODE / "tests" / "bad"
IDS = ["110101190001010014", "110101190001010030"]
MOBILE = "13800000000"


def problems_of(root: Path, now: Any = DAY) -> list[Problem]:
    settings = settings_for(root, now=now)
    read = read_catalogue(settings)
    files = check_files(read, settings)
    return judge([*read.problems, *check_entries(read, settings), *files.problems], read, settings)


def personal(root: Path, now: Any = DAY) -> list[Problem]:
    return [one for one in problems_of(root, now) if one.rule.startswith(("personal-", "allow-"))]


@pytest.mark.parametrize("rule", [*COLUMNS, *ENTRY])
def test_example_says_what_is_expected(rule: str, tmp_path: Path) -> None:
    text = render(personal(lay_example(BAD / rule, tmp_path / "city")), "text", "zh") + "\n"
    assert f"[{rule}]" in text
    assert text == (BAD / rule / "expected.txt").read_text("utf-8")


@pytest.mark.parametrize("rule", [*COLUMNS, *ENTRY])
def test_english_is_complete(rule: str, tmp_path: Path) -> None:
    text = render(personal(lay_example(BAD / rule, tmp_path / "city")), "text", "en")
    assert f"[{rule}]" in text
    assert "''" not in text
    assert "{" not in text


def words_of(root: Path) -> tuple[frozenset[str], list[str | None]]:
    """One run as `check` does it: the entries known to be clean before, and those that have a problem now."""
    settings = settings_for(root, now=DAY)
    read = read_catalogue(settings)
    known = CleanWords(read, settings.cache)
    found = check_entries(read, settings, clean=known.ids)
    known.keep(found)
    return known.ids, [one.dataset for one in found if one.rule == "personal-text"]


def test_words_are_looked_through_again_only_where_an_entry_changed(tmp_path: Path) -> None:
    root = make_catalogue(tmp_path / "city")
    ponds = {"title": "城区池塘面积（2025年）", "files": [{**PARKS["files"][0], "path": "ponds.csv"}]}
    write_entry(root, "ylj", "ponds", changed(PARKS, ponds))
    assert words_of(root) == (frozenset(), [])
    assert words_of(root) == ({"parks", "ponds"}, [])
    told = changed(PARKS, {**ponds, "summary": f"有疑问请拨打 {MOBILE} 咨询。"})
    write_entry(root, "ylj", "ponds", told)
    assert words_of(root) == ({"parks"}, ["ponds"])
    assert words_of(root) == ({"parks"}, ["ponds"]), "what was found is found each time"
    write_entry(root, "ylj", "ponds", {**told, "summary": "全市池塘的位置和面积，供市民查找。"})
    assert words_of(root) == ({"parks"}, [])
    assert words_of(root) == ({"parks", "ponds"}, [])


FIELDS = [
    {
        "name": "编号",
        "title": "公园编号",
        "type": "string",
        "description": "四位数字",
        "constraints": {"pattern": r"\d{4}"},
    },
    {"name": "电话", "title": "值班电话", "type": "string", "description": "白天值守的电话"},
    {"name": "备注", "title": "备注", "type": "string", "description": "值班情况的说明"},
]
ROWS = f"编号,电话,备注\n0001,{MOBILE},无异常\n0002,0512-65220000,证件{IDS[0]}\n0003,138-0000-0000,{IDS[1]}\n"


def city(root: Path, rows: str = ROWS, **changes: Any) -> Path:
    files = [{"path": "parks.csv", "schema": {"primaryKey": "编号", "fields": FIELDS}}]
    return make_catalogue(root, rows=rows, files=files, **changes)


def allow(rule: str, field: str | None, until: date) -> dict[str, str]:
    told = {"rule": rule, "field": field, "reason": "依《示范条例》第一条应当公开", "until": str(until)}
    return {key: value for key, value in told.items() if value is not None}


def told(root: Path) -> set[tuple[str, str | None]]:
    return {(one.rule, one.field) for one in personal(root)}


LATER, PAST = DAY.date() + timedelta(days=300), DAY.date() - timedelta(days=1)


def test_every_column_and_kind_is_one_problem_and_stops_the_build(tmp_path: Path) -> None:
    found = personal(city(tmp_path))
    assert [(one.rule, one.field, one.values["count"], one.values["rows"], one.level) for one in found] == [
        ("personal-mobile", "电话", "2", "2、4", "error"),
        ("personal-id", "备注", "2", "3、4", "error"),
    ]


def test_an_exception_holds_for_its_column_and_kind_alone(tmp_path: Path) -> None:
    assert told(city(tmp_path / "a", allow=[allow("personal-mobile", "电话", LATER)])) == {("personal-id", "备注")}
    wrong = told(city(tmp_path / "b", allow=[allow("personal-mobile", "备注", LATER)]))
    assert wrong == {("personal-mobile", "电话"), ("personal-id", "备注"), ("allow-unused", None)}


def test_an_exception_without_column_lifts_nothing(tmp_path: Path) -> None:
    found = told(city(tmp_path, allow=[allow("personal-mobile", None, LATER)]))
    assert found == {("personal-mobile", "电话"), ("personal-id", "备注"), ("allow-without-column", None)}


def test_an_exception_that_has_run_out_is_an_error_and_lifts_nothing(tmp_path: Path) -> None:
    found = personal(
        city(tmp_path, allow=[allow("personal-mobile", "电话", PAST), allow("personal-id", "备注", LATER)])
    )
    assert {(one.rule, one.level) for one in found} == {("personal-mobile", "error"), ("allow-expired", "error")}


def test_the_entrys_own_words_can_not_be_excepted(tmp_path: Path) -> None:
    allowed = [allow("personal-text", None, LATER)]
    found = told(
        city(
            tmp_path, rows=ROWS.splitlines()[0] + "\n0001,无,无异常\n", summary=f"有疑问请拨打{MOBILE}。", allow=allowed
        )
    )
    assert {("personal-text", None), ("allow-impossible", None)} <= found


def test_nothing_is_in_clear_in_any_report_nor_in_what_is_kept(tmp_path: Path) -> None:
    many = "".join(f"{n:04},{MOBILE},证件 {IDS[0]} 一张\n" for n in range(3000, 3040))
    root = city(tmp_path, rows=ROWS + f"{IDS[0]},x,y\n{IDS[0]},x,y\n" + many)
    found = problems_of(root)
    assert {"pattern-value", "primary-key", "personal-id", "personal-mobile"} <= {one.rule for one in found}
    texts = [
        render(found, fmt, lang) for fmt in ("text", "json", "markdown", "github", "sarif") for lang in ("zh", "en")
    ]
    kept = [path for path in (root / "_build").rglob("*") if path.suffix in (".json", ".csv") and path.is_file()]
    prepared = {path for path in kept if path.read_bytes().startswith("编号,".encode())}
    texts += [path.read_text("utf-8-sig") for path in set(kept) - prepared]
    assert len(texts) > 11  # the verdict and the report are among them
    for text in texts:
        assert not [one for one in (*IDS, MOBILE, "138-0000-0000") if one in text]


def test_the_report_lists_every_hit(tmp_path: Path) -> None:
    root = city(tmp_path, rows=ROWS + "".join(f"{n:04},{MOBILE},无异常\n" for n in range(3000, 3040)))
    settings = settings_for(root)
    files = check_files(read_catalogue(settings), settings)
    lines = list(csv.reader(files.reports[0].read_text("utf-8-sig").splitlines()))
    assert lines[0] == ["file", "row", "column", "field", "rule", "value", "limit"]
    assert sum(line[4] == "personal-mobile" for line in lines) == 42
    assert ["datasets/ylj/parks.csv", "5", "2", "电话", "personal-mobile", "138******00", ""] in lines


def test_an_unchanged_table_is_not_scanned_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = city(tmp_path)
    first = personal(root)
    monkeypatch.setattr("portal.checks.personal.scan_table", lambda *_, **__: pytest.fail("scanned again"))
    assert personal(root) == first


def test_words_everywhere_in_an_entry_are_looked_at(tmp_path: Path) -> None:
    fields = [{**FIELDS[0], "description": f"编号规则请问 {MOBILE}"}, {**FIELDS[1], "codes": {"1": "li@qq.com"}}]
    root = make_catalogue(
        tmp_path,
        rows="编号,电话\n0001,无\n",
        files=[{"path": "parks.csv", "title": f"证件{IDS[0]}", "schema": {"primaryKey": "编号", "fields": fields}}],
        contact={"office": "园林局信息中心（示范）", "phone": "0512-00000000", "email": "zhangsan@163.com"},
        processing=[{"kind": "masking", "note": f"去掉了 {IDS[1]} 等号码"}],
    )
    found = [(one.values["kind"], one.values["value"]) for one in personal(root) if one.rule == "personal-text"]
    assert sorted(found) == sorted(
        [
            ("个人电子邮箱", "zha*********om"),
            ("公民身份号码", "110*************14"),
            ("手机号码", "138******00"),
            ("个人电子邮箱", "l******"),
            ("公民身份号码", "110*************30"),
        ]
    )


def test_the_example_of_an_api_and_the_department_are_looked_at(tmp_path: Path) -> None:
    api = {
        "endpoint": "https://example.org/api",
        "documentation": "https://example.org/docs",
        "example": json.dumps({"name": "示例", "phone": MOBILE}, ensure_ascii=False),
        "record": "示范〔2026〕3号",
    }
    root = make_catalogue(tmp_path, data_type="api", files=None, api=api)
    department = root / "catalog" / "ylj" / "department.yml"
    department.write_text(department.read_text("utf-8") + f"duty: 负责公园，证件{IDS[0]}\n", "utf-8")
    found = {(one.path, one.values["value"]) for one in personal(root) if one.rule == "personal-text"}
    assert found == {
        ("catalog/ylj/parks.yml", "138******00"),
        ("catalog/ylj/department.yml", "110*************14"),
    }


@pytest.mark.parametrize("name", profile_names())
def test_every_city_says_on_which_article_it_stands_and_none_weakens_it(name: str) -> None:
    profile = load_profile(name)
    assert (profile.article_of("personal") or "").startswith(f"《{profile.basis.title}》第")
    assert not [rule for rule in {*COLUMNS, *ENTRY} if profile.level_of(rule)]
