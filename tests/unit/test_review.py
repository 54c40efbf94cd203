"""`build.py review` adds to a department's file and leaves the rest as it was."""

from __future__ import annotations

import io
import subprocess
from datetime import date
from pathlib import Path

import pytest
import yaml
from rich.console import Console

from portal.model import Release
from portal.problems import CatalogueHasProblems
from portal.progress import Progress
from portal.records import Review
from portal.review import Verdict, add_record, next_release, releases_text, review, write_review
from tests.catalogues import ROWS, make_catalogue, settings_for
from tests.samples import a_dataset

REVIEW = Review(kind="security", date=date(2026, 11, 22), result="passed", by="数据安全岗：'甲'", covers="0f" * 32)
ITEM = "{kind: 'security', date: '2026-11-22', result: 'passed', by: '数据安全岗：''甲''', covers: '" + "0f" * 32 + "'}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: 甲\n", f"title: 甲\nreviews:\n  - {ITEM}\n"),
        ("title: 甲", f"title: 甲\nreviews:\n  - {ITEM}\n"),
        ("reviews: []\ntitle: 甲\n", f"reviews:\n  - {ITEM}\ntitle: 甲\n"),
        ("reviews:\n  - {a: b}  # 旧\n\ntitle: 甲\n", f"reviews:\n  - {{a: b}}  # 旧\n  - {ITEM}\n\ntitle: 甲\n"),
        ("reviews:\n- {a: b}\ntitle: 甲\n", f"reviews:\n- {{a: b}}\n- {ITEM}\ntitle: 甲\n"),
        ("reviews:\n  - a: b\n    c: d\n", f"reviews:\n  - a: b\n    c: d\n  - {ITEM}\n"),
    ],
)
def test_only_one_item_is_added(before: str, after: str) -> None:
    assert add_record(before, "reviews", REVIEW) == after
    assert yaml.safe_load(after)["reviews"][-1]["by"] == "数据安全岗：'甲'"


def test_a_line_break_in_a_name_can_t_break_out_of_the_item() -> None:
    hostile = REVIEW.model_copy(update={"by": "甲\nopen_type: not-open"})
    assert list(yaml.safe_load(add_record("title: 甲\n", "reviews", hostile))) == ["title", "reviews"]


def test_releases_of_one_day_are_numbered() -> None:
    day = date(2026, 11, 22)
    first = Release(release="2026-11-22", digest="0f" * 32, files={})
    second = Release(release="2026-11-22-2", digest="1f" * 32, files={})
    assert next_release(day, []) == "2026-11-22"
    assert next_release(day, [first]) == "2026-11-22-2"
    assert next_release(day, [first, second]) == "2026-11-22-3"


def test_releases_read_back_as_they_were_written() -> None:
    release = Release(
        release="2026-11-22",
        digest="0f" * 32,
        files={"b.csv": "1a" * 32, "a: 'x'.csv": "2b" * 32},
        note="新增：2026 年",
    )
    assert [Release.model_validate(item) for item in yaml.load(releases_text([release]), yaml.BaseLoader)] == [release]


def test_a_refused_review_registers_no_release(tmp_path: Path) -> None:
    entry = tmp_path / "village-codes.yml"
    entry.write_text("title: 甲\n", "utf-8")
    new = Release(release="2026-11-22", digest=REVIEW.covers, files={})
    write_review(entry, a_dataset(), REVIEW.model_copy(update={"result": "refused"}), [], new)
    assert [path.name for path in tmp_path.iterdir()] == ["village-codes.yml"]
    write_review(entry, a_dataset(), REVIEW, [], new)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["village-codes.releases.yml", "village-codes.yml"]
    assert len(yaml.safe_load(entry.read_text("utf-8"))["reviews"]) == 2


def record(root: Path, result: str = "passed") -> Review:
    verdict = Verdict("security", result, "数据安全岗（示范）")  # type: ignore[arg-type]  # one of the two
    return review(settings_for(root), Progress("zh", Console(file=io.StringIO())), "parks", verdict)


def registered(root: Path) -> list[str]:
    releases = root / "catalog/ylj/parks.releases.yml"
    return [item["release"] for item in yaml.safe_load(releases.read_text("utf-8"))] if releases.exists() else []


def git(root: Path, *words: str) -> None:
    who = ["-c", "user.name=甲", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *who, *words], cwd=root, check=True, capture_output=True)


def test_what_has_errors_can_be_refused_but_not_passed(tmp_path: Path) -> None:
    root = make_catalogue(tmp_path / "city", rows=ROWS.replace("12.5", "大"), reviewed=False)
    with pytest.raises(CatalogueHasProblems) as found:
        record(root)
    assert [problem.rule for problem in found.value.problems] == ["wrong-type"]
    assert registered(root) == []
    assert record(root, "refused").result == "refused"
    assert registered(root) == []


def test_a_release_that_nobody_committed_is_replaced_by_the_next_one(tmp_path: Path) -> None:
    root = make_catalogue(tmp_path / "city", reviewed=False)
    data = root / "datasets/ylj/parks.csv"
    git(root, "init")
    record(root)
    data.write_text(ROWS.replace("12.5", "12.6"), "utf-8")
    record(root)
    assert registered(root) == ["2025-12-31"]
    git(root, "add", ".")
    git(root, "commit", "-m", "公园")
    data.write_text(ROWS.replace("12.5", "12.7"), "utf-8")
    record(root)
    record(root)
    assert registered(root) == ["2025-12-31", "2025-12-31-2"]


def test_without_git_every_release_is_kept(tmp_path: Path) -> None:
    root = make_catalogue(tmp_path / "city")
    (root / "datasets/ylj/parks.csv").write_text(ROWS.replace("12.5", "12.6"), "utf-8")
    record(root)
    assert registered(root) == ["2025-12-31", "2025-12-31-2"]
