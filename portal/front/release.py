"""Which release is served: the link is looked at on every request, the manifest read once a release.

A release is served only once its manifest is in memory; until then the one before it answers, whole. So nobody sees
half of each. Nothing is served that the manifest does not name.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from portal.front.catalogue import ServedCatalogue, read_catalogue

KEPT_PREFIXES = ("assets/",)
"""Hashed files that pages of an earlier release may still ask for. Data files are not among them: what a new release
no longer has is gone."""
SHELLS = {"zh": "shell.html", "en": "shell.en.html"}
RETRY_SECONDS = 1.0
_TAG_LENGTH = 32


@dataclass(frozen=True)
class Release:
    """A release in memory. `files` maps paths below site/ to the first 32 hex digits of their sha-256."""

    id: str
    site: Path
    files: Mapping[str, str]
    catalogue: ServedCatalogue
    shells: Mapping[str, str]

    def kept_files(self) -> dict[str, str]:
        """Those that stay reachable after the next release."""
        return {path: tag for path, tag in self.files.items() if path.startswith(KEPT_PREFIXES)}


@dataclass(frozen=True)
class Found:
    """A file to be sent: where it is, and its tag."""

    path: Path
    tag: str


def load_release(folder: Path) -> Release:
    """Read a release folder. Raises OSError or ValueError where it is not whole."""
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    prefix = "site/"
    return Release(
        id=manifest["release"],
        site=folder / "site",
        files={
            path[len(prefix) :]: entry["sha256"][:_TAG_LENGTH]
            for path, entry in manifest["files"].items()
            if path.startswith(prefix)
        },
        catalogue=read_catalogue(folder),
        shells={lang: _text(folder / name) for lang, name in SHELLS.items()},
    )


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return ""


class LiveReleases:
    """The live release and what is kept of those before it."""

    def __init__(self, build: Path) -> None:
        self._build = build
        self._now: Release | None = None
        self._kept: tuple[tuple[Path, dict[str, str]], ...] = ()
        self._loading: asyncio.Task[None] | None = None
        self._not_before = 0.0

    async def current(self) -> Release | None:
        """The release to answer from; None before the first. The first is waited for, later ones load beside."""
        name = self._linked()
        if name and (self._now is None or name != self._now.id) and time.monotonic() >= self._not_before:
            if self._loading is None:
                self._loading = asyncio.create_task(self._load(self._build / "releases" / name))
            if self._now is None:
                await asyncio.shield(self._loading)
        return self._now

    def find(self, release: Release, path: str) -> Found | None:
        """A file of the release, or a hashed file of one of the releases before it."""
        if tag := release.files.get(path):
            return Found(release.site / path, tag)
        for site, files in self._kept:
            if tag := files.get(path):
                return Found(site / path, tag)
        return None

    def _linked(self) -> str | None:
        try:
            return (self._build / "live").readlink().name
        except OSError:
            return None

    async def _load(self, folder: Path) -> None:
        try:
            self._now, self._kept = await asyncio.to_thread(self._read, folder)
        except (OSError, ValueError, KeyError) as fault:
            self._not_before = time.monotonic() + RETRY_SECONDS
            print(f"版本 {folder.name} 读不出来，继续使用原版本：{fault}", flush=True)  # noqa: T201 -- the log of a server
        finally:
            self._loading = None

    def _read(self, folder: Path) -> tuple[Release, tuple[tuple[Path, dict[str, str]], ...]]:
        release = load_release(folder)
        if release.id != folder.name:
            raise ValueError(f"manifest.json names {release.id}")
        return release, tuple(self._read_kept(folder.name))

    def _read_kept(self, live: str) -> list[tuple[Path, dict[str, str]]]:
        found: list[tuple[Path, dict[str, str]]] = []
        try:
            names = json.loads((self._build / "releases.json").read_text("utf-8"))["releases"]
        except FileNotFoundError:
            names = []
        for name in names:
            if name != live:
                try:
                    old = load_release(self._build / "releases" / name)
                except (OSError, ValueError, KeyError):
                    continue  # pruned meanwhile
                found.append((old.site, old.kept_files()))
        return found
