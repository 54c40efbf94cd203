"""The agreement on use of conditional data: the clauses that the city's text asks for, with the words of each (CND-1).

The regulations name the clauses (profile `agreement.clauses`), nobody sets their words; these are the house's, short
enough to be read before applying.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from portal.render.book import Book

CLAUSES: Mapping[str, tuple[str, str, str]] = {
    "用途": (
        "数据只用于申请书写明的用途；改变用途的，重新申请。",
        "Purpose",
        "Only the purpose applied for; another one needs a new application.",
    ),
    "使用范围": (
        "只在申请书写明的单位、人员和地域范围内使用。",
        "Scope",
        "Only the bodies, people and places applied for.",
    ),
    "使用方式": (
        "按申请书写明的方式处理数据，不得用来识别自然人或企业的秘密。",
        "Manner",
        "Only as applied for; nobody may be identified from the data.",
    ),
    "应用场景要求": (
        "数据只用于申请书写明的应用场景，不得转交他人。",
        "Scenario of use",
        "Only the scenario applied for; never passed on.",
    ),
    "后续服务和反馈要求": (
        "按约定的时间反馈使用情况；发现数据有误的，及时告知。",
        "Feedback",
        "Report on the use at the agreed times, and tell of errors at once.",
    ),
    "数据利用情况报送": (
        "按约定的时间报送调用次数、所用数据项和使用效果。",
        "Report on use",
        "Report calls, fields and results at the agreed times.",
    ),
    "数据安全保障措施": (
        "落实管理制度、访问控制和日志留存；出现泄露的，立即报告并采取措施。",
        "Security",
        "Keep rules, access control and logs; report a leak at once.",
    ),
    "禁止条款": (
        "不得转让、出售、公开数据，不得用于违法活动。",
        "Prohibitions",
        "No passing on, selling or publishing; no unlawful use.",
    ),
    "信用承诺": (
        "申请材料真实有效，遵守本协议；失信的依法记录。",
        "Pledge",
        "What was handed in is true; breaches are recorded as the law provides.",
    ),
    "违约责任": (
        "违反协议的，数据开放主体可以暂停或终止提供，要求删除数据并承担相应责任。",
        "Breach",
        "A breach ends the supply; the data must be deleted, and the damage answered for.",
    ),
    "争议解决方式": (
        "先协商，协商不成的，依法申请裁决或提起诉讼。",
        "Disputes",
        "First by talks, then by the means that the law offers.",
    ),
}
"""Clause as the texts name it → its words, its English name, its English words."""


class Clause(NamedTuple):
    """A clause; `text` is empty where we have no words for it."""

    title: str
    text: str


def agreement(book: Book) -> dict[str, object] | None:
    """When it is concluded and what stands in it; None where the city's text knows none."""
    rules = book.profile.agreement
    if rules.when is None:
        return None
    return {
        "when": book.t[f"agreement_{rules.when}"],
        "article": book.profile.article_of("agreement") or "",
        "clauses": [_clause(book, name) for name in rules.clauses or ()],
    }


def _clause(book: Book, name: str) -> Clause:
    words, title_en, words_en = CLAUSES.get(name, ("", name, ""))
    return Clause(name, words) if book.lang == "zh" else Clause(title_en, words_en)
