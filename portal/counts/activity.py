"""Figures of what people do with the portal and what it does for them: use, feedback, requests, searches in vain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from portal.counts.cases import Case, Standing
from portal.counts.catalogue import FORMATS, Counted
from portal.counts.figure import SETS, Figure, Kind, Line, Measure, Words, share
from portal.counts.gaps import OFTEN
from portal.counts.inputs import Inputs
from portal.counts.usage import RECENT, Usage, Use

KINDS: Mapping[str, Words] = {
    "correction": Words("数据纠错", "Corrections"),
    "opinion": Words("意见建议", "Opinions"),
    "request": Words("未开放数据申请", "Requests for data"),
    "claim": Words("权益申诉", "Rights claims"),
    "application": Words("有条件开放申请", "Applications"),
}
OUTCOMES: Mapping[str, Words] = {
    "closed_invalid": Words("不予受理", "not accepted"),
    "resolved_corrected": Words("已更正", "corrected"),
    "resolved_rejected": Words("核实无误", "found to be right"),
    "resolved_partly": Words("部分更正", "partly corrected"),
    "review_upheld": Words("复核维持原结果", "upheld on review"),
    "answered": Words("已答复", "answered"),
    "closed": Words("已办结", "closed"),
    "answered_existing": Words("目录中已有", "already in the catalogue"),
    "decided_open": Words("决定开放", "will be opened"),
    "decided_not_open": Words("决定不予开放", "will not be opened"),
    "decided_no_holder": Words("无单位持有", "nobody holds it"),
    "fulfilled": Words("已开放", "opened"),
}
STANDINGS: Mapping[Standing, Words] = {
    "in_time": Words("按时办结", "Handled in time"),
    "late": Words("超期办结", "Handled late"),
    "answered": Words("已办结", "Handled"),
    "waiting": Words("办理中", "Being handled"),
    "open": Words("办理中", "Being handled"),
    "overdue": Words("超期未办结", "Overdue"),
}
_CASE: tuple[tuple[str, str, str, Kind], ...] = (
    ("kind", "类别", "Kind", "text"),
    ("department", "部门", "Department", "text"),
    ("dataset", "数据集编号", "Dataset", "text"),
    ("received", "收到", "Received", "day"),
    ("due", "应办结", "Due", "day"),
    ("answered", "办结", "Handled", "day"),
    ("standing", "办理", "State", "text"),
    ("outcome", "结果", "Outcome", "text"),
    ("result", "说明", "Explanation", "text"),
    ("opened", "开放的数据集", "Opened dataset", "text"),
)
_USES = (
    Measure("views", Words("页面浏览", "Page views")),
    Measure("downloads", Words("下载", "Downloads")),
    Measure("api", Words("接口调用", "API calls")),
)
ABOUT_USE = Words(
    "由服务器访问日志按日汇总，不记录是谁：浏览是页面被读取的次数，下载是完整取走文件的次数，接口调用是成功的查询次数。人和程序不作区分。",
    "Summed by day from the server's log, which does not know who asked: views are pages read, downloads whole files "
    "taken, API calls answered queries. People and programs count alike.",
)
ABOUT_CASES = Words(
    "按时办结率是应办结的当中按时办结的比例；没有法定期限的只计件数和办理天数。",
    "In time is the share, of all that had to be handled by now, that was handled by its day. Where no text sets a "
    "day, only numbers and days are given.",
)


def kind_name(kind: str) -> Words:
    """数据纠错 …; a kind that is not known yet is called as it is."""
    return KINDS.get(kind, Words(kind, kind))


def outcome_name(outcome: str) -> Words:
    """已更正 …; an outcome that is not known yet is called as it is."""
    return OUTCOMES.get(outcome, Words(outcome, outcome))


def activity_figures(inputs: Inputs, counted: Counted, today: date) -> Iterator[Figure]:
    """The figures of use and of cases; empty where nothing is known."""
    yield from _usage(inputs.usage, counted)
    cases = [*(inputs.feedback or ()), *(inputs.requests or ())]
    yield _handled("cases", Words("各类事项办理情况", "Cases by kind"), Words("事项", "Kind"), _by_kind(cases), today)
    departments = {key: counted.department(key) for key in sorted({one.department for one in cases if one.department})}
    grouped = [(key, name, [one for one in cases if one.department == key]) for key, name in departments.items()]
    title = Words("各部门办理情况", "Cases by department")
    yield _handled("cases-by-department", title, counted.label("department"), grouped, today)
    yield _by_month(cases, today)
    yield _listed("feedback-cases", Words("意见和纠错办理结果", "Results of feedback"), inputs.feedback, counted, today)
    yield _listed("demand-cases", Words("数据需求和结果", "Requests and outcomes"), inputs.requests, counted, today)
    yield _gaps(inputs)


def _usage(usage: Usage, counted: Counted) -> Iterator[Figure]:
    first, day = SETS.title, Words("日期", "Day")
    days = tuple(
        Line(one.day.isoformat(), Words(one.day.isoformat(), one.day.isoformat()), tuple(one.total))
        for one in usage.days
    )
    yield Figure("usage-days", Words("每日使用量", "Use by day"), ABOUT_USE, day, _USES, days, shown="course")
    listed = [(usage.by_dataset.get(one.id, Use()), usage.recent.get(one.id, Use()), one) for one in counted.datasets]
    used = [each for each in listed if each[0] != Use()]
    used.sort(key=lambda each: (-each[0].downloads, -each[0].views, -each[0].api, each[2].id))
    recent = tuple(
        Measure(f"{one.key}_{RECENT}", Words(f"近 {RECENT} 日{one.title.zh}", f"{one.title.en}, last {RECENT} days"))
        for one in _USES
    )
    lines = tuple(Line(one.id, counted.title(one), (*total, *late)) for total, late, one in used)
    measures = (_USES[1], _USES[0], _USES[2], recent[1], recent[0], recent[2])
    lines = tuple(line._replace(values=tuple(line.values[n] for n in (1, 0, 2, 4, 3, 5))) for line in lines)
    yield Figure("usage-datasets", Words("各数据集使用量", "Use by dataset"), ABOUT_USE, first, measures, lines)
    formats = sorted(usage.formats.items(), key=lambda one: (-one[1], one[0]))
    whole = sum(usage.formats.values())
    yield Figure(
        "usage-formats", Words("各格式下载量", "Downloads by format"), ABOUT_USE, counted.label("formats"),
        (_USES[1], Measure("share", Words("占比", "Share"), "percent")),
        tuple(Line(key, _format(key), (count, share(count, whole))) for key, count in formats),
    )  # fmt: skip


def _format(name: str) -> Words:
    """CSV …; the variant for Excel is told apart, because people choose between the two."""
    if name == "excel.csv":
        return Words("CSV（Excel 专用）", "CSV for Excel")
    return Words(FORMATS.get(name, name), FORMATS.get(name, name))


def _by_kind(cases: Sequence[Case]) -> list[tuple[str, Words, list[Case]]]:
    order = {kind: n for n, kind in enumerate(KINDS)}
    kinds = sorted({one.kind for one in cases}, key=lambda kind: (order.get(kind, len(order)), kind))
    return [(kind, kind_name(kind), [one for one in cases if one.kind == kind]) for kind in kinds]


def _by_month(cases: Sequence[Case], today: date) -> Figure:
    """By the month of receipt, the latest first."""
    months = sorted({one.received.isoformat()[:7] for one in cases}, reverse=True)
    groups = [
        (month, Words(month, month), [one for one in cases if one.received.isoformat()[:7] == month])
        for month in months
    ]
    title = Words("各月收到的事项办理情况", "Cases by month of receipt")
    return _handled("cases-by-month", title, Words("月份", "Month"), groups, today)


def _handled(
    name: str, title: Words, first: Words, groups: Sequence[tuple[str, Words, Sequence[Case]]], today: date
) -> Figure:
    """Received, handled in time, late, still open, overdue; the share in time and the mean days."""
    measures = (
        Measure("received", Words("收到", "Received")),
        Measure("handled", Words("已办结", "Handled")),
        Measure("in_time", Words("按时办结", "In time")),
        Measure("late", Words("超期办结", "Late")),
        Measure("open", Words("办理中", "Open")),
        Measure("overdue", Words("超期未办结", "Overdue")),
        Measure("rate", Words("按时办结率", "Share in time"), "percent"),
        Measure("days", Words("平均办理天数", "Mean days"), "text"),
    )
    lines = tuple(Line(key, words, _standing(cases, today)) for key, words, cases in groups)
    return Figure(name, title, ABOUT_CASES, first, measures, lines)


def _standing(cases: Sequence[Case], today: date) -> tuple[int | float | None, ...]:
    found = [one.standing(today) for one in cases]
    in_time, late, overdue = (found.count(one) for one in ("in_time", "late", "overdue"))
    days = [one.days for one in cases if one.days is not None]
    mean = int(10 * sum(days) / len(days)) / 10 if days else None
    handled = in_time + late + found.count("answered")
    waiting = found.count("waiting") + found.count("open")
    return (len(cases), handled, in_time, late, waiting, overdue, share(in_time, in_time + late + overdue), mean)


def _listed(name: str, title: Words, cases: Sequence[Case] | None, counted: Counted, today: date) -> Figure:
    """Every case as the public may know it; a set without a page is not named."""
    measures = tuple(Measure(key, Words(zh, en), kind) for key, zh, en, kind in _CASE)
    shown = {one.id for one in counted.datasets}
    lines = tuple(
        Line(
            one.number,
            Words(one.title or kind_name(one.kind).zh, one.title or kind_name(one.kind).en),
            (
                kind_name(one.kind).zh,
                counted.department(one.department).zh if one.department else None,
                one.dataset if one.dataset in shown else None,
                one.received.isoformat(),
                one.due.isoformat() if one.due else None,
                one.answered.isoformat() if one.answered else None,
                STANDINGS[one.standing(today)].zh,
                outcome_name(one.outcome).zh if one.outcome else None,
                one.result or None,
                one.opened if one.opened in shown else None,
            ),
        )
        for one in cases or ()
    )
    return Figure(name, title, ABOUT_CASES, Words("事项", "Case"), measures, lines, shown="table")


def _gaps(inputs: Inputs) -> Figure:
    lines = tuple(Line(one.q, Words(one.q, one.q), (one.times, one.last.isoformat())) for one in inputs.gaps or ())
    about = Words(
        f"检索后没有结果的词，只记词、次数和日期，不记是谁；少于 {OFTEN} 次的、含个人信息的不公布。"
        "供编制年度开放计划参考。",
        f"Words that were searched for and not found. Only the word, the count and the day are kept; words searched "
        f"fewer than {OFTEN} times, or with personal data in them, are not shown. They feed the next annual plan.",
    )
    measures = (Measure("times", Words("次数", "Times")), Measure("last", Words("最近一次", "Last"), "day"))
    return Figure(
        "query-gaps", Words("查不到的词", "Searches in vain"), about, Words("检索词", "Words"), measures, lines
    )
