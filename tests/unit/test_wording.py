"""What an entry says is judged by the city's text: abbreviations, terms, descriptions, conditions, channels."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from portal.catalogue import read_catalogue
from portal.checks.judging import check_entries, judge
from portal.checks.wellknown import is_iso_code, is_well_known, without_names
from portal.checks.wordrules import WORD_CITY_RULES, WORD_RULES
from portal.profile import load_profile
from tests.catalogues import ENTRY, dump, settings_for, write_entry

Make = Callable[..., Path]
CITIES = ("shanghai", "suzhou-draft", "suzhou", "wuxi", "shuangyashan")
CONDITION = {"category": "security", "text": "具备数据安全管理制度", "ground": "汇聚后可能识别到个人"}


def found_in(root: Path, city: str = "shanghai") -> list[str]:
    """The rules about words that an entry breaks, in the order of the report."""
    return [rule for rule, _ in levels_in(root, city)]


def levels_in(root: Path, city: str) -> list[tuple[str, str]]:
    """Read once (what an entry must have is not in question here), judged by the city's rules."""
    settings = settings_for(root)
    reading = replace(read_catalogue(settings), profile=load_profile(city))
    assert reading.problems == ()
    judged = judge(check_entries(reading, settings), reading, settings)
    return [(one.rule, one.level) for one in judged if one.rule in WORD_RULES or one.rule in WORD_CITY_RULES]


def column(**changes: Any) -> list[dict[str, Any]]:
    """The files of an entry with one more data item."""
    files = copy.deepcopy(ENTRY["files"])
    more = {"name": "指标", "title": "服务人口", "type": "string", "description": "公园周边五百米内的常住人口"}
    files[0]["schema"]["fields"].append({**more, **changes})
    return files


# --- abbreviations -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"summary": "城区公园名录，附所在区的 GDP。"}, ["abbreviation-latin"]),
        ({"summary": "城区公园名录，附所在区的国内生产总值（GDP）。"}, []),
        ({"summary": "城区公园名录，附所在区的 GDP（国内生产总值）。"}, []),
        ({"summary": "城区公园名录，附 GDP，GDP 是指国内生产总值。"}, []),
        ({"summary": "城区公园名录，附所在区的 GDP（亿元）。"}, ["abbreviation-latin"]),  # a unit explains nothing
        ({"summary": "城区公园名录，附 ＧＤＰ 数值。"}, ["abbreviation-latin"]),
        ({"files": column(title="PM2.5 日均浓度")}, ["abbreviation-latin"]),
        ({"files": column(title="PM2.5 日均浓度", description="细颗粒物（PM2.5）的日平均浓度")}, []),
        ({"files": column(title="地区生产总值", unit="亿元", description="按现价计算，单位亿元")}, []),
        ({"files": column(description="监测数据的 COD、氨氮取日均值")}, ["abbreviation-latin"]),
        ({"files": column(title="所属部门代码", constraints={"enum": ["ylj", "sqjw"]})}, ["abbreviation-pinyin"] * 2),
        ({"files": column(title="所属部门代码", codes={"ylj": "园林局", "sqjw": "社区警务队"})}, []),
        ({"files": column(title="sqjw 数量")}, ["abbreviation-pinyin"]),
        ({"files": column(title="人均数", description="占地面积除以服务人口")}, ["abbreviation-short"]),
        ({"files": column(title="人均收入", description="周边居民的人均可支配收入")}, []),
        ({"files": column(title="人均数", description="人均数即人均占地面积，平方米")}, []),
        ({"files": column(title="规上企业数", description="周边规上企业个数")}, ["abbreviation-short"]),
        ({"files": column(title="规上企业数", description="周边规模以上（规上）企业个数")}, []),
        # 规上 高企 市控 能评 流口 国控 by chance
        ({"files": column(description="依照法规上报的人口，用于提高企业配套水平")}, []),
        ({"files": column(description="苏州市控制性详细规划、职业技能评价、物流口岸、国控股公司")}, []),
    ],
)
def test_abbreviations(change: dict[str, Any], found: list[str], tiny_catalogue: Make) -> None:
    assert found_in(tiny_catalogue(**change)) == found


def test_the_glossary_explains(tiny_catalogue: Make) -> None:
    root = tiny_catalogue(summary="城区公园名录，附所在区的 GDP 和设备 MAC 地址。")
    terms = [
        {"term": "国内生产总值", "aliases": ["GDP"], "meaning": "一定时期内生产活动的最终成果。"},
        {"term": "MAC地址", "aliases": ["MAC 地址"], "meaning": "网络设备的硬件地址。"},
    ]
    (root / "catalog/glossary.yml").write_text(dump(terms), "utf-8")
    assert found_in(root) == []


@pytest.mark.parametrize(
    "said",
    [
        "面积以 km2 计，流量 m³/s，浓度 mg/L，电量 kWh，酸碱度 pH，噪声 dB，气压 hPa",
        "大气中的 CO2、SO₂、NOx、O3 与水中的 NH3-N",
        "按 ISO 8601 书写，代码依 GB/T 2260—2007，监测依 HJ 664-2013",
        "提供 CSV、JSON、XLSX 下载，编码 UTF-8，坐标系 CGCS2000",
        "AAAA 级景区，水质 III 类，A4 纸，5G 基站，4K 摄像头",
        "货币代码 CNY、USD，折合人民币",
        "国家代码 CN，两位字母",
        "见 https://data.example.org/help 或 data@example.org，域名如 suda.edu.cn，时区 Asia/Shanghai",
        "来自 GeoNames 与 OpenStreetMap 项目",
    ],
)
def test_no_false_alarm(said: str, tiny_catalogue: Make) -> None:
    assert found_in(tiny_catalogue(summary=f"城区公园名录。{said}。")) == []


@pytest.mark.parametrize(
    ("token", "known"),
    [("mg/L", True), ("m3/s", True), ("GB", True), ("GDP", False), ("PM2.5", False), ("in", False), ("BIN", False)],
)
def test_well_known_letters(token: str, known: bool) -> None:
    assert is_well_known(token) is known


def test_iso_codes_need_their_subject() -> None:
    assert is_iso_code("USD", "币种代码")
    assert not is_iso_code("USD", "设备编号")
    assert is_iso_code("CN", "国家代码")
    assert not is_iso_code("CN", "线路")


def test_numbers_of_standards_are_names() -> None:
    assert without_names("依 DB32/T 4444-2023 与 GB 3095—2012").strip() == "依   与"


# --- terms, labels and descriptions ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("terms", "glossary", "found"),
    [
        (["公园"], [{"term": "公园", "meaning": "向公众开放的绿地。"}], []),
        (["公园"], [{"term": "城市公园", "aliases": ["公园"], "meaning": "向公众开放的绿地。"}], []),
        (["公园"], [], ["term-unknown"]),
        (["湿地"], [{"term": "湿地", "meaning": "天然或人工的沼泽地。"}], ["term-unused", "term-absent"]),
        ([], [{"term": "湿地", "meaning": "天然或人工的沼泽地。"}], ["term-unused"]),
        ([], [{"term": "公园", "meaning": "即公园，指公园。"}], ["term-circular"]),
        ([], [{"term": "公园", "meaning": "见绿地。"}, {"term": "绿地", "meaning": "同公园。"}], ["term-circular"] * 2),
        ([], [{"term": "公园", "meaning": "见绿地。"}, {"term": "绿地", "meaning": "公园等地的总称。"}], []),
    ],
)
def test_terms(terms: list[str], glossary: list[dict[str, Any]], found: list[str], tiny_catalogue: Make) -> None:
    root = tiny_catalogue(terms=terms or None)
    (root / "catalog/glossary.yml").write_text(dump(glossary), "utf-8")
    assert found_in(root) == found


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"title": "公园名称", "description": "公园的名称。"}, ["description-empty"]),
        ({"title": "公园名称", "description": "公园名称字段"}, ["description-empty"]),
        ({"title": "公园等级", "description": "表示该公园的等级"}, ["description-empty"]),
        ({"title": "公园等级", "description": "说明"}, ["description-empty"]),
        ({"title": "公园等级", "description": "评定"}, ["description-short"]),
        ({"title": "公园等级", "description": "一至三级，由市园林局每年评定"}, []),
        ({"title": "公园别名", "description": "挂牌使用的全称。"}, ["description-copied"]),
        ({"title": "Level"}, ["label-chinese"]),
        ({"title": "等级", "constraints": {"enum": ["1", "2"]}}, ["codes-incomplete"]),
        ({"title": "等级", "codes": {"1": "市级公园"}, "constraints": {"enum": ["1", "2"]}}, ["codes-incomplete"]),
        ({"title": "等级", "codes": {"1": "市级公园", "2": "区级公园"}, "constraints": {"enum": ["1", "2"]}}, []),
        ({"title": "区号", "constraints": {"enum": ["0512"]}}, []),
        ({"title": "是否收费", "constraints": {"enum": ["是", "否"]}}, []),
    ],
)
def test_labels_and_descriptions(change: dict[str, Any], found: list[str], tiny_catalogue: Make) -> None:
    assert found_in(tiny_catalogue(files=column(**change))) == found


# --- frequency, relations, parts ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("city", "level"),
    [("shanghai", "error"), ("suzhou-draft", None), ("suzhou", None), ("wuxi", None), ("shuangyashan", None)],
)
def test_daily_data_updated_once_a_year(city: str, level: str | None, tiny_catalogue: Make) -> None:
    root = tiny_catalogue(generation_frequency="daily", update_frequency="annual")
    settings = settings_for(root)
    reading = replace(read_catalogue(settings), profile=load_profile(city))
    found = [one.level for one in check_entries(reading, settings) if one.rule == "update-too-slow"]
    assert found == ([level] if level else [])


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"status": "static", "static_reason": "2025 年起不再编制", "update_frequency": "irregular"}, []),
        ({"status": "static", "static_reason": "2025 年起不再编制"}, ["static-frequency"]),
        ({"merged_from": ["gone"]}, ["merged-from"]),
        ({"merged_from": ["gone"], "aliases": ["gone"]}, []),
        ({"merged_from": ["gardens"]}, []),
        ({"part_of": "gardens"}, []),
        ({"relations": [{"to": "gardens", "kind": "same-topic"}]}, ["relation-unexplained"]),
        ({"relations": [{"to": "gardens", "kind": "same-topic", "note": "同一主题的表"}]}, ["relation-unexplained"]),
        (
            {"relations": [{"to": "gardens", "kind": "same-topic", "note": "2024 年的同类数据"}]},
            ["relation-unexplained"],
        ),
        ({"relations": [{"to": "gardens", "kind": "same-topic", "note": "吴江区 2024 年的同类数据"}]}, []),
        ({"relations": [{"to": "nothing", "kind": "same-topic"}]}, []),  # `dataset-unknown` says it
    ],
)
def test_relations_and_parts(change: dict[str, Any], found: list[str], tiny_catalogue: Make) -> None:
    root = tiny_catalogue(**change)
    period = {"from": "2024-01-01", "to": "2024-12-31"}
    gardens = {**ENTRY, "title": "吴江区公园面积（2024年）", "spatial": "江苏省苏州市吴江区", "temporal": period}
    gardens = {**gardens, "data_date": "2024-12-31", "files": [{**ENTRY["files"][0], "path": "gardens.csv"}]}
    write_entry(root, "ylj", "gardens", gardens, reviewed=False)
    assert found_in(root) == found


def test_a_circle_of_parts(tiny_catalogue: Make) -> None:
    root = tiny_catalogue(part_of="gardens")
    gardens = {**ENTRY, "title": "城区公园面积（2025年）", "part_of": "parks"}
    write_entry(root, "ylj", "gardens", {**gardens, "files": [{**ENTRY["files"][0], "path": "g.csv"}]}, reviewed=False)
    assert found_in(root) == ["part-of-circle", "part-of-circle"]


# --- conditions --------------------------------------------------------------------------------------------------


def conditional(text: str = CONDITION["text"], ground: str = CONDITION["ground"], **more: Any) -> dict[str, Any]:
    condition = {"category": "other", "text": text, "ground": ground}
    given = {"open_type": "conditional", "open_ground": "限定用途", "application_materials": ["应用场景说明"]}
    return {**given, "open_conditions": [condition], **more}


@pytest.mark.parametrize(
    ("text", "ground", "found"),
    [
        (CONDITION["text"], CONDITION["ground"], []),
        ("其他", CONDITION["ground"], ["condition-vague"]),
        ("其他条件另行通知", CONDITION["ground"], ["condition-vague"]),
        (CONDITION["text"], "无", ["condition-vague"]),
        (CONDITION["text"], CONDITION["text"], ["condition-vague"]),
        ("限本市企业申请", CONDITION["ground"], ["condition-unequal"]),
        ("注册资本不低于五百万元", CONDITION["ground"], ["condition-unequal"]),
        ("仅限国有单位和上市公司", CONDITION["ground"], ["condition-unequal"]),
        ("自然人除外，须为法人", CONDITION["ground"], ["condition-unequal"]),
        ("不限所有制、规模和注册地，均可申请", CONDITION["ground"], []),
    ],
)
def test_conditions(text: str, ground: str, found: list[str], tiny_catalogue: Make) -> None:
    assert found_in(tiny_catalogue(**conditional(text, ground))) == found


CONFIRMED = {"date": "2026-01-15", "by": "公平竞争审查岗（示范）", "reason": "补贴只发给本市企业"}


@pytest.mark.parametrize(
    ("confirmed", "found"),
    [
        ("限本市企业申请", []),
        ("限本市企业申请。", ["condition-unequal", "confirmation-unused"]),  # another text: it must be confirmed anew
    ],
)
def test_a_confirmation_holds_for_its_text(confirmed: str, found: list[str], tiny_catalogue: Make) -> None:
    root = tiny_catalogue(**conditional("限本市企业申请", confirmations=[{"text": confirmed, **CONFIRMED}]))
    assert sorted(found_in(root)) == found


def test_papers_and_scope_are_judged_too(tiny_catalogue: Make) -> None:
    root = tiny_catalogue(**conditional(application_materials=["本市注册的营业执照"], open_scope="限本市单位使用"))
    assert found_in(root) == ["condition-unequal", "condition-unequal"]


# --- channels and formats ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"summary": "公园名录，另见 https://data.example.org/help 。"}, []),  # this portal
        ({"summary": "公园名录，请到 http://parks.example.net/open 下载。"}, ["external-channel"]),
        (
            {
                "summary": "公园名录，另见 http://parks.example.net/open 。",
                "channels": [{"host": "parks.example.net", "kind": "filing", "record": "示范〔2026〕6号"}],
            },
            [],
        ),
        ({"channels": [{"host": "parks.example.net", "kind": "filing", "record": "待定"}]}, ["channel-record"]),
        ({"source": {"upstream": "园林局", "url": "https://parks.example.net"}}, []),  # a source is no channel
        ({"extra": {"备注": "完整版见 ftp://parks.example.net/all"}}, ["external-channel"]),
        ({"files": [{**ENTRY["files"][0], "path": "parks.pdf"}]}, ["file-not-readable"]),
        ({"files": [{**ENTRY["files"][0], "path": "parks.PNG"}]}, ["file-not-readable"]),
        ({"files": [{**ENTRY["files"][0], "path": "parks.docx"}]}, ["file-not-readable"]),
        ({"files": [{**ENTRY["files"][0], "path": "parks.xls"}]}, ["file-proprietary"]),
        ({"files": [{**ENTRY["files"][0], "path": "parks.xlsx"}]}, []),
    ],
)
def test_channels_and_formats(change: dict[str, Any], found: list[str], tiny_catalogue: Make) -> None:
    assert found_in(tiny_catalogue(**change)) == found


@pytest.mark.parametrize(("record", "found"), [("示范〔2026〕3号", []), ("待办理", ["channel-record"])])
def test_an_api_elsewhere_needs_its_record(record: str, found: list[str], tiny_catalogue: Make) -> None:
    api = {"endpoint": "https://api.example.net/v1", "documentation": "https://api.example.net/docs", "example": "{}"}
    assert found_in(tiny_catalogue(data_type="api", api={**api, "record": record}, files=None)) == found


def test_a_proprietary_file_with_a_reason(tiny_catalogue: Make) -> None:
    reason = {"rule": "file-proprietary", "reason": "业务系统只能导出这种格式", "until": "2027-06-30"}
    assert found_in(tiny_catalogue(files=[{**ENTRY["files"][0], "path": "parks.xls"}], allow=[reason])) == []
