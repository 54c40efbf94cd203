"""Who proposes and what goes with a change, in a real repository: separation of duties, new entries, re-grading."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from portal import pipeline
from portal.checks.proposals import PROPOSAL_RULES, names_of
from portal.problems import Problem
from portal.progress import Progress
from portal.report import render
from portal.settings import CODE, SHANGHAI
from tests.catalogues import make_catalogue, review_by_rules, settings_for
from tests.gate.examples import change_entry, complete, lay_base, lay_change, renew_review, take_rules
from tests.gate.repository import begin, commit

BAD = CODE / "tests" / "bad"
DAY = datetime(2026, 10, 20, 10, 0, tzinfo=SHANGHAI)
QUIET = Progress("zh", Console(file=io.StringIO()))
DATA = "datasets/ylj/parks.csv"
CITIES = ("shanghai", "suzhou-draft", "suzhou", "wuxi", "shuangyashan")
GRADED = {"date": "2026-10-10", "by": "数据安全岗（示范）"}


def found(root: Path, since: str = "HEAD", proposer: str | None = None) -> list[Problem]:
    checked = pipeline.check(settings_for(root, now=DAY), QUIET, since, proposer)
    return [one for one in checked.problems if one.rule in PROPOSAL_RULES]


@pytest.mark.parametrize("rule", sorted(PROPOSAL_RULES))
def test_example_says_what_is_expected(rule: str, tmp_path: Path) -> None:
    folder, root = BAD / rule, tmp_path / "city"
    lay_base(folder, root)
    lay_change(folder, root)
    name = folder / "proposer.txt"
    problems = found(root, proposer=name.read_text("utf-8").strip() if name.exists() else None)
    assert render(problems, "text", "zh") + "\n" == (folder / "expected.txt").read_text("utf-8")
    english = render(problems, "text", "en")
    assert "None" not in english
    assert "{}" not in english


def edit(root: Path) -> None:
    path = root / DATA
    path.write_text(path.read_text("utf-8").replace("12.5", "12.6"), "utf-8")


REVIEWER, CLERK = ("ylj-review", "r@example.org"), ("ylj-data", "d@example.org")


@pytest.mark.parametrize(
    ("author", "rules"),
    [
        (REVIEWER, ["reviewer-is-proposer"]),
        (("x", "ylj-review"), ["reviewer-is-proposer"]),  # the account is written as the address
        (("数据安全岗（示范）", "a@example.org"), ["reviewer-is-proposer"]),  # the post itself
        (CLERK, []),
        (("somebody", "s@example.org"), []),
    ],
)
def test_the_author_in_git_is_held_against_the_register(
    author: tuple[str, str], rules: list[str], tmp_path: Path
) -> None:
    root = make_catalogue(tmp_path / "city")
    begin(root)
    edit(root)
    renew_review(root)
    commit(root, "update", author=author)
    assert [one.rule for one in found(root, "HEAD~1")] == rules
    assert found(root, "HEAD~1", proposer="ylj-data") == []
    assert [one.rule for one in found(root, "HEAD~1", proposer="ylj-review <r@example.org>")] == [
        "reviewer-is-proposer"
    ]


def test_who_reviews_the_way_of_updating_does_not_propose_the_update(tmp_path: Path) -> None:
    root = make_catalogue(tmp_path / "city", update_frequency="monthly")
    review_by_rules(root)
    begin(root)
    edit(root)
    assert [one.rule for one in found(root, proposer="ylj-review")] == ["reviewer-is-proposer"]
    assert found(root, proposer="ylj-data") == []


def test_an_old_review_is_no_matter_of_this_change(tmp_path: Path) -> None:
    root = make_catalogue(tmp_path / "city")
    begin(root)
    change_entry(root, summary="城区各公园的编号、名称与面积。")
    assert found(root, proposer="ylj-review") == []


@pytest.mark.parametrize("city", CITIES)
def test_only_shanghai_asks_why_an_entry_is_new(city: str, tmp_path: Path) -> None:
    root = make_catalogue(tmp_path / "city", **complete())
    take_rules(root, city)
    entry = root / "catalog/ylj/parks.yml"
    text = entry.read_text("utf-8")
    entry.unlink()
    begin(root)
    entry.write_text(text, "utf-8")
    assert [one.rule for one in found(root)] == (["entry-ground-missing"] if city == "shanghai" else [])
    change_entry(root, entry_ground={"kind": "demand", "note": "2026 年需求征集第 12 项"})
    assert found(root) == []


TERMS: dict[str, tuple[dict[str, Any], bool]] = {
    "scope": ({"open_scope": "本市企业"}, True),
    "timeliness": ({"update_frequency": "biennial"}, True),
    "wording": ({"summary": "城区各公园的编号、名称与面积。"}, False),
    "scope, graded again": ({"open_scope": "本市企业", "graded": GRADED}, False),
}


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("change", list(TERMS))
def test_only_shuangyashan_asks_for_a_new_grading(change: str, city: str, tmp_path: Path) -> None:
    root = make_catalogue(tmp_path / "city", **complete())
    take_rules(root, city)
    begin(root)
    keys, due = TERMS[change]
    change_entry(root, **keys)
    assert [one.rule for one in found(root)] == (["regrade-missing"] if due and city == "shuangyashan" else [])


def test_a_proposer_has_several_names() -> None:
    assert names_of("甲 <a@example.org>") == {"甲 <a@example.org>", "甲", "a@example.org"}
    assert names_of(" 甲 ") == {"甲"}
    assert names_of("") == frozenset()
