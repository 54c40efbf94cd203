"""Nothing is published that was not reviewed exactly as it stands (REV-1)."""

from __future__ import annotations

import pytest

from portal.checks.reviews import check_reviews
from portal.digests import content_digest
from portal.model import Dataset, Release
from portal.problems import Problem
from tests.samples import a_dataset

SHA = "ab" * 32
OTHER = "cd" * 32


def where(dataset_id: str, *keys: str | int) -> tuple[str, int]:
    return f"catalog/mzj/{dataset_id}.yml", 7


def judge(
    dataset: Dataset, sha: str = SHA, releases: tuple[Release, ...] | None = None, blocked: tuple[str, ...] = ()
) -> list[Problem]:
    digest = content_digest(dataset, {"village-codes.csv": sha})
    known = (Release(release="2023-06-30", digest=digest, files={"village-codes.csv": sha}),)
    return check_reviews(
        [dataset],
        {dataset.id: {"village-codes.csv": sha}},
        releases={dataset.id: known if releases is None else releases},
        blocked=blocked,
        where=where,
    )


def reviewed(result: str = "passed", covers: str | None = None, kind: str = "security") -> Dataset:
    digest = covers or content_digest(a_dataset(), {"village-codes.csv": SHA})
    review = {"kind": kind, "date": "2026-11-01", "result": result, "by": "数据安全岗", "covers": digest}
    return a_dataset(reviews=[review])


def test_a_reviewed_dataset_passes() -> None:
    assert judge(reviewed()) == []


@pytest.mark.parametrize(
    ("dataset", "rule"),
    [
        (a_dataset(), "review-missing"),
        (reviewed(kind="legality"), "review-missing"),
        (reviewed(covers=OTHER), "review-outdated"),
        (reviewed(result="refused"), "review-refused"),
    ],
)
def test_without_a_passed_security_review_the_gate_is_shut(dataset: Dataset, rule: str) -> None:
    assert [problem.rule for problem in judge(dataset)] == [rule]


def test_one_changed_byte_closes_the_gate_again() -> None:
    problems = judge(reviewed(), sha=OTHER)
    assert [problem.rule for problem in problems] == ["review-outdated"]
    assert (problems[0].path, problems[0].line, problems[0].dataset) == (
        "catalog/mzj/village-codes.yml",
        7,
        "village-codes",
    )


def test_a_changed_description_closes_the_gate_too() -> None:
    review = reviewed().reviews[0].model_dump(mode="json")
    fields = [
        {"name": "代码", "title": "区划代码", "description": "换了一种说法", "source_ref": "ZY-1"},
        {"name": "名称", "title": "名称", "description": "村（居）委会全称"},
    ]
    changed = a_dataset(
        files=[{"path": "village-codes.csv", "schema": {"primaryKey": "代码", "fields": fields}}], reviews=[review]
    )
    assert [problem.rule for problem in judge(changed)] == ["review-outdated"]


def test_content_that_is_no_release_is_refused() -> None:
    assert [problem.rule for problem in judge(reviewed(), releases=())] == ["release-missing"]


def test_content_that_awaits_its_review_is_one_problem_not_two() -> None:
    assert [problem.rule for problem in judge(a_dataset(), releases=())] == ["review-missing"]
    assert [problem.rule for problem in judge(reviewed(result="refused"), releases=())] == ["review-refused"]


def test_withdrawn_content_never_comes_back() -> None:
    digest = content_digest(a_dataset(), {"village-codes.csv": SHA})
    assert [problem.rule for problem in judge(reviewed(), blocked=(digest,))] == ["release-blocked"]


def test_conditional_data_need_no_review_of_rows() -> None:
    assert judge(a_dataset(open_type="conditional", files=[])) == []
