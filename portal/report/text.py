"""How problems print for people: one line a problem, then a count.

`catalog/mzj/a.yml:14: 句子。建议。 [rule] 依据：《…》第…条`

Of many problems the last screen is what people see: it says how often each rule was broken, and where.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.text import Text

from portal.problems import Lang, Problem, in_order, printable
from portal.report.sentences import advice, basis, counted, message, place, plural

MANY = 50
"""Problems from which on a recap follows: more than a screen shows."""
PREFIX: dict[Lang, dict[str, str]] = {
    "zh": {"error": "", "warning": "提醒："},
    "en": {"error": "", "warning": "warning: "},
}


def line(problem: Problem, lang: Lang) -> str:
    """The problem on one line; nothing that a department wrote acts on the terminal."""
    gap = "" if lang == "zh" else " "
    said = f"{PREFIX[lang][problem.level]}{message(problem, lang)}{gap}{advice(problem, lang)}".strip()
    parts = [f"{place(problem)}: {said}", f"[{problem.rule}]"]
    parts += [basis(problem, lang)] if problem.article else []
    return printable(" ".join(parts).replace("\n", " "))


def summary(problems: Iterable[Problem], lang: Lang) -> str:
    """The last line: how many, in how many files; those that are only counted (`more-rows`) included."""
    listed = list(problems)
    files, count = len({problem.path for problem in listed}), Counter[str]()
    for problem in listed:
        count[problem.level] += counted(problem)
    if not listed:
        return "没有发现问题。" if lang == "zh" else "No problems found."
    if lang == "zh":
        return f"{files} 个文件中有 {count['error']} 个错误、{count['warning']} 个提醒。"
    errors, warnings = plural(count["error"], "error"), plural(count["warning"], "warning")
    return f"{errors} and {warnings} in {plural(files, 'file')}."


def recap(problems: Sequence[Problem], lang: Lang) -> list[str]:
    """Of many problems, how often each rule was broken, the most frequent first; of few, where whole lists are."""
    if len(problems) < MANY:
        whole = sorted({printable(one.values["report"]) for one in problems if "report" in one.values})
        return [f"完整清单：{path}" if lang == "zh" else f"whole list: {path}" for path in whole]
    count, places, reports = Counter[str](), defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for problem in problems:
        rule = problem.values.get("rule", problem.rule) if problem.rule == "more-rows" else problem.rule
        count[rule] += counted(problem)
        places[rule].add(problem.path)
        reports[rule].update(text for key, text in problem.values.items() if key == "report")
    head = "各类问题的数目：" if lang == "zh" else "By rule:"
    rows = sorted(count.items(), key=lambda item: (-item[1], item[0]))
    return [head, *(f"{number:>8}  [{rule}]  {_places(places[rule], reports[rule], lang)}" for rule, number in rows)]


def _places(paths: set[str], reports: set[str], lang: Lang) -> str:
    """The file, or how many; and where the whole list is, if not all is listed here."""
    many = f"{len(paths)} 个文件" if lang == "zh" else plural(len(paths), "file")
    told = [printable(next(iter(paths))) if len(paths) == 1 else many, *sorted(map(printable, reports))]
    return (" → 完整清单 " if lang == "zh" else " → whole list: ").join(told[:2]) + "".join(f" {x}" for x in told[2:])


def as_text(problems: Sequence[Problem], lang: Lang) -> str:
    """All lines, what there is most of, and the count."""
    return "\n".join([*(line(one, lang) for one in problems), *recap(problems, lang), summary(problems, lang)])


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
