"""What the front says in English of a set that can't be had, and what somebody can do who sent too much."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from starlette.datastructures import Headers

from portal.front.catalogue import ServedCatalogue, read_catalogue
from portal.front.pages import explained, withheld
from portal.front.release import Release
from portal.state import State

BROWSER = Headers({"accept": "text/html"})
SET = {"title": "公园名录（2025年）", "title_en": "Parks (2025)", "digest": "d1"}
SUSPENDED = State(suspended={"parks": {"since": "2026-11-20", "reason": "核实中。"}}, blocked=frozenset())
BLOCKED = State(suspended={}, blocked=frozenset({"d1"}))


def page(entry: dict[str, str], state: State, path: str) -> str:
    notice = ServedCatalogue({"parks": entry}, {}, {}).notice("parks", state)
    assert notice
    return bytes(withheld(notice, path=path, headers=BROWSER, release=None).body).decode()


def test_a_withheld_set_is_named_in_the_language_of_the_page() -> None:
    english = page(SET, SUSPENDED, "/en/dataset/parks/")
    assert "“Parks (2025)” has been suspended since 20 November 2026" in english
    assert "公园名录" not in english
    assert "“公园名录（2025年）”自2026年11月20日起中止开放" in page(SET, SUSPENDED, "/dataset/parks/")
    assert "“Parks (2025)”" in page(SET, BLOCKED, "/en/dataset/parks/")
    assert "公园名录（2025年）" in page({"title": SET["title"]}, SUSPENDED, "/en/dataset/parks/")


@pytest.mark.parametrize(
    ("path", "title"),
    [("/nowhere/", "没有这个页面 - 某市 &amp; 公共数据"), ("/en/nowhere/", "Page not found - Open Data")],
)
def test_the_tab_says_whose_page_it_is(tmp_path: Path, path: str, title: str) -> None:
    told = {"portal": {"name": "某市 & 公共数据", "name_en": "Open Data"}, "datasets": {}}
    (tmp_path / "catalogue.json").write_text(json.dumps(told), "utf-8")
    shell = "<title><!--kaishu:title--></title><!--kaishu:main-->"
    release = Release("r1", tmp_path, {}, read_catalogue(tmp_path), {"zh": shell, "en": shell})
    answer = explained("not-found", 404, path=path, headers=BROWSER, release=release)
    assert bytes(answer.body).decode().startswith(f"<title>{title}</title>")


def test_a_release_that_does_not_say_whose_it_is_has_the_words_alone(tmp_path: Path) -> None:
    release = Release("r1", tmp_path, {}, read_catalogue(tmp_path), {"zh": "<title><!--kaishu:title--></title>"})
    answer = explained("not-found", 404, path="/nowhere/", headers=BROWSER, release=release)
    assert bytes(answer.body).decode() == "<title>没有这个页面</title>"


@pytest.mark.parametrize(
    ("path", "way"), [("/forms/opinion/", "“后退”回到填写页面"), ("/en/forms/opinion/", "Go back to the form")]
)
def test_who_sent_too_much_is_told_the_way_back(path: str, way: str) -> None:
    answer = explained("too-large", 413, path=path, headers=BROWSER, release=None, megabytes="1")
    assert way in bytes(answer.body).decode()
