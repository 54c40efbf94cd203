"""Step: the files that machines read, one row a file; and the lean catalogue for the processes that serve."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from portal.addresses import dataset_page
from portal.exports.atom import feeds
from portal.exports.catalogjson import catalog_json
from portal.exports.datajson import data_json
from portal.exports.datasette import datasette_metadata
from portal.exports.descriptions import Descriptions, write_descriptions
from portal.exports.figures import write_figures
from portal.exports.internal import internal_json
from portal.exports.lists import write_lists
from portal.exports.llms import llms_txt
from portal.exports.sitemap import robots, sitemaps
from portal.facts import DatasetFacts
from portal.ledger import Ledger
from portal.model import Catalogue
from portal.moments import modified

__all__ = ["EXPORTS", "Descriptions", "write_exports", "write_figures"]

Facts = Mapping[str, DatasetFacts]

EXPORTS: dict[str, Callable[[Catalogue, Facts], str]] = {
    "catalog.json": catalog_json,
    "data.json": data_json,
    "llms.txt": llms_txt,
}
"""Name below the site → its text."""


def write_exports(
    catalogue: Catalogue,
    facts: Facts,
    work: Path,
    *,
    release: str,
    pages: Sequence[str],
    ledger: Ledger,
    jobs: int = 1,
) -> Descriptions:
    """Write every export into the release folder `work`, in so many processes; `pages` are those of the sitemap.

    What describes single datasets is kept, and has still to be put in its place.
    """
    site = work / "site"
    for name, export in EXPORTS.items():
        (site / name).write_text(export(catalogue, facts), "utf-8")
    for name, text in sitemaps(catalogue.portal.url, pages, _modified(catalogue, facts)):
        (site / name).write_text(text, "utf-8")
    for address, text in feeds(catalogue, facts):
        path = site / address.lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    described = write_descriptions(catalogue, facts, site, ledger, jobs=jobs)
    write_lists(catalogue, facts, site)
    (site / "robots.txt").write_text(robots(catalogue.portal.url), "utf-8")
    metadata = datasette_metadata(catalogue, facts)
    (work / "data" / "metadata.json").write_text(json.dumps(metadata, ensure_ascii=False, indent=1), "utf-8")
    (work / "catalogue.json").write_text(internal_json(catalogue, facts, release), "utf-8")
    return described


def _modified(catalogue: Catalogue, facts: Facts) -> dict[str, str]:
    """When the datasets' pages last changed, in both languages."""
    days = {dataset_page(one.id): modified(one, facts.get(one.id)) for one in catalogue.datasets if one.is_listed}
    return {base + page: day.isoformat() for page, day in days.items() for base in ("", "/en")}
