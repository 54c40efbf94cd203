"""/statistics/<name>.csv and .json, /quality/…: the portal's numbers about itself as open data (STA-1)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from portal.counts.figure import Figure, as_csv, as_json


def write_figures(figures: Iterable[Figure], site: Path, *, release: str, today: date) -> None:
    """Both files of every figure, empty ones included: an address that is linked today is there tomorrow."""
    for figure in figures:
        target = site / figure.address("csv").lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(as_csv(figure), "utf-8", newline="")
        target.with_suffix(".json").write_text(as_json(figure, release, today.isoformat()), "utf-8")
