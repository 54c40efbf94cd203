"""The release that was the last to go: the next one takes over the folders of datasets in which nothing changed.

Only these, because all that stays in them was linked: a step that writes into a file would write into that of other
releases. So the release is swept while others still work, and its folders are moved when all steps have written.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from portal.holdings import MANIFEST, files_below, holdings_of
from portal.problems import PortalError

SPARE = "spare"
"""Its folder below `_build`."""
DATASETS = ("site/dataset/", "site/en/dataset/")
"""Where the folders of datasets lie, the larger part of every release."""
ABOVE = frozenset({"site/", "site/en/", *DATASETS})


class Swept(NamedTuple):
    """The folders of datasets that a release can take over, each with a slash at its end, and what lies in them: path →
    sha-256.
    """

    folders: frozenset[str]
    held: dict[str, str]


NOTHING = Swept(frozenset(), {})


def set_aside(folder: Path, build: Path) -> None:
    """Keep a release that nobody needs as the spare one, in place of the one before it."""
    shutil.rmtree(build / SPARE, ignore_errors=True)
    folder.replace(build / SPARE)


def sweep(build: Path) -> Swept:
    """Remove everything of the spare release that can't be taken over, and say what can: a dataset's folder that holds
    what its manifest says, and nothing else.
    """
    spare = build / SPARE
    if not spare.is_dir():
        return NOTHING
    inside: dict[str, dict[str, str]] = {}
    for path, one in holdings_of(spare).items():
        if folder := folder_of(path):
            inside.setdefault(folder, {})[path] = one.sha256
    fit = frozenset(one for one, files in inside.items() if _is_whole(spare, one, files))
    _clear(spare, "", fit)
    return Swept(fit, {path: digest for folder in fit for path, digest in inside[folder].items()})


def take_over(swept: Swept, work: Path, build: Path) -> Swept:
    """Move the folders into `work`, but those that it has; says which were moved, and what came with them."""
    moved: set[str] = set()
    for above in DATASETS:
        source, target = build / SPARE / above, work / above
        mine = {one for one in swept.folders if one.startswith(above)}
        if mine and not target.exists() and {f"{above}{name}/" for name in os.listdir(source)} == mine:  # noqa: PTH208
            target.parent.mkdir(parents=True, exist_ok=True)
            source.rename(target)  # all at once, where nothing else was left in it
        else:
            mine = {one for one in mine if not (work / one).exists()}
            target.mkdir(parents=True, exist_ok=True)
            for one in mine:
                (build / SPARE / one).rename(work / one)
        moved |= mine
    if len(moved) == len(swept.folders):
        return swept
    return Swept(frozenset(moved), {path: one for path, one in swept.held.items() if folder_of(path) in moved})


def folder_of(path: str) -> str:
    """The folder of the dataset that the file belongs to, with a slash at its end; empty for all other files."""
    above = next((one for one in DATASETS if path.startswith(one)), "")
    name, slash, _ = path.removeprefix(above).partition("/")
    return above + name + slash if above and slash else ""


def _is_whole(spare: Path, folder: str, files: Collection[str]) -> bool:
    here = spare / folder
    try:
        return not here.is_symlink() and {folder + name for name in files_below(here)} == set(files)
    except (OSError, PortalError):  # it is not there, or holds a link to somewhere else
        return False


def _clear(folder: Path, path: str, fit: Collection[str]) -> None:
    """Remove all but the manifest, the folders that are `fit`, and those above them."""
    with os.scandir(folder) as entries:
        found = list(entries)
    for one in found:
        inner = f"{path}{one.name}/"
        if one.is_symlink() or not one.is_dir():
            if path or one.name != MANIFEST:
                os.unlink(one.path)  # noqa: PTH108 -- of thousands of files
        elif inner in ABOVE:
            _clear(folder / one.name, inner, fit)
        elif inner not in fit:
            shutil.rmtree(one.path, ignore_errors=True)
