"""Bring an entry's YAML to what a workbook says, and leave as written whatever the workbook left as it was.

Keys at the left margin are kept or replaced whole, with the comments above them; comments inside a key that changed
are lost, which the import tells. The result is read again and must be exactly the entry that was wanted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from portal.model import Dataset
from portal.sheets.rows import Tree, tree_of
from portal.yamlfile import Node, parse_yaml
from portal.yamltext import block_lines, document

FROM_PLACE = ("id", "department")


@dataclass(frozen=True)
class Rewritten:
    """The new text, the keys that changed, and whether comments were lost."""

    text: str
    keys: tuple[str, ...]
    lost_comments: bool


def entry_yaml(dataset: Dataset) -> str:
    """A new entry."""
    return document(_content(tree_of(dataset)))


def rewritten(text: str, before: Dataset, after: Dataset) -> Rewritten:
    """The entry's file, changed where the two differ."""
    changed = changed_keys(before, after)
    parts = _parts(text)
    if parts is not None:
        made = _spliced(parts, changed, _content(tree_of(after)))
        if _says(made, after):
            replaced = [line for key, lines in parts.items() if key in changed for line in lines]
            return Rewritten(made, changed, _has_comment(replaced))
    return Rewritten(entry_yaml(after), changed, _has_comment(text.split("\n")))


def changed_keys(before: Dataset, after: Dataset) -> tuple[str, ...]:
    """The keys of the entry whose meaning differs, in the model's order."""
    names = ((info.alias or name, name) for name, info in Dataset.model_fields.items())
    return tuple(key for key, name in names if getattr(before, name) != getattr(after, name))


def _content(tree: Tree) -> Any:
    return {key: value for key, value in tree.items() if key not in FROM_PLACE}


def _parts(text: str) -> dict[str, list[str]] | None:
    """The lines of each key at the left margin, comments above it included; None where keys don't stand so.

    What stands before the first key's comments is under ''.
    """
    node, problems = parse_yaml(text.encode(), "")
    if node is None or problems or not isinstance(node.value, dict):
        return None
    lines = text.rstrip("\n").split("\n")
    starts = [(node.line_of(key) - 1, key) for key in node.value]
    if any(not _opens(lines[line], key) for line, key in starts) or len({line for line, _ in starts}) < len(starts):
        return None
    first = [_with_comments(lines, line) for line, _ in starts]
    parts = {"": lines[: first[0]]}
    for (_, key), begin, end in zip(starts, first, [*first[1:], len(lines)], strict=True):
        parts[key] = lines[begin:end]
    return parts


def _opens(line: str, key: str) -> bool:
    return line.startswith((f"{key}:", f"'{key}':", f'"{key}":'))


def _with_comments(lines: Sequence[str], line: int) -> int:
    """Where the comments begin that stand right above a line."""
    while line > 0 and lines[line - 1].startswith("#"):
        line -= 1
    return line


def _spliced(parts: Mapping[str, list[str]], changed: Sequence[str], tree: Any) -> str:
    """The old parts, new ones in the place of those that changed, and new keys behind their neighbours of the model."""
    order = [info.alias or name for name, info in Dataset.model_fields.items()]
    made: dict[str, list[str]] = {}
    for key, lines in parts.items():
        if key not in changed:
            made[key] = lines
        elif key in tree:
            above = [line for line in lines[: _body(lines)] if line.startswith("#")]
            made[key] = [*above, *block_lines({key: tree[key]})]
    for key in order:
        if key in changed and key in tree and key not in made:
            made = _behind(made, order[: order.index(key)], key, block_lines({key: tree[key]}))
    return "\n".join(line for lines in made.values() for line in lines) + "\n"


def _body(lines: Sequence[str]) -> int:
    return next((place for place, line in enumerate(lines) if not line.startswith("#")), 0)


def _behind(made: dict[str, list[str]], before: Sequence[str], key: str, lines: list[str]) -> dict[str, list[str]]:
    """The parts with one more, behind the last that stands before it in the model."""
    neighbour = next((one for one in reversed(before) if one in made), "")
    result: dict[str, list[str]] = {}
    for one, own in made.items():
        result[one] = own
        if one == neighbour:
            result[key] = lines
    return result


def _says(text: str, dataset: Dataset) -> bool:
    """The text is read as exactly this entry."""
    node: Node | None
    node, problems = parse_yaml(text.encode(), "")
    if node is None or not isinstance(node.value, dict) or [one for one in problems if one.rule != "draft-left"]:
        return False
    try:
        return Dataset.model_validate({**node.value, "id": dataset.id, "department": dataset.department}) == dataset
    except ValidationError:
        return False


def _has_comment(lines: Sequence[str]) -> bool:
    """A comment inside: one at the left margin stays where it is."""
    return any(re.search(r"\s#", line) for line in lines)
