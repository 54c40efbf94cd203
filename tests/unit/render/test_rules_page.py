"""The page of the rules: each rule once, at the anchor to which reports lead, with the words of the gate."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from portal.profile import load_profile, profile_names
from portal.report.sentences import explained, general
from portal.wording import WORDING
from tests.rendering.city import render_city


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    target = tmp_path_factory.mktemp("site")
    render_city(target, tmp_path_factory.mktemp("cache"))
    return {"zh": read(target / "help/rules"), "en": read(target / "en/help/rules")}


def read(folder: Path) -> str:
    return (folder / "index.html").read_text("utf-8")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_rule_stands_once_at_its_anchor(pages: dict[str, str], lang: str) -> None:
    off = {rule for rule in WORDING if load_profile("suzhou").level_of(rule) == "off"}
    anchors = re.findall(r'<section class="stack" id="([a-z0-9-]+)"', pages[lang])
    assert sorted(anchors) == sorted(set(WORDING) - off)
    said = unescape(re.sub(r"<[^>]+>", "", pages[lang]))
    for rule in anchors:
        assert general(rule, 0, lang) in said, rule  # type: ignore[arg-type]


def test_families_are_folded_and_tell_how_many_rules_they_hold(pages: dict[str, str]) -> None:
    families = re.findall(
        r'<details class="family" id="family-[a-z-]+">(.*?)</section>\n</details>', pages["zh"], re.DOTALL
    )
    assert len(families) == pages["zh"].count('<details class="family"') > 5
    for family in families:
        told = re.search(r'<summary><h2>.+?</h2> <span class="muted num">(\d+) 条</span></summary>', family)
        assert told
        assert int(told.group(1)) == family.count('<section class="stack"')


def test_the_address_in_reports_is_that_of_the_page() -> None:
    assert (
        explained("https://data.example.org/", "zh", "empty-value")
        == "https://data.example.org/help/rules/#empty-value"
    )
    assert explained("https://data.example.org", "en") == "https://data.example.org/en/help/rules/"


def test_a_rule_has_its_level_its_article_and_its_example(pages: dict[str, str]) -> None:
    (section,) = re.findall(r'<section class="stack" id="pattern-value">.*?</section>', pages["zh"], re.DOTALL)
    assert '<span class="badge bad">错误</span>' in section
    assert "依据：《苏州市公共数据开放实施细则》第十六条第一款第一项" in section
    assert '<pre tabindex="0">编号,名称,面积\n001,东园,12.5</pre>' in section
    assert "值“001”不符合格式" in section
    (section,) = re.findall(r'<section class="stack" id="empty-value">.*?</section>', pages["en"], re.DOTALL)
    assert "an exception is possible" in section


def test_every_profile_knows_which_level_a_rule_has() -> None:
    for name in profile_names():
        assert set(load_profile(name).levels) <= set(WORDING), name
