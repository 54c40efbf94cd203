"""SARIF 2.1.0 (OASIS standard, 27 March 2020) for tools that show findings over time, such as a forge's code scanning.

The rules that were broken are described once, with where each is explained. A result's fingerprint is made from the
rule, the file, the dataset, the column and what was found, never from a line number: inserting a line above, or a row,
does not make a known problem a new one.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from portal.digests import text_digest
from portal.problems import Lang, Problem, printable
from portal.report.sentences import explained, general, plural, whole

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
MOST = 25_000
"""Results of a run that GitHub takes."""
PLACES = frozenset(
    {"number", "row", "rows", "line", "lines", "places", "first", "count", "listed", "left", "report", "pairs"}
)
"""Values that say where or how many: they change with what stands above."""


def as_sarif(problems: Sequence[Problem], lang: Lang, *, site: str = "") -> str:
    """The whole log. `site` is the portal's address, where each rule is explained; empty: no links."""
    levels = {one.rule: one.level for one in sorted(problems, key=lambda one: (one.rule, one.level), reverse=True)}
    numbers = {rule: number for number, rule in enumerate(levels)}
    driver: dict[str, Any] = {
        "name": "Kaishu",
        "fullName": "Kaishu 开数",
        "rules": [_rule(one, level, lang, site) for one, level in levels.items()],
    }
    if site:
        driver["informationUri"] = site
    listed = problems[:MOST]
    marks = _fingerprints(listed)
    run = {
        "tool": {"driver": driver},
        "language": "zh-CN" if lang == "zh" else "en",
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(len(problems) - len(listed), lang)],
        "results": [_result(one, numbers[one.rule], mark, lang) for one, mark in zip(listed, marks, strict=True)],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(rule: str, level: str, lang: Lang, site: str) -> dict[str, Any]:
    """What a rule says, with … for what differs from case to case."""
    sentence = _literal(general(rule, 0, lang)) or rule
    advice = _literal(general(rule, 1, lang)) or sentence
    described: dict[str, Any] = {
        "id": rule,
        "shortDescription": {"text": sentence},
        "fullDescription": {"text": f"{sentence} {advice}"},
        "help": {"text": advice},
        "defaultConfiguration": {"level": level},
    }
    if site:
        described["helpUri"] = explained(site, lang, rule)
    return described


def _result(problem: Problem, index: int, mark: str, lang: Lang) -> dict[str, Any]:
    place: dict[str, Any] = {
        "artifactLocation": {"uri": quote(problem.path, errors="surrogateescape"), "uriBaseId": "%SRCROOT%"}
    }
    if problem.line is not None:
        place["region"] = {"startLine": problem.line}
    more = {"article": problem.article, "dataset": problem.dataset, "field": problem.field, "row": problem.row}
    return {
        "ruleId": problem.rule,
        "ruleIndex": index,
        "level": problem.level,
        "message": {"text": _literal(printable(whole(problem, lang)))},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"primaryLocationLineHash": mark, "kaishuProblem/v1": mark},
        "properties": {key: value for key, value in more.items() if value is not None},
    }


def _fingerprints(problems: Sequence[Problem]) -> list[str]:
    """`digest:n`: of problems that say the same, the n-th. GitHub reads `primaryLocationLineHash` alone."""
    seen: Counter[str] = Counter()
    marks = []
    for one in problems:
        values = [f"{key}={text}" for key, text in sorted(one.values.items()) if key not in PLACES]
        told = [one.rule, one.path, one.dataset or "", one.field or "", *values]
        digest = text_digest(map(printable, told))[:16]
        seen[digest] += 1
        marks.append(f"{digest}:{seen[digest]}")
    return marks


def _invocation(left: int, lang: Lang) -> Mapping[str, Any]:
    """The run itself went well; it says so where not all problems are in it."""
    if not left:
        return {"executionSuccessful": True}
    said = f"还有 {left} 个问题没有列出。" if lang == "zh" else f"{plural(left, 'problem')} not listed."
    return {
        "executionSuccessful": True,
        "toolExecutionNotifications": [{"level": "warning", "message": {"text": said}}],
    }


def _literal(text: str) -> str:
    """Braces are doubled, as the standard asks (§3.11.5); what would be read as a link (§3.11.6) is none."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")
