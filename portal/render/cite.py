"""How to cite a dataset, and what search engines read: schema.org/Dataset as JSON-LD."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup, escape

from portal import addresses
from portal.facts import DatasetFacts
from portal.model import Dataset
from portal.render.book import Book


def citation(book: Book, dataset: Dataset, facts: DatasetFacts | None) -> dict[str, Markup]:
    """The plain form and GB/T 7714—2015 (DS/OL: data set, online).

    The day of retrieval (SYS-41) is the reader's: scripts put it in, without them its name stands there.
    """
    portal, t, chinese = book.catalogue.portal, book.t, book.lang == "zh"
    department, title = escape(book.department_name(dataset.department)), escape(book.title(dataset))
    name, city = (portal.name, portal.city) if chinese else (portal.name_en, portal.city_en)
    release = escape(facts.release if facts else dataset.data_date.isoformat())
    url = escape(portal.url + book.url(addresses.dataset_page(dataset.id)))
    today = f"<span data-today>{t['retrieved']}</span>"
    version = f"{t['release']} {release}"
    if chinese:
        plain = f"{department}：{title}，{escape(name)}，{version}，{t['retrieved']} {today}，{url}"
    else:
        plain = f"{department}: {title}. {escape(name)}. {version}, {t['retrieved']} {today}. {url}"
    year, day = dataset.data_date.year, dataset.data_date.isoformat()
    gbt = f"{department}. {title}[DS/OL]. {escape(city)}: {escape(name)}, {year}({day})[{today}]. {url}."
    return {"plain": Markup(plain), "gbt": Markup(gbt)}  # noqa: S704 -- escaped part by part


def json_ld(book: Book, dataset: Dataset, facts: DatasetFacts | None) -> str:
    """A data block of the page's head; browsers don't run it, so the CSP lets it stand. No `<` is left in it."""
    text = json.dumps(_schema_org(book, dataset, facts), ensure_ascii=False, separators=(",", ":"))
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return f'<script type="application/ld+json">{safe}</script>\n'


def _schema_org(book: Book, dataset: Dataset, facts: DatasetFacts | None) -> dict[str, Any]:
    site = book.catalogue.portal.url
    publisher = {"@type": "GovernmentOrganization", "name": book.department_name(dataset.department)}
    columns = [column.title for table in dataset.tables for column in table.table_schema.fields]
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": book.title(dataset),
        "description": _description(book, dataset, columns),
        "identifier": dataset.id,
        "url": site + book.url(addresses.dataset_page(dataset.id)),
        "inLanguage": "zh-CN",
        "keywords": list(dataset.keywords),
        "license": dataset.licence.url or dataset.licence.name,
        "creator": publisher,
        "publisher": publisher,
        "dateModified": dataset.data_date.isoformat(),
        "isAccessibleForFree": True,
        "variableMeasured": columns,
        "includedInDataCatalog": {"@type": "DataCatalog", "name": book.catalogue.portal.name, "url": f"{site}/"},
    }
    if dataset.temporal:
        told["temporalCoverage"] = f"{dataset.temporal.from_.isoformat()}/{dataset.temporal.to.isoformat()}"
    if dataset.spatial:
        told["spatialCoverage"] = {"@type": "Place", "name": dataset.spatial}
    if facts and dataset.is_open:
        told["version"] = facts.release
        told["distribution"] = [
            {
                "@type": "DataDownload",
                "name": one.name,
                "encodingFormat": one.media_type,
                "contentUrl": site + addresses.download(dataset.id, one.name),
                "contentSize": f"{one.bytes} B",
            }
            for one in facts.downloads
        ]
    return {key: value for key, value in told.items() if value not in ([], "")}


def _description(book: Book, dataset: Dataset, columns: list[str]) -> str:
    """At least the 50 characters that dataset search engines ask for: the summary, who publishes, which fields."""
    parts = [book.summary(dataset), book.department_name(dataset.department), "、".join(columns)]
    return " ".join(part for part in parts if part)[:5000]
