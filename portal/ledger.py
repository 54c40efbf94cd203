"""What the last build made of each dataset, in one file: what did not change is neither looked up nor read again.

The cache (portal/cache.py) has a folder for every result; of 2,000 datasets those are 15,000, and each costs a read
and some looks. The ledger names, by dataset, the key of what a result came from and the result itself; a build asks it
first. Like the cache it is safe to delete at any time.

A line holds the kind of result, the dataset, the key, the kept results it needs, and the result as JSON, between tabs.
What did not change is handed on as the bytes it was: of 2,000 datasets those are 33 MB, which are looked into where
they lie on the disk.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from pydantic_core import from_json, to_json

from portal.cache import touch

NAME = "ledger.tsv"
HEAD = b"kaishu ledger 3"
"""Of a file of this shape, which ends with the number of its lines. A ledger of another portal is an empty one."""


class Line(Protocol):
    """What the ledger says of one result: its key, the kept results (kind/key) that it needs, the result as JSON."""

    @property
    def key(self) -> bytes:
        """What it was made from."""

    @property
    def used(self) -> bytes:
        """Names, with blanks between them."""

    @property
    def value(self) -> bytes:
        """JSON on one line."""


class _New(NamedTuple):
    """A line of this build."""

    key: bytes
    used: bytes
    value: bytes


class _Old(NamedTuple):
    """A line of the build before: where its parts begin in the file, and where it ends."""

    file: mmap
    at: tuple[int, int, int, int]

    @property
    def key(self) -> bytes:
        return self.file[self.at[0] : self.at[1] - 1]

    @property
    def used(self) -> bytes:
        return self.file[self.at[1] : self.at[2] - 1]

    @property
    def value(self) -> bytes:
        return self.file[self.at[2] : self.at[3]]


About = tuple[bytes, bytes]
"""Kind of result and dataset."""
Lines = Mapping[About, Line]


class Ledger:
    """The results of one build, beside those of the build before it; `cache` is the folder that they are kept in, and
    `name` the ledger's own file there.
    """

    def __init__(self, cache: Path, name: str = NAME) -> None:
        self.cache, self.file = cache, cache / name
        self._before = _read(self.file)
        self._now: dict[About, Line] = {}

    def find(self, kind: str, name: str, key: str) -> Any:
        """What was kept of this kind for the dataset `name` under this key; None where there is nothing."""
        text = self.text(kind, name, key)
        return None if text is None else from_json(text)

    def text(self, kind: str, name: str, key: str) -> bytes | None:
        """The same as the JSON that it was kept as."""
        about = (kind.encode(), name.encode())
        line = self._now.get(about) or self._before.get(about)
        if not line or line.key != key.encode():
            return None
        self._now[about] = line
        return line.value

    def keep(self, kind: str, name: str, key: str, value: Any, used: Iterable[str]) -> None:
        """Keep a result, which must be plain JSON and not None; `used` names the kept results (kind/key) it needs."""
        self.keep_text(kind, name, key, to_json(value), used)

    def keep_text(self, kind: str, name: str, key: str, text: bytes, used: Iterable[str]) -> None:
        """The same for what is JSON already, on one line."""
        self._now[kind.encode(), name.encode()] = _New(key.encode(), " ".join(sorted(used)).encode(), text)

    def forget(self) -> None:
        """Begin again, with nothing known."""
        self._before, self._now = {}, {}

    def close(self) -> frozenset[str]:
        """Write it down for the next build; names all results that must stay in the cache.

        What only the build before named is marked as used, so that it stays as long as any other result.
        """
        used = _used(self._now)
        touch(self.cache, _used(self._before) - used)
        self.cache.mkdir(parents=True, exist_ok=True)
        beside = self.file.with_name(f"{self.file.name}.{os.getpid()}")
        with beside.open("wb") as file:
            file.write(HEAD + b"\n")
            for about, line in self._now.items():
                file.write(b"\t".join((*about, line.key, line.used, line.value)) + b"\n")
            file.write(b"%d" % len(self._now))
        beside.replace(self.file)
        return used


def _read(file: Path) -> Lines:
    """What stands in the file; nothing where it is torn or of another shape."""
    try:
        with file.open("rb") as stream:
            whole = mmap(stream.fileno(), 0, access=ACCESS_READ)
        return dict(_lines(whole))
    except (OSError, ValueError):  # an empty file can't be mapped
        return {}


def _lines(file: mmap) -> Iterator[tuple[About, Line]]:
    """The lines of a ledger. Raises ValueError for what is none."""
    at, end = len(HEAD) + 1, file.rfind(b"\n") + 1
    if file[:at] != HEAD + b"\n":
        raise ValueError("no ledger of this shape")
    count = 0
    while at < end:
        stop = file.find(b"\n", at)
        starts = [at]
        for _ in range(4):
            starts.append(file.find(b"\t", starts[-1], stop) + 1)
            if not starts[-1]:
                raise ValueError("a line with too few parts")
        kind, name, *parts = starts
        yield (file[kind : name - 1], file[name : parts[0] - 1]), _Old(file, (parts[0], parts[1], parts[2], stop))
        at, count = stop + 1, count + 1
    if file[end:] != b"%d" % count:
        raise ValueError("a part of the ledger is missing")


def _used(lines: Lines) -> frozenset[str]:
    return frozenset(one.decode() for line in lines.values() for one in line.used.split())
