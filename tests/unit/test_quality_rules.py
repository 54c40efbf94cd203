"""Rules about quality beyond single cells: each has a broken example and says exactly what stands beside it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from portal.catalogue import read_catalogue
from portal.checks.files import check_files
from portal.checks.judging import EXCUSABLE, check_entries, judge
from portal.checks.qualityrules import QUALITY_CITY_RULES, QUALITY_EXCUSABLE, QUALITY_RULES, QUALITY_WARNINGS
from portal.checks.references import check_references
from portal.problems import Lang, Problem
from portal.report import render
from portal.settings import CODE, SHANGHAI
from portal.wording import quality
from tests.catalogues import lay_example, settings_for

BAD = CODE / "tests" / "bad"
DAY = datetime(2026, 10, 20, 10, 0, tzinfo=SHANGHAI)


def problems_of(root: Path) -> list[Problem]:
    settings = settings_for(root, now=DAY)
    read = read_catalogue(settings)
    files = check_files(read, settings)
    problems = [*read.problems, *check_entries(read, settings), *files.problems]
    problems += check_references(read, settings, files.prepared).problems
    return judge([one for one in problems if one.rule in quality.WORDING], read, settings)


def told(rule: str, tmp_path: Path, lang: Lang) -> str:
    found = problems_of(lay_example(BAD / rule, tmp_path / "city"))
    return render([one for one in found if one.rule in quality.WORDING], "text", lang) + "\n"


@pytest.mark.parametrize("rule", sorted(quality.WORDING))
def test_example_says_what_is_expected(rule: str, tmp_path: Path) -> None:
    text = told(rule, tmp_path, "zh")
    assert text == (BAD / rule / "expected.txt").read_text("utf-8")
    assert f"[{rule}]" in text


@pytest.mark.parametrize("rule", sorted(quality.WORDING))
def test_english_is_complete(rule: str, tmp_path: Path) -> None:
    text = told(rule, tmp_path, "en")
    assert f"[{rule}]" in text
    assert "''" not in text
    assert "{" not in text.replace("{left: start", "")


def test_every_rule_is_known_to_the_tables() -> None:
    assert {*QUALITY_RULES, *QUALITY_CITY_RULES} <= set(quality.WORDING)
    assert set(quality.WORDING) >= QUALITY_WARNINGS | QUALITY_EXCUSABLE
    assert EXCUSABLE >= QUALITY_EXCUSABLE
