"""What each of the five cities' texts makes of the rules about words: their levels, their articles, one entry under all."""

from __future__ import annotations

from typing import Any

import pytest

from portal.catalogue import read_catalogue
from portal.checks.judging import _article
from portal.checks.shape import Scene
from portal.checks.wordrules import WORD_CITY_RULES, WORD_RULES
from portal.profile import load_profile
from portal.settings import CODE
from portal.wording import naming, openness
from tests.catalogues import ENTRY, settings_for
from tests.unit.test_wording import CITIES, Make, column, conditional, levels_in

E, W, NONE = "error", "warning", None
# rule → level under Shanghai, Suzhou's draft, Suzhou, Wuxi, Shuangyashan; by hand from the five texts
LEVELS: dict[str, tuple[str | None, ...]] = {
    "title-too-long": (E, W, W, W, W),  # SH-9(1)
    "title-parts": (E, W, W, W, W),
    "title-time": (E, W, W, W, W),
    "title-duplicate": (E, W, W, W, W),
    "title-similar": (E, W, W, W, W),
    "abbreviation-latin": (E, W, W, W, W),  # SH-9(2)
    "abbreviation-pinyin": (E, W, W, W, W),
    "abbreviation-short": (E, W, W, W, W),
    "term-unknown": (E, E, E, E, E),  # a link that leads nowhere
    "term-absent": (W, W, W, W, W),
    "term-unused": (W, W, W, W, W),
    "term-circular": (W, W, W, W, W),
    "label-chinese": (E, W, W, W, W),
    "description-empty": (E, E, E, E, E),
    "description-short": (E, W, W, W, W),
    "description-copied": (E, W, W, W, W),
    "codes-incomplete": (E, W, W, W, E),  # SYS-12¶5
    "relation-unexplained": (E, NONE, NONE, NONE, NONE),  # SH-9(6)
    "merged-from": (E, E, E, E, E),
    "part-of-circle": (E, E, E, E, E),
    "static-frequency": (E, W, W, W, W),  # SH-9(5)
    "condition-vague": (E, E, E, E, E),
    "condition-unequal": (E, W, W, E, E),  # SH-19¶2(1), WX-6¶4, SYS-63
    "confirmation-unused": (W, W, W, W, W),
    "external-channel": (E, E, E, E, E),  # SH-24¶2, SZd-9¶1, SZ-9¶1, WX-6¶1, SYS-35¶2
    "channel-record": (E, E, E, E, E),
    "file-not-readable": (E, E, E, E, E),  # SH-3, SZd-17¶1(3), SZ-16¶1(3), WX-13¶1(3), SYS-3
    "file-proprietary": (E, NONE, NONE, NONE, NONE),  # SH-9(3); the others name XLS or no format
    "contact-private": (E, E, E, E, E),
    "page-missing": (E, E, E, E, E),
    "page-incomplete": (E, E, E, E, E),
}


def test_the_table_has_every_rule() -> None:
    assert set(LEVELS) == {*naming.WORDING, *openness.WORDING} == {*WORD_RULES, *WORD_CITY_RULES}


@pytest.mark.parametrize("number", range(5))
def test_levels_under_every_profile(number: int) -> None:
    profile = load_profile(CITIES[number])
    for rule, levels in LEVELS.items():
        wanted = levels[number]
        if rule == "file-proprietary":  # its level is not in question: the city refuses such formats or lets them be
            assert (profile.formats.proprietary == "refuse") is (wanted == "error")
        else:
            assert {None: "error", "off": None}.get(profile.level_of(rule), profile.level_of(rule)) == wanted, rule


@pytest.mark.parametrize("city", CITIES)
def test_levels_follow_what_the_text_demands(city: str) -> None:
    """The switches of requirements §1.21 and the levels say the same."""
    profile = load_profile(city)
    strict = profile.naming.rules == "error"
    assert {profile.level_of(rule) for rule in naming.NAMES | naming.ABBREVIATIONS} == {
        "error" if strict else "warning"
    }
    assert profile.level_of("update-too-slow") == profile.frequency.compare
    assert profile.level_of("relation-unexplained") == ("error" if profile.relations.required else "off")


BROKEN: dict[str, dict[str, Any]] = {
    "title-time": {"title": "城区公园名录（2024年）"},
    "abbreviation-latin": {"summary": "城区公园名录，附所在区的 GDP。"},
    "codes-incomplete": {"files": column(title="等级", constraints={"enum": ["1", "2"]})},
    "condition-unequal": conditional("限本市企业申请"),
    "external-channel": {"summary": "公园名录，请到 http://parks.example.net/open 下载。"},
    "file-proprietary": {"files": [{**ENTRY["files"][0], "path": "parks.xls"}]},
}


@pytest.mark.parametrize("rule", BROKEN)
@pytest.mark.parametrize("city", CITIES)
def test_one_entry_under_five_texts(rule: str, city: str, tiny_catalogue: Make) -> None:
    level = LEVELS[rule][CITIES.index(city)]
    assert levels_in(tiny_catalogue(**BROKEN[rule]), city) == ([(rule, level)] if level else [])


ARTICLES = {
    "title-similar": ("第九条第二款第一项", None, None, None, None),
    "abbreviation-latin": ("第九条第二款第二项", None, None, None, None),
    "description-short": (
        "第九条第二款第二项",
        "第十七条第一款第二项",
        "第十六条第一款第二项",
        "第十三条第一款第二项",
        None,
    ),
    "external-channel": ("第二十四条第二款", "第九条第一款", "第九条第一款", "第六条第一款", "第三十五条第二款"),
    "condition-unequal": ("第十九条第二款第一项", None, None, "第六条第四款", "第六十三条"),
    "file-not-readable": (
        "第九条第二款第三项",
        "第十七条第一款第三项",
        "第十六条第一款第三项",
        "第十三条第一款第三项",
        "第三条",
    ),
    "page-incomplete": ("第二十六条", "第十条", "第九条第三款", "第六条第二款", None),
}


@pytest.mark.parametrize("number", range(5))
def test_articles(number: int) -> None:
    profile = load_profile(CITIES[number])
    for rule, articles in ARTICLES.items():
        wanted = articles[number]
        assert _article(rule, profile) == (f"《{profile.basis.title}》{wanted}" if wanted else None), rule


@pytest.mark.parametrize("city", CITIES)
def test_the_demonstration_passes_for_true_reasons(city: str) -> None:
    """Every rule about words, also Shanghai's: no exception in any entry lifts one."""
    settings = settings_for(CODE)
    reading = read_catalogue(settings)
    scene = Scene(reading.catalogue, load_profile(city), settings.today, settings.root, settings.site_src)
    broken = [(rule, one.id) for rule, judge_one in WORD_RULES.items() for one in reading.catalogue.datasets if
              list(judge_one(one, scene))]  # fmt: skip
    assert broken == []
    assert [rule for rule, judge_city in WORD_CITY_RULES.items() if list(judge_city(scene))] == []
    assert not [one.rule for entry in reading.catalogue.datasets for one in entry.allow if one.rule in WORD_RULES]
