"""The 35 practices of W3C's Data on the Web Best Practices (https://www.w3.org/TR/dwbp/), in our own words.

A practice is a yes where the pages and files that follow it are in the release and the catalogue passes the test; what
no release can show (other people's identifiers in cells) is a no, with the reason.
"""

from __future__ import annotations

from portal.model import Dataset
from portal.scorecard.ground import Ground, every, part, some
from portal.scorecard.shape import Answer, Claim, Words


def _tabled(ground: Ground) -> Answer:
    return every(ground.open, lambda one: bool(one.opened))


def _described(ground: Ground) -> Answer:
    return every(ground.listed, lambda one: bool(one.title and one.summary and one.keywords))


def _licensed(ground: Ground) -> Answer:
    return every(ground.listed, lambda one: bool(one.licence.name))


def _formats(ground: Ground, wanted: set[str], least: int) -> Answer:
    def test(one: Dataset) -> bool:
        found = ground.formats[one.id]
        return wanted <= found and len(found - {"excel.csv"}) >= least

    return every(ground.open, test)


def _scored(ground: Ground) -> Answer:
    today = ground.counts.today
    return today.scored > 0, part(today.scored, len(ground.open))


def _released(ground: Ground) -> Answer:
    releases = ground.counts.counted.catalogue.releases
    return every(ground.open, lambda one: bool(releases.get(one.id)))


def _earlier(ground: Ground) -> Answer:
    count = sum(bool(one.downloads) for facts in ground.found for one in facts.releases)
    return some(count, "个较早版本可以下载", "earlier releases can be taken")


def _realtime(ground: Ground) -> Answer:
    return some(ground.counts.today.realtime, "个实时或接口数据集", "real-time or API datasets")


def _up_to_date(ground: Ground) -> Answer:
    today = ground.counts.today
    told = part(today.dated - today.overdue, today.dated)
    return today.overdue == 0, Words(f"{told.zh}未逾期", f"{told.en} not overdue")


def _explained(ground: Ground) -> Answer:
    closed = [one for one in ground.listed if one.open_type == "conditional"]
    stones = len(ground.counts.counted.catalogue.tombstones)
    held = all(one.open_ground and one.open_conditions for one in closed)
    return held, Words(
        f"{len(closed)} 个有条件开放的写明依据和条件，{stones} 个已撤回的写明理由",
        f"{len(closed)} conditional ones state ground and conditions, {stones} withdrawn ones their reason",
    )


def _covered(ground: Ground) -> Answer:
    return every(ground.listed, lambda one: bool(one.temporal and one.spatial))


def _answered(ground: Ground) -> Answer:
    cases = ground.counts.inputs.feedback
    if cases is None:
        return False, Words("还没有公布办理结果", "no result has been published yet")
    return True, Words(f"公布 {len(cases)} 件", f"{len(cases)} cases are published")


def _profiled(ground: Ground) -> Answer:
    columns = sum(table.width for facts in ground.found for table in facts.tables)
    return some(columns, "列有取值概况", "columns have a profile")


def _presented(ground: Ground) -> Answer:
    charts = sum(bool(one.views) for one in ground.open)
    return bool(ground.open), Words(
        f"{len(ground.open)} 个有表格，{charts} 个有图", f"{len(ground.open)} tables, {charts} with charts"
    )


def _sourced(ground: Ground) -> Answer:
    return every(ground.listed, lambda one: bool(one.source.upstream))


def _source_licensed(ground: Ground) -> Answer:
    return every(ground.open, lambda one: bool(one.source.licence))


def _ruled(ground: Ground, *rules: str) -> Answer:
    """The gate holds these rules; a city that switched one off has a no."""
    off = [rule for rule in rules if ground.counts.counted.profile.level_of(rule) == "off"]
    zh, en = ("未启用", "switched off") if off else ("规则", "rules")
    return not off, Words(f"{zh}：{'、'.join(off or rules)}", f"{en}: {', '.join(off or rules)}")


def _never(zh: str, en: str) -> Answer:
    return False, Words(zh, en)


PRACTICES: tuple[Claim, ...] = (
    Claim(
        "1",
        Words("提供元数据", "Provide metadata"),
        Words("人看的页面和程序用的目录都有", "Pages for people, a catalogue for programs"),
        ("/dataset/{dataset}/", "/catalog.json", "/catalog.ttl"),
    ),
    Claim(
        "2",
        Words("描述性元数据", "Descriptive metadata"),
        Words("每个数据集有名称、摘要、关键词", "Every dataset has title, summary and keywords"),
        ("/dataset/{dataset}/",),
        _described,
    ),
    Claim(
        "3",
        Words("结构元数据", "Structural metadata"),
        Words("每个开放的数据集说明每一列", "Every open dataset describes each column"),
        ("/dataset/{dataset}/datapackage.json",),
        _tabled,
    ),
    Claim(
        "4",
        Words("许可信息", "Licence"),
        Words("每个数据集写明许可", "Every dataset names its licence"),
        ("/dataset/{dataset}/#about",),
        _licensed,
    ),
    Claim(
        "5",
        Words("来源信息", "Provenance"),
        Words("每个数据集写明原始来源", "Every dataset names its source"),
        ("/dataset/{dataset}/#about",),
        _sourced,
    ),
    Claim(
        "6",
        Words("质量信息", "Quality"),
        Words("公布得分和每条理由", "Scores are published with every reason"),
        ("/quality/", "/dataset/{dataset}/quality.json"),
        _scored,
    ),
    Claim(
        "7",
        Words("版本标识", "Version indicator"),
        Words("每个开放的数据集有登记的版本", "Every open dataset has a registered release"),
        ("/dataset/{dataset}/#history",),
        _released,
    ),
    Claim(
        "8",
        Words("版本历史", "Version history"),
        Words("公布变更和说明", "Changes are published with notes"),
        ("/changes/",),
        _released,
    ),
    Claim(
        "9",
        Words("数据集地址持久", "Persistent addresses of datasets"),
        Words(
            "地址消失的改动过不了检查；旧编号继续有效", "A change that loses an address fails the gate; old ids lead on"
        ),
        ("/help/rules/",),
        lambda ground: _ruled(ground, "entry-removed", "alias-removed"),
    ),
    Claim(
        "10",
        Words("数据中使用通用标识", "Identifiers of others within data"),
        Words("单元格里用网址作标识", "Cells hold web addresses as identifiers"),
        (),
        lambda _: _never("单元格里是官方代码（如区划代码），不是网址", "cells hold official codes, not web addresses"),
    ),
    Claim(
        "11",
        Words("版本有自己的地址", "Addresses of versions"),
        Words("较早版本在固定地址可以下载", "Earlier releases can be taken at fixed addresses"),
        ("/dataset/{dataset}/#history",),
        _earlier,
    ),
    Claim(
        "12",
        Words("标准的机读格式", "Machine-readable formats"),
        Words("每个开放的数据集有 CSV 和 JSON", "Every open dataset comes as CSV and JSON"),
        ("/dataset/{dataset}/#download",),
        lambda ground: _formats(ground, {"csv", "json"}, 2),
    ),
    Claim(
        "13",
        Words("不依赖地区习惯的写法", "Locale-neutral values"),
        Words(
            "UTF-8；日期为 ISO 8601，数值不分组，由检查规则保证", "UTF-8, ISO days, plain numbers: the gate sees to it"
        ),
        ("/help/rules/",),
        _tabled,
    ),
    Claim(
        "14",
        Words("多种格式", "Several formats"),
        Words("每个开放的数据集至少三种格式", "Every open dataset in three formats or more"),
        ("/dataset/{dataset}/#download",),
        lambda ground: _formats(ground, set(), 3),
    ),
    Claim(
        "15",
        Words("使用通用词表", "Common vocabularies"),
        Words("目录用 DCAT 描述", "The catalogue is described in DCAT"),
        ("/catalog.ttl", "/catalog.jsonld"),
    ),
    Claim(
        "16",
        Words("形式化程度适当", "Right level of formality"),
        Words("表结构用 Table Schema，目录用 DCAT", "Tables in Table Schema, the catalogue in DCAT"),
        ("/dataset/{dataset}/datapackage.json", "/catalog.ttl"),
    ),
    Claim(
        "17",
        Words("批量下载", "Bulk download"),
        Words("每个数据集可整包下载", "Every dataset comes in one file"),
        ("/dataset/{dataset}/{dataset}.zip",),
    ),
    Claim(
        "18",
        Words("取用部分数据", "Subsets"),
        Words("可按条件查询、只取需要的行列", "Rows and columns can be asked for by condition"),
        ("/data/{department}/{table}.json",),
    ),
    Claim(
        "19",
        Words("内容协商", "Content negotiation"),
        Words(
            "数据集页面和首页按请求头 Accept 转到 DCAT 描述（build.py serve）；其他格式各有地址，页面用 link 指明",
            "Dataset pages and home lead to DCAT by the Accept header (build.py serve); other formats have addresses "
            "of their own, named by link elements",
        ),
        ("/dataset/{dataset}/dcat.ttl", "/catalog.ttl"),
    ),
    Claim(
        "20",
        Words("实时数据", "Real-time access"),
        Words("有实时数据或接口", "There are real-time data or APIs"),
        ("/statistics/#realtime",),
        _realtime,
    ),
    Claim(
        "21",
        Words("及时更新", "Data up to date"),
        Words("没有逾期未更新的数据集", "Nothing is overdue"),
        ("/quality/",),
        _up_to_date,
    ),
    Claim(
        "22",
        Words("说明不可得的数据", "Unavailable data explained"),
        Words("有条件开放、已撤回的都写明理由", "Conditional and withdrawn data state why"),
        ("/datasets/",),
        _explained,
    ),
    Claim(
        "23",
        Words("提供接口", "An API"),
        Words("每张公开的表都可以用接口查询", "Every public table can be asked by a program"),
        ("/data/{department}/{table}.json", "/developers/"),
        _tabled,
    ),
    Claim(
        "24",
        Words("接口基于网络标准", "Web standards for APIs"),
        Words("HTTP 加 JSON，用 OpenAPI 描述", "HTTP and JSON, described by OpenAPI"),
        ("/openapi.json",),
    ),
    Claim(
        "25",
        Words("接口文档", "API documentation"),
        Words("有完整文档和各语言示例", "Complete, with examples"),
        ("/developers/", "/openapi.json"),
    ),
    Claim(
        "26",
        Words("接口不作破坏性改动", "No breaking changes"),
        Words("列、表的消失或改名过不了检查", "A column or table that goes fails the gate"),
        ("/help/rules/",),
        lambda ground: _ruled(ground, "column-removed", "table-removed", "interface-changed"),
    ),
    Claim(
        "27",
        Words("保留标识", "Identifiers preserved"),
        Words("撤回的数据集保留说明页；编号不再使用", "A withdrawn dataset keeps a page; its id is not used again"),
        ("/help/rules/",),
        lambda ground: _ruled(ground, "entry-removed", "tombstone-reused", "tombstone-removed"),
    ),
    Claim(
        "28",
        Words("说明覆盖范围", "Coverage assessed"),
        Words("每个数据集写明时间和地域范围", "Every dataset states period and area"),
        ("/statistics/",),
        _covered,
    ),
    Claim(
        "29",
        Words("收集反馈", "Feedback gathered"),
        Words("每个数据集页面可以指出错误，无需注册", "Every dataset’s page takes corrections, no account needed"),
        ("/forms/correction/", "/forms/opinion/"),
    ),
    Claim(
        "30",
        Words("公布反馈", "Feedback published"),
        Words("办理结果公开", "What became of it is public"),
        ("/feedback/",),
        _answered,
    ),
    Claim(
        "31",
        Words("丰富数据", "Data enriched"),
        Words("每一列算出取值概况", "Each column has a computed profile"),
        ("/dataset/{dataset}/#fields",),
        _profiled,
    ),
    Claim(
        "32",
        Words("多种呈现", "Complementary presentations"),
        Words("有表格预览和图", "Tables and charts"),
        ("/dataset/{dataset}/#preview",),
        _presented,
    ),
    Claim(
        "33",
        Words("向原发布者反馈", "Feedback to the publisher"),
        Words("纠错转给目录所列的部门", "Corrections go to the department that the catalogue names"),
        ("/forms/correction/",),
    ),
    Claim(
        "34",
        Words("遵守来源许可", "Licence terms followed"),
        Words("每个开放的数据集写明来源方的许可", "Every open dataset names the licence of its source"),
        ("/dataset/{dataset}/#about",),
        _source_licensed,
    ),
    Claim(
        "35",
        Words("引用来源", "The original cited"),
        Words("给出引用格式并写明来源", "A citation is given, the source named"),
        ("/dataset/{dataset}/#cite",),
        _sourced,
    ),
)
