from pathlib import Path


def make(root: Path) -> None:
    (root / "catalog" / "ylj" / "zero.yml").symlink_to("/dev/zero")
    (root / "catalog" / "ylj" / "same.yml").symlink_to("parks.yml")
    (root / "catalog" / "elsewhere").symlink_to("ylj")
    (root / "catalog" / "ylj" / "folder.yml").mkdir()
