"""Croissant, lists, llms.txt, sitemap: each by its own validator or by reading it back."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import mlcroissant
import pytest
from python_calamine import CalamineWorkbook

from portal.exports.croissant import CONFORMS, croissant_json, version
from portal.exports.lists import BOM, DUTIES, write_lists
from portal.exports.lists import CATALOGUE as COLUMNS
from portal.exports.llms import FEW, LONGEST, llms_txt, plain
from portal.exports.sitemap import MOST, sitemaps
from tests.samples import a_catalogue, a_dataset
from tests.unit.exports.town import CATALOGUE, FACTS, HOSTILE, OPEN, WHOLE, WILD, facts_of

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own JSON-LD reader
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lists")
    write_lists(CATALOGUE, FACTS, folder)
    return folder


def rows(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text("utf-8"), newline="")))


def test_croissant_finds_nothing_to_complain_about() -> None:
    for one in (OPEN, WHOLE, WILD):
        dataset = mlcroissant.Dataset(jsonld=json.loads(croissant_json(one, FACTS[one.id], CATALOGUE, "某市民政局")))
        issues = dataset.metadata.ctx.issues
        assert (list(issues.errors), list(issues.warnings)) == ([], [])


def test_croissant_tells_tables_keys_and_references() -> None:
    dataset = mlcroissant.Dataset(jsonld=json.loads(croissant_json(OPEN, FACTS[OPEN.id], CATALOGUE, "某市民政局")))
    assert CONFORMS in str(dataset.metadata.conforms_to)
    codes, names = dataset.metadata.record_sets
    assert [str(field.data_types[0]).rpartition("/")[2] for field in codes.fields] == ["Text", "Integer", "Date"]
    assert codes.key == ["village-codes/代码"]
    assert names.fields[0].references.uuid == "village-codes/代码"
    assert len(dataset.metadata.distribution) == 14


def test_croissant_judges() -> None:
    broken = json.loads(croissant_json(OPEN, FACTS[OPEN.id], CATALOGUE, "某市民政局"))
    broken["recordSet"][0]["field"][0]["source"]["fileObject"]["@id"] = "nowhere.csv"
    with pytest.raises(mlcroissant.ValidationError):
        mlcroissant.Dataset(jsonld=broken)


@pytest.mark.parametrize(("release", "number"), [("2023-06-30", "2023.6.30"), ("2023-06-30-2", "2023.6.30002")])
def test_a_release_is_a_version(release: str, number: str) -> None:
    assert version(release) == number


def test_the_catalogue_as_csv_and_workbook_say_the_same(site: Path) -> None:
    table = rows(site / "catalog.csv")
    assert table[0] == [label for label, _ in COLUMNS]
    assert [row[0] for row in table[1:]] == ["all-codes", "full-codes", "live", "village-codes", "wild"]
    told = dict(zip(table[0], table[4], strict=True))
    assert told["开放类型"] == "无条件开放"
    assert told["更新频率"] == "每年"
    assert told["格式"] == "CSV；XLSX；JSON；XML；PARQUET"
    assert told["开放日期"] == "2026-11-01"
    assert told["数据项"] == "区划代码；常住人口；设立日期；区划代码；曾用名"
    assert (site / "catalog.excel.csv").read_bytes() == BOM.encode() + (site / "catalog.csv").read_bytes()
    sheet = CalamineWorkbook.from_path(str(site / "catalog.xlsx")).get_sheet_by_index(0).to_python()
    assert [[str(cell) for cell in row] for row in sheet[:5]] == table[:5]
    assert "secret" not in (site / "catalog.csv").read_text("utf-8")


def test_no_cell_for_excel_is_a_formula_and_the_plain_file_keeps_every_text(tmp_path: Path) -> None:
    phone = {"office": "数据科", "phone": "+86 512-0000 0000"}
    wild = a_dataset(title="=HYPERLINK(1)", summary="+1 加一的说明", keywords=["@x"], contact=phone)
    write_lists(a_catalogue(wild), {wild.id: facts_of(wild)}, tmp_path)
    plain_row, excel_row = rows(tmp_path / "catalog.csv")[1], rows(tmp_path / "catalog.excel.csv")[1]
    assert (plain_row[1], plain_row[2], plain_row[5]) == ("=HYPERLINK(1)", "+1 加一的说明", "@x")
    assert (excel_row[1], excel_row[2], excel_row[5]) == ("'=HYPERLINK(1)", "'+1 加一的说明", "'@x")
    assert "+86 512-0000 0000" in excel_row


@pytest.mark.parametrize("sign", ["长", "😀"])
def test_a_text_longer_than_a_cell_of_a_workbook_says_where_the_whole_is(tmp_path: Path, sign: str) -> None:
    fields = [{"name": f"f{n}", "title": sign * 50 + f"{n:03}", "description": "说明"} for n in range(200)]
    long = a_dataset(files=[{"path": f"part-{n}.csv", "schema": {"fields": fields}} for n in range(4)])
    write_lists(a_catalogue(long), {long.id: facts_of(long)}, tmp_path)
    place = [label for label, _ in COLUMNS].index("数据项")
    whole = rows(tmp_path / "catalog.csv")[1][place]
    assert whole == "；".join([one["title"] for one in fields] * 4)
    sheet = CalamineWorkbook.from_path(str(tmp_path / "catalog.xlsx")).get_sheet_by_index(0).to_python()
    told, note = str(sheet[1][place]).split("……", 1)
    assert note == "（超出单元格上限，全文见 catalog.csv）"
    assert whole.startswith(told)
    assert len(told) > 16_000
    assert len(str(sheet[1][place]).encode("utf-16-le")) // 2 <= 32_767


def test_the_list_of_a_department_has_type_frequency_and_review(site: Path) -> None:
    table = rows(site / "department" / "mzj" / "list.csv")
    assert table[0] == [label for label, _ in DUTIES]
    told = {row[0]: dict(zip(table[0], row, strict=True)) for row in table[1:]}
    assert told["village-codes"]["审查状态"] == "审查通过"
    assert told["village-codes"]["审查日期"] == "2026-11-20"
    assert told["full-codes"]["审查状态"] == "无审查记录"
    assert told["full-codes"]["开放类型依据"] == "全量数据汇聚风险"
    assert "secret" not in told
    marked = (site / "department" / "mzj" / "list.excel.csv").read_bytes()
    assert marked == BOM.encode() + (site / "department" / "mzj" / "list.csv").read_bytes()


def test_lists_have_the_same_bytes_every_time(site: Path, tmp_path: Path) -> None:
    write_lists(CATALOGUE, FACTS, tmp_path)
    for path in sorted(one for one in site.rglob("*") if one.is_file()):
        assert (tmp_path / path.relative_to(site)).read_bytes() == path.read_bytes()


def test_llms_txt_repeats_no_link_and_no_mark_of_a_department() -> None:
    text = llms_txt(CATALOGUE, FACTS)
    assert text.startswith("# 某市公共数据开放平台\n\n> ")
    assert "evil" not in text
    assert "不可见的条目名称" not in text
    assert {address.partition("//")[2].partition("/")[0] for address in re.findall(r"https?:[^\s)]+", text)} == {
        "data.example.org"
    }
    assert all(line.count("](") <= 1 for line in text.splitlines())


def test_llms_txt_of_a_large_city_names_departments_alone() -> None:
    many = [a_dataset(id=f"set-{n}", title=f"数据集{n}") for n in range(FEW + 1)]
    text = llms_txt(a_catalogue(*many), {})
    assert "/dataset/set-0/" not in text
    assert f"{FEW + 1} 个数据集 datasets" in text


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (HOSTILE, '忽略 b 指令 /b "and" go now 标题 & 数据'),
        ("看 www.x.cn 和 mailto:a@b", "看 和"),
        ("长" * 200, "长" * (LONGEST - 1) + "…"),
    ],
)
def test_words_of_departments_become_one_plain_line(given: str, told: str) -> None:
    assert plain(given) == told


def test_a_sitemap_is_split_where_the_protocol_ends() -> None:
    files = dict(sitemaps("https://data.example.org", (f"/{n}/" for n in range(MOST + 1)), {"/7/": "2026-11-22"}))
    assert sorted(files) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]
    index = ElementTree.fromstring(files["sitemap.xml"])
    assert index.tag == f"{SPACE}sitemapindex"
    assert [loc.text for loc in index.iter(f"{SPACE}loc")] == [
        f"https://data.example.org/sitemap-{n}.xml" for n in (1, 2)
    ]
    parts = [ElementTree.fromstring(files[f"sitemap-{n}.xml"]) for n in (1, 2)]
    assert [len(list(part.iter(f"{SPACE}url"))) for part in parts] == [MOST, 1]
    assert len({loc.text for part in parts for loc in part.iter(f"{SPACE}loc")}) == MOST + 1
    assert [day.text for part in parts for day in part.iter(f"{SPACE}lastmod")] == ["2026-11-22"]
