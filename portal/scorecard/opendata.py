"""The first-level indicators of the 开放数林 index that could be verified, each answered with yes or no.

Names as published for the provincial index of the first half of 2021 (four dimensions: readiness, platform, data,
use); its second level and weights could not be verified and are left out. What counts as a yes is ours and stands
beside each line.
"""

from __future__ import annotations

from portal.scorecard.ground import Ground, every, part, some
from portal.scorecard.shape import Answer, Claim, Words


def _in_force(ground: Ground) -> Answer:
    basis = ground.counts.counted.profile.basis
    standing = basis.standing(ground.today)
    told = {
        "in_force": Words("现行有效", "in force"),
        "expired": Words("有效期已满", "its term has run out"),
        "draft": Words("征求意见稿", "a draft"),
        "not_yet": Words("尚未施行", "not yet in force"),
    }[standing]
    title = Words(f"《{basis.title}》{told.zh}", f"{basis.title_en}: {told.en}")
    return standing == "in_force", title


def _levels(ground: Ground) -> Answer:
    count = len(ground.counts.counted.catalogue.portal.jurisdictions)
    return bool(count), Words(
        f"{count} 个层级，目录可供上级平台采集", f"{count} levels; the catalogue can be harvested"
    )


def _amount(ground: Ground) -> Answer:
    today = ground.counts.today
    zh = f"{today.sets} 个数据集，{today.fields:,} 个数据项，{today.rows:,} 行"
    return today.rows > 0, Words(zh, f"{today.sets} datasets, {today.fields:,} fields, {today.rows:,} rows")


def _good(ground: Ground) -> Answer:
    today = ground.counts.today
    score = "—" if today.score is None else f"{today.score:g}"
    told = Words(f"平均得分 {score}，逾期 {today.overdue} 个", f"mean score {score}, {today.overdue} overdue")
    return today.scored > 0 and today.overdue == 0, told


def _standard(ground: Ground) -> Answer:
    return every(ground.listed, lambda one: bool(one.licence.name and one.keywords and (one.opened or one.api)))


def _scope(ground: Ground) -> Answer:
    today, figures = ground.counts.today, ground.counts.figures
    owners, domains = len(figures["departments"].lines), len(figures["domains"].lines)
    shares = part(today.unconditional, today.sets)
    return today.sets > 0, Words(
        f"{owners} 个部门，{domains} 个领域，无条件开放 {shares.zh}",
        f"{owners} departments, {domains} domains, open without conditions {shares.en}",
    )


def _interaction(ground: Ground) -> Answer:
    inputs = ground.counts.inputs
    if inputs.feedback is None and inputs.requests is None:
        return False, Words("入口都有，还没有公布结果", "the forms are there, no result is published yet")
    count = len(inputs.feedback or ()) + len(inputs.requests or ())
    return True, Words(f"公布 {count} 件", f"{count} cases are published")


def _plans(ground: Ground) -> Answer:
    return some(len(ground.counts.counted.catalogue.plan), "个年度计划", "annual plans")


def _kinds(ground: Ground) -> Answer:
    kinds = {one.kind for one in ground.counts.counted.catalogue.showcase}
    return len(kinds) > 1, Words(f"{len(kinds)} 类成果", f"{len(kinds)} kinds of results")


def _works(ground: Ground) -> Answer:
    return some(len(ground.counts.counted.catalogue.showcase), "项成果", "results")


def _excellent(ground: Ground) -> Answer:
    found = sum(one.excellent is not None for one in ground.counts.counted.catalogue.showcase)
    return some(found, "项列入优秀成果", "named as excellent")


INDICATORS: tuple[Claim, ...] = (
    Claim(
        "准备度 1",
        Words("法规政策效力与内容", "Laws and policies"),
        Words("依据现行有效并公开", "The basis is in force and published"),
        ("/policies/",),
        _in_force,
    ),
    Claim(
        "准备度 2",
        Words("标准规范", "Standards"),
        Words("公开数据检查的全部规则", "Every rule that data are checked by is published"),
        ("/help/rules/",),
    ),
    Claim(
        "准备度 3",
        Words("组织与领导", "Organisation"),
        Words("公开各方职责", "Who does what is published"),
        ("/roles/",),
    ),
    Claim(
        "平台层 1",
        Words("平台关系", "Relations of platforms"),
        Words("目录可供上下级平台采集", "Other platforms can harvest the catalogue"),
        ("/catalog.jsonld", "/data.json"),
        _levels,
    ),
    Claim(
        "平台层 2",
        Words("发现预览", "Finding and preview"),
        Words("可检索、可筛选、可预览", "Search, facets, preview"),
        ("/search/", "/datasets/", "/dataset/{dataset}/#preview"),
    ),
    Claim(
        "平台层 3",
        Words("数据获取", "Getting the data"),
        Words("无需注册即可下载和调用", "Files and API without an account"),
        ("/dataset/{dataset}/#download", "/developers/", "/catalog.csv"),
    ),
    Claim(
        "平台层 4",
        Words("成果提交展示", "Results of use"),
        Words("展示利用成果，可以提交", "Results are shown and can be sent in"),
        ("/showcase/",),
    ),
    Claim(
        "平台层 5",
        Words("互动反馈", "Interaction"),
        Words("可以纠错、提意见、申请数据，结果公开", "Corrections, opinions, requests, with published results"),
        ("/forms/correction/", "/forms/opinion/", "/forms/request/", "/feedback/", "/demands/"),
        _interaction,
    ),
    Claim(
        "平台层 6",
        Words("用户体验", "User experience"),
        Words("中英文、帮助、大字、深色、手机可用", "Two languages, help, large type, dark, phones"),
        ("/help/", "/en/"),
    ),
    Claim(
        "数据层 1",
        Words("数据数量", "Amount"),
        Words("公布数量", "The amounts are published"),
        ("/statistics/",),
        _amount,
    ),
    Claim(
        "数据层 2",
        Words("数据质量", "Quality"),
        Words("公布得分，没有逾期未更新的", "Scores are published and nothing is overdue"),
        ("/quality/",),
        _good,
    ),
    Claim(
        "数据层 3",
        Words("数据规范", "Conformity"),
        Words("每个数据集有许可、关键词、数据项说明", "Every dataset has licence, keywords and explained fields"),
        ("/dataset/{dataset}/datapackage.json",),
        _standard,
    ),
    Claim(
        "数据层 4",
        Words("开放范围", "Scope"),
        Words("公布覆盖的部门和领域", "Departments and domains are published"),
        ("/department/", "/domain/"),
        _scope,
    ),
    Claim(
        "利用层 1",
        Words("利用促进", "Promotion"),
        Words("公布年度计划和需求", "Plans and requests are published"),
        ("/plan/", "/demands/"),
        _plans,
    ),
    Claim(
        "利用层 2",
        Words("利用多样性", "Diversity of use"),
        Words("有两类以上的成果", "Results of two kinds or more"),
        ("/showcase/",),
        _kinds,
    ),
    Claim(
        "利用层 3",
        Words("有效成果数量", "Number of results"),
        Words("有登记的利用成果", "Results are registered"),
        ("/showcase/",),
        _works,
    ),
    Claim(
        "利用层 4",
        Words("成果质量", "Quality of results"),
        Words("有列入优秀成果的", "Some are named as excellent"),
        ("/showcase/",),
        _excellent,
    ),
)
