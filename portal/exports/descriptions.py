"""/catalog.{ttl,jsonld,rdf} and what describes each dataset: dcat.{ttl,jsonld,rdf}, croissant.json, quality.json.

Each dataset is described once, and its files are kept by all that they tell, so that one changed entry describes one
dataset. The catalogue's files, and its pages where it is large, are the datasets' pieces one after the other, then what
they share: rdflib needs minutes and gigabytes for what takes seconds here (it judges in the tests).
"""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from portal import addresses
from portal.cache import code_version, get_or_make, key_of
from portal.compression import Doubled, compress, deflated
from portal.dcat import jsonld, rdfxml, turtle
from portal.dcat.describe import Described, Describer
from portal.dcat.nodes import Iri, Node, Text, Typed, Value
from portal.digests import model_digest
from portal.exports.croissant import croissant_json
from portal.exports.paging import page_count, page_of, page_view, runs
from portal.exports.quality import QUALITY, quality_json
from portal.facts import DatasetFacts
from portal.forking import share
from portal.ledger import Ledger
from portal.model import Catalogue, Dataset
from portal.mqa import Judged, judge
from portal.places import Place, Places, again, places_in, told

SHARE = 200
"""Fewer datasets than this are not worth a second process."""
KIND = "described"
CODE = (
    "portal.exports",
    "portal.dcat",
    "portal.mqa",
    "portal.moments",
    "portal.addresses",
    "portal.citation",
    "portal.compression",
    "portal.facts",
    "portal.model",
    "portal.tableschema",
    "portal.wording.quality",
)
"""Modules whose change makes other bytes: for `cache.code_version`."""
ABOUT = "about.json"
"""What a kept folder says of itself: where its pieces lie, what they share, how it does in the MQA."""
PRIVATE = frozenset({ABOUT})
"""Files of a kept folder that are none of the site's."""


@dataclass(frozen=True)
class Spelling:
    """A way to write RDF: what stands before, between and after the pieces."""

    ending: str
    opening: str
    write: Callable[[Iterable[Node]], str]
    between: str = ""
    end: str = ""

    @property
    def file(self) -> str:
        """The name in a kept folder."""
        return f"dcat.{self.ending}"

    @property
    def deflated(self) -> str:
        """The name of the joined pieces as a part of their compressed copy."""
        return f"{self.ending}.deflate"


SPELLINGS = (
    Spelling("ttl", turtle.opening(), turtle.turtle),
    Spelling("jsonld", jsonld.opening(), jsonld.json_ld, jsonld.BETWEEN, jsonld.END),
    Spelling("rdf", rdfxml.opening(), rdfxml.rdf_xml, end=rdfxml.END),
)
CROISSANT = "croissant.json"


@dataclass(frozen=True)
class Descriptions:
    """Where the files that describe single datasets stand, and how each dataset does in the MQA (id → shares)."""

    places: Places
    judged: Mapping[str, Judged]


@dataclass(frozen=True)
class _Kept:
    """The description of one dataset in the cache; `about` is what its folder says of itself."""

    folder: Path
    about: Mapping[str, Any]
    places: Places


def write_descriptions(
    catalogue: Catalogue, facts: Mapping[str, DatasetFacts], site: Path, ledger: Ledger, *, jobs: int = 1
) -> Descriptions:
    """Write the catalogue's three files below `site`; pages and those of datasets are still to be put in place."""
    maker = _Maker(Describer(catalogue, facts), ledger)
    kept = maker.all(jobs)
    whole = _whole(maker.describer, kept.values())
    joined = [_joined([kept[name] for name in run], ledger.cache) for run in runs(kept)]
    for spelling in SPELLINGS:
        with Doubled(site / addresses.catalogue_file(spelling.ending).lstrip("/")) as file:
            file.write(spelling.opening.encode())
            for folder in joined:
                file.write((folder / spelling.ending).read_bytes(), (folder / spelling.deflated).read_bytes())
            file.write((spelling.write(whole) + spelling.end).encode())
    places = {path: place for one in kept.values() for path, place in one.places.items()}
    places |= _pages(maker, kept, jobs)
    return Descriptions(places, {name: Judged.model_validate(one.about["judged"]) for name, one in kept.items()})


def _whole(describer: Describer, kept: Iterable[_Kept]) -> list[Node]:
    """What a catalogue of these datasets tells besides them: of itself, and what they share."""
    shared: dict[str, Node] = {}
    for one in kept:
        for packed in one.about["shared"]:
            if packed[0] not in shared:
                shared[packed[0]] = _unpacked(packed)
    describer.shared = shared
    return [*describer.catalog(), *(node for _, node in sorted(shared.items()))]


def _pages(maker: _Maker, kept: Mapping[str, _Kept], jobs: int) -> dict[str, Place]:
    """Where the pages of a large catalogue stand; each is kept by what stands on it."""
    count = page_count(sum(end - start for one in kept.values() for start, end in [one.about["pieces"]["rdf"]]))
    on: dict[int, list[str]] = {number + 1: [] for number in range(count)}
    for one in maker.describer.listed if count else ():
        on[page_of(one.id, count)].append(one.id)
    pages = [_Page(number, count, {name: kept[name] for name in names}) for number, names in on.items()]
    folders = share([partial(_page, maker, page) for page in pages], jobs)
    return {path: place for folder in folders for path, place in places_in(folder, "site/catalog/").items()}


@dataclass(frozen=True)
class _Page:
    """The page `number` of so many, and its datasets (id → description)."""

    number: int
    count: int
    kept: Mapping[str, _Kept]


def _page(maker: _Maker, page: _Page) -> Path:
    """The kept folder with a page: the file of a catalogue that holds no more, and the way to the next page."""
    everything = maker.describer.catalogue

    def make(folder: Path) -> None:
        part = everything.model_copy(
            update={"datasets": tuple(one for one in everything.datasets if one.id in page.kept)}
        )
        nodes = _whole(Describer(part, maker.describer.facts), page.kept.values())
        nodes[0] = _undated(nodes[0])
        for spelling in SPELLINGS:
            view = page_view(maker.describer.site, spelling.ending, page.number, page.count)
            pieces = [_piece(one, spelling).decode() for one in page.kept.values()]
            told = spelling.between.join([*pieces, spelling.write([*nodes, view])])
            _write(folder / f"page-{page.number}.{spelling.ending}", spelling.opening + told + spelling.end)

    parts = [f"{page.number}/{page.count}", *(one.folder.name for one in page.kept.values())]
    return get_or_make(maker.ledger.cache, "paged", key_of(maker.code, parts), make)


def _undated(catalog: Node) -> Node:
    """The catalogue without its day, which no page can tell of the others."""
    return catalog._replace(statements=tuple(one for one in catalog.statements if one[0] != "dct:modified"))


def _piece(one: _Kept, spelling: Spelling) -> bytes:
    """What a kept description tells of its dataset alone."""
    start, end = one.about["pieces"][spelling.ending]
    return (one.folder / spelling.file).read_bytes()[start:end]


def _joined(run: Sequence[_Kept], cache: Path) -> Path:
    """The pieces of a run of datasets one after the other, in a kept folder: a file for each spelling, and the same as
    a part of the compressed copy.
    """

    def make(folder: Path) -> None:
        for spelling in SPELLINGS:
            pieces = b"".join(_piece(one, spelling) + spelling.between.encode() for one in run)
            (folder / spelling.ending).write_bytes(pieces)
            (folder / spelling.deflated).write_bytes(deflated(pieces))

    return get_or_make(cache, "joined", key_of(code_version(*CODE), (one.folder.name for one in run)), make)


class _Maker:
    """Describes one dataset after the other, each in a kept folder."""

    def __init__(self, describer: Describer, ledger: Ledger) -> None:
        self.describer = describer
        self.ledger = ledger
        city = describer.catalogue.model_dump_json(include={"portal", "departments", "domains"})
        self.code = key_of(code_version(*CODE), [city])
        self.departments = {one.id: one.name for one in describer.catalogue.departments}
        self.spelled: dict[tuple[Node, str], str] = {}

    def all(self, jobs: int) -> dict[str, _Kept]:
        """The descriptions of all listed datasets in their order; where many lack, processes share them."""
        keys = {one.id: self._key(one) for one in self.describer.listed}
        known = {name: self.ledger.find(KIND, name, key) for name, key in keys.items()}
        left = [one for one in self.describer.listed if not known[one.id]]
        for dataset, folder in zip(left, _make_all(self, left, jobs), strict=True):
            about = json.loads((folder / ABOUT).read_text("utf-8"))
            known[dataset.id] = _plain(dataset, folder, about)
            self.ledger.keep(KIND, dataset.id, keys[dataset.id], known[dataset.id], [f"{KIND}/{folder.name}"])
        return {name: _again(one, self.ledger.cache) for name, one in known.items()}

    def folder(self, dataset: Dataset) -> Path:
        """The dataset's kept folder, made where it lacks."""
        return get_or_make(self.ledger.cache, KIND, self._key(dataset), lambda folder: self._make(dataset, folder))

    def _key(self, dataset: Dataset) -> str:
        """All that is told: the entry, its facts, and which of the entries that it names are public."""
        facts, titles = self.describer.facts.get(dataset.id), self.describer.titles
        near = sorted({one.to for one in dataset.relations if one.to in titles})
        series = titles.get(dataset.part_of or "")
        parts = [model_digest(dataset), model_digest(facts) if facts else "", *near]
        if series:
            parts += [series.id, series.title, series.title_en or "", series.summary, series.summary_en or ""]
        return key_of(self.code, parts)

    def _make(self, dataset: Dataset, folder: Path) -> None:
        self.describer.shared = {}  # what another dataset calls a shared licence must not get into this one's files
        described = self.describer.dataset(dataset)
        about: dict[str, Any] = {"pieces": {}, "judged": judge(self.describer, described).model_dump()}
        about["shared"] = [_packed(self.describer.shared[name]) for name in described.uses]
        for spelling in SPELLINGS:
            piece = spelling.write(described.nodes)
            start = len(spelling.opening.encode())
            about["pieces"][spelling.ending] = [start, start + len(piece.encode())]
            _write(folder / spelling.file, self._alone(spelling, described, piece))
        facts = self.describer.facts.get(dataset.id)
        if facts and dataset.is_open and dataset.tables:
            text = croissant_json(dataset, facts, self.describer.catalogue, self.departments[dataset.department])
            _write(folder / CROISSANT, text)
        if facts and facts.quality:
            _write(folder / QUALITY, quality_json(dataset, facts, self.describer.site))
        (folder / ABOUT).write_text(json.dumps(about, ensure_ascii=False, separators=(",", ":")), "utf-8")

    def _alone(self, spelling: Spelling, described: Described, piece: str) -> str:
        """A file that is complete by itself: the dataset's piece, and what it shares with others."""
        shared = []
        for name in described.uses:
            node = self.describer.shared[name]
            if (node, spelling.ending) not in self.spelled:
                self.spelled[node, spelling.ending] = spelling.write([node])
            shared.append(self.spelled[node, spelling.ending])
        return spelling.opening + spelling.between.join([piece, *shared]) + spelling.end


def _write(target: Path, text: str) -> None:
    target.write_bytes(text.encode())
    if target.name not in PRIVATE:
        compress(target)


def _plain(dataset: Dataset, folder: Path, about: Mapping[str, Any]) -> dict[str, Any]:
    """A kept description as plain JSON."""
    places = places_in(folder, f"site{addresses.dataset_page(dataset.id)}", but=PRIVATE)
    return {"folder": folder.name, "about": about, "places": told(places)}


def _again(kept: Mapping[str, Any], cache: Path) -> _Kept:
    return _Kept(cache / KIND / kept["folder"], kept["about"], again(kept["places"]))


def _make_all(maker: _Maker, datasets: Sequence[Dataset], jobs: int) -> list[Path]:
    """A folder for every dataset, in their order; many are shared among processes."""
    size = max(SHARE, -(-len(datasets) // jobs))
    shares = [partial(_make_some, maker, datasets[start : start + size]) for start in range(0, len(datasets), size)]
    return [folder for some in share(shares, jobs) for folder in some]


def _make_some(maker: _Maker, datasets: Sequence[Dataset]) -> list[Path]:
    with _uncollected():
        return [maker.folder(dataset) for dataset in datasets]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the collector, which looks through thousands of nodes that are no garbage: half the time is its own."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _packed(node: Node) -> list[Any]:
    """A node as plain JSON."""
    return [node.iri, node.types, [[name, type(value).__name__, *value] for name, value in node.statements]]


KINDS: Mapping[str, Callable[..., Value]] = {"Iri": Iri, "Text": Text, "Typed": Typed}


def _unpacked(packed: Sequence[Any]) -> Node:
    iri, types, statements = packed
    return Node(iri, tuple(types), tuple((name, KINDS[kind](*rest)) for name, kind, *rest in statements))
