"""What many YAML files say, kept by the bytes of each: of 2,000 entries a check parses one again.

Parsing costs 0.8 ms an entry, taking the tree from where it is kept 0.03. The lines stay behind; they are read again
from the few files that have problems (portal/catalogue.py).
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from pydantic_core import from_json, to_json

from portal.cache import code_version, key_of
from portal.digests import SPELLER
from portal.ledger import Ledger
from portal.problems import Problem
from portal.yamlfile import Plain, parse_yaml, read_bytes

MANY = 500
"""Files from which worker processes pay for their start, and from which trees are kept."""
KIND = "tree"

Read = tuple[str, bytes | Problem]
"""The path of a file, and its bytes or why they can't be had."""


class Tree(NamedTuple):
    """What a file says (None: nothing usable) and what is wrong with it as YAML. `digest` is that of what it says, or
    empty where nothing is kept.
    """

    path: str
    value: Plain
    problems: list[Problem]
    digest: str = ""


def read_trees(root: Path, paths: Sequence[str], *, jobs: int, cache: Path, name: str) -> Iterator[Tree]:
    """What each file says, in the order of `paths`; many are kept in the ledger of this `name`."""
    files = [(path, read_bytes(root, path)) for path in paths]
    if len(files) < MANY:
        yield from map(_parsed, files)
        return
    ledger, code = Ledger(cache, name), code_version("portal.yamlfile", packages=(SPELLER,))
    keys = {path: key_of(code, [sha256(raw).hexdigest()]) for path, raw in files if isinstance(raw, bytes)}
    kept = {path: text for path, key in keys.items() if (text := ledger.text(KIND, path, key)) is not None}
    left = [one for one in files if one[0] not in kept]
    parsed = iter(_parse_all(left, jobs))
    for path, _ in files:
        if path in kept:
            yield _told(Tree(path, from_json(kept[path]), []), kept[path])
            continue
        tree = next(parsed)
        if tree.value is not None and not tree.problems:  # a file with problems is looked at each time
            text = to_json(tree.value)
            ledger.keep_text(KIND, path, keys[path], text, ())
            tree = _told(tree, text)
        yield tree
    if left:
        ledger.close()


def _told(tree: Tree, text: bytes) -> Tree:
    return tree._replace(digest=sha256(text).hexdigest())


def _parse_all(left: list[Read], jobs: int) -> list[Tree]:
    """Parse files, in worker processes where that pays."""
    if len(left) < MANY or jobs < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return [_parsed(one) for one in left]
    # No multiprocessing.Pool: it ends its workers by SIGTERM, which they leave to us (portal/stopping.py), and waits.
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("fork")) as pool:
        return list(pool.map(_parsed, left, chunksize=32))


def _parsed(one: Read) -> Tree:
    path, raw = one
    if isinstance(raw, Problem):
        return Tree(path, None, [raw])
    node, problems = parse_yaml(raw, path)
    return Tree(path, node.value if node else None, problems)
