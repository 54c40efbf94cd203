"""How problems print: for people (text), for other programs (JSON). One line a problem, then a count.

`catalog/mzj/a.yml:14: 句子。建议。 [rule] 依据：《…》第…条`
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal

from rich.console import Console
from rich.text import Text

from portal.problems import Exit, Lang, Problem, errors_in, in_order, printable
from portal.wording import WORDING

Format = Literal["text", "json"]

LEVELS: dict[Lang, dict[str, str]] = {
    "zh": {"error": "", "warning": "提醒："},
    "en": {"error": "", "warning": "warning: "},
}


class _Blank(dict[str, str]):
    """A placeholder without a value stays empty: a report must never fail."""

    def __missing__(self, key: str) -> str:
        return ""


def message(problem: Problem, lang: Lang) -> str:
    """What is wrong."""
    return _said(problem, 0, lang)


def advice(problem: Problem, lang: Lang) -> str:
    """What to do."""
    return _said(problem, 1, lang)


def _said(problem: Problem, part: int, lang: Lang) -> str:
    wording = WORDING[problem.rule][part]
    template = wording.zh if lang == "zh" else wording.en
    return template.format_map(_Blank(_filled(problem))).strip()


def _filled(problem: Problem) -> Mapping[str, str]:
    """The sentence's values; row, column and dataset may be named as well."""
    extra = {"row": str(problem.row or ""), "field": problem.field or "", "dataset": problem.dataset or ""}
    return {**extra, **problem.values}


def place(problem: Problem) -> str:
    """`path:line`, or the path alone where the whole file is meant."""
    return problem.path if problem.line is None else f"{problem.path}:{problem.line}"


def line(problem: Problem, lang: Lang) -> str:
    """The problem on one line; nothing that a department wrote acts on the terminal."""
    gap = "" if lang == "zh" else " "
    said = f"{LEVELS[lang][problem.level]}{message(problem, lang)}{gap}{advice(problem, lang)}".strip()
    parts = [f"{place(problem)}: {said}", f"[{problem.rule}]"]
    if problem.article:
        parts.append(f"依据：{problem.article}" if lang == "zh" else f"Basis: {problem.article}")
    return printable(" ".join(parts).replace("\n", " "))


def summary(problems: Iterable[Problem], lang: Lang) -> str:
    """The last line: how many, in how many files."""
    listed = list(problems)
    count, files = Counter(problem.level for problem in listed), len({problem.path for problem in listed})
    if not listed:
        return "没有发现问题。" if lang == "zh" else "No problems found."
    if lang == "zh":
        return f"{files} 个文件中有 {count['error']} 个错误、{count['warning']} 个提醒。"
    return f"{count['error']} errors and {count['warning']} warnings in {files} files."


def as_json(problems: Iterable[Problem], lang: Lang) -> str:
    """A JSON list of {path, line, rule, level, message, advice, article, dataset, field, row} (design §8)."""
    rows = [
        {
            "path": one.path,
            "line": one.line,
            "rule": one.rule,
            "level": one.level,
            "message": message(one, lang),
            "advice": advice(one, lang),
            "article": one.article,
            "dataset": one.dataset,
            "field": one.field,
            "row": one.row,
        }
        for one in in_order(problems)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def render(problems: Iterable[Problem], fmt: Format, lang: Lang) -> str:
    """The whole report as plain text; the same problems always give the same text."""
    ordered = in_order(problems)
    if fmt == "json":
        return as_json(ordered, lang)
    return "\n".join([*(line(problem, lang) for problem in ordered), summary(ordered, lang)])


def show(problems: Iterable[Problem], lang: Lang, console: Console) -> None:
    """Print for a person: the same lines, with colours where the console is a terminal."""
    ordered = in_order(problems)
    for problem in ordered:
        text = Text(line(problem, lang))
        text.stylize("bold", 0, len(place(problem)))
        text.highlight_words([f"[{problem.rule}]"], "dim")
        text.highlight_words([message(problem, lang)], "red" if problem.level == "error" else "yellow")
        console.print(text, soft_wrap=True)
    console.print(Text(summary(ordered, lang), style="bold"))


def exit_code(problems: Iterable[Problem]) -> Exit:
    """1 where anything stops a build; warnings don't."""
    return Exit.PROBLEMS if errors_in(problems) else Exit.DONE


def within(problems: Iterable[Problem], paths: Sequence[str], root: Path) -> list[Problem]:
    """Only the problems of these files or folders (as typed, from the working folder); all of them if none is named."""
    wanted = [Path(path).resolve() for path in paths]
    return [one for one in problems if not wanted or any((root / one.path).resolve().is_relative_to(p) for p in wanted)]
