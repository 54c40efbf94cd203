"""Files as they stood earlier: bytes from Git history, found by their digest, never by a guess at a commit.

git is run without a shell and reads only; hooks and file-system monitors of a strange repository are switched off.
The city's folder may lie below the repository's top.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

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
    prefix, shallow = _repository(root)
    paths = sorted(wanted)
    commits = _run(root, "log", "--all", "--full-history", "--format=%H", "--", *paths, beside).split()
    stood = _objects(root, commits, [prefix + path for path in [*paths, beside]])
    digests = _digests(root, {blob for blobs in stood for blob in blobs[:-1] if blob})
    chosen = {}
    for place, path in enumerate(paths):
        blob = next((b[place] for b in stood if digests.get(b[place]) == wanted[path]), None)
        if blob is None:
            raise NotInHistory("shallow" if shallow else "lost", path, wanted[path])
        chosen[path] = folder / f"{place:03d}{Path(path).suffix}"
        _write_blob(root, blob, chosen[path])
    together = [b for b in stood if b[-1] and all(digests.get(b[i]) == wanted[path] for i, path in enumerate(paths))]
    entries = [_run_bytes(root, "cat-file", "blob", blob) for blob in dict.fromkeys(b[-1] for b in together)]
    return Past(chosen, tuple(entries))


def ever_committed(root: Path, path: str, text: str) -> bool:
    """Whether a commit of any branch brought `text` into the file at `path`; True where there is no history to ask."""
    try:
        _repository(root)
        return bool(_run(root, "log", "--all", "--format=%H", "-1", f"-S{text}", "--", path).strip())
    except (NotInHistory, subprocess.CalledProcessError):
        return True


def _repository(root: Path) -> tuple[str, bool]:
    """Where `root` lies in its repository, and whether the clone is shallow."""
    try:
        prefix = _run(root, "rev-parse", "--show-prefix").rstrip("\n")
        return prefix, _run(root, "rev-parse", "--is-shallow-repository").strip() == "true"
    except (OSError, subprocess.CalledProcessError) as error:
        raise NotInHistory("without-git") from error


def _objects(root: Path, commits: Iterable[str], paths: list[str]) -> list[list[str]]:
    """For each commit the blobs at the paths, '' where there is none: one call of git for all of them."""
    asked = [f"{commit}:{path}" for commit in commits for path in paths]
    answer = _run(root, "cat-file", "--batch-check=%(objecttype) %(objectname)", text="".join(a + "\n" for a in asked))
    blobs = [line.removeprefix("blob ") if line.startswith("blob ") else "" for line in answer.split("\n")]
    return [blobs[i : i + len(paths)] for i in range(0, len(asked), len(paths))]


def _digests(root: Path, blobs: set[str]) -> dict[str, str]:
    """The sha-256 of each blob, read in pieces through one git."""
    found: dict[str, str] = {}
    for blob, size, stream in _contents(root, sorted(blobs)):
        digest = hashlib.sha256()
        for piece in _pieces(stream, size):
            digest.update(piece)
        found[blob] = digest.hexdigest()
    return found


def _contents(root: Path, blobs: list[str]) -> Iterator[tuple[str, int, IO[bytes]]]:
    with _git(root, "cat-file", "--batch") as git:
        assert git.stdin is not None  # noqa: S101 -- told to mypy: both are pipes
        assert git.stdout is not None  # noqa: S101
        for blob in blobs:
            git.stdin.write(blob.encode() + b"\n")
            git.stdin.flush()
            size = int(git.stdout.readline().split()[2])
            yield blob, size, git.stdout
            git.stdout.read(1)
        git.stdin.close()


def _pieces(stream: IO[bytes], size: int) -> Iterator[bytes]:
    while size:
        piece = stream.read(min(CHUNK, size))
        if not piece:
            raise OSError("git ended in the middle of a file")
        size -= len(piece)
        yield piece


def _write_blob(root: Path, blob: str, target: Path) -> None:
    with target.open("wb") as stream, _git(root, "cat-file", "blob", blob) as git:
        assert git.stdout is not None  # noqa: S101 -- told to mypy: it is a pipe
        shutil.copyfileobj(git.stdout, stream, CHUNK)


def _git(root: Path, *words: str) -> subprocess.Popen[bytes]:
    command = [*ALONE, "git", *SAFE, *words]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=root, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)


def _run(root: Path, *words: str, text: str = "") -> str:
    return _run_bytes(root, *words, data=text.encode()).decode("utf-8", "surrogateescape")


def _run_bytes(root: Path, *words: str, data: bytes = b"") -> bytes:
    command = [*ALONE, "git", *SAFE, *words]
    return subprocess.run(command, cwd=root, input=data, capture_output=True, check=True).stdout
