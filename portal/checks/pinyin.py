"""The first letters of Chinese words, and whether Latin letters are such letters (民政局 → mzj).

GB 2312 orders its 3,755 common characters by pronunciation, so the place of a character in that order tells its
first letter; no table of pronunciations is needed. The characters where a new letter begins stand in `_FIRST`.
Characters outside that order (rare ones, ordered by radical) have no letter here, and a character with several
readings has one: this finds initials, it does not read aloud.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from portal.text import simplified_table

# The first character of each letter in GB 2312 level 1. No syllable begins with i, u or v.
_FIRST = "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"
_LETTERS = "abcdefghjklmnopqrstwxyz"
_CODES = [int.from_bytes(char.encode("gb2312"), "big") for char in _FIRST]
_LAST = int.from_bytes("座".encode("gb2312"), "big")
_HAN_RUN = re.compile(r"[一-鿿]+")
_LOWER = re.compile(r"[b-df-hj-np-tv-z]{3,8}")


@lru_cache(maxsize=8192)
def initial(char: str) -> str:
    """The first letter of a common character's pronunciation, or '' where it is not known."""
    try:
        raw = char.translate(simplified_table()).encode("gb2312")
    except UnicodeEncodeError:
        return ""
    code = int.from_bytes(raw, "big")
    if len(raw) != 2 or not _CODES[0] <= code <= _LAST:
        return ""
    return _LETTERS[bisect_right(_CODES, code) - 1]


def initials(text: str) -> str:
    """The first letters of a text's characters; `.` for each that has none."""
    return "".join(initial(char) or "." for char in text)


def stands_for(letters: str, text: str) -> str | None:
    """The words in `text` whose first letters these are: `mzj` in 苏州市民政局 → 民政局; None if there are none."""
    wanted = letters.lower()
    for run in _HAN_RUN.findall(text):
        at = initials(run).find(wanted)
        if at >= 0:
            return str(run[at : at + len(wanted)])
    return None


def looks_like_initials(letters: str) -> bool:
    """Three to eight small letters without any vowel: no word, no syllable, so most likely first letters."""
    return bool(_LOWER.fullmatch(letters))
