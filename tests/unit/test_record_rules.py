"""Each rule about reviews, approvals, officers, levels and registers has a broken example with its expected text, and
the same entry is judged by hand-made expectations under all five cities' rules.
"""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import pytest
from rich.console import Console

from portal import pipeline
from portal.catalogue import read_catalogue
from portal.checks.judging import check_entries, judge
from portal.checks.oversight import RECORD_CITY_RULES, RECORD_RULES
from portal.checks.proposals import PROPOSAL_RULES
from portal.checks.publications import PUBLICATION_RULES
from portal.checks.topics import TOPIC_RULES
from portal.problems import Lang, Problem
from portal.progress import Progress
from portal.report import render
from portal.settings import CODE, SHANGHAI
from portal.wording import approvals, grading, officers, registers, reviews
from tests.catalogues import lay_example, settings_for

BAD = CODE / "tests" / "bad"
DAY = datetime(2026, 10, 20, 10, 0, tzinfo=SHANGHAI)
QUIET = Progress("zh", Console(file=io.StringIO()))
OTHERS = {*PUBLICATION_RULES, *TOPIC_RULES}  # their examples: test_publication_rules.py, test_topics.py
RECORDS = {**approvals.WORDING, **officers.WORDING, **grading.WORDING, **registers.WORDING}
OF_ENTRIES = sorted(RECORDS.keys() - PROPOSAL_RULES.keys())


def report_of(rule: str, tmp_path: Path, lang: Lang) -> str:
    root = lay_example(BAD / rule, tmp_path / "city")
    settings = settings_for(root, now=DAY)
    found: list[Problem] | tuple[Problem, ...]
    if rule in reviews.WORDING:
        found = pipeline.check(settings, QUIET).problems
    else:
        reading = read_catalogue(settings)
        found = judge([*reading.problems, *check_entries(reading, settings)], reading, settings)
    return render(found, "text", lang) + "\n"


@pytest.mark.parametrize("rule", [*OF_ENTRIES, *sorted(reviews.WORDING)])
def test_example_says_what_is_expected(rule: str, tmp_path: Path) -> None:
    text = report_of(rule, tmp_path, "zh")
    assert text == (BAD / rule / "expected.txt").read_text("utf-8")
    assert f"[{rule}]" in text


@pytest.mark.parametrize(
    "rule", ["approval-missing", "approval-returned", "officer-filing", "source-shared", "review-expired"]
)
def test_english_is_complete(rule: str, tmp_path: Path) -> None:
    lines = report_of(rule, tmp_path, "en").splitlines()
    chinese = (BAD / rule / "expected.txt").read_text("utf-8").splitlines()
    assert [line.split(": ")[0] for line in lines[:-1]] == [line.split(": ")[0] for line in chinese[:-1]]
    assert not [line for line in lines if "None" in line or "{}" in line or "''" in line]


def test_every_rule_has_words_and_every_word_a_rule() -> None:
    assert {*RECORD_RULES, *RECORD_CITY_RULES, *PROPOSAL_RULES} == set(RECORDS) | OTHERS
