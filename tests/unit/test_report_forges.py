"""Annotations and SARIF: exact text, escaping, limits, and fingerprints that last."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from portal.problems import Problem
from portal.report import About, render
from portal.report.sarif import MOST
from portal.wording import WORDING

SITE = "https://data.example.org"
UNKNOWN = {"found": "ponds", "choices": "parks（公园）", "choices_en": "parks"}
ERROR = Problem("domain-unknown", "catalog/ylj/parks.yml", 4, UNKNOWN, dataset="parks", article="《某市细则》第九条")
WARNING = Problem("stray-file", "catalog/a.txt", level="warning")
SCHEMA = Draft4Validator(json.loads((Path(__file__).parents[1] / "standards" / "sarif-2.1.0.json").read_text("utf-8")))


def cell(row: int, value: str = "502") -> Problem:
    values = {"number": str(row), "value": value, "pattern": r"\d{4}"}
    return Problem("pattern-value", "datasets/ylj/a.csv", values=values, dataset="parks", field="编号", row=row)


def annotations(*problems: Problem, lang: str = "zh") -> list[str]:
    return render(problems, "github", lang).splitlines()  # type: ignore[arg-type]


def test_an_annotation_names_file_line_and_rule() -> None:
    assert annotations(ERROR, WARNING) == [
        (
            "::error file=catalog/ylj/parks.yml,line=4,title=错误 domain-unknown::"
            "没有编号为“ponds”的数据领域。可选：parks（公园）（见 catalog/domains.yml）。 依据：《某市细则》第九条"
        ),
        (
            "::warning file=catalog/a.txt,title=提醒 stray-file::"
            "目录里有不认识的文件。条目以 .yml 结尾；数据文件请放到 datasets/ 下；说明文字用 .md。"
        ),
        "2 个文件中有 1 个错误、1 个提醒。",
    ]
    assert annotations(ERROR, lang="en")[0] == (
        "::error file=catalog/ylj/parks.yml,line=4,title=error domain-unknown::"
        "There is no domain 'ponds'. Choose one of: parks (catalog/domains.yml). Basis: 《某市细则》第九条"
    )


def test_nothing_wrong() -> None:
    assert annotations() == ["没有发现问题。"]
    assert json.loads(render([], "sarif", "zh"))["runs"][0]["results"] == []


def test_signs_that_end_a_property_or_a_message_are_escaped() -> None:
    odd = Problem(
        "domain-unknown", "catalog/a,b:c%.yml", 1, {"found": "100%\r\n::error::x", "choices": "##[add-mask]y"}
    )
    (line, _) = annotations(odd)
    assert line.startswith("::error file=catalog/a%2Cb%3Ac%25.yml,line=1,title=错误 domain-unknown::")
    assert "“100%25" in line
    assert "##[" not in line
    assert "\r" not in line


def test_the_ten_that_show_tell_most_and_the_others_are_lines_of_the_log() -> None:
    soft = [replace(WARNING, path=f"catalog/{number:02}.txt") for number in range(15)]
    lines = annotations(*(cell(row) for row in range(2, 30)), ERROR, *soft)
    shown = [line for line in lines if line.startswith("::error")]
    assert len(shown) == 10
    assert [line.split(",")[0] for line in shown[:2]] == [
        "::error file=catalog/ylj/parks.yml",
        "::error file=datasets/ylj/a.csv",
    ]
    assert len([line for line in lines if line.startswith("::warning")]) == 10
    start = next(number for number, line in enumerate(lines) if line.startswith("::stop-commands::"))
    word = lines[start].removeprefix("::stop-commands::")
    end = lines.index(f"::{word}::")
    told = lines[start + 1 : end]
    assert len([line for line in told if "[pattern-value]" in line]) == 19
    assert len([line for line in told if "[stray-file]" in line]) == 5
    assert lines[-1] == "17 个文件中有 29 个错误、15 个提醒。"


def test_what_a_stranger_wrote_is_no_command_in_the_log() -> None:
    odd = [cell(row, "##[error]x\n::set-output name=a::b") for row in range(2, 30)]
    lines = annotations(*odd)
    inside = False
    for line in lines:
        if line.startswith("::stop-commands::"):
            inside = True
        elif line.startswith("::kaishu-"):
            inside = False
        elif line.startswith("::"):
            assert line.startswith("::error file=datasets/ylj/a.csv,")
            assert not inside
        assert "##[" not in line


def test_a_row_stands_on_the_line_where_it_begins(tmp_path: Path) -> None:
    (tmp_path / "datasets/ylj").mkdir(parents=True)
    text = '编号,备注\n0001,"一\n二，""三""\n四"\n502,x\n503,"五\n六"\n504,y\n'
    (tmp_path / "datasets/ylj/a.csv").write_bytes(text.encode("gb18030"))
    found = [cell(2), cell(3), cell(4), cell(5), replace(cell(2), path="datasets/ylj/missing.csv")]
    found += [replace(cell(2), path="datasets/ylj/a.xlsx")]
    rows = json.loads(render(found, "json", "zh", About(root=tmp_path)))
    assert [(row["path"][13:], row["row"], row["line"]) for row in rows] == [
        ("a.csv", 2, 2),
        ("a.csv", 3, 5),
        ("a.csv", 4, 6),
        ("a.csv", 5, 8),
        ("a.xlsx", 2, None),
        ("missing.csv", 2, None),
    ]


# --- SARIF


def log(*problems: Problem, lang: str = "zh", site: str = SITE) -> dict[str, Any]:
    written = json.loads(render(problems, "sarif", lang, About(site)))  # type: ignore[arg-type]
    assert list(SCHEMA.iter_errors(written)) == []
    return written


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_rule_makes_a_log_that_the_standard_allows(lang: str) -> None:
    run = log(*(Problem(rule, "catalog/ylj/parks.yml", 1) for rule in WORDING), lang=lang)["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert {rule["id"] for rule in rules} == set(WORDING)
    assert all(rule["help"]["text"].strip("…") and rule["shortDescription"]["text"].strip("…") for rule in rules)
    prefix = f"{SITE}/en/help/rules/#" if lang == "en" else f"{SITE}/help/rules/#"
    assert all(rule["helpUri"] == prefix + rule["id"] for rule in rules)
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])


def test_a_result_says_what_where_and_by_which_article() -> None:
    (result,) = log(ERROR)["runs"][0]["results"]
    mark = result.pop("partialFingerprints")
    assert set(mark) == {"primaryLocationLineHash", "kaishuProblem/v1"}
    assert result == {
        "ruleId": "domain-unknown",
        "ruleIndex": 0,
        "level": "error",
        "message": {
            "text": "没有编号为“ponds”的数据领域。可选：parks（公园）（见 catalog/domains.yml）。 依据：《某市细则》第九条"
        },
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "catalog/ylj/parks.yml", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 4},
                }
            }
        ],
        "properties": {"article": "《某市细则》第九条", "dataset": "parks"},
    }


def test_file_names_are_addresses_and_texts_have_neither_links_nor_placeholders() -> None:
    odd = Problem("domain-unknown", "datasets/ylj/公园 #1.csv", values={"found": "[x](https://evil.example) {0}"})
    (result,) = log(odd, Problem("domain-unknown", "a\udcff.yml"), site="")["runs"][0]["results"][1:]
    assert (
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        == "datasets/ylj/%E5%85%AC%E5%9B%AD%20%231.csv"
    )
    assert "[x] (https://evil.example) {{0}}" in result["message"]["text"]


def test_a_file_name_that_is_no_text_can_be_told_in_every_format() -> None:
    broken = Problem("domain-unknown", "catalog/ylj/\udcff.yml", 1)
    for fmt in ("text", "json", "markdown", "github", "sarif"):
        render([broken], fmt, "zh", About(SITE)).encode()  # type: ignore[arg-type]


def fingerprints(*problems: Problem) -> list[str]:
    return [one["partialFingerprints"]["primaryLocationLineHash"] for one in log(*problems)["runs"][0]["results"]]


def test_fingerprints_last_when_lines_move() -> None:
    assert fingerprints(ERROR) == fingerprints(replace(ERROR, line=40))
    assert fingerprints(cell(2), cell(9)) == fingerprints(cell(12), cell(19))
    assert fingerprints(ERROR) == fingerprints(WARNING, ERROR)[1:]


def test_fingerprints_tell_problems_apart() -> None:
    others = [
        cell(2),
        cell(3),  # says the same about another row: the second of its kind
        cell(4, "503"),
        replace(cell(2), field="名称"),
        replace(cell(2), path="datasets/ylj/b.csv"),
        replace(cell(2), rule="enum-value"),
        ERROR,
    ]
    assert len(set(fingerprints(*others))) == len(others)


def test_more_than_a_forge_takes_is_cut_and_it_says_so() -> None:
    run = json.loads(render([cell(row) for row in range(MOST + 3)], "sarif", "zh"))["runs"][0]
    assert len(run["results"]) == MOST
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"] == "还有 3 个问题没有列出。"
