"""How to cite a dataset: GB/T 7714, a plain line, BibTeX, RIS, with department, release and retrieval date (POR-5).

The day of retrieval (SYS-41) is the reader's: a script puts it in, without it a blank stands there to be filled in.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from markupsafe import Markup, escape

from portal import addresses
from portal.citation import BLANK, Source, gbt_around
from portal.facts import DatasetFacts
from portal.model import Dataset
from portal.render.book import Book

_TEX = re.compile(r"([\\{}&%$#_^~])")


class Citation(NamedTuple):
    """One form: `lines` keeps its line breaks."""

    key: str
    title: str
    text: Markup
    lines: bool


def citations(book: Book, dataset: Dataset, facts: DatasetFacts | None) -> list[Citation]:
    """The forms in the order in which people here look for them."""
    source = source_of(book, dataset, facts)
    return [
        Citation("gbt", book.t["cite_gbt"], _filled(*gbt_around(source)), lines=False),
        Citation("plain", book.t["cite_plain"], _plain(book, source), lines=False),
        Citation("bibtex", "BibTeX", _bibtex(dataset, source), lines=True),
        Citation("ris", "RIS", _ris(source), lines=True),
    ]


def source_of(book: Book, dataset: Dataset, facts: DatasetFacts | None) -> Source:
    """What a dataset's citation names, in the language of the book."""
    portal, chinese = book.catalogue.portal, book.lang == "zh"
    return Source(
        department=book.department_name(dataset.department),
        title=book.title(dataset),
        portal=portal.name if chinese else portal.name_en,
        city=portal.city if chinese else portal.city_en,
        release=facts.release if facts and facts.digest else dataset.data_date.isoformat(),
        day=dataset.data_date.isoformat(),
        url=portal.url + book.url(addresses.dataset_page(dataset.id)),
        lang=book.lang,
    )


def _plain(book: Book, one: Source) -> Markup:
    t = book.t
    if book.lang == "zh":
        start = f"{one.department}：{one.title}，{one.portal}，{one.version}，{t['retrieved']} "
        return _filled(start, f"，{one.url}")
    start = f"{one.department}: {one.title}. {one.portal}. {one.version}, {t['retrieved']} "
    return _filled(start, f". {one.url}")


def _bibtex(dataset: Dataset, one: Source) -> Markup:
    start = "\n".join(
        [
            f"@misc{{{dataset.id}-{one.release},",
            f"  author    = {{{{{_tex(one.department)}}}}},",
            f"  title     = {{{{{_tex(one.title)}}}}},",
            f"  year      = {{{one.year}}},",
            f"  version   = {{{one.release}}},",
            f"  publisher = {{{_tex(one.portal)}}},",
            f"  url       = {{{one.url}}},",
            "  urldate   = {",
        ]
    )
    return _filled(start, "}\n}")


def _ris(one: Source) -> Markup:
    """Tags of the RIS format; its days are written with slashes."""
    lines = [
        "TY  - DATA",
        f"AU  - {one.department}",
        f"TI  - {one.title}",
        f"PY  - {one.year}",
        f"DA  - {one.day.replace('-', '/')}",
        f"ET  - {one.release}",
        f"PB  - {one.portal}",
        f"CY  - {one.city}",
        f"UR  - {one.url}",
    ]
    return _filled("\n".join([*lines, "Y2  - "]), "\nER  - ", between="/")


def _tex(text: str) -> str:
    """What TeX takes for a command, spelled out."""
    return _TEX.sub(
        lambda found: {"\\": r"\textbackslash{}", "^": r"\^{}", "~": r"\~{}"}.get(found[1], f"\\{found[1]}"), text
    )


def _filled(start: str, end: str, between: str = "-") -> Markup:
    """The text with the place for today's date."""
    blank = BLANK.replace("-", between)
    place = f'<span data-today="{between}">{blank}</span>'
    return Markup(f"{escape(start)}{place}{escape(end)}")  # noqa: S704 -- both were escaped
