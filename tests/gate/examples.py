"""Lays the broken examples that need a base and a change (tests/bad/README.md) into a real Git repository."""

from __future__ import annotations

import copy
import runpy
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from portal.catalogue import read_catalogue
from portal.changeset import read_change
from portal.checks.changes import check_changes
from portal.checks.judging import judge
from portal.digests import content_digest, file_digest
from portal.model import Dataset, Release
from portal.records import Review
from portal.review import next_release, write_review
from tests.catalogues import ENTRY, changed, dump, make_catalogue, settings_for
from tests.gate.repository import begin

PARKS = "catalog/ylj/parks.yml"
REVIEWED = date(2026, 10, 15)
PAPER = {"kind": "notice", "by": "苏州市数据局（示范）", "date": "2026-10-14", "number": "示范〔2026〕20号"}


def complete(**changes: Any) -> dict[str, Any]:
    """Keys that make the small entry complete under every city's rules."""
    files = copy.deepcopy(ENTRY["files"])
    for number, one in enumerate(files[0]["schema"]["fields"]):
        one["source_ref"] = f"ZY-0001/F0{number + 1}"
    more = {
        "generation_frequency": "annual",
        "relations": [],
        "open_scope": "社会公众",
        "open_content": "全部数据项",
        "files": files,
    }
    return more | changes


def rules(root: Path, since: str = "HEAD") -> list[str]:
    """The rules about changes that the city's folder breaks, in order of the alphabet."""
    settings = settings_for(root)
    reading = read_catalogue(settings)
    found = check_changes(read_change(settings, reading, since), reading, settings)
    return sorted(one.rule for one in judge(found, reading, settings) if not one.rule.startswith("allow-"))


def keys_of(path: Path) -> dict[str, Any]:
    """A change.yml: keys to replace; an empty value takes the key out."""
    found = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader) if path.exists() else {}
    return {key: value if value != "" else None for key, value in found.items()}


def lay_base(folder: Path, root: Path) -> None:
    """The city before the change, committed."""
    make_catalogue(root, **complete(**keys_of(folder / "base" / "change.yml")))
    if (folder / "profile.txt").exists():
        take_rules(root, (folder / "profile.txt").read_text("utf-8").strip())
    _lay(folder / "base", root)
    begin(root)


def lay_change(folder: Path, root: Path) -> None:
    """The change, not yet committed; open data whose content differs are reviewed again, as `build.py review` does."""
    keys = keys_of(folder / "change" / "change.yml")
    if keys:
        change_entry(root, **keys)
    _lay(folder / "change", root)
    renew_review(root)


def take_rules(root: Path, profile: str) -> None:
    """Another city's rules."""
    path = root / "catalog/portal.yml"
    path.write_text(path.read_text("utf-8").replace("profile: suzhou\n", f"profile: {profile}\n"), "utf-8")


def change_entry(root: Path, path: str = PARKS, **keys: Any) -> None:
    """Replace keys of an entry; None takes one out."""
    entry = yaml.load((root / path).read_text("utf-8"), Loader=yaml.BaseLoader)
    (root / path).write_text(dump(changed(entry, keys)), "utf-8")


def renew_review(root: Path, path: str = PARKS, note: str | None = "示范更新") -> None:
    """A review and a release of the present content, if it is open, has its files, and is not yet registered."""
    entry = root / path
    if not entry.exists():
        return
    values = {**yaml.load(entry.read_text("utf-8"), Loader=yaml.BaseLoader)}
    dataset = Dataset.model_validate({"id": entry.stem, "department": entry.parent.name, **values})
    files = [root / "datasets" / dataset.department / file.path for file in dataset.files]
    if not dataset.is_open or not all(file.exists() for file in files):
        return
    digests = {one.path: file_digest(file) for one, file in zip(dataset.files, files, strict=True)}
    covers = content_digest(dataset, digests)
    known = entry.with_name(f"{entry.stem}.releases.yml")
    listed = yaml.load(known.read_text("utf-8"), Loader=yaml.BaseLoader) if known.exists() else []
    releases = [Release.model_validate(one) for one in listed]
    if any(one.digest == covers for one in releases):
        return
    review = Review(kind="security", date=REVIEWED, result="passed", by="数据安全岗（示范）", covers=covers)
    new = Release(release=next_release(dataset.data_date, releases), digest=covers, files=digests, note=note)
    write_review(entry, dataset, review, releases, new)


def withdraw(root: Path, *, digests: list[str] | None = None, **keys: Any) -> None:
    """Take the dataset back with a tombstone; `digests` are by default all that must not come back."""
    releases = root / "catalog/ylj/parks.releases.yml"
    listed = yaml.load(releases.read_text("utf-8"), Loader=yaml.BaseLoader)
    known = sorted({digest for one in listed for digest in (one["digest"], *one["files"].values())})
    stone = {
        "id": "parks",
        "title": "城区公园名录（2025年）",
        "department": "ylj",
        "date": "2026-10-15",
        "reason": "示范：经核实须撤回",
        "digests": known if digests is None else digests,
        **keys,
    }
    (root / "catalog/tombstones.yml").write_text(dump([stone]), "utf-8")
    for path in (PARKS, "catalog/ylj/parks.releases.yml", "datasets/ylj/parks.csv"):
        (root / path).unlink()


def _lay(folder: Path, root: Path) -> None:
    if not folder.is_dir():
        return
    for item in sorted(folder.iterdir()):
        if item.is_dir() and item.name in ("catalog", "datasets"):
            shutil.copytree(item, root / item.name, dirs_exist_ok=True)
    if (folder / "remove.txt").exists():
        for path in (folder / "remove.txt").read_text("utf-8").split():
            (root / path).unlink()
    if (folder / "make.py").exists():
        runpy.run_path(str(folder / "make.py"))["make"](root)
