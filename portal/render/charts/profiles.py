"""What the values of a column look like, in a few lines: a histogram of numbers and days with its ends, bars of the
values that stand most often, and how much is empty. The words beside them say the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from portal.facts import ColumnFacts
from portal.render import figures
from portal.render.book import Book
from portal.tableschema import Column

TOPS = 3
LONG = 14


def picture(book: Book, column: Column, facts: ColumnFacts, rows: int) -> Markup | str:
    """The picture of a column's values; nothing for one without any, or whose values are all different."""
    ends = _ends(facts) if facts.histogram else ""
    drawn = _histogram(book, facts.histogram) + ends if facts.histogram else _tops(book, column, facts, rows)
    return Markup(drawn + _empty(facts, rows))  # noqa: S704 -- numbers, constants, and texts that were escaped


def shows_ends(facts: ColumnFacts) -> bool:
    """The picture says the smallest and the largest value."""
    return bool(facts.histogram and facts.minimum is not None)


def shows_tops(facts: ColumnFacts) -> bool:
    """The picture names the values that stand most often."""
    return not facts.histogram and bool(facts.top) and facts.distinct > 1


def _histogram(book: Book, histogram: Sequence[int]) -> str:
    """Bars over equal bins, from zero."""
    top = max(histogram, default=0)
    if len(histogram) < 2 or not top:
        return ""
    width = 100 / len(histogram)
    bars = "".join(
        f"M{index * width:.4g} 24v{-max(1.0, 24 * count / top):.3g}h{width * 0.86:.3g}V24z"
        for index, count in enumerate(histogram)
        if count
    )
    return (
        f'<svg class="spark" viewBox="0 0 100 24" preserveAspectRatio="none" role="img" '
        f'aria-label="{escape(book.t["spark"])}"><path d="{bars}"/></svg>'
    )


def _ends(facts: ColumnFacts) -> str:
    if facts.minimum is None or facts.maximum is None:
        return ""
    if facts.minimum == facts.maximum:
        return f'<span class="ends"><span>{escape(facts.minimum)}</span></span>'
    return f'<span class="ends"><span>{escape(facts.minimum)}</span><span>{escape(facts.maximum)}</span></span>'


def _tops(book: Book, column: Column, facts: ColumnFacts, rows: int) -> str:
    if not shows_tops(facts):
        return ""
    most = facts.top[0].count
    parts = []
    for one in facts.top[:TOPS]:
        name = _name(book, column, one.value)
        parts.append(
            f'<span class="tops-name">{escape(name)}</span>'
            f'<svg><rect width="{100 * one.count / most:.3g}%" height="100%"/></svg>'
            f"<span>{figures.share(one.count, rows)}</span>"
        )
    return f'<span class="tops">{"".join(parts)}</span>'


def _name(book: Book, column: Column, value: str) -> str:
    """A value as people call it, in few letters; the table holds it whole."""
    if column.type == "boolean":
        return book.t["yes" if value == "true" else "no"]
    line = " ".join(((column.codes or {}).get(value) or value).split())
    return line if len(line) <= LONG else f"{line[: LONG - 1]}…"


def _empty(facts: ColumnFacts, rows: int) -> str:
    """The part without a value, as part of the whole; nothing where every row has one."""
    if not facts.nulls or not rows:
        return ""
    share = 100 * facts.nulls / rows
    whole = '<rect width="100%" height="100%"/>'
    gap = f'<rect class="gap" width="{share:.3g}%" height="100%"/>'
    return f'<svg class="empties" aria-hidden="true">{whole}{gap}</svg>'
