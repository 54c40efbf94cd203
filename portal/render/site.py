"""Step render: the catalogue becomes pages. Nothing is read but site_src; the same input gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cached_property, partial
from pathlib import Path

from jinja2 import Environment

from portal.addresses import LIST_INDEX
from portal.addresses import dataset_page as dataset_address
from portal.alphabet import remembering
from portal.cache import code_version
from portal.counts.figures import Figures, count_all
from portal.counts.inputs import NO_INPUTS, Inputs
from portal.digests import file_digest, text_digest
from portal.facts import NO_OFFER, DatasetFacts, Offer, RelationFacts
from portal.forking import sharing
from portal.ledger import Ledger
from portal.model import Catalogue, Dataset
from portal.places import Place, Places
from portal.profile import Profile
from portal.render import examples
from portal.render.assets import Assets
from portal.render.book import Book
from portal.render.browse import browse_pages
from portal.render.dataset_page import dataset_page
from portal.render.documents import news_pages, policies_pages
from portal.render.editing import edit_pages
from portal.render.frame import Frame, Page, script_tag, write_page
from portal.render.framed import Framing, keep
from portal.render.handling import handling_pages
from portal.render.history import history_pages
from portal.render.kept import KeptPages, Opened, spelled
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
from portal.render.taking import taking_pages
from portal.render.templates import make_environment, render_text
from portal.render.terms import terms_pages
from portal.render.topics import topic_pages
from portal.render.values import page_values
from portal.render.words import PageLang

LANGUAGES: tuple[PageLang, ...] = ("zh", "en")
SHELLS: Mapping[PageLang, str] = {"zh": "shell.html", "en": "shell.en.html"}
OF_DATASETS = frozenset({"catalogue", "facts", "release", "offer", "relations"})
"""What of the input is not the same for all pages of datasets: they name neither the portal's release nor its zips, nor
how many rows of a relation fit.
"""
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
    text) that the release folder keeps for the form service. `places` are the pages that stand in the cache and have
    still to be put in their places.
    """

    pages: tuple[str, ...]
    assets: tuple[str, ...]
    shells: Mapping[str, str]
    places: Places = field(default_factory=dict)


def render_site(
    source: RenderInput,
    shell: Shell,
    *,
    site_src: Path,
    target: Path,
    jobs: int = 1,
    languages: Sequence[PageLang] = LANGUAGES,
    ledger: Ledger | None = None,
) -> Rendered:
    """Write every page and asset below `target`, as `rendering` does, and wait for them."""
    with rendering(
        source, shell, site_src=site_src, target=target, jobs=jobs, languages=languages, ledger=ledger
    ) as rendered:
        return rendered()


@contextmanager
def rendering(
    source: RenderInput,
    shell: Shell,
    *,
    site_src: Path,
    target: Path,
    jobs: int = 1,
    languages: Sequence[PageLang] = LANGUAGES,
    ledger: Ledger | None = None,
) -> Iterator[Callable[[], Rendered]]:
    """Write every page and asset below `target` meanwhile; what is given waits for all of them.

    The work is shared among `jobs` forked processes; pages are kept, if there is a ledger. Raises PortalError for a
    wrong template, asset or hand-written page.
    """
    assets = Assets(site_src / "assets", shell.files)
    written = assets.write(target)
    cache = ledger.cache if ledger else None
    opened = [_open(source, shell, make_environment(site_src, assets, lang, cache), lang) for lang in languages]
    common = _common(source, opened, written, assets.icons, site_src=site_src)

    def singles(book: Book, frame: Frame) -> dict[str, str]:
        with remembering(cache) if cache else nullcontext():
            _write_index(book, target)
            framing = Framing(frame, ledger, common) if ledger else None
            return _write(target, frame, _single_pages(book, shell), framing)

    kept = KeptPages(opened, common, ledger) if ledger else None
    each = [partial(singles, book, frame) for book, frame in opened]
    with _writing_all(_Work(opened, target, kept), each, jobs) as all_written:

        def rendered() -> Rendered:
            pages, places = all_written()
            return Rendered(
                pages=tuple(sorted(page for page in pages if page.endswith("/"))),
                assets=tuple(sorted([*written, *(_index_of(book) for book, _ in opened)])),
                shells={SHELLS[book.lang]: frame.shell() for book, frame in opened},
                places=places,
            )

        yield rendered


def _common(
    source: RenderInput, opened: Opened, assets: Sequence[str], icons: Mapping[str, str], *, site_src: Path
) -> str:
    """A digest of all that a page may tell, but entries, facts and what follows from these."""
    rest = {one.name: getattr(source, one.name) for one in fields(source) if one.name not in OF_DATASETS}
    city = source.catalogue.model_dump_json(exclude={"datasets", "releases"})
    templates = sorted((site_src / "templates").glob("*.html"))
    return text_digest(
        [
            code_version("portal", packages=("jinja2", "markupsafe")),
            city,
            spelled(rest),
            *assets,
            spelled(icons),
            *(file_digest(path) for path in templates),
            *(frame.shell() for _, frame in opened),
        ]
    )


def render_late(
    source: RenderInput,
    shell: Shell,
    make: Callable[[Book], Iterable[Page]],
    *,
    site_src: Path,
    target: Path,
    cache: Path,
) -> None:
    """Write pages that can only be made when the rest of the release is there: those that tell what it holds."""
    assets = Assets(site_src / "assets", shell.files)
    for lang in LANGUAGES:
        book, frame = _open(source, shell, make_environment(site_src, assets, lang, cache), lang)
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
    browse_pages,
    topic_pages,
    tombstone_pages,
    edit_pages,
    rules_pages,
    statistics_pages,
    quality_pages,
    handling_pages,
    relations_pages,
    policies_pages,
    news_pages,
    roles_pages,
    plan_pages,
    results_pages,
    terms_pages,
    history_pages,
    taking_pages,
)
"""Whoever makes pages from the book alone, a row each."""


def _single_pages(book: Book, shell: Shell) -> Iterator[Page]:
    """All pages but those of datasets."""
    yield home_page(book)
    yield from list_pages(book, _index_of(book))
    yield from query_pages(book, _index_of(book))
    for make in MAKERS:
        yield from make(book)
    yield from _handwritten(book, shell)


def _index_of(book: Book) -> str:
    """Where the rows stand that scripts draw lists from. One address for good: with a digest in it, each of the
    thousand pages that name it would be another one as soon as one entry changes (78 MB at 2,000 entries).
    """
    return book.url(LIST_INDEX)


def _write_index(book: Book, target: Path) -> None:
    path = target / _index_of(book).lstrip("/")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(index_json(book), encoding="utf-8", newline="\n")


def _handwritten(book: Book, shell: Shell) -> Iterator[Page]:
    """The pages of site_src/pages in the book's language, their names filled in."""
    urls = {document.url for document in shell.documents}
    values = page_values(book.catalogue.portal, book.profile, today=book.today, release=book.release, lang=book.lang)
    values["sample"] = examples.sample(book)
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
            other=other if other in urls and other.endswith("/") else None,  # an address that is nowhere leads home
            head="".join(script_tag(book.environment, name) for name in document.scripts),
        )


def _write(target: Path, frame: Frame, pages: Iterable[Page], framing: Framing | None = None) -> dict[str, str]:
    """Address → key of every page in the cache, where pages are kept; otherwise they are in their places."""
    if framing:
        return {page.url: framing.put(page) for page in pages}
    urls: dict[str, str] = {}
    for page in pages:
        write_page(target, page.url, frame.html(page))
        urls[page.url] = ""
    return urls


@contextmanager
def _writing_all(
    work: _Work, singles: Sequence[Callable[[], dict[str, str]]], jobs: int
) -> Iterator[Callable[[], tuple[list[str], dict[str, Place]]]]:
    """All pages, and the places of those that stand in the cache: each language's single pages are a task, and every
    n-th dataset whose page must be drawn.
    """
    datasets = work.opened[0][0].datasets
    found = {one.id: known for one in datasets if work.kept and (known := work.kept.find(one))}
    left = [one for one in datasets if one.id not in found]
    shares = max(1, min(jobs, len(left) // SHARE))
    draws: list[Callable[[], dict[str, str]]] = [partial(work.draw, left[number::shares]) for number in range(shares)]
    with sharing([*singles, *draws], jobs) as answers:

        def written() -> tuple[list[str], dict[str, Place]]:
            told = answers()
            urls = {url: key for some in told[: len(singles)] for url, key in some.items()}
            places = [*found.values()]
            if work.kept:
                places += [work.kept.keep(name, key) for some in told[len(singles) :] for name, key in some.items()]
                places += [keep(work.kept.ledger, url, key) for url, key in urls.items()]
            pages = [*urls, *(book.url(dataset_address(one.id)) for book, _ in work.opened for one in datasets)]
            return pages, {path: place for one in places for path, place in one.items()}

        yield written


@dataclass(frozen=True)
class _Work:
    """What a process that draws pages needs."""

    opened: Opened
    target: Path
    kept: KeptPages | None

    def draw(self, datasets: Sequence[Dataset]) -> dict[str, str]:
        """Draw these pages: into the cache, id → key; without one, in their places."""
        if self.kept:
            return {one.id: self.kept.draw(one) for one in datasets}
        for book, frame in self.opened:
            _write(self.target, frame, (dataset_page(book, one) for one in datasets))
        return {}
