"""A CODEOWNERS that somebody wrote by hand."""

from pathlib import Path


def make(root: Path) -> None:
    (root / "CODEOWNERS").write_text("/catalog/ylj/ @somebody-else\n", "utf-8")
