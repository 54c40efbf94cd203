"""What search engines and programs find in the head of a page: schema.org/Dataset, and links to other formats.

The rules are those of Google's dataset search (name, description of 50 to 5,000 characters, distributions with an
address) and the classes that https://schema.org gives each property.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.rendering.city import HOSTILE, catalogue, render_city

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)
ALTERNATE = re.compile(r'<link rel="alternate" type="([^"]+)" title="([^"]*)" href="([^"]+)">')
KNOWN = {
    "@context", "@type", "@id", "name", "alternateName", "description", "identifier", "url", "inLanguage", "keywords",
    "license", "creator", "publisher", "citation", "datePublished", "dateModified", "isAccessibleForFree",
    "variableMeasured", "includedInDataCatalog", "conditionsOfAccess", "isBasedOn", "isPartOf", "temporalCoverage",
    "spatialCoverage", "version", "distribution",
}  # fmt: skip
"""Properties of schema.org/Dataset and the classes above it."""
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("structured")
    render_city(folder / "site", folder / "cache")
    return folder / "site"


def told(site: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted([*site.glob("dataset/*/index.html"), *site.glob("en/dataset/*/index.html")]):
        blocks = BLOCK.findall(path.read_text("utf-8"))
        if blocks:
            (text,) = blocks
            yield path.parent.name, json.loads(text)


def test_every_dataset_page_tells_what_dataset_search_asks_for(site: Path) -> None:
    seen = set()
    for name, one in told(site):
        seen.add(name)
        assert set(one) <= KNOWN
        assert one["@type"] == "Dataset"
        assert one["name"]
        assert 50 <= len(one["description"]) <= 5000, (name, one["description"])
        assert one["url"].startswith("https://data.example.org/")
        assert one["publisher"]["@type"] == "GovernmentOrganization"
        assert one["publisher"]["url"].startswith("https://data.example.org/")
        assert DAY.fullmatch(one["dateModified"])
        assert isinstance(one["license"], dict) or one["license"].startswith("http")
        assert one["includedInDataCatalog"]["name"]
        assert all(item["@type"] == "PropertyValue" and item["name"] for item in one.get("variableMeasured", []))
        for item in one.get("distribution", []):
            assert item["contentUrl"].startswith(f"https://data.example.org/dataset/{name}/")
            assert item["encodingFormat"]
            assert re.fullmatch("[0-9a-f]{64}", item["sha256"])
    assert seen == {one.id for one in catalogue().datasets if one.is_listed}


def test_what_is_told_of_a_dataset_with_everything(site: Path) -> None:
    one = next(one for name, one in told(site) if name == "everything")
    assert one["temporalCoverage"] == "2025-01-01/2025-12-31"
    assert one["spatialCoverage"] == {"@type": "Place", "name": "江苏省小城"}
    assert one["datePublished"] == "2026-11-01"
    assert one["version"] == "2025-12-31-2"
    assert one["isPartOf"] == "https://data.example.org/dataset/plain/#dataset"
    assert one["isBasedOn"] == "https://s.example.org/"
    assert one["citation"].startswith(
        "园林局. 样样俱全的数据（2025年）: 版本 2025-12-31-2[DS/OL]. 小城: 小城公共数据开放平台, 2025(2025-12-31). https://"
    )
    assert {"@type": "PropertyValue", "name": "面积的名称", "unitText": "公顷"} in one["variableMeasured"]


def test_data_that_are_not_open_have_no_files_and_say_so(site: Path) -> None:
    one = next(one for name, one in told(site) if name == "conditional")
    assert "distribution" not in one
    assert one["conditionsOfAccess"] == "有条件开放"


def test_hostile_words_don_t_leave_the_block(site: Path) -> None:
    one = next(one for name, one in told(site) if name == "hostile")
    assert HOSTILE in one["name"]
    assert one["license"] == {"@type": "CreativeWork", "name": HOSTILE}


def test_pages_lead_to_their_other_formats(site: Path) -> None:
    def links(page: str) -> dict[str, str]:
        found = ALTERNATE.findall((site / page / "index.html").read_text("utf-8"))
        return {unescape(href): kind for kind, _, href in found}

    assert links("dataset/plain") == {
        "/dataset/plain/dcat.jsonld": "application/ld+json",
        "/dataset/plain/dcat.ttl": "text/turtle",
        "/dataset/plain/dcat.rdf": "application/rdf+xml",
        "/dataset/plain/croissant.json": "application/json",
    }
    assert set(links("dataset/conditional")) == {
        f"/dataset/conditional/dcat.{kind}" for kind in ("jsonld", "ttl", "rdf")
    }
    department = links("department/ylj")
    assert department["/feeds/department/ylj.atom"] == "application/atom+xml"
    assert department["/department/ylj/list.csv"] == "text/csv"
