"""What the city of tests/edges.py publishes beside its data, so that those pages are seen filled: topics, an emergency
that lasts and one that is over, policies of every state, news and events, plans, a result of use, a violation. Long
words and text that would be markup stand among them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.catalogues import dump

HOSTILE = "<b>粗</b>&\"'{{7*7}}</script>"
LONG = "城区公园、绿地、古树名木和河湖岸线日常养护与应急抢险"
URL = "https://parks.example.org/" + "a-very-long-path-without-any-blank/" * 4
TEXT = (
    "## 第一章 总则\n\n**第一条**　为了规范公园数据开放，制定本办法。\n\n"
    "| 事项 | 责任部门 | 完成时限（含法定节假日顺延的情形和跨部门会商的情形） |\n|---|---|---|\n| 公园名录 | 园林局 | 每年一季度 |\n\n"
    "## 第二章 开放\n\n第二条　无条件开放的数据，任何人可以直接获取。\n\n1. 一\n2. 二\n\n> 说明文字。\n\n"
    f"## 第三章 附则\n\n第三条　参见[数据集](/datasets/)和 {URL} 。\n"
)


def lay_words(root: Path) -> None:
    """Write the registers and the publications below `root`/catalog."""
    (root / "catalog/topics.yml").write_text(dump(TOPICS), "utf-8")
    for folder, made in {"policies": POLICIES, "news": NEWS}.items():
        (root / "catalog" / folder).mkdir()
        for name, (head, body) in made.items():
            text = f"---\n{dump(head).rstrip()}\n---\n{body}\n"
            (root / "catalog" / folder / f"{name}.md").write_text(text, "utf-8")
    for folder, records in {"plan": PLANS, "showcase": WORKS, "violations": VIOLATIONS}.items():
        (root / "catalog" / folder).mkdir()
        for name, record in records.items():
            (root / "catalog" / folder / f"{name}.yml").write_text(dump(record), "utf-8")


TOPICS: list[dict[str, Any]] = [
    {
        "id": "outings",
        "title": f"游园{HOSTILE}"[:20],
        "summary": f"{LONG}，以及各公园的开放时间和入园人次。",
        "summary_en": "Parks, trees and lakes.",
        "icon": "tree",
        "datasets": ["parks", "visits", "long-title", "suspended-trees"],
        "domains": ["water"],
        "aliases": ["walks"],
    },
    {"id": "nothing", "title": "滑雪", "summary": "滑雪场和雪道。", "keywords": ["滑雪场"]},
    {
        "id": "typhoon",
        "title": "台风应急（示范）",
        "title_en": "Typhoon (demonstration)",
        "summary": "台风期间需要的数据（示范）。",
        "icon": "cloud",
        "kind": "emergency",
        "event": "disaster",
        "datasets": ["overdue-trees", "visits"],
        "since": "2026-11-20",
        "fast_lane": "并联审批，2 小时内完成；安全审查照做",
        "renewed": "每 2 小时",
        "news": [
            {"at": "2026-11-20 09:30", "text": f"示范：{LONG}数据开放。"},
            {"at": "2026-11-21 08:00", "text": f"示范：更新积水点 {HOSTILE}"},
        ],
    },
    {
        "id": "drill",
        "title": "演练（示范）",
        "summary": "一次演练（示范）。",
        "kind": "emergency",
        "event": "accident",
        "datasets": ["one-column"],
        "since": "2026-10-01",
        "until": "2026-10-03",
        "fast_lane": "并联办理，安全审查照做",
        "renewed": "每天",
        "reviewed": {"date": "2026-10-09", "by": "市数据局（示范）", "result": "全部继续开放", "document": "示范〔2026〕8号"},
    },
]  # fmt: skip

_ISSUED = {"issuer": "小城人民政府", "issued": "2025-01-10"}
POLICIES: dict[str, tuple[dict[str, Any], str]] = {
    "in-force": (
        {
            **_ISSUED,
            "title": f"小城{LONG}数据开放办法",
            "title_en": "Measures for opening park data",
            "number": "小府〔2025〕3号",
            "valid_from": "2025-03-01",
            "valid_to": "2027-02-28",
            "summary": "规定公园数据的目录、开放、利用和安全。",
            "url": URL,
            "datasets": ["parks"],
            "source": "示范文本，仅供测试",
        },
        TEXT,
    ),
    "expired": (
        {**_ISSUED, "title": "小城公园数据管理办法", "valid_to": "2026-11-21", "related": ["in-force"]},
        "全文略。",
    ),
    "repealed": ({**_ISSUED, "title": "小城绿地数据暂行规定", "repealed": "2026-06-30"}, "全文略。"),
    "not-yet": ({**_ISSUED, "title": "小城河湖数据规定", "issued": "2026-11-01", "valid_from": "2027-01-01"}, "全文略。"),
    "consulting": (
        {**_ISSUED, "title": "小城古树数据规定（征求意见稿）", "issued": "2026-11-10", "draft": "true", "comments_until": "2026-12-10"},
        TEXT,
    ),
    "elsewhere": ({**_ISSUED, "title": f"邻市办法{HOSTILE}", "area": "邻市", "summary": f"摘要{HOSTILE}"}, f"正文{HOSTILE}"),
}  # fmt: skip

NEWS: dict[str, tuple[dict[str, Any], str]] = {
    "opened": (
        {
            "title": f"小城{LONG}数据上线（示范）",
            "kind": "news",
            "date": "2026-11-20",
            "summary": f"新开放数据集若干 {HOSTILE}",
            "datasets": ["visits"],
            "related": ["in-force"],
        },
        f"示范：新数据上线。\n\n{URL}\n\n{HOSTILE}",
    ),
    "contest": (
        {
            "title": "公园数据创新应用大赛（示范）",
            "title_en": "Park data contest (demonstration)",
            "kind": "contest",
            "date": "2026-11-01",
            "from": "2026-11-10",
            "until": "2026-12-20",
            "place": "线上",
            "organiser": "市数据局（示范）",
            "contact": "0512-00000000",
            "url": URL,
        },
        TEXT,
    ),
    "training": ({"title": "数据开放培训（示范）", "kind": "training", "date": "2026-11-15", "from": "2026-12-01"}, "示范：线上培训。"),
    "over": (
        {"title": "试点申报（示范）", "kind": "pilot", "date": "2026-09-01", "from": "2026-09-01", "until": "2026-10-31"},
        "示范：已结束。",
    ),
}  # fmt: skip

PLANS: dict[str, dict[str, Any]] = {
    "2026": {
        "title": "小城2026年公共数据开放年度计划（示范）",
        "title_en": "Plan for 2026 (demonstration)",
        "year": "2026",
        "level": "city",
        "issued": "2026-01-10",
        "number": "示范〔2026〕2号",
        "focus": f"先把{LONG}数据开放好（示范）",
        "demands": ["每项写明来源和更新频率", LONG * 2],
        "measures": ["每季度核对一次进度"],
        "items": [
            {"title": "城区公园名录按年开放", "department": "ylj", "domain": "parks", "due": "2026-Q1", "datasets": ["parks"]},
            {
                "title": f"{LONG}记录续编",
                "department": "stw",
                "domain": "parks",
                "kind": "extend",
                "due": "2026-Q4",
                "datasets": ["long-title"],
                "data_from": "2027-01-01",
                "scenario": "养护考核",
                "quality": "逐条有编号",
                "ground": f"公众常查 {HOSTILE}",
            },
            {"title": "河湖岸线数据开放", "department": "stw", "domain": "water", "due": "2026-Q3"},
            {"title": "公园噪声监测数据开放", "department": "ylj", "due": "2026-Q2", "dropped": "来源单位已停止采集"},
            {
                "title": "数据开放培训两场",
                "department": "ylj",
                "kind": "ecosystem",
                "due": "2026-Q4",
                "done": "2026-11-20",
                "evidence": "举办培训两场，参加 60 人次（示范）",
            },
        ],
    },
    "2026-ylj": {
        "title": "园林局2026年公共数据年度开放计划（示范）",
        "year": "2026",
        "level": "department",
        "department": "ylj",
        "issued": "2026-01-20",
        "items": [{"title": "城区公园名录按年开放", "department": "ylj", "due": "2026-Q1", "datasets": ["parks"]}],
    },
}  # fmt: skip

_APPROVED = {"by": "平台运营岗（示范）", "date": "2026-11-20"}
WORKS: dict[str, dict[str, Any]] = {
    "finder": {
        "title": f"公园速查{HOSTILE}",
        "title_en": "Park finder",
        "maker": "某某大学某某课题组（示范）",
        "kind": "application",
        "datasets": ["parks", "visits"],
        "description": f"输入地名查附近的公园（示范）。{LONG * 3}",
        "date": "2026-11-10",
        "url": URL,
        "source_note": "数据来自本平台，2026-11-01 获取",
        "excellent": "2026 年优秀成果（示范）",
        "approved": _APPROVED,
    },
    "paper": {
        "title": "公园可达性研究（示范）",
        "maker": "某某研究院（示范）",
        "kind": "paper",
        "datasets": ["parks"],
        "description": "研究居民到公园的步行时间（示范）。",
        "date": "2026-10-10",
        "approved": _APPROVED,
    },
}

VIOLATIONS: dict[str, dict[str, Any]] = {
    "2026-001": {
        "who": "某某信息技术服务有限公司（示范）",
        "person": "false",
        "category": "绕过调用限制获取数据",
        "facts": f"示范：以多个地址轮换的方式绕过调用限制，抓取{LONG}数据。",
        "measure": "限制访问 30 天",
        "by": "平台运营岗（示范）",
        "decision": "示范〔2026〕301号",
        "since": "2026-11-01",
        "until": "2026-12-31",
        "corrected": "2026-11-15",
    }
}
