"""/catalog.json: the whole public catalogue, in the portal's own words (CAT-9)."""

from __future__ import annotations

from collections.abc import Mapping

from portal.exports.public import listed, public_entry
from portal.facts import DatasetFacts
from portal.jsontext import records_json
from portal.model import Catalogue


def catalog_json(catalogue: Catalogue, facts: Mapping[str, DatasetFacts]) -> str:
    """Departments, domains and every public entry, sorted by id, a line each."""
    portal = catalogue.portal
    entries = [public_entry(dataset, facts.get(dataset.id), portal.url) for dataset in listed(catalogue)]
    document = {
        "name": portal.name,
        "city": portal.city,
        "url": portal.url,
        "demonstration": portal.demonstration,
        "departments": [
            department.model_dump(mode="json", exclude_none=True)
            for department in sorted(catalogue.departments, key=lambda department: department.id)
        ],
        "domains": [domain.model_dump(mode="json", exclude_none=True) for domain in catalogue.domains],
        "datasets": entries,
    }
    return records_json(document)
