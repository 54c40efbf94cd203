"""The registers that lie beside the entries: officers, projects, sources, levels, disputes, changes of law, topics.

One file each under catalog/, all optional; which of them a city cannot do without is said by its profile.
"""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import StringConstraints

from portal.records import OpenType
from portal.shape import Day, Shape, told

Duty = Literal["data", "review"]


class Filing(Shape):
    """A notice to the authority of the same level."""

    date: Day = told(..., "备案日期", "", "2026-11-05")
    with_: str = told(..., "备案机关", "同级公共数据主管部门。", "市数据局（示范）", alias="with")
    document: str | None = told(None, "备案编号", "", "示范〔2026〕6号")


class Post(Shape):
    """A dedicated post (专人专岗): an office, never a private person."""

    post: str = told(..., "岗位", "岗位名称，不写个人姓名。", "数据安全岗（示范）")
    duties: tuple[Duty, ...] = told(..., "职责", "data 提交和维护数据，review 审查。", ["review"], min_length=1)
    since: Day = told(..., "任职起", "本岗位人员到岗或变动的日期。", "2026-11-01")
    until: Day | None = told(None, "任职止", "离岗日期；在岗留空。", "2027-03-31")
    accounts: tuple[str, ...] = told((), "账号", "该岗位提交改动所用的 Git 作者名或邮箱。", ["mzj-review"])

    def holds(self, duty: Duty, day: date) -> bool:
        """Whether this post has the duty on a day."""
        return duty in self.duties and self.since <= day and (self.until is None or day <= self.until)


class Officers(Shape):
    """The people in charge in one department (REV-10): catalog/officers.yml."""

    department: str = told(..., "部门编号", "等于目录名。", "mzj")
    chief: str = told(..., "首席数据官", "职务或岗位名称，不写个人姓名。", "首席数据官（示范）")
    since: Day = told(..., "首席数据官任职起", "", "2026-11-01")
    posts: tuple[Post, ...] = told(..., "专岗", "至少一个 data 岗和一个 review 岗。", min_length=1)
    filed: Filing | None = told(None, "备案", "人员变动后须重新备案。")


class Project(Shape):
    """An IT project whose data must be in the catalogue before acceptance (CAT-20): catalog/projects.yml."""

    id: str = told(..., "立项编号", "", "SZ-2026-001", min_length=2, max_length=60)
    name: str = told(..., "项目名称", "", "民政业务系统升级（示范）")
    department: str = told(..., "部门编号", "等于目录名。", "mzj")
    stage: Literal["planned", "approved", "building", "acceptance", "accepted"] = told(
        ..., "阶段", "计划、立项、建设、验收中、已验收。", "building"
    )
    acceptance: Day | None = told(None, "验收日期", "计划或实际的验收日期。", "2027-06-30")
    datasets: tuple[str, ...] = told((), "应编目的数据集", "项目产生的数据集编号。", ["suzhou-village-codes"])


class ResourceField(Shape):
    """A field of a source table."""

    id: str = told(..., "字段编号", "", "F03", min_length=1)
    name: str = told(..., "字段名称", "", "区划代码", min_length=1)


class Resource(Shape):
    """A source table of the city's resource catalogue (CAT-11), not published: catalog/resources.yml."""

    id: str = told(..., "资源编号", "", "ZY-0001", pattern=r"^[^/\s]+$")
    name: str = told(..., "资源名称", "", "村（居）委会基本信息表")
    department: str = told(..., "数源部门", "等于目录名。", "mzj")
    fields: tuple[ResourceField, ...] = told(..., "字段", "", min_length=1)


class Level(Shape):
    """A level, or combination of levels, and the open types that go with it (CAT-13): catalog/levels.yml."""

    level: str = told(..., "级别", "与条目中的写法一致；可以是级别的组合。", "一级", min_length=1)
    open_types: tuple[OpenType, ...] = told(
        ..., "对应的开放类型", "该级别可以采用的开放类型。", ["unconditional"], min_length=1
    )
    note: str | None = told(None, "说明", "依据或适用情形。", "公开后无影响")


class Decision(Shape):
    """How a dispute ended."""

    owner: str = told(..., "确定的开放主体", "部门编号。", "mzj")
    by: str = told(..., "决定机关", "", "市人民政府（示范）")
    date: Day = told(..., "决定日期", "", "2026-11-10")
    document: str | None = told(None, "文书", "", "示范〔2026〕7号")


class Dispute(Shape):
    """A disagreement on which department opens an item (DSP-2): catalog/disputes.yml."""

    item: str = told(..., "争议数据", "数据或数据项的名称。", "道路名称")
    parties: tuple[str, ...] = told(..., "争议各方", "部门编号。", ["mzj", "zgj"], min_length=2)
    datasets: tuple[str, ...] = told((), "涉及的数据集", "数据集编号。", ["suzhou-roads"])
    raised: Day = told(..., "提出日期", "", "2026-10-01")
    decided: Decision | None = told(None, "结果", "尚未确定的留空。")


class LegalChange(Shape):
    """A change of a department's legal basis or function (CAT-16): catalog/legal-changes.yml."""

    department: str = told(..., "部门编号", "等于目录名。", "mzj")
    what: str = told(..., "变化内容", "哪项依据或职能、怎样变化。", "机构职能调整", min_length=4)
    date: Day = told(..., "变化日期", "", "2026-11-02")
    updated: Day | None = told(None, "目录更新日期", "完成更新并报送的日期。", "2026-11-12")
    received: Day | None = told(None, "主管部门收到日期", "", "2026-11-12")
    published: Day | None = told(None, "审核发布日期", "", "2026-11-13")


Moment = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2} ([01]\d|2[0-3]):[0-5]\d$")]
"""A minute in Asia/Shanghai, as people write it: 2026-10-20 08:00."""


TopicId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{1,40}$")]


class TopicNews(Shape):
    """What was opened or renewed in an emergency, and when (EMG-1「动态更新」)."""

    at: Moment = told(..., "时间", "年-月-日 时:分，北京时间。", "2026-10-20 08:00")
    text: str = told(..., "内容", "开放或更新了什么。", "开放全市避难场所名录", min_length=4, max_length=200)


class AfterReview(Shape):
    """The record that follows an emergency: was what was opened right, does it stay open (EMG-1)."""

    date: Day = told(..., "复盘日期", "", "2026-10-28")
    by: str = told(..., "复盘单位", "单位或岗位，不写个人姓名。", "市数据局（示范）")
    result: str = told(..., "结论", "哪些继续开放，哪些恢复原状，有何改进。", "全部继续开放", min_length=4)
    document: str | None = told(None, "文书", "文号或记录编号。", "示范〔2026〕8号")


class Topic(Shape):
    """A subject of daily life, or an emergency, with the datasets that people need for it: catalog/topics.yml."""

    id: TopicId = told(..., "编号", "网址的一部分，永不更改。", "travel")
    title: str = told(..., "名称", "市民的说法，宜短。", "出行", min_length=2, max_length=20)
    title_en: str | None = told(None, "英文名称", "英文界面显示。", "Getting around")
    summary: str = told(..., "说明", "一句话说明能找到什么。", "车站、机场、号牌。", min_length=4, max_length=200)
    summary_en: str | None = told(None, "英文说明", "", "Stations, airports, plates.")
    icon: str = told("dot", "图标", "site_src/assets/icons 下的名称。", "train")
    datasets: tuple[str, ...] = told((), "数据集", "数据集编号，按此顺序排在前面。", ["china-airports"])
    domains: tuple[str, ...] = told((), "领域", "这些领域的数据集全部收入。", ["transport"])
    keywords: tuple[str, ...] = told((), "关键词", "有这些关键词之一的数据集全部收入。", ["火车站"])
    kind: Literal["life", "emergency"] = told("life", "类别", "life 生活主题，emergency 突发事件应急开放。", "life")
    event: Literal["disaster", "accident", "health", "security"] | None = told(
        None, "事件类别", "自然灾害、事故灾难、公共卫生、社会安全；仅应急专题填写。", "disaster"
    )
    since: Day | None = told(None, "启动日期", "仅应急专题填写，必填。", "2026-10-20")
    until: Day | None = told(None, "结束日期", "应急响应结束后填写。", "2026-10-24")
    fast_lane: str | None = told(
        None, "快速通道", "审批怎样缩短、由谁审查；安全审查不得省略。仅应急专题填写，必填。", "并联审批，2 小时内完成"
    )
    renewed: str | None = told(None, "更新频次", "多久更新一次。仅应急专题填写，必填。", "每 2 小时")
    news: tuple[TopicNews, ...] = told((), "动态", "每次开放或更新一条。")
    reviewed: AfterReview | None = told(None, "事后复盘", "结束后填写。")
    aliases: tuple[TopicId, ...] = told(
        (), "旧编号", "改过编号或并入本专题的，旧编号写在这里，旧网址指到本专题。", ["trains"]
    )

    def is_on(self, day: date) -> bool:
        """Whether the emergency lasts on a day."""
        begun = self.kind == "emergency" and self.since is not None and self.since <= day
        return begun and (self.until is None or day <= self.until)


REGISTERS: MappingProxyType[str, type[Shape]] = MappingProxyType(
    {
        "officers": Officers,
        "projects": Project,
        "resources": Resource,
        "levels": Level,
        "disputes": Dispute,
        "legal_changes": LegalChange,
        "topics": Topic,
    }
)
"""Key of `Catalogue` → the model of one item; the file is catalog/<key with hyphens>.yml."""


def register_path(key: str) -> str:
    """Where a register lies, relative to the city's folder."""
    return f"catalog/{key.replace('_', '-')}.yml"
