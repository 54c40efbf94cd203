"""Values → YAML as a person would write it, which our reader and every other one read back as the same text.

Value where that is safe; in single quotes where another YAML reader would make a number, a yes or a null of it; in
double quotes only where a line break or a tab must be spelled out. Days stay plain (`data_date: 2023-06-30`): they are
the one thing that departments write so everywhere. tests/property/test_yamltext_laws.py holds the round trip.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

import yaml
import yaml.resolver

Value = str | int | None | list["Value"] | dict[str, "Value"]
"""What can be written: texts, whole numbers, true and false, nothing, lists and mappings of these."""
Path = tuple[str | int, ...]
Notes = Mapping[Path, str]

NO_NOTES: Notes = MappingProxyType({})
LONGEST_KEY = 1000
"""Characters of a key that fits before its colon; YAML itself ends at 1,024 (https://yaml.org/spec/1.2.2, 7.4.2)."""
STEP = "  "
_PLAIN = re.compile(r"[\w（《“「【〔][^\x00-\x1f\x7f-\xa0\u2028\u2029]*")
_BREAKS = re.compile(r"[\n\r\t\x85\u2028\u2029]")
_ENDS = re.compile(r":(\s|$)|\s#")
"""What ends a plain text: a colon before a blank, a comment."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@cache
def _resolver() -> yaml.resolver.Resolver:
    return yaml.resolver.Resolver()


def scalar(text: str) -> str:
    """One text as it stands behind a key or in a list."""
    if _BREAKS.search(text):
        return json.dumps(text, ensure_ascii=False)
    if _PLAIN.fullmatch(text) and text == text.strip() and not _ENDS.search(text):
        if _DAY.fullmatch(text):
            return text
        tag = _resolver().resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
        if tag == "tag:yaml.org,2002:str":
            return text
    return "'" + text.replace("'", "''") + "'"


def document(value: dict[str, Value], *, head: Iterable[str] = (), notes: Notes = NO_NOTES) -> str:
    """A whole file; `head` are comment lines without their mark."""
    return "\n".join([*(f"# {line}" for line in head), *block_lines(value, notes=notes), ""])


def block_lines(
    value: dict[str, Value] | list[Value], indent: int = 0, *, notes: Notes = NO_NOTES, path: Path = ()
) -> list[str]:
    """The lines of a mapping or a list that is not empty; `notes` are comments by the path of keys they are about."""
    if isinstance(value, dict):
        parts = (_item(key, one, indent, notes=notes, path=(*path, key)) for key, one in value.items())
    else:
        parts = (_list_item(one, indent, notes=notes, path=(*path, place)) for place, one in enumerate(value))
    return [line for part in parts for line in part]


def _item(key: str, value: Value, indent: int, *, notes: Notes, path: Path) -> list[str]:
    pad, name = STEP * indent, scalar(key)
    long = len(name) > LONGEST_KEY
    start = f"{pad}:" if long else f"{pad}{name}:"
    if not isinstance(value, list | dict) or not value:
        lines = [start + _short(value)]
    else:
        lines = [start, *block_lines(value, indent + 1, notes=notes, path=path)]
    return _noted([f"{pad}? {name}", *lines] if long else lines, notes.get(path), pad)


def _list_item(value: Value, indent: int, *, notes: Notes, path: Path) -> list[str]:
    pad = STEP * indent
    if not isinstance(value, list | dict) or not value:
        lines = [f"{pad}-{_short(value)}"]
    else:
        first, *rest = block_lines(value, indent + 1, notes=notes, path=path)
        lines = [f"{pad}- {first.removeprefix(STEP * (indent + 1))}", *rest]
    return _noted(lines, notes.get(path), pad)


def _short(value: Value) -> str:
    """What stands behind a key on its line: a text, nothing, or an empty list or mapping."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return " true" if value else " false"
    if isinstance(value, str | int):
        return f" {scalar(value)}" if isinstance(value, str) else f" {value}"
    return " {}" if isinstance(value, dict) else " []"


def _noted(lines: list[str], note: str | None, pad: str) -> list[str]:
    """With the comment: behind a single line, above several."""
    if not note:
        return lines
    return [f"{lines[0]}  # {note}"] if len(lines) == 1 else [f"{pad}# {note}", *lines]
