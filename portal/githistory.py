"""Files as they stood earlier: bytes from Git history, found by their digest, never by a guess at a commit.

The city's folder may lie below the repository's top.
"""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from portal.gitcall import NoRepository, contents, pieces, repository, run, run_bytes, write_blob

Reason = Literal["without-git", "shallow", "lost"]


class NotInHistory(Exception):  # noqa: N818 -- a state of the clone, not a fault
    """The bytes can't be had; `reason` says why, `path` and `digest` which ones where that is known."""

    def __init__(self, reason: Reason, path: str = "", digest: str = "") -> None:
        self.reason, self.path, self.digest = reason, path, digest
        super().__init__(f"{reason} {path} {digest}")


@dataclass(frozen=True)
class Past:
    """What was found: where each wanted path's bytes were put, and what `beside` said in the commits that held them
    all, newest first (empty if the files never stood together).
    """

    files: Mapping[str, Path]
    beside: tuple[bytes, ...]


def recover(root: Path, wanted: Mapping[str, str], beside: str, folder: Path) -> Past:
    """Put the files of `wanted` (path below `root` → sha-256) into `folder`, numbered in order of path.

    `beside` is the path of a file whose versions from the same commits are wanted too (the entry).
    Raises NotInHistory if git is missing, `root` is in no repository, or a digest is nowhere in the history.
    """
    prefix, shallow = _place(root)
    paths = sorted(wanted)
    commits = run(root, "log", "--all", "--full-history", "--format=%H", "--", *paths, beside).split()
    stood = _objects(root, commits, [prefix + path for path in [*paths, beside]])
    digests = _digests(root, {blob for blobs in stood for blob in blobs[:-1] if blob})
    chosen = {}
    for place, path in enumerate(paths):
        blob = next((b[place] for b in stood if digests.get(b[place]) == wanted[path]), None)
        if blob is None:
            raise NotInHistory("shallow" if shallow else "lost", path, wanted[path])
        chosen[path] = folder / f"{place:03d}{Path(path).suffix}"
        write_blob(root, blob, chosen[path])
    together = [b for b in stood if b[-1] and all(digests.get(b[i]) == wanted[path] for i, path in enumerate(paths))]
    entries = [run_bytes(root, "cat-file", "blob", blob) for blob in dict.fromkeys(b[-1] for b in together)]
    return Past(chosen, tuple(entries))


def ever_committed(root: Path, path: str, text: str) -> bool:
    """Whether a commit of any branch brought `text` into the file at `path`; True where there is no history to ask."""
    try:
        _place(root)
        return bool(run(root, "log", "--all", "--format=%H", "-1", f"-S{text}", "--", path).strip())
    except (NotInHistory, subprocess.CalledProcessError):
        return True


def _place(root: Path) -> tuple[str, bool]:
    """Where `root` lies in its repository, and whether the clone is shallow."""
    try:
        return repository(root)
    except NoRepository as error:
        raise NotInHistory("without-git") from error


def _objects(root: Path, commits: Iterable[str], paths: list[str]) -> list[list[str]]:
    """For each commit the blobs at the paths, '' where there is none: one call of git for all of them."""
    asked = [f"{commit}:{path}" for commit in commits for path in paths]
    answer = run(root, "cat-file", "--batch-check=%(objecttype) %(objectname)", text="".join(a + "\n" for a in asked))
    blobs = [line.removeprefix("blob ") if line.startswith("blob ") else "" for line in answer.split("\n")]
    return [blobs[i : i + len(paths)] for i in range(0, len(asked), len(paths))]


def _digests(root: Path, blobs: set[str]) -> dict[str, str]:
    """The sha-256 of each blob, read in pieces through one git."""
    found: dict[str, str] = {}
    for blob, size, stream in contents(root, sorted(blobs)):
        digest = hashlib.sha256()
        for piece in pieces(stream, size):
            digest.update(piece)
        found[blob] = digest.hexdigest()
    return found
