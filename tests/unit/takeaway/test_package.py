"""portal/takeaway/package.py, dictionary.py, bundle.py: what machines and people read beside the data."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package, validate

from portal.model import Dataset
from portal.takeaway import write_package, write_tables
from tests.tabular import NASTY_COLUMNS, column, csv_text, entry, imprint, load, load_nasty


def packed(folder: Path, dataset: Dataset, texts: list[str]) -> Path:
    """Write tables and package of a dataset; returns the folder."""
    database, _ = load(folder, dataset, texts)
    return package_of(folder, dataset, database)


def package_of(folder: Path, dataset: Dataset, database: Path) -> Path:
    out = folder / "out"
    out.mkdir()
    downloads = write_tables(database, dataset, out, formats=("csv",)).downloads
    write_package(dataset, imprint(), downloads, tables=out, folder=out)
    return out


def rich() -> Dataset:
    """Two tables with keys between them, every constraint, a strange date format and a licence in Chinese."""
    parks = [
        column("编号", constraints={"required": "true", "pattern": r"\d{4}", "minLength": "4", "maxLength": "4"}),
        column("建成", "date", format="%Y年%m月%d日", constraints={"minimum": "1900年01月01日"}, unit="日"),
        column("等级", "integer", constraints={"enum": ["1", "2"], "maximum": "2"}, codes={"1": "市级", "2": "区级"}),
        column("面积", "number", unit="公顷", constraints={"minimum": "0.50"}),
        column("开放", "boolean", constraints={"required": "true"}),
        column("网址", format="uri", constraints={"unique": "true"}),
    ]
    gates = [column("公园"), column("门")]
    keys = [
        {"fields": "公园", "reference": {"resource": "parks", "fields": "编号"}},
        {"fields": "门", "reference": {"resource": "elsewhere/doors", "fields": "x"}},
    ]
    files = [
        {"path": "parks.csv", "schema": {"fields": parks, "primaryKey": "编号", "missingValues": ["", "-"]}},
        {"path": "gates.csv", "name": "gates", "title": "大门", "schema": {"fields": gates, "foreignKeys": keys}},
    ]
    return entry(
        {}, files=files, licence={"name": "苏州市公共数据开放许可"}, source={"upstream": "示范", "package": "demo 1"}
    )


def rich_texts() -> list[str]:
    rows = [
        ["0001", "1986年05月01日", "1", "12.50", "1", "https://example.org/东"],
        ["0002", "-", "2", "3", "False", ""],
    ]
    return [
        csv_text(["编号", "建成", "等级", "面积", "开放", "网址"], rows),
        csv_text(["公园", "门"], [["0001", "南门"]]),
    ]


@pytest.mark.parametrize("make", ["nasty", "rich"])
def test_frictionless_finds_nothing_wrong_with_package_and_data(tmp_path: Path, make: str) -> None:
    if make == "rich":
        out = packed(tmp_path, rich(), rich_texts())
    else:
        dataset, database = load_nasty(tmp_path)
        out = package_of(tmp_path, dataset, database)
    report = validate(out / "datapackage.json")
    assert report.valid, report.flatten(["title", "note", "rowNumber", "fieldName"])
    with zipfile.ZipFile(out / "parks.zip") as bundle:
        bundle.extractall(tmp_path / "unzipped")
    assert validate(tmp_path / "unzipped" / "datapackage.json").valid


def test_the_package_says_what_it_is_where_from_and_under_which_terms(tmp_path: Path) -> None:
    out = packed(tmp_path, rich(), rich_texts())
    said: dict[str, Any] = json.loads((out / "datapackage.json").read_text("utf-8"))
    assert (said["name"], said["version"], said["homepage"]) == ("parks", "2025-12-31", "https://data.example.org/dataset/parks/")  # fmt: skip
    assert said["licenses"] == [{"name": "other", "title": "苏州市公共数据开放许可"}]
    assert said["sources"] == [{"title": "示范（demo 1）"}]
    assert said["contributors"][0] == {"title": "园林局", "role": "publisher", "email": "parks@example.org"}
    assert said["contributors"][1]["path"] == "https://data.example.org"
    parks, gates = said["resources"]
    assert (parks["path"], parks["bytes"]) == ("parks.csv", (out / "parks.csv").stat().st_size)
    fields = {field["name"]: field for field in parks["schema"]["fields"]}
    assert fields["建成"] == {
        "name": "建成",
        "title": "建成",
        "type": "date",
        "description": "说明：建成（单位：日）",
        "constraints": {"minimum": "1900-01-01"},
    }
    assert fields["等级"]["constraints"] == {"enum": [1, 2], "maximum": 2}
    assert fields["网址"]["format"] == "uri"
    assert parks["schema"]["missingValues"] == [""]
    assert gates["schema"]["foreignKeys"] == [
        {"fields": ["公园"], "reference": {"resource": "parks", "fields": ["编号"]}}
    ]


def test_frictionless_reads_the_values_back_typed(tmp_path: Path) -> None:
    rows = Package(str(packed(tmp_path, rich(), rich_texts()) / "datapackage.json")).get_resource("parks").read_rows()
    assert [(row["编号"], str(row["建成"]), row["等级"], float(row["面积"]), row["开放"]) for row in rows] == [
        ("0001", "1986-05-01", 1, 12.5, True),
        ("0002", "None", 2, 3.0, False),
    ]


def test_the_zip_holds_data_description_dictionary_and_note_without_a_moment(tmp_path: Path) -> None:
    out = packed(tmp_path, rich(), rich_texts())
    with zipfile.ZipFile(out / "parks.zip") as bundle:
        assert bundle.namelist() == ["parks.csv", "gates.csv", "datapackage.json", "数据字典.csv", "README.txt"]
        assert {info.date_time for info in bundle.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert bundle.read("parks.csv") == (out / "parks.csv").read_bytes()
        assert bundle.read("datapackage.json") == (out / "datapackage.json").read_bytes()
        dictionary = list(csv.reader(io.StringIO(bundle.read("数据字典.csv").decode("utf-8-sig"), newline="")))
        note = bundle.read("README.txt").decode("utf-8-sig")
    assert dictionary[0][:5] == ["数据表", "列名", "中文名称", "类型", "说明"]
    assert dictionary[1] == ["parks", "编号", "编号", "文本", "说明：编号", "", "是", "是", r"格式 \d{4}；至少 4 字；至多 4 字", ""]  # fmt: skip
    assert dictionary[3][8:] == ["取值 1、2；不大于 2", "1＝市级；2＝区级"]
    assert len(dictionary) == 9
    for words in (
        "请注明获取日期",
        "园林局",
        "苏州市公共数据开放许可",
        "示范（demo 1）",
        "示范站，不是官方网站",
        "parks.csv（2 行",
    ):
        assert words in note
    cited = (
        "园林局. 城区公园名录（2025年）: 版本 2025-12-31[DS/OL]. 苏州市: 小城公共数据开放平台（示范站）, "
        "2025(2025-12-31)[____-__-__]. https://data.example.org/dataset/parks/."
    )
    assert cited in note.splitlines()
    assert json.loads((out / "datapackage.json").read_text("utf-8"))["citation"] == cited


def test_licence_and_source_with_addresses(tmp_path: Path) -> None:
    source = {"upstream": "统计局", "url": "https://example.org/s", "licence": "MIT", "note": "截取"}
    out = packed(tmp_path, entry({"a": "string"}, source=source), [csv_text("a", [])])
    said = json.loads((out / "datapackage.json").read_text("utf-8"))
    address = "https://creativecommons.org/licenses/by/4.0/"
    assert said["licenses"] == [{"name": "CC-BY-4.0", "title": "CC-BY-4.0", "path": address}]
    assert said["sources"] == [{"title": "统计局", "path": "https://example.org/s"}]
    with zipfile.ZipFile(out / "parks.zip") as bundle:
        note = bundle.read("README.txt").decode("utf-8-sig")
    for words in (
        "来源许可：MIT",
        "来源网址：https://example.org/s",
        "来源说明：截取",
        f"许可：CC-BY-4.0（{address}）",
    ):
        assert words in note


def test_every_type_has_a_word_in_the_dictionary(tmp_path: Path) -> None:
    dataset, database = load_nasty(tmp_path)
    with zipfile.ZipFile(package_of(tmp_path, dataset, database) / "parks.zip") as bundle:
        rows = list(csv.reader(io.StringIO(bundle.read("数据字典.csv").decode("utf-8-sig"), newline="")))
    assert [row[1] for row in rows[1:]] == list(NASTY_COLUMNS)
    assert all(row[3] for row in rows[1:])
