"""The three kinds of values in RDF, and a resource with its statements. Everything named by an IRI, no blank nodes.

Names of properties and classes are written short (`dct:title`); `PREFIXES` says what the parts before the colon mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

PREFIXES: Mapping[str, str] = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_ESCAPED = re.compile(r'["\\\n\r\t]')
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\\x7f]')


class Iri(NamedTuple):
    """The full name of a resource."""

    value: str


class Text(NamedTuple):
    """A text in a language."""

    value: str
    lang: str = "zh"


class Typed(NamedTuple):
    """A value of a datatype; `kind` is a name of XML Schema (`date`, `hexBinary` …)."""

    value: str
    kind: str


Value: TypeAlias = Iri | Text | Typed


class Node(NamedTuple):
    """A resource: its name, its classes, its statements in the order in which they are written."""

    iri: str
    types: tuple[str, ...]
    statements: tuple[tuple[str, Value], ...] = ()


def clean(text: str) -> str:
    """A text without the characters that XML 1.0 can't hold, so that all three spellings say the same."""
    return _CONTROL.sub(" ", text)


def quoted(text: str) -> str:
    """A clean text as Turtle and JSON write it. Few texts need escapes: to look first is ten times as fast."""
    return f'"{text.translate(_ESCAPES) if _ESCAPED.search(text) else text}"'


def safe_iri(text: str) -> str:
    """An address with what an IRI can't hold percent-encoded: an entry's address is no trusted text."""
    return _NOT_IN_IRI.sub(lambda found: f"%{ord(found[0]):02X}", clean(text).strip())


def full(name: str) -> str:
    """`dct:title` in full."""
    prefix, _, rest = name.partition(":")
    return PREFIXES[prefix] + rest


def triples(nodes: Iterable[Node]) -> Iterator[tuple[str, str, Value]]:
    """Every statement: subject, property in full, value."""
    for node in nodes:
        for kind in node.types:
            yield node.iri, PREFIXES["rdf"] + "type", Iri(full(kind))
        for name, value in node.statements:
            yield node.iri, full(name), value
