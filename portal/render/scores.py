"""The scores of a dataset on its page: each figure with the reasons it has, and the file for machines (QLT-4)."""

from __future__ import annotations

from markupsafe import Markup

from portal import addresses
from portal.facts import DatasetFacts, QualityDimension
from portal.render.book import Book
from portal.render.html import link
from portal.wording.quality import DIMENSIONS

Rows = list[tuple[str, list[Markup | str]]]


def scores(book: Book, facts: DatasetFacts | None) -> Rows:
    """The mean first, then each dimension with its reasons; nothing for a set that was not scored."""
    if facts is None or facts.quality is None:
        return []
    t, told = book.t, facts.quality
    file = link(addresses.quality_file(facts.id), t["score_file"])
    mean = t["score_none"] if told.overall is None else t["score_of"].format(score=_figure(told.overall))
    known = [one for one in told.dimensions if one.score is not None]
    how = t["score_mean"].format(count=len(known), date=told.as_of)
    rows: Rows = [(t["score"], [Markup("{}{}{} {}").format(mean, t["comma"], how, file)])]
    rows += [(DIMENSIONS[one.name][book.lang == "en"], _dimension(book, one)) for one in told.dimensions]
    return rows


def _dimension(book: Book, one: QualityDimension) -> list[Markup | str]:
    told = book.t["score_none"] if one.score is None else book.t["score_of"].format(score=_figure(one.score))
    return [told, *(reason.text_en if book.lang == "en" else reason.text for reason in one.reasons)]


def _figure(score: float) -> str:
    """100, not 100.0."""
    return f"{score:g}"
