"""Which commit did it, and who: for tracing what is published to the people in charge (QLT-7, AUD-4)."""

from __future__ import annotations

import csv
import io
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from portal.gitcall import run, run_bytes

FORMAT = "%H%x00%aI%x00%an <%ae>%x00%s"
NAME = re.compile(rb"[0-9a-f]{40,64}")


@dataclass(frozen=True)
class Commit:
    """One commit: its name, when it was written, by whom, and its first line."""

    name: str
    date: str
    author: str
    subject: str


def brought(root: Path, path: str, text: str) -> Commit | None:
    """The first commit on the way to HEAD that has `text` in the file at `path`; None where no commit has."""
    found = _commits(root, "log", "--reverse", f"--format={FORMAT}", f"-S{text}", "HEAD", "--", path)
    return found[0] if found else None


def last_before(root: Path, commit: str, path: str) -> Commit | None:
    """The commit that gave the file the bytes that it had at `commit`."""
    found = _commits(root, "log", "-1", f"--format={FORMAT}", commit, "--", path)
    return found[0] if found else None


def merged_by(root: Path, commit: str) -> Commit | None:
    """The merge that brought a commit of a branch into the main line; None where it was made there."""
    words = ("--merges", "--first-parent", "--ancestry-path", "--reverse", f"--format={FORMAT}", f"{commit}..HEAD")
    if commit in run(root, "rev-list", "--first-parent", "HEAD").split():
        return None
    found = _commits(root, "log", *words)
    return found[0] if found else None


def wrote_line(root: Path, commit: str, path: str, line: int) -> Commit | None:
    """The commit that wrote a line (from 1) of a file as it stood at `commit`; None where there is no such line."""
    try:
        told = run_bytes(root, "blame", "--porcelain", f"-L{line},{line}", commit, "--", path)
    except subprocess.CalledProcessError:
        return None
    name = NAME.match(told)
    return last_before(root, name[0].decode(), ".") if name else None


def holds(root: Path, commit: str, path: str) -> bool:
    """Whether a file stood at `path` in that commit."""
    try:
        run(root, "cat-file", "-e", f"{commit}:./{path}")
    except subprocess.CalledProcessError:
        return False
    return True


def line_of_record(root: Path, commit: str, path: str, record: int, delimiter: str = ",") -> int | None:
    """The line on which a record (the header is 1) of a delimited text file begins; None where it has fewer records.

    Latin-1 keeps every byte: neither in UTF-8 nor in GB18030 is a quote or a line break part of another character.
    """
    text = run_bytes(root, "cat-file", "blob", f"{commit}:./{path}").decode("latin-1")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    before = 0
    for number, _ in enumerate(reader, start=1):
        if number == record:
            return before + 1
        before = reader.line_num
    return None


def _commits(root: Path, *words: str) -> list[Commit]:
    try:
        told = run(root, *words)
    except subprocess.CalledProcessError:  # no commit yet
        return []
    parts = [line.split("\0") for line in told.splitlines() if line.count("\0") == FORMAT.count("%x00")]
    return [Commit(*part) for part in parts]
