"""Words of the rules about topics and emergencies: catalog/topics.yml (POR-2, EMG-1)."""

from __future__ import annotations

from portal.wording.shape import Text, Wording

WORDING: dict[str, Wording] = {
    "topic-dataset": Wording(
        Text("专题“{title}”收入的数据集“{found}”不存在。", "The topic '{title}' names '{found}', which is no dataset."),
        Text(
            "请改成数据集的编号（即其文件名）；已撤回的，从专题中去掉。",
            "Use a dataset's id (its file name); take out what was withdrawn.",
        ),
    ),
    "topic-hidden": Wording(
        Text(
            "专题“{title}”收入了不予开放的数据集“{found}”，会泄露它的存在。",
            "The topic '{title}' names '{found}', which is not open: the public would learn of it.",
        ),
        Text("请从专题中去掉。", "Take it out of the topic."),
    ),
    "topic-domain": Wording(
        Text("专题“{title}”收入的领域“{found}”不存在。", "The topic '{title}' names '{found}', which is no domain."),
        Text("请改成 catalog/domains.yml 中的编号。", "Use an id of catalog/domains.yml."),
    ),
    "topic-empty": Wording(
        Text("专题“{title}”一个数据集也没有，不会显示。", "The topic '{title}' holds no dataset, so it is not shown."),
        Text(
            "请写明数据集、领域或关键词；还没有数据的专题，等有了再建。",
            "Name datasets, domains or keywords; a topic without data can wait until there are some.",
        ),
    ),
    "topic-emergency-incomplete": Wording(
        Text("应急专题“{title}”没有写明{missing}。", "The emergency topic '{title}' lacks {missing_en}."),
        Text(
            "请补写；快速通道须写明由谁审查，安全审查不得省略。",
            "Add it; the fast lane says who reviews, and the security review is never left out.",
        ),
    ),
    "topic-emergency-dates": Wording(
        Text(
            "应急专题“{title}”的{field}（{found}）早于启动日期（{since}）。",
            "In the emergency topic '{title}', {field_en} ({found}) comes before its beginning ({since}).",
        ),
        Text("请核对日期。", "Check the dates."),
    ),
    "topic-emergency-review": Wording(
        Text(
            "应急专题“{title}”已于 {until} 结束，还没有事后复盘记录。",
            "The emergency topic '{title}' ended on {until}; there is no record of an after-review.",
        ),
        Text(
            "请补写 reviewed：复盘日期、单位和结论（哪些继续开放，哪些恢复原状）。",
            "Add 'reviewed': day, office and result (what stays open, what goes back to what it was).",
        ),
    ),
}
