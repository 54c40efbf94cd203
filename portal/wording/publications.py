"""Words of the rules about policies, news, plans, results of use and violations."""

from __future__ import annotations

from portal.wording.shape import Text, Wording

WORDING: dict[str, Wording] = {
    "head-missing": Wording(
        Text(
            "文件开头没有说明部分（两行 --- 之间的标题、日期等）。",
            "The file has no head (title, dates … between two lines ---).",
        ),
        Text(
            "请在第一行写 ---，接着写各项，再写一行 ---，正文放在后面；可参照同一目录中的其他文件。",
            "Begin with a line ---, the keys, another line ---, then the text; the other files there show how.",
        ),
    ),
    "publication-days": Wording(
        Text("{late}（{last}）早于 {early}（{first}）。", "{late} ({last}) is before {early} ({first})."),
        Text("请核对日期。", "Check the days."),
    ),
    "publication-link": Wording(
        Text(
            "没有编号为“{found}”的文件、数据集、部门或领域，或者它不公开。",
            "There is no document, dataset, department or domain '{found}', or it is not public.",
        ),
        Text("请改成已有的编号（文件名去掉后缀）。", "Use an id that exists: the file's name without its ending."),
    ),
    "news-stale": Wording(
        Text(
            "最近一条动态是 {date} 的，已超过 {days} 天没有更新。",
            "The latest news is of {date}: nothing new for more than {days} days.",
        ),
        Text("请在 catalog/news/ 发布新的动态、公告或活动。", "Publish news or events below catalog/news/."),
    ),
    "plan-outdated": Wording(
        Text(
            "最近的年度计划是 {year} 年的，没有 {today} 年的。",
            "The latest plan is for {year}; there is none for {today}.",
        ),
        Text("请在 catalog/plan/ 补上今年的计划。", "Add this year's plan below catalog/plan/."),
    ),
    "plan-overdue": Wording(
        Text("“{item}”应于 {due} 完成，尚未完成。", "'{item}' was due in {due} and is not done."),
        Text(
            "发布后在 datasets 中填写数据集编号；不产生数据集的填写 done；不再实施的写明 dropped（理由）。",
            "Name the published datasets, or the day in 'done', or the reason in 'dropped'.",
        ),
    ),
    "violation-not-public": Wording(
        Text(
            "本市的规定没有写明可以公示违法违规行为。",
            "The rules of this city don't say that violations may be made public.",
        ),
        Text("请删去这份公示；记录留在内部。", "Remove it; keep the record inside."),
    ),
    "violation-unmasked": Wording(
        Text("当事人是自然人，姓名没有隐去。", "A natural person is named in full."),
        Text("请写成“张某”“李某某”或“王**”。", "Hide the given name: 张某, 李某某 or 王**."),
    ),
}
