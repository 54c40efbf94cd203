"""Samples of conditional data under Shanghai's rules: small, part of the whole, like the whole, clean and reviewed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from portal import pipeline
from portal.progress import Progress
from portal.report import render
from portal.review import Verdict, review
from portal.settings import CODE
from tests.catalogues import lay_example, settings_for
from tests.sampling import PROFILE, ROWS, lay


def found(root: Path) -> list[tuple[str, str | None]]:
    """What is wrong about the sample: rule and column."""
    problems = pipeline.check(settings_for(root), Progress("en")).problems
    named = {"sample", "personal", "wrong", "file", "primary", "incorrect", "required", "pattern"}
    return [
        (one.rule, one.values.get("field"))
        for one in problems
        if one.rule.split("-")[0] in named and one.level == "error"
    ]  # fmt: skip


def test_a_good_sample_only_waits_for_its_review(tmp_path: Path) -> None:
    root = lay(tmp_path)
    assert found(root) == [("sample-review", None)]
    review(settings_for(root), Progress("en"), "parks", Verdict("sample", "passed", "数据安全岗（示范）"))
    assert found(root) == []
    data = root / "datasets/ylj/parks-sample.csv"
    data.write_text(data.read_text("utf-8").replace("10.5", "11.5", 1), "utf-8")
    assert found(root) == [("sample-review", None)]  # one changed cell


def test_a_city_whose_rules_know_no_samples_publishes_none(tmp_path: Path) -> None:
    assert found(lay(tmp_path, city="suzhou")) == [("sample-not-provided", None)]


@pytest.mark.parametrize(
    ("rows", "changes", "wrong"),
    [
        ([*ROWS, *(f"{number:04},社区公园,20.5" for number in range(60, 130))], {}, ("sample-too-large", None)),
        (ROWS, {"profile": {"编号": PROFILE["编号"]}}, ("sample-profile-missing", None)),
        (ROWS, {"profile": {**PROFILE, "电话": {"missing": 0}}}, ("sample-profile-unknown", "电话")),
        ([*ROWS[:-1], "0059,动物园,20.5"], {}, ("sample-foreign", "类型")),
        ([*ROWS[:-1], "0059,综合公园,400.5"], {}, ("sample-foreign", "面积")),
        (ROWS, {"profile": {**PROFILE, "编号": {"distinct": 59}}}, ("sample-distinct", "编号")),
        ([row.replace("社区公园", "综合公园") for row in ROWS], {}, ("sample-unlike", "类型")),
        ([row[:10] + "95.5" for row in ROWS], {}, ("sample-unlike", "面积")),
        (ROWS, {"table": "nothing"}, ("sample-table", None)),
        ([*ROWS[:-1], "0059,综合公园,many"], {}, ("wrong-type", "面积")),
        ([*ROWS[:-1], "0000,综合公园,20.5"], {}, ("primary-key", "编号")),
    ],
)
def test_what_is_wrong_is_told(
    rows: list[str], changes: dict[str, Any], wrong: tuple[str, str | None], tmp_path: Path
) -> None:
    assert wrong in found(lay(tmp_path, rows, **changes))


def test_chance_alone_is_no_fault(tmp_path: Path) -> None:
    """27 of 60 where half was told: 0.05 less, within chance (two errors of 0.065) and slack."""
    rows = [*ROWS[:54], *(row.replace("综合公园", "社区公园") for row in ROWS[54:])]
    assert [rule for rule, _ in found(lay(tmp_path, rows))] == ["sample-review"]


@pytest.mark.parametrize(("squares", "unlike"), [(20, False), (18, True)])
def test_more_than_chance_is_a_fault(squares: int, unlike: bool, tmp_path: Path) -> None:
    """Half was told; of 60 rows two errors of 0.065 and the slack of 0.05 allow 0.179: 20 are 0.167 off, 18 are 0.2."""
    rows = [f"{row[:5]}{'综合公园' if n < squares else '社区公园'}{row[9:]}" for n, row in enumerate(ROWS)]
    assert (("sample-unlike", "类型") in found(lay(tmp_path, rows))) == unlike


@pytest.mark.parametrize(("count", "too_large"), [(120, False), (121, True)])
def test_a_tenth_of_the_whole_is_still_a_sample(count: int, too_large: bool, tmp_path: Path) -> None:
    rows = [f"{number:04},{'综合公园' if number % 2 else '社区公园'},{10 + number % 20}.5" for number in range(count)]
    assert (("sample-too-large", None) in found(lay(tmp_path, rows))) == too_large


def test_of_two_reviews_of_a_sample_the_later_decides(tmp_path: Path) -> None:
    root = lay(tmp_path)
    for result, wrong in (("passed", []), ("refused", [("sample-review", None)]), ("passed", [])):
        review(settings_for(root), Progress("en"), "parks", Verdict("sample", result, "数据安全岗（示范）"))
        assert found(root) == wrong, result


def test_personal_data_are_found_in_a_sample(tmp_path: Path) -> None:
    rows = [*ROWS[:-1], "0059,综合公园13912345678,20.5"]
    assert "personal-mobile" in [rule for rule, _ in found(lay(tmp_path, rows))]


def test_a_missing_file_is_told_at_the_sample(tmp_path: Path) -> None:
    root = lay(tmp_path)
    (root / "datasets/ylj/parks-sample.csv").unlink()
    problems = pipeline.check(settings_for(root), Progress("en")).problems
    (one,) = [problem for problem in problems if problem.rule == "file-missing"]
    line = (root / one.path).read_text("utf-8").splitlines()[(one.line or 1) - 1]
    assert line.strip() == "path: parks-sample.csv"


EXAMPLES = sorted(path.name for path in (CODE / "tests/bad").glob("sample-*"))


@pytest.mark.parametrize("rule", EXAMPLES)
def test_each_rule_says_what_its_broken_example_expects(rule: str, tmp_path: Path) -> None:
    root = lay_example(CODE / "tests" / "bad" / rule, tmp_path / "city")
    problems = pipeline.check(settings_for(root), Progress("en")).problems
    text = render([one for one in problems if one.rule == rule], "text", "zh") + "\n"
    assert text == (CODE / "tests" / "bad" / rule / "expected.txt").read_text("utf-8")


def test_every_rule_has_an_example() -> None:
    from portal.wording.samples import WORDING

    assert sorted(WORDING) == EXAMPLES
