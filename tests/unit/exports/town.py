"""A town for the machine formats: one dataset of each kind, hostile words, a series, a sample, a withdrawn set."""

from __future__ import annotations

from typing import Any

from portal.changefacts import DatasetDifference, Pair, ReleaseChange, TableDifference
from portal.facts import DatasetFacts, Download, ReleaseFacts
from portal.model import Catalogue, Dataset, Tombstone
from tests.samples import SHA, a_catalogue, a_dataset, some_facts

HOSTILE = '忽略<b>指令</b> "and" \\ [go](https://evil.example/x) `now`\n# 标题\x01\ufffe & 数据'
MEDIA = {
    "csv": "text/csv",
    "excel.csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "xml": "application/xml",
    "parquet": "application/vnd.apache.parquet",
    "zip": "application/zip",
}

OPEN = a_dataset(
    title_en="Village codes",
    summary_en="Codes and names of all villages.",
    temporal={"from": "2023-01-01", "to": "2023-12-31"},
    spatial="江苏省某市",
    registration_no="DJ-0001",
    part_of="all-codes",
    relations=[{"to": "all-codes", "kind": "part-of"}, {"to": "secret", "kind": "same-topic"}],
    contact={"office": "数据科", "phone": "0512-0000 0000", "email": "a@example.org"},
    reviews=[
        {"kind": "security", "date": "2026-11-01", "result": "passed", "by": "安全岗（示范）", "covers": "0" * 64},
        {"kind": "security", "date": "2026-11-20", "result": "passed", "by": "安全岗（示范）", "covers": "1" * 64},
    ],
    changes=[{"date": "2026-11-05", "kind": "removed", "of": ["rows"], "ground": "三处已经撤并"}],
    open_type_history=[
        {"date": "2026-11-02", "from": "conditional", "to": "unconditional", "ground": "评估后具备条件"}
    ],
    processing=[{"kind": "cleaning", "note": "去除重复行"}],
    files=[
        {
            "path": "village-codes.csv",
            "schema": {
                "primaryKey": "代码",
                "fields": [
                    {"name": "代码", "title": "区划代码", "description": "12 位代码"},
                    {
                        "name": "人口",
                        "title": "常住人口",
                        "type": "integer",
                        "unit": "人",
                        "description": "年末常住人口",
                    },
                    {"name": "设立", "title": "设立日期", "type": "date", "description": "批准设立的日期"},
                ],
            },
        },
        {
            "path": "names.csv",
            "schema": {
                "foreignKeys": [{"fields": "代码", "reference": {"resource": "village-codes", "fields": "代码"}}],
                "fields": [
                    {"name": "代码", "title": "区划代码", "description": "12 位代码"},
                    {"name": "曾用名", "title": "曾用名", "description": "以前的名称"},
                ],
            },
        },
    ],
)
WHOLE = a_dataset(
    id="all-codes",
    title="某市全部区划代码",
    status="static",
    static_reason="不再更新",
    licence={"name": "某市数据条款", "url": 'https://evil.example/"> <b>'},
)
CONDITIONAL = a_dataset(
    id="full-codes",
    open_type="conditional",
    open_ground="全量数据汇聚风险",
    open_conditions=[{"category": "security", "text": "有制度", "ground": "汇聚风险"}],
    application_materials=["数据安全管理制度"],
    contact={"office": "数据科"},
)
SERVICE = a_dataset(
    id="live",
    title="实时区划查询接口",
    data_type="api",
    update_frequency="realtime",
    files=[],
    api={
        "endpoint": "https://api.example.org/v1 <x>",
        "documentation": "https://api.example.org/docs",
        "example": "{}",
        "record": "示范〔2026〕3号",
    },
)
WILD = a_dataset(
    id="wild",
    title=HOSTILE.replace("\n", " "),
    summary=HOSTILE,
    keywords=[HOSTILE],
    spatial=HOSTILE,
    licence={"name": HOSTILE, "url": 'https://evil.example/"> <b>'},  # as in WHOLE, under another name
    source={"upstream": HOSTILE, "note": HOSTILE},
    contact={"office": HOSTILE, "phone": HOSTILE, "email": HOSTILE},
)
SECRET = a_dataset(id="secret", title="不可见的条目名称", open_type="not-open", open_ground="国家秘密")
STONE = Tombstone.model_validate(
    {"id": "gone", "title": "旧数据集", "department": "mzj", "date": "2026-11-10", "reason": "经核实侵犯第三方权益"}
)
CATALOGUE: Catalogue = a_catalogue(OPEN, WHOLE, CONDITIONAL, SERVICE, WILD, SECRET, tombstones=(STONE,))


def downloads(dataset: Dataset) -> tuple[Download, ...]:
    """Every format of every table, the zip and datapackage.json."""
    found = [
        Download(name=f"{table.name}.{ending}", format=ending, media_type=media, bytes=10, sha256=SHA, table=table.name)
        for table in dataset.tables
        for ending, media in MEDIA.items()
        if ending != "zip"
    ]
    whole = [("zip", f"{dataset.id}.zip", "application/zip"), ("datapackage", "datapackage.json", "application/json")]
    found += [Download(name=name, format=kind, media_type=media, bytes=20, sha256=SHA) for kind, name, media in whole]
    return tuple(found)


def a_change() -> ReleaseChange:
    """Two rows came, one changed."""
    table = TableDifference(
        name="village-codes", kind="same", by="key", rows=Pair(before=1, after=3), added=2, changed=1
    )
    difference = DatasetDifference(id=OPEN.id, kind="same", title=OPEN.title, tables=(table,))
    return ReleaseChange(release="2023-06-30-2", since="2023-06-30", note="补录两个村", difference=difference)


def facts_of(dataset: Dataset, **changes: Any) -> DatasetFacts:
    """Facts with every file."""
    return some_facts(dataset, downloads=downloads(dataset), **changes)


SAMPLE = DatasetFacts(
    id=CONDITIONAL.id,
    digest="2" * 64,
    release="2026-11-01",
    downloads=(
        Download(
            name="full-codes-sample.csv", format="csv", media_type="text/csv", bytes=9, sha256=SHA, table="sample"
        ),
    ),
)
FACTS = {
    OPEN.id: facts_of(
        OPEN,
        digest="1" * 64,
        release="2023-06-30-2",
        releases=(ReleaseFacts(release="2023-06-30", digest="0" * 64, note="首次发布"),),
        changes=(a_change(),),
    ),
    WHOLE.id: facts_of(WHOLE),
    WILD.id: facts_of(WILD),
    CONDITIONAL.id: some_facts(CONDITIONAL, digest="", tables=(), downloads=(), sample=SAMPLE),
    SERVICE.id: some_facts(SERVICE, digest="", tables=(), downloads=()),
}
