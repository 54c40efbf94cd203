"""Round numbers for axes, and places on them."""

from __future__ import annotations

import math
from datetime import date

from portal.facts import Cell
from portal.render import figures

TIMES = frozenset({"date", "datetime", "yearmonth"})


def ticks(low: float, high: float, about: int = 4) -> list[float]:
    """Round values between two limits, about as many as asked for: steps of 1, 2 or 5 times a power of ten."""
    if not high > low:
        return [low]
    rough = (high - low) / about
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough * 0.999)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [float(f"{number * step:.12g}") for number in range(first, last + 1)]


def place(value: Cell, kind: str) -> float:
    """Where a value lies on its axis: days and months by day, all else as the number it is."""
    if kind in TIMES or (kind == "year" and isinstance(value, str)):
        parts = [int(part) for part in str(value)[:10].split("-")]
        year, month, day = (*parts, 1, 1)[:3]
        return float(date(max(year, 1), month, day).toordinal())
    return float(value or 0)


def said(value: Cell) -> str:
    """A number as figures say it: grouped, at most six significant places; nothing for a missing one."""
    if value is None:
        return ""
    if isinstance(value, float) and not value.is_integer():
        return f"{value:,.0f}" if abs(value) >= 1e6 else f"{value:,.6g}"
    return figures.number(value) if isinstance(value, int | float) else str(value)


def percent(part: float, whole: float) -> str:
    """A place or a length as SVG writes it, in hundredths of the whole."""
    return f"{100 * part / whole:.4g}%" if whole else "0%"
