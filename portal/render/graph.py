"""The graph of relations as SVG: boxes are links, so that it is read, tabbed through and printed without scripts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from portal.render.drawing import Point, Sheet, draw
from portal.render.html import TOGETHER

BOX, HEIGHT, LINE = 156, 64, 18
"""Width and height of a box and of a line of its text, in CSS pixels at the usual size of type."""
SHEET = Sheet(BOX + 28, HEIGHT + 34, 820)
LINES, EMS = 3, 10.6
"""A title has so many lines of so many Han characters; the rest stands in the box's title."""
DIRECTED = frozenset({"foreign-key", "part-of", "derived-from", "supersedes"})


@dataclass(frozen=True)
class Box:
    """A node: where it leads, what stands in it, and whether it belongs to the page's own domain."""

    id: str
    href: str
    title: str
    outside: bool = False


@dataclass(frozen=True)
class Edge:
    """A line between two boxes: all kinds of relation between them, the strongest first. It points to `to`."""

    one: str
    to: str
    kinds: tuple[str, ...]


def graph(boxes: Sequence[Box], edges: Iterable[Edge], label: str, *, arrows: bool = True) -> Markup:
    """The drawing; `label` says to those who do not see it what it is. Text is escaped."""
    number = {box.id: n for n, box in enumerate(boxes)}
    lines = list(edges)
    drawing = draw(len(boxes), tuple((number[one.one], number[one.to]) for one in lines), SHEET)
    at = {box.id: drawing.places[n] for n, box in enumerate(boxes)}
    body = [_line(edge, at, arrows) for edge in lines] + [_box(box, *at[box.id]) for box in boxes]
    return Markup(  # noqa: S704 -- numbers, constants of ours, and text escaped below
        f'<svg class="graph" viewBox="0 0 {drawing.width} {drawing.height}" width="{drawing.width}" '
        f'height="{drawing.height}" role="group" aria-label="{escape(label)}">'
        '<defs><marker id="to" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9" '
        'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 1 9 5 0 9z"/></marker></defs>'
        + "".join(body)
        + "</svg>"
    )


def wrapped(title: str, lines: int = LINES, ems: float = EMS) -> list[str]:
    """A title in lines of even width; Latin words stay whole. What does not fit ends in …."""
    found, line = [], ""
    for piece in _pieces(title):
        if line and _width(line + piece.rstrip()) > ems:
            found.append(line.strip())
            line = ""
        line += piece
    found.append(line.strip())
    if len(found) <= lines:
        return found
    last = found[lines - 1]
    while _width(last) > ems - 1:
        last = last[:-1]
    return [*found[: lines - 1], f"{last}…"]


def _pieces(title: str) -> list[str]:
    """Han characters one by one, everything else by the word; closing marks stay with what they close, and what stays
    together in titles does so here.
    """
    found: list[str] = []
    for place, text in enumerate(TOGETHER.split(title)):
        for sign in [text] if place % 2 else text:
            if found and _stays_with(found[-1][-1], sign[0]):
                found[-1] += sign
            else:
                found.append(sign)
    return found


def _stays_with(before: str, sign: str) -> bool:
    if sign in "，。、；：）》”’" or before in "（《“‘":
        return True
    return before != " " and not _is_wide(before) and not _is_wide(sign)


def _is_wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WF"


def _width(text: str) -> float:
    """In Han characters; a Latin one is a good half of one."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.56 for sign in text)


def _box(box: Box, x: int, y: int) -> str:
    lines = wrapped(box.title)
    top = y - LINE * (len(lines) - 1) / 2 + 4.5
    text = "".join(f'<tspan x="{x}" y="{top + LINE * n:g}">{escape(line)}</tspan>' for n, line in enumerate(lines))
    kind = "node outside" if box.outside else "node"
    rect = f'<rect x="{x - BOX // 2}" y="{y - HEIGHT // 2}" width="{BOX}" height="{HEIGHT}" rx="4"/>'
    return (
        f'<a class="{kind}" data-node="{escape(box.id)}" href="{escape(box.href)}"><title>{escape(box.title)}</title>'
        f"{rect}<text>{text}</text></a>"
    )


def _line(edge: Edge, at: Mapping[str, tuple[int, int]], arrows: bool) -> str:
    start, end = _border(at[edge.one], at[edge.to]), _border(at[edge.to], at[edge.one])
    arrow = ' marker-end="url(#to)"' if arrows and edge.kinds[0] in DIRECTED else ""
    return (
        f'<path class="edge {edge.kinds[0]}" data-one="{escape(edge.one)}" data-to="{escape(edge.to)}" '
        f'data-kinds="{" ".join(edge.kinds)}" d="M{start[0]:.0f} {start[1]:.0f} {end[0]:.0f} {end[1]:.0f}"{arrow}/>'
    )


def _border(here: tuple[int, int], there: tuple[int, int]) -> Point:
    """Where a line from the middle of a box to another leaves it."""
    dx, dy = there[0] - here[0], there[1] - here[1]
    ways = [half / abs(step) for half, step in ((BOX / 2 + 3, dx), (HEIGHT / 2 + 3, dy)) if step]
    part = min(ways, default=0.0)
    return here[0] + dx * part, here[1] + dy * part
