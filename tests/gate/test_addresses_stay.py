"""Addresses of topics, domains and departments: none that was given out ends in nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.catalogues import DEPARTMENT, dump
from tests.gate.examples import change_entry, renew_review, rules
from tests.gate.repository import commit

TOPIC = {"id": "outings", "title": "出游", "summary": "城区公园和绿地。", "keywords": ["公园"]}


def lay_topics(city: Path, *topics: dict[str, Any]) -> None:
    (city / "catalog/topics.yml").write_text(dump(list(topics)), "utf-8")


@pytest.mark.parametrize(
    ("after", "wanted"),
    [
        ([], ["topic-removed"]),
        ([{**TOPIC, "id": "parks", "aliases": ["outings"]}], []),
        ([{**TOPIC, "title": "游园"}], []),
        ([{**TOPIC, "id": "parks"}], ["topic-removed"]),
    ],
)
def test_the_address_of_a_topic_stays(after: list[dict[str, Any]], wanted: list[str], city: Path) -> None:
    lay_topics(city, TOPIC, {**TOPIC, "id": "empty", "keywords": ["滑雪"]})
    commit(city, "topics")
    lay_topics(city, *after)  # the empty one never had a page
    assert rules(city) == wanted


DOMAIN = {"id": "parks", "title": "园林绿化"}
UNUSED = {"id": "transport", "title": "交通运输"}


@pytest.mark.parametrize(
    ("after", "domain", "wanted"),
    [
        ([DOMAIN], "parks", []),  # the other one never held a dataset
        ([{**DOMAIN, "id": "greens"}, UNUSED], "greens", ["domain-removed"]),
        ([{**DOMAIN, "id": "greens", "aliases": ["parks"]}, UNUSED], "greens", []),
        ([{**UNUSED, "aliases": ["parks"]}], "transport", []),
        ([DOMAIN, UNUSED], "transport", []),  # its page stays, without a dataset
    ],
)
def test_the_address_of_a_domain_stays(after: list[dict[str, Any]], domain: str, wanted: list[str], city: Path) -> None:
    (city / "catalog/domains.yml").write_text(dump(after), "utf-8")
    change_entry(city, domain=domain)
    renew_review(city)
    assert rules(city) == wanted


def department(city: Path, folder: str, **keys: Any) -> None:
    (city / "catalog" / folder).mkdir(exist_ok=True)
    (city / "catalog" / folder / "department.yml").write_text(dump(DEPARTMENT | keys), "utf-8")


@pytest.mark.parametrize(("aliases", "wanted"), [([], ["department-removed", "table-removed"]), (["ylj"], [])])
def test_the_address_of_a_department_stays(aliases: list[str], wanted: list[str], city: Path) -> None:
    (city / "catalog/ylj").rename(city / "catalog/lyj")
    (city / "datasets/ylj").rename(city / "datasets/lyj")
    department(city, "lyj", name="林业和园林局", aliases=aliases)
    assert rules(city) == wanted


def test_a_department_that_never_held_anything_may_go_and_a_tombstone_keeps_it(city: Path) -> None:
    department(city, "csj")
    commit(city, "an empty department")
    (city / "catalog/csj/department.yml").unlink()
    assert rules(city) == []
    department(city, "csj")
    stone = {"id": "old", "title": "旧数据", "department": "csj", "date": "2026-10-01", "reason": "侵犯权益"}
    (city / "catalog/tombstones.yml").write_text(dump([{**stone, "document": "示范〔2026〕3号"}]), "utf-8")
    commit(city, "a withdrawn dataset")
    (city / "catalog/csj/department.yml").unlink()
    assert rules(city) == ["department-removed"]


def test_an_old_id_of_a_topic_stays_too(city: Path) -> None:
    lay_topics(city, {**TOPIC, "aliases": ["trips"]})
    commit(city, "topics")
    lay_topics(city, TOPIC)
    assert rules(city) == ["topic-removed"]
