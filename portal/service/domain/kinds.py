"""The kinds of case that people can send, and what each is called."""

from __future__ import annotations

from enum import StrEnum

from portal.service.domain.feedback import FEEDBACK
from portal.service.domain.moves import Machine
from portal.service.domain.requests import REQUESTS
from portal.service.domain.results import RESULTS


class Kind(StrEnum):
    """What a case is about."""

    CORRECTION = "correction"
    OPINION = "opinion"
    REQUEST = "request"
    RESULT = "result"


MACHINES: dict[Kind, Machine] = {
    Kind.CORRECTION: FEEDBACK,
    Kind.OPINION: FEEDBACK,
    Kind.REQUEST: REQUESTS,
    Kind.RESULT: RESULTS,
}

KIND_NAMES: dict[Kind, str] = {
    Kind.CORRECTION: "数据纠错",
    Kind.OPINION: "意见建议",
    Kind.REQUEST: "数据需求",
    Kind.RESULT: "利用成果",
}

PREFIXES: dict[Kind, str] = {Kind.CORRECTION: "JC", Kind.OPINION: "YJ", Kind.REQUEST: "XQ", Kind.RESULT: "CG"}

STATE_NAMES: dict[str, str] = {
    "received": "已收到",
    "with_entity": "已转交数据开放主体",
    "closed_invalid": "不予受理",
    "verifying": "核实中",
    "extension_requested": "申请延期中",
    "resolved_corrected": "已更正",
    "resolved_rejected": "核实无误",
    "resolved_partly": "部分更正",
    "answered": "已答复",
    "under_review": "复核中",
    "review_upheld": "复核维持原结果",
    "cross_check": "交叉核验中",
    "closed": "已办结",
    "dispute": "正在确定责任单位",
    "answered_existing": "目录中已有",
    "assessing": "评估中",
    "decided_open": "决定开放",
    "decided_not_open": "决定不予开放",
    "decided_no_holder": "无单位持有",
    "fulfilled": "已开放",
    "accepted": "审核通过，待展示",
    "declined": "未采用",
    "shown": "已展示",
}

OUTCOMES = frozenset(
    {
        "closed_invalid", "resolved_corrected", "resolved_rejected", "resolved_partly", "review_upheld",
        "answered_existing", "decided_open", "decided_not_open", "decided_no_holder", "fulfilled",
        "accepted", "declined", "shown",
    }
)  # fmt: skip
"""States that say what came of a case; the others say how far it is."""


def is_open(kind: Kind, state: str) -> bool:
    """Whether somebody still has to do something about it."""
    machine = MACHINES[kind]
    return state not in machine.terminals and state not in machine.resting and state != "answered"
