"""catalogue.json of a release: the lean catalogue that the front, the query API and the forms read.

It lies beside the site, not in it, but holds nothing that the site does not show.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.exports.public import listed
from portal.facts import DatasetFacts
from portal.jsontext import records_json
from portal.model import Catalogue, Dataset
from portal.samples import published_sample


def internal_json(catalogue: Catalogue, facts: Mapping[str, DatasetFacts], release: str) -> str:
    """Portal, departments and listed datasets, keyed by id; `release` is the id of the portal's release."""
    portal = catalogue.portal
    document = {
        "release": release,
        "portal": portal.model_dump(
            mode="json",
            include={"name", "name_en", "city", "city_en", "url", "demonstration", "contact", "public_cases"},
        )
        | ({"tiles": portal.map.host} if portal.map.host else {}),
        "profile": portal.profile,
        "departments": {
            department.id: department.model_dump(mode="json", include={"name", "name_en", "contact", "jurisdiction"})
            for department in sorted(catalogue.departments, key=lambda department: department.id)
        },
        "domains": {domain.id: domain.title for domain in catalogue.domains},
        "moved": {
            "department": {old: one.id for one in catalogue.departments for old in one.aliases},
            "domain": {old: one.id for one in catalogue.domains for old in one.aliases},
        },
        "synonyms": [list(group.words) for group in catalogue.synonyms],
        "datasets": {dataset.id: _lean(dataset, facts.get(dataset.id)) for dataset in listed(catalogue)},
    }
    return records_json(document)


def _lean(dataset: Dataset, facts: DatasetFacts | None) -> dict[str, Any]:
    sample = published_sample(dataset) if facts and facts.sample else None
    tables = dataset.tables if dataset.is_open else sample.tables if sample else ()
    columns = [column for table in dataset.tables for column in table.table_schema.fields]
    return {
        "title": dataset.title,
        "title_en": dataset.title_en,
        "summary": dataset.summary,
        "summary_en": dataset.summary_en,
        "department": dataset.department,
        "domain": dataset.domain,
        "keywords": list(dataset.keywords),
        "open_type": dataset.open_type,
        "status": dataset.status,
        "release": facts.release if facts else None,
        "digest": facts.digest if facts else None,
        "aliases": list(dataset.aliases),
        "tables": [table.name for table in tables],
        "columns": {table.name: list(table.table_schema.names) for table in tables},
        "field_titles": [column.title for column in columns],
        "field_titles_en": [column.title_en for column in columns if column.title_en],
    }
