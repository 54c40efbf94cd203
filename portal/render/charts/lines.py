"""Lines and columns as a picture that stands in the page: no script, sharp at every width, right in print.

The plot is stretched to the width of the page; words and numbers are not, for they stand outside of what is stretched.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup, escape

from portal.facts import Cell, ViewFacts
from portal.render.charts.scale import place, said, ticks
from portal.render.words import PageLang

WIDTH, TOP, PLOT, FOOT = 1000, 22, 236, 26
HEIGHT = TOP + PLOT + FOOT
NEAR = 17
"""Names at the ends of lines stand so many pixels apart."""


class Range:
    """What of an axis is shown, and where a value lies on it."""

    def __init__(self, low: float, high: float) -> None:
        self.low, self.width = low, (high - low) or 1.0

    def of(self, value: float, size: float) -> float:
        """The place of a value on so long an axis."""
        return (value - self.low) / self.width * size


def plot(view: ViewFacts, label: str, unit: str, lang: PageLang) -> Markup:
    """The picture; `label` is what a screen reader is told."""
    places = [place(row[0], view.columns[0].type) for row in view.rows]
    up = _vertical(view)
    across = _horizontal(places, view.kind)
    drawn = _columns(view, places, across, up) if view.kind == "column" else _lines(view, places, across, up)
    return Markup(  # noqa: S704 -- numbers, constants, and texts that were escaped
        f'<svg class="plot-still" width="100%" height="{HEIGHT}" role="img" aria-label="{escape(label)}">'
        f"{_grid(up, unit, lang)}"
        f'<svg y="{TOP}" width="100%" height="{PLOT}" viewBox="0 0 {WIDTH} {PLOT}" preserveAspectRatio="none">'
        f"{drawn}</svg>"
        f"{_axis(view, places, across)}{_names(view, up)}</svg>"
    )


def begins_at_zero(view: ViewFacts) -> bool:
    """The axis of the values begins at zero, or goes below it."""
    return _vertical(view).low <= 0


def _vertical(view: ViewFacts) -> Range:
    """Columns begin at zero; a line may show a small change of large numbers, and then does not begin there."""
    values = [float(cell) for row in view.rows for cell in row[1:] if isinstance(cell, int | float)]
    zero = view.kind == "column"
    low, high = min(values, default=0.0), max(values, default=1.0)
    if zero or (0 <= low < high * 0.6):
        low = min(low, 0.0)
    room = (high - low or abs(high) or 1) * 0.06
    return Range(low if low == 0 or zero else low - room, high + room)


def _horizontal(places: Sequence[float], kind: str) -> Range:
    if kind != "column":
        return Range(places[0], places[-1])
    step = min((b - a for a, b in pairwise(places)), default=1.0)
    return Range(places[0] - step / 2, places[-1] + step / 2)


def _grid(up: Range, unit: str, lang: PageLang) -> str:
    lines = []
    for value in ticks(up.low, up.low + up.width, 5):
        at = TOP + PLOT - up.of(value, PLOT)
        ground = ' class="zero"' if value == 0 else ""
        lines.append(
            f'<line x2="100%" y1="{at:.1f}" y2="{at:.1f}"{ground}/><text y="{at - 4:.1f}">{_short(value, lang)}</text>'
        )
    return f'<g class="grid">{"".join(lines)}</g>' + (
        f'<text y="12" class="unit">{escape(unit)}</text>' if unit else ""
    )


def _short(value: float, lang: PageLang) -> str:
    """A number of the axis in few characters."""
    units = ((1e8, " 亿", 1e8), (1e4, " 万", 1e5)) if lang == "zh" else ((1e9, " bn", 1e9), (1e6, " m", 1e6))
    for by, name, least in units:
        if abs(value) >= least:
            return f"{said(value / by)}{name}"
    return said(value)


def _lines(view: ViewFacts, places: Sequence[float], across: Range, up: Range) -> str:
    """A path for each column of values; a gap where there is none."""
    paths = []
    for number in range(1, len(view.columns)):
        steps, broken = [], True
        for at, row in zip(places, view.rows, strict=True):
            value = row[number]
            if not isinstance(value, int | float):
                broken = True
                continue
            steps.append(f"{'M' if broken else 'L'}{across.of(at, WIDTH):.1f} {PLOT - up.of(float(value), PLOT):.1f}")
            broken = False
        paths.append(f'<path class="line c{(number - 1) % 8 + 1}" d="{"".join(steps)}"/>')
    return "".join(paths)


def _columns(view: ViewFacts, places: Sequence[float], across: Range, up: Range) -> str:
    step = WIDTH / max(1.0, across.width / min((b - a for a, b in pairwise(places)), default=1.0))
    wide, ground = step * 0.8, PLOT - up.of(0.0, PLOT)
    parts = []
    for at, row in zip(places, view.rows, strict=True):
        value = row[1]
        if isinstance(value, int | float):
            tall = ground - (PLOT - up.of(float(value), PLOT))
            parts.append(f"M{across.of(at, WIDTH) - wide / 2:.1f} {ground:.1f}v{-tall:.1f}h{wide:.1f}V{ground:.1f}z")
    return f'<path class="column c1" d="{"".join(parts)}"/>'


def _axis(view: ViewFacts, places: Sequence[float], across: Range) -> str:
    """A few values along the foot, the first and the last among them."""
    last = len(view.rows) - 1
    chosen = sorted({round(last * part / 4) for part in range(5)}) if last > 4 else list(range(last + 1))
    texts = []
    for number in chosen:
        share = across.of(places[number], 100)
        anchor = "start" if share < 8 else "end" if share > 92 else "middle"
        wide = ' class="wide"' if number not in (0, last, chosen[len(chosen) // 2]) else ""
        text = escape(_moment(view.rows[number][0]))
        texts.append(f'<text x="{share:.4g}%" y="{TOP + PLOT + 18}" text-anchor="{anchor}"{wide}>{text}</text>')
    return f'<g class="axis">{"".join(texts)}</g>'


def _moment(value: Cell) -> str:
    return "" if value is None else str(value)


def _names(view: ViewFacts, up: Range) -> str:
    """Of several lines, the name of each at its end, pushed apart where they are close."""
    if len(view.columns) < 3:
        return ""
    ends = []
    for number in range(1, len(view.columns)):
        value = next((row[number] for row in reversed(view.rows) if isinstance(row[number], int | float)), None)
        if isinstance(value, int | float):
            ends.append([TOP + PLOT - up.of(float(value), PLOT) - 6, number])
    ends.sort()
    for above, below in pairwise(ends):
        below[0] = max(below[0], above[0] + NEAR)
    return "".join(
        f'<text x="100%" y="{at:.1f}" text-anchor="end" class="name c{(int(number) - 1) % 8 + 1}">'
        f"{escape(view.columns[int(number)].title)}</text>"
        for at, number in ends
    )
