"""The shape of a rule's words."""

from __future__ import annotations

from typing import NamedTuple


class Text(NamedTuple):
    """One sentence in both languages; `{name}` stands for a value of the problem."""

    zh: str
    en: str


class Wording(NamedTuple):
    """What a rule says when it is broken: what is wrong, and what to do."""

    message: Text
    advice: Text
