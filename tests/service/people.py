"""Who uses the service in these tests, when, and what is published."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html import unescape
from typing import Any

from portal.service.office import office
from portal.settings import SHANGHAI

NOW = datetime(2026, 9, 24, 10, 0, tzinfo=SHANGHAI)  # the Thursday before Mid-Autumn: 5 working days end on 9 October

CATALOGUE: dict[str, Any] = {
    "release": "r1",
    "portal": {"name": "示例市公共数据开放平台"},
    "profile": "suzhou",
    "departments": {"jtj": {"name": "市交通运输局"}, "mzj": {"name": "市民政局"}},
    "datasets": {
        "bus-stops": {
            "title": "公交站点位置（2026年）",
            "summary": "全市公交站点的名称、经纬度和停靠线路。",
            "department": "jtj",
            "keywords": ["公交", "站点"],
            "release": "2026-06-30",
            "aliases": ["old-stops"],
            "tables": ["bus-stops"],
            "columns": {"bus-stops": ["站名", "经度", "纬度"]},
            "field_titles": ["站名", "经度", "纬度"],
        },
        "care-homes": {
            "title": "养老机构名录<b>（2025年）</b>",
            "summary": "全市养老机构的名称、地址、床位数。",
            "department": "mzj",
            "keywords": ["养老"],
            "release": "2025-12-31",
            "aliases": [],
            "tables": ["care-homes"],
            "columns": {"care-homes": ["名称", "床位数"]},
            "field_titles": ["机构名称", "床位数"],
        },
    },
}

CORRECTION = {
    "dataset": "bus-stops",
    "about": "error",
    "field": "站名",
    "row": "12",
    "text": "站名写成了“火车占”，应当是“火车站”。",
    "expected": "火车站",
    "evidence": "https://example.org/stops",
    "wants_reply": "yes",
    "contact": "138 0000-1234",
}
OPINION = {"about": "portal", "subject": "希望能按区筛选", "text": "首页的筛选不能按区县选。", "wants_reply": "no"}
REQUEST = {
    "subject": "全市公共停车场的位置和泊位数",
    "items": "名称、地址、泊位总数",
    "text": "做一个找车位的小程序。",
    "holder": "城管局",
    "urgency": "soon",
    "contact": "someone@example.org",
}
RESULT = {
    "subject": "公交到站查询",
    "about": "application",
    "maker": "某某大学某某课题组",
    "datasets": "bus-stops\n养老机构名录<b>（2025年）</b>",
    "text": "输入站名，查最近的公交站点。",
    "url": "https://example.org/stops",
    "finished": "2026-09-01",
    "source": "数据来自示例市公共数据开放平台，2026-08-30 获取",
    "consent": "yes",
    "wants_reply": "no",
}


def set_clock(instant: datetime) -> None:
    """The service's clock stands at this instant."""
    object.__setattr__(office().surroundings, "fixed_now", instant)


def wait(seconds: float) -> None:
    """Let the service's clock run."""
    set_clock(office().now() + timedelta(seconds=seconds))


class Person:
    """Somebody with a browser without JavaScript: fetches the page, fills it in, posts its hidden fields back."""

    def __init__(self, address: str = "203.0.113.7") -> None:
        from django.test import Client

        self.client = Client(enforce_csrf_checks=True, headers={"X-Forwarded-For": address})

    def open(self, path: str) -> str:
        """A page."""
        response = self.client.get(path)
        assert response.status_code == 200, response.content.decode()
        return response.content.decode()

    def post(self, path: str, page: str, values: dict[str, str]) -> tuple[int, str]:
        """The form of a page that was opened, with these values."""
        response = self.client.post(path, {**hidden_of(page), **values})
        return response.status_code, response.content.decode()

    def send(self, kind: str, values: dict[str, str], *, seconds: float = 20) -> tuple[int, str]:
        """Open a form, take one's time, and send it; a request goes through its second page."""
        page = self.open(f"/forms/{kind}/")
        wait(seconds)
        status, answer = self.post(f"/forms/{kind}/", page, values)
        if kind == "request" and status == 200:
            status, answer = self.post(f"/forms/{kind}/", answer, {"step": "send"})
        return status, answer

    def look_up(self, code: str, four: str) -> tuple[int, str]:
        """Ask for a case."""
        return self.post("/forms/case/", self.open("/forms/case/"), {"code": code, "four": four})


def hidden_of(page: str) -> dict[str, str]:
    """The hidden fields of a page."""
    tags = re.findall(r'<input type="hidden"[^>]*>', page)
    pairs = ((re.search(r' name="([^"]+)"', tag), re.search(r' value="([^"]*)"', tag)) for tag in tags)
    return {name[1]: unescape(value[1]) if value else "" for name, value in pairs if name}


def text_of(page: str, element: str) -> str:
    """The text of the element with that id."""
    found = re.search(rf'id="{element}"[^>]*>(.*?)</', page, re.S)
    assert found, page
    return unescape(found[1]).strip()
