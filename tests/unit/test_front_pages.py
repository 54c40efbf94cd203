"""What the front says in English of a set that can't be had, and what somebody can do who sent too much."""

from __future__ import annotations

import pytest
from starlette.datastructures import Headers

from portal.front.catalogue import ServedCatalogue
from portal.front.pages import explained, withheld
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
    ("path", "way"), [("/forms/opinion/", "“后退”回到填写页面"), ("/en/forms/opinion/", "Go back to the form")]
)
def test_who_sent_too_much_is_told_the_way_back(path: str, way: str) -> None:
    answer = explained("too-large", 413, path=path, headers=BROWSER, release=None, megabytes="1")
    assert way in bytes(answer.body).decode()
