"""/about/score/: how the portal does by the measures of others. Made last, when it is known what the release holds."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from portal import addresses
from portal.mqa import BAND_NAMES, DIMENSIONS, MqaLine
from portal.render.book import Book
from portal.render.frame import Page
from portal.render.html import joined, link
from portal.render.numbers import as_of, per_cent, said
from portal.render.onepage import Heading, one_page
from portal.scorecard import Scale, Scorecard, Scored

ADDRESS = "/about/score/"
PARTS_IN_ENGLISH = {"准备度": "Readiness", "平台层": "Platform", "数据层": "Data", "利用层": "Use"}
"""The parts of the Open Data Index of China, which its indicators are numbered in."""
MQA_SOURCE = "https://data.europa.eu/mqa/methodology"


def score_pages(book: Book, card: Scorecard) -> Iterator[Page]:
    """The one page of the score, in the book's language."""
    t, mqa, english = book.t, card.mqa, book.lang == "en"
    values = {
        "crumbs": [(book.base, t["home"]), (book.url("/about/"), t["about"])],
        "as_of": as_of(book),
        "sums": _sums(book, card),
        "mqa_about": t["sc_mqa_about"].format(datasets=mqa.datasets, files=mqa.files),
        "mqa_source": MQA_SOURCE,
        "dimensions": [
            {
                "title": names[english],
                "points": _points(sum(line.points for line in mqa.lines if line.dimension == key)),
                "maximum": sum(line.maximum for line in mqa.lines if line.dimension == key),
                "lines": [_metric(book, line) for line in mqa.lines if line.dimension == key],
            }
            for key, names in DIMENSIONS.items()
        ],
        "scales": [_scale(book, scale) for scale in card.scales],
    }
    heading = Heading(ADDRESS, t["sc_title"], t["sc_lead"], "about", ("css/numbers.css",))
    yield one_page(book, heading, "score.html", values)


def _sums(book: Book, card: Scorecard) -> list[tuple[str, str, str]]:
    """Anchor, name and result of each measure."""
    t, mqa = book.t, card.mqa
    band = BAND_NAMES[mqa.band][book.lang == "en"]
    points = t["sc_points"].format(points=_points(mqa.points), maximum=mqa.maximum, band=band)
    scales = [
        (scale.key, said(book, scale.title), t["sc_sums_of"].format(yes=scale.yes, of=len(scale.lines)))
        for scale in card.scales
    ]
    return [("mqa", t["sc_mqa"], points), *scales]


def _points(points: float) -> str:
    return f"{round(points, 1):g}"


def _metric(book: Book, line: MqaLine) -> dict[str, object]:
    english = book.lang == "en"
    sets = [link(book.url(addresses.dataset_page(one)), one) for one in line.missing]
    return {
        "title": line.title_en if english else line.title,
        "how": line.how_en if english else line.how,
        "points": _points(line.points),
        "maximum": line.maximum,
        "bar": per_cent(line.share, 1),
        "full": line.short == 0,
        "lacking": book.t["sc_lacking"].format(n=line.short) if line.short else "",
        "sets": joined(book.t["comma"], sets),
    }


def _scale(book: Book, scale: Scale) -> dict[str, object]:
    return {
        "key": scale.key,
        "title": said(book, scale.title),
        "about": book.t[f"sc_{scale.key}_about"],
        "source": scale.source,
        "lines": [_line(book, line) for line in scale.lines],
    }


def _numbered(book: Book, key: str) -> str:
    """`数据层 4` is `Data 4` in English; a bare number stays."""
    part, _, number = key.partition(" ")
    return f"{PARTS_IN_ENGLISH[part]} {number}" if book.lang == "en" and part in PARTS_IN_ENGLISH else key


def _line(book: Book, line: Scored) -> dict[str, object]:
    return {
        "key": _numbered(book, line.key),
        "title": said(book, line.title),
        "how": said(book, line.how),
        "yes": line.yes,
        "told": said(book, line.told) if line.told else "",
        "links": Markup(" ").join(link(one, one) for one in map(book.twin, line.links)),
        "missing": book.t["comma"].join(line.missing),
    }
