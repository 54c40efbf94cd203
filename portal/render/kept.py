"""Pages of datasets kept by all that they tell: a rebuild after one changed entry draws one page, not two thousand.

A page tells what its entry and its facts say, what everything but the entries says (portal, departments, rules of the
city, the day …), how the sets around it are called, the newest of its domain and those that the entry names, and
whether those have rows to be asked together with its own.
The key holds all of it. tests/unit/render/test_kept_pages.py holds builds that take pages from the cache against builds
that draw every page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path

from pydantic import BaseModel

from portal import addresses
from portal.cache import get_or_make, key_of
from portal.compression import compress
from portal.digests import text_digest
from portal.ledger import Ledger
from portal.model import Dataset
from portal.places import Place, again, places_in, told
from portal.render.about import named, neighbours
from portal.render.book import Book
from portal.render.dataset_page import dataset_page
from portal.render.frame import Frame

KIND, PAGE = "page", "index.html"

Opened = Sequence[tuple[Book, Frame]]


class KeptPages:
    """The pages of one release. `common` is a digest of everything that any page may tell, but entries and facts."""

    def __init__(self, opened: Opened, common: str, ledger: Ledger) -> None:
        self.ledger = ledger
        self._opened, self._common = opened, common
        self._book, self._names = opened[0][0], dict[str, str]()
        self._places = [text_digest(self._map_of(one.dataset)) for one in self._book.catalogue.portal.map.references]

    def key(self, dataset: Dataset) -> str:
        """What the pages of a dataset depend on."""
        facts = self._book.facts.get(dataset.id)
        own = self._book.digest(dataset)
        others = [self._book.by_id.get(name) for name in sorted(named(dataset))]
        around = [
            *(self._called(one) for one in neighbours(self._book, dataset)),
            *(f"{self._called(one)}{bool(self._book.rows(one))}" for one in others if one),
        ]
        if facts and any(view.kind == "map" for view in facts.views):
            around += self._places
        return key_of(self._common, [own, *around])

    def find(self, dataset: Dataset) -> dict[str, Place] | None:
        """Where the files of a dataset's pages stand, if the build before had the same."""
        kept = self.ledger.find(KIND, dataset.id, self.key(dataset))
        return kept and again(kept)

    def draw(self, dataset: Dataset) -> str:
        """The key of the kept result with a dataset's pages, drawn if need be, and the compressed copies."""

        def make(folder: Path) -> None:
            for book, frame in self._opened:
                path = folder / self._place(book, dataset)
                path.parent.mkdir(parents=True)
                path.write_text(frame.html(dataset_page(book, dataset)), "utf-8", newline="\n")
                compress(path)

        key = self.key(dataset)
        get_or_make(self.ledger.cache, KIND, key, make)
        return key

    def keep(self, name: str, key: str) -> dict[str, Place]:
        """Where the files of a dataset's pages stand that have been drawn; the next build knows it."""
        places = places_in(self.ledger.cache / KIND / key, "")
        self.ledger.keep(KIND, name, key, told(places), [f"{KIND}/{key}"])
        return places

    def _called(self, dataset: Dataset) -> str:
        """What other pages say of a set."""
        if dataset.id not in self._names:
            self._names[dataset.id] = json.dumps([dataset.id, dataset.title, dataset.title_en], ensure_ascii=False)
        return self._names[dataset.id]

    def _place(self, book: Book, dataset: Dataset) -> str:
        """Where a page stands in the release."""
        return f"site{book.url(addresses.dataset_page(dataset.id))}{PAGE}"

    def _map_of(self, name: str) -> Iterator[str]:
        """The places of another set that maps name (charts/views.py)."""
        other, facts = self._book.by_id.get(name), self._book.facts.get(name)
        if other and facts:
            yield other.coordinate_system or ""
            yield from (view.model_dump_json() for view in facts.views if view.kind == "map")


def spelled(value: object) -> str:
    """One spelling of a value that pages are made of. Raises TypeError for what has none."""
    if isinstance(value, BaseModel):
        return value.model_dump_json()
    if is_dataclass(value) and not isinstance(value, type):
        return spelled({one.name: getattr(value, one.name) for one in fields(value)})
    if isinstance(value, Mapping):
        return spelled(sorted((spelled(key), spelled(one)) for key, one in value.items()))
    if isinstance(value, (frozenset, set)):
        return spelled(sorted(map(spelled, value)))
    if isinstance(value, (list, tuple)):
        return f"[{','.join(map(spelled, value))}]"
    if value is None or isinstance(value, (str, int, float, bool, date)):
        return repr(value)
    raise TypeError(f"{type(value).__name__} has no one spelling")
