"""How a dataset is cited after GB/T 7714-2015: one text for its page, its README and the files for machines (POR-5)."""

from __future__ import annotations

from typing import Literal, NamedTuple

BLANK = "____-__-__"
"""Where the reader's day of retrieval belongs (SYS-41)."""
VERSION = {"zh": "版本", "en": "release"}


class Source(NamedTuple):
    """What every form of citation names; `day` is the data date, `url` the full address of the page."""

    department: str
    title: str
    portal: str
    city: str
    release: str
    day: str
    url: str
    lang: Literal["zh", "en"] = "zh"

    @property
    def year(self) -> str:
        """The year of the data."""
        return self.day[:4]

    @property
    def version(self) -> str:
        """版本 2025-12-31, release 2025-12-31"""
        return f"{VERSION[self.lang]} {self.release}"


def gbt_around(one: Source) -> tuple[str, str]:
    """The text before and after the day of retrieval.

    GB/T 7714-2015 §4.6: who. title: other words of the title[DS/OL]. place: publisher, year(day)[day of retrieval].
    address.
    """
    start = f"{one.department}. {one.title}: {one.version}[DS/OL]. {one.city}: {one.portal}, {one.year}({one.day})["
    return start, f"]. {one.url}."


def gbt(one: Source) -> str:
    """The whole text, with a blank for the day of retrieval."""
    return BLANK.join(gbt_around(one))


def gbt_undated(one: Source) -> str:
    """The whole text for programs, which put in no day: without the brackets for it."""
    start, end = gbt_around(one)
    return start.removesuffix("[") + end.removeprefix("]")
