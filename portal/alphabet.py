"""Chinese text by the alphabet: how a title is read aloud, in which order titles stand, under which letter.

The readings come from pypinyin, which knows phrases and so most characters with several readings. Where it cuts a
phrase wrongly (全国城市长途区号 as 市长 + 途), the phrase stands in `READINGS`; tests/unit/test_alphabet.py reads every
title of the demonstration catalogue against readings by hand.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from portal.cache import code_version, get_or_make, key_of
from portal.text import fold

CODE = ("portal.alphabet", "portal.text")
PACKAGES = ("opencc-python-reimplemented", "pypinyin")
"""Modules and distributions whose change makes other readings: for `cache.code_version`."""
OTHER = "#"
"""The letter of titles that begin with a digit or a sign."""
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

READINGS: dict[str, str] = {
    "调休": "tiáo xiū",
    "发卡": "fā kǎ",
    "城市长途": "chéng shì cháng tú",
    "市长途": "shì cháng tú",
    "长途": "cháng tú",
    "市长期": "shì cháng qī",
    "城市长效": "chéng shì cháng xiào",
    "行长期": "háng cháng qī",
    "地长度": "dì cháng dù",
    "乘降": "chéng jiàng",
}
"""Phrases that pypinyin reads or cuts wrongly in titles of datasets."""

_WORD = re.compile(r"[a-z]+|\d+")


_known: dict[str, tuple[str, ...]] = {}


@contextmanager
def remembering(folder: Path) -> Iterator[None]:
    """Meanwhile readings come out of the cache at `folder` and, if there are new ones, go there in the end.

    pypinyin takes half a second to load its phrases; a build whose titles are known needs none of them. Several
    processes may do so at once: what one adds and another overwrites is read aloud once more.
    """
    key = key_of(code_version(*CODE, packages=PACKAGES), [])
    file = get_or_make(folder, "readings", key, lambda _: None) / "readings.json"
    _known.update(_kept(file))
    before = len(_known)
    yield
    if len(_known) > before:
        beside = file.with_suffix(f".{os.getpid()}")
        beside.write_text(json.dumps(dict(sorted({**_kept(file), **_known}.items())), ensure_ascii=False), "utf-8")
        beside.replace(file)


def _kept(file: Path) -> dict[str, tuple[str, ...]]:
    return {text: tuple(words) for text, words in json.loads(file.read_bytes()).items()} if file.exists() else {}


@cache
def _speaker() -> Callable[[str], list[str]]:
    """Speech by pypinyin with our phrases, once a process."""
    from pypinyin import Style, lazy_pinyin, load_phrases_dict  # noqa: PLC0415 -- half a second

    load_phrases_dict({phrase: [[one] for one in reading.split()] for phrase, reading in READINGS.items()})
    return lambda text: lazy_pinyin(text, style=Style.NORMAL, errors="default", v_to_u=False)


def reading(text: str) -> tuple[str, ...]:
    """The syllables, Latin words and numbers of a text, without signs: 苏州市A级景区 → su zhou shi a ji jing qu."""
    if text not in _known:
        spoken = _speaker()(fold(text))
        _known[text] = tuple(word for part in spoken for word in _WORD.findall(part.lower()))
    return _known[text]


def alphabetical(text: str) -> tuple[tuple[tuple[int, int | str], ...], str]:
    """A key that sorts texts as a Chinese dictionary does: syllable by syllable, numbers by size before letters."""
    return tuple((0, int(word)) if word.isdigit() else (1, word) for word in reading(text)), text


def letter(text: str) -> str:
    """Under which letter a text stands; OTHER for digits and signs."""
    for word in reading(text):
        return word[0].upper() if word[0].isalpha() else OTHER
    return OTHER
