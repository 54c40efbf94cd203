"""How problems print, exactly."""

from __future__ import annotations

import io
import json
from pathlib import Path

from rich.console import Console

from portal.problems import Exit, Problem
from portal.report import exit_code, render, show, within
from portal.wording import WORDING

ERROR = Problem(
    "domain-unknown",
    "catalog/ylj/parks.yml",
    4,
    {"found": "ponds", "choices": "parks（公园）", "choices_en": "parks"},
    dataset="parks",
    article="《某市细则》第九条",
)
WARNING = Problem("stray-file", "catalog/a.txt", level="warning")


def test_text_in_chinese() -> None:
    assert render([ERROR, WARNING], "text", "zh") == (
        "catalog/a.txt: 提醒：目录里有不认识的文件。条目以 .yml 结尾；数据文件请放到 datasets/ 下；说明文字用 .md。"
        " [stray-file]\n"
        "catalog/ylj/parks.yml:4: 没有编号为“ponds”的数据领域。可选：parks（公园）（见 catalog/domains.yml）。"
        " [domain-unknown] 依据：《某市细则》第九条\n"
        "2 个文件中有 1 个错误、1 个提醒。"
    )


def test_text_in_english() -> None:
    assert render([ERROR], "text", "en") == (
        "catalog/ylj/parks.yml:4: There is no domain 'ponds'. Choose one of: parks (catalog/domains.yml)."
        " [domain-unknown] Basis: 《某市细则》第九条\n"
        "1 error and 0 warnings in 1 file."
    )


def test_many_problems_end_in_a_recap_that_says_where_the_whole_list_is() -> None:
    cells = [Problem("pattern-value", "datasets/ylj/a.csv", row=row) for row in range(2, 60)]
    values = {"rule": "pattern-value", "count": "100", "listed": "58", "left": "42", "report": "_build/reports/a.csv"}
    more = Problem("more-rows", "datasets/ylj/a.csv", values=values)
    told = render([*cells, more, ERROR, WARNING], "text", "zh").splitlines()
    assert told[-5:] == [
        "各类问题的数目：",
        "     100  [pattern-value]  datasets/ylj/a.csv → 完整清单 _build/reports/a.csv",
        "       1  [domain-unknown]  catalog/ylj/parks.yml",
        "       1  [stray-file]  catalog/a.txt",
        "3 个文件中有 101 个错误、1 个提醒。",
    ]
    english = render([*cells, more, ERROR, WARNING], "text", "en").splitlines()
    assert english[-5:] == [
        "By rule:",
        "     100  [pattern-value]  datasets/ylj/a.csv → whole list: _build/reports/a.csv",
        "       1  [domain-unknown]  catalog/ylj/parks.yml",
        "       1  [stray-file]  catalog/a.txt",
        "101 errors and 1 warning in 3 files.",
    ]


def test_lists_have_the_commas_of_the_language() -> None:
    empty = Problem("empty-value", "a.csv", values={"count": "2", "rows": "2、3", "value": "甲、乙"}, field="名称")
    assert "第 2、3 行" in render([empty], "text", "zh")
    assert "rows 2, 3." in render([empty], "text", "en")


def test_an_entry_stands_for_its_data_files(tmp_path: Path) -> None:
    row = Problem("blank-row", "datasets/ylj/parks.csv", dataset="parks")
    other = Problem("blank-row", "datasets/ylj/ponds.csv", dataset="ponds")
    entry = str(tmp_path / "catalog" / "ylj" / "parks.yml")
    assert within([row, ERROR, other], [entry], tmp_path) == [row, ERROR]
    assert within([row, ERROR, other], [str(tmp_path / "datasets")], tmp_path) == [row, other]


def test_nothing_wrong() -> None:
    assert render([], "text", "zh") == "没有发现问题。"
    assert render([], "text", "en") == "No problems found."
    assert render([], "json", "zh") == "[]"


def test_json_has_every_key() -> None:
    rows = json.loads(render([ERROR], "json", "zh"))
    assert rows == [
        {
            "path": "catalog/ylj/parks.yml",
            "line": 4,
            "rule": "domain-unknown",
            "level": "error",
            "message": "没有编号为“ponds”的数据领域。",
            "advice": "可选：parks（公园）（见 catalog/domains.yml）。",
            "article": "《某市细则》第九条",
            "dataset": "parks",
            "field": None,
            "row": None,
        }
    ]


def test_exit_code() -> None:
    assert exit_code([ERROR, WARNING]) is Exit.PROBLEMS
    assert exit_code([WARNING]) is Exit.DONE
    assert exit_code([]) is Exit.DONE


def test_same_problems_same_text_in_any_order() -> None:
    assert render([ERROR, WARNING], "text", "zh") == render([WARNING, ERROR], "text", "zh")


def test_values_with_braces_and_brackets_are_only_text() -> None:
    odd = Problem("domain-unknown", "a.yml", 1, {"found": "{x} [bold]红[/bold] %s", "choices": "{}"})
    assert "“{x} [bold]红[/bold] %s”" in render([odd], "text", "zh")
    out = io.StringIO()
    show([odd], "zh", Console(file=out, force_terminal=False, width=40))
    assert out.getvalue() == render([odd], "text", "zh") + "\n"


def test_what_a_department_wrote_never_acts_on_the_terminal() -> None:
    odd = Problem("domain-unknown", "a.yml", 1, {"found": "\x1b[2J\u202e\x07\nb", "choices": ""})
    assert render([odd], "text", "zh").splitlines()[0].startswith("a.yml:1: 没有编号为“\\u001b[2J\\u202e\\u0007 b”")


def test_colours_only_on_a_terminal() -> None:
    plain, coloured = io.StringIO(), io.StringIO()
    show([ERROR], "zh", Console(file=plain, force_terminal=False))
    show([ERROR], "zh", Console(file=coloured, force_terminal=True, color_system="standard"))
    assert "\x1b" not in plain.getvalue()
    assert "\x1b[" in coloured.getvalue()


def test_words_of_every_rule_can_be_filled() -> None:
    """A missing value must never break a report: every sentence prints, in both languages, with nothing at all."""
    for rule in WORDING:
        text = render([Problem(rule, "a.yml", 1)], "text", "zh") + render([Problem(rule, "a.yml", 1)], "text", "en")
        assert f"[{rule}]" in text
