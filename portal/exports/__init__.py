"""Step: the files that machines read, one row a file; and the lean catalogue for the processes that serve."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from portal.addresses import dataset_page
from portal.exports.catalogjson import catalog_json
from portal.exports.datajson import data_json
from portal.exports.datasette import datasette_metadata
from portal.exports.figures import write_figures
from portal.exports.internal import internal_json
from portal.exports.quality import QUALITY, quality_files
from portal.exports.sitemap import robots, sitemap
from portal.facts import DatasetFacts
from portal.model import Catalogue

__all__ = ["EXPORTS", "write_exports", "write_figures"]

Facts = Mapping[str, DatasetFacts]

EXPORTS: dict[str, Callable[[Catalogue, Facts], str]] = {
    "catalog.json": catalog_json,
    "data.json": data_json,
}
"""Name below the site → its text."""


def write_exports(catalogue: Catalogue, facts: Facts, work: Path, *, release: str, pages: Sequence[str]) -> None:
    """Write every export into the release folder `work`; `pages` are the addresses for the sitemap."""
    site = work / "site"
    for name, export in EXPORTS.items():
        (site / name).write_text(export(catalogue, facts), "utf-8")
    modified = {dataset_page(one.id): one.data_date.isoformat() for one in catalogue.datasets if one.is_listed}
    (site / "sitemap.xml").write_text(sitemap(catalogue.portal.url, pages, modified), "utf-8")
    for dataset, text in quality_files(catalogue, facts):
        (site / "dataset" / dataset / QUALITY).write_text(text, "utf-8")
    (site / "robots.txt").write_text(robots(catalogue.portal.url), "utf-8")
    metadata = datasette_metadata(catalogue, facts)
    (work / "data" / "metadata.json").write_text(json.dumps(metadata, ensure_ascii=False, indent=1), "utf-8")
    (work / "catalogue.json").write_text(internal_json(catalogue, facts, release), "utf-8")
