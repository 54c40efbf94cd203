"""What the pages of requests and of feedback say: how it works, by when, and what came of it."""

from __future__ import annotations

ROWS: dict[str, tuple[str, str]] = {
    "dm_title": ("数据需求和结果", "Requests for data, and what came of them"),
    "dm_lead": (
        "公众想要而目录里没有的数据：提了什么、到哪一步、结果如何。不公布是谁提的。",
        "Data that people wanted and did not find: what was asked, how far it is, what came of it. Nobody is named.",
    ),
    "dm_how": ("怎样提出", "How to ask"),
    "dm_how_1": (
        "先检索目录；也许换了一个名字。",
        "Search first; it may be there under another name.",
    ),
    "dm_how_2": (
        "填写需求：要什么数据、做什么用、可能在哪个部门。无需注册。",
        "Say which data, what for, and who may hold them. Nothing to sign up for.",
    ),
    "dm_how_3": ("{promise}（{article}）。", "You are told the outcome {promise} ({article})."),
    "dm_how_3_plain": ("我们转交有关部门，并告知结果。", "We pass it on and tell you the outcome."),
    "dm_how_4": (
        "结果有五种：目录中已有、将开放、有条件开放、不予开放（写明理由和依据）、没有单位持有。",
        "It is there already, will be opened, or on conditions, stays closed for a stated reason, or nobody holds it.",
    ),
    "dm_ask": ("申请未开放的数据", "Ask for data not yet open"),
    "dm_list": ("需求清单", "The requests"),
    "dm_none": (
        "暂无数据。还没有公布的需求；受理的需求经隐去个人信息后列在这里。",
        "None yet. Requests stand here once they are received, without anything personal.",
    ),
    "dm_opened": ("因需求开放的数据", "Opened because it was asked for"),
    "dm_gaps": ("查不到的词", "Searches in vain"),
    "dm_gaps_none": (
        "暂无数据。检索后没有结果的词会在这里汇总，只记词、次数和日期，不记是谁。",
        "None yet. Words searched for in vain are summed here: the word, the count and the day, never who.",
    ),
    "fb_title": ("意见和纠错办理结果", "What became of corrections and opinions"),
    "fb_lead": (
        "公众指出的错误、提出的意见，怎样办的、用了几天、结果如何。不公布是谁提的。",
        "Errors and opinions that people sent: how they were handled, how fast, with which result. Nobody is named.",
    ),
    "fb_how": ("怎样办理", "How it is done"),
    "fb_how_1": (
        "在数据集页面点“发现错误？”，写明哪一行、哪一列；对平台的意见用意见建议表。无需注册。",
        "Use “Found an error?” on a dataset’s page, and name row and column; opinions have a form of their own.",
    ),
    "fb_how_2": (
        "您会得到受理编号和回执码，凭它们可以随时查看进展。",
        "You get a number and a code, and can look up the progress with them at any time.",
    ),
    "fb_how_3": ("{promise}（{article}）。", "It is handled {promise} ({article})."),
    "fb_how_3_plain": ("我们转交{entity}及时处理并反馈。", "It is passed to the publisher, who handles it promptly."),
    "fb_how_4": (
        "情况复杂的，与您协商、经主管部门同意后可以延长，最长 {n} 个工作日。",
        "A complex case may take longer, with your and the authority’s consent: {n} working days at most.",
    ),
    "fb_correct": ("数据纠错", "Report an error"),
    "fb_opine": ("提意见建议", "Give your opinion"),
    "fb_look_up": ("查看办理进展", "Look up a case"),
    "fb_list": ("办理结果", "Results"),
    "fb_none": (
        "暂无数据。还没有公布的结果；办结的事项经隐去个人信息后列在这里，并统计是否按时。",
        "None yet. Handled cases stand here without anything personal, with whether they were in time.",
    ),
    "fb_here": ("意见和纠错", "Corrections and opinions"),
    "fb_all": ("全部 {n} 件和办理结果", "All {n}, and what came of them"),
    "fb_more": ("各数据集的办理结果", "What came of those about all datasets"),
    "ca_number": ("受理编号", "Number"),
    "ca_what": ("事项", "What"),
    "ca_about": ("关于", "About"),
    "ca_received": ("收到", "Received"),
    "ca_due": ("应办结", "Due"),
    "ca_state": ("办理", "State"),
    "ca_outcome": ("结果", "Outcome"),
    "ca_days": ("用时 {n} 天", "{n} days"),
    "ca_days_one": ("用时 1 天", "1 day"),
    "ca_same_day": ("当天", "same day"),
    "ca_extended": ("经同意延期", "extended by consent"),
    "ca_more": ("本页列出最近 {n} 件，全部见文件。", "The latest {n} stand here, all in the file."),
    "ca_sums": (
        "收到 {received} 件，已办结 {handled} 件，超期未办结 {overdue} 件",
        "{received} received, {handled} handled, {overdue} overdue",
    ),
    "ca_rate": ("按时办结率 {rate}", "{rate} in time"),
    "ca_numbers": ("办理统计", "The numbers"),
}
