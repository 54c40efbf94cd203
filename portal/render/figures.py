"""Figures and dates as people write them: 620,573 · 62.1 万 · 1.4 MB · 2026年11月22日 · 22 November 2026."""

from __future__ import annotations

import re
from datetime import date

from portal.render.words import PageLang

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def number(value: float) -> str:
    """Grouped by thousands; a fraction keeps at most four significant places behind the point."""
    if isinstance(value, int) or float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:,.4f}".rstrip("0").rstrip(".")


def singular(said: str) -> str:
    """`1 views, 0 downloads` as people write it: `1 view, 0 downloads`; other numbers stay, and so does Chinese."""
    return re.sub(r"(?<![\d.,])(1 (?:API )?[a-z]+)s\b", r"\1", said)


def about(value: int, lang: PageLang) -> str:
    """A large count in words beside the exact one: `62.1 万`, `620 thousand`; empty below ten thousand."""
    if value < 10_000:
        return ""
    if lang == "zh":
        return f"{value / 1e8:.1f} 亿" if value >= 100_000_000 else f"{value / 1e4:.1f} 万"
    return f"{value / 1e6:.1f} million" if value >= 1_000_000 else f"{value / 1e3:.0f} thousand"


def size(count: int) -> str:
    """Bytes in decimal units, as download pages and file managers of today show them."""
    if count < 1000:
        return f"{count} B"
    amount = float(count)
    for unit in ("kB", "MB", "GB"):
        amount /= 1000
        if amount < 999.5:
            return f"{amount:.0f} {unit}" if amount >= 100 else f"{amount:.1f} {unit}"
    return f"{amount / 1000:.1f} TB"


def day(value: date, lang: PageLang) -> str:
    """A date in full."""
    if lang == "zh":
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def month(value: date) -> str:
    """The English name of a day's month."""
    return _MONTHS[value.month - 1]


def share(part: int, whole: int) -> str:
    """A percentage that never rounds something to nothing."""
    percent = 100 * part / whole if whole else 0.0
    return "<0.1%" if 0 < percent < 0.1 else f"{percent:.1f}%"
