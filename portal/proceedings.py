"""The records of how an entry came into the catalogue: what it touches, who approved it, why it is opened or kept.

Which of them a city asks for is the profile's business (portal/cityrules.py); here stands the superset.
"""

from __future__ import annotations

from typing import Literal

from portal.shape import Day, Shape, told

Concern = Literal["state-secrets", "commercial-secrets", "privacy", "law", "expertise"]
"""What an entry touches, so that a review of its own is due (SZ-15¶2, SZd-16¶2, WX-12)."""
Step = Literal[
    "entity", "work_order", "authority_notice", "authority_review", "authority_approve", "service_collate",
    "city_recheck",
]  # fmt: skip
"""A step on the way into the catalogue (REV-3)."""
ReturnGround = Literal["no-reason", "incomplete", "grading", "other"]
"""SH-11¶2 (1)-(4): a work order is returned on these grounds only (REV-4)."""
GroundKind = Literal[
    "objects", "purpose", "scope", "capability", "timeliness", "continuous", "secrecy", "law", "privacy",
    "commercial-secrets", "national-security", "public-safety", "public-interest",
]  # fmt: skip
"""Which limit or reason stands behind the open type (OT-2)."""
EntryReason = Literal["demand", "no-system", "disclosure", "plan", "other"]
"""Why an entry is new (OT-8): SH-10(2), (3), (4), SH-12."""


class ReturnReason(Shape):
    """One of the reasons for which an entry was sent back; all of them are told at once."""

    ground: ReturnGround | None = told(None, "退回情形", "文本列有情形的，只能选其一。", "incomplete")
    text: str = told(..., "说明", "具体缺什么、错在哪里。", "没有说明数据产生频率", min_length=4)


class Approval(Shape):
    """One step of the approval, bound by `covers` to what was approved (REV-3, REV-4)."""

    step: Step = told(..., "步骤", "本市规定的步骤。", "authority_review")
    by: str = told(..., "办理岗位", "岗位或单位名称，不写个人姓名。", "市数据局目录管理岗（示范）")
    date: Day = told(..., "日期", "报送或答复的日期。", "2026-11-05")
    result: Literal["submitted", "passed", "returned"] = told(
        ..., "结果", "submitted 已报送，passed 同意，returned 退回。", "passed"
    )
    document: str | None = told(None, "文书", "工单号、文号或记录编号。", "示范〔2026〕5号")
    change: str | None = told(None, "调整内容", "工单须写明具体内容。", "新增数据集")
    reason: str | None = told(None, "调整原因", "工单须说明原因。", "市场主体多次提出需求")
    returned: tuple[ReturnReason, ...] = told((), "退回理由", "退回时一次性写全。")
    covers: str = told(..., "条目指纹", "由 build.py approve 写入，不要手填。", "0f3a…", pattern="^[0-9a-f]{64}$")


class EntryGround(Shape):
    """Why this entry is newly opened (OT-8)."""

    kind: EntryReason = told(..., "缘由", "社会需求、无系统数据、信息公开、年度计划、其他。", "demand")
    note: str = told(..., "说明", "需求、计划或公开事项的名称、编号。", "2026 年需求征集第 12 项", min_length=4)


class Grading(Shape):
    """When the level was last determined, and by whom (CAT-13)."""

    date: Day = told(..., "定级日期", "", "2026-11-01")
    by: str = told(..., "定级岗位", "岗位名称，不写个人姓名。", "数据安全岗（示范）")
    note: str | None = told(None, "说明", "定级的依据。", "按市分类分级规范")
