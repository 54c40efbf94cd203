"""What a city publishes beside its data: policies, news, the annual plan, results of use, violations.

A policy and a piece of news are a Markdown file each, `catalog/policies/<id>.md` and `catalog/news/<id>.md`, whose
head between two lines `---` says what it is; a clerk can write one in the forge's own editor. A plan, a result and a
violation are a YAML file each. What a document is *today* (in force, expired …) is computed, never typed.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from portal.shape import Day, Shape, told

PolicyStanding = Literal["in_force", "expired", "repealed", "not_yet", "consulting", "draft"]
NewsStanding = Literal["announced", "open", "over"]
ItemState = Literal["done", "open", "overdue", "dropped"]
QUARTER = r"^\d{4}-Q[1-4]$"


class Document(Shape):
    """What a policy and a piece of news have in common; `body` is the Markdown below the head."""

    id: str = told(..., "编号", "等于文件名，永不更改。", "open-data-rules")
    title: str = told(..., "标题", "", "某市公共数据开放实施细则", min_length=2, max_length=120)
    title_en: str | None = told(None, "英文标题", "英文界面显示。", "Implementing Rules for Opening Public Data")
    summary: str | None = told(None, "摘要", "一两句话；列表中显示。", "规定目录、开放、利用和安全。", max_length=300)
    url: str | None = told(
        None, "原文链接", "制发机关网站上的原文地址。", "https://www.example.org/…", pattern=r"^https?://\S+$"
    )
    related: tuple[str, ...] = told((), "相关文件", "catalog/policies 下的编号。", ["open-data-rules-draft"])
    datasets: tuple[str, ...] = told((), "相关数据集", "数据集编号。", ["village-codes"])
    body: str = told("", "正文", "写在文件头之后的 Markdown。", None)


class Policy(Document):
    """A document with its number, issuer and term (NEW-1): catalog/policies/<id>.md."""

    number: str | None = told(None, "文号", "没有文号的留空。", "某府规字〔2025〕3号")
    issuer: str = told(..., "制发机关", "", "某市人民政府", min_length=2)
    issued: Day = told(..., "成文日期", "", "2023-09-13")
    valid_from: Day | None = told(None, "施行日期", "缺省为成文日期。", "2023-11-01")
    valid_to: Day | None = told(None, "有效期至", "有效期的最后一天；没有期限的留空。", "2026-10-31")
    repealed: Day | None = told(None, "废止日期", "提前废止的，写废止生效之日。", "2026-01-01")
    draft: bool = told(False, "征求意见稿", "征求意见稿写 true，不算生效。", "true")
    comments_until: Day | None = told(None, "征求意见截止", "最后一天。", "2023-04-11")
    area: str | None = told(None, "适用地域", "其他城市的文件写明城市，列在本市文件之后。", "邻市")
    source: str | None = told(None, "文本来源", "本站文本的来源和整理情况。", "据公开发布的文本整理")

    def standing(self, today: datetime.date) -> PolicyStanding:
        """What it is on a day. First and last days count: it is in force on both; comments are taken on the last."""
        if self.draft:
            return "consulting" if self.comments_until and today <= self.comments_until else "draft"
        if self.repealed and today >= self.repealed:
            return "repealed"
        if today < (self.valid_from or self.issued):
            return "not_yet"
        return "expired" if self.valid_to and today > self.valid_to else "in_force"


class News(Document):
    """A piece of news, or an event with its days (NEW-1, NEW-2): catalog/news/<id>.md."""

    kind: Literal["news", "notice", "contest", "training", "pilot", "consultation"] = told(
        ...,
        "类别",
        "news 动态、notice 公告、contest 赛事、training 培训、pilot 试点申报、consultation 征求意见。",
        "news",
    )
    date: Day = told(..., "发布日期", "", "2026-11-20")
    from_: Day | None = told(None, "开始日期", "活动、申报、征集的第一天。", "2026-12-01", alias="from")
    until: Day | None = told(None, "截止日期", "活动、申报、征集的最后一天。", "2026-12-31")
    place: str | None = told(None, "地点", "", "线上")
    organiser: str | None = told(None, "主办单位", "", "市数据局（示范）")
    contact: str | None = told(None, "联系方式", "单位，不写个人。", "0512-00000000")

    def standing(self, today: datetime.date) -> NewsStanding | None:
        """Where an event stands on a day; None for what has no days of its own. The last day still is open."""
        first, last = self.from_, self.until or self.from_
        if last is None:
            return None
        if today > last:
            return "over"
        return "announced" if first and today < first else "open"


class PlanItem(Shape):
    """Something that a plan promises."""

    title: str = told(..., "事项", "要开放或完成什么。", "村（居）委会区划代码按 CSV、XLSX、JSON 开放", min_length=4)
    title_en: str | None = told(None, "英文事项", "", "Village codes as CSV, XLSX and JSON")
    department: str = told(..., "责任部门", "部门编号。", "mzj")
    domain: str | None = told(None, "数据领域", "catalog/domains.yml 中的编号。", "civil-affairs")
    kind: Literal["open", "extend", "improve", "project", "ecosystem"] = told(
        "open", "类别", "open 新开放、extend 扩充、improve 提升质量、project 重点项目、ecosystem 生态培育。", "open"
    )
    due: str = told(..., "完成季度", "", "2026-Q4", pattern=QUARTER)
    datasets: tuple[str, ...] = told((), "对应数据集", "发布后填写编号；全部已发布即为完成。", ["village-codes"])
    data_from: Day | None = told(
        None, "数据日期不早于", "更新、续编类事项填写：数据集的数据日期到了这一天才算完成。", "2027-01-01"
    )
    done: Day | None = told(None, "完成日期", "不产生数据集的事项，完成后填写。", "2026-11-20")
    evidence: str | None = told(None, "完成情况", "不产生数据集的事项，写明完成了什么。", "举办培训两场")
    dropped: str | None = told(None, "不再实施的理由", "调整计划的，写明理由。", "来源单位已停止采集")
    scenario: str | None = told(None, "应用场景", "", "地址核对、网格管理")
    quality: str | None = told(None, "质量要求", "", "代码逐条符合 GB/T 2260")
    ground: str | None = told(None, "缘由", "来自哪项需求、规定。", "公众常查")

    @property
    def last_day(self) -> datetime.date:
        """The last day of its quarter: `2026-Q4` → 2026-12-31."""
        month = 3 * int(self.due[-1])
        return datetime.date(int(self.due[:4]), month, 31 if month in (3, 12) else 30)

    def state(self, published: Mapping[str, datetime.date], today: datetime.date) -> ItemState:
        """How far it is on a day; `published` says of each public dataset for which day its data speak.

        An item with datasets is done when all of them are public and none speaks for an earlier day than `data_from`;
        one without is done on the day that it says.
        """
        if self.dropped:
            return "dropped"
        if self.datasets:
            days = [published.get(name) for name in self.datasets]
            done = all(day is not None and (self.data_from is None or day >= self.data_from) for day in days)
        else:
            done = self.done is not None and self.done <= today
        if done:
            return "done"
        return "overdue" if today > self.last_day else "open"


class AnnualPlan(Shape):
    """A year's plan of the city or of a department (DEM-3): catalog/plan/<id>.yml."""

    id: str = told(..., "编号", "等于文件名。", "2026")
    title: str = told(..., "名称", "", "2026年公共数据开放年度计划（示范）", min_length=4)
    title_en: str | None = told(None, "英文名称", "", "Plan for 2026 (demonstration)")
    year: str = told(..., "年度", "", "2026", pattern=r"^\d{4}$")
    level: Literal["city", "county", "department"] = told(
        ..., "层级", "city 全市、county 县区、department 部门。", "city"
    )
    department: str | None = told(None, "部门编号", "部门计划填写。", "mzj")
    issued: Day = told(..., "发布日期", "", "2026-11-01")
    number: str | None = told(None, "文号", "", "示范〔2026〕201号")
    focus: str | None = told(None, "年度重点", "", "先把公众最常查的代码和名录开放好")
    demands: tuple[str, ...] = told((), "质量要求", "", ["每项写明来源和更新频率"])
    measures: tuple[str, ...] = told((), "促进措施", "", ["每季度核对一次进度"])
    items: tuple[PlanItem, ...] = told(..., "事项", "", min_length=1)


class Approval(Shape):
    """Who let a result stand here."""

    by: str = told(..., "审核岗位", "岗位名称，不写个人姓名。", "平台运营岗（示范）")
    date: Day = told(..., "审核日期", "", "2026-11-20")


class Work(Shape):
    """A result of use (SHO-1, SHO-2): catalog/showcase/<id>.yml."""

    id: str = told(..., "编号", "等于文件名。", "village-lookup")
    title: str = told(..., "名称", "", "村居代码速查", min_length=2, max_length=80)
    title_en: str | None = told(None, "英文名称", "", "Village code lookup")
    maker: str = told(..., "制作者", "单位或署名。", "某某大学某某课题组（示范）")
    kind: Literal["application", "paper", "report", "visualisation", "product", "other"] = told(
        ...,
        "类别",
        "application 应用、paper 论文、report 报告、visualisation 可视化、product 产品、other 其他。",
        "application",
    )
    datasets: tuple[str, ...] = told(..., "使用的数据集", "数据集编号。", ["village-codes"], min_length=1)
    description: str = told(..., "说明", "做了什么、对谁有用。", "输入村名查代码。", min_length=4, max_length=1000)
    date: Day = told(..., "完成日期", "", "2026-11-10")
    url: str | None = told(None, "网址", "", "https://example.org/", pattern=r"^https?://\S+$")
    source_note: str | None = told(None, "来源标注", "成果中怎样注明数据来源。", "数据来自本平台，2026-11-01 获取")
    excellent: str | None = told(
        None, "优秀成果", "列入优秀成果名录、示范项目或受表彰的依据。", "2026 年优秀成果（示范）"
    )
    approved: Approval = told(..., "审核", "经审核才展示。")


class Violation(Shape):
    """A violation made public by decision, for a term (VIO-3): catalog/violations/<id>.yml."""

    id: str = told(..., "编号", "等于文件名。", "2026-001")
    who: str = told(..., "当事人", "自然人须隐去：姓氏加“某”或“**”。", "某某公司")
    person: bool = told(..., "自然人", "当事人是自然人的写 true。", "false")
    category: str = told(..., "类别", "", "采用非法手段获取公共数据", min_length=2)
    facts: str = told(..., "事实", "", "绕过调用限制抓取数据。", min_length=4, max_length=1000)
    measure: str = told(..., "处理措施", "", "限制访问 30 天", min_length=2)
    by: str = told(..., "处理单位", "", "市信息中心（示范）")
    decision: str = told(..., "公示决定", "文号或记录编号。", "示范〔2026〕301号", min_length=2)
    since: Day = told(..., "公示起", "", "2026-11-01")
    until: Day = told(..., "公示止", "公示的最后一天；此后自动撤下。", "2026-12-31")
    corrected: Day | None = told(None, "改正日期", "改正后恢复访问的日期。", "2026-11-15")

    def shown_on(self, day: datetime.date) -> bool:
        """Whether its term runs; the last day still counts."""
        return self.since <= day <= self.until

    @property
    def masked(self) -> bool:
        """Whether a natural person's name is hidden: 张某, 李某某, 王** or 欧阳某."""
        return not self.person or bool(re.fullmatch(r"[\u4e00-\u9fff]{1,2}(某{1,2}|[*＊×]{1,3})", self.who))


DOCUMENTS: MappingProxyType[str, type[Document]] = MappingProxyType({"policies": Policy, "news": News})
"""Key of `Catalogue` and folder below catalog/ → the model of one Markdown file."""
RECORDS: MappingProxyType[str, type[Shape]] = MappingProxyType(
    {"plan": AnnualPlan, "showcase": Work, "violations": Violation}
)
"""The same for YAML files."""
FOLDERS = frozenset({*DOCUMENTS, *RECORDS})


def publication_path(key: str, name: str) -> str:
    """Where one lies, relative to the city's folder."""
    return f"catalog/{key}/{name}.{'md' if key in DOCUMENTS else 'yml'}"
