"""Each rule about YAML, entries and links has a broken example, and says exactly what stands beside it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from portal.catalogue import read_catalogue
from portal.checks.judging import CITY_RULES, DATASET_RULES, check_entries, judge
from portal.problems import CatalogueHasProblems, Lang, Problem
from portal.report import render
from portal.settings import CODE, SHANGHAI
from portal.wording import entry, naming, openness, personal, quality, reading
from tests.catalogues import lay_example, settings_for

BAD = CODE / "tests" / "bad"
RULES = {**reading.WORDING, **entry.WORDING, **naming.WORDING, **openness.WORDING}
DAY = datetime(2026, 10, 20, 10, 0, tzinfo=SHANGHAI)


def problems_of(root: Path) -> list[Problem]:
    settings = settings_for(root, now=DAY)
    try:
        read = read_catalogue(settings)
    except CatalogueHasProblems as found:
        return list(found.problems)
    return judge([*read.problems, *check_entries(read, settings)], read, settings)


def report_of(folder: Path, tmp_path: Path, lang: Lang) -> str:
    return render(problems_of(lay_example(folder, tmp_path / "city")), "text", lang) + "\n"


@pytest.mark.parametrize("rule", [*sorted(RULES), "_everything"])
def test_example_says_what_is_expected(rule: str, tmp_path: Path) -> None:
    text = report_of(BAD / rule, tmp_path, "zh")
    assert text == (BAD / rule / "expected.txt").read_text("utf-8")
    assert rule == "_everything" or f"[{rule}]" in text


@pytest.mark.parametrize("rule", ["_everything", "yaml-escape", "foreign-key-table", "entry-incomplete"])
def test_english_is_complete(rule: str, tmp_path: Path) -> None:
    lines = report_of(BAD / rule, tmp_path, "en").splitlines()
    chinese = (BAD / rule / "expected.txt").read_text("utf-8").splitlines()
    assert [line.split(": ")[0] for line in lines[:-1]] == [line.split(": ")[0] for line in chinese[:-1]]
    assert not [line for line in lines if "None" in line or "{}" in line or "''" in line]


def test_every_rule_has_words_and_every_word_a_rule() -> None:
    judged = {*DATASET_RULES, *CITY_RULES, "allow-impossible", "allow-expired", "allow-unused"}
    judged -= {*quality.ENTRY}  # held by tests/unit/test_quality_rules.py
    judged -= {*personal.WORDING}  # held by tests/unit/test_personal.py
    assert judged == {*entry.WORDING, *naming.WORDING, *openness.WORDING}


def test_no_rule_stands_in_two_families() -> None:
    from portal.wording import files, history, naming, openness, reviews, rows

    tables = [reading.WORDING, entry.WORDING, files.WORDING, rows.WORDING, reviews.WORDING, history.WORDING]
    tables += [naming.WORDING, openness.WORDING, quality.WORDING]
    names = [rule for table in tables for rule in table]
    assert len(names) == len(set(names))


def test_good_catalogue_has_no_problem_but_its_expired_basis() -> None:
    settings = settings_for(CODE / "tests" / "good")
    read = read_catalogue(settings)
    problems = judge([*read.problems, *check_entries(read, settings)], read, settings)
    assert [(problem.rule, problem.level) for problem in problems] == [("basis-not-in-force", "warning")]
    assert len(read.catalogue.departments) == 2
    assert [one.open_type for one in read.catalogue.datasets] == ["conditional", "unconditional", "unconditional"]
