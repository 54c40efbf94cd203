"""One text judged: every find of every kind, none over another, and the text with all of them covered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from portal.personal.digits import numbers
from portal.personal.documents import PROVINCES, documents
from portal.personal.dress import GAP, SPELLED, plain, spelled_out
from portal.personal.mail import mails
from portal.personal.people import CALLED, is_address, is_phone, names_in
from portal.personal.shape import Found, Titles, covered, titles_of

NO_TITLES = Titles()
LEAST_LENGTH = 5
_WORTH_A_LOOK = re.compile(
    rf"[0-9]{{4}}|[0-9][^0-9A-Za-z]{{1,3}}[0-9]|@|[(\[{{]\s?at|[{''.join(SPELLED)}]{GAP}[{''.join(SPELLED)}0-9]"
    rf"|[{PROVINCES}]{GAP}[A-Z]|{CALLED}",
    re.IGNORECASE,
)
"""Every find holds one of these, in plain dress."""


def find(text: str, titles: Titles = NO_TITLES) -> list[Found]:
    """What is personal in a text, in order; `titles` says what its column is called (`titles_of`)."""
    told = plain(text)
    if len(told) < LEAST_LENGTH or not _WORTH_A_LOOK.search(told):
        return []
    if told.isdecimal():
        return [*numbers(told, titles), *documents(told, titles)][:1]
    found = _apart(_all(told, titles))
    spelled = spelled_out(told)
    if spelled is not None:
        found = _apart([*found, *numbers(spelled, titles)])
    return found


def _all(text: str, titles: Titles) -> Iterator[Found]:
    yield from numbers(text, titles)
    yield from mails(text)
    yield from documents(text, titles)
    yield from _contacts(text)


def _contacts(text: str) -> Iterator[Found]:
    """A name with its telephone or address in one text."""
    names = list(names_in(text)) if not text.isascii() else []
    if names and (is_phone(text) or is_address(text)):
        yield from (Found("name-contact", start, end) for start, end in names)


def _apart(found: Iterable[Found]) -> list[Found]:
    """In order, without those that lie over one that begins earlier (or at the same place and ends later)."""
    left: list[Found] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not left or one.start >= left[-1].end:
            left.append(one)
    return left


def masked(text: str, title: str = "") -> str:
    """The text with every find covered; `title` is the name and title of its column, where it has one.

    Where finds overlap, what is left of one beside the cover of another may be a find again: it is covered, too.
    """
    before = ""
    while text != before:
        before = text
        for one in reversed(find(text, _titles(title))):
            text = text[: one.start] + covered(text[one.start : one.end]) + text[one.end :]
    return text


@lru_cache(maxsize=4096)
def _titles(words: str) -> Titles:
    return titles_of(words)
