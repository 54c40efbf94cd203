"""A city's rules about words: names, abbreviations, equal treatment, and the platform's own pages (CAT-2 to CAT-6)."""

from __future__ import annotations

from typing import Literal

from portal.shape import Shape


class ShortForm(Shape):
    """A Chinese short form: what it stands for, and ordinary phrases that merely contain its characters."""

    full: str
    inside: tuple[str, ...] = ()


class Naming(Shape):
    """The rules about names and wording (CAT-2 to CAT-6). `rules` is what the text demands; the rest is the house's.

    Lengths count characters; `similarity_max` is the Dice coefficient of two names' pairs of characters
    (portal/checks/likeness.py says how it was chosen); `short_forms` maps a short form to its full words.
    """

    rules: Literal["error", "warning", "off"]
    max_length: int
    similarity_max: float
    description_min: int
    short_forms: dict[str, ShortForm]


class Equality(Shape):
    """Words that may shut people out by ownership, locality, size or being a person (ACC-3): kind → words."""

    terms: dict[str, tuple[str, ...]]


class PageRule(Shape):
    """A hand-written page that the platform must have, and the headings that must stand in it (POR-4, PRO-6)."""

    title: str
    sections: tuple[str, ...] = ()


class Platform(Shape):
    """What the platform itself must show: file below site_src/pages → what it is."""

    pages: dict[str, PageRule]
