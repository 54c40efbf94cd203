"""git as we call it: without a shell, reading only, and led astray by nothing.

Hooks and file-system monitors of a strange repository are switched off, no missing object is fetched, and variables
that a hook sets are taken out. What people write goes in behind `--end-of-options` or on standard input.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

CHUNK = 1 << 20
SAFE = ("--literal-pathspecs", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")
# A hook that starts a build has variables set that would lead git elsewhere; `env` takes them out.
ALONE = (
    "env",
    *(
        word
        for name in ("DIR", "WORK_TREE", "INDEX_FILE", "OBJECT_DIRECTORY", "NAMESPACE")
        for word in ("-u", f"GIT_{name}")
    ),
    "LC_ALL=C",
    "GIT_OPTIONAL_LOCKS=0",
    "GIT_NO_LAZY_FETCH=1",
)


class NoRepository(Exception):  # noqa: N818 -- a state of the folder, not a fault
    """git is missing, or the folder is in no repository that it may read."""


def repository(root: Path) -> tuple[str, bool]:
    """Where `root` lies in its repository (`cities/a/`, or nothing at its top), and whether the clone is shallow.

    Raises NoRepository.
    """
    try:
        prefix = run(root, "rev-parse", "--show-prefix").rstrip("\n")
        return prefix, run(root, "rev-parse", "--is-shallow-repository").strip() == "true"
    except (OSError, subprocess.CalledProcessError) as error:
        raise NoRepository(root) from error


def run(root: Path, *words: str, text: str = "") -> str:
    """What git says. Raises CalledProcessError where it refuses."""
    return run_bytes(root, *words, data=text.encode("utf-8", "surrogateescape")).decode("utf-8", "surrogateescape")


def run_bytes(root: Path, *words: str, data: bytes = b"") -> bytes:
    """The same, as it came."""
    command = [*ALONE, "git", *SAFE, *words]
    return subprocess.run(command, cwd=root, input=data, capture_output=True, check=True).stdout


def contents(root: Path, blobs: Iterable[str]) -> Iterator[tuple[str, int, IO[bytes]]]:
    """Name, size and bytes of each blob, through one git; what is not read of a blob is lost to the next."""
    with start(root, "cat-file", "--batch") as git:
        assert git.stdin is not None  # noqa: S101 -- told to mypy: both are pipes
        assert git.stdout is not None  # noqa: S101
        for blob in blobs:
            git.stdin.write(blob.encode() + b"\n")
            git.stdin.flush()
            size = int(git.stdout.readline().split()[2])
            yield blob, size, git.stdout
            git.stdout.read(1)
        git.stdin.close()


def pieces(stream: IO[bytes], size: int) -> Iterator[bytes]:
    """The next `size` bytes. Raises OSError where git ends before."""
    while size:
        piece = stream.read(min(CHUNK, size))
        if not piece:
            raise OSError("git ended in the middle of a file")
        size -= len(piece)
        yield piece


def write_blob(root: Path, blob: str, target: Path) -> None:
    """Put the bytes of one blob into a file."""
    with target.open("wb") as stream, start(root, "cat-file", "blob", blob) as git:
        assert git.stdout is not None  # noqa: S101 -- told to mypy: it is a pipe
        shutil.copyfileobj(git.stdout, stream, CHUNK)


def start(root: Path, *words: str) -> subprocess.Popen[bytes]:
    """A git that runs beside us, with pipes to and from it."""
    command = [*ALONE, "git", *SAFE, *words]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=root, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)
