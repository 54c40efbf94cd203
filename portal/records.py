"""The small records inside an entry: who to ask, where it came from, who reviewed it, what it relates to."""

from __future__ import annotations

from typing import Literal

from portal.shape import Day, Shape, told

ReviewKind = Literal["security", "legality", "compliance", "privacy", "secrets", "expert", "sample"]
PriorityReason = Literal["livelihood", "urgent", "value", "strategic"]
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


Cause = Literal["safety", "law", "rights", "quality", "reform", "other"]
PaperKind = Literal["work-order", "explanation", "filing", "approval", "notice", "consent", "resource-catalogue"]


class Paper(Shape):
    """A step that a change stands on: by whom, which number, when, about what (OT-3, OT-10, AUD-4)."""

    kind: PaperKind = told(
        ...,
        "手续",
        "work-order 工单，explanation 说明文件，filing 备案，approval 审核同意，notice 告知主管部门，"
        "consent 权利人同意，resource-catalogue 资源目录已调整。",
        "filing",
    )
    by: str = told(
        ..., "办理单位", "受理、备案、审核或出具的单位；不写个人姓名。", "苏州市数据局（示范）", min_length=2
    )
    date: Day = told(..., "日期", "受理、备案或同意的日期。", "2026-11-01")
    number: str | None = told(None, "编号", "工单号、备案号或文号。", "示范〔2026〕2号")
    about: str | None = told(None, "事项", "同意或备案的是什么。", "由无条件开放调整为有条件开放")


class TypeChange(Shape):
    """One change of the open type (OT-10)."""

    date: Day = told(..., "日期", "调整生效的日期。", "2026-11-01")
    from_: OpenType = told(..., "原类型", "", "conditional", alias="from")
    to: OpenType = told(..., "新类型", "", "unconditional")
    ground: str = told(..., "理由", "为什么调整。", "评估后具备无条件开放条件")
    cause: Cause | None = told(
        None,
        "理由类别",
        "safety 安全管理，law 法律规定，rights 权利保护，quality 质量，reform 机构改革，other 其他。",
        "safety",
    )
    by: str | None = told(None, "决定单位", "由哪个单位决定；不写个人姓名。", "民政局（示范）")
    papers: tuple[Paper, ...] = told((), "手续", "本市要求的工单、备案、审核等。")
    document: str | None = told(None, "备案或批准文号", "", "示范〔2026〕2号")


class EntryChange(Shape):
    """A recorded change that takes something from the public, or renames or corrects it (OT-9, CND-2)."""

    date: Day = told(..., "日期", "", "2026-11-01")
    kind: Literal["removed", "narrowed", "widened", "renamed", "moved", "corrected", "confirmed"] = told(
        ...,
        "变更类型",
        "removed 撤下部分内容，narrowed 缩小范围或放慢更新，widened 扩大，renamed 改名，moved 换地址，"
        "corrected 更正或随事实变化，confirmed 确认无须修改。",
        "corrected",
    )
    of: tuple[str, ...] = told(
        ..., "所涉内容", "列名、表名，或 rows（数据行）、update_frequency、temporal 等键名。", ["rows"], min_length=1
    )
    names: dict[str, str] | None = told(None, "新旧名称", "改名时写，旧名: 新名。", {"面积": "占地面积"})
    ground: str = told(..., "理由", "改了什么、为什么；向公众公开。", "三处公园已经关闭", min_length=4)
    cause: Cause | None = told(None, "理由类别", "与开放类型调整相同。", "safety")
    by: str | None = told(None, "决定单位", "由哪个单位决定；不写个人姓名。", "民政局（示范）")
    papers: tuple[Paper, ...] = told((), "手续", "撤下内容时，本市要求的工单、备案、审核等。")


class Relation(Shape):
    """How this set relates to another one (REL-1)."""

    to: str = told(..., "关联数据集", "对方的编号。", "suzhou-street-codes")
    kind: Literal["shared-key", "part-of", "derived-from", "same-topic", "supersedes"] = told(
        ..., "关系", "shared-key 为共用代码。", "shared-key"
    )
    fields: dict[str, str] | None = told(None, "对应列", "本表列: 对方列。", {"乡镇街道代码": "区划代码"})
    coverage: int | None = told(
        None, "应对上的比例", "本表至少百分之多少的行能在对方找到；缺省按关系类型。", 95, ge=0, le=100
    )
    note: str | None = told(None, "说明", "时间、地域不同的，说明两者如何对应。", "本市部分，与全省表同期")


class View(Shape):
    """A chart or map on the dataset's page. An entry without any gets what its columns suggest (portal/viewing)."""

    kind: Literal["bar", "line", "map"] = told(
        ..., "图表类型", "bar 柱形图（按组比较），line 折线图（随时间变化），map 点位地图。", "bar"
    )
    title: str = told(..., "图表标题", "一句话说明图里是什么。", "各区县村（居）数量")
    title_en: str | None = told(None, "英文标题", "英文界面显示。", "Villages by district")
    table: str | None = told(None, "表名", "多表时写明；缺省为第一张有这些列的表。", "residents")
    group: str | None = told(None, "分组列", "柱形图按此列分组。", "区县名称")
    x: str | None = told(None, "横轴列", "折线图的时间列。", "日期")
    value: str | None = told(None, "数值列", "count 表示计数。", "count")
    values: tuple[str, ...] = told(
        (), "多个数值列", "折线图一列一条线，单位须相同。", ["1美元=人民币", "1欧元=人民币"], max_length=8
    )
    series: str | None = told(None, "分线列", "折线图按此列的不同值各画一条线，最多 8 条。", "性别")
    measure: Literal["sum", "mean", "min", "max"] | None = told(
        None,
        "合并方式",
        "多行合为一点时：sum 合计，mean 平均，min 最小，max 最大；柱形图缺省合计，折线图缺省平均。",
        "mean",
    )
    step: Literal["day", "week", "month", "quarter", "year"] | None = told(
        None, "时间间隔", "按日、周、月、季、年合并；缺省按点数自动选择。", "month"
    )
    where: dict[str, str] | None = told(None, "只画哪些行", "列: 值，同时符合的行才画。", {"年份": "2025"})
    from_: str | None = told(None, "横轴起", "只画不小于此值的部分。", "2021-01-01", alias="from")
    to: str | None = told(None, "横轴止", "只画不大于此值的部分。", "2026-12-31")
    order: Literal["value", "group", "file"] | None = told(
        None, "柱的次序", "value 从大到小，group 按组名，file 按数据中的先后；缺省：时间按先后，其余从大到小。", "file"
    )
    longitude: str | None = told(None, "经度列", "", "经度")
    latitude: str | None = told(None, "纬度列", "", "纬度")
    label: str | None = told(None, "点名列", "地图上点的名称。", "名称")
    note: str | None = told(None, "图注", "口径、预测等必须知道的事，写在图下。", "2025 年起为预测")
    note_en: str | None = told(None, "英文图注", "英文界面显示。", "Projections from 2025 on")


class Allowance(Shape):
    """A written exception to one rule, with a reason that the public sees and an end (principle 8)."""

    rule: str = told(..., "规则", "规则名。", "empty-value")
    field: str | None = told(None, "列", "只豁免这一列。", "批复文号")
    reason: str = told(..., "理由", "向公众公开。", "2000 年以前的变更没有文号", min_length=4)
    until: Day = told(..., "有效期", "到期后须重新论证。", "2027-12-31")


class Aggregation(Shape):
    """Columns that together could point at one person or enterprise (REV-5): the gate counts their smallest group."""

    fields: tuple[str, ...] = told(
        ..., "列", "放在一起可能识别到个体的列。", ["性别", "出生年份", "街道"], min_length=1
    )
    about: str = told(..., "可能识别什么", "自然人、企业、家庭等。", "自然人")
    table: str | None = told(None, "表名", "多表时写明；缺省为第一张表。", "residents")


class ColumnProfile(Shape):
    """What a department tells of one column of data that are not in Git (SMP-2); a sample is held against it."""

    missing: float | None = told(None, "空值比例", "0 到 1。", 0.02, ge=0, le=1)
    distinct: int | None = told(None, "不同值个数", "全量数据中不同值的个数。", 12, ge=0)
    minimum: str | None = told(None, "最小值", "全量数据的最小值。", "0")
    maximum: str | None = told(None, "最大值", "全量数据的最大值。", "100")
    mean: float | None = told(None, "平均值", "全量数据的平均值；同时要写最小值和最大值。", 42.5)
    shares: dict[str, float] | None = told(None, "各值比例", "主要取值及其比例，0 到 1。", {"男": 0.51, "女": 0.49})


class Sample(Shape):
    """A sample of conditional data that anybody may take (SMP, SH-22)."""

    path: str = told(
        ..., "样本文件", "datasets/<部门>/ 下的文件名，列与全量数据相同。", "trips-sample.csv", min_length=1
    )
    table: str | None = told(None, "取自哪张表", "缺省为第一张表。", "trips")
    total: int = told(..., "全量行数", "全量数据的行数。", 1200000, ge=1)
    method: str = told(..., "抽取方法", "怎样抽取，为何能反映全量。", "按月份分层随机抽取", min_length=4)
    date: Day = told(..., "抽取日期", "", "2026-11-01")
    profile: dict[str, ColumnProfile] = told(..., "全量概况", "每一列的统计值，样本据此核对。")
    reviews: tuple[Review, ...] = told((), "样本的审查记录", "由 build.py review --sample 写入。")


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


class Confirmation(Shape):
    """A reviewer's word that a text keeps nobody out without need (ACC-3). It holds for that text and no other."""

    text: str = told(..., "所确认的文字", "照抄开放条件或申请材料的原文；原文改动后须重新确认。", "限本市注册的企业")
    date: Day = told(..., "确认日期", "", "2026-11-01")
    by: str = told(..., "确认岗位", "岗位名称，不写个人姓名。", "公平竞争审查岗（示范）", min_length=2)
    reason: str = told(..., "理由", "为什么这样区分是必要的，向公众公开。", "补贴只发给本市企业", min_length=6)
    document: str | None = told(None, "文书", "文号或记录编号。", "示范〔2026〕5号")


class Channel(Shape):
    """Another address where these data can be had, and the record that allows it (ACC-4)."""

    host: str = told(..., "域名", "不带 https:// 和路径。", "data.example.org", pattern=r"^[A-Za-z0-9.-]+(:\d+)?$")
    kind: Literal["integration", "filing"] = told(
        ..., "记录类型", "integration 为已与平台对接、整合，filing 为已向主管部门备案。", "integration"
    )
    record: str = told(..., "对接或备案编号", "文号或记录编号。", "示范〔2026〕6号")


class NameParts(Shape):
    """What the name shows, where the words alone don't tell (CAT-2)."""

    field: str | None = told(None, "关键字段", "", "区划代码")
    time: str | None = told(None, "时间范围", "", "2023年")
    area: str | None = told(None, "地域范围", "", "苏州市")
    not_applicable: str | None = told(
        None, "不适用的理由", "说明字段、时间、地域中哪一项不适用，为什么。", "全国统一代码，无地域范围"
    )
