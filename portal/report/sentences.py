"""The words of one problem: what is wrong, what to do, and where, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from string import Formatter

from portal import addresses
from portal.problems import Lang, Problem
from portal.wording import WORDING

LISTS = frozenset({"rows", "lines", "places", "names", "formats", "choices", "extra", "missing"})
"""Values that are lists of names or numbers, with Chinese commas."""
LEVELS: dict[Lang, dict[str, str]] = {
    "zh": {"error": "错误", "warning": "提醒"},
    "en": {"error": "error", "warning": "warning"},
}

Dress = Callable[[str], str]


def as_is(text: str) -> str:
    """Text that needs no dress."""
    return text


def message(problem: Problem, lang: Lang, *, value: Dress = as_is, words: Dress = as_is) -> str:
    """What is wrong. `value` dresses what comes from the catalogue, `words` our own text around it."""
    return _said(problem, 0, lang, value, words)


def advice(problem: Problem, lang: Lang, *, value: Dress = as_is, words: Dress = as_is) -> str:
    """What to do; dressed like `message`."""
    return _said(problem, 1, lang, value, words)


def _said(problem: Problem, part: int, lang: Lang, value: Dress, words: Dress) -> str:
    """The sentence with its values; one that is missing stays empty: a report must never fail."""
    template = getattr(WORDING[problem.rule][part], lang)
    filled = _filled(problem, lang)
    said = []
    for text, name, _, _ in Formatter().parse(template):
        said += [words(text), value(filled.get(name, "")) if name else ""]
    return "".join(said).strip()


def _filled(problem: Problem, lang: Lang) -> Mapping[str, str]:
    """The sentence's values; row, column and dataset may be named as well."""
    extra = {"row": str(problem.row or ""), "field": problem.field or "", "dataset": problem.dataset or ""}
    filled = {**extra, **problem.values}
    if lang == "zh":
        return filled
    return {key: text.replace("、", ", ") if key in LISTS else text for key, text in filled.items()}


def general(rule: str, part: int, lang: Lang) -> str:
    """A rule's sentence (0) or advice (1) with … for what differs from case to case; empty where nothing is left."""
    template = getattr(WORDING[rule][part], lang)
    said = "".join(text + ("…" if name else "") for text, name, _, _ in Formatter().parse(template)).strip()
    return said if said.strip("… ，。;") else ""


def place(problem: Problem) -> str:
    """`path:line`, or the path alone where the whole file is meant."""
    return problem.path if problem.line is None else f"{problem.path}:{problem.line}"


def basis(problem: Problem, lang: Lang) -> str:
    """`依据：《…》第…条`, or nothing for a rule of the house."""
    if not problem.article:
        return ""
    return f"依据：{problem.article}" if lang == "zh" else f"Basis: {problem.article}"


def whole(problem: Problem, lang: Lang) -> str:
    """Sentence, advice and basis in a row."""
    gap = "" if lang == "zh" else " "
    parts = [f"{message(problem, lang)}{gap}{advice(problem, lang)}".strip(), basis(problem, lang)]
    return " ".join(part for part in parts if part).replace("\n", " ")


def plural(number: int, noun: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def counted(problem: Problem) -> int:
    """How many findings a problem tells of; `more-rows` speaks for those that are not listed."""
    return int(problem.values.get("left", "0")) if problem.rule == "more-rows" else 1


def explained(site: str, lang: Lang, rule: str = "") -> str:
    """The address at which a rule (or all of them) is explained; `site` is the portal's address."""
    return f"{site.rstrip('/')}{addresses.rules_page(lang)}{f'#{rule}' if rule else ''}"
