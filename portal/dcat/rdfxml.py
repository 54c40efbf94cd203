"""Nodes → RDF/XML (https://www.w3.org/TR/rdf-syntax-grammar/)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from portal.dcat.nodes import PREFIXES, Iri, Node, Text, Value, full

END = "</rdf:RDF>\n"
_ESCAPED = re.compile('[&<>"\r]')
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})


def opening() -> str:
    """The head of a file; `END` closes it."""
    spaces = "".join(f'\n    xmlns:{name}="{iri}"' for name, iri in sorted(PREFIXES.items()))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{spaces}>\n'


def rdf_xml(nodes: Iterable[Node]) -> str:
    """The nodes one after the other, in the order given."""
    return "".join(map(_node, nodes))


def _node(node: Node) -> str:
    first, *more = node.types
    lines = [f'<{first} rdf:about="{_escape(node.iri)}">']
    lines += [f'  <rdf:type rdf:resource="{full(kind)}"/>' for kind in more]
    lines += [_statement(name, value) for name, value in node.statements]
    return "\n".join([*lines, f"</{first}>\n"])


def _statement(name: str, value: Value) -> str:
    if isinstance(value, Iri):
        return f'  <{name} rdf:resource="{_escape(value.value)}"/>'
    about = ""
    if isinstance(value, Text):
        about = f' xml:lang="{value.lang}"'
    elif value.kind != "string":
        about = f' rdf:datatype="{PREFIXES["xsd"]}{value.kind}"'
    return f"  <{name}{about}>{_escape(value.value)}</{name}>"


def _escape(text: str) -> str:
    return text.translate(_ESCAPES) if _ESCAPED.search(text) else text
