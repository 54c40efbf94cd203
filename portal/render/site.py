"""Step render: the catalogue becomes pages. Nothing is read but site_src; the same input gives the same bytes."""

from __future__ import annotations

import gc
import hashlib
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from jinja2 import Environment

from portal.counts.figures import Figures, count_all
from portal.counts.inputs import NO_INPUTS, Inputs
from portal.facts import NO_OFFER, DatasetFacts, Offer, RelationFacts
from portal.model import Catalogue
from portal.profile import Profile
from portal.render.assets import Assets
from portal.render.book import Book
from portal.render.dataset_page import dataset_page
from portal.render.documents import news_pages, policies_pages
from portal.render.editing import edit_pages
from portal.render.frame import Frame, Page, script_tag, write_page
from portal.render.handling import handling_pages
from portal.render.listing import index_json, list_pages
from portal.render.overview import home_page, overview_pages, tombstone_pages
from portal.render.plans import plan_pages
from portal.render.quality import quality_pages
from portal.render.query import query_pages
from portal.render.relations import relations_pages
from portal.render.results import results_pages
from portal.render.roles import roles_pages
from portal.render.rules import rules_pages
from portal.render.shell import Shell
from portal.render.statistics import statistics_pages
from portal.render.templates import make_environment, render_text
from portal.render.terms import terms_pages
from portal.render.values import page_values
from portal.render.words import PageLang

LANGUAGES: tuple[PageLang, ...] = ("zh", "en")
SHELLS: Mapping[PageLang, str] = {"zh": "shell.html", "en": "shell.en.html"}
SHARE = 200
"""Fewer dataset pages than this are not worth a second process."""


@dataclass(frozen=True)
class RenderInput:
    """What the pages are made of. `today` is the day in Asia/Shanghai, `release` the id of the portal's release;
    `inputs` is what is known from outside the catalogue (use, cases, earlier days), `offer` what can be taken whole.
    """

    catalogue: Catalogue
    profile: Profile
    facts: Mapping[str, DatasetFacts]
    today: date
    release: str
    inputs: Inputs = NO_INPUTS
    offer: Offer = NO_OFFER
    relations: tuple[RelationFacts, ...] = ()

    @cached_property
    def counts(self) -> Figures:
        """Every figure about the portal, counted once."""
        return count_all(self.catalogue, self.facts, self.profile, self.today, self.inputs)


@dataclass(frozen=True)
class Rendered:
    """What was written: addresses of pages for the sitemap and of assets, both sorted, and the frames (file name →
    text) that the release folder keeps for the form service.
    """

    pages: tuple[str, ...]
    assets: tuple[str, ...]
    shells: Mapping[str, str]


def render_site(
    source: RenderInput,
    shell: Shell,
    *,
    site_src: Path,
    target: Path,
    jobs: int = 1,
    languages: Sequence[PageLang] = LANGUAGES,
) -> Rendered:
    """Write every page and asset below `target`.

    Dataset pages are shared among `jobs` forked processes. Raises PortalError for a wrong template, asset or
    hand-written page.
    """
    assets = Assets(site_src / "assets", shell.files)
    written = assets.write(target)
    pages: list[str] = []
    shells: dict[str, str] = {}
    for lang in languages:
        book, frame = _open(source, shell, make_environment(site_src, assets, lang), lang)
        index = _write_index(book, target)
        pages += _write_all(book, frame, target, _single_pages(book, shell, index), jobs)
        written.append(index)
        shells[SHELLS[lang]] = frame.shell()
    addresses = sorted(page for page in pages if page.endswith("/"))
    return Rendered(pages=tuple(addresses), assets=tuple(sorted(written)), shells=shells)


def render_late(
    source: RenderInput, shell: Shell, make: Callable[[Book], Iterable[Page]], *, site_src: Path, target: Path
) -> None:
    """Write pages that can only be made when the rest of the release is there: those that tell what it holds."""
    assets = Assets(site_src / "assets", shell.files)
    for lang in LANGUAGES:
        book, frame = _open(source, shell, make_environment(site_src, assets, lang), lang)
        _write(target, frame, make(book))


def _open(source: RenderInput, shell: Shell, environment: Environment, lang: PageLang) -> tuple[Book, Frame]:
    """The book and the frame of one language."""
    portal = source.catalogue.portal
    values = page_values(portal, source.profile, today=source.today, release=source.release, lang=lang)
    book = Book(
        source.catalogue,
        source.profile,
        source.facts,
        today=source.today,
        release=source.release,
        lang=lang,
        environment=environment,
        counts=source.counts,
        offer=source.offer,
        relations=source.relations,
    )
    return book, Frame(environment, shell, portal, lang=lang, values=values)


MAKERS: tuple[Callable[[Book], Iterable[Page]], ...] = (
    overview_pages,
    tombstone_pages,
    edit_pages,
    rules_pages,
    relations_pages,
    statistics_pages,
    quality_pages,
    handling_pages,
    policies_pages,
    news_pages,
    roles_pages,
    plan_pages,
    results_pages,
    terms_pages,
)
"""Whoever makes pages from the book alone, a row each."""


def _single_pages(book: Book, shell: Shell, index: str) -> Iterator[Page]:
    """All pages but those of datasets."""
    yield home_page(book)
    yield from list_pages(book, index)
    yield from query_pages(book, index)
    for make in MAKERS:
        yield from make(book)
    yield from _handwritten(book, shell)


def _write_index(book: Book, target: Path) -> str:
    text = index_json(book)
    address = f"/assets/datasets-{book.lang}.{hashlib.sha256(text.encode()).hexdigest()[:8]}.json"
    (target / address.lstrip("/")).write_text(text, encoding="utf-8", newline="\n")
    return address


def _handwritten(book: Book, shell: Shell) -> Iterator[Page]:
    """The pages of site_src/pages in the book's language, their names filled in."""
    urls = {document.url for document in shell.documents}
    values = page_values(book.catalogue.portal, book.profile, today=book.today, release=book.release, lang=book.lang)
    for document in shell.documents:
        if document.lang != book.lang:
            continue
        other = document.url.removeprefix("/en") if book.lang == "en" else f"/en{document.url}"
        origin = f"site_src/pages{document.url.rstrip('/')}"
        body = render_text(book.environment, document.body, origin, **values)
        yield Page(
            url=document.url,
            title=render_text(book.environment, document.title, origin, **values),
            main=body if document.wide else f'<div class="prose">\n{body}\n</div>',
            description=render_text(book.environment, document.description, origin, **values),
            section=document.section,
            other=other if other in urls else None,
            head="".join(script_tag(book.environment, name) for name in document.scripts),
        )


def _write(target: Path, frame: Frame, pages: Iterable[Page]) -> list[str]:
    urls = []
    for page in pages:
        write_page(target, page.url, frame.html(page))
        urls.append(page.url)
    return urls


def _write_all(book: Book, frame: Frame, target: Path, single: Iterator[Page], jobs: int) -> list[str]:
    """All pages of a language. Every n-th dataset goes to the n-th process, which inherits the book; this process
    writes the other pages meanwhile.
    """
    workers = min(jobs, len(book.datasets) // SHARE)
    if workers < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return _write(target, frame, single) + _share(book, frame, target, slice(None))
    global _inherited  # noqa: PLW0603 -- forked workers inherit it; sending the catalogue would cost more than the pages
    _inherited = (book, frame, target)
    gc.freeze()  # what is inherited stays as it is: neither looked through nor copied page by page
    try:
        # No multiprocessing.Pool: it waits for workers that it ends by SIGTERM, which they leave to us (stopping.py).
        with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork")) as pool:
            shares = [pool.submit(_inherited_share, n, workers) for n in range(workers)]
            pages = _write(target, frame, single)
            return [url for share in [pages, *(one.result() for one in shares)] for url in share]
    finally:
        _inherited = None
        gc.unfreeze()


_inherited: tuple[Book, Frame, Path] | None = None


def _inherited_share(first: int, step: int) -> list[str]:
    if _inherited is None:
        raise RuntimeError("only forked workers may call this")
    return _share(*_inherited, slice(first, None, step))


def _share(book: Book, frame: Frame, target: Path, part: slice) -> list[str]:
    return _write(target, frame, (dataset_page(book, dataset) for dataset in book.datasets[part]))
