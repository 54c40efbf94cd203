"""The small records inside an entry: who to ask, where it came from, who reviewed it, what it relates to."""

from __future__ import annotations

from typing import Literal

from portal.shape import Day, Shape, told

ReviewKind = Literal["security", "legality", "compliance", "privacy", "secrets", "expert"]
OpenType = Literal["unconditional", "conditional", "not-open"]


class Period(Shape):
    """The time that the data cover, both days included."""

    from_: Day = told(..., "起", "覆盖时间的第一天。", "2023-01-01", alias="from")
    to: Day = told(..., "止", "覆盖时间的最后一天。", "2023-12-31")


class Licence(Shape):
    """Under which terms people may use the data."""

    name: str = told(..., "许可名称", "许可协议的通用名称。", "MIT")
    url: str | None = told(None, "许可全文", "https 地址。", "https://opensource.org/license/mit", pattern="^https?://")


class Contact(Shape):
    """An office, never a private person (CAT-12)."""

    office: str = told(..., "联系单位", "科室或岗位名称，不写个人姓名。", "民政局信息中心")
    phone: str | None = told(None, "联系电话", "办公电话。", "0512-00000000")
    email: str | None = told(None, "电子邮箱", "单位邮箱。", "data@example.org")


class SourceNote(Shape):
    """Where the data come from, so that attribution is never lost."""

    upstream: str = told(..., "原始来源", "最初发布者与版本。", "国家统计局 2023 年统计用区划代码")
    package: str | None = told(None, "取得途径", "软件包及版本。", "china-division 2.7.0")
    licence: str | None = told(None, "来源许可", "来源方许可。", "MIT")
    url: str | None = told(None, "来源网址", "https 地址。", "https://www.stats.gov.cn", pattern="^https?://")
    note: str | None = told(None, "来源说明", "推算、换算、截取等情况。", "由欧央行参考汇率交叉换算")


class Condition(Shape):
    """One condition for conditional data (CAT-14, SH-15)."""

    category: Literal["scenario", "security", "feedback", "capability", "credit", "other"] = told(
        ..., "条件类别", "应用场景、数据安全、利用反馈、技术能力、信用、其他。", "security"
    )
    text: str = told(..., "条件内容", "申请人须满足什么。", "具备数据安全管理制度")
    ground: str = told(..., "依据或风险", "为什么需要这个条件。", "数据汇聚后可能识别到个人")


class Review(Shape):
    """A review before opening, bound to content by `covers` (REV-1, REV-2)."""

    kind: ReviewKind = told(..., "审查类型", "security 为安全审查。", "security")
    date: Day = told(..., "审查日期", "", "2026-11-01")
    result: Literal["passed", "refused"] = told(..., "结论", "passed 通过，refused 不通过。", "passed")
    by: str = told(..., "审查岗位", "岗位名称，不写个人姓名。", "数据安全岗（示范）")
    document: str | None = told(None, "审查文书", "文号或记录编号。", "示范〔2026〕1号")
    covers: str = told(..., "审查内容指纹", "由 build.py review 写入，不要手填。", "0f3a…", pattern="^[0-9a-f]{64}$")
    rules: tuple[str, ...] | None = told(
        None, "依靠的规则", "按更新机制审查时由 build.py review --recurring 写入。", ["primary-key"]
    )
    until: Day | None = told(None, "有效期", "按更新机制审查的到期日，到期重新审查。", "2027-11-01")


class TypeChange(Shape):
    """One change of the open type (OT-10)."""

    date: Day = told(..., "日期", "", "2026-11-01")
    from_: OpenType = told(..., "原类型", "", "conditional", alias="from")
    to: OpenType = told(..., "新类型", "", "unconditional")
    ground: str = told(..., "理由", "为什么调整。", "评估后具备无条件开放条件")
    document: str | None = told(None, "备案或批准文号", "", "示范〔2026〕2号")


class Relation(Shape):
    """How this set relates to another one (REL-1)."""

    to: str = told(..., "关联数据集", "对方的编号。", "suzhou-street-codes")
    kind: Literal["shared-key", "part-of", "derived-from", "same-topic", "supersedes"] = told(
        ..., "关系", "shared-key 为共用代码。", "shared-key"
    )
    fields: dict[str, str] | None = told(None, "对应列", "本表列: 对方列。", {"乡镇街道代码": "区划代码"})
    note: str | None = told(None, "说明", "", "上级乡镇（街道）")


class View(Shape):
    """A chart or map on the dataset's page."""

    kind: Literal["bar", "line", "map"] = told(..., "图表类型", "", "bar")
    title: str = told(..., "图表标题", "", "各区县村（居）数量")
    group: str | None = told(None, "分组列", "柱形图按此列分组。", "区县名称")
    x: str | None = told(None, "横轴列", "折线图的时间列。", "日期")
    value: str | None = told(None, "数值列", "count 表示计数。", "count")
    longitude: str | None = told(None, "经度列", "", "经度")
    latitude: str | None = told(None, "纬度列", "", "纬度")


class Allowance(Shape):
    """A written exception to one rule, with a reason that the public sees and an end (principle 8)."""

    rule: str = told(..., "规则", "规则名。", "empty-value")
    field: str | None = told(None, "列", "只豁免这一列。", "批复文号")
    reason: str = told(..., "理由", "向公众公开。", "2000 年以前的变更没有文号", min_length=4)
    until: Day = told(..., "有效期", "到期后须重新论证。", "2027-12-31")


class Processing(Shape):
    """What was done to the data before opening (REV-7)."""

    kind: Literal["cleaning", "masking", "de-identification", "declassification", "conversion", "derivation"] = told(
        ..., "处理方式", "清洗、脱敏、去标识、脱密、格式转换、推算。", "cleaning"
    )
    note: str = told(..., "说明", "做了什么。", "截取苏州市范围")


class Evaluation(Shape):
    """A periodic evaluation of the open type (OT-6)."""

    date: Day = told(..., "评估日期", "", "2026-11-01")
    result: str = told(..., "结论", "", "维持现开放类型")
    next: Day | None = told(None, "下次评估", "缺省按本市规定的周期推算。", "2027-11-01")


class Api(Shape):
    """What `data_type: api` documents (UPD-3)."""

    endpoint: str = told(..., "接口地址", "", "https://example.org/api", pattern="^https://")
    documentation: str = told(..., "接口文档", "", "https://example.org/docs")
    example: str = told(..., "示例返回", "", '{"ok": true}')
    record: str = told(..., "对接记录", "平台对接或备案编号（ACC-4）。", "示范〔2026〕3号")


class NameParts(Shape):
    """What the name shows, where the words alone don't tell (CAT-2)."""

    field: str | None = told(None, "关键字段", "", "区划代码")
    time: str | None = told(None, "时间范围", "", "2023年")
    area: str | None = told(None, "地域范围", "", "苏州市")
    not_applicable: str | None = told(None, "不适用的理由", "", "全国统一代码，无地域范围")
