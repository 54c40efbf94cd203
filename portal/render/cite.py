"""What search engines read: schema.org/Dataset as JSON-LD."""

from __future__ import annotations

import json
from typing import Any

from portal import addresses
from portal.citation import gbt_undated
from portal.facts import DatasetFacts
from portal.model import Dataset
from portal.moments import issued, modified
from portal.render.book import Book
from portal.render.citing import source_of
from portal.tableschema import Column

SHORTEST, LONGEST = 50, 5000
"""Characters of a description that Google's dataset search takes."""


def json_ld(book: Book, dataset: Dataset, facts: DatasetFacts | None) -> str:
    """A data block of the page's head; browsers don't run it, so the CSP lets it stand. No `<` is left in it."""
    text = json.dumps(_schema_org(book, dataset, facts), ensure_ascii=False, separators=(",", ":"))
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return f'<script type="application/ld+json">{safe}</script>\n'


def _schema_org(book: Book, dataset: Dataset, facts: DatasetFacts | None) -> dict[str, Any]:
    """What https://developers.google.com/search/docs/appearance/structured-data/dataset asks for, as far as known."""
    portal = book.catalogue.portal
    page = portal.url + book.url(addresses.dataset_page(dataset.id))
    publisher = _publisher(book, dataset)
    first = issued(dataset)
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{portal.url}{addresses.dataset_page(dataset.id)}#dataset",
        "name": book.title(dataset),
        "alternateName": [name for name in (dataset.title, dataset.title_en) if name and name != book.title(dataset)],
        "description": description(book, dataset),
        "identifier": portal.url + addresses.dataset_page(dataset.id),
        "url": page,
        "inLanguage": "zh-CN",
        "keywords": list(dataset.keywords),
        "license": _licence(dataset),
        "creator": publisher,
        "publisher": publisher,
        "citation": gbt_undated(source_of(book, dataset, facts)),
        "datePublished": first.isoformat() if first else "",
        "dateModified": modified(dataset, facts).isoformat(),
        "isAccessibleForFree": True,
        "variableMeasured": [_variable(one) for table in dataset.tables for one in table.table_schema.fields],
        "includedInDataCatalog": {"@type": "DataCatalog", "name": portal.name, "url": f"{portal.url}/"},
        "conditionsOfAccess": "" if dataset.is_open else book.open_type(dataset.open_type),
        "isBasedOn": dataset.source.url or "",
        "isPartOf": _whole(book, dataset),
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
                "contentUrl": portal.url + addresses.download(dataset.id, one.name),
                "contentSize": f"{one.bytes} B",
                "sha256": one.sha256,
            }
            for one in facts.downloads
        ]
    return {key: value for key, value in told.items() if value not in ([], "")}


def _publisher(book: Book, dataset: Dataset) -> dict[str, Any]:
    site = book.catalogue.portal.url
    return {
        "@type": "GovernmentOrganization",
        "name": book.department_name(dataset.department),
        "url": site + book.url(addresses.department_page(dataset.department)),
    }


def _licence(dataset: Dataset) -> str | dict[str, str]:
    """Its address; where it has none, its name."""
    return dataset.licence.url or {"@type": "CreativeWork", "name": dataset.licence.name}


def _variable(column: Column) -> dict[str, str]:
    told = {"@type": "PropertyValue", "name": column.title}
    return {**told, "unitText": column.unit} if column.unit else told


def _whole(book: Book, dataset: Dataset) -> str:
    """The dataset that it is a part of, where that is public."""
    if dataset.part_of is None or dataset.part_of not in book.by_id:
        return ""
    return f"{book.catalogue.portal.url}{addresses.dataset_page(dataset.part_of)}#dataset"


def description(book: Book, dataset: Dataset) -> str:
    """Between the 50 and 5,000 characters that dataset search engines take: the summary, who publishes, which fields,
    and where that is still short, how often it is renewed and where it stands.
    """
    columns = [column.title for table in dataset.tables for column in table.table_schema.fields]
    parts = [book.summary(dataset), book.department_name(dataset.department), "、".join(columns)]
    more = [
        book.told(book.labels["update_frequency"], book.frequency(dataset.update_frequency)),
        book.told(book.labels["data_date"], dataset.data_date.isoformat()),
        book.catalogue.portal.name if book.lang == "zh" else book.catalogue.portal.name_en,
        book.catalogue.portal.url + book.url(addresses.dataset_page(dataset.id)),
    ]
    text = " ".join(part for part in parts if part)
    while len(text) < SHORTEST and more:
        text = f"{text} {more.pop(0)}"
    return text[:LONGEST]
