"""A base to compare with, in Git: which commit a word names, where it and the present parted, what stood there then.

The word comes from a command line or a forge and is data: it never reaches git as an option, and what comes back must
be a full object name. Of the base only trees and blobs are read; the working tree is never touched.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from portal.gitcall import NoRepository, repository, run, run_bytes

NAME = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
FILE = ("100644", "100755")
Reason = Literal["without-git", "unknown", "shallow", "unrelated"]


class NoBase(Exception):  # noqa: N818 -- a state of the clone or a slip of the pen, not a fault
    """There is nothing to compare with; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class Base:
    """The commit to compare with, and where the city's folder lies in the repository (`cities/a/`, or nothing)."""

    root: Path
    commit: str
    prefix: str


def find_base(root: Path, since: str) -> Base:
    """The merge base of `since` and HEAD: what the present was made from. Without commits of one's own: `since` itself.

    Raises NoBase.
    """
    try:
        prefix, shallow = repository(root)
    except NoRepository as error:
        raise NoBase("without-git") from error
    commit = _commit(root, since)
    if commit is None:
        raise NoBase("shallow" if shallow else "unknown")
    head = _commit(root, "HEAD")
    if head is None:
        return Base(root, commit, prefix)
    try:
        return Base(root, _name(run(root, "merge-base", commit, head)), prefix)
    except (subprocess.CalledProcessError, ValueError) as error:
        raise NoBase("shallow" if shallow else "unrelated") from error


def files_at(base: Base, *folders: str) -> dict[str, str]:
    """The blob of every plain file that stood below these folders then, by its path below the city's folder.

    Links, submodules and names that are no plain relative path are left out: nothing of them is ever read.
    """
    top = [f"{base.prefix}{folder}" for folder in folders]
    listed = run(base.root, "ls-tree", "-r", "-z", "--full-tree", base.commit, "--", *top)
    return dict(_plain(line, base.prefix) for line in listed.split("\0") if _is_file(line))


def _is_file(line: str) -> bool:
    path = line.partition("\t")[2]
    return line.startswith(FILE) and not any(part in ("", ".", "..") for part in path.split("/"))


def _plain(line: str, prefix: str) -> tuple[str, str]:
    about, _, path = line.partition("\t")
    return path.removeprefix(prefix), about.split()[2]


def changed_files(base: Base, folder: str) -> set[str]:
    """Files below a folder whose bytes in the working tree are not those of then; new and untracked ones are left out.

    git compares by its index where the file's size and times did not change, so this is quick for any amount of data.
    """
    words = ("diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-relative")
    listed = run(base.root, *words, "--ignore-submodules=all", base.commit, "--", folder)
    return {path.removeprefix(base.prefix) for path in listed.split("\0") if path}


def author(base: Base) -> str:
    """Who wrote the newest commit since the base that changes the city's folder, `name <mail>`; else who would commit
    now; nothing where Git knows neither. Merges are passed over: forges make them.
    """
    try:
        commits = run(base.root, "rev-list", "--max-count=1", "--no-merges", "HEAD", f"^{base.commit}", "--", ".")
        if commits.strip():
            raw = run_bytes(base.root, "cat-file", "commit", _name(commits)).decode("utf-8", "replace")
            return _identity(next(line[7:] for line in raw.split("\n") if line.startswith("author ")))
        return _identity(run(base.root, "var", "GIT_AUTHOR_IDENT"))
    except (subprocess.CalledProcessError, ValueError, StopIteration):
        return ""


def _identity(line: str) -> str:
    """Without the time that Git puts behind it."""
    found = re.match(r"(.*<[^>]*>)", line.strip())
    return found[1] if found else ""


def blob_name(data: bytes, like: str) -> str:
    """What Git would call these bytes, in a repository whose names look like `like` (SHA-1 or SHA-256)."""
    digest = hashlib.sha256 if len(like) == 64 else hashlib.sha1
    return digest(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _commit(root: Path, word: str) -> str | None:
    """The commit that a word names, or None. A word is one line of text."""
    if not word or any(ord(sign) < 32 for sign in word):
        return None
    try:
        asked = run(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{word}^{{commit}}")
        return _name(asked)
    except (subprocess.CalledProcessError, ValueError):
        return None


def _name(text: str) -> str:
    """A full object name. Raises ValueError for anything else."""
    name = text.strip()
    if not NAME.fullmatch(name):
        raise ValueError("no object name")
    return name
