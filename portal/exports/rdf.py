"""/catalog.ttl, /catalog.jsonld, /catalog.rdf and each dataset's dcat.ttl and dcat.jsonld: DCAT-AP 3.0.1.

Each dataset is described once; the catalogue's files are its datasets' pieces one after the other, then what they
share. Written piece by piece: rdflib needs minutes and gigabytes for what takes seconds here (it judges in the tests).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from portal import addresses
from portal.dcat import jsonld, rdfxml, turtle
from portal.dcat.describe import Describer
from portal.dcat.nodes import Node
from portal.facts import DatasetFacts
from portal.model import Catalogue


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


def write_rdf(catalogue: Catalogue, facts: Mapping[str, DatasetFacts], site: Path) -> None:
    """Write the catalogue's three files and two beside every dataset's page; the folders are there."""
    describer = Describer(catalogue, facts)
    pieces: dict[tuple[str, str], str] = {}
    with ExitStack() as opened:
        files = [opened.enter_context(_begin(site, spelling)) for spelling in SPELLINGS]
        for dataset in describer.listed:
            described = describer.dataset(dataset)
            for spelling, file in zip(SPELLINGS, files, strict=True):
                piece = spelling.write(described.nodes)
                file.write(piece + spelling.between)
                if spelling.ending in OF_A_DATASET:
                    shared = [_shared(describer, name, spelling, pieces) for name in described.uses]
                    text = spelling.opening + spelling.between.join([piece, *shared]) + spelling.end
                    address = addresses.dataset_description(dataset.id, spelling.ending)
                    (site / address.lstrip("/")).write_text(text, "utf-8", newline="\n")
        whole = [*describer.catalog(), *(node for _, node in sorted(describer.shared.items()))]
        for spelling, file in zip(SPELLINGS, files, strict=True):
            file.write(spelling.write(whole) + spelling.end)


def _begin(site: Path, spelling: Spelling) -> TextIO:
    file = (site / addresses.catalogue_file(spelling.ending).lstrip("/")).open("w", encoding="utf-8", newline="\n")
    file.write(spelling.opening)
    return file


def _shared(describer: Describer, name: str, spelling: Spelling, pieces: dict[tuple[str, str], str]) -> str:
    """A node that several datasets name, spelled once."""
    key = (name, spelling.ending)
    if key not in pieces:
        pieces[key] = spelling.write([describer.shared[name]])
    return pieces[key]
