"""A file that lies in no department's folder."""

from pathlib import Path


def make(root: Path) -> None:
    (root / "gardens.csv").write_text("编号,名称\n0001,东园\n", "utf-8")
