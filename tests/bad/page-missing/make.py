"""A city with pages of its own, one of them missing."""

from __future__ import annotations

from pathlib import Path

TITLES = {"help.md": "# 使用帮助\n", "about.md": "# 关于本平台\n"}


def make(root: Path) -> None:
    """Write the pages."""
    pages = root / "site_src" / "pages"
    pages.mkdir(parents=True)
    for name, text in TITLES.items():
        (pages / name).write_text(text, "utf-8")
