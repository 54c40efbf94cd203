"""/dataset/<id>/croissant.json: the dataset for those who train and test models (MLCommons Croissant 1.0).

https://docs.mlcommons.org/croissant/docs/croissant-spec.html. Only data that are open without conditions have one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from portal import addresses
from portal.citation import Source, gbt_undated
from portal.facts import DatasetFacts
from portal.model import Catalogue, Dataset, Portal, Table
from portal.moments import issued, modified
from portal.tableschema import Column

CONFORMS = "http://mlcommons.org/croissant/1.0"
CONTEXT: Mapping[str, Any] = {
    "@language": "zh",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The names that the specification gives, in full: readers compare the context with theirs."""
TYPES: Mapping[str, str] = {
    "boolean": "sc:Boolean",
    "date": "sc:Date",
    "datetime": "sc:DateTime",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "year": "sc:Integer",
}
"""Column type → data type; everything else is text."""
_RELEASE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:-(\d+))?")


def croissant_json(dataset: Dataset, facts: DatasetFacts, catalogue: Catalogue, department: str) -> str:
    """The text for a dataset with open rows; `department` is the name of its publisher."""
    document = _document(dataset, facts, catalogue, department)
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"


def _cited(dataset: Dataset, facts: DatasetFacts, portal: Portal, department: str) -> Source:
    return Source(
        department=department,
        title=dataset.title,
        portal=portal.name,
        city=portal.city,
        release=facts.release,
        day=dataset.data_date.isoformat(),
        url=portal.url + addresses.dataset_page(dataset.id),
    )


def _document(dataset: Dataset, facts: DatasetFacts, catalogue: Catalogue, department: str) -> dict[str, Any]:
    site = catalogue.portal.url
    page = site + addresses.dataset_page(dataset.id)
    publisher = {"@type": "sc:Organization", "name": department}
    told = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "@id": page,
        "name": dataset.title,
        "alternateName": dataset.id,
        "description": dataset.summary,
        "conformsTo": CONFORMS,
        "license": dataset.licence.url or dataset.licence.name,
        "url": page,
        "version": version(facts.release),
        "datePublished": (issued(dataset) or dataset.data_date).isoformat(),
        "dateModified": modified(dataset, facts).isoformat(),
        "citeAs": gbt_undated(_cited(dataset, facts, catalogue.portal, department)),
        "creator": publisher,
        "publisher": publisher,
        "inLanguage": "zh-CN",
        "keywords": list(dataset.keywords),
        "isLiveDataset": dataset.status != "static",
        "isAccessibleForFree": True,
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": item.name,
                "name": item.name,
                "contentUrl": site + addresses.download(dataset.id, item.name),
                "contentSize": f"{item.bytes} B",
                "encodingFormat": item.media_type.partition(";")[0],
                "sha256": item.sha256,
            }
            for item in facts.downloads
        ],
        "recordSet": [_records(table, dataset, facts) for table in dataset.tables],
    }
    return {key: value for key, value in told.items() if value not in ([], "")}


def version(release: str) -> str:
    """A release as a semantic version, which the format asks for: 2023-06-30-2 is 2023.6.30002."""
    found = _RELEASE.fullmatch(release)
    if found is None:
        raise ValueError(f"{release} is no release")
    year, month, day, more = found.groups()
    return f"{year}.{int(month)}.{int(day) * 1000 + int(more) if more else int(day)}"


def _records(table: Table, dataset: Dataset, facts: DatasetFacts) -> dict[str, Any]:
    """A table as a set of records, read from its CSV."""
    csv = next(one.name for one in facts.downloads if one.format == "csv" and one.table == table.name)
    schema, near = table.table_schema, {one.name for one in dataset.tables}
    references = {}
    for key in schema.foreign_keys:
        target = key.reference.resource or table.name
        if target in near and len(key.fields) == 1:
            references[key.fields[0]] = f"{target}/{key.reference.fields[0]}"
    told: dict[str, Any] = {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.title,
        "field": [_field(column, table.name, csv, references.get(column.name)) for column in schema.fields],
    }
    if schema.primary_key:
        told["key"] = [{"@id": f"{table.name}/{name}"} for name in schema.primary_key]
    return told


def _field(column: Column, table: str, csv: str, reference: str | None) -> dict[str, Any]:
    unit = f"（单位：{column.unit}）" if column.unit else ""
    told: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table}/{column.name}",
        "name": column.name,
        "description": f"{column.title}：{column.description}{unit}",
        "dataType": TYPES.get(column.type, "sc:Text"),
        "source": {"fileObject": {"@id": csv}, "extract": {"column": column.name}},
    }
    if reference:
        told["references"] = {"field": {"@id": reference}}
    return told
