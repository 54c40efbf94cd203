"""/catalog.{ttl,jsonld,rdf} and each dataset's dcat.ttl, dcat.jsonld and croissant.json (DCAT-AP 3.0.1, Croissant 1.0).

Each dataset is described once; the catalogue's files are its datasets' pieces one after the other, then what they
share. Written piece by piece: rdflib needs minutes and gigabytes for what takes seconds here (it judges in the tests).
Many datasets are shared among forked processes, each of which writes its part of the catalogue beside the others'.
"""

from __future__ import annotations

import gc
import multiprocessing
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from portal import addresses
from portal.dcat import jsonld, rdfxml, turtle
from portal.dcat.describe import Describer
from portal.dcat.nodes import Node
from portal.exports.croissant import croissant_files
from portal.facts import DatasetFacts
from portal.model import Catalogue, Dataset

SHARE = 200
"""Fewer datasets than this are not worth a second process."""


@dataclass(frozen=True)
class Spelling:
    """A way to write RDF: what stands before, between and after the pieces."""

    ending: str
    opening: str
    write: Callable[[Iterable[Node]], str]
    between: str = ""
    end: str = ""


SPELLINGS = (
    Spelling("ttl", turtle.opening(), turtle.turtle),
    Spelling("jsonld", jsonld.opening(), jsonld.json_ld, jsonld.BETWEEN, jsonld.END),
    Spelling("rdf", rdfxml.opening(), rdfxml.rdf_xml, end=rdfxml.END),
)
OF_A_DATASET = frozenset({"ttl", "jsonld"})


def write_descriptions(catalogue: Catalogue, facts: Mapping[str, DatasetFacts], site: Path, *, jobs: int = 1) -> None:
    """Write the catalogue's three files, and those beside every dataset's page; the folders are there."""
    describer = Describer(catalogue, facts)
    shares = _in_shares(describer, site, jobs)
    for shared in shares:
        for name, node in shared.items():
            describer.shared.setdefault(name, node)
    whole = [*describer.catalog(), *(node for _, node in sorted(describer.shared.items()))]
    for spelling in SPELLINGS:
        target = site / addresses.catalogue_file(spelling.ending).lstrip("/")
        with target.open("wb") as file:
            file.write(spelling.opening.encode())
            for number in range(len(shares)):
                part = _part(site, spelling, number)
                with part.open("rb") as piece:
                    shutil.copyfileobj(piece, file, 1 << 20)
                part.unlink()
            file.write((spelling.write(whole) + spelling.end).encode())


def _in_shares(describer: Describer, site: Path, jobs: int) -> list[dict[str, Node]]:
    """Have every dataset described; what the shares' datasets have in common, in order."""
    workers = min(jobs, len(describer.listed) // SHARE)
    if workers < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return [_write_share(describer, site, 0, describer.listed)]
    global _inherited  # noqa: PLW0603 -- forked workers inherit it; sending the catalogue would cost more than the work
    _inherited = (describer, site, workers)
    gc.freeze()
    try:
        with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork")) as pool:
            return list(pool.map(_inherited_share, range(workers)))
    finally:
        _inherited = None
        gc.unfreeze()


_inherited: tuple[Describer, Path, int] | None = None


def _inherited_share(number: int) -> dict[str, Node]:
    if _inherited is None:
        raise RuntimeError("only forked workers may call this")
    describer, site, workers = _inherited
    size = -(-len(describer.listed) // workers)
    return _write_share(describer, site, number, describer.listed[number * size : (number + 1) * size])


def _write_share(describer: Describer, site: Path, number: int, datasets: Sequence[Dataset]) -> dict[str, Node]:
    """Describe some datasets; what they share. Without the collector, which would look through thousands of nodes that
    are no garbage: half of the time is its own.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        _write_rdf(describer, site, number, datasets)
    finally:
        if enabled:
            gc.enable()
    for address, text in croissant_files(describer.catalogue, describer.facts, datasets):
        (site / address.lstrip("/")).write_text(text, "utf-8", newline="\n")
    return describer.shared


def _write_rdf(describer: Describer, site: Path, number: int, datasets: Sequence[Dataset]) -> None:
    pieces: dict[tuple[str, str], str] = {}
    with ExitStack() as opened:
        files: list[TextIO] = [
            opened.enter_context(_part(site, spelling, number).open("w", encoding="utf-8", newline="\n"))
            for spelling in SPELLINGS
        ]
        for dataset in datasets:
            described = describer.dataset(dataset)
            for spelling, file in zip(SPELLINGS, files, strict=True):
                piece = spelling.write(described.nodes)
                file.write(piece + spelling.between)
                if spelling.ending in OF_A_DATASET:
                    shared = [_shared(describer, name, spelling, pieces) for name in described.uses]
                    text = spelling.opening + spelling.between.join([piece, *shared]) + spelling.end
                    address = addresses.dataset_description(dataset.id, spelling.ending)
                    (site / address.lstrip("/")).write_text(text, "utf-8", newline="\n")


def _part(site: Path, spelling: Spelling, number: int) -> Path:
    """Where a share writes its part of a catalogue file; gone when the file is whole."""
    return site / f"{addresses.catalogue_file(spelling.ending).lstrip('/')}.{number}.part"


def _shared(describer: Describer, name: str, spelling: Spelling, pieces: dict[tuple[str, str], str]) -> str:
    """A node that several datasets name, spelled once."""
    key = (name, spelling.ending)
    if key not in pieces:
        pieces[key] = spelling.write([describer.shared[name]])
    return pieces[key]
