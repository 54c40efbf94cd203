"""A city with pages of its own, one of them without its rules."""

from __future__ import annotations

from pathlib import Path

TITLES = {"policies.md": "# 政策与规则\n\n## 谁负责什么\n"}


def make(root: Path) -> None:
    """Write the pages."""
    pages = root / "site_src" / "pages"
    pages.mkdir(parents=True)
    for name, text in TITLES.items():
        (pages / name).write_text(text, "utf-8")
