"""What the city of the page tests publishes beside its data: one of each standing, hostile text among it."""

from __future__ import annotations

from typing import Any

from portal.publications import AnnualPlan, News, Policy, Violation, Work

LONG = "## 第一章 总则\n\n**第一条**　正文壹。\n\n## 第二章 开放\n\n第二条。\n\n## 第三章 附则\n\n第三条。"


def _policy(name: str, **told: Any) -> Policy:
    return Policy.model_validate(
        {"id": name, "title": f"{name}办法", "issuer": "小城人民政府", "issued": "2025-01-10", **told}
    )


def _news(name: str, **told: Any) -> News:
    return News.model_validate({"id": name, "title": f"{name}消息", "kind": "news", "date": "2026-11-20", **told})


def _violation(name: str, **told: Any) -> Violation:
    base = {"who": f"{name}公司", "person": "false", "category": "违规", "facts": "反复绕过限制", "measure": "限制访问"}
    days = {"since": "2026-11-01", "until": "2026-12-31"}
    return Violation.model_validate({"id": name, **base, "by": "平台", "decision": "一号", **days, **told})


def publications(hostile: str) -> dict[str, Any]:
    """The registers of portal/publications.py, as of 22 November 2026."""
    approved = {"by": "平台运营岗", "date": "2026-11-20"}
    plan = {
        "id": "2026",
        "title": "小城2026年计划",
        "year": "2026",
        "level": "city",
        "issued": "2026-01-10",
        "focus": "年度重点甲乙",
        "items": [
            {"title": "已开放的事项", "department": "ylj", "due": "2026-Q1", "datasets": ["everything", "plain"]},
            {"title": "数据还旧的事项", "department": "ylj", "due": "2026-Q4", "datasets": ["plain"], "data_from": "2026-01-01"},
            {"title": "逾期了的事项", "department": "ylj", "due": "2026-Q3"},
            {"title": "不再实施的事项", "department": "ylj", "due": "2026-Q1", "dropped": "来源停止采集"},
            {"title": f"培训{hostile}", "department": "ylj", "due": "2026-Q4", "done": "2026-11-22", "evidence": "两场"},
        ],
    }  # fmt: skip
    return {
        "policies": (
            _policy("in-force", valid_from="2025-03-01", valid_to="2026-11-22", number="小府〔2025〕3号", body=LONG),
            _policy("expired", valid_to="2026-11-21", related=["in-force"], datasets=["everything"]),
            _policy("repealed", repealed="2026-11-22"),
            _policy("not-yet", valid_from="2026-11-23"),
            _policy("consulting", draft="true", comments_until="2026-11-22"),
            _policy("draft", draft="true", comments_until="2026-11-21"),
            _policy(
                "elsewhere", area="邻市", title=f"邻市办法{hostile}", summary=hostile, body=hostile, source=hostile
            ),
        ),
        "news": (
            _news(
                "hostile",
                title=hostile,
                summary=hostile,
                body=f"{hostile}\n\n[坏](javascript:alert(1)) [好](/datasets/)",
            ),
            _news("contest", kind="contest", **{"from": "2026-11-01"}, until="2026-11-22", place="线上"),
            _news("training", kind="training", **{"from": "2026-11-23"}, date="2025-10-01"),
            _news("over", kind="pilot", **{"from": "2026-10-01"}, until="2026-11-21"),
        ),
        "plan": (AnnualPlan.model_validate(plan),),
        "showcase": (
            Work.model_validate(
                {
                    "id": "finder",
                    "title": f"公园速查{hostile}",
                    "maker": "某某课题组",
                    "kind": "paper",
                    "datasets": ["everything", "plain"],
                    "description": f"查公园。{hostile}",
                    "date": "2026-11-10",
                    "excellent": "优秀成果甲",
                    "approved": approved,
                }
            ),
        ),
        "violations": (
            _violation("shown", until="2026-11-22", corrected="2026-11-15"),
            _violation("past", until="2026-11-21"),
            _violation("coming", since="2026-11-23"),
        ),
    }
