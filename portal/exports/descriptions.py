"""/catalog.{ttl,jsonld,rdf} and each dataset's dcat.ttl, dcat.jsonld and croissant.json (DCAT-AP 3.0.1, Croissant 1.0).

Each dataset is described once, and its files are kept by all that they tell, so that one changed entry describes one
dataset. The catalogue's files are the datasets' pieces one after the other, then what they share: rdflib needs minutes
and gigabytes for what takes seconds here (it judges in the tests).
"""

from __future__ import annotations

import gc
import hashlib
import json
import multiprocessing
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal import addresses
from portal.cache import code_version, get_or_make, key_of, link
from portal.dcat import jsonld, rdfxml, turtle
from portal.dcat.describe import Described, Describer
from portal.dcat.nodes import Iri, Node, Text, Typed, Value
from portal.exports.croissant import croissant_json
from portal.facts import DatasetFacts
from portal.model import Catalogue, Dataset

SHARE = 200
"""Fewer datasets than this are not worth a second process."""
CODE = ("portal.exports", "portal.dcat", "portal.moments", "portal.addresses")
ABOUT = "about.json"
"""What a kept folder says of itself: where its pieces lie, what they share, digests of the files for the site."""


@dataclass(frozen=True)
class Spelling:
    """A way to write RDF: what stands before, between and after the pieces. `public` ones lie beside every page."""

    ending: str
    opening: str
    write: Callable[[Iterable[Node]], str]
    between: str = ""
    end: str = ""
    public: bool = True

    @property
    def file(self) -> str:
        """The name in a kept folder."""
        return f"dcat.{self.ending}"


SPELLINGS = (
    Spelling("ttl", turtle.opening(), turtle.turtle),
    Spelling("jsonld", jsonld.opening(), jsonld.json_ld, jsonld.BETWEEN, jsonld.END),
    Spelling("rdf", rdfxml.opening(), rdfxml.rdf_xml, end=rdfxml.END, public=False),
)
CROISSANT = "croissant.json"


def write_descriptions(
    catalogue: Catalogue, facts: Mapping[str, DatasetFacts], site: Path, *, jobs: int = 1, cache: Path | None = None
) -> dict[str, str]:
    """Write the catalogue's three files and those beside every dataset's page; the folders are there.

    Says the digests of the latter: path in the site → sha-256. Without a `cache` nothing is kept.
    """
    with ExitStack() as opened:
        root = cache or Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="kaishu-")))
        maker = _Maker(Describer(catalogue, facts), root)
        folders = _make_all(maker, jobs)
        files = [
            (one, opened.enter_context((site / addresses.catalogue_file(one.ending).lstrip("/")).open("wb")))
            for one in SPELLINGS
        ]
        for spelling, file in files:
            file.write(spelling.opening.encode())
        digests: dict[str, str] = {}
        shared: dict[str, Node] = {}
        for dataset, folder in zip(maker.describer.listed, folders, strict=True):
            about = json.loads((folder / ABOUT).read_text("utf-8"))
            for spelling, file in files:
                start, end = about["pieces"][spelling.ending]
                file.write((folder / spelling.file).read_bytes()[start:end] + spelling.between.encode())
            for name, digest in about["files"].items():
                address = f"{addresses.dataset_page(dataset.id)}{name}".lstrip("/")
                link(folder / name, site / address)
                digests[address] = digest
            for packed in about["shared"]:
                if packed[0] not in shared:
                    shared[packed[0]] = _unpacked(packed)
        maker.describer.shared = shared
        whole = [*maker.describer.catalog(), *(node for _, node in sorted(shared.items()))]
        for spelling, file in files:
            file.write((spelling.write(whole) + spelling.end).encode())
    return digests


class _Maker:
    """Describes one dataset after the other, each in a kept folder."""

    def __init__(self, describer: Describer, root: Path) -> None:
        self.describer = describer
        self.root = root
        city = describer.catalogue.model_dump_json(include={"portal", "departments", "domains"})
        self.code = key_of(code_version(*CODE), [city])
        self.departments = {one.id: one.name for one in describer.catalogue.departments}
        self.spelled: dict[tuple[Node, str], str] = {}

    def folder(self, dataset: Dataset) -> Path:
        """The dataset's kept folder, made where it lacks."""
        return get_or_make(self.root, "described", self._key(dataset), lambda folder: self._make(dataset, folder))

    def _key(self, dataset: Dataset) -> str:
        """All that is told: the entry, its files and release, and which of the entries that it names are public."""
        facts, titles = self.describer.facts.get(dataset.id), self.describer.titles
        near = sorted({one.to for one in dataset.relations} & set(titles))
        series = titles.get(dataset.part_of or "")
        parts = [dataset.model_dump_json(), *near]
        if series:
            parts += [series.id, series.title, series.title_en or "", series.summary, series.summary_en or ""]
        if facts:
            notes = [one.note or "" for one in facts.changes if one.release == facts.release]
            known = [*facts.downloads, *(facts.sample.downloads if facts.sample else ())]
            files = [f"{one.name} {one.format} {one.media_type} {one.bytes} {one.sha256}" for one in known]
            parts += [facts.digest, facts.release, *notes, *files]
        return key_of(self.code, parts)

    def _make(self, dataset: Dataset, folder: Path) -> None:
        self.describer.shared = {}  # what another dataset calls a shared licence must not get into this one's files
        described = self.describer.dataset(dataset)
        about: dict[str, Any] = {"pieces": {}, "files": {}, "shared": []}
        about["shared"] = [_packed(self.describer.shared[name]) for name in described.uses]
        for spelling in SPELLINGS:
            piece = spelling.write(described.nodes)
            text = self._alone(spelling, described, piece) if spelling.public else spelling.opening + piece
            start = len(spelling.opening.encode())
            about["pieces"][spelling.ending] = [start, start + len(piece.encode())]
            self._write(folder / spelling.file, text, about if spelling.public else None)
        facts = self.describer.facts.get(dataset.id)
        if facts and dataset.is_open and dataset.tables:
            text = croissant_json(dataset, facts, self.describer.catalogue, self.departments[dataset.department])
            self._write(folder / CROISSANT, text, about)
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

    def _write(self, target: Path, text: str, about: dict[str, Any] | None) -> None:
        data = text.encode()
        target.write_bytes(data)
        if about is not None:
            about["files"][target.name] = hashlib.sha256(data).hexdigest()


def _make_all(maker: _Maker, jobs: int) -> list[Path]:
    """A folder for every listed dataset, in their order; many are shared among processes."""
    datasets = maker.describer.listed
    workers = min(jobs, len(datasets) // SHARE)
    if workers < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return _make_some(maker, datasets)
    global _inherited  # noqa: PLW0603 -- forked workers inherit it; sending the catalogue would cost more than the work
    _inherited = (maker, workers)
    gc.freeze()
    try:
        with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork")) as pool:
            return [folder for share in pool.map(_inherited_share, range(workers)) for folder in share]
    finally:
        _inherited = None
        gc.unfreeze()


_inherited: tuple[_Maker, int] | None = None


def _inherited_share(number: int) -> list[Path]:
    if _inherited is None:
        raise RuntimeError("only forked workers may call this")
    maker, workers = _inherited
    size = -(-len(maker.describer.listed) // workers)
    return _make_some(maker, maker.describer.listed[number * size : (number + 1) * size])


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
