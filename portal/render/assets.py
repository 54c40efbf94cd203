"""Stylesheets, scripts and pictures under names that change with their content, so that they may be cached for ever.

`css/kaishu.css` becomes `/assets/kaishu.<hash8>.css`. A script that imports `./text.js` or names
`../vendor/x-1.0/x.js`, and a stylesheet that names `./arrow.svg`, are given the hashed names of what they name, before
they are hashed themselves.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Mapping
from pathlib import Path

from portal.problems import PortalError

PUBLISHED = frozenset({".css", ".js", ".mjs", ".svg", ".png", ".webp", ".wasm", ".woff2"})
_REWRITTEN = frozenset({".css", ".js", ".mjs"})
_NEIGHBOUR = re.compile(rb"""(["'(])((?:\.\.?/)[\w./-]+\.(?:m?js|css|svg|png|webp|wasm|woff2))(["')])""")


class Assets:
    """The files of one folder (and `extra` texts by name) under their hashed addresses."""

    def __init__(self, folder: Path, extra: Mapping[str, str]) -> None:
        self._sources: dict[str, bytes] = {name: text.encode() for name, text in extra.items()}
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and path.suffix in PUBLISHED and not name.startswith("icons/"):
                self._sources[name] = path.read_bytes()
        self._done: dict[str, tuple[str, bytes]] = {}
        self._open: list[str] = []
        self.icons = {path.stem: path.read_text(encoding="utf-8") for path in sorted((folder / "icons").glob("*.svg"))}

    def url(self, name: str) -> str:
        """The address of an asset. Raises PortalError when there is none of that name, or two name each other."""
        return f"/assets/{self._hashed(name)[0]}"

    def write(self, target: Path) -> list[str]:
        """Write every asset below `target`/assets; give their addresses back."""
        folder = target / "assets"
        folder.mkdir(parents=True, exist_ok=True)
        written: dict[str, str] = {}
        for name in sorted(self._sources):
            hashed, content = self._hashed(name)
            if hashed in written:
                raise PortalError(f"site_src/assets: {name} and {written[hashed]} would get one address")
            written[hashed] = name
            (folder / hashed).write_bytes(content)
        return [f"/assets/{name}" for name in sorted(written)]

    def _hashed(self, name: str) -> tuple[str, bytes]:
        if name not in self._done:
            if name not in self._sources:
                raise PortalError(f"site_src/assets has no {name}")
            if name in self._open:
                raise PortalError(f"site_src/assets: {name} and {self._open[-1]} name each other")
            self._open.append(name)
            content = self._rewritten(name)
            self._open.pop()
            path = Path(name)
            digest = hashlib.sha256(content).hexdigest()[:8]
            self._done[name] = (f"{path.stem}.{digest}{path.suffix}", content)
        return self._done[name]

    def _rewritten(self, name: str) -> bytes:
        content = self._sources[name]
        if Path(name).suffix not in _REWRITTEN:
            return content

        def neighbour(match: re.Match[bytes]) -> bytes:
            other = posixpath.normpath(posixpath.join(posixpath.dirname(name), match.group(2).decode()))
            if other not in self._sources:
                return match.group(0)
            return match.group(1) + b"./" + self._hashed(other)[0].encode() + match.group(3)

        return _NEIGHBOUR.sub(neighbour, content)
