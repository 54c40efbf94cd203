"""Words of the ways to find data: facets, orders, browsing, topics, emergencies."""

from __future__ import annotations

ROWS: dict[str, tuple[str, str]] = {
    # facets and orders
    "f_topic": ("专题", "Topic"),
    "f_feature": ("特点", "Features"),
    "f_government": ("行政层级", "Level of government"),
    "f_year": ("数据年份", "Year of data"),
    "sort_downloads": ("下载次数，多的在前", "Downloads, most first"),
    # ways through the catalogue
    "ways": ("其他浏览方式", "Other ways to browse"),
    "way_recent": ("最近更新", "Recently updated"),
    "way_popular": ("使用最多", "Most used"),
    "way_due": ("更新到期", "Due for an update"),
    "way_a-z": ("按拼音", "A–Z"),
    "recent_lead": (
        "按更新日期排列，新的在前。更新日期是数据日期、内容审查通过日和登记变更日中最晚的一天。",
        "Newest first, by the last of three days: the data date, the day its content was cleared, a recorded change.",
    ),
    "recent_cut": ("只列最近的 {n} 个。", "The latest {n} only."),
    "recent_month": ("{year}年{month}月", "{name} {year}"),
    "recent_day": ("更新于 {day}", "Updated {day}"),
    "popular_lead": (
        "按最近 {days} 天的下载次数排列，次数相同的看页面浏览次数。次数来自访问日志的每日合计，不记录是谁。",
        "By downloads in the last {days} days, then by page views: daily sums of the log, without saying who.",
    ),
    "popular_none": ("暂无数据", "No figures yet"),
    "popular_none_text": (
        "访问统计每天零点之后汇总一次。有了数字，这里就会列出下载最多的数据集。",
        "Use is summed up once a day, after midnight. Once there are figures, the datasets most taken stand here.",
    ),
    "popular_dataset": ("数据集", "Dataset"),
    "popular_downloads": ("下载", "Downloads"),
    "popular_views": ("浏览", "Views"),
    "popular_api": ("接口查询", "API answers"),
    "popular_caption": ("最近 {days} 天的使用次数", "Use in the last {days} days"),
    "popular_cut": ("只列前 {n} 个。", "The first {n} only."),
    "due_lead": (
        "按更新频率推算下一次更新的日期；过了宽限期还没有更新的，就是逾期。静态数据和不定期更新的数据没有更新日期，不在其中。",
        (
            "The next date follows from the update frequency; past the days of grace it is overdue. Static data and "
            "those without a fixed rhythm have no due day."
        ),
    ),
    "due_overdue": ("逾期未更新", "Overdue"),
    "due_due": ("已到更新日期，在宽限期内", "Due, within the days of grace"),
    "due_soon": ("即将到期", "Due soon"),
    "due_none": ("没有", "None"),
    "due_on": ("应于 {day} 更新", "Due {day}"),
    "due_late": ("，已晚 {n} 天", ", {n} days late"),
    "due_late_one": ("，已晚 1 天", ", 1 day late"),
    "due_all": ("共 {n} 个，只列前 {shown} 个", "{n} in all; the first {shown} are listed"),
    "due_good": ("没有逾期的数据集。", "No dataset is overdue."),
    "due_board": ("各部门的及时性", "Timeliness by department"),
    "az_lead": (
        "按名称的拼音排列。开头的地名（如“{place}”）不计，便于按内容查找。",
        "By the sound of the name (pinyin). A place name at the beginning does not count.",
    ),
    "az_other": ("数字", "0–9"),
    "az_letters": ("字母", "Letters"),
    "az_none": ("没有以 {letter} 开头的数据集", "No dataset under {letter}"),
    # topics and emergencies
    "topics": ("专题", "Topics"),
    "topics_lead": (
        "按办事和生活的主题，把用得着的数据集放在一起。",
        "Datasets for the things people do, put together.",
    ),
    "topics_none": ("还没有专题。", "There are no topics yet."),
    "topics_emergencies": ("应急专题", "Emergencies"),
    "topics_past": ("已结束", "Ended"),
    "topics_on": ("进行中", "In progress"),
    "topic_facets": ("在全部数据集中筛选本专题", "Narrow this topic in the full list"),
    "topic_emergency": ("应急开放", "Emergency"),
    "topic_notice": (
        "{since} 起集中开放有关数据，更新频次：{renewed}。",
        "Data opened together since {since}; renewed: {renewed}.",
    ),
    "topic_ended": ("已于 {until} 结束。", "it ended on {until}."),
    "topic_to_come": ("将于 {since} 启动。", "Begins on {since}."),
    "topic_event": ("事件类别", "Kind of event"),
    "topic_event_disaster": ("自然灾害", "Natural disaster"),
    "topic_event_accident": ("事故灾难", "Accident"),
    "topic_event_health": ("公共卫生事件", "Public health"),
    "topic_event_security": ("社会安全事件", "Public security"),
    "topic_time": ("起止", "From and to"),
    "topic_since": ("{since} 起", "since {since}"),
    "topic_until": ("{since} 至 {until}", "{since} to {until}"),
    "topic_renewed": ("更新频次", "Renewed"),
    "topic_fast_lane": ("快速通道", "Fast lane"),
    "topic_news": ("动态", "What was opened when"),
    "topic_no_news": ("还没有动态。", "Nothing yet."),
    "topic_basis": ("依据", "Legal basis"),
    "topic_basis_text": (
        "突发自然灾害、事故灾难、公共卫生事件和社会安全事件时，应当及时、准确开放有关公共数据，并动态更新。",
        "In disasters, accidents and public health or security emergencies, data are opened promptly and kept current.",
    ),
    "topic_data": ("本专题的数据集", "Datasets of this topic"),
    "topic_dates": ("各数据集的数据日期", "Data dates of the datasets"),
    "topic_review": ("事后复盘", "After-review"),
    "topic_review_line": ("{date}，{by}：{result}", "{date}, {by}: {result}"),
    "topic_review_due": ("结束后在这里公布复盘记录。", "The record of the after-review will stand here."),
}
