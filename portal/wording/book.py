"""The rule reference that is made from the broken examples under tests/bad/ (`python -m tests.rulebook` writes it)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("rulebook.json")


@dataclass(frozen=True)
class Example:
    """A file of a broken example: the part that is wrong, and the same part mended (None: there is no such file)."""

    path: str
    bad: str | None
    good: str | None


@dataclass(frozen=True)
class Facts:
    """What is known of a rule besides its words.

    `level` holds where the city says nothing; `section` is the section of the profile's articles that it stands on;
    `told` is what its example's report says, in Chinese. `is_change`: `good` is how things were before the change.
    """

    level: str
    section: str
    excusable: bool
    told: str
    examples: tuple[Example, ...]
    is_change: bool
    command: str


@dataclass(frozen=True)
class Family:
    """Rules that stand together, under a title in both languages."""

    id: str
    zh: str
    en: str
    rules: tuple[str, ...]


@cache
def rulebook() -> tuple[tuple[Family, ...], dict[str, Facts]]:
    """The families in order, and what is known of each rule."""
    read = json.loads(FILE.read_text("utf-8"))
    families = tuple(Family(**{**one, "rules": tuple(one["rules"])}) for one in read["families"])
    facts = {
        rule: Facts(**{**one, "examples": tuple(Example(**example) for example in one["examples"])})
        for rule, one in read["rules"].items()
    }
    return families, facts
