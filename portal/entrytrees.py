"""What many YAML files say, each folder's kept by the bytes of its files: of 2,000 entries a check reads one again.

Parsing costs 0.8 ms an entry, taking the tree from the cache 0.1. The lines stay behind; they are read again from the
few files that have problems (portal/catalogue.py).
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from itertools import groupby
from pathlib import Path

from portal.cache import code_version, get_or_make, key_of
from portal.problems import Problem
from portal.yamlfile import Plain, parse_yaml, read_bytes

MANY = 500
"""Files from which worker processes pay for their start, and from which trees are kept."""
KIND, FILE = "trees", "trees.json"

Tree = tuple[str, Plain, list[Problem]]  # path, what it says (None: nothing usable), what is wrong as YAML
Read = tuple[str, bytes | Problem]  # path, its bytes or why they can't be had


class _NotKept(Exception):  # noqa: N818 -- no fault: it says that work is left
    """Nothing is kept for this folder as it stands."""


def read_trees(root: Path, paths: list[str], *, jobs: int, cache: Path) -> Iterator[Tree]:
    """What each file says, in the order of `paths`, which must be one folder after the other."""
    if len(paths) < MANY:
        yield from (_parsed((path, read_bytes(root, path))) for path in paths)
        return
    folders = [[(path, read_bytes(root, path)) for path in group] for _, group in groupby(paths, _folder)]
    keys = [_key(folder) for folder in folders]
    kept = {number: found for number, key in enumerate(keys) if (found := _kept(cache, key))}
    left = [(cache, keys[number], folder) for number, folder in enumerate(folders) if number not in kept]
    made = _make_all(left, jobs)
    for number, folder in enumerate(folders):
        if number in kept:
            trees = json.loads((kept[number] / FILE).read_bytes())
            yield from (_again(one, trees) for one in folder)
        else:
            yield from next(made)


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _key(folder: Iterable[Read]) -> str:
    """A file that can't be read is none of the folder's trees, and is looked at each time."""
    names = (f"{path}={hashlib.sha256(raw).hexdigest()}" for path, raw in folder if isinstance(raw, bytes))
    return key_of(code_version("portal.yamlfile"), names)


def _kept(cache: Path, key: str) -> Path | None:
    """Where the trees of a folder are kept."""

    def refuse(_: Path) -> None:
        raise _NotKept

    try:
        return get_or_make(cache, KIND, key, refuse)
    except _NotKept:
        return None


def _again(one: Read, kept: Mapping[str, Plain]) -> Tree:
    """A kept tree; only trees without a problem are kept."""
    path, _ = one
    return (path, kept[path], []) if path in kept else _parsed(one)


def _make_all(left: list[tuple[Path, str, list[Read]]], jobs: int) -> Iterator[list[Tree]]:
    """Parse whole folders, in worker processes where that pays."""
    many = sum(len(folder) for _, _, folder in left) >= MANY
    if not many or jobs < 2 or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(_make, left)
        return
    # No multiprocessing.Pool: it ends its workers by SIGTERM, which they leave to us (portal/stopping.py), and waits.
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("fork")) as pool:
        yield from pool.map(_make, left)


def _make(task: tuple[Path, str, list[Read]]) -> list[Tree]:
    """Parse a folder's files and keep what they say."""
    cache, key, folder = task
    trees = [_parsed(one) for one in folder]

    def make(target: Path) -> None:
        whole = {path: value for path, value, problems in trees if value is not None and not problems}
        (target / FILE).write_text(json.dumps(whole, ensure_ascii=False, separators=(",", ":")), "utf-8")

    get_or_make(cache, KIND, key, make)
    return trees


def _parsed(one: Read) -> Tree:
    path, raw = one
    if isinstance(raw, Problem):
        return path, None, [raw]
    node, problems = parse_yaml(raw, path)
    return path, node.value if node else None, problems
