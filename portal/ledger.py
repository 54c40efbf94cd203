"""What the last build made of each dataset, in one file: what did not change is neither looked up nor read again.

The cache (portal/cache.py) has a folder for every result; of 2,000 datasets those are 15,000, and each costs a read
and some looks. The ledger names, by dataset, the key of what a result came from and the result itself; a build asks it
first. Like the cache it is safe to delete at any time.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from portal.cache import touch

NAME = "ledger.json"
SHAPE = 1
"""To be counted up when the file's shape changes: a ledger of another portal is an empty one."""


class Ledger:
    """The results of one build, beside those of the build before it; `cache` is the folder that they are kept in."""

    def __init__(self, cache: Path) -> None:
        self.cache = cache
        self._before = self._read()
        self._now: dict[str, dict[str, Any]] = {}

    def find(self, kind: str, name: str, key: str) -> Any:
        """What was kept of this kind for the dataset `name` under this key; None where there is nothing."""
        page = self._now.get(kind, {}).get(name) or self._before.get(kind, {}).get(name)
        if not page or page["key"] != key:
            return None
        self._now.setdefault(kind, {})[name] = page
        return page["value"]

    def keep(self, kind: str, name: str, key: str, value: Any, used: Iterable[str]) -> None:
        """Keep a result, which must be plain JSON and not None; `used` names the kept results (kind/key) it needs."""
        self._now.setdefault(kind, {})[name] = {"key": key, "value": value, "used": sorted(used)}

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
        beside = self.cache / f"{NAME}.{os.getpid()}"
        told = {"shape": SHAPE, "kinds": self._now}
        beside.write_text(json.dumps(told, ensure_ascii=False, separators=(",", ":")), "utf-8")
        beside.replace(self.cache / NAME)
        return used

    def _read(self) -> dict[str, dict[str, Any]]:
        try:
            found = json.loads((self.cache / NAME).read_bytes())
        except (OSError, ValueError):
            return {}
        return found["kinds"] if isinstance(found, dict) and found.get("shape") == SHAPE else {}


def _used(pages: dict[str, dict[str, Any]]) -> frozenset[str]:
    return frozenset(one for kind in pages.values() for page in kind.values() for one in page["used"])
