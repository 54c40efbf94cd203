"""Problems for other programs: a JSON list."""

from __future__ import annotations

import json
from collections.abc import Iterable

from portal.problems import Lang, Problem
from portal.report.sentences import advice, message


def as_json(problems: Iterable[Problem], lang: Lang) -> str:
    """A list of {path, line, rule, level, message, advice, article, dataset, field, row} (design §8)."""
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
        for one in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)
