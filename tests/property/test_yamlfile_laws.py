"""Laws of the YAML reader: it never fails, and it agrees with an independent reader wherever that one may judge."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal.yamlfile import Node, parse_yaml

TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"], exclude_characters="\u2028\u2029\ufeff"), max_size=20
)
PRINTABLE = TEXT.filter(
    lambda text: all(not 0x202A <= ord(char) <= 0x202E and not 0x2066 <= ord(char) <= 0x2069 for char in text)
)
TREES = st.recursive(
    PRINTABLE,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(PRINTABLE, inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300))
@example(b"\xff\xfe")
@example(b"{[}]")
def test_any_bytes_give_an_answer(raw: bytes) -> None:
    node, problems = parse_yaml(raw, "a.yml")
    assert node is None or isinstance(node, Node)
    assert all(
        problem.line is None or 1 <= problem.line <= raw.count(b"\n") + raw.count(b"\r") + 2 for problem in problems
    )


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab:- []{}\"'&*!|>%@#?,\n\t中", max_size=60))
def test_yaml_like_text_gives_an_answer(text: str) -> None:
    node, problems = parse_yaml(text.encode(), "a.yml")
    if not problems:
        assert (node.plain() if node else None) == _as_text(text)


def _as_text(text: str) -> Any:
    """PyYAML's own loader that keeps scalars as text, with its empty plain scalars told from quoted ones."""
    return _walk(yaml.compose(text, Loader=yaml.CBaseLoader))


def _walk(node: yaml.Node | None) -> Any:
    if node is None:
        return None
    if isinstance(node, yaml.MappingNode):
        return {_walk(key) or "": _walk(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_walk(item) for item in node.value]
    return node.value if node.value or node.style else None


@settings(max_examples=200, deadline=None)
@given(TREES)
def test_what_is_written_quoted_is_read_back(tree: Any) -> None:
    text = yaml.dump(tree, Dumper=_Quoting, allow_unicode=True, width=10_000)
    node, problems = parse_yaml(text.encode(), "a.yml")
    assert problems == []
    assert node is not None
    assert node.plain() == tree


class _Quoting(yaml.SafeDumper):
    """Quotes every scalar and never makes an anchor."""

    def ignore_aliases(self, data: object) -> bool:
        return True


_Quoting.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))
