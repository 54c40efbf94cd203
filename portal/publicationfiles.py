"""The folders of policies, news, plans, results and violations → frozen models, and what is wrong with the files.

A document is Markdown with a head in YAML between two lines `---`; the head is read by the same reader as every other
file, so that its problems have the lines of the file. Raw HTML in the text is never believed (render/prose.py).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from portal.fieldproblems import field_problems
from portal.model import SLUG
from portal.problems import HIDDEN, Problem, printable, shown
from portal.publications import DOCUMENTS, RECORDS
from portal.shape import Shape
from portal.yamlfile import MAX_LISTED, Node, parse_yaml, read_bytes, read_yaml

_HEAD = re.compile(rb"\A(?:\xef\xbb\xbf)?---[ \t]*\r?\n(.*?\n)---[ \t]*(?:\r?\n|\Z)", re.DOTALL)

Found = tuple[dict[str, tuple[Shape, ...]], list[Problem]]


def read_publications(root: Path) -> Found:
    """Everything in those folders of `root`, by key of `Catalogue` and in the order of file names. All are optional."""
    found: dict[str, tuple[Shape, ...]] = {}
    problems: list[Problem] = []
    for key, model in (*DOCUMENTS.items(), *RECORDS.items()):
        ending = ".md" if key in DOCUMENTS else ".yml"
        names = list(_names(root, f"catalog/{key}", ending, problems))
        items = [_one(root, f"catalog/{key}/{name}{ending}", name, model, problems) for name in names]
        found[key] = tuple(one for one in items if one is not None)
    return found, problems


def _names(root: Path, folder: str, ending: str, problems: list[Problem]) -> Iterator[str]:
    """Ids of the files in a folder; README.md and hidden files are notes, what else lies there is reported."""
    if not os.path.lexists(root / folder):
        return
    try:
        inside = sorted(one.name for one in (root / folder).iterdir())
    except OSError:
        problems.append(Problem("yaml-not-regular", folder))
        return
    for name in inside:
        if name.startswith(".") or name == "README.md":
            continue
        stem, dot, rest = name.partition(".")
        path = f"{folder}/{shown(name)}"
        if dot + rest != ending:
            problems.append(Problem("stray-file", path, level="warning"))
        elif printable(name) != name or not re.fullmatch(SLUG, stem):
            problems.append(Problem("bad-file-name", path, values={"found": shown(stem)}))
        else:
            yield stem


def _one(root: Path, path: str, name: str, model: type[Shape], problems: list[Problem]) -> Shape | None:
    told: dict[str, Any] = {"id": name}
    if path.endswith(".md"):
        node, wrong, body = _document(root, path)
        told["body"] = body
    else:
        node, wrong = read_yaml(root, path)
    problems += wrong
    if node is None:
        problems += [] if wrong else [Problem("yaml-empty", path)]
        return None
    if not isinstance(node.value, dict):
        problems.append(Problem("not-a-mapping-file", path, node.line))
        return None
    given = [key for key in told if key in node.value]
    problems += [Problem("key-from-name", path, node.line_of(key), {"key": key}) for key in given]
    try:
        return model.model_validate({**node.value, **told})
    except ValidationError as error:
        problems += field_problems(error, model, path=path, line_of=node.line_of)
        return None


def _document(root: Path, path: str) -> tuple[Node | None, list[Problem], str]:
    """The head, what is wrong with the file, and the text below the head."""
    raw = read_bytes(root, path)
    if isinstance(raw, Problem):
        return None, [raw], ""
    head = _HEAD.match(raw)
    if head is None:
        return None, [Problem("head-missing", path, 1)], ""
    # The first line stays, as a blank one, so that the lines of the head are those of the file.
    node, problems = parse_yaml(b"\n" + head[1], path)
    try:
        body = raw[head.end() :].decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, head.end() + error.start) + 1
        return None, [*problems, Problem("yaml-not-utf8", path, line)], ""
    above = raw.count(b"\n", 0, head.end())
    hidden = ((body.count("\n", 0, one.start()), one[0]) for one in islice(HIDDEN.finditer(body), MAX_LISTED))
    problems += [
        Problem("yaml-hidden-character", path, above + line + 1, {"code": f"U+{ord(sign):04X}"})
        for line, sign in hidden
    ]
    return node, problems, body.strip()
