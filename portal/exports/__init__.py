"""Step: the files that machines read, one row a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from portal.exports.catalogjson import catalog_json
from portal.exports.datajson import data_json
from portal.facts import DatasetFacts
from portal.model import Catalogue

EXPORTS: dict[str, Callable[[Catalogue, Mapping[str, DatasetFacts]], str]] = {
    "catalog.json": catalog_json,
    "data.json": data_json,
}
