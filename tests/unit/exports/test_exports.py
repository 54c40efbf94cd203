"""What machines read: complete, valid by the standard's own schema, and free of what a city keeps to itself."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from portal.exports.catalogjson import catalog_json
from portal.exports.datajson import PERIODICITY, data_json
from portal.exports.internal import internal_json
from portal.exports.sitemap import robots, sitemaps
from portal.model import Frequency
from tests.samples import a_catalogue, a_dataset, some_facts
from tests.unit.exports import town

STANDARDS = Path(__file__).parents[2] / "standards"

CONDITIONAL = a_dataset(
    id="full-codes",
    open_type="conditional",
    open_ground="全量数据汇聚风险",
    open_conditions=[{"category": "security", "text": "有制度", "ground": "汇聚风险"}],
    application_materials=["数据安全管理制度"],
)
SECRET = a_dataset(id="secret-codes", title="不可见的条目名称", open_type="not-open", open_ground="国家秘密")
INTERNAL = {"sharing": {"type": "无条件共享"}, "operation": {"state": "未授权"}, "project": "SZ-2026-001"}
OPEN = a_dataset(**INTERNAL, title='名称<script>alert("1")</script>')
CATALOGUE = a_catalogue(OPEN, CONDITIONAL, SECRET)
FACTS = {OPEN.id: some_facts(OPEN), CONDITIONAL.id: some_facts(CONDITIONAL, tables=(), downloads=())}


def test_catalog_json_tells_every_public_field_and_no_internal_one() -> None:
    text = catalog_json(CATALOGUE, FACTS)
    document = json.loads(text)
    assert [entry["id"] for entry in document["datasets"]] == ["full-codes", "village-codes"]
    entry = document["datasets"][1]
    public = set(OPEN.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)) - set(INTERNAL)
    assert public <= set(entry)
    for hidden in ("ZY-1", "SZ-2026-001", "未授权", "不可见的条目名称", "secret-codes"):
        assert hidden not in text
    assert entry["downloads"][0]["url"] == "https://data.example.org/dataset/village-codes/village-codes.csv"
    assert entry["api"] == ["https://data.example.org/data/mzj/village-codes.json"]


def test_conditional_entries_show_conditions_and_no_files() -> None:
    entry = json.loads(catalog_json(CATALOGUE, FACTS))["datasets"][0]
    assert entry["open_conditions"][0]["text"] == "有制度"
    assert "files" not in entry
    assert "downloads" not in entry
    assert "api" not in entry


def test_data_json_satisfies_the_standard_s_own_schema() -> None:
    catalog = json.loads((STANDARDS / "data-json-1.1-catalog.json").read_text("utf-8"))
    dataset = json.loads((STANDARDS / "data-json-1.1-non-federal-dataset.json").read_text("utf-8"))
    registry = Registry().with_resources(
        [("https://project-open-data.cio.gov/v1.1/schema/dataset.json", Resource.from_contents(dataset))]
    )
    document = json.loads(data_json(CATALOGUE, FACTS))
    assert list(Draft202012Validator(catalog, registry=registry).iter_errors(document)) == []
    broken = json.loads(json.dumps(document))
    broken["dataset"][0].pop("contactPoint")
    assert list(Draft202012Validator(catalog, registry=registry).iter_errors(broken)) != []
    assert [entry["accessLevel"] for entry in document["dataset"]] == ["restricted public", "public"]


def test_data_json_of_every_kind_of_entry_is_valid_and_dated_by_the_records() -> None:
    catalog = json.loads((STANDARDS / "data-json-1.1-catalog.json").read_text("utf-8"))
    dataset = json.loads((STANDARDS / "data-json-1.1-non-federal-dataset.json").read_text("utf-8"))
    registry = Registry().with_resources(
        [("https://project-open-data.cio.gov/v1.1/schema/dataset.json", Resource.from_contents(dataset))]
    )
    document = json.loads(data_json(town.CATALOGUE, town.FACTS))
    assert list(Draft202012Validator(catalog, registry=registry).iter_errors(document)) == []
    told = {entry["identifier"].split("/")[-2]: entry for entry in document["dataset"]}
    assert (told["village-codes"]["issued"], told["village-codes"]["modified"]) == ("2026-11-01", "2026-11-20")
    assert told["full-codes"]["contactPoint"]["hasEmail"] == "mailto:data@example.org"  # its own contact has none


@pytest.mark.parametrize("frequency", Frequency.__args__)
def test_every_update_frequency_has_an_interval(frequency: str) -> None:
    assert PERIODICITY[frequency]


def test_the_internal_catalogue_holds_nothing_that_the_site_does_not_show() -> None:
    text = internal_json(CATALOGUE, FACTS, "r1")
    document = json.loads(text)
    assert list(document["datasets"]) == ["full-codes", "village-codes"]
    assert document["datasets"]["village-codes"]["columns"] == {"village-codes": ["代码", "名称"]}
    assert document["datasets"]["full-codes"]["tables"] == []
    for hidden in ("ZY-1", "SZ-2026-001", "未授权", "不可见的条目名称"):
        assert hidden not in text


def test_the_sitemap_is_xml_with_every_page_once_and_escaped() -> None:
    text = dict(sitemaps("https://data.example.org", ["/b/", "/", "/a&b/"], {"/b/": "2026-11-22"}))["sitemap.xml"]
    root = ElementTree.fromstring(text)
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert [loc.text for loc in root.iter(f"{space}loc")] == [
        "https://data.example.org/",
        "https://data.example.org/a&b/",
        "https://data.example.org/b/",
    ]
    assert [day.text for day in root.iter(f"{space}lastmod")] == ["2026-11-22"]


def test_robots_name_the_sitemap() -> None:
    assert "Sitemap: https://data.example.org/sitemap.xml" in robots("https://data.example.org")
