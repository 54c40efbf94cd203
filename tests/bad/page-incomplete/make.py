"""A city with pages of its own, one of them without its rules."""

from __future__ import annotations

from pathlib import Path

TITLES = {"policies/platform.md": "# 平台管理制度\n\n## 行为规范\n"}


def make(root: Path) -> None:
    """Write the pages."""
    pages = root / "site_src" / "pages"
    (pages / "policies").mkdir(parents=True)
    for name, text in TITLES.items():
        (pages / name).write_text(text, "utf-8")
