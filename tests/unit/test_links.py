"""What the rules between entries let pass; what they refuse stands in tests/bad/."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from portal.catalogue import read_catalogue
from portal.checks.judging import check_entries
from portal.problems import in_order
from tests.catalogues import DEPARTMENT, ENTRY, changed, dump, settings_for, write_entry

Make = Callable[..., Path]
SCHEMA = ENTRY["files"][0]["schema"]


def rules_of(root: Path) -> list[tuple[str, str]]:
    settings = settings_for(root)
    reading = read_catalogue(settings)
    found = [*reading.problems, *check_entries(reading, settings)]
    return [(one.path.rsplit("/", 1)[-1], one.rule) for one in found if one.rule != "basis-not-in-force"]


def ponds(**changes: Any) -> dict[str, Any]:
    files = [{"path": "ponds.csv", "schema": SCHEMA}]
    return changed(ENTRY, {"title": "城区池塘面积（2025年）", "files": files, **changes})


def keys(*foreign: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"path": "parks.csv", "schema": {**SCHEMA, "foreignKeys": list(foreign)}}]


def test_links_between_two_entries_pass(tiny_catalogue: Make) -> None:
    root = tiny_catalogue(
        relations=[
            {"to": "ponds", "kind": "shared-key", "fields": {"编号": "编号"}},
            {"to": "pools", "kind": "part-of"},
        ],
        part_of="ponds",
        distinguished_from={"ponds": "不含池塘"},
        merged_from=["gone-long-ago"],
        aliases=["gone-long-ago"],
        files=keys(
            {"fields": "编号", "reference": {"resource": "ponds/ponds", "fields": "编号"}},
            {"fields": ["编号", "名称"], "reference": {"resource": "", "fields": ["编号", "名称"]}},
            {"fields": "编号", "reference": {"resource": "parks", "fields": "编号"}},
            {"fields": "编号", "reference": {"resource": "pools/ponds", "fields": "编号"}},
        ),
    )
    write_entry(root, "ylj", "ponds", ponds(aliases=["pools"]))
    assert rules_of(root) == []


def test_a_link_to_a_broken_entry_is_not_called_wrong(tiny_catalogue: Make) -> None:
    root = tiny_catalogue(
        relations=[{"to": "ponds", "kind": "same-topic", "fields": {"编号": "什么"}}],
        files=keys({"fields": "编号", "reference": {"resource": "ponds/ponds", "fields": "编号"}}),
    )
    (root / "catalog/ylj/ponds.yml").write_text("title: [", "utf-8")
    assert rules_of(root) == [("ponds.yml", "yaml-bracket")]


def test_one_table_name_in_two_departments_passes(tiny_catalogue: Make) -> None:
    root = tiny_catalogue()
    write_entry(root, "jtj", "stops", ponds(files=[{"path": "a.csv", "name": "parks", "schema": SCHEMA}]))
    (root / "catalog/jtj/department.yml").write_text(dump({**DEPARTMENT, "name": "交通局"}), "utf-8")
    assert rules_of(root) == []


def test_two_tables_of_one_entry_with_one_name(tiny_catalogue: Make) -> None:
    files = [{"path": "parks.csv", "schema": SCHEMA}, {"path": "more.csv", "name": "parks", "schema": SCHEMA}]
    assert rules_of(tiny_catalogue(files=files)) == [("parks.yml", "duplicate-table")]


def test_two_departments_may_not_share_an_id_through_an_alias(tiny_catalogue: Make) -> None:
    root = tiny_catalogue()
    write_entry(root, "ylj", "ponds", ponds(aliases=["parks"]))
    assert rules_of(root) == [("ponds.yml", "duplicate-id")]


@pytest.mark.parametrize("parts", [2, 3, 7])
def test_parts_together_say_what_the_whole_says_once(tiny_catalogue: Make, parts: int) -> None:
    """Entries alike (a word on the catalogue) of a domain that nobody knows (a word on each entry, none left out)."""
    root = tiny_catalogue(domain="atlantis")
    for number in range(5):
        files = [{"path": f"ponds-{number}.csv", "schema": SCHEMA}]
        write_entry(root, "ylj", f"ponds-{number}", ponds(files=files, domain="atlantis"))
    settings = settings_for(root)
    reading = read_catalogue(settings)
    whole = check_entries(reading, settings)
    assert "title-duplicate" in {one.rule for one in whole}
    assert len([one for one in whole if one.rule == "domain-unknown"]) == 6
    assert in_order(one for part in range(parts) for one in check_entries(reading, settings, part, parts)) == whole


def test_hundreds_of_entries_stay_cheap(tiny_catalogue: Make) -> None:
    """No rule compares every entry with every other."""
    import time

    root = tiny_catalogue()
    text = (root / "catalog/ylj/parks.yml").read_text("utf-8")
    for number in range(400):
        (root / f"catalog/ylj/parks-{number}.yml").write_text(text, "utf-8")
    settings = settings_for(root)
    reading = read_catalogue(settings)
    begin = time.process_time()
    check_entries(reading, settings)
    assert time.process_time() - begin < 2
