"""Words of the pages, a module for each kind of page; `PARTS` lists them all. No key stands in two of them."""

from __future__ import annotations

from portal.render.speech import (
    finding,
    handling,
    history,
    machines,
    navigation,
    numbers,
    publications,
    query,
    relations,
    score,
    see,
    taking,
)

Rows = dict[str, tuple[str, str]]
"""Key → Chinese, English."""

PARTS: tuple[Rows, ...] = (
    finding.ROWS,
    navigation.ROWS,
    relations.ROWS,
    query.ROWS,
    numbers.ROWS,
    handling.ROWS,
    score.ROWS,
    machines.ROWS,
    publications.ROWS,
    see.ROWS,
    history.ROWS,
    taking.ROWS,
)
