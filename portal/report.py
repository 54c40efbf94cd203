"""How problems print: for people (text), for other programs (JSON). One line a problem, then a count.

`catalog/mzj/a.yml:14: 句子。建议。 [rule] 依据：《…》第…条`

Of many problems the last screen is what people see: it says how often each rule was broken, and where.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal

from rich.console import Console
from rich.text import Text

from portal.problems import Exit, Lang, Problem, errors_in, in_order, printable
from portal.wording import WORDING

Format = Literal["text", "json"]

LISTS = frozenset({"rows", "lines", "places", "names", "formats", "choices", "extra", "missing"})
"""Values that are lists of names or numbers, with Chinese commas."""
MANY = 50
"""Problems from which on a recap follows: more than a screen shows."""
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
    if lang == "zh":
        return wording.zh.format_map(_Blank(_filled(problem))).strip()
    values = {key: text.replace("、", ", ") if key in LISTS else text for key, text in _filled(problem).items()}
    return wording.en.format_map(_Blank(values)).strip()


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
    """The last line: how many, in how many files; those that are only counted (`more-rows`) included."""
    listed = list(problems)
    files, count = len({problem.path for problem in listed}), Counter[str]()
    for problem in listed:
        count[problem.level] += _stands_for(problem)
    if not listed:
        return "没有发现问题。" if lang == "zh" else "No problems found."
    if lang == "zh":
        return f"{files} 个文件中有 {count['error']} 个错误、{count['warning']} 个提醒。"
    errors, warnings = _plural(count["error"], "error"), _plural(count["warning"], "warning")
    return f"{errors} and {warnings} in {_plural(files, 'file')}."


def recap(problems: Sequence[Problem], lang: Lang) -> list[str]:
    """Of many problems, how often each rule was broken, the most frequent first; of few, where whole lists are."""
    if len(problems) < MANY:
        whole = sorted({printable(one.values["report"]) for one in problems if "report" in one.values})
        return [f"完整清单：{path}" if lang == "zh" else f"whole list: {path}" for path in whole]
    count, places, reports = Counter[str](), defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for problem in problems:
        rule = problem.values.get("rule", problem.rule) if problem.rule == "more-rows" else problem.rule
        count[rule] += _stands_for(problem)
        places[rule].add(problem.path)
        reports[rule].update(text for key, text in problem.values.items() if key == "report")
    head = "各类问题的数目：" if lang == "zh" else "By rule:"
    rows = sorted(count.items(), key=lambda item: (-item[1], item[0]))
    return [head, *(f"{number:>8}  [{rule}]  {_places(places[rule], reports[rule], lang)}" for rule, number in rows)]


def _places(paths: set[str], reports: set[str], lang: Lang) -> str:
    """The file, or how many; and where the whole list is, if not all is listed here."""
    many = f"{len(paths)} 个文件" if lang == "zh" else _plural(len(paths), "file")
    told = [printable(next(iter(paths))) if len(paths) == 1 else many, *sorted(map(printable, reports))]
    return (" → 完整清单 " if lang == "zh" else " → whole list: ").join(told[:2]) + "".join(f" {x}" for x in told[2:])


def _stands_for(problem: Problem) -> int:
    """How many findings a line tells of; `more-rows` speaks for those that are not listed."""
    return int(problem.values.get("left", "0")) if problem.rule == "more-rows" else 1


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


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
    return "\n".join([*(line(problem, lang) for problem in ordered), *recap(ordered, lang), summary(ordered, lang)])


def show(problems: Iterable[Problem], lang: Lang, console: Console) -> None:
    """Print for a person: the same lines, with colours where the console is a terminal."""
    ordered = in_order(problems)
    for problem in ordered:
        text = Text(line(problem, lang))
        text.stylize("bold", 0, len(place(problem)))
        text.highlight_words([f"[{problem.rule}]"], "dim")
        text.highlight_words([message(problem, lang)], "red" if problem.level == "error" else "yellow")
        console.print(text, soft_wrap=True)
    for row in recap(ordered, lang):
        console.print(Text(row), soft_wrap=True)
    console.print(Text(summary(ordered, lang), style="bold"))


def exit_code(problems: Iterable[Problem]) -> Exit:
    """1 where anything stops a build; warnings don't."""
    return Exit.PROBLEMS if errors_in(problems) else Exit.DONE


def within(problems: Iterable[Problem], paths: Sequence[str], root: Path) -> list[Problem]:
    """Only the problems of these files or folders (as typed, from the working folder); all of them if none is named.

    A dataset's entry stands for its data files, too.
    """
    wanted = [Path(path).resolve() for path in paths]
    entries = {path.stem for path in wanted if path.parent.parent == root / "catalog" and path.suffix == ".yml"}
    return [
        one
        for one in problems
        if not wanted
        or one.dataset in entries
        or any((root / one.path).resolve().is_relative_to(path) for path in wanted)
    ]
