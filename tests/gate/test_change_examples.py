"""Each rule about changes has a broken example, in a real repository, and says exactly what stands beside it."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import pytest
from rich.console import Console

from portal import pipeline
from portal.checks.changes import CASE_RULES, CITY_RULES, GONE_RULES, NEW_RULES, PAIR_RULES, WITHDRAWN
from portal.problems import Lang, Problem
from portal.progress import Progress
from portal.report import render
from portal.settings import CODE, SHANGHAI
from portal.wording.changes import WORDING
from tests.catalogues import settings_for
from tests.gate.examples import lay_base, lay_change

BAD = CODE / "tests" / "bad"
DAY = datetime(2026, 10, 20, 10, 0, tzinfo=SHANGHAI)
QUIET = Progress("zh", Console(file=io.StringIO()))


def problems_of(root: Path, since: str | None = "HEAD") -> list[Problem]:
    """What the rules about changes say; those of the other families have their own examples."""
    checked = pipeline.check(settings_for(root, now=DAY), QUIET, since)
    unread = [one for one in checked.reading.problems if one.level == "error"]
    assert not unread
    return [one for one in checked.problems if one.rule in WORDING]


def report_of(rule: str, root: Path, lang: Lang) -> str:
    lay_base(BAD / rule, root)
    lay_change(BAD / rule, root)
    return render(problems_of(root), "text", lang) + "\n"


@pytest.mark.parametrize("rule", sorted(WORDING))
def test_example_says_what_is_expected(rule: str, tmp_path: Path) -> None:
    text = report_of(rule, tmp_path / "city", "zh")
    assert text == (BAD / rule / "expected.txt").read_text("utf-8")
    assert f"[{rule}]" in text


@pytest.mark.parametrize("rule", ["type-change-unrecorded", "column-removed", "tombstone-digests", "paper-authority"])
def test_english_is_complete(rule: str, tmp_path: Path) -> None:
    lines = report_of(rule, tmp_path / "city", "en").splitlines()
    chinese = (BAD / rule / "expected.txt").read_text("utf-8").splitlines()
    assert [line.split(": ")[0] for line in lines[:-1]] == [line.split(": ")[0] for line in chinese[:-1]]
    assert not [line for line in lines if "None" in line or "{}" in line or "''" in line]


def test_every_rule_has_words_and_every_word_a_rule() -> None:
    judged = {*CASE_RULES, *CITY_RULES, *GONE_RULES, *NEW_RULES, *PAIR_RULES, WITHDRAWN}
    assert judged == set(WORDING)
