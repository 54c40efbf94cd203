"""portal/text.py: what is equal when folded, how Chinese is cut, when a text answers a query."""

from __future__ import annotations

import pytest

from portal.text import bigrams, fold, matches, query_bigrams, simplified_table, words


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ＧＤＰ（２０２４年）", "gdp(2024年)"),  # full-width
        ("PM2.5 浓度", "pm2.5 浓度"),
        ("統一社會信用代碼", "统一社会信用代码"),  # traditional
        ("乾隆后宮裡", "干隆后宫里"),  # several forms: OpenCC's first
        ("薴", "苎"),  # 薴 → 苧 → 苎: to the end
        ("㎡", "m2"),
        ("Straße ǅ", "straße dž"),
        ("e\u0301", "é"),  # combining marks are composed
        ("ﷺ", "صلى الله عليه وسلم"),
    ],
)
def test_fold(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_the_table_is_one_to_one_and_final() -> None:
    table = simplified_table()
    assert len(table) > 4000
    assert all(len(simple) == 1 for simple in table.values())
    assert not [simple for simple in table.values() if ord(simple) in table]


@pytest.mark.parametrize(
    ("text", "index", "query"),
    [
        ("公交站", "公交 交站 站", "公交 交站"),
        ("站", "站", "站"),
        ("PM2.5 监测", "pm2 5 监测 测", "pm2 5 监测"),
        ("5G基站A", "5g 基站 站 a", "5g 基站 a"),
        ("𠮷野家", "𠮷野 野家 家", "𠮷野 野家"),  # a character outside the first plane
        ("人々、〇", "人々 々 〇", "人々 〇"),
        ("（）…", "", ""),
    ],
)
def test_bigrams(text: str, index: str, query: str) -> None:
    assert bigrams(text) == index
    assert query_bigrams(text) == query


def test_words_are_told_apart_by_blanks_each_once() -> None:
    assert words(" 公交\u3000公交 ＧＤＰ\tgdp ") == ["公交", "gdp"]
    assert words("  ") == []


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("苏州市公交站点", "交站", True),
        ("苏州市公交站点", "站点 苏州", True),
        ("苏州市公交站点", "公交点", False),
        ("公交和交站", "公交站", False),  # its pairs stand there, but apart
        ("outlet_code", "LET_", True),
        ("公共廁所", "厕所", True),
    ],
)
def test_matches(text: str, query: str, found: bool) -> None:
    assert matches(text, query) is found
