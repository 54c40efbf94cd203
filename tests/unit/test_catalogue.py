"""Reading a whole city: models, lines, and all problems of all files in one run."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from portal.catalogue import read_catalogue
from portal.problems import CatalogueHasProblems
from portal.report import render
from portal.settings import CODE
from tests.catalogues import ENTRY, PORTAL, changed, dump, settings_for, write_entry

Make = Callable[..., Path]
GOOD = CODE / "tests" / "good"


def test_good_city() -> None:
    read = read_catalogue(settings_for(GOOD))
    catalogue = read.catalogue
    assert read.problems == ()
    assert catalogue.portal.city == "苏州市"
    assert read.profile.name == "suzhou"
    assert [one.id for one in catalogue.departments] == ["jtj", "ylj"]
    assert [(one.department, one.id) for one in catalogue.datasets] == [
        ("jtj", "bus-cards"),
        ("jtj", "bus-stops"),
        ("ylj", "parks"),
    ]
    assert [one.id for one in catalogue.domains] == ["parks", "transport"]
    assert catalogue.glossary[0].aliases == ("公园面积",)
    assert catalogue.synonyms[0].words == ("公交", "公共汽车", "巴士")
    assert catalogue.tombstones[0].id == "park-visitors"
    assert [one.release for one in catalogue.releases["parks"]] == ["2025-12-31"]
    stops = catalogue.datasets[1]
    assert [table.name for table in stops.tables] == ["bus-stops", "bus-lines"]


def test_where_finds_lines() -> None:
    read = read_catalogue(settings_for(GOOD))
    text = (GOOD / "catalog/ylj/parks.yml").read_text("utf-8").splitlines()

    def line(start: str) -> int:
        return next(number for number, one in enumerate(text, 1) if one.strip().startswith(start))

    assert read.where("parks", "summary") == ("catalog/ylj/parks.yml", line("summary:"))
    assert read.where("parks", "files", 0, "schema", "primaryKey") == ("catalog/ylj/parks.yml", line("primaryKey"))
    assert read.where("parks", "files", 0, "schema", "fields", 2) == ("catalog/ylj/parks.yml", line("- {name: 面积"))
    assert read.where("catalog/ylj/parks.yml", "source") == ("catalog/ylj/parks.yml", line("source:"))
    assert read.where("catalog/portal.yml", "url") == ("catalog/portal.yml", 6)


def test_all_problems_of_all_files_in_one_run(tiny_catalogue: Make) -> None:
    root = tiny_catalogue(title=None, data_date="昨天")
    write_entry(root, "ylj", "other", changed(ENTRY, {"open_type": "free", "keywords": "公园"}))
    (root / "catalog/ylj/tabs.yml").write_text("a:\tb\n")
    write_entry(root, "ylj", "fine", changed(ENTRY, {"title": "完好的数据集"}))
    read = read_catalogue(settings_for(root))
    assert [(one.path.rsplit("/")[-1], one.rule) for one in read.problems] == [
        ("other.yml", "not-a-list"),
        ("other.yml", "wrong-choice"),
        ("parks.yml", "entry-incomplete"),
        ("parks.yml", "wrong-date"),
        ("tabs.yml", "yaml-tab"),
    ]
    assert {one.dataset for one in read.problems} == {"other", "parks", "tabs"}
    assert [one.id for one in read.catalogue.datasets] == ["fine"]
    assert read.broken == {"other", "parks", "tabs"}


def test_a_broken_portal_file_does_not_hide_the_rest(tiny_catalogue: Make) -> None:
    root = tiny_catalogue(data_date="昨天")
    (root / "catalog/portal.yml").write_text(dump({**PORTAL, "url": "data"}), "utf-8")
    with pytest.raises(CatalogueHasProblems) as caught:
        read_catalogue(settings_for(root))
    assert [one.rule for one in caught.value.problems] == ["wrong-pattern", "wrong-date"]


def test_html_stays_text(tiny_catalogue: Make) -> None:
    title = "<script>alert('公园')</script> <b onclick=x>&amp;"
    root = tiny_catalogue(title=title, summary="<img src=x onerror=alert(1)>")
    read = read_catalogue(settings_for(root))
    assert read.problems == ()
    assert read.catalogue.datasets[0].title == title


def test_values_that_yaml_would_turn_into_something_else(tiny_catalogue: Make) -> None:
    root = tiny_catalogue(extra={"a": "NO", "b": "0123", "c": "1e3"}, keywords=["NO", "on", "2024-01-01"])
    text = (root / "catalog/ylj/parks.yml").read_text("utf-8").replace("'", "")
    (root / "catalog/ylj/parks.yml").write_text(text, "utf-8")
    dataset = read_catalogue(settings_for(root)).catalogue.datasets[0]
    assert dataset.extra == {"a": "NO", "b": "0123", "c": "1e3"}
    assert dataset.keywords == ("NO", "on", "2024-01-01")


def test_three_hundred_columns_are_one_problem(tiny_catalogue: Make) -> None:
    fields = [{"name": f"c{number}", "title": f"第{number}列", "description": "某次测量的值"} for number in range(300)]
    root = tiny_catalogue(files=[{"path": "parks.csv", "schema": {"fields": fields}}])
    (problem,) = read_catalogue(settings_for(root)).problems
    assert (problem.rule, problem.values["limit"]) == ("too-many", "200")


def test_links_and_devices_are_refused(tiny_catalogue: Make, tmp_path: Path) -> None:
    root = tiny_catalogue()
    (root / "catalog/ylj/zero.yml").symlink_to("/dev/zero")
    (root / "catalog/far").symlink_to(tmp_path)
    (root / "catalog/glossary.yml").symlink_to("/etc/passwd")
    read = read_catalogue(settings_for(root))
    assert [(one.path, one.rule) for one in read.problems] == [
        ("catalog/far", "yaml-not-regular"),
        ("catalog/glossary.yml", "yaml-not-regular"),
        ("catalog/ylj/zero.yml", "yaml-not-regular"),
    ]
    assert [one.id for one in read.catalogue.datasets] == ["parks"]


def test_file_names_that_no_terminal_should_print(tiny_catalogue: Make) -> None:
    root = tiny_catalogue()
    for name in (b"\xff.yml", b"a\x1b[2J.yml", b"b\n.yml", "c\u202e.yml".encode()):
        (root / "catalog/ylj" / os.fsdecode(name)).write_text("x: y\n")
    problems = read_catalogue(settings_for(root)).problems
    assert [one.rule for one in problems] == ["bad-file-name"] * 4
    text = render(problems, "text", "zh")
    assert text.encode().isascii() is False
    assert not [char for char in text if char != "\n" and not char.isprintable()]
    assert "catalog/ylj/a\\u001b[2J.yml" in text


def test_another_city_asks_for_other_fields(tiny_catalogue: Make) -> None:
    root = tiny_catalogue(contact=None)
    asked = {}
    for city in ("suzhou", "suzhou-draft", "wuxi", "shanghai", "shuangyashan"):
        (root / "catalog/portal.yml").write_text(dump({**PORTAL, "profile": city}), "utf-8")
        problems = read_catalogue(settings_for(root)).problems
        asked[city] = [one.values["keys"] for one in problems if one.rule == "entry-incomplete"]
    assert asked == {
        "suzhou": [],
        "suzhou-draft": [],
        "wuxi": ["contact"],
        "shanghai": ["fields.source_ref, generation_frequency, relations"],
        "shuangyashan": ["open_scope, open_content"],
    }


def test_a_list_may_say_that_there_is_nothing(tiny_catalogue: Make) -> None:
    fields = [{**one, "source_ref": "ZY-0001"} for one in ENTRY["files"][0]["schema"]["fields"]]
    files = [{"path": "parks.csv", "schema": {"fields": fields}}]
    root = tiny_catalogue(relations=[], generation_frequency="annual", files=files)
    (root / "catalog/portal.yml").write_text(dump({**PORTAL, "profile": "shanghai"}), "utf-8")
    assert read_catalogue(settings_for(root)).problems == ()


def test_many_entries_are_read_alike_by_one_process_and_by_two(tiny_catalogue: Make) -> None:
    root = tiny_catalogue()
    text = (root / "catalog/ylj/parks.yml").read_text("utf-8")
    for number in range(600):
        broken = "open_type: free\n" if number % 200 == 7 else ""
        body = text.replace("open_type: unconditional\n", broken) if broken else text
        (root / f"catalog/ylj/parks-{number:04}.yml").write_text(body, "utf-8")
    begin = time.process_time()
    one = read_catalogue(settings_for(root, jobs=1))
    assert time.process_time() - begin < 6  # 3 s for 2,000 entries on an idle core; wide for a busy one
    two = read_catalogue(settings_for(root, jobs=2))
    assert one.catalogue == two.catalogue
    assert one.problems == two.problems
    assert [problem.line for problem in one.problems] == [8, 8, 8]
    assert len(one.catalogue.datasets) == 598
