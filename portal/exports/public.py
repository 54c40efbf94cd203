"""What of an entry the public may see: everything but the fields that a city keeps to itself (CAT-18, A11)."""

from __future__ import annotations

from typing import Any

from portal import addresses
from portal.facts import DatasetFacts, Download
from portal.model import Catalogue, Dataset

INTERNAL = frozenset({"sharing", "operation", "lead", "project"})
INTERNAL_OF_COLUMN = frozenset({"source_ref"})


def listed(catalogue: Catalogue) -> list[Dataset]:
    """The entries that have a public page, by id; not-open ones appear nowhere (OT-1, A8)."""
    return sorted((dataset for dataset in catalogue.datasets if dataset.is_listed), key=lambda dataset: dataset.id)


def public_entry(dataset: Dataset, facts: DatasetFacts | None, site: str) -> dict[str, Any]:
    """One entry as published in /catalog.json: the keys of the entry, and the files it comes in.

    `site` is the portal's address without a slash at its end. Empty values are left out.
    """
    entry = dataset.model_dump(
        mode="json", by_alias=True, exclude_none=True, exclude_defaults=True, exclude=set(INTERNAL)
    )
    entry["status"] = dataset.status
    entry["data_type"] = dataset.data_type
    entry["files"] = [_public_table(table) for table in dataset.tables] if dataset.is_open else []
    entry["url"] = site + addresses.dataset_page(dataset.id)
    if "sample" in entry:
        entry["sample"].pop("profile", None)  # figures of the whole, told for the check alone
        entry["sample"]["downloads"] = [_download(dataset, one, site) for one in _sampled(facts)]
    if facts and dataset.is_open:
        entry |= {
            "release": facts.release,
            "digest": facts.digest,
            "rows": facts.rows,
            "formats": formats(facts),
            "downloads": [_download(dataset, item, site) for item in facts.downloads],
            "api": [site + addresses.table_api(dataset.department, table.name) for table in facts.tables],
        }
    return {key: value for key, value in entry.items() if value not in ([], {}, "")}


def _sampled(facts: DatasetFacts | None) -> tuple[Download, ...]:
    """The files of the sample of conditional data."""
    return facts.sample.downloads if facts and facts.sample else ()


def formats(facts: DatasetFacts) -> list[str]:
    """The formats of the tables, in the order offered, each once."""
    names = [item.format.removeprefix("excel.").upper() for item in facts.downloads if item.table]
    return list(dict.fromkeys(names))


def _public_table(table: Any) -> dict[str, Any]:
    schema = table.table_schema.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
    for column in schema["fields"]:
        for key in INTERNAL_OF_COLUMN:
            column.pop(key, None)
        column.setdefault("type", "string")
    return {"name": table.name, "title": table.title, "schema": schema}


def _download(dataset: Dataset, item: Download, site: str) -> dict[str, Any]:
    return {
        "name": item.name,
        "format": item.format,
        "mediaType": item.media_type,
        "bytes": item.bytes,
        "sha256": item.sha256,
        "url": site + addresses.download(dataset.id, item.name),
    }
