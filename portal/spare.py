"""The release that was the last to go: the next one takes over every folder of it that no step wrote into.

What lies in such a folder was linked from the cache, or is of no use any more: it is brought up to date by the list of
what it holds (portal/places.py). A folder that a step writes into is made anew, for what is written into a link would
be written into that of other releases. So the release is looked through while others still work, and its folders are
moved when all steps have written.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from portal.holdings import MANIFEST, entries_below, holdings_of

SPARE = "spare"
"""Its folder below `_build`."""
SITE = "site/"


class Swept(NamedTuple):
    """What can be taken over: folder → path → sha-256 of the files right in it; and the folders, named with all above
    them, that hold anything else than the manifest says. Folders end with a slash.
    """

    files: dict[str, dict[str, str]]
    odd: frozenset[str]


class Taken(NamedTuple):
    """The folders that were moved, each with all that lies below it, and what that is: path → sha-256."""

    folders: frozenset[str]
    held: dict[str, str]


NOTHING = Swept({}, frozenset())


def set_aside(folder: Path, build: Path) -> None:
    """Keep a release that nobody needs as the spare one, in place of the one before it."""
    shutil.rmtree(build / SPARE, ignore_errors=True)
    folder.replace(build / SPARE)


def sweep(build: Path) -> Swept:
    """What of the spare release can be taken over; the rest goes but for the site."""
    spare = build / SPARE
    if not spare.is_dir():
        return NOTHING
    told = {path: one.sha256 for path, one in holdings_of(spare).items() if path.startswith(SITE)}
    for one in spare.iterdir():
        if one.name not in (MANIFEST, SITE[:-1]):
            _remove(one)
    there = _files_of_the_site(spare)
    odd = [path for path, plain in there.items() if not plain or path not in told]
    odd += told.keys() - there.keys()
    files: dict[str, dict[str, str]] = {}
    for path in told.keys() & there.keys():
        files.setdefault(_folder_of(path), {})[path] = told[path]
    return Swept(files, _with_all_above(map(_folder_of, odd)))


def take_over(swept: Swept, work: Path, build: Path) -> Taken:
    """Move every folder into `work` that it has not, with all that lies below; not those that hold anything odd, nor
    those in whose place a step wrote a file.
    """
    known = _with_all_above(swept.files)
    moved: list[str] = []
    left = [SITE] if swept.files else []
    while left:
        above = left.pop()
        for name in sorted(os.listdir(build / SPARE / above)):  # noqa: PTH208 -- of thousands of folders
            inner = f"{above}{name}/"
            if inner not in known or (work / inner).is_file():
                continue
            if inner in swept.odd or (work / inner).exists():
                (work / inner).mkdir(exist_ok=True)
                left.append(inner)
            else:
                (build / SPARE / inner).rename(work / inner)
                moved.append(inner)
    starts = tuple(moved)
    mine = (files for folder, files in swept.files.items() if folder.startswith(starts))
    return Taken(frozenset(moved), {path: digest for files in mine for path, digest in files.items()})


def _files_of_the_site(spare: Path) -> dict[str, bool]:
    """Every file of the site, and whether it is a plain one; a site that is a link has none."""
    site = spare / SITE[:-1]
    if site.is_symlink() or not site.is_dir():
        return {}
    return {SITE + path: one.is_file(follow_symlinks=False) for path, one in entries_below(site)}


def _remove(one: Path) -> None:
    if one.is_dir() and not one.is_symlink():
        shutil.rmtree(one, ignore_errors=True)
    else:
        one.unlink()


def _folder_of(path: str) -> str:
    """The folder that a file or a folder lies in; nothing for one at the top."""
    return path[: path.rstrip("/").rfind("/") + 1]


def _with_all_above(folders: Iterable[str]) -> frozenset[str]:
    """The folders, and all that they lie in."""
    found: set[str] = set()
    for one in folders:
        above = one
        while above and above not in found:
            found.add(above)
            above = _folder_of(above)
    return frozenset(found)
