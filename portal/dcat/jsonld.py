"""Nodes → JSON-LD 1.1 (https://www.w3.org/TR/json-ld11/): one graph, short names explained by the context.

Written as text, node by node: a catalogue never stands in memory as a tree, and thousands of datasets stay cheap.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from portal.dcat.nodes import PREFIXES, Iri, Node, Text, Value, quoted

BETWEEN = ",\n"
END = "\n]}\n"


def opening() -> str:
    """The head of a file; nodes follow, with `BETWEEN` between them, and `END`."""
    return f'{{"@context": {json.dumps(dict(sorted(PREFIXES.items())))},\n"@graph": [\n'


def json_ld(nodes: Iterable[Node]) -> str:
    """The nodes in the order given."""
    return BETWEEN.join(map(_node, nodes))


def _node(node: Node) -> str:
    many: dict[str, list[str]] = {}
    for name, value in node.statements:
        many.setdefault(name, []).append(_value(value))
    told = [f'"@id":"{node.iri}"', f'"@type":{_list([quoted(kind) for kind in node.types])}']
    told += [f'"{name}":{_list(values)}' for name, values in many.items()]
    return f"{{{','.join(told)}}}"


def _list(values: list[str]) -> str:
    return values[0] if len(values) == 1 else f"[{','.join(values)}]"


def _value(value: Value) -> str:
    if isinstance(value, Iri):
        return f'{{"@id":"{value.value}"}}'
    text = quoted(value.value)
    if isinstance(value, Text):
        return f'{{"@value":{text},"@language":"{value.lang}"}}'
    return text if value.kind == "string" else f'{{"@value":{text},"@type":"xsd:{value.kind}"}}'
