"""Small valid objects for unit tests: each test names only what it is about."""

from __future__ import annotations

from typing import Any

from portal.digests import content_digest
from portal.facts import ColumnFacts, DatasetFacts, Download, SourceFile, TableFacts
from portal.model import Catalogue, Dataset, Department, Domain, Portal

SHA = "ab" * 32


def a_dataset(**changes: Any) -> Dataset:
    """An unconditional dataset of one file with two columns."""
    entry: dict[str, Any] = {
        "id": "village-codes",
        "department": "mzj",
        "title": "某市村（居）委会区划代码（2023年）",
        "summary": "全市村（居）委会的代码与名称。",
        "domain": "civil-affairs",
        "keywords": ["行政区划"],
        "open_type": "unconditional",
        "update_frequency": "annual",
        "data_date": "2023-06-30",
        "jurisdiction": "某市",
        "licence": {"name": "MIT", "url": "https://opensource.org/license/mit"},
        "source": {"upstream": "国家统计局"},
        "files": [
            {
                "path": "village-codes.csv",
                "schema": {
                    "primaryKey": "代码",
                    "fields": [
                        {"name": "代码", "title": "区划代码", "description": "12 位代码", "source_ref": "ZY-1"},
                        {"name": "名称", "title": "名称", "description": "村（居）委会全称"},
                    ],
                },
            }
        ],
    }
    return Dataset.model_validate(entry | changes)


def a_catalogue(*datasets: Dataset, **changes: Any) -> Catalogue:
    """A catalogue with one department and one domain."""
    contact = {"office": "数据科", "phone": "0512-00000000", "email": "data@example.org"}
    parts: dict[str, Any] = {
        "portal": Portal.model_validate(
            {
                "name": "某市公共数据开放平台",
                "name_en": "Open Data",
                "city": "某市",
                "city_en": "City",
                "profile": "suzhou",
                "url": "https://data.example.org",
                "jurisdictions": [{"name": "某市", "authority": "某市数据局"}],
                "contact": contact,
            }
        ),
        "departments": (
            Department.model_validate({"id": "mzj", "name": "某市民政局", "jurisdiction": "某市", "contact": contact}),
        ),
        "domains": (Domain(id="civil-affairs", title="民政"),),
        "datasets": datasets or (a_dataset(),),
    }
    return Catalogue(**(parts | changes))


def some_facts(dataset: Dataset, **changes: Any) -> DatasetFacts:
    """Facts of a dataset with one row a table and a CSV."""
    digest = content_digest(dataset, {file.path: SHA for file in dataset.files})
    parts: dict[str, Any] = {
        "id": dataset.id,
        "digest": digest,
        "release": dataset.data_date.isoformat(),
        "tables": tuple(
            TableFacts.of(
                name=table.name,
                title=table.title,
                rows=1,
                columns=tuple(ColumnFacts(name=name, nulls=0, distinct=1) for name in table.table_schema.names),
                preview=(tuple("x" for _ in table.table_schema.names),),
                sources=(SourceFile(path=table.files[0].path, bytes=10, sha256=SHA, encoding="utf-8"),),
            )
            for table in dataset.tables
        ),
        "downloads": (
            Download(
                name=f"{dataset.id}.csv", format="csv", media_type="text/csv", bytes=10, sha256=SHA, table=dataset.id
            ),
            Download(name=f"{dataset.id}.zip", format="zip", media_type="application/zip", bytes=20, sha256=SHA),
        ),
    }
    return DatasetFacts(**(parts | changes))
