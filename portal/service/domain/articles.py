"""An article of a Chinese text as English names it: 第十六条第一款第三项 → Article 16, paragraph 1, item 3."""

from __future__ import annotations

import re

from portal.profile import Profile

_PART = re.compile(r"第([一二三四五六七八九十百]+)([条款项])")
_DIGITS = {sign: number for number, sign in enumerate("一二三四五六七八九", 1)}
_UNITS = {"十": 10, "百": 100}
_NAMES = {"条": "Article", "款": "paragraph", "项": "item"}


def article_in_english(profile: Profile, section: str) -> str | None:
    """`Article 10 of the Suzhou Implementing Rules …`; None where the city's text says nothing about it."""
    article = profile.articles.get(section)
    if not article:
        return None
    parts = [", ".join(f"{_NAMES[of]} {number(n)}" for n, of in _PART.findall(one)) for one in article.split("、")]
    return f"{' and '.join(parts)} of the {profile.basis.title_en}"


def number(numeral: str) -> int:
    """二十三 → 23. For numerals below two hundred, as articles are counted."""
    total = digit = 0
    for sign in numeral:
        if sign in _UNITS:
            total += (digit or 1) * _UNITS[sign]
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + digit
