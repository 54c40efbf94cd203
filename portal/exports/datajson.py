"""/data.json: the catalogue as Project Open Data 1.1 (DCAT-US 1.1, the schema for bodies outside the federal level).

Harvesters do not page it, so neither do we. https://resources.data.gov/resources/dcat-us/
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from portal import addresses
from portal.exports.public import listed
from portal.facts import DatasetFacts
from portal.jsontext import records_json
from portal.model import Catalogue, Dataset, Department
from portal.moments import issued, modified
from portal.records import Contact

SCHEMA = "https://project-open-data.cio.gov/v1.1/schema"
# ISO 8601 repeating intervals as the schema demands them (field guidance: accrualPeriodicity).
PERIODICITY = {
    "realtime": "R/PT1S",
    "daily": "R/P1D",
    "weekly": "R/P1W",
    "monthly": "R/P1M",
    "quarterly": "R/P3M",
    "semiannual": "R/P6M",
    "annual": "R/P1Y",
    "biennial": "R/P2Y",
    "irregular": "irregular",
}
MAIL = re.compile(r"[\w.%+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
ACCESS = {"unconditional": "public", "conditional": "restricted public"}


def data_json(catalogue: Catalogue, facts: Mapping[str, DatasetFacts]) -> str:
    """Every public entry as a dcat:Dataset, sorted by id."""
    site = catalogue.portal.url
    departments = {department.id: department for department in catalogue.departments}
    domains = {domain.id: domain.title for domain in catalogue.domains}
    document = {
        "@context": f"{SCHEMA}/catalog.jsonld",
        "@id": f"{site}/data.json",
        "@type": "dcat:Catalog",
        "conformsTo": SCHEMA,
        "describedBy": f"{SCHEMA}/catalog.json",
        "dataset": [
            _dataset(
                dataset, facts.get(dataset.id), departments[dataset.department], domains[dataset.domain], catalogue
            )
            for dataset in listed(catalogue)
        ],
    }
    return records_json(document)


def _dataset(
    dataset: Dataset, facts: DatasetFacts | None, department: Department, theme: str, catalogue: Catalogue
) -> dict[str, Any]:
    site = catalogue.portal.url
    contact = dataset.contact or department.contact
    mail = next(_mails(contact, department.contact, catalogue.portal.contact), None)
    entry: dict[str, Any] = {
        "@type": "dcat:Dataset",
        "identifier": site + addresses.dataset_page(dataset.id),
        "title": dataset.title,
        "description": dataset.summary,
        "keyword": list(dataset.keywords) or [theme],
        "theme": [theme],
        "modified": modified(dataset, facts).isoformat(),
        "publisher": {"@type": "org:Organization", "name": department.name},
        "contactPoint": {"@type": "vcard:Contact", "fn": contact.office, **({"hasEmail": mail} if mail else {})},
        "accessLevel": ACCESS[dataset.open_type],
        "accrualPeriodicity": PERIODICITY[dataset.update_frequency],
        "landingPage": site + addresses.dataset_page(dataset.id),
        "language": ["zh-CN"],
    }
    first = issued(dataset)
    if first:
        entry["issued"] = first.isoformat()
    if dataset.spatial:
        entry["spatial"] = dataset.spatial
    if dataset.temporal:
        entry["temporal"] = f"{dataset.temporal.from_.isoformat()}/{dataset.temporal.to.isoformat()}"
    if dataset.licence.url:
        entry["license"] = dataset.licence.url
    if dataset.open_type == "conditional":
        entry["rights"] = (dataset.open_ground or "有条件开放")[:255]
    if facts and dataset.is_open and facts.downloads:
        entry["distribution"] = [
            {
                "@type": "dcat:Distribution",
                "title": item.name,
                "downloadURL": site + addresses.download(dataset.id, item.name),
                "mediaType": item.media_type,
                "format": item.format,
            }
            for item in facts.downloads
        ]
    return entry


def _mails(*contacts: Contact) -> Iterator[str]:
    """Mail addresses as the schema takes them: the nearest office that has one answers."""
    for contact in contacts:
        if contact.email and MAIL.fullmatch(contact.email):
            yield f"mailto:{contact.email}"
