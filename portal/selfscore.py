"""The last look at a release before it goes live: its own score, as a page and as a file."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

from portal.mqa import mqa
from portal.render import RenderInput, build_shell, render_late
from portal.render.score import ADDRESS, score_pages
from portal.scorecard import Ground, Scorecard, score_portal, scorecard_json
from portal.settings import Settings

SCORE_PAGES = (ADDRESS, f"/en{ADDRESS}")
"""Addresses of the pages, for the sitemap, which is written before they are."""


def write_score(source: RenderInput, settings: Settings, site: Path) -> Scorecard:
    """Judge what lies in `site` and write /about/score/ (both languages) and /about/score.json."""

    def here(address: str) -> bool:
        path = site / unquote(address).lstrip("/")
        return (path / "index.html").is_file() if address.endswith("/") else path.is_file()

    card = score_portal(Ground(source.counts, here, source.release), mqa(source.catalogue, source.facts))
    shell = build_shell(settings.site_src, settings.cache)
    render_late(source, shell, lambda book: score_pages(book, card), site_src=settings.site_src, target=site)
    (site / "about" / "score.json").write_text(scorecard_json(card, source.catalogue.portal.url), "utf-8")
    return card
