"""One form for all spellings of a text: width, blanks, capital letters, traditional characters, punctuation marks.

Two texts with one form are, as far as a reader can tell, one thing: `大学`, `大学 `, `大學`. Marks are never taken
out, only brought to one sign, and blanks stay between Latin words and digits, so that `1-1` is not `11` and `new york`
not `newyork`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Literal

from portal.text import simplified_table

Kind = Literal["blanks", "width", "case", "characters", "marks"]
KINDS: tuple[Kind, ...] = ("blanks", "width", "case", "characters", "marks")
INVISIBLE: frozenset[Kind] = frozenset({"blanks", "width"})
"""Differences that make no other text: nobody means two things by them."""
MARKS = {
    **dict.fromkeys("—–‐‑‒―−－", "-"),
    **dict.fromkeys("·•・‧∙⋅･", "·"),
    **dict.fromkeys("、，", ","),
    **dict.fromkeys("。．", "."),
    **dict.fromkeys("“”„″＂", '"'),
    **dict.fromkeys("‘’′＇`´", "'"),
    **dict.fromkeys("〔【〖［", "["),
    **dict.fromkeys("〕】〗］", "]"),
    **dict.fromkeys("《〈«", "<"),
    **dict.fromkeys("》〉»", ">"),
    **dict.fromkeys("～〜", "~"),
    "（": "(", "）": ")", "；": ";", "：": ":", "！": "!", "？": "?", "％": "%", "／": "/",
}  # fmt: skip
"""Signs that people write for one another."""
BETWEEN = "\x1f"
"""Stands in no text that people write."""
_BLANKS = re.compile(r"(?<![0-9a-zA-Z])[^\S\x1f]+|[^\S\x1f]+(?![0-9a-zA-Z])|[\u200b-\u200d\u2060\u00ad]")
_RUNS = re.compile(r"[^\S\x1f]{2,}")


def form(text: str, skip: Kind | None = None) -> str:
    """The one form of a text; `skip` leaves one kind of difference in it."""
    if skip != "width":
        text = unicodedata.normalize("NFKC", text)
    if skip != "case":
        text = text.lower()
    text = text.translate(_table(skip))
    return text if skip == "blanks" else _RUNS.sub(" ", _BLANKS.sub("", text))


def forms(texts: Sequence[str]) -> list[str]:
    """The forms of many texts, in a fifth of the time."""
    told = form(BETWEEN.join(texts)).split(BETWEEN)
    return told if len(told) == len(texts) else [form(text) for text in texts]  # a cell may hold any character


def differences(one: str, other: str) -> tuple[Kind, ...]:
    """What tells two texts of one form apart."""
    return tuple(kind for kind in KINDS if form(one, kind) != form(other, kind))


def are_invisible(kinds: Iterable[Kind]) -> bool:
    """Only blanks and width differ."""
    return set(kinds) <= INVISIBLE


@cache
def _table(skip: Kind | None) -> dict[int, str]:
    """Character → the one that stands for it. Cached: the list of traditional characters has 4,000 lines."""
    table = {} if skip == "characters" else dict(simplified_table())
    if skip != "marks":
        table |= {ord(char): told for char, told in MARKS.items() if skip != "width" or not _is_wide(char)}
    return table


def _is_wide(char: str) -> bool:
    return unicodedata.normalize("NFKC", char) != char
