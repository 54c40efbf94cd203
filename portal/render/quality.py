"""/quality/: who is late, who is on time, and how good the data are; a page for each department (UPD-2, QLT-4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from markupsafe import Markup

from portal import addresses
from portal.counts.board import FOLDER, ORDER, Board, Entry, Group
from portal.counts.figure import Words
from portal.render import figures
from portal.render.book import STATES, Badge, Book
from portal.render.frame import Page
from portal.render.html import link
from portal.render.numbers import as_of, said, written
from portal.render.onepage import Heading, later_page, one_page
from portal.timeliness import State
from portal.wording.quality import DIMENSIONS

LATE, SOON, LOWEST, ROWS = 8, 10, 10, 200
"""Late sets of a department, sets that are due soon, lowest scores, and rows of a department's page."""
REASONS = 3
"""Reasons of one lowest score."""
STYLES = ("css/numbers.css",)


class Due(NamedTuple):
    """A dataset on a list: its link and when it is or was due."""

    link: Markup
    when: str


class Low(NamedTuple):
    """A dataset with a low score, whose it is, and why."""

    link: Markup
    owner: str
    score: str
    reasons: tuple[str, ...]


def quality_pages(book: Book) -> Iterator[Page]:
    """The board of all departments, and a page for each that has data."""
    board = book.counts.board
    yield _board(book, board)
    for group in board.departments:
        yield _department(book, group)


def _board(book: Book, board: Board) -> Page:
    t, every = book.t, board.all
    values = {
        "crumbs": _crumbs(book),
        "as_of": as_of(book),
        "sums": _sums(book, every),
        "states": [(state, book.timing(state)) for state in ORDER],
        "departments": [_standing(book, group) for group in board.departments],
        "late": [_late(book, group) for group in board.departments if group.overdue],
        "soon": [_due(book, one) for one in (*every.having("due"), *every.having("due_soon"))][:SOON],
        "soon_more": max(0, every.states[1] + every.states[2] - SOON),
        "dimensions": [_dimension(book, key) for key in DIMENSIONS],
        "scores": [_scores(book, group) for group in sorted(board.departments, key=_by_score)],
        "lowest": [_low(book, one) for one in every.lowest[:LOWEST]],
        "scored": book.counts.today.scored,
        "how": [(said(book, Words(*told)), t[f"ql_f_{key}"]) for key, told in DIMENSIONS.items()],
    }
    return one_page(book, Heading(FOLDER, t["ql_title"], t["ql_lead"], "statistics", STYLES), "quality.html", values)


def _sums(book: Book, every: Group) -> list[tuple[str, str]]:
    t = book.t
    known = [
        (written(every.on_time, "percent"), t["ql_on_time"]),
        (figures.number(every.overdue), book.inside(book.timing("overdue"))),
        (figures.number(every.states[1] + every.states[2]), book.inside(t["ql_soon"])),
        (written(every.scores[0], "percent"), t["ql_mean"]),
    ]
    return [(value, what) for value, what in known if value != "—"]


def _standing(book: Book, group: Group) -> dict[str, object]:
    """A row of the board: the states as numbers and as one bar."""
    return {
        "name": link(book.url(f"{FOLDER}{group.id}/"), said(book, group.name)),
        "total": figures.number(len(group.entries)),
        "bar": _stacked(group),
        "states": [
            (state, figures.number(count), bool(count)) for state, count in zip(ORDER, group.states, strict=True)
        ],
        "on_time": written(group.on_time, "percent"),
    }


def _crumbs(book: Book) -> list[tuple[str, str]]:
    return [(book.base, book.t["home"]), (book.url("/statistics/"), book.t["st_title"])]


def _stacked(group: Group) -> Markup:
    """The states of a department side by side, as shares of its sets."""
    parts, left, whole = [], 0.0, len(group.entries)
    for state, count in zip(ORDER, group.states, strict=True):
        if count:
            wide = 100 * count / whole
            parts.append(f'<rect class="s-{state}" x="{left:.3g}%" width="{wide:.3g}%" height="100%"/>')
            left += wide
    inner = "".join(parts)
    return Markup(f'<svg class="states" aria-hidden="true" focusable="false">{inner}</svg>')  # noqa: S704 -- ours


def _late(book: Book, group: Group) -> dict[str, object]:
    return {
        "name": said(book, group.name),
        "count": figures.number(group.overdue),
        "items": [_due(book, one) for one in group.having("overdue")[:LATE]],
        "more": max(0, group.overdue - LATE),
        "href": book.url(f"{FOLDER}{group.id}/"),
        "csv": f"{FOLDER}{group.id}/overdue.csv",
    }


def _due(book: Book, one: Entry) -> Due:
    t, timing = book.t, one.timing
    due = book.day(timing.due) if timing.due else ""
    when = (
        t["ql_late"].format(due=due, n=figures.number(timing.days_late))
        if timing.days_late
        else t["ql_due"].format(due=due)
    )
    return Due(_set(book, one), when)


def _set(book: Book, one: Entry) -> Markup:
    return link(book.url(addresses.dataset_page(one.dataset.id)), book.title(one.dataset))


def _by_score(group: Group) -> tuple[float, str]:
    """The lowest first; those without a score at the end."""
    score = group.scores[0]
    return (101.0 if score is None else score, group.id)


def _scores(book: Book, group: Group) -> dict[str, object]:
    return {
        "name": link(book.url(f"{FOLDER}{group.id}/"), said(book, group.name)),
        "values": [written(one, "percent") for one in group.scores],
    }


def _dimension(book: Book, key: str) -> str:
    return said(book, Words(*DIMENSIONS[key]))


def _low(book: Book, one: Entry) -> Low:
    return Low(
        link=_set(book, one),
        owner=book.department_name(one.dataset.department),
        score=written(one.score, "percent"),
        reasons=tuple(_reasons(book, one))[:REASONS],
    )


def _reasons(book: Book, one: Entry) -> Iterator[str]:
    """Why a score is not full: the reasons of the dimensions that lost points, the lowest dimension first."""
    scored = one.facts.quality.dimensions if one.facts and one.facts.quality else ()
    lost = sorted((d.score, n, d) for n, d in enumerate(scored) if d.score is not None and d.score < 100)
    for score, _, dimension in lost:
        head = f"{_dimension(book, dimension.name)} {written(score, 'percent')}"
        told = [reason.text if book.lang == "zh" else reason.text_en for reason in dimension.reasons]
        yield book.told(head, "".join(told) if book.lang == "zh" else " ".join(told))


def _department(book: Book, group: Group) -> Page:
    """The sets of a department, the most pressing first; all of it follows from their entries and facts."""
    t, name = book.t, said(book, group.name)
    lead = t["ql_department_lead"].format(name=name)
    heading = Heading(f"{FOLDER}{group.id}/", t["ql_department"].format(name=name), lead, "statistics", STYLES)
    made_of = "".join([book.digest(one.dataset) for one in group.entries])
    values = partial(_of_department, book, group, name=name, lead=lead)
    return later_page(book, heading, "quality_department.html", values, made_of=made_of)


def _of_department(book: Book, group: Group, *, name: str, lead: str) -> dict[str, object]:
    t, entries = book.t, [one for state in ORDER for one in group.having(state)]
    return {
        "crumbs": [*_crumbs(book), (book.url(FOLDER), t["ql_title"])],
        "lead": lead,
        "sums": _sums(book, group),
        "dimensions": [_dimension(book, key) for key in DIMENSIONS],
        "rows": [_row(book, one) for one in entries[:ROWS]],
        "more": t["ql_more_rows"].format(n=ROWS) if len(entries) > ROWS else "",
        "lowest": [_low(book, one) for one in group.lowest[:LOWEST]],
        "csv": f"{FOLDER}{group.id}/overdue.csv",
        "department": book.url(addresses.department_page(group.id)),
        "name": name,
    }


def _row(book: Book, one: Entry) -> dict[str, object]:
    timing = one.timing
    state: State = timing.state
    return {
        "link": _set(book, one),
        "badge": Badge(book.timing(state), STATES.get(state, "")),
        "data": one.dataset.data_date.isoformat(),
        "due": timing.due.isoformat() if timing.due else "—",
        "late": book.t["ql_days_late"].format(n=figures.number(timing.days_late)) if timing.days_late else "",
        "scores": [written(value, "percent") for value in _scores_of(one)],
    }


def _scores_of(one: Entry) -> Sequence[float | None]:
    if one.facts is None or one.facts.quality is None:
        return (None,) * (1 + len(DIMENSIONS))
    found = {each.name: each.score for each in one.facts.quality.dimensions}
    return (one.score, *(found.get(key) for key in DIMENSIONS))
