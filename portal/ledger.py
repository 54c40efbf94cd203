"""What the last build made of each dataset, in one file: what did not change is neither looked up nor read again.

The cache (portal/cache.py) has a folder for every result; of 2,000 datasets those are 15,000, and each costs a read
and some looks. The ledger names, by dataset, the key of what a result came from and the result itself; a build asks it
first. Like the cache it is safe to delete at any time.

A line holds the kind of result, the dataset, the key, the kept results it needs, and the result as JSON, between tabs.
What did not change is handed on as the text it was: of 2,000 datasets those are 33 MB.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from portal.cache import touch

NAME = "ledger.tsv"
HEAD = "kaishu ledger 2"
"""Of a file of this shape; the number of its lines follows. A ledger of another portal is an empty one."""


class Line(NamedTuple):
    """What the ledger says of one result: its key, the kept results (kind/key) that it needs, the result as JSON."""

    key: str
    used: str
    value: str


Lines = Mapping[tuple[str, str], Line]
"""Kind of result and dataset → what is known of it."""


class Ledger:
    """The results of one build, beside those of the build before it; `cache` is the folder that they are kept in, and
    `name` the ledger's own file there.
    """

    def __init__(self, cache: Path, name: str = NAME) -> None:
        self.cache, self.file = cache, cache / name
        self._before = _read(self.file)
        self._now: dict[tuple[str, str], Line] = {}

    def find(self, kind: str, name: str, key: str) -> Any:
        """What was kept of this kind for the dataset `name` under this key; None where there is nothing."""
        line = self._now.get((kind, name)) or self._before.get((kind, name))
        if not line or line.key != key:
            return None
        try:
            value = json.loads(line.value)
        except ValueError:  # torn
            return None
        self._now[kind, name] = line
        return value

    def keep(self, kind: str, name: str, key: str, value: Any, used: Iterable[str]) -> None:
        """Keep a result, which must be plain JSON and not None; `used` names the kept results (kind/key) it needs."""
        told = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        self._now[kind, name] = Line(key, " ".join(sorted(used)), told)

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
        lines = ["\t".join((*about, *line)) for about, line in self._now.items()]
        beside.write_text("\n".join([f"{HEAD} {len(lines)}", *lines]), "utf-8", newline="\n")
        beside.replace(self.file)
        return used


def _read(file: Path) -> Lines:
    try:
        head, *lines = file.read_bytes().decode().split("\n")
    except (OSError, ValueError):
        return {}
    if head != f"{HEAD} {len(lines)}":
        return {}
    told = [line.split("\t") for line in lines]
    return {(kind, name): Line(*rest) for kind, name, *rest in told} if all(len(one) == 5 for one in told) else {}


def _used(lines: Lines) -> frozenset[str]:
    return frozenset(one for line in lines.values() for one in line.used.split())
