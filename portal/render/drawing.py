"""Where the boxes of a small graph stand: a pure function, so that the same relations give the same picture.

Each connected part is laid out by stress majorisation (Gansner, Koren, North 2004: boxes stand as far apart on paper
as they are in the graph), turned so that it is wide rather than tall, freed of overlaps, and set beside the others.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

STEPS = 80
"""Rounds of the majorisation; the picture hardly moves after half of them."""
PUSHES = 60
"""Rounds in which overlapping boxes push each other; what still overlaps then is put below."""
TURNS = 12
"""Ways to turn a part that are tried."""
FEW = 16
"""Parts of more boxes are laid out once only: it would cost a tenth of a second a turn."""
AIR = 2.2
"""A part that fills the width takes so many times the height that its boxes need."""


class Sheet(NamedTuple):
    """A box with its margins, and how wide the drawing may be, all in the units of the drawing."""

    box: float
    line: float
    width: float


class Drawing(NamedTuple):
    """The middle of every box, and the size of the whole."""

    places: tuple[tuple[int, int], ...]
    width: int
    height: int


Point = tuple[float, float]
Edges = tuple[tuple[int, int], ...]


@lru_cache(maxsize=64)
def draw(count: int, edges: Edges, sheet: Sheet) -> Drawing:
    """Places for `count` boxes joined by `edges` (pairs of their numbers). Quadratic: meant for up to 100 boxes."""
    near: list[list[int]] = [[] for _ in range(count)]
    for one, other in edges:
        near[one].append(other)
        near[other].append(one)
    parts = sorted(_parts(near), key=lambda part: (-len(part), part[0]))
    return _set_out([(part, _part(part, near, sheet)) for part in parts], count, sheet)


def _parts(near: Sequence[Sequence[int]]) -> list[list[int]]:
    """The connected parts, each in the order in which its boxes are reached from the one with most neighbours."""
    left, found = set(range(len(near))), []
    while left:
        reached = _reached(min(left), near)
        middle = max(sorted(reached), key=lambda one: len(near[one]))
        found.append(list(_reached(middle, near)))
        left -= reached.keys()
    return found


def _reached(start: int, near: Sequence[Sequence[int]]) -> dict[int, int]:
    """Everything that hangs together with `start`, and over how many edges."""
    steps, todo = {start: 0}, deque([start])
    while todo:
        here = todo.popleft()
        for one in near[here]:
            if one not in steps:
                steps[one] = steps[here] + 1
                todo.append(one)
    return steps


def _part(part: Sequence[int], near: Sequence[Sequence[int]], sheet: Sheet) -> list[Point]:
    """The boxes of a connected part, in its order, from (0, 0) on, none over another: the way to turn it in which the
    fewest lines run behind boxes, then the least tall.
    """
    flat = _turned(_majorised(part, near))
    place = {one: n for n, one in enumerate(part)}
    lines = [(place[one], place[other]) for one in part for other in near[one] if one < other]
    best: tuple[tuple[int, float], list[Point]] | None = None
    for turn in range(TURNS if 2 < len(part) <= FEW else 1):
        spread = [(x * sheet.box, y * sheet.line * 1.15) for x, y in _rotated(flat, math.pi * turn / TURNS)]
        found = _apart(_squeezed(spread, sheet), sheet)
        worth = (_hidden(found, lines, sheet), max(y for _, y in found))
        if best is None or worth < best[0]:
            best = worth, found
    return best[1] if best else []


def _rotated(places: Sequence[Point], angle: float) -> list[Point]:
    cos, sin = math.cos(angle), math.sin(angle)
    return [(x * cos + y * sin, y * cos - x * sin) for x, y in places]


def _hidden(places: Sequence[Point], lines: Sequence[tuple[int, int]], sheet: Sheet) -> int:
    """How many lines run behind a box that is not theirs."""
    half_x, half_y = sheet.box * 0.46, sheet.line * 0.42
    return sum(
        _passes(places[one], places[other], (x - half_x, y - half_y, x + half_x, y + half_y))
        for one, other in lines
        for n, (x, y) in enumerate(places)
        if n not in (one, other)
    )


def _passes(start: Point, end: Point, box: tuple[float, float, float, float]) -> bool:
    """Whether a line meets a rectangle: what remains of it between the sides (Liang and Barsky 1984)."""
    enter, leave = 0.0, 1.0
    for here, step, low, high in (
        (start[0], end[0] - start[0], box[0], box[2]),
        (start[1], end[1] - start[1], box[1], box[3]),
    ):
        if step == 0:
            if not low < here < high:
                return False
            continue
        first, last = sorted(((low - here) / step, (high - here) / step))
        enter, leave = max(enter, first), min(leave, last)
    return enter < leave


def _majorised(part: Sequence[int], near: Sequence[Sequence[int]]) -> list[Point]:
    """Places at which distances on paper come as near as they can to those in the graph."""
    far = [[_reached(one, near)[other] for other in part] for one in part]
    count = len(part)
    places = [
        (far[0][n] * math.cos(2 * math.pi * n / count), far[0][n] * math.sin(2 * math.pi * n / count))
        for n in range(count)
    ]
    for _ in range(STEPS if count > 1 else 0):
        places = [_drawn_to(n, places, far[n]) for n in range(count)]
    return places


def _drawn_to(mine: int, places: Sequence[Point], far: Sequence[int]) -> Point:
    """Where the others, the nearer the more, would have this box (SMACOF, weights d^-2)."""
    weights = across = down = 0.0
    here = places[mine]
    for other, (x, y) in enumerate(places):
        if other == mine:
            continue
        weight, dx, dy = 1.0 / far[other] ** 2, here[0] - x, here[1] - y
        length = math.hypot(dx, dy) or 1e-6
        weights += weight
        across += weight * (x + dx * far[other] / length)
        down += weight * (y + dy * far[other] / length)
    return across / weights, down / weights


def _turned(places: Sequence[Point]) -> list[Point]:
    """Turned about its middle so that its longer side lies."""
    count = len(places)
    mx, my = sum(x for x, _ in places) / count, sum(y for _, y in places) / count
    xx = sum((x - mx) ** 2 for x, _ in places)
    yy = sum((y - my) ** 2 for _, y in places)
    xy = sum((x - mx) * (y - my) for x, y in places)
    return _rotated([(x - mx, y - my) for x, y in places], 0.5 * math.atan2(2 * xy, xx - yy))


def _squeezed(places: Sequence[Point], sheet: Sheet) -> list[Point]:
    """No wider than the sheet, and no taller than a tall sheet; overlaps that this makes are undone later."""
    wide = max(x for x, _ in places) - min(x for x, _ in places)
    tall = max(y for _, y in places) - min(y for _, y in places)
    most = sheet.width - sheet.box
    if wide <= most:
        return list(places)
    room = len(places) * sheet.box * sheet.line / sheet.width * AIR
    return [(x * most / wide, y * min(wide / most, room / max(tall, 1.0))) for x, y in places]


def _apart(places: Sequence[Point], sheet: Sheet) -> list[Point]:
    """Boxes that overlap are pushed apart by the shorter way; sideways only as far as the sheet goes."""
    most = sheet.width - sheet.box
    left = min(x for x, _ in places)
    found = [(x - left, y) for x, y in places]
    for _ in range(PUSHES):
        moved = False
        for one in range(len(found)):
            for other in range(one + 1, len(found)):
                moved |= _pushed(found, (one, other), sheet, most)
        if not moved:
            break
    return _dropped(found, sheet)


def _dropped(places: Sequence[Point], sheet: Sheet) -> list[Point]:
    """From the top down, each box as high as it wants to be and those above it allow: none is over another now."""
    left, top = min(x for x, _ in places), min(y for _, y in places)
    found = [(x - left, y - top) for x, y in places]
    done: list[Point] = []
    for number in sorted(range(len(found)), key=lambda one: (found[one][1], found[one][0])):
        x, y = found[number]
        for above in sorted(done, key=lambda point: point[1]):
            if abs(above[0] - x) < sheet.box - 0.5 and abs(above[1] - y) < sheet.line - 0.5:
                y = above[1] + sheet.line
        found[number] = (x, y)
        done.append((x, y))
    return found


def _pushed(found: list[Point], pair: tuple[int, int], sheet: Sheet, most: float) -> bool:
    """Push two boxes half the way each; whether they overlapped."""
    (ax, ay), (bx, by) = found[pair[0]], found[pair[1]]
    over_x, over_y = sheet.box - abs(ax - bx), sheet.line - abs(ay - by)
    if over_x <= 0.01 or over_y <= 0.01:
        return False
    if over_y <= over_x or min(ax, bx) <= 0 or max(ax, bx) >= most:
        step = (over_y / 2 + 0.01) * (1 if ay <= by else -1)
        found[pair[0]], found[pair[1]] = (ax, ay - step), (bx, by + step)
    else:
        step = (over_x / 2 + 0.01) * (1 if ax <= bx else -1)
        found[pair[0]], found[pair[1]] = (min(max(ax - step, 0), most), ay), (min(max(bx + step, 0), most), by)
    return True


def _set_out(parts: Sequence[tuple[Sequence[int], Sequence[Point]]], count: int, sheet: Sheet) -> Drawing:
    """Parts side by side while the row has room, then the next row; a part is as large as its boxes."""
    places: list[tuple[int, int]] = [(0, 0)] * count
    right = top = height = widest = 0.0
    for part, points in parts:
        wide = max(x for x, _ in points) + sheet.box
        tall = max(y for _, y in points) + sheet.line
        if right and right + wide > sheet.width:
            right, top, height = 0.0, top + height, 0.0
        for one, (x, y) in zip(part, points, strict=True):
            places[one] = (round(right + x + sheet.box / 2), round(top + y + sheet.line / 2))
        right, height = right + wide, max(height, tall)
        widest = max(widest, right)
    return Drawing(tuple(places), math.ceil(widest), math.ceil(top + height))
