"""Every rule is complete, and the reference of the rules is what the machine does."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest

from portal.problems import Problem
from portal.report import line
from portal.wording import WORDING
from tests import rulebook

WITHOUT_EXAMPLE = frozenset(
    {
        "file-outside",  # `file-path` speaks of the entry first; said only of a file that changes while it is read
        "workbook-too-large",  # needs a workbook of 256 MiB, of cells that take 512 MiB, or minutes: tests/unit/test_tablefile.py
        "workbook-memory",
        "workbook-too-slow",
        "release-lost",  # come up while earlier releases are made from Git's history: tests/unit/takeaway/
        "release-shallow",
        "release-unreadable",
        "release-without-git",
    }
)


@cache
def made() -> dict[str, Any]:
    return rulebook.book()


def test_the_reference_is_current() -> None:
    told = "run: .venv/bin/python -m tests.rulebook"
    assert rulebook.BOOK.read_text("utf-8") == rulebook.as_json(made()), told
    assert rulebook.PAGE.read_text("utf-8") == rulebook.page(made()), told


def test_every_family_of_rules_has_a_title() -> None:
    assert [name for name, _ in rulebook.families() if name not in rulebook.TITLES] == []
    assert {rule for _, rules in rulebook.families() for rule in rules} == set(WORDING)


@pytest.mark.parametrize("rule", sorted(WORDING))
def test_every_rule_has_its_words_in_both_languages(rule: str) -> None:
    message, advice = WORDING[rule]
    assert message.zh
    assert advice.zh
    assert message.en
    assert advice.en
    assert re.search("[\u4e00-\u9fff]", message.zh)
    assert not re.search("[\u4e00-\u9fff]", re.sub(r"“[^”]*”|《[^》]*》|\\([^)]*\\)|（[^）]*）", "", message.en))
    assert line(Problem(rule, "a.yml"), "zh") != line(Problem(rule, "a.yml"), "en")


@pytest.mark.parametrize("rule", sorted(WORDING))
def test_every_rule_has_a_broken_example_that_names_it(rule: str) -> None:
    facts = made()["rules"][rule]
    assert facts["level"] in ("error", "warning")
    if rule not in WITHOUT_EXAMPLE:
        assert (rulebook.BAD / rule).is_dir()
        assert facts["told"], "expected.txt does not name the rule"
        assert facts["examples"] or facts["command"]
