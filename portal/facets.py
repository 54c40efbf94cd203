"""What lists and the search can be narrowed by, beyond what an entry says in one word (POR-1, PRO-4).

A facet's value stands in addresses, its title is what people read. Lists (portal/render/listing.py) and the search
index (portal/search) use the same values, so that an address means the same in both.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from portal.facts import DatasetFacts
from portal.model import Dataset, Portal

FACETS = (
    "department",
    "domain",
    "topic",
    "type",
    "format",
    "feature",
    "frequency",
    "area",
    "government",
    "year",
)
"""Keys in the order in which people see them."""
MANY = frozenset({"format", "feature", "topic"})
"""Facets under which a dataset may have several values."""

FEATURES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"api": ("可用接口查询", "Has an API"), "realtime": ("实时更新", "Real-time"), "static": ("静态数据", "Static")}
)
"""Value → title in Chinese and English."""
GOVERNMENTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"city": ("市级", "City"), "county": ("县（市、区）级", "County or district")}
)
"""Level of government (PRO-4)."""


def features(dataset: Dataset, facts: DatasetFacts | None) -> tuple[str, ...]:
    """Keys of FEATURES: it can be asked by a program, it is real-time, it is static."""
    asked = dataset.data_type == "api" or (dataset.is_open and facts is not None and bool(facts.tables))
    held = {
        "api": asked,
        "realtime": dataset.update_frequency == "realtime",
        "static": dataset.status == "static",
    }
    return tuple(key for key in FEATURES if held[key])


def government(dataset: Dataset, portal: Portal) -> str:
    """Key of GOVERNMENTS: the portal's first jurisdiction is the city itself, the others are below it."""
    return "county" if dataset.jurisdiction in {one.name for one in portal.jurisdictions[1:]} else "city"


def year(dataset: Dataset) -> str:
    """The year for which the data speak."""
    return str(dataset.data_date.year)
