"""Topics: which datasets they hold, and that each rule about them has a broken example with its expected text."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from portal.catalogue import read_catalogue
from portal.checks.judging import check_entries, judge
from portal.checks.topics import TOPIC_RULES
from portal.problems import Lang
from portal.registers import Topic
from portal.report import render
from portal.settings import CODE, SHANGHAI
from portal.topics import members, topics_of
from portal.wording import topics
from tests.catalogues import DEPARTMENT, DOMAINS, dump, lay_example, make_catalogue, settings_for
from tests.rendering.city import catalogue

BAD = CODE / "tests" / "bad"
DAY = datetime(2026, 10, 20, 10, 0, tzinfo=SHANGHAI)
CITY = catalogue()
LISTED = [one for one in CITY.datasets if one.is_listed]


def report_of(rule: str, tmp_path: Path, lang: Lang) -> str:
    settings = settings_for(lay_example(BAD / rule, tmp_path / "city"), now=DAY)
    reading = read_catalogue(settings)
    return render(judge([*reading.problems, *check_entries(reading, settings)], reading, settings), "text", lang) + "\n"


def test_every_rule_has_words_and_every_word_a_rule() -> None:
    assert TOPIC_RULES.keys() == topics.WORDING.keys()


@pytest.mark.parametrize("rule", sorted(TOPIC_RULES))
def test_example_says_what_is_expected(rule: str, tmp_path: Path) -> None:
    text = report_of(rule, tmp_path, "zh")
    assert text == (BAD / rule / "expected.txt").read_text("utf-8")
    assert f"[{rule}]" in text


@pytest.mark.parametrize("rule", ["topic-emergency-incomplete", "topic-emergency-dates"])
def test_english_is_complete(rule: str, tmp_path: Path) -> None:
    text = report_of(rule, tmp_path, "en")
    assert "{" not in text
    assert "None" not in text


def topic(**keys: object) -> Topic:
    return Topic.model_validate({"id": "outings", "title": "游园", "summary": "公园和绿地。", **keys})


def test_named_sets_come_first_then_those_of_domains_and_keywords_each_once() -> None:
    told = topic(datasets=["plain", "secret", "nothing", "everything"], domains=["transport"], keywords=["C&D"])
    assert [one.id for one in members(told, CITY, LISTED)] == ["plain", "everything", "hostile"]
    assert [one.id for one in members(topic(keywords=["c & d", "公园"]), CITY, LISTED)] == ["everything"]
    assert members(topic(), CITY, LISTED) == ()


def test_a_dataset_that_got_another_id_stays_in_its_topics() -> None:
    renamed = [one.model_copy(update={"aliases": ("before",)}) if one.id == "plain" else one for one in CITY.datasets]
    city = CITY.model_copy(update={"datasets": tuple(renamed)})
    listed = [one for one in renamed if one.is_listed]
    assert [one.id for one in members(topic(datasets=["before"]), city, listed)] == ["plain"]


def test_topics_of_a_dataset_stand_in_the_order_of_the_register() -> None:
    two = (topic(id="one", datasets=["plain"]), topic(id="two", keywords=["公园"], datasets=["plain"]))
    found = topics_of(CITY.model_copy(update={"topics": two}), LISTED)
    assert {key: [one.id for one in some] for key, some in found.items()} == {
        "plain": ["one", "two"],
        "everything": ["two"],
    }


def test_an_emergency_lasts_from_its_first_day_to_its_last() -> None:
    told = topic(kind="emergency", since="2026-10-20", until="2026-10-23")
    assert [told.is_on(date(2026, 10, day)) for day in (19, 20, 23, 24)] == [False, True, True, False]
    assert topic(kind="emergency", since="2026-10-20").is_on(date(2027, 1, 1))
    assert not topic().is_on(date(2026, 10, 20))


def test_old_ids_of_departments_and_domains_belong_to_one(tmp_path: Path) -> None:
    root = make_catalogue(tmp_path)
    (root / "catalog/csj").mkdir()
    (root / "catalog/ylj/department.yml").write_text(dump({**DEPARTMENT, "aliases": ["csj", "lhj"]}), "utf-8")
    (root / "catalog/csj/department.yml").write_text(
        dump({**DEPARTMENT, "name": "城管局", "aliases": ["lhj"]}), "utf-8"
    )
    one, other = DOMAINS
    domains = [{**one, "aliases": ["transport", "trees"]}, {**other, "aliases": ["trees"]}]
    (root / "catalog/domains.yml").write_text(dump(domains), "utf-8")
    settings = settings_for(root, now=DAY)
    reading = read_catalogue(settings)
    found = {
        (problem.rule, problem.path, problem.values["id"])
        for problem in check_entries(reading, settings)
        if problem.rule in ("register-twice", "duplicate-domain")
    }
    assert found == {
        ("register-twice", "catalog/ylj/department.yml", "csj"),
        ("register-twice", "catalog/ylj/department.yml", "lhj"),  # the first by name keeps it
        ("duplicate-domain", "catalog/domains.yml", "transport"),
        ("duplicate-domain", "catalog/domains.yml", "trees"),
    }


def test_an_old_id_belongs_to_one_topic(tmp_path: Path) -> None:
    root = make_catalogue(tmp_path)
    one = {"id": "outings", "title": "游园", "summary": "公园和绿地。", "keywords": ["公园"], "aliases": ["trips"]}
    other = {**one, "id": "greens", "title": "绿地", "aliases": ["outings", "trips", "lawns"]}
    (root / "catalog/topics.yml").write_text(dump([one, other]), "utf-8")
    settings = settings_for(root, now=DAY)
    reading = read_catalogue(settings)
    found = [problem for problem in check_entries(reading, settings) if problem.rule == "register-twice"]
    assert [problem.values["id"] for problem in found] == ["outings", "trips"]
