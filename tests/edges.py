"""A city of the shapes that break layouts, each valid under the gate, so that it is built and served like any other:
a title as long as the gate takes (80 characters), 80 fields, no rows, one column, a licence without a text, conditions, an API, an end of
updates, data long overdue, hostile text in every place, relations, charts and a map, a set withdrawn and one suspended;
and what a city publishes beside its data (tests/edgewords.py).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from portal.digests import terms_digest
from portal.model import Dataset
from tests.catalogues import DEPARTMENT, DOMAINS, ENTRY, PORTAL, changed, dump, make_catalogue, write_entry
from tests.edgewords import HOSTILE, lay_words

LONG_TITLE = (
    "城区综合公园、社区公园、专类公园和游园的绿地养护、设施维护、病虫害防治"
    "以及游客服务质量逐年统计（含建成区、近郊区和各镇代管口袋公园等绿地，2015—2025年）"
)
LONG_WORD = "https://parks.example.org/" + "a-very-long-path-without-any-blank/" * 6
SUSPENDED = "suspended-trees"
WITHDRAWN = "withdrawn-list"
LONG_NAME = "生态环境与园林绿化综合管理暨公共空间品质提升工作委员会办公室"


def make_edges(root: Path) -> Path:
    """Write the city and what its service told: `root`/var/public/state.json suspends a set."""
    make_catalogue(root)
    catalog = root / "catalog"
    (catalog / "portal.yml").write_text(dump(PORTAL | {"example_queries": ["公园", "古树", "湖泊"]}), "utf-8")
    domains = [*DOMAINS, {"id": "water", "title": "水务与河湖长制综合管理", "title_en": "Water", "icon": "water"}]
    (catalog / "domains.yml").write_text(dump(domains), "utf-8")
    (catalog / "stw").mkdir()
    office = {"office": f"{LONG_NAME}信息中心（示范）", "phone": "0512-00000000", "email": "office@example.org"}
    department = DEPARTMENT | {
        "name": LONG_NAME,
        "name_en": "Office of the Committee for Green Space",
        "contact": office,
    }
    (catalog / "stw" / "department.yml").write_text(dump(department), "utf-8")
    stone = {
        "id": WITHDRAWN,
        "title": "城区苗木供应商名录（2024年）",
        "department": "ylj",
        "date": "2026-11-01",
        "reason": "经核实侵犯第三方权益，撤回后不再提供。",
        "cause": "rights",
        "by": "园林局（示范）",
        "document": "示范〔2026〕4号",
    }
    (catalog / "tombstones.yml").write_text(dump([stone]), "utf-8")
    for make in (_long, _wide, _small, _shut, _states, _pictures, _hostile):
        make(root)
    lay_words(root)
    public = root / "var" / "public"
    public.mkdir(parents=True)
    state = {
        "suspended": {SUSPENDED: {"since": "2026-11-20", "reason": "正在核实是否涉及个人信息"}},
        "blocked_digests": [],
        "under_query": {"long-title": {"since": "2026-11-21"}},
    }
    (public / "state.json").write_text(json.dumps(state, ensure_ascii=False), "utf-8")
    return root


def field(name: str, description: str = "", **more: Any) -> dict[str, Any]:
    """A field as an entry declares it."""
    return {"name": name, "title": name, "type": "string", "description": description or f"{name}的填写口径", **more}


def entry(title: str, files: list[dict[str, Any]] | None, **changes: Any) -> dict[str, Any]:
    """The small catalogue's entry with another title and other files."""
    summary = f"{title[:40]}，按统一口径整理，供市民查找、研究和再利用。"
    told: dict[str, Any] = {"title": title, "title_en": None, "summary": summary, "files": files}
    return changed(ENTRY, told | changes)


def add(root: Path, dataset: str, one: dict[str, Any], rows: str = "", department: str = "ylj") -> None:
    """Write an entry with its data file, reviewed."""
    if rows:
        folder = root / "datasets" / department
        folder.mkdir(parents=True, exist_ok=True)
        (folder / one["files"][0]["path"]).write_text(rows, "utf-8")
    write_entry(root, department, dataset, one)


def table(path: str, *fields: dict[str, Any], **schema: Any) -> list[dict[str, Any]]:
    """One data file with its fields."""
    return [{"path": path, "schema": {**schema, "fields": list(fields)}}]


def _long(root: Path) -> None:
    """Long words wherever words stand."""
    column = "公园绿地养护与设施维护综合考核评价等级（含附属设施）"
    note = "按《城区公园绿地养护与设施维护考核办法》逐项打分后折算，分为优秀、良好、合格和不合格。" * 4
    rows = f"编号,{column},网址\n" + "".join(f'{n:04},"{note[: n * 20]}",{LONG_WORD}\n' for n in range(1, 31))
    one = entry(
        LONG_TITLE,
        table(
            "long-title.csv",
            field("编号", constraints={"required": "true", "pattern": r"\d{4}"}),
            field(column, note),
            field("网址", "考核结果公告的网址"),
            primaryKey="编号",
        ),
        summary=note,
        keywords=["公园绿地养护与设施维护综合考核评价等级评定结果", "公园"],
        spatial="江苏省苏州市姑苏区、虎丘区、吴中区、相城区、吴江区和苏州工业园区建成区范围内的公园绿地",
        relations=[
            {"to": "parks", "kind": "shared-key", "fields": {"编号": "编号"}, "note": note[:120], "coverage": 1}
        ],
        allow=[{"rule": "title-too-long", "reason": "名称与考核办法一致，不宜简写", "until": "2027-12-31"}],
    )
    add(root, "long-title", one, rows, "stw")


def _wide(root: Path) -> None:
    """Eighty fields."""
    fields = [field("编号", constraints={"required": "true"})]
    fields += [field(f"第{n}项指标", f"第{n}项考核指标的得分", type="number", unit="分") for n in range(1, 80)]
    rows = ",".join(one["name"] for one in fields) + "\n"
    rows += "".join(f"{r:03}," + ",".join(str((r * n) % 97) for n in range(1, 80)) + "\n" for r in range(1, 61))
    one = entry("城区公园分项考核指标得分（2025年）", table("eighty-fields.csv", *fields, primaryKey="编号"))
    add(root, "eighty-fields", one, rows)


def _small(root: Path) -> None:
    """No rows, and one column."""
    empty = entry(
        "城区公园临时闭园公告（2025年）",
        table("no-rows.csv", field("编号"), field("闭园原因")),
        licence={"name": "由发布单位另行说明"},
    )
    add(root, "no-rows", empty, "编号,闭园原因\n")
    add(
        root,
        "one-column",
        entry("城区湖泊名称清单（2025年）", table("one-column.csv", field("湖泊名称")), domain="water"),
        "湖泊名称\n金鸡湖\n独墅湖\n石湖\n",
    )


def _shut(root: Path) -> None:
    """Conditions, and an API."""
    conditions = [
        {
            "category": "security",
            "text": "具备数据安全管理制度和技术防护能力，承诺不向第三方提供原始数据。",
            "ground": "涉及设施安全",
        },
        {"category": "scenario", "text": "仅用于公园设施运行研究。", "ground": "用途限定"},
    ]
    one = entry(
        "城区公园监控点位分布（2025年）",
        table("cameras.csv", field("点位编号"), field("所在公园")),
        open_type="conditional",
        open_ground="《个人信息保护法》第四条",
        open_conditions=conditions,
        application_materials=["数据安全管理制度", "使用承诺书"],
    )
    add(root, "conditional-cameras", one)
    api = {
        "endpoint": "https://api.example.org/parks/v1/visitors",
        "documentation": "https://api.example.org/docs",
        "example": json.dumps({"park": "0001", "visitors": 1280, "note": "长" * 60}, ensure_ascii=False),
        "record": "示范〔2026〕3号",
    }
    service = entry("城区公园实时入园人数（接口）", None, data_type="api", api=api, update_frequency="realtime")
    model = Dataset.model_validate({"id": "visitor-api", "department": "ylj", **service})
    review = {"kind": "security", "date": "2026-01-15", "result": "passed", "by": "数据安全岗（示范）"}
    review |= {"document": "示范〔2026〕1号", "covers": terms_digest(model)}
    add(root, "visitor-api", service | {"reviews": [review]})


def _states(root: Path) -> None:
    """Overdue, ended, suspended."""
    rows = "编号,树种\n" + "".join(f"{n:04},香樟\n" for n in range(1, 41))
    shape = table("overdue.csv", field("编号"), field("树种"), primaryKey="编号")
    late = entry("城区行道树逐月巡查（2026年3月）", shape, update_frequency="monthly", data_date="2026-03-31")
    add(root, "overdue-trees", late, rows)
    ended = entry(
        "城区古树名木保护名录（2012年）",
        table("static.csv", field("编号"), field("树种"), primaryKey="编号"),
        status="static",
        update_frequency="irregular",
        static_reason="2013 年起并入全市古树名木名录，不再单独更新。",
        data_date="2012-12-31",
        temporal={"from": "2012-01-01", "to": "2012-12-31"},
    )
    add(root, "static-trees", ended, rows)
    held = entry("城区古树名木生长监测（2025年）", table("held.csv", field("编号"), field("树种"), primaryKey="编号"))
    add(root, SUSPENDED, held, rows)


def _pictures(root: Path) -> None:
    """Charts and a map."""
    rows = "日期,区,入园人次,经度,纬度\n"
    rows += "".join(
        f"2025-{1 + n // 28:02}-{1 + n % 28:02},{('姑苏区', '虎丘区', '吴中区')[n % 3]},{500 + n * 37 % 900},{120.5 + n % 20 / 50:.2f},{31.2 + n % 9 / 40:.3f}\n"
        for n in range(200)
    )
    one = entry(
        "城区公园逐日入园人次（2025年）",
        table(
            "visits.csv",
            field("日期", type="date"),
            field("区"),
            field("入园人次", type="integer", unit="人次"),
            field("经度", type="number"),
            field("纬度", type="number"),
        ),
        coordinate_system="WGS-84",
        views=[
            {"kind": "bar", "group": "区", "value": "count", "title": "各区记录数"},
            {"kind": "line", "x": "日期", "value": "入园人次", "title": "逐日入园人次"},
            {"kind": "map", "longitude": "经度", "latitude": "纬度", "title": "公园位置"},
        ],
        relations=[{"to": "parks", "kind": "same-topic", "note": "同为城区公园，2025 年"}],
    )
    add(root, "visits", one, rows)


def _hostile(root: Path) -> None:
    """Text that would be markup if it were not escaped, in cells and in every key of the entry that takes words."""
    rows = (
        '编号,说明\n0001,"'
        + HOSTILE.replace('"', '""')
        + '"\n0002,"多行\n多行\n多行\n多行\n多行\n多行\n多行\n多行\n多行\n多行"\n0003,无异常\n'
    )
    one = entry(
        f"城区公园留言示例{HOSTILE}（2025年）",
        table("hostile.csv", field("编号"), field("说明", f"留言原文{HOSTILE}"), primaryKey="编号"),
        summary=f"用来检查页面的示例，含有 {HOSTILE} 这样的文字，供测试使用。",
        processing=[{"kind": "cleaning", "note": HOSTILE}],
        extra={"备注": HOSTILE},
        domain="transport",
    )
    add(root, "hostile-words", one, rows)
