"""`build.py new` on real files: a draft, filled where it asks, passes the gate; its types are those of the experts."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import yaml
from rich.console import Console

from portal.catalogue import read_catalogue
from portal.drafting import Order, draft
from portal.model import Dataset
from portal.pipeline import check
from portal.problems import CatalogueHasProblems, errors_in
from portal.progress import Progress
from portal.report import render
from portal.review import Verdict, review
from portal.settings import CODE, Settings
from portal.wording.drafts import MARK
from portal.yamltext import document
from tests.catalogues import dump, make_catalogue, settings_for, write_entry

QUIET = Progress("zh", Console(file=StringIO()))
OPEN = [one for one in read_catalogue(settings_for(CODE)).catalogue.datasets if one.is_open]
SHORTER_KEYS = {"china-zip-codes": ("城市",), "solar-terms": ("公历日期",)}
"""Sets whose authors took a longer key than the values need: a city is unique without its province."""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("city")
    for name in ("catalog", "datasets"):
        shutil.copytree(CODE / name, root / name)
    return root


@pytest.fixture(scope="module")
def settings(city: Path) -> Settings:
    return settings_for(city, jobs=2)


def tree(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)


def filled(drafted: Any, right: Any) -> Any:
    """What a person would make of it: each marked place from the real entry; what that lacks goes."""
    if isinstance(drafted, dict):
        pairs = {
            key: filled(value, right.get(key) if isinstance(right, dict) else None) for key, value in drafted.items()
        }
        return {key: value for key, value in pairs.items() if value is not None}
    if isinstance(drafted, list):
        if any(isinstance(item, str) and MARK in item for item in drafted):
            return right
        return [filled(item, _same(item, place, right)) for place, item in enumerate(drafted)]
    return right if MARK in drafted else drafted


def _same(item: Any, place: int, right: Any) -> Any:
    """The item of the real entry that is meant: by column, else by place."""
    if isinstance(item, dict) and item.get("rule"):
        return next((one for one in right or [] if one["field"] == item["field"]), None)
    return right[place] if isinstance(right, list) and place < len(right) else None


def drafted_again(dataset: Dataset, settings: Settings) -> tuple[Any, Any]:
    """The draft of a real set from its files, as if it had no entry; and the real entry. The draft is left in place."""
    path = settings.root / f"catalog/{dataset.department}/{dataset.id}.yml"
    right = tree(path)
    path.unlink()
    files = tuple(settings.root / f"datasets/{dataset.department}/{one.path}" for one in dataset.files)
    sheets = tuple(one.sheet for one in dataset.files if one.sheet)
    draft(settings, Order(files, id=dataset.id, sheets=sheets))
    return tree(path), right


def test_every_real_set_is_drafted_filled_and_passes(settings: Settings) -> None:
    """All of them, one after another, each among the real entries; then one run of the gate."""
    kinds = right_kinds = 0
    for dataset in OPEN:
        path = settings.root / f"catalog/{dataset.department}/{dataset.id}.yml"
        kept = path.read_text("utf-8")
        made, right = drafted_again(dataset, settings)
        path.write_text(kept, "utf-8")
        tables = [file["schema"] for file in made["files"] if "schema" in file]
        for found, table in zip(tables, dataset.tables, strict=True):
            columns = [(one["type"], one.get("format")) for one in found["fields"]]
            hand = [(one.type, one.format) for one in table.table_schema.fields]
            kinds += len(hand)
            right_kinds += sum(a == b for a, b in zip(columns, hand, strict=True))
            key = SHORTER_KEYS.get(dataset.id, table.table_schema.primary_key)
            assert found["primaryKey"] == (key[0] if len(key) == 1 else list(key)), dataset.id
            pointed = {(one["fields"], one["reference"]["resource"]) for one in found.get("foreignKeys", [])}
            assert {(one.fields[0], one.reference.resource) for one in table.table_schema.foreign_keys} <= pointed
        path.with_suffix(".filled").write_text(document({**filled(made, right), **_of_people(right)}), "utf-8")
    assert right_kinds == kinds == sum(len(t.table_schema.fields) for one in OPEN for t in one.tables)
    for path in sorted(settings.catalog.rglob("*.filled")):
        path.replace(path.with_suffix(".yml"))
    found = [one for one in errors_in(check(settings, QUIET).problems) if one.dataset]
    assert {one.rule for one in found} <= {"review-outdated"}, render(found, "text", "zh")


def _of_people(right: Any) -> Any:
    """Records that no data show: reviews, relations, records of changes and of grading."""
    drafted = {"title", "summary", "domain", "keywords", "open_type", "update_frequency", "data_date", "temporal"}
    drafted |= {"spatial", "coordinate_system", "jurisdiction", "licence", "contact", "source", "files", "allow"}
    return {key: value for key, value in right.items() if key not in drafted}


# --- a small town, from nothing


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return make_catalogue(tmp_path / "town")


def rules_of(root: Path) -> list[str]:
    return [one.rule for one in errors_in(check(settings_for(root), QUIET).problems)]


GBK = (
    "设施编号,设施名称,类别,面积（平方米）,建成日期,联系电话,备注\r\n"
    '0001,东园,公园,12500,2019/3/1,0512-65000001,"有停车场,收费"\r\n'
    "0002,西园,公园,3000.5,2020/12/31,0512-65000002,无\r\n"
    "0003,北塔,古迹,84,2001/1/9,0512-65000003,\r\n"
)


def test_a_gbk_file_from_excel(town: Path) -> None:
    data = town / "datasets/ylj/设施.csv"
    data.write_bytes(GBK.encode("gb18030"))
    made = draft(settings_for(town), Order((data,), id="facilities"))
    assert made.path == "catalog/ylj/facilities.yml"
    assert "设施.csv：GBK（GB18030），逗号分隔" in made.report
    entry = tree(town / made.path)
    (file,) = entry["files"]
    found = {one["name"]: one for one in file["schema"]["fields"]}
    kinds = {name: (one["type"], one.get("format"), one.get("unit")) for name, one in found.items()}
    assert kinds == {
        "设施编号": ("string", None, None),
        "设施名称": ("string", None, None),
        "类别": ("string", None, None),
        "面积（平方米）": ("number", None, "平方米"),
        "建成日期": ("date", "%Y/%m/%d", None),
        "联系电话": ("string", None, None),
        "备注": ("string", None, None),
    }
    assert found["设施编号"]["constraints"] == {"required": "true", "pattern": r"\d{4}"}
    assert found["面积（平方米）"]["title"] == "面积"
    assert file["schema"]["primaryKey"] == "设施编号"
    assert file["schema"]["missingValues"] == ["", "无"]
    assert entry["temporal"] == {"from": "2001-01-09", "to": "2020-12-31"}
    assert entry["title"] == f"设施（2001—2020年）{MARK}补上地域，不适用的不补"
    assert [one["field"] for one in entry["allow"]] == ["备注"]
    assert set(rules_of(town)) == {"draft-left"}
    fill_by_hand(town / made.path)
    assert rules_of(town) == ["review-missing"]
    review(settings_for(town), QUIET, "facilities", Verdict("security", "passed", "数据安全岗（示范）"))
    assert rules_of(town) == []


def fill_by_hand(path: Path) -> None:
    """Every marked place, as somebody might fill it."""
    answers = {
        "title": "城区园林设施名录（2001—2020年）",
        "summary": "城区园林设施的编号、名称、面积和建成日期，来自园林局台账，供市民查找。",
        "domain": "parks",
        "keywords": ["公园", "园林"],
        "open_type": "unconditional",
        "update_frequency": "annual",
        "data_date": "2025-12-31",
        "licence": {"name": "CC-BY-4.0"},
        "source": {"upstream": "园林局设施台账"},
        "level": "一级",
    }
    entry = tree(path)
    for key, value in answers.items():
        if MARK in str(entry.get(key)):
            entry[key] = value
    for file in entry["files"]:
        for column in file.get("schema", {}).get("fields", []):
            column["description"] = f"园林局台账所记的内容，逐项登记，列为{column['name']}"
            if "codes" in column:
                column["codes"] = {code: f"第 {code} 类" for code in column["codes"]}
    for one in entry.get("allow", []):
        one |= {"reason": "台账中没有登记这一项", "until": "2027-12-31"}
    text = dump(entry)
    assert MARK not in text
    path.write_text(text, "utf-8")


def test_a_workbook_with_two_sheets_and_notes(town: Path, tmp_path: Path) -> None:
    source = tmp_path / "台账 2025.xlsx"
    with xlsxwriter.Workbook(source) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        book.add_worksheet("填表说明").write_string("A1", "请如实填写")
        places = book.add_worksheet("设施")
        for row, cells in enumerate(
            [("设施编号", "名称", "建成日期"), ("0001", "东园", 43525), ("0002", "西园", 44196)]
        ):
            places.write_string(row, 0, cells[0])
            places.write_string(row, 1, str(cells[1]))
            places.write(row, 2, cells[2], day)
        visits = book.add_worksheet("客流")
        for row, line in enumerate(
            [("设施编号", "月份", "人次"), ("0001", "2025-01", 120), ("0001", "2025-02", 90), ("0002", "2025-01", 7)]
        ):
            visits.write_row(row, 0, line)
    made = draft(settings_for(town), Order((source,), "ylj", "park-ledger", copy=True))
    assert made.copied == ("台账 2025.xlsx",)
    assert made.to_move == ()
    assert "台账 2025.xlsx#填表说明：是说明，没有列入；要列入请用 --sheet" in made.report
    entry = tree(town / made.path)
    first, second = entry["files"]
    assert (first["sheet"], second["sheet"], second["name"]) == ("设施", "客流", "park-ledger-2")
    assert [one["type"] for one in first["schema"]["fields"]] == ["string", "string", "date"]
    assert [one["type"] for one in second["schema"]["fields"]] == ["string", "yearmonth", "integer"]
    assert second["schema"]["primaryKey"] == ["设施编号", "月份"]
    (key,) = second["schema"]["foreignKeys"]
    assert key == {"fields": "设施编号", "reference": {"resource": "park-ledger", "fields": "设施编号"}}
    fill_by_hand(town / made.path)
    assert rules_of(town) == ["review-missing"]


def test_files_with_the_same_columns_are_one_table_and_separators_are_found(town: Path, tmp_path: Path) -> None:
    files = []
    for year in (2024, 2025):
        files.append(tmp_path / f"visits-{year}.csv")
        files[-1].write_text(f"日期;人次\n{year}-01-01;{year % 7}\n{year}-01-02;12\n", "utf-8")
    made = draft(settings_for(town), Order(tuple(files), "ylj", "visits"))
    entry = tree(town / made.path)
    assert [(one["path"], one["delimiter"], one.get("append")) for one in entry["files"]] == [
        ("visits-2024.csv", ";", None),
        ("visits-2025.csv", ";", "true"),
    ]
    assert entry["temporal"] == {"from": "2024-01-01", "to": "2025-01-02"}
    assert made.to_move == tuple(map(str, files))
    assert not (town / "datasets/ylj/visits-2024.csv").exists()


def test_json_is_drafted_as_well(town: Path) -> None:
    data = town / "datasets/ylj/sites.json"
    data.write_text(
        '[{"网址": "https://a.example.org", "名称": "甲"}, {"网址": "https://b.example.org", "名称": "乙"}]', "utf-8"
    )
    made = draft(settings_for(town), Order((data,)))
    columns = tree(town / made.path)["files"][0]["schema"]["fields"]
    assert columns[0]["constraints"]["pattern"] == "https?://.+"


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("a.csv", b"", "file-empty"),
        ("a.csv", "编号,名称\n1,东".encode("utf-16"), "encoding-utf16"),
        ("a.csv", b"a,b\n\x00,1\n", "file-binary"),
        ("a.xlsx", b"PK\x03\x04 not a zip", "workbook-broken"),
        ("a.pdf", b"%PDF", "file-format"),
        ("a.json", b'[{"a": 1', "json-broken"),
        ("a.csv", b'a,b\n1,"open\n', "quote-broken"),
    ],
)
def test_what_can_t_be_read_is_told_as_the_gate_tells_it(town: Path, name: str, content: bytes, rule: str) -> None:
    data = town / "datasets/ylj" / name
    data.write_bytes(content)
    with pytest.raises(CatalogueHasProblems) as found:
        draft(settings_for(town), Order((data,), id="gardens"))
    assert [one.rule for one in found.value.problems] == [rule]
    assert not (town / "catalog/ylj/gardens.yml").exists()


def test_a_link_is_not_followed(town: Path, tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("a\n1\n", "utf-8")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    with pytest.raises(CatalogueHasProblems) as found:
        draft(settings_for(town), Order((tmp_path / "link.csv",), "ylj", "gardens"))
    assert [one.rule for one in found.value.problems] == ["file-link"]


def test_ragged_and_blank_rows_are_counted_not_lost(town: Path) -> None:
    data = town / "datasets/ylj/gardens.csv"
    data.write_text("编号,名称\n0001,东园\n\n0002\n0003,北塔,多\n0004,西园\n", "utf-8")
    made = draft(settings_for(town, lang="en"), Order((data,)))
    assert any("3 rows are blank or have another number of cells" in line for line in made.report)
    assert "  4 rows, 2 columns" in made.report


def test_names_that_could_break_yaml_stay_names(town: Path) -> None:
    labels = ["a: b", "#c", "- d", "'e'", '"f"', "{g}", "yes", "2023", "<h1>", "=1+1", "x\ny", "*i", "!j"]
    out = StringIO()
    csv.writer(out).writerows([labels, ["1"] * len(labels)])
    data = town / "datasets/ylj/gardens.csv"
    data.write_text(out.getvalue(), "utf-8")
    made = draft(settings_for(town), Order((data,)))
    assert [one["name"] for one in tree(town / made.path)["files"][0]["schema"]["fields"]] == labels


def test_the_command_line_tells_what_was_found_and_where_the_draft_is(town: Path) -> None:
    data = town / "datasets/ylj/gardens.csv"
    data.write_text("编号,名称\n0001,东园\n0002,西园\n", "utf-8")
    words = [sys.executable, str(CODE / "build.py"), "new", str(data), "--root", str(town), "--now", "2026-11-22T10:00"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "主键：编号" in done.stdout
    assert "草稿已写入 catalog/ylj/gardens.yml" in done.stdout
    again = subprocess.run(words, capture_output=True, text=True, check=False)
    assert again.returncode == 1
    assert "[draft-exists]" in again.stderr
    english = subprocess.run([*words, "--id", "gardens-2", "--lang", "en"], capture_output=True, text=True, check=False)
    assert "primary key: 编号" in english.stdout
    absent = subprocess.run([*words[:3], "no.csv", *words[4:]], capture_output=True, text=True, check=False)
    assert absent.returncode == 2


def test_what_the_city_demands_is_asked_for(tmp_path: Path) -> None:
    root = make_catalogue(tmp_path / "town")
    portal = root / "catalog/portal.yml"
    portal.write_text(portal.read_text("utf-8").replace("profile: suzhou", "profile: shanghai"), "utf-8")
    data = root / "datasets/ylj/gardens.csv"
    data.write_text("编号,名称\n0001,东园\n", "utf-8")
    made = draft(settings_for(root), Order((data,)))
    entry = tree(root / made.path)
    assert MARK in entry["generation_frequency"]
    assert MARK in entry["relations"]
    assert MARK in entry["files"][0]["schema"]["fields"][0]["source_ref"]
    found = [one for one in check(settings_for(root), QUIET).problems if one.dataset == "gardens"]
    assert {one.rule for one in found} == {"draft-left"}


def test_personal_data_are_pointed_out_and_never_quoted(town: Path) -> None:
    data = town / "datasets/ylj/keepers.csv"
    people = [("张伟", "13912345678"), ("王芳", "13812345678"), ("李娜", "13712345679")] * 5
    rows = "".join(f"{number},{name},{phone}\n" for number, (name, phone) in enumerate(people, start=1))
    data.write_text("序号,联系人,联系电话\n" + rows, "utf-8")
    made = draft(settings_for(town), Order((data,)))
    told = "\n".join(made.report)
    text = (town / made.path).read_text("utf-8")
    assert "“联系电话”列有 15 处像是手机号码" in told
    assert "像是个人信息，不得公开" in text
    assert not [word for pair in people for word in pair if word in text + told]


def test_same_files_same_draft(town: Path) -> None:
    data = town / "datasets/ylj/gardens.csv"
    data.write_bytes(GBK.encode("gb18030"))
    first = (town / draft(settings_for(town), Order((data,), id="one")).path).read_text("utf-8")
    assert (town / draft(settings_for(town), Order((data,), id="two")).path).read_text("utf-8") == first


def test_a_filled_draft_of_another_department_needs_no_other_entry(town: Path) -> None:
    """An entry that is still a draft keeps nothing else from being judged."""
    write_entry(town, "ylj", "half", {"title": f"{MARK}名称"}, reviewed=False)
    assert "draft-left" in rules_of(town)
