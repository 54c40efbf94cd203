"""Bars of categories as they stand in the page: a name, a bar from zero, a number; text stays text at every width."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from portal.facts import Cell
from portal.render.charts.scale import said


def bars(rows: Sequence[tuple[str, Cell]], label: str) -> Markup:
    """`rows` are names and values in the order in which they are drawn; `label` is what a screen reader is told."""
    top = max((float(value) for _, value in rows if isinstance(value, int | float)), default=0.0)
    parts = [_bar(name, value, top) for name, value in rows]
    return Markup(f'<div class="bars" role="img" aria-label="{escape(label)}">{"".join(parts)}</div>')  # noqa: S704 -- parts are escaped


def _bar(name: str, value: Cell, top: float) -> str:
    share = 100 * float(value) / top if top > 0 and isinstance(value, int | float) else 0.0
    return (
        f'<span class="bars-name">{escape(name)}</span>'
        f'<svg class="bars-bar"><rect width="{max(0.0, share):.4g}%" height="100%"/></svg>'
        f'<span class="bars-value">{said(value)}</span>'
    )
