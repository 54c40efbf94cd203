"""Nodes → Turtle 1.1 (https://www.w3.org/TR/turtle/)."""

from __future__ import annotations

from collections.abc import Iterable

from portal.dcat.nodes import PREFIXES, Iri, Node, Text, Value, quoted


def opening() -> str:
    """The head of a file."""
    return "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(PREFIXES.items()))


def turtle(nodes: Iterable[Node]) -> str:
    """The nodes one after the other, in the order given, without the head."""
    return "".join(map(_node, nodes))


def _node(node: Node) -> str:
    lines = [f"a {', '.join(node.types)}"]
    lines += [f"{name} {_value(value)}" for name, value in node.statements]
    return f"\n<{node.iri}> " + " ;\n    ".join(lines) + " .\n"


def _value(value: Value) -> str:
    if isinstance(value, Iri):
        return f"<{value.value}>"
    text = quoted(value.value)
    if isinstance(value, Text):
        return f"{text}@{value.lang}"
    return text if value.kind == "string" else f"{text}^^xsd:{value.kind}"
