"""The city of the page tests: every field filled once, hostile text everywhere, and the shapes that break layouts."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from portal.exports.figures import write_figures
from portal.facts import ColumnFacts, DatasetFacts, Download, MissingDownload, ReleaseFacts, TableFacts, TopValue
from portal.model import Catalogue, Dataset, Department, Domain, Portal, Term, Tombstone
from portal.profile import load_profile
from portal.render import Rendered, RenderInput, build_shell, render_site
from portal.settings import CODE
from tests.rendering.drawn import views_of
from tests.rendering.publications import publications

TODAY = date(2026, 11, 22)
HOSTILE = "<script>alert(1)</script>\"'&{{7*7}}<!--kaishu:main-->"
SHA = "cd" * 32
DRAWN = ("everything", "hostile", "plain")
"""Sets whose pages have figures; maps of the others name the places of `plain`."""


def a_column(name: str, **changes: Any) -> dict[str, Any]:
    return {"name": name, "title": f"{name}的名称", "description": f"{name}的说明", **changes}


def an_entry(name: str, **changes: Any) -> Dataset:
    entry: dict[str, Any] = {
        "id": name,
        "department": "ylj",
        "title": f"{name}数据（2025年）",
        "summary": f"{name}的摘要，说明内容、来源与用途。",
        "domain": "parks",
        "open_type": "unconditional",
        "update_frequency": "annual",
        "data_date": "2025-12-31",
        "jurisdiction": "小城",
        "licence": {"name": "CC-BY-4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
        "source": {"upstream": "示范"},
        "files": [
            {"path": f"{name}.csv", "schema": {"primaryKey": "编号", "fields": [a_column("编号"), a_column("名称")]}}
        ],
    }
    return Dataset.model_validate(entry | changes)


def everything() -> Dataset:
    """Every public key of an entry, each with a text that is found nowhere else."""
    return an_entry(
        "everything",
        title="样样俱全的数据（2025年）",
        title_en="A dataset with everything",
        summary="摘要一二三，说明内容、来源与用途。",
        summary_en="All fields filled.",
        keywords=["公园", "C&D"],
        open_ground="依据甲",
        open_scope="范围乙",
        open_content="内容丙",
        generation_frequency="monthly",
        temporal={"from": "2025-01-01", "to": "2025-12-31"},
        spatial="江苏省小城",
        coordinate_system="WGS-84",
        level="级别丁",
        contact={"office": "科室戊", "phone": "0512-11111111", "email": "w@example.org"},
        source={"upstream": "来源己", "package": "包庚 1.0", "licence": "许可辛", "url": "https://s.example.org/", "note": "说明壬"},
        relations=[
            {"to": "plain", "kind": "shared-key", "fields": {"编号": "编号"}, "note": "关系癸"},
            {"to": "secret", "kind": "same-topic", "note": "不可说"},
        ],
        reviews=[{"kind": "security", "date": "2026-11-01", "result": "passed", "by": "岗位子", "document": "示范〔2026〕1号", "covers": SHA}],
        open_type_history=[{"date": "2026-10-01", "from": "conditional", "to": "unconditional", "ground": "理由丑", "document": "文号寅"}],
        changes=[
            {
                "date": "2026-10-03",
                "kind": "renamed",
                "of": ["旧列"],
                "names": {"旧列": "新列"},
                "ground": "改名理由甲子",
                "by": "园林局决定乙丑",
                "papers": [{"kind": "filing", "by": "备案机关丙寅", "date": "2026-10-04", "number": "备案号丁卯"}],
            },
            {"date": "2026-10-05", "kind": "removed", "of": ["rows", "temporal"], "ground": "撤下理由戊辰"},
        ],
        evaluations=[{"date": "2026-10-02", "result": "结论卯"}],
        processing=[{"kind": "masking", "note": "处理辰"}],
        allow=[{"rule": "empty-value", "field": "面积", "reason": "例外巳的理由", "until": "2027-12-31"}],
        distinguished_from={"plain": "区别午"},
        terms=["绿地率"],
        channels=[{"host": "parks.example.net", "kind": "filing", "record": "备案号戊"}],
        part_of="plain",
        merged_from=["one-column"],
        registration_no="登记未",
        extra={"备注申": "备注酉"},
        sharing={"type": "共享戌不可见"},
        operation={"state": "授权亥不可见"},
        lead=True,
        project="项目不可见",
        files=[
            {
                "path": "everything.csv",
                "schema": {
                    "primaryKey": "编号",
                    "foreignKeys": [{"fields": "编号", "reference": {"resource": "plain/plain", "fields": "编号"}}],
                    "fields": [
                        a_column("编号", title_en="Number", source_ref="挂接不可见", constraints={"required": True, "unique": True, "pattern": r"\d{4}"}),
                        a_column("面积", type="number", unit="公顷", constraints={"minimum": "0", "maximum": "99"}),
                        a_column("类别", codes={"1": "综合公园", "2": "社区公园"}, constraints={"enum": ["1", "2"]}),
                        a_column("开园", type="boolean"),
                        a_column("建成", type="date", format="%Y%m%d"),
                    ],
                },
            },
            {"path": "second.csv", "title": "第二张表", "schema": {"fields": [a_column("备注", constraints={"maxLength": 200})]}},
        ],
    )  # fmt: skip


def datasets() -> tuple[Dataset, ...]:
    many = [a_column(f"第{n}列", type="integer" if n % 3 else "string") for n in range(80)]
    long = "关于进一步加强城区公园绿地精细化养护管理有关情况的统计（含综合公园、社区公园、专类公园及游园，2015—2025年）"
    return (
        everything(),
        an_entry("plain"),
        an_entry("one-column", files=[{"path": "one.csv", "schema": {"fields": [a_column("值")]}}]),
        an_entry("empty-table"),
        an_entry("eighty-fields", files=[{"path": "e.csv", "schema": {"fields": many}}]),
        an_entry("long-title", title=long, status="static", static_reason="二〇二五年起停止更新"),
        an_entry("overdue", update_frequency="monthly", data_date="2026-03-31"),
        an_entry(
            "conditional",
            open_type="conditional",
            open_ground="《个人信息保护法》第四条",
            open_conditions=[{"category": "security", "text": "条件之一", "ground": "风险之一"}],
            application_materials=["数据安全管理制度"],
            confirmations=[{"text": "条件之一", "date": "2026-11-01", "by": "确认岗", "reason": "确认理由之一二"}],
        ),
        an_entry(
            "service",
            data_type="api",
            files=[],
            api={
                "endpoint": "https://api.example.org/v1",
                "documentation": "https://api.example.org/docs",
                "example": '{"ok": true}',
                "record": "示范〔2026〕3号",
            },
        ),
        an_entry("secret", title="不可说的名称（2025年）", open_type="not-open", open_ground="涉密"),
        an_entry(
            "hostile",
            title=f"敌意{HOSTILE}",
            summary=f"摘要{HOSTILE}",
            keywords=[HOSTILE],
            domain="transport",
            spatial=HOSTILE,
            level=HOSTILE,
            open_scope=HOSTILE,
            licence={"name": HOSTILE},
            contact={"office": HOSTILE, "phone": HOSTILE, "email": HOSTILE},
            source={"upstream": HOSTILE, "package": HOSTILE, "note": HOSTILE},
            allow=[{"rule": "x", "field": HOSTILE, "reason": HOSTILE, "until": "2027-12-31"}],
            processing=[{"kind": "cleaning", "note": HOSTILE}],
            extra={HOSTILE: HOSTILE},
            files=[
                {
                    "path": "hostile.csv",
                    "schema": {
                        "fields": [
                            a_column(
                                HOSTILE[:60],
                                title=HOSTILE[:60],
                                description=HOSTILE,
                                unit=HOSTILE,
                                codes={HOSTILE: HOSTILE},
                            )
                        ]
                    },
                }
            ],
        ),
    )


def table_facts(dataset: Dataset, rows: int) -> tuple[TableFacts, ...]:
    found = []
    for table in dataset.tables:
        columns, values = [], []
        for n, column in enumerate(table.table_schema.fields):
            numeric = column.type in ("integer", "number")
            columns.append(
                ColumnFacts(
                    name=column.name,
                    nulls=1 if n == 1 else 0,
                    distinct=rows,
                    minimum="1" if numeric else None,
                    maximum=str(rows) if numeric else None,
                    mean=rows / 2 if numeric else None,
                    top=() if numeric else (TopValue(value=HOSTILE, count=2),),
                    histogram=(1, 5, 2) if numeric else (),
                )
            )
            values.append(True if column.type == "boolean" else 1.5 if numeric else HOSTILE)
        shown = tuple(None if n == 1 and i == 0 else value for n, value in enumerate(values) for i in (0,))
        preview = tuple([shown, tuple("多行\n" * 20 if isinstance(value, str) else value for value in values)] * 10)
        found.append(
            TableFacts.of(
                name=table.name,
                title=table.title,
                rows=rows,
                columns=tuple(columns),
                preview=preview[:rows],
                sources=(),
            )
        )
    return tuple(found)


def facts(dataset: Dataset) -> DatasetFacts:
    rows = {"empty-table": 0, "one-column": 1}.get(dataset.id, 123_456)
    downloads = [
        Download(
            name=f"{table.name}.{ending}",
            format=ending,
            media_type="text/csv",
            bytes=1_234_567,
            sha256=SHA,
            table=table.name,
            rows=rows,
        )
        for table in dataset.tables
        for ending in ("csv", "excel.csv", "json", "xml", "parquet")
    ]
    downloads.append(
        Download(name=f"{dataset.id}.zip", format="zip", media_type="application/zip", bytes=99, sha256=SHA)
    )
    old = Download(
        name=f"{dataset.id}.csv", format="csv", media_type="text/csv", bytes=10, sha256=SHA, table=dataset.id
    )
    return DatasetFacts(
        id=dataset.id,
        digest="ef" * 32,
        release="2025-12-31-2",
        tables=table_facts(dataset, rows),
        views=views_of(dataset.tables[0].name) if dataset.id in DRAWN else (),
        downloads=tuple(downloads),
        missing=(
            MissingDownload(
                table=dataset.id, format="xlsx", reason="超过 1,000,000 行", reason_en="more than 1,000,000 rows"
            ),
        ),
        releases=(ReleaseFacts(release="2024-12-31", digest="aa" * 32, note="上一年", downloads=(old,)),),
    )


def catalogue() -> Catalogue:
    contact = {"office": "平台运行组", "phone": "0512-00000000", "email": "data@example.org"}
    return Catalogue(
        portal=Portal.model_validate(
            {
                "name": "小城公共数据开放平台",
                "name_en": "Small Town Open Data",
                "city": "小城",
                "city_en": "Small Town",
                "profile": "suzhou",
                "url": "https://data.example.org",
                "demonstration": "示范站，不是官方网站。",
                "jurisdictions": [{"name": "小城", "authority": "小城数据局"}],
                "contact": contact,
                "example_queries": ["公园"],
                "example_queries_en": ["park"],
                "map": {"references": [{"dataset": "plain"}, {"dataset": "gone"}]},
            }
        ),
        departments=(
            Department.model_validate(
                {
                    "id": "ylj",
                    "name": "园林局",
                    "name_en": "Parks Bureau",
                    "jurisdiction": "小城",
                    "duty": "管公园。",
                    "contact": contact,
                }
            ),
        ),
        domains=(
            Domain(id="parks", title="园林绿化", title_en="Parks", icon="tree"),
            Domain(id="transport", title=f"交通{HOSTILE}", icon="bus"),
            Domain(id="unused", title="没有数据的领域"),
        ),
        datasets=datasets(),
        glossary=(
            Term(term="绿化率", aliases=("绿地率",), meaning="绿地占总面积的比例。"),
            Term(term="郁闭度", meaning="没有条目标出的术语。"),
        ),
        tombstones=(
            Tombstone.model_validate(
                {
                    "id": "gone",
                    "title": "已撤回的数据",
                    "department": "ylj",
                    "date": "2026-11-01",
                    "reason": "经核实侵犯第三方权益",
                }
            ),
        ),
        **publications(HOSTILE),
    )


def render_city(target: Path, cache: Path, *, profile: str = "suzhou", jobs: int = 1) -> Rendered:
    """Render the city below `target`."""
    known = catalogue()
    source = RenderInput(
        catalogue=known,
        profile=load_profile(profile),
        facts={dataset.id: facts(dataset) for dataset in known.datasets if dataset.is_open},
        today=TODAY,
        release="20261122-1",
    )
    shell = build_shell(CODE / "site_src", cache)
    write_figures(source.counts.all(), target, release=source.release, today=TODAY)
    return render_site(source, shell, site_src=CODE / "site_src", target=target, jobs=jobs)
