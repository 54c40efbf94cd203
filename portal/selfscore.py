"""The last look at a release before it goes live: its own score, as a page and as a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

from portal.mqa import Judged, total
from portal.places import Places
from portal.render import RenderInput, build_shell, render_late
from portal.render.score import ADDRESS, score_pages
from portal.scorecard import Ground, Scorecard, score_portal, scorecard_json
from portal.settings import Settings

SCORE_PAGES = (ADDRESS, f"/en{ADDRESS}")
"""Addresses of the pages, for the sitemap, which is written before they are."""


def write_score(
    source: RenderInput, settings: Settings, site: Path, places: Places, judged: Mapping[str, Judged]
) -> Scorecard:
    """Judge what lies in `site`, or has its place there; write /about/score/ (both languages) and /about/score.json.

    `judged` says how each dataset does in the MQA.
    """

    def here(address: str) -> bool:
        path = unquote(address).lstrip("/") + ("index.html" if address.endswith("/") else "")
        return f"site/{path}" in places or (site / path).is_file()

    card = score_portal(Ground(source.counts, here, source.release), total(judged))
    shell = build_shell(settings.site_src, settings.cache)
    render_late(
        source,
        shell,
        lambda book: score_pages(book, card),
        site_src=settings.site_src,
        target=site,
        cache=settings.cache,
    )
    (site / "about" / "score.json").write_text(scorecard_json(card, source.catalogue.portal.url), "utf-8")
    return card
