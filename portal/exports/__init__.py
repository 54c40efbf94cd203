"""Step: the files that machines read, one row a file; and the lean catalogue for the processes that serve."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from portal.addresses import dataset_page
from portal.exports.atom import feeds
from portal.exports.catalogjson import catalog_json
from portal.exports.datajson import data_json
from portal.exports.datasette import datasette_metadata
from portal.exports.descriptions import write_descriptions
from portal.exports.figures import write_figures
from portal.exports.internal import internal_json
from portal.exports.lists import write_lists
from portal.exports.llms import llms_txt
from portal.exports.rules import RULES, rules_json
from portal.exports.sitemap import robots, sitemaps
from portal.facts import DatasetFacts
from portal.jsontext import records_json
from portal.model import Catalogue
from portal.moments import modified

__all__ = ["EXPORTS", "write_descriptions", "write_exports", "write_figures", "write_released", "write_sitemaps"]

Facts = Mapping[str, DatasetFacts]

EXPORTS: dict[str, Callable[[Catalogue, Facts], str]] = {
    "catalog.json": catalog_json,
    "data.json": data_json,
    "llms.txt": llms_txt,
}
"""Name below the site → its text."""


def write_exports(catalogue: Catalogue, facts: Facts, work: Path) -> None:
    """Write every export into the release folder `work` that needs the catalogue alone, and what is known of data."""
    site = work / "site"
    for name, export in EXPORTS.items():
        (site / name).write_text(export(catalogue, facts), "utf-8")
    for address, text in feeds(catalogue, facts):
        path = site / address.lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    write_lists(catalogue, facts, site)
    (site / "robots.txt").write_text(robots(catalogue.portal.url), "utf-8")
    (work / "data" / "metadata.json").write_text(records_json(datasette_metadata(catalogue, facts)), "utf-8")
    (work / RULES).write_text(rules_json(catalogue.portal.profile), "utf-8")


def write_released(catalogue: Catalogue, facts: Facts, work: Path, *, release: str) -> None:
    """Write the lean catalogue of the release with this id, for the processes that serve it."""
    (work / "catalogue.json").write_text(internal_json(catalogue, facts, release), "utf-8")


def write_sitemaps(catalogue: Catalogue, facts: Facts, site: Path, pages: Sequence[str]) -> None:
    """Write sitemap.xml, and its parts where there are many pages; `pages` are addresses."""
    for name, text in sitemaps(catalogue.portal.url, pages, _modified(catalogue, facts)):
        (site / name).write_text(text, "utf-8")


def _modified(catalogue: Catalogue, facts: Facts) -> dict[str, str]:
    """When the datasets' pages last changed, in both languages."""
    days = {dataset_page(one.id): modified(one, facts.get(one.id)) for one in catalogue.datasets if one.is_listed}
    return {base + page: day.isoformat() for page, day in days.items() for base in ("", "/en")}
