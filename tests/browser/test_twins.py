"""What Python and the pages' scripts both do, they do alike: fold text, and keep titles together."""

from __future__ import annotations

import random
import sys
import unicodedata
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from portal.render.html import phrases
from portal.settings import CODE
from portal.text import fold, simplified_table, words
from tests.browser.conftest import Site, quiet_page, serving


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page at the address of the scripts as they are written."""
    icon = "404 (File not found)"  # a browser asks for /favicon.ico of what is no page of ours
    with serving(CODE / "site_src", Site()) as address, quiet_page(chromium, address, expected=icon) as opened:
        opened.goto(f"{address}/assets/js/text.js")
        yield opened


def test_fold_is_the_same_in_python_and_javascript(page: Page) -> None:
    table = ["".join(map(chr, simplified_table())), "".join(simplified_table().values())]
    page.evaluate(
        "async (table) => { window.text = await import('/assets/js/text.js'); window.to = text.simplifier(table); }",
        table,
    )
    # Every character that Python knows, each on its own.
    known = [
        chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) not in ("Cn", "Cs", "Co")
    ]
    for start in range(0, len(known), 50_000):
        some = known[start : start + 50_000]
        theirs = page.evaluate("(some) => some.map((char) => text.fold(char, to))", some)
        assert [(char, other) for char, other in zip(some, theirs, strict=True) if fold(char) != other] == []
    # And texts in which they meet: marks that combine, runs that change script, blanks of all kinds.
    chance = random.Random(3)
    likely = "公交站點蘇州市學校ＧＤＰpm2.5（）々〇𠮷é１２ \u3000\t\x85\ufeffe\u0301ΣσΟΔΟΣ한ｶﾞ👨‍👩‍👧_-" + "".join(
        chance.choices(known, k=400)
    )
    corpus = ["".join(chance.choices(likely, k=chance.randint(0, 30))) for _ in range(1500)]
    theirs = page.evaluate(
        "(corpus) => corpus.map((one) => [text.fold(one, to), text.words(one, to)])",
        corpus,
    )
    ours = [[fold(one), words(one)] for one in corpus]
    assert [(one, a, b) for one, a, b in zip(corpus, ours, theirs, strict=True) if a != b] == []


TITLES = (
    "中国分年龄性别人口估计与预测（1950—2100年）",
    "大气二氧化碳浓度周序列（莫纳罗亚站，1958—2001年）",
    "苏州市村（居）委会区划代码（2023年）",
    "Daily reference rates of the renminbi (2005–2026)",
    "Places (a bracket that is longer than a phone is wide)",
    "Rates of the renminbi 2005–2026 by day",
    "莫纳罗亚站1958—2001年周序列",
    "一二（十二个字的括号正好不断开）",
    "一二（十三个字的括号就可以断开了）",
    "没有括号的名称",
    "<b>“A&B”</b>（甲&乙）",
)


def test_titles_stay_together_at_the_same_places_in_pages_and_scripts(page: Page) -> None:
    drawn = """async (titles) => {
      const { keep, kept } = await import("/assets/js/keep.js"), { marked } = await import("/assets/js/search-mark.js");
      const html = (node) => {
        const box = document.createElement("p");
        box.append(node);
        return box.innerHTML;
      };
      return titles.map((one) => [html(keep(one)), html(marked(one, [], undefined, kept(one)))]);
    }"""
    built = """(all) => all.map((one) => { const box = document.createElement("p"); box.innerHTML = one; return box.innerHTML; })"""
    expected = page.evaluate(built, [str(phrases(one)) for one in TITLES])
    assert page.evaluate(drawn, TITLES) == [[one, one] for one in expected]
    assert sum("keep" in one for one in expected) == 7


def test_a_mark_that_reaches_into_what_stays_together_is_drawn_in_two(page: Page) -> None:
    drawn = """async ([text, word]) => {
      const { kept } = await import("/assets/js/keep.js"), { marked } = await import("/assets/js/search-mark.js");
      const box = document.createElement("p");
      box.append(marked(text, [word], undefined, kept(text)));
      return box.innerHTML;
    }"""
    assert page.evaluate(drawn, ["村（居）委会（2023年）", "村(居)委"]) == (
        '<mark>村</mark><span class="keep"><mark>（居）</mark></span><mark>委</mark>会<span class="keep">（2023年）</span>'
    )
