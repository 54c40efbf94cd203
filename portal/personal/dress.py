"""The dress of numbers: full-width and other digits made plain, and what may stand between the digits of a number.

Every change keeps the length of a text, so that a find in the plain text stands at the same place in the given one.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache

USUAL = " \t\r\n_()\\-"
RARE = "\u00a0\u00ad\u00b7\u2000-\u200f\u2010-\u2015\u2022\u202f\u2060\u2212\u3000\u30fb\ufeff"
BETWEEN = USUAL + RARE
"""Inside a character class: blanks, invisible characters, hyphens, dots in the middle, brackets. No full stop and no
comma: those part the numbers of decimals and lists."""
GAP = f"[{BETWEEN}]{{0,3}}"
SPELLED = dict(
    zip(
        "〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖弌弍弎", "00012345678911234567891 2 3".replace(" ", ""), strict=True
    )
)
"""Digits written as Chinese numerals."""
CIRCLED = {"⓪": "0", **{chr(0x2460 + place): str(place + 1) for place in range(9)}}
LEAST = 11
"""Digits of the shortest number that is looked for; only so many numerals in a row are digits and no words."""
_ROW = re.compile(rf"[0-9{''.join(SPELLED)}](?:{GAP}[0-9{''.join(SPELLED)}]){{{LEAST - 1},}}")
_ANY_SPELLED = re.compile(f"[{''.join(SPELLED)}]")
_SPELLED_TABLE = str.maketrans(SPELLED)


@cache
def _table() -> dict[int, str]:
    """Full-width forms, digits of all scripts and circled ones, each to one plain character."""
    wide = {place: chr(place - 0xFEE0) for place in range(0xFF01, 0xFF5F)}
    return {**{place: str(value) for place, value in other_digits()}, **wide, **{ord(k): v for k, v in CIRCLED.items()}}


def other_digits() -> list[tuple[int, int]]:
    """Code points and values of decimal digits beyond ASCII."""
    places = (place for place in range(0x660, min(sys.maxunicode, 0x1FC00)) if chr(place).isdecimal())
    return [(place, unicodedata.decimal(chr(place))) for place in places]


def plain(text: str) -> str:
    """The text with plain digits, letters and signs; of the same length."""
    return text if text.isascii() else text.translate(_table())


def spelled_out(text: str) -> str | None:
    """A plain text with rows of numerals turned into digits, of the same length; None where there are none."""
    if text.isascii() or not _ANY_SPELLED.search(text):
        return None
    told = _ROW.sub(lambda row: row[0].translate(_SPELLED_TABLE), text)
    return None if told == text else told
