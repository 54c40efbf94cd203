"""The comment under a pull request: one sentence that a clerk understands, then every problem with its place, what is
wrong, what to do and by which article; what changes for the public; warnings folded away.

The comment never is longer than a forge takes; what is left out is counted, and it says where the whole report is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from portal.changefacts import DatasetDifference
from portal.problems import Lang, Problem, errors_in
from portal.report.changes import changes
from portal.report.marktext import code, plain, value
from portal.report.sentences import advice, counted, explained, message, plural

LIMIT = 65_536
"""Characters of a comment that GitHub takes (its own error: "body is too long (maximum is 65536 characters)"); GitLab
takes 1,000,000. Counted in UTF-16 units, which is never fewer than characters."""
FOOT = 1_200
"""Kept for the lines at the end."""
CHANGES = 24_000
"""What the changes for the public may take at most, so that problems have the larger part."""
SAME = 5
"""Findings of one rule in one file that are listed; the others are counted."""
RUN = "`.venv/bin/python build.py check`"
MARK = "<!-- kaishu-gate -->"
"""By this line a forge's wrapper finds its comment of the last run and replaces it."""

HEAD: dict[Lang, tuple[str, ...]] = {
    "zh": ("位置", "问题", "怎么改", "依据"),
    "en": ("Place", "Problem", "What to do", "Basis"),
}


def as_markdown(
    problems: Sequence[Problem], lang: Lang, *, site: str = "", differences: Sequence[DatasetDifference] = ()
) -> str:
    """The whole comment. `site` is the portal's address, where each rule is explained; empty: no links."""
    changed = changes(differences, lang, CHANGES)
    page = _Page(LIMIT - FOOT - size(changed) - 2)
    page.add([MARK, f"## {_verdict(problems, lang)}", "", _sentence(problems, lang), ""])
    errors = errors_in(problems)
    warnings = [one for one in problems if one.level != "error"]
    left = page.tables(errors, "###", lang, site)
    page.room += size(changed) + 2
    page.add([changed, ""] if changed else [])
    if warnings:
        title = plural(_count(warnings), "warning")
        said = f"{_count(warnings)} 个提醒（不影响发布）" if lang == "zh" else f"{title} (they stop nothing)"
        page.add(["<details>", f"<summary>{said}</summary>", ""])
        left += page.tables(warnings, "####", lang, site)
        page.lines += ["</details>", ""]
    return "\n".join([*page.lines, *_foot(problems, left, lang, site)]).rstrip() + "\n"


class _Page:
    """Lines, as long as there is room."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.lines: list[str] = []

    def add(self, lines: Iterable[str]) -> bool:
        """All of these lines, or none where they don't fit."""
        new = list(lines)
        needed = sum(size(line) + 1 for line in new)
        if needed > self.room:
            return False
        self.room -= needed
        self.lines += new
        return True

    def tables(self, problems: Sequence[Problem], heading: str, lang: Lang, site: str) -> int:
        """A table for each file; returns how many findings found no room."""
        left = 0
        for path, group in groupby(problems, key=lambda one: one.path):
            rows = list(_rows(list(group), lang, site))
            head = [f"{heading} {code(path)}", "", _row(HEAD[lang]), _row(["---"] * len(HEAD[lang]))]
            fits = self.add([*head, rows[0][1], ""])
            left += 0 if fits else rows[0][0]
            for findings, row in rows[1:]:
                if fits and self.add([row]):
                    self.lines[-2:] = [row, ""]  # before the blank line that ends the table
                else:
                    left += findings
                    fits = False
        return left


def _rows(problems: Sequence[Problem], lang: Lang, site: str) -> Iterator[tuple[int, str]]:
    """Rows of a file's table with the findings that each tells of; of many of one rule the first ones and a count."""
    seen: Counter[str] = Counter()
    more: Counter[str] = Counter()
    for one in problems:
        seen[one.rule] += 1
        if seen[one.rule] > SAME:
            more[one.rule] += counted(one)
            continue
        what = f"{message(one, lang, value=value, words=plain)} {_link(one.rule, lang, site)}"
        what_to_do = advice(one, lang, value=value, words=plain)
        yield counted(one), _row([_place(one, lang), what, what_to_do, value(one.article or "")])
    for rule, count in sorted(more.items()):
        said = f"同类问题另有 {count} 处" if lang == "zh" else f"{count} more of the same kind"
        yield count, _row(["…", f"{said} {_link(rule, lang, site)}", "", ""])


def _place(problem: Problem, lang: Lang) -> str:
    """The line of the entry, or the row of the data file as a spreadsheet shows it."""
    number = problem.row if problem.row is not None else problem.line
    if number is None:
        return "整个文件" if lang == "zh" else "whole file"
    if lang == "zh":
        return f"第 {number} 行"
    return f"row {number}" if problem.row is not None else f"line {number}"


def _link(rule: str, lang: Lang, site: str) -> str:
    """The rule's name, leading to where it is explained."""
    return f"[`{rule}`]({explained(site, lang, rule)})" if site else f"`{rule}`"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _verdict(problems: Sequence[Problem], lang: Lang) -> str:
    if errors_in(problems):
        return "❌ 还不能发布" if lang == "zh" else "❌ Not yet fit for publication"
    return "✅ 检查通过" if lang == "zh" else "✅ All checks passed"


def _sentence(problems: Sequence[Problem], lang: Lang) -> str:
    errors, warnings = _count(errors_in(problems)), _count(one for one in problems if one.level != "error")
    files = len({one.path for one in errors_in(problems)})
    if lang == "en":
        if errors:
            also = f" {plural(warnings, 'warning')} besides." if warnings else ""
            found = f"{plural(errors, 'error')} in {plural(files, 'file')}"
            return f"**{found}: please mend all of them, as told below, and hand the change in again.**{also}"
        return f"No errors. {plural(warnings, 'warning')}: please have a look." if warnings else "No problems found."
    if errors:
        also = f"另有 {warnings} 个提醒，不影响发布。" if warnings else ""
        return f"**{files} 个文件中有 {errors} 个错误，请照下表逐条改正，再提交一次。**{also}"
    return f"没有错误。{f'有 {warnings} 个提醒，不影响发布，请看一看。' if warnings else '没有发现问题。'}"


def _foot(problems: Sequence[Problem], left: int, lang: Lang, site: str) -> Iterator[str]:
    """What found no room, where the whole report is, and where rules are explained."""
    if left and lang == "zh":
        yield f"**还有 {left} 个问题没有列出**（评论长度有限）。完整清单在本次检查的日志里；也可以在本机运行 {RUN}。"
    elif left:
        yield f"**{plural(left, 'problem')} not listed** (comments are limited). The log has all of them; or run {RUN}."
    if problems and site:
        address = explained(site, lang)
        yield from [""] if left else []
        yield f"每条规则的说明和例子：<{address}>" if lang == "zh" else f"Every rule with examples: <{address}>"


def _count(problems: Iterable[Problem]) -> int:
    return sum(counted(one) for one in problems)


def size(text: str) -> int:
    """Length in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
