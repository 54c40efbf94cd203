"""`datapackage.json`: what the files hold, where they come from and under which terms, for machines.

Frictionless Data Package, first version (https://specs.frictionlessdata.io/data-package/), which every tool reads.
It describes the published CSV, not the file that was handed in: days are ISO text, so formats are left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from portal.addresses import dataset_page
from portal.casting import CastError, converter
from portal.citation import Source, gbt
from portal.facts import Cell, Download
from portal.model import Dataset, Department, Portal, Table
from portal.tableschema import Column, TableSchema
from portal.takeaway.csvs import null_text

Json = dict[str, object]
LICENCE_NAME = re.compile(r"[-a-zA-Z0-9._]+")


@dataclass(frozen=True)
class Imprint:
    """Who publishes what, as it is written into the files: a release of a dataset, its department and the portal."""

    portal: Portal
    department: Department
    release: str
    suffix: str = ""  # after the dataset's id, where these are not all of its data: the sample's files

    def address(self, dataset: Dataset) -> str:
        """The full address of the dataset's page."""
        return self.portal.url + dataset_page(dataset.id)

    def citation(self, dataset: Dataset) -> str:
        """How to cite the dataset, word for word as its page says it (GB/T 7714)."""
        return gbt(
            Source(
                department=self.department.name,
                title=dataset.title,
                portal=self.portal.name,
                city=self.portal.city,
                release=self.release,
                day=dataset.data_date.isoformat(),
                url=self.address(dataset),
            )
        )


def datapackage(dataset: Dataset, imprint: Imprint, downloads: Sequence[Download]) -> str:
    """The text of datapackage.json; `downloads` are the files written so far, of which the CSVs are its resources."""
    csvs = {download.table: download for download in downloads if download.format == "csv"}
    package: Json = {
        "profile": "tabular-data-package",
        "name": dataset.id + imprint.suffix,
        "title": dataset.title,
        "description": dataset.summary,
        "version": imprint.release,
        "homepage": imprint.address(dataset),
        "citation": imprint.citation(dataset),
        "keywords": list(dataset.keywords),
        "licenses": [_licence(dataset)],
        "sources": [_source(dataset)],
        "contributors": _contributors(imprint),
        "resources": [_resource(table, csvs[table.name], dataset) for table in dataset.tables],
    }
    return json.dumps({key: value for key, value in package.items() if value}, ensure_ascii=False, indent=2) + "\n"


def _licence(dataset: Dataset) -> Json:
    """`name` must be a licence's identifier; a Chinese title goes into `title`."""
    licence = dataset.licence
    name = licence.name if LICENCE_NAME.fullmatch(licence.name) else "other"
    return {"name": name, "title": licence.name, **({"path": licence.url} if licence.url else {})}


def _source(dataset: Dataset) -> Json:
    source = dataset.source
    title = f"{source.upstream}（{source.package}）" if source.package else source.upstream
    return {"title": title, **({"path": source.url} if source.url else {})}


def _contributors(imprint: Imprint) -> list[Json]:
    office = imprint.department.contact
    publisher: Json = {"title": imprint.department.name, "role": "publisher"}
    if office.email:
        publisher["email"] = office.email
    return [publisher, {"title": imprint.portal.name, "role": "distributor", "path": imprint.portal.url}]


def _resource(table: Table, download: Download, dataset: Dataset) -> Json:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "path": download.name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": download.bytes,
        "hash": f"sha256:{download.sha256}",
        "schema": _schema(table.table_schema, {other.name for other in dataset.tables}, table.name),
    }


def _schema(schema: TableSchema, near: set[str], own: str) -> Json:
    """The Table Schema of the published CSV. Keys into other datasets are left out: the package does not hold them."""
    keys: list[Json] = []
    for key in schema.foreign_keys:
        target = key.reference.resource if key.reference.resource != own else ""
        if not target or target in near:
            reference = {"resource": target, "fields": list(key.reference.fields)}
            keys.append({"fields": list(key.fields), "reference": reference})
    described: Json = {"fields": [_field(column) for column in schema.fields]}
    if schema.primary_key:
        described["primaryKey"] = list(schema.primary_key)
    if keys:
        described["foreignKeys"] = keys
    if schema.missing_values:
        described["missingValues"] = [null_text(schema)]
    return described


def _field(column: Column) -> Json:
    field: Json = {"name": column.name, "title": column.title, "type": column.type}
    if column.type == "string" and column.format:
        field["format"] = column.format
    field["description"] = f"{column.description}（单位：{column.unit}）" if column.unit else column.description
    constraints = _constraints(column)
    if constraints:
        field["constraints"] = constraints
    return field


def _constraints(column: Column) -> Json:
    """The constraints that the published values satisfy; patterns only on text, whose spelling is never changed."""
    given = column.constraints
    found: Json = {
        "required": given.required or None,
        "unique": given.unique or None,
        "pattern": given.pattern if column.type == "string" else None,
        "enum": [_value(column, text) for text in given.enum] if given.enum else None,
        "minimum": _value(column, given.minimum) if given.minimum else None,
        "maximum": _value(column, given.maximum) if given.maximum else None,
        "minLength": given.min_length if column.type == "string" else None,
        "maxLength": given.max_length if column.type == "string" else None,
    }
    return {key: value for key, value in found.items() if value is not None}


def _value(column: Column, text: str) -> Cell:
    """A bound as the published data spell it."""
    try:
        return converter(column)(text)
    except CastError:
        return text
