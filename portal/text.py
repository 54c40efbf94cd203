"""How Chinese text is folded and cut, on both sides of every search: index, query, Datasette, forms.

Neither SQLite's tokenizers nor a browser's word cutting finds two-character Chinese words reliably
(measured: `unicode61` 0 hits, `trigram` 0 hits, dictionary cutting 375 of 1,534 pages). Overlapping pairs on
both sides agree by construction. The query API keeps `bigrams` in its tables; the index of the pages' search keeps
pairs with their places (portal/search). site_src/assets/js/text.js folds and cuts words alike; a test compares them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f々〇"
_RUNS = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
_HAN_FIRST = re.compile(rf"[{HAN}]")


@cache
def simplified_table() -> dict[int, str]:
    """Traditional → simplified, one character to one character, from OpenCC's TSCharacters (Apache-2.0).

    Where OpenCC offers several simplified forms the first is taken, as OpenCC does; where that form is simplified
    further (薴 苧 苎), the last one, so that folding twice changes nothing. Cached: the file has 4,000 lines.
    """
    table: dict[int, str] = {}
    lines = files("opencc").joinpath("dictionary/TSCharacters.txt").read_text("utf-8").splitlines()
    for line in lines:
        traditional, _, forms = line.partition("\t")
        first = forms.split(" ")[0] if forms else ""
        if len(traditional) == 1 and len(first) == 1 and first != traditional:
            table[ord(traditional)] = first
    return {char: table.get(ord(simple), simple) for char, simple in table.items()}


def fold(text: str) -> str:
    """NFKC, lower case, simplified: the form in which two spellings of one word are equal."""
    return unicodedata.normalize("NFKC", text).lower().translate(simplified_table())


def plain_term(word: str) -> str:
    """A term as the glossary compares it: folded, without blanks and hyphens (WGS 84 = WGS-84)."""
    return re.sub(r"[\s-]", "", fold(word))


def bigrams(text: str) -> str:
    """Index form: Han runs as overlapping pairs and their last character, other words whole, joined by blanks.

    公交站 → `公交 交站 站`; `PM2.5 监测` → `pm2 5 监测 测`. A one-character query then matches by prefix.
    """
    return " ".join(_cut(fold(text), index=True))


def query_bigrams(text: str) -> str:
    """Query form: as `bigrams`, but the last single character only where the run is that one character."""
    return " ".join(_cut(fold(text), index=False))


def words(query: str) -> list[str]:
    """The folded words that must all stand in a hit's folded text, in the order typed, each once."""
    return list(dict.fromkeys(fold(query).split()))


def matches(text: str, query: str) -> bool:
    """Whether every word of the query stands in the text, both folded: the truth that searches are held to."""
    folded = fold(text)
    return all(word in folded for word in words(query))


def _cut(folded: str, *, index: bool) -> list[str]:
    tokens: list[str] = []
    for run in _RUNS.findall(folded):
        if not _HAN_FIRST.match(run):
            tokens.append(run)
            continue
        tokens.extend(run[i : i + 2] for i in range(len(run) - 1))
        if index or len(run) == 1:
            tokens.append(run[-1])
    return tokens
