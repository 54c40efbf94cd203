"""The service's keys: files of 32 random bytes, 0600, made at first use, never in the database or in Git.

`django` signs forms · `receipt` makes receipt codes · `digest` keys what is stored in place of secrets · `audit` keys
the event chain · `contact-2026Q4` seals that quarter's contacts: destroy it when its retention ends, and they are
unreadable in every backup too · `address-2026-11-22` salts that day's client addresses and is removed on the next.
"""

from __future__ import annotations

import os
import re
import secrets
from datetime import date
from pathlib import Path

from portal.problems import PortalError

_NAME = re.compile(r"^[a-z]+(-[0-9A-Z-]+)?$")
_SIZE = 32


class Keys:
    """Keys by name, from a folder; each is read once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, bytes] = {}

    def get(self, name: str) -> bytes:
        """The key, made now if there is none yet. Raises PortalError for a file that is no key."""
        if name not in self._known:
            self._known[name] = self._read(name) or self._make(name)
        return self._known[name]

    def existing(self, name: str) -> bytes | None:
        """The key, or None where it was destroyed or never made."""
        return self._known.get(name) or self._read(name)

    def destroy(self, name: str) -> None:
        """Remove a key for good: what it sealed can never be opened again, in backups neither."""
        self._known.pop(name, None)
        self._path(name).unlink(missing_ok=True)

    def contact(self, day: date) -> str:
        """The name of the key that seals contacts received on that day."""
        return f"contact-{day.year}Q{(day.month + 2) // 3}"

    def address_salt(self, day: date) -> bytes:
        """The salt of that day; those of other days are removed, so that addresses can't be followed."""
        name = f"address-{day.isoformat()}"
        if name not in self._known:
            for old in self._folder.glob("address-*.key"):
                if old.stem != name:
                    old.unlink(missing_ok=True)
                    self._known.pop(old.stem, None)
        return self.get(name)

    def _path(self, name: str) -> Path:
        if not _NAME.match(name):
            raise PortalError(f"no key is called {name!r}")
        return self._folder / f"{name}.key"

    def _read(self, name: str) -> bytes | None:
        try:
            key = self._path(name).read_bytes()
        except FileNotFoundError:
            return None
        if len(key) != _SIZE:
            raise PortalError(f"{self._path(name)} 不是有效的密钥文件（应为 {_SIZE} 字节）")
        return key

    def _make(self, name: str) -> bytes:
        """Write beside and link, so that two processes that start at once agree on one key."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path, key = self._path(name), secrets.token_bytes(_SIZE)
        beside = path.with_name(f".{name}.{os.getpid()}.{secrets.token_hex(4)}")
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(beside, path)
        except FileExistsError:
            key = self._read(name) or key
        finally:
            beside.unlink()
        return key
