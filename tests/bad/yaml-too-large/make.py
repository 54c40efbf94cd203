from pathlib import Path


def make(root: Path) -> None:
    with (root / "catalog" / "ylj" / "parks.yml").open("a", encoding="utf-8") as stream:
        stream.write("# 注\n" * 60_000)
    with (root / "catalog" / "ylj" / "sparse.yml").open("wb") as stream:
        stream.truncate(2 << 30)
