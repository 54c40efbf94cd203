"""The rules about personal data: what a department is told, what it can be excepted from, and that nothing is in clear."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from portal.catalogue import read_catalogue
from portal.checks import check_entries, judge
from portal.checks.files import check_files
from portal.problems import Problem
from portal.report import render
from portal.settings import CODE
from portal.wording.personal import COLUMNS, ENTRY
from tests.catalogues import lay_example, settings_for
from tests.unit.test_bad_examples import DAY

BAD = CODE / "tests" / "bad"
IDS = ["110101190001010014", "110101190001010030"]
MOBILE = "13800000000"


def problems_of(root: Path, now: Any = DAY) -> list[Problem]:
    settings = settings_for(root, now=now)
    read = read_catalogue(settings)
    files = check_files(read, settings)
    return judge([*read.problems, *check_entries(read, settings), *files.problems], read, settings)


def personal(root: Path, now: Any = DAY) -> list[Problem]:
    return [one for one in problems_of(root, now) if one.rule.startswith(("personal-", "allow-"))]


@pytest.mark.parametrize("rule", [*COLUMNS, *ENTRY])
def test_example_says_what_is_expected(rule: str, tmp_path: Path) -> None:
    text = render(personal(lay_example(BAD / rule, tmp_path / "city")), "text", "zh") + "\n"
    assert f"[{rule}]" in text
    assert text == (BAD / rule / "expected.txt").read_text("utf-8")


@pytest.mark.parametrize("rule", [*COLUMNS, *ENTRY])
def test_english_is_complete(rule: str, tmp_path: Path) -> None:
    text = render(personal(lay_example(BAD / rule, tmp_path / "city")), "text", "en")
    assert f"[{rule}]" in text
    assert "''" not in text
    assert "{" not in text
