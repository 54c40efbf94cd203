"""What the documents say is true: commands, targets, links, paths and rules exist, the example passes, messages are real."""

from __future__ import annotations

import io
import re
import shlex
import shutil
import subprocess
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from build import parser
from portal import pipeline
from portal.problems import Lang, Problem, errors_in
from portal.progress import Progress
from portal.report import line
from portal.review import Verdict, review
from portal.service.desk import _parser as desk_parser
from portal.wording import WORDING
from tests.catalogues import settings_for

CODE = Path(__file__).parents[2]
GUIDE = CODE / "CONTRIBUTING.md"
README = CODE / "README.md"
TRACKED = subprocess.run(
    ["git", "ls-files", "-z", "*.md"], cwd=CODE, capture_output=True, text=True, check=True
).stdout.split("\0")
DOCS = [CODE / name for name in TRACKED if name and not name.startswith("site_src/")]
PAGES = [CODE / name for name in TRACKED if name.startswith("site_src/")]
QUIET = Progress("zh", Console(file=io.StringIO()))
PLACEHOLDERS = {"DIR": ".", "文件夹": ".", "N": "1", "…": "x", "VERB": "list", "STEP": "work_order"}
NO_RULES = {"empty-values"}  # what a broken example of docs/rules.md excuses
OURS = ("portal", "tests", "docs", "deploy", "site_src", "schemas", "datasette_config", ".ci", "requirements")


def code_of(path: Path) -> Iterator[str]:
    """Code spans and the lines of code blocks, comments taken off."""
    text = path.read_text("utf-8")
    for block in re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        yield from (re.split(r"(?:^| )#", row)[0] for row in block.splitlines())
    yield from re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE))


def commands(path: Path) -> list[list[str]]:
    """The words after `build.py`, with values for placeholders; `[optional]` words are left out."""
    found = [code.partition("build.py")[2] for code in code_of(path) if re.search(r"\bbuild\.py($|\s)", code)]
    found += [f" {code}" for code in code_of(path) if code.startswith("desk ")]
    return [
        [PLACEHOLDERS.get(word, word) for word in shlex.split(rest.split("&&")[0]) if not word.startswith("[")]
        for rest in found
    ]


def verbs_of(top: ArgumentParser) -> set[str]:
    choices = [action.choices for action in top._actions if isinstance(action.choices, dict)]
    return set(choices[0])


def judged(words: list[str]) -> None:
    """Parse a command as the front door would; argparse ends the program on a wrong one."""
    taken = parser().parse_args(words)
    inner = getattr(taken, "words", [])
    if inner[:1] == ["usage"]:
        assert inner == ["usage", "import"]
    elif words[:1] == ["desk"] and inner != ["x"]:
        desk_parser().parse_args(inner)


@pytest.mark.parametrize("path", [*DOCS, *PAGES], ids=lambda path: str(path.relative_to(CODE)))
def test_every_command_can_be_typed(path: Path) -> None:
    in_prose = "decisions" in path.parts  # there a command is named, not shown
    for words in commands(path):
        if words in ([], ["x"]) or in_prose:
            assert not words or words[0] in {*verbs_of(parser()), "x"}
        else:
            judged(words)


def test_the_table_of_commands_names_every_verb() -> None:
    table = README.read_text("utf-8").split("## Commands")[1].split("\n## ")[0]
    rows = [row.split("|")[1] for row in table.splitlines() if row.startswith("| `")]
    named = {word for row in rows for word in re.findall(r"build\.py (\w+)", row)}
    assert named == verbs_of(parser())
    desk = {word for row in rows for word in re.findall(r"desk (\w+)", row)}
    assert desk == verbs_of(desk_parser()) | {"usage"}


def test_the_help_of_the_front_door_names_every_verb_of_the_desk() -> None:
    choices = next(action.choices for action in parser()._actions if isinstance(action.choices, dict))
    told = " ".join(choices["desk"].format_help().split())
    listed = told.partition("; more by")[0].rpartition("… ")[2]
    assert set(listed.split(", ")) == verbs_of(desk_parser()) | {"usage"}


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(CODE)))
def test_every_make_target_exists(path: Path) -> None:
    makefile = (CODE / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    for code in code_of(path):
        for found in re.findall(r"(?:^|kaishu )make((?: [a-z-]+)+)", code):
            assert set(found.split()) <= targets, code


@pytest.mark.parametrize("path", [*DOCS, *PAGES], ids=lambda path: str(path.relative_to(CODE)))
def test_every_relative_link_leads_somewhere(path: Path) -> None:
    text = re.sub(r"^```.*?^```", "", path.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:|/", target):
            continue
        name, _, anchor = target.partition("#")
        leads_to = path.parent / name if name else path
        assert leads_to.exists(), target
        assert not anchor or anchor in anchors(leads_to), target


def anchors(path: Path) -> set[str]:
    """The anchors that forges give to headings."""
    headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(CODE)))
def test_every_path_of_ours_exists(path: Path) -> None:
    for code in code_of(path):
        if re.fullmatch(r"[\w.-]+/[\w./-]*", code) and code.split("/")[0] in OURS:
            assert (CODE / code).exists(), code


@pytest.mark.parametrize("path", [*DOCS, *PAGES], ids=lambda path: str(path.relative_to(CODE)))
def test_every_rule_exists(path: Path) -> None:
    text = path.read_text("utf-8")
    named = re.findall(r"\[([a-z]+(?:-[a-z]+)+)\](?!\()", text) + re.findall(r"\brule: ([a-z-]+)", text)
    assert set(named) <= WORDING.keys() | NO_RULES


def test_messages_name_only_commands_that_exist() -> None:
    for rule, words in WORDING.items():
        for text in (words.message.zh, words.message.en, words.advice.zh, words.advice.en):
            for before, verb in re.findall(r"(\S*) ?build\.py (\w+)", text):
                assert verb in verbs_of(parser()), rule
                assert before.endswith(".venv/bin/python"), rule


# --- the guide for departments, followed to the letter


def block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```", GUIDE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    assert found, language
    return found[1]


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """The city of this repository with nothing but the guide's example."""
    (tmp_path / "catalog" / "mzj").mkdir(parents=True)
    (tmp_path / "datasets" / "mzj").mkdir(parents=True)
    for name in ("portal.yml", "domains.yml", "mzj/department.yml"):
        shutil.copy(CODE / "catalog" / name, tmp_path / "catalog" / name)
    _, *records = (CODE / "catalog/officers.yml").read_text("utf-8").split("- department: ")
    own = next(one for one in records if one.startswith("mzj\n"))
    (tmp_path / "catalog/officers.yml").write_text(f"- department: {own}", "utf-8")
    (tmp_path / "catalog/mzj/marriage-offices.yml").write_text(block("yaml"), "utf-8")
    (tmp_path / "datasets/mzj/marriage-offices.csv").write_text(block("csv"), "utf-8")
    return tmp_path


def problems(city: Path) -> tuple[Problem, ...]:
    return pipeline.check(settings_for(city), QUIET).problems


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_example_needs_nothing_but_its_review(city: Path, encoding: str) -> None:
    data = city / "datasets/mzj/marriage-offices.csv"
    data.write_bytes(block("csv").replace("\n", "\r\n").encode(encoding))
    assert [one.rule for one in errors_in(problems(city))] == ["review-missing"]
    words = next(words for words in commands(GUIDE) if words[:1] == ["review"])
    told = parser().parse_args(words)
    verdict = Verdict(told.kind, told.result, told.by, told.document, told.note)
    review(settings_for(city), QUIET, told.id, verdict)
    assert errors_in(problems(city)) == []


@pytest.mark.parametrize(("path", "lang"), [(GUIDE, "zh"), (CODE / "README.md", "en")])
def test_the_message_that_is_shown_is_a_real_one(city: Path, path: Path, lang: Lang) -> None:
    data = city / "datasets/mzj/marriage-offices.csv"
    data.write_text(block("csv").replace("0502,", "502,"), "utf-8")
    (problem,) = [one for one in problems(city) if one.rule == "pattern-value"]
    assert line(problem, lang) in path.read_text("utf-8").splitlines()


def test_common_cases_of_the_guide_work(city: Path) -> None:
    """Texts for no value with a reason, and a date as spreadsheet programs write it."""
    guide = GUIDE.read_text("utf-8")
    missing = re.search(r"`(missingValues: .*?)`", guide)
    allow = re.search(r"`(allow: .*?)`", guide)
    form = re.search(r"`(format: .*?)`", guide)
    assert missing
    assert allow
    assert form
    opened = (
        "        - {name: 开办日期, title: 开办日期, type: date, description: 开始办理登记的日子, " + form[1] + "}\n"
    )
    entry = block("yaml").replace("    schema:\n", f"    schema:\n      {missing[1]}\n") + opened
    entry += allow[1].replace("列名", "咨询电话") + "\n"
    (city / "catalog/mzj/marriage-offices.yml").write_text(entry, "utf-8")
    rows = "登记处编号,名称,地址,咨询电话,开办日期\n0501,甲,甲路1号,无,2025/3/1\n0502,乙,乙路2号,/,2025/12/31\n"
    (city / "datasets/mzj/marriage-offices.csv").write_text(rows, "utf-8")
    assert [one.rule for one in errors_in(problems(city))] == ["review-missing"]
