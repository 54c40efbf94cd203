"""`build.py review` adds to a department's file and leaves the rest as it was."""

from __future__ import annotations

import io
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from rich.console import Console

from portal.catalogue import read_catalogue
from portal.digests import terms_digest
from portal.model import Release
from portal.pipeline import check
from portal.problems import CatalogueHasProblems, PortalError, errors_in
from portal.proceedings import Approval, ReturnReason
from portal.progress import Progress
from portal.records import Review
from portal.review import Verdict, add_record, approve, next_release, register, releases_text, review, write_review
from tests.catalogues import ROWS, make_catalogue, settings_for
from tests.samples import a_dataset

QUIET = Progress("zh", Console(file=io.StringIO()))
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


# --- recurring reviews, reviews of the terms, approvals


def verdict(**changes: Any) -> Verdict:
    return Verdict(**{"kind": "security", "result": "passed", "by": "数据安全岗（示范）", **changes})


def entry_of(root: Path) -> dict[str, Any]:
    return yaml.safe_load((root / "catalog/ylj/parks.yml").read_text("utf-8"))


def errors(root: Path) -> list[str]:
    return [problem.rule for problem in errors_in(check(settings_for(root), QUIET).problems)]


def test_a_recurring_review_lets_clean_updates_pass(tmp_path: Path) -> None:
    root = make_catalogue(tmp_path / "city", update_frequency="monthly", data_date="2026-10-31", reviewed=False)
    data = root / "datasets/ylj/parks.csv"
    written = review(settings_for(root), QUIET, "parks", verdict(recurring=True))
    assert written.until == date(2027, 11, 22)
    assert written.rules
    assert {"primary-key", "wrong-type", "extra-cell"} <= set(written.rules)
    assert registered(root) == ["2026-10-31"]
    assert errors(root) == []

    data.write_text(data.read_text("utf-8") + "0004,南园,5.1\n", "utf-8")
    assert errors(root) == ["release-missing"]
    assert register(settings_for(root), QUIET, "parks", "十一月").release == "2026-10-31-2"
    assert registered(root) == ["2026-10-31", "2026-10-31-2"]
    assert errors(root) == []
    assert register(settings_for(root), QUIET, "parks").release == "2026-10-31-2"  # again: nothing new
    assert registered(root) == ["2026-10-31", "2026-10-31-2"]

    data.write_text(data.read_text("utf-8") + "0004,南园,5.1\n", "utf-8")
    assert errors(root) == ["review-not-clean", "primary-key"]
    with pytest.raises(CatalogueHasProblems):
        register(settings_for(root), QUIET, "parks")


def test_nothing_is_registered_that_no_review_covers(tmp_path: Path) -> None:
    root = make_catalogue(tmp_path / "city")
    data = root / "datasets/ylj/parks.csv"
    data.write_text(data.read_text("utf-8") + "0004,南园,5.1\n", "utf-8")
    with pytest.raises(CatalogueHasProblems) as found:
        register(settings_for(root), QUIET, "parks")
    assert [problem.rule for problem in found.value.problems] == ["review-outdated"]


def test_irregular_data_and_legal_reviews_have_no_recurring_form(tmp_path: Path) -> None:
    root = make_catalogue(tmp_path / "city", update_frequency="irregular", reviewed=False)
    with pytest.raises(PortalError, match="没有固定的更新频率"):
        review(settings_for(root), QUIET, "parks", verdict(recurring=True))
    with pytest.raises(PortalError, match="不审查数据行"):
        review(settings_for(root), QUIET, "parks", verdict(kind="legality", recurring=True))


def test_a_legality_review_registers_no_release(tmp_path: Path) -> None:
    root = make_catalogue(tmp_path / "city", concerns=["law"])
    assert errors(root) == ["review-kind-missing"]
    before = registered(root)
    review(settings_for(root), QUIET, "parks", verdict(kind="legality"))
    assert errors(root) == []
    assert registered(root) == before


def test_reviewers_come_from_the_register(tmp_path: Path) -> None:
    root = make_catalogue(tmp_path / "city", reviewed=False)
    with pytest.raises(CatalogueHasProblems) as found:
        review(settings_for(root), QUIET, "parks", verdict(by="数据专岗（示范）"))
    assert [problem.rule for problem in found.value.problems] == ["reviewer-unknown"]
    assert "reviews" not in entry_of(root)


def test_an_approval_covers_the_entry_as_it_stands(tmp_path: Path) -> None:
    root = make_catalogue(tmp_path / "city")
    portal = root / "catalog/portal.yml"
    portal.write_text(portal.read_text("utf-8").replace("profile: suzhou", "profile: suzhou-draft"), "utf-8")
    assert errors(root) == ["approval-missing"]
    told = Approval(step="authority_review", by="目录管理岗", date=date(2026, 11, 20), result="passed", covers="0" * 64)
    back = told.model_copy(
        update={"result": "returned", "returned": (ReturnReason(text="缺少：'数据来源'"),), "date": date(2026, 11, 18)}
    )
    approve(settings_for(root), "parks", back)
    assert errors(root) == ["approval-returned"]
    assert approve(settings_for(root), "parks", told).covers == terms_digest(
        read_catalogue(settings_for(root)).catalogue.datasets[0]
    )
    assert errors(root) == []
    assert [one["result"] for one in entry_of(root)["approvals"]] == ["returned", "passed"]
    assert entry_of(root)["approvals"][0]["returned"] == [{"text": "缺少：'数据来源'"}]
    with pytest.raises(PortalError):
        approve(settings_for(root), "nothing", told)
