"""What the last build made of each dataset, in one file: what did not change is neither looked up nor read again.

The cache (portal/cache.py) has a folder for every result; of 2,000 datasets those are 15,000, and each costs a read
and some looks. The ledger names, by dataset, the key of what a result came from and the result itself; a build asks it
first. Like the cache it is safe to delete at any time.

A line holds the kind of result, the dataset, the key, the kept results it needs, and the result as JSON, between tabs.
What did not change is handed on as the bytes it was: of 2,000 datasets those are 33 MB.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pydantic_core import from_json, to_json

from portal.cache import touch

NAME = "ledger.tsv"
HEAD = b"kaishu ledger 3"
"""Of a file of this shape, which ends with the number of its lines. A ledger of another portal is an empty one."""


class Line(NamedTuple):
    """What the ledger says of one result: its key, the kept results (kind/key) that it needs, the result as JSON."""

    key: bytes
    used: bytes
    value: bytes


Lines = Mapping[tuple[bytes, bytes], Line]
"""Kind of result and dataset → what is known of it."""


class Ledger:
    """The results of one build, beside those of the build before it; `cache` is the folder that they are kept in, and
    `name` the ledger's own file there.
    """

    def __init__(self, cache: Path, name: str = NAME) -> None:
        self.cache, self.file = cache, cache / name
        self._before = _read(self.file)
        self._now: dict[tuple[bytes, bytes], Line] = {}

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
        self._now[kind.encode(), name.encode()] = Line(key.encode(), " ".join(sorted(used)).encode(), text)

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
            file.writelines(b"\t".join((*about, *line)) + b"\n" for about, line in self._now.items())
            file.write(b"%d" % len(self._now))
        beside.replace(self.file)
        return used


def _read(file: Path) -> Lines:
    """What stands in the file; nothing where it is torn or of another shape."""
    try:
        head, *lines, count = file.read_bytes().split(b"\n")
    except (OSError, ValueError):
        return {}
    if head != HEAD or count != b"%d" % len(lines):
        return {}
    told = [line.split(b"\t") for line in lines]
    return {(kind, name): Line(*rest) for kind, name, *rest in told} if all(len(one) == 5 for one in told) else {}


def _used(lines: Lines) -> frozenset[str]:
    return frozenset(one.decode() for line in lines.values() for one in line.used.split())
