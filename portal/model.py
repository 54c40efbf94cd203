"""What the portal is about: Catalogue, Department, Dataset, DataFile. Frozen, and without any input or output.

Each field is described once, with title, help and example; the reader, the JSON Schema for editors and the
field page come from these lines. Which keys are required, shown and how they are labelled is the profile's
business (portal/profile.py); here stands the superset of all five cities (requirements §1.0).
"""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from portal.proceedings import Approval, Concern, EntryGround, Grading, GroundKind
from portal.publications import AnnualPlan, News, Policy, Violation, Work
from portal.records import (
    Aggregation,
    Allowance,
    Api,
    Cause,
    Channel,
    Condition,
    Confirmation,
    Contact,
    EntryChange,
    Evaluation,
    Licence,
    NameParts,
    OpenType,
    Paper,
    Period,
    PriorityReason,
    Processing,
    Relation,
    Review,
    Sample,
    SourceNote,
    TypeChange,
    View,
)
from portal.registers import Dispute, LegalChange, Level, Officers, Project, Resource, Topic
from portal.shape import Day, Shape, told
from portal.tableschema import TableSchema

Frequency = Literal[
    "realtime", "daily", "weekly", "monthly", "quarterly", "semiannual", "annual", "biennial", "irregular"
]
SLUG = r"^[a-z0-9][a-z0-9-]{1,62}$"
Slug = Annotated[str, StringConstraints(pattern=SLUG)]
Owner = Annotated[str, StringConstraints(pattern=r"^@[A-Za-z0-9][\w.-]*(/[\w.-]+)*$")]
"""An account or a team of a forge, as CODEOWNERS writes it; anything else could smuggle another line into that file."""


class DataFile(Shape):
    """One data file of an entry, below datasets/<department>/."""

    path: str = told(..., "文件", "datasets/<部门>/ 下的文件名。", "suzhou-village-codes.csv", min_length=1)
    name: str = told("", "表名", "首个文件默认为数据集编号；部门内唯一。", "suzhou-village-codes")
    title: str | None = told(None, "文件名称", "多文件时说明各自内容。", "2021—2023年")
    title_en: str | None = told(None, "英文文件名称", "", "2021-2023")
    append: bool = told(False, "续接上一文件", "列结构相同的文件合为一张表。", True)
    sheet: str | None = told(None, "工作表", "电子表格中的工作表名；缺省为第一张。", "Sheet1")
    delimiter: Literal[",", ";", "\t", "|"] = told(",", "分隔符", "CSV 文件的列分隔符。", ",")
    table_schema: TableSchema | None = told(None, "表结构", "append 文件可省略。", alias="schema")

    @property
    def key(self) -> str:
        """What tells this file from the others of its entry: its path, and the sheet where one is named."""
        return f"{self.path}#{self.sheet}" if self.sheet else self.path


class Table(Shape):
    """A table as it is published: a file of the entry with those appended to it."""

    name: str
    title: str
    table_schema: TableSchema
    files: tuple[DataFile, ...]


class Dataset(Shape):
    """One catalogue entry (目录条目). `id` is the file's name and `department` its folder."""

    id: str = told(..., "编号", "等于文件名，永不更改。", "suzhou-village-codes", pattern=SLUG)
    department: str = told(..., "部门编号", "等于目录名。", "mzj")
    title: str = told(
        ...,
        "名称",
        "写明关键字段、时间范围、地域范围。",
        "苏州市村（居）委会区划代码（2023年）",
        min_length=2,
        max_length=80,
    )
    title_en: str | None = told(None, "英文名称", "英文界面显示。", "Village codes of Suzhou")
    summary: str = told(
        ..., "摘要", "一两句话说明内容、来源、用途。", "全市各村（居）委会的代码与名称。", min_length=4, max_length=500
    )
    summary_en: str | None = told(None, "英文摘要", "英文界面显示。", "Codes and names")
    domain: str = told(..., "数据领域", "catalog/domains.yml 中的编号。", "civil-affairs")
    keywords: tuple[str, ...] = told((), "关键词", "市民会搜索的词。", ["行政区划", "村委会"], max_length=20)
    open_type: OpenType = told(..., "开放类型", "无条件、有条件、不予开放。", "unconditional")
    open_ground: str | None = told(
        None, "开放类型依据", "有条件或不予开放时必填：法律依据或限制事由。", "《个人信息保护法》第四条"
    )
    open_ground_kinds: tuple[GroundKind, ...] = told((), "限制事由", "本市文本列出的事由。", ["purpose", "scope"])
    open_conditions: tuple[Condition, ...] = told((), "开放条件", "仅有条件开放填写。")
    application_materials: tuple[str, ...] = told((), "申请材料", "仅有条件开放填写。", ["数据安全管理制度"])
    open_scope: str | None = told(None, "数据开放范围", "", "社会公众")
    open_content: str | None = told(None, "开放内容", "", "全部数据项")
    data_type: Literal["dataset", "api"] = told("dataset", "数据类型", "数据集或接口。", "dataset")
    status: Literal["published", "static"] = told("published", "状态", "static 为不再更新的静态数据。", "published")
    static_reason: str | None = told(None, "静态数据说明", "何时起、为何不再更新。", "来源于 2001 年停止更新")
    update_frequency: Frequency = told(..., "更新频率", "", "annual")
    generation_frequency: Frequency | None = told(None, "数据产生频率", "", "annual")
    data_date: Day = told(..., "数据日期", "数据所反映的日期，不是上传日期。", "2023-06-30")
    temporal: Period | None = told(None, "时间范围", "数据覆盖的时间。")
    spatial: str | None = told(None, "地域范围", "数据覆盖的地域。", "江苏省苏州市")
    coordinate_system: Literal["WGS-84", "CGCS2000", "GCJ-02"] | None = told(
        None, "坐标系", "含经纬度时必填。", "WGS-84"
    )
    jurisdiction: str = told(..., "行政层级", "市或县（市、区）的名称。", "苏州市")
    level: str | None = told(None, "数据级别", "分类分级的结果，catalog/levels.yml 中的级别。", "一级")
    graded: Grading | None = told(None, "定级记录", "最近一次分类分级；内容、范围、用途变化后重新定级。")
    licence: Licence = told(..., "许可", "公众按何种许可使用。")
    contact: Contact | None = told(None, "联系方式", "单位，不写个人。")
    source: SourceNote = told(..., "来源", "署名与来源说明。")
    files: tuple[DataFile, ...] = told((), "数据文件", "按顺序列出。", max_length=50)
    api: Api | None = told(None, "接口", "data_type 为 api 时填写。")
    relations: tuple[Relation, ...] = told((), "数据关联关系", "与其他数据集的关系。")
    views: tuple[View, ...] = told((), "图表", "页面上的图表或地图。")
    concerns: tuple[Concern, ...] = told((), "涉及事项", "涉及秘密、隐私、法律或专业问题的，须另行审查。", ["law"])
    reviews: tuple[Review, ...] = told((), "审查记录", "由 build.py review 写入。")
    approvals: tuple[Approval, ...] = told((), "审批记录", "由 build.py approve 写入。")
    priority_reasons: tuple[PriorityReason, ...] = told(
        (),
        "优先开放的理由",
        "livelihood 与民生紧密相关、urgent 社会迫切需要、value 行业增值潜力显著、strategic 产业战略意义重大。",
        ["livelihood"],
    )
    entry_ground: EntryGround | None = told(None, "新增缘由", "为什么新增这项开放数据。")
    open_type_history: tuple[TypeChange, ...] = told((), "开放类型调整记录", "")
    changes: tuple[EntryChange, ...] = told((), "变更记录", "撤下、缩小、改名、更正了什么，理由和手续；只增不改。")
    evaluations: tuple[Evaluation, ...] = told((), "评估记录", "")
    processing: tuple[Processing, ...] = told((), "加工处理", "清洗、脱敏、推算等。")
    sample: Sample | None = told(None, "样本数据", "有条件开放数据的样本，无需申请即可获取。")
    aggregation: tuple[Aggregation, ...] = told((), "可识别的列组合", "放在一起可能识别到个体的列。")
    allow: tuple[Allowance, ...] = told((), "豁免", "规则例外，写明理由和期限。")
    aliases: tuple[str, ...] = told((), "旧编号", "旧地址继续有效。", ["old-id"])
    terms: tuple[str, ...] = told(
        (), "专有词汇", "本条目中的专有词汇，须在 catalog/glossary.yml 中有解释。", ["统计用区划代码"], max_length=30
    )
    confirmations: tuple[Confirmation, ...] = told((), "平等对待确认", "开放条件区分所有制、地域、规模的，须有确认。")
    channels: tuple[Channel, ...] = told((), "其他渠道", "说明里有其他网址的，写明对接或备案记录。")
    name_parts: NameParts | None = told(None, "名称要素", "名称中看不出的要素。")
    distinguished_from: dict[str, str] | None = told(None, "与相似数据集的区别", "对方编号: 区别。", {"x": "仅含…"})
    part_of: str | None = told(None, "所属数据集", "", "suzhou-codes")
    merged_from: tuple[str, ...] = told((), "由何合并", "", ["old-a"])
    lead: bool | None = told(None, "主责", "一数一源时的主责部门。", True)
    project: str | None = told(None, "信息化项目", "立项编号。", "SZ-2026-001")
    registration_no: str | None = told(None, "数据资源登记号", "", "DJ-0001")
    sharing: dict[str, str] | None = told(None, "共享属性（不公开）", "", {"type": "无条件共享"})
    operation: dict[str, str] | None = told(None, "授权运营（不公开）", "", {"state": "未授权"})
    extra: dict[str, str] | None = told(None, "其他信息", "", {"备注": "…"})

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables of this set in order: each file with a schema opens one, `append` files continue it.

        The first table's name defaults to the set's id, a later one's to its file name without the ending.
        """
        groups: list[list[DataFile]] = []
        for file in self.files:
            if file.append and groups:
                groups[-1].append(file)
            else:
                groups.append([file])
        return tuple(_table(self, index, group) for index, group in enumerate(groups))

    @cached_property
    def opened(self) -> tuple[tuple[int, Table], ...]:
        """The tables with the index of the file that opens each; none while one of these has no schema.

        Kept, because nearly every rule asks for it.
        """
        heads = [index for index, file in enumerate(self.files) if index == 0 or not file.append]
        if any(self.files[index].table_schema is None for index in heads):
            return ()
        return tuple(zip(heads, self.tables, strict=True))

    @property
    def is_open(self) -> bool:
        """Its rows may be published: only unconditional data, ever (OT-1)."""
        return self.open_type == "unconditional" and self.data_type == "dataset"

    @property
    def is_listed(self) -> bool:
        """It has a public page; not-open entries appear nowhere (OT-1, A8)."""
        return self.open_type != "not-open"


def _table(dataset: Dataset, index: int, group: list[DataFile]) -> Table:
    head = group[0]
    name = head.name or (dataset.id if index == 0 else head.path.rsplit("/", 1)[-1].split(".", 1)[0])
    if head.table_schema is None:
        raise ValueError(f"{dataset.id}: {head.path} has no schema; the entry check must have refused it")
    return Table(name=name, title=head.title or dataset.title, table_schema=head.table_schema, files=tuple(group))


class Department(Shape):
    """An opening entity (数据开放主体): catalog/<id>/department.yml."""

    id: str = told(..., "部门编号", "等于目录名。", "mzj", pattern=SLUG)
    name: str = told(..., "部门名称", "", "苏州市民政局", min_length=2)
    name_en: str | None = told(None, "英文名称", "", "Civil Affairs Bureau")
    short_name: str | None = told(None, "简称", "", "市民政局")
    code: str | None = told(None, "统一社会信用代码", "", None)
    jurisdiction: str = told(..., "行政层级", "", "苏州市")
    duty: str | None = told(None, "职责", "一句话介绍。", None)
    contact: Contact = told(..., "联系方式", "单位，不写个人。")
    owners: tuple[Owner, ...] = told(
        (), "代码托管账号", "审阅本部门改动的账号或团队，写入 CODEOWNERS。", ["@suzhou/mzj"]
    )
    aliases: tuple[Slug, ...] = told((), "旧编号", "改过的、并入部门的编号，旧网址指到本部门。", ["mzj-old"])


class Domain(Shape):
    """A data domain (数据领域) of catalog/domains.yml."""

    id: str = told(..., "编号", "", "civil-affairs", pattern=SLUG)
    title: str = told(..., "名称", "", "民政")
    title_en: str | None = told(None, "英文名称", "", "Civil affairs")
    summary: str | None = told(None, "说明", "", None)
    icon: str = told("dot", "图标", "site_src/assets/icons 下的名称。", "people")
    priority: bool = told(False, "重点领域", "法规列为重点推动。", True)
    aliases: tuple[Slug, ...] = told((), "旧编号", "改过的、并入领域的编号，旧网址指到本领域。", ["civil"])


class Term(Shape):
    """A special term and its meaning (CAT-6): catalog/glossary.yml."""

    term: str = told(..., "术语", "", "统计用区划代码", min_length=1)
    meaning: str = told(..., "解释", "", "国家统计局…", min_length=4)
    aliases: tuple[str, ...] = told((), "别称", "", ["区划码"])


class SynonymGroup(Shape):
    """Words that people use for one thing: catalog/synonyms.yml."""

    words: tuple[str, ...] = told(..., "同义词", "", ["公交", "公共汽车", "巴士"], min_length=2)


class Bounds(Shape):
    """Between which degrees an area lies."""

    west: float = told(..., "西", "最西的经度。", "119.9", ge=-180, le=180)
    south: float = told(..., "南", "最南的纬度。", "30.7", ge=-90, le=90)
    east: float = told(..., "东", "最东的经度。", "121.4", ge=-180, le=180)
    north: float = told(..., "北", "最北的纬度。", "32.1", ge=-90, le=90)


class Jurisdiction(Shape):
    """A level of government that the portal shows (PRO-4)."""

    name: str = told(..., "名称", "", "苏州市")
    authority: str = told(..., "公共数据主管部门", "", "苏州市数据局")
    bounds: Bounds | None = told(
        None, "经纬度范围", "坐标超出时提醒；用于 spatial 写明这一地域的数据集。", {"west": "119.9", "south": "30.7"}
    )


class Forge(Shape):
    """Where the repository is kept, so that /edit/ can open its page for a new file."""

    kind: Literal["github", "gitlab", "gitea"] = told(..., "平台种类", "", "gitea")
    url: str = told(
        ...,
        "仓库地址",
        "浏览器中的地址，不带末尾斜线。",
        "https://git.example.org/city/data",
        pattern=r"^https?://\S+[^/\s]$",
    )
    branch: str = told("main", "主分支", "", "main", pattern=r"^[\w./-]+$")


class MapNames(Shape):
    """Places of a dataset of this portal that maps name, so that people know where they are."""

    dataset: str = told(..., "数据集", "有地图（经纬度）的数据集编号。", "suzhou-area-centres", pattern=SLUG)
    names: tuple[str, ...] = told((), "地名", "只标这些；缺省为地图上有名称的全部点。", ["苏州市", "南京市"])


class MapBase(Shape):
    """What lies under the points of maps: nothing of others unless the city names a server of tiles."""

    references: tuple[MapNames, ...] = told((), "参照地名", "取自本平台的数据集，坐标不另写。")
    tiles: str | None = told(
        None,
        "底图地址",
        "https 瓦片地址，含 {z}、{x}、{y}；不填则只画点位、经纬网和参照地名，不向任何其他网站发请求。",
        "https://tiles.example.org/{z}/{x}/{y}.png",
        pattern=r"^https://[A-Za-z0-9.-]+(:\d+)?/\S*$",
    )
    attribution: str | None = told(None, "底图署名", "底图的来源与审图号，显示在图上。", "底图：示范〔审图号〕")
    coordinate_system: Literal["WGS-84", "CGCS2000", "GCJ-02"] = told(
        "WGS-84", "底图坐标系", "与数据坐标系不同时不叠加底图。", "WGS-84"
    )

    @property
    def host(self) -> str:
        """Where the tiles come from, as a security policy names it; empty without tiles."""
        return "/".join(self.tiles.split("/")[:3]) if self.tiles else ""


class DefaultLicence(Licence):
    """The terms that hold where a dataset names none, as the foot of every page tells them."""

    name_en: str | None = told(None, "英文许可名称", "英文页面页脚显示。", "As stated by each source")


class Portal(Shape):
    """The city and its portal: catalog/portal.yml."""

    name: str = told(..., "平台名称", "", "苏州市公共数据开放平台（示范站）")
    name_en: str = told(..., "英文名称", "", "Suzhou Open Data (demonstration)")
    city: str = told(..., "城市", "", "苏州市")
    city_en: str = told(..., "城市英文名", "", "Suzhou")
    profile: str = told(..., "城市规则", "portal/profiles 下的名称。", "suzhou", pattern=SLUG)
    url: str = told(..., "正式地址", "不带末尾斜线。", "https://data.example.org", pattern=r"^https?://[^/]+$")
    demonstration: str | None = told(None, "示范说明", "示范站写明：不是官方网站。", None)
    jurisdictions: tuple[Jurisdiction, ...] = told(..., "行政层级", "", min_length=1)
    contact: Contact = told(..., "平台联系方式", "")
    licence: DefaultLicence | None = told(None, "默认许可", "")
    owners: tuple[Owner, ...] = told((), "代码托管账号", "审阅平台自身改动的账号或团队。", ["@suzhou/portal"])
    forge: Forge | None = told(None, "代码托管平台", "填写后，编写目录条目的页面可以直接新建文件。")
    map: MapBase = told(MapBase(), "地图", "底图与参照地名。")
    public_cases: tuple[Literal["feedback", "demands"], ...] = told(
        ("feedback", "demands"),
        "公开办理情况",
        "feedback 意见和纠错、demands 数据需求；不含任何个人信息。留空则不公开。",
        ["feedback", "demands"],
    )
    example_queries: tuple[str, ...] = told((), "示例检索词", "首页搜索框下的三个词。", ["区划代码"])
    example_queries_en: tuple[str, ...] = told(
        (), "英文示例检索词", "英文首页搜索框下的三个词；不写则与中文首页相同。", ["railway"]
    )


class Release(Shape):
    """One release of a dataset's data: catalog/<department>/<id>.releases.yml (design §5)."""

    release: str = told(
        ..., "版本", "数据日期，同日再次发布加 -2。", "2023-06-30", pattern=r"^\d{4}-\d{2}-\d{2}(-\d+)?$"
    )
    digest: str = told(..., "内容指纹", "文件与表结构的指纹。", None, pattern="^[0-9a-f]{64}$")
    files: dict[str, str] = told(..., "文件指纹", "路径: sha-256；内容从 Git 历史取回。", None)
    note: str | None = told(None, "更新说明", "这次变了什么。", "新增 2026 年数据")


class Tombstone(Shape):
    """A withdrawn dataset: catalog/tombstones.yml. Its address says so; its id and bytes never return (CLM-6)."""

    id: str = told(..., "编号", "被撤回的数据集编号，不得再用。", "old-set", pattern=SLUG)
    title: str = told(..., "名称", "撤回前的名称。", "旧数据集")
    department: str = told(..., "部门编号", "", "mzj")
    date: Day = told(..., "撤回日期", "", "2026-11-01")
    reason: str = told(..., "撤回理由", "向公众公开。", "经核实侵犯第三方权益", min_length=4)
    cause: Cause | None = told(
        None, "理由类别", "rights 为权利保护（侵权核实后撤回）；其余与开放类型调整相同。", "rights"
    )
    by: str | None = told(None, "决定单位", "由哪个单位决定；不写个人姓名。", "民政局（示范）")
    papers: tuple[Paper, ...] = told((), "手续", "本市要求的工单、备案、审核等。")
    document: str | None = told(None, "文书", "文号或记录编号。", "示范〔2026〕4号")
    digests: tuple[str, ...] = told((), "内容指纹", "不得再次发布的版本和文件（sha-256）。", None)


class Catalogue(Shape):
    """Everything that was read: the input of every later step."""

    portal: Portal
    departments: tuple[Department, ...]
    domains: tuple[Domain, ...]
    datasets: tuple[Dataset, ...]
    glossary: tuple[Term, ...] = ()
    synonyms: tuple[SynonymGroup, ...] = ()
    releases: dict[str, tuple[Release, ...]] = Field(default_factory=dict)
    tombstones: tuple[Tombstone, ...] = ()
    officers: tuple[Officers, ...] = ()
    projects: tuple[Project, ...] = ()
    resources: tuple[Resource, ...] = ()
    levels: tuple[Level, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    legal_changes: tuple[LegalChange, ...] = ()
    topics: tuple[Topic, ...] = ()
    policies: tuple[Policy, ...] = ()
    news: tuple[News, ...] = ()
    plan: tuple[AnnualPlan, ...] = ()
    showcase: tuple[Work, ...] = ()
    violations: tuple[Violation, ...] = ()
