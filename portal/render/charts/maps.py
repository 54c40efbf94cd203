"""A map as a picture that stands in the page: points, a net of longitudes and latitudes, a scale, names to go by.

No ground of others: where points lie is told by the net, the scale, and places that are data of this portal. The frame
is 4:3; longitude is drawn narrower by the cosine of the middle latitude, so that lengths are right in its middle.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from portal.facts import ViewFacts
from portal.render.charts.scale import ticks

WIDTH, HEIGHT = 400, 300
MARGIN = 0.06
LEAST = 0.02
"""Degrees: a single point is shown with this much around it."""
DEGREE = 111.32
"""Kilometres of a degree of latitude, and of longitude at the equator."""
NARROW, BROAD = 286, 800
"""Widths in px at which names must not overlap: those that only fit the broader one vanish on phones."""
SIZES = ((1, 5), (10, 7), (100, 10), (math.inf, 14))
"""Rows in a cell up to … are a dot of … px."""


class Place(NamedTuple):
    """A name on the map; `own` ones are data of the figure, others are there to go by."""

    name: str
    longitude: float
    latitude: float
    own: bool


class Ground(NamedTuple):
    """What of the world the frame shows, in degrees."""

    west: float
    south: float
    east: float
    north: float

    def x(self, longitude: float, size: float) -> float:
        """Distance from the left edge on so wide a frame."""
        return (longitude - self.west) / (self.east - self.west) * size

    def y(self, latitude: float, size: float) -> float:
        """Distance from the upper edge on so high a frame."""
        return (self.north - latitude) / (self.north - self.south) * size

    def holds(self, longitude: float, latitude: float) -> bool:
        """The place is inside the frame."""
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north

    @property
    def kilometres(self) -> float:
        """From the left edge to the right one, at the middle latitude."""
        return (self.east - self.west) * DEGREE * math.cos(math.radians((self.south + self.north) / 2))


def ground(box: tuple[float, float, float, float]) -> Ground:
    """The frame around a box of points, with a margin, widened to the shape of the picture."""
    west, south, east, north = box
    narrow = math.cos(math.radians((south + north) / 2)) or 0.01
    wide = max((east - west) * (1 + 2 * MARGIN), LEAST / narrow) * narrow
    high = max((north - south) * (1 + 2 * MARGIN), LEAST)
    wide, high = max(wide, high * WIDTH / HEIGHT), max(high, wide * HEIGHT / WIDTH)
    x, y = (west + east) / 2, (south + north) / 2
    return Ground(x - wide / narrow / 2, y - high / 2, x + wide / narrow / 2, y + high / 2)


def still(view: ViewFacts, names: Sequence[Place], label: str, scale: str) -> Markup:
    """The picture; `scale` is how the unit of the scale is written, with `{n}` for its number."""
    shown = ground(view.box or (0, 0, 1, 1))
    return Markup(  # noqa: S704 -- numbers, constants, and texts that were escaped
        f'<svg class="map-still" role="img" aria-label="{escape(label)}">{_net(shown)}'
        f'<svg width="100%" height="100%" viewBox="0 0 {WIDTH} {HEIGHT}">{_points(view, shown)}</svg>'
        f"{_names(names, shown)}{_scale(shown, scale)}</svg>"
    )


def places_of(view: ViewFacts) -> list[Place]:
    """The named points of a figure."""
    if not view.view.label:
        return []
    return [
        Place(str(row[0]), float(row[1]), float(row[2]), own=True)
        for row in view.rows
        if row[0] and isinstance(row[1], int | float) and isinstance(row[2], int | float)
    ]


def _points(view: ViewFacts, shown: Ground) -> str:
    """Every point, or every cell with a dot that grows with its rows."""
    first = 1 if view.view.label else 0
    cells: Sequence[tuple[float, float, int]] = view.cells or [
        (float(row[first] or 0), float(row[first + 1] or 0), 1) for row in view.rows
    ]
    paths, least = [], 0.0
    for most, size in SIZES:
        spots = [
            f"M{shown.x(longitude, WIDTH):.1f} {shown.y(latitude, HEIGHT):.1f}h0"
            for longitude, latitude, count in cells
            if least < count <= most
        ]
        least = most
        if spots:
            paths.append(f'<path class="spot s{size}" d="{"".join(spots)}"/>')
    return "".join(paths)


def _net(shown: Ground) -> str:
    """Longitudes and latitudes at round degrees, named at the edges."""
    parts = []
    for longitude in ticks(shown.west, shown.east):
        at, name = f"{shown.x(longitude, 100):.4g}%", _degrees(longitude, "EW")
        parts.append(f'<line x1="{at}" x2="{at}" y2="100%"/><text x="{at}" y="100%" dx="4" dy="-5">{name}</text>')
    for latitude in ticks(shown.south, shown.north, 3):
        at, name = f"{shown.y(latitude, 100):.4g}%", _degrees(latitude, "NS")
        parts.append(f'<line y1="{at}" y2="{at}" x2="100%"/><text x="0" y="{at}" dx="4" dy="-4">{name}</text>')
    return f'<g class="grid">{"".join(parts)}</g>'


def _degrees(value: float, sides: str) -> str:
    return f"{abs(value):g}°{sides[0] if value >= 0 else sides[1]}"


def _names(names: Sequence[Place], shown: Ground) -> str:
    """As many names as fit without touching; the earlier ones of the list first."""
    narrow, broad = _Shelf(NARROW), _Shelf(BROAD)
    parts = []
    for one in names:
        x, y = shown.x(one.longitude, 1), shown.y(one.latitude, 1)
        if not shown.holds(one.longitude, one.latitude) or y < 0.04 or y > 0.93:
            continue
        left = x > 0.7
        wide = "" if narrow.lay(one.name, x, y, left=left) else " wide"
        if broad.lay(one.name, x, y, left=left):
            side = ' text-anchor="end" dx="-8"' if left else ' dx="8"'
            kind = "own" if one.own else "around"
            at = f'x="{100 * x:.4g}%" y="{100 * y:.4g}%" dy="4"{side}'
            at += f' data-at="{one.longitude:g},{one.latitude:g}"'
            if not one.own:
                parts.append(f'<circle class="around{wide}" cx="{100 * x:.4g}%" cy="{100 * y:.4g}%" r="2"/>')
            parts.append(f'<text class="place {kind}{wide}" {at}>{escape(one.name)}</text>')
    return "".join(parts)


class _Shelf:
    """Rectangles of names on a frame of a certain width, none over another."""

    def __init__(self, width: int) -> None:
        self.width, self.height = width, width * HEIGHT / WIDTH
        self.taken: list[tuple[float, float, float]] = []

    def lay(self, name: str, x: float, y: float, *, left: bool) -> bool:
        """Put a name beside its point, if there is room."""
        long = 10 + sum(13 if ord(letter) > 0x2E80 else 7.5 for letter in name)
        start, end = (x * self.width - long, x * self.width) if left else (x * self.width, x * self.width + long)
        middle = y * self.height
        if start < 0 or end > self.width:
            return False
        if any(abs(middle - other) < 17 and start < stop and begin < end for begin, stop, other in self.taken):
            return False
        self.taken.append((start, end, middle))
        return True


def _scale(shown: Ground, text: str) -> str:
    """A bar of round length, about a fifth of the width."""
    most = shown.kilometres * 0.25
    size = 10 ** math.floor(math.log10(most))
    length = max(size * factor for factor in (1, 2, 5) if size * factor <= most)
    share = 100 * length / shown.kilometres
    return (
        f'<g class="scale"><rect x="{97 - share:.4g}%" y="3%" width="{share:.4g}%" height="4"/>'
        f'<text x="97%" y="3%" dy="19" text-anchor="end">{escape(text.format(n=f"{length:g}"))}</text></g>'
    )
