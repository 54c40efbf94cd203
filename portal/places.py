"""What a release takes from the cache: said by the steps, put in place once, when all is there.

Of 2,000 datasets' 50,000 files a rebuild changes thirty; so the folder of a release that nobody needs any more
(portal/publish.py) is brought up to date, by the list of what it holds, instead of being laid out anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from portal.cache import contents, link


class Place(NamedTuple):
    """A file of a kept result: `source` is its path below the cache (kind/key/name)."""

    source: str
    sha256: str
    bytes: int

    @property
    def result(self) -> str:
        """The result that holds it (kind/key)."""
        return "/".join(self.source.split("/", 2)[:2])


Places = Mapping[str, Place]
"""Path in the release → the file that stands there."""


def places_in(folder: Path, at: str, *, but: frozenset[str] = frozenset()) -> dict[str, Place]:
    """Every file of a kept result but those named, each at `at` + its own name; `at` ends with a slash."""
    start = f"{folder.parent.name}/{folder.name}/"
    found = contents(folder)
    return {at + name: Place(start + name, digest, size) for name, (size, digest) in found.items() if name not in but}


def told(places: Places) -> list[list[str | int]]:
    """Places as plain JSON, for the ledger."""
    return [[path, *one] for path, one in places.items()]


def again(kept: Iterable[Sequence[Any]]) -> dict[str, Place]:
    """Places that were kept as `told` says them."""
    return {path: Place(*one) for path, *one in kept}


def put_in_place(places: Places, work: Path, cache: Path, *, held: Mapping[str, str] | None = None) -> None:
    """Link every file to its place below `work`.

    `held` says what lies there already, path → sha-256: the same stays, the rest of it goes. Nothing is written into:
    what stands there has other names in other releases. Raises FileNotFoundError for a file that is gone from the
    cache, or has not the size that it was kept with.
    """
    there = held or {}
    for path in sorted(there.keys() - places.keys()):
        _remove(work, path)
    folders: set[str] = set()
    for path, one in places.items():
        if there.get(path) == one.sha256:
            continue
        target, source = work / path, cache / one.source
        folder = path.rpartition("/")[0]
        if folder not in folders:
            folders.add(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
        if path in there:
            target.unlink(missing_ok=True)
        if source.stat().st_size != one.bytes:
            raise FileNotFoundError(2, "not as it was kept", str(source))
        link(source, target)


def _remove(work: Path, path: str) -> None:
    """Take a file away, and the folders that it leaves empty."""
    (work / path).unlink(missing_ok=True)
    for folder in _above(path):
        with suppress(OSError):
            os.rmdir(work / folder)  # noqa: PTH106 -- fails, as it must, where something is left


def _above(path: str) -> Iterator[str]:
    while path := path.rpartition("/")[0]:
        yield path
