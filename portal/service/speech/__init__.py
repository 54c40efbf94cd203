"""What the service says to people, in Chinese and in English: every sentence stands in a table, none in a view.

An address below /en/ is answered in English, everything else in Chinese; the words of a table may hold HTML of ours,
what is put into them is escaped (templatetags/say.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from portal.service.domain.kinds import KIND_NAMES, STATE_NAMES, Kind
from portal.service.domain.terms import Lang, Terms, said_date
from portal.service.speech import fields, pages, results, states

PARTS = (pages.ROWS, fields.ROWS, results.ROWS)
ENGLISH = "/en"


@cache
def words(lang: Lang) -> MappingProxyType[str, str]:
    """Every word by its key. Raises ValueError where two tables use one key."""
    found: dict[str, str] = {}
    for part in PARTS:
        twice = found.keys() & part.keys()
        if twice:
            raise ValueError(f"words told twice: {', '.join(sorted(twice))}")
        found |= {key: row[lang == "en"] for key, row in part.items()}
    return MappingProxyType(found)


def language(path: str) -> Lang:
    """The language of an address."""
    return "en" if path == ENGLISH or path.startswith(f"{ENGLISH}/") else "zh"


def other_address(address: str) -> str:
    """The same page in the other language."""
    return address.removeprefix(ENGLISH) if language(address) == "en" else f"{ENGLISH}{address}"


@dataclass(frozen=True)
class Speech:
    """One language: its words, its addresses, and how it says days, kinds and states."""

    lang: Lang

    @property
    def t(self) -> MappingProxyType[str, str]:
        """The words."""
        return words(self.lang)

    @property
    def home(self) -> str:
        """Where the portal begins in this language."""
        return "/" if self.lang == "zh" else f"{ENGLISH}/"

    @property
    def forms(self) -> str:
        """Where the forms begin."""
        return f"{self.home}forms/"

    def date(self, day: date | None) -> str:
        """2026年11月27日, 27 November 2026; nothing for no day."""
        return said_date(day, self.lang) if day else ""

    def kind(self, kind: Kind) -> str:
        """数据纠错, Correction."""
        return KIND_NAMES[kind] if self.lang == "zh" else states.KINDS[kind]

    def state(self, state: str) -> str:
        """已收到, received."""
        return STATE_NAMES[state] if self.lang == "zh" else states.STATES[state]

    def promise(self, terms: Terms) -> str:
        """5个工作日内处理完毕, within 5 working days."""
        return terms.promise if self.lang == "zh" else terms.promise_en

    def article(self, terms: Terms) -> str:
        """《某市实施细则》第十条, Article 10 of the Implementing Rules; nothing where no text says so."""
        return (terms.article if self.lang == "zh" else terms.article_en) or ""


@cache
def speech(lang: Lang) -> Speech:
    """A language, made once."""
    return Speech(lang)


def speech_of(path: str) -> Speech:
    """The language of an address, made once."""
    return speech(language(path))
