"""A real Git repository around a small city, for tests of changes."""

from __future__ import annotations

import subprocess
from pathlib import Path

CLERK = ("clerk", "clerk@example.org")


def git(folder: Path, *words: str, author: tuple[str, str] = CLERK) -> str:
    """What git says; nothing of this machine's configuration is asked."""
    who = ["-c", f"user.name={author[0]}", "-c", f"user.email={author[1]}", "-c", "commit.gpgsign=false"]
    quiet = ["-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always", "-c", "core.autocrlf=false"]
    done = subprocess.run(["git", *who, *quiet, *words], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def begin(repo: Path) -> None:
    """A repository with everything that lies there as its first commit."""
    git(repo, "init", "-q")
    (repo / ".gitignore").write_text("_build/\nvar/\n", "utf-8")
    commit(repo, "base")


def commit(repo: Path, message: str, *, author: tuple[str, str] = CLERK) -> str:
    """All that changed, as a commit; its name."""
    git(repo, "add", "-A", author=author)
    git(repo, "commit", "-q", "--allow-empty", "-m", message, author=author)
    return git(repo, "rev-parse", "HEAD")
