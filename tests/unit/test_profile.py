"""Every value of the city table (requirements §1.21), written here by hand from the five texts."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import pytest

from portal.checks.judging import FAMILIES
from portal.model import Dataset, Frequency
from portal.profile import FOLDER, Profile, Standing, load_profile, profile_names
from portal.records import OpenType
from portal.settings import CODE
from portal.wording import WORDING
from portal.yamlfile import read_yaml

CITIES = ("shanghai", "suzhou-draft", "suzhou", "wuxi", "shuangyashan")
DAY = date(2026, 11, 22)

EIGHT = ("用途", "使用范围", "使用方式", "后续服务和反馈要求", "禁止条款", "信用承诺", "违约责任", "争议解决方式")
FOUR = ("应用场景要求", "数据利用情况报送", "数据安全保障措施", "违约责任")
SUZHOU_16 = "公共信用 教育 交通运输 文化旅游 科技 人力资源和社会保障 自然资源 生态环境 农业农村 卫生健康 应急管理 市场监管 统计 医疗保障 金融 气象"
SHANGHAI_16 = "生产制造 科技研发 金融服务 商贸流通 航运物流 农业 公共卫生 医疗 教育 养老 就业 商业 文旅 交通运行 应急管理 环境保护"
WUXI_16 = "卫生医疗 教育文旅 市场监管 生活服务 交通运输 住房建设 市政管理 应急安全 公共信用 城市治理 社会保障 科技金融 自然资源 生态环境 农业农村 气象"
SYS_12 = "工业制造 现代农业 商贸流通 交通运输 金融服务 科技创新 文化旅游 医疗健康 应急管理 气象服务 城市治理 绿色低碳"

# key of requirements §1.21 → value of Shanghai, Suzhou's draft, Suzhou, Wuxi, Shuangyashan
TABLE: dict[str, tuple[Any, Any, Any, Any, Any]] = {
    "basis.status": ("in_force", "draft", "expired", "in_force", "in_force"),
    "basis.valid_from": (date(2022, 12, 31), date(2023, 7, 1), date(2023, 11, 1), date(2025, 2, 15), date(2026, 2, 11)),
    "basis.valid_to": (date(2027, 12, 30), date(2026, 6, 30), date(2026, 10, 31), date(2030, 2, 14), date(2028, 2, 10)),
    "basis.number": (None, None, "苏府规字〔2023〕13号", "锡政规〔2024〕7号", None),
    "labels.catalog": ("开放清单", "开放目录", "开放目录", "公共数据开放目录", "公共数据资源开放目录"),
    "labels.open_type": ("开放类型", "开放属性", "开放属性", "开放属性", "开放类型"),
    "labels.class3": ("非开放", "不予开放", "不予开放", "不予开放", "不予开放"),
    "labels.update": ("更新频率", "更新周期", "更新频率", "更新周期", "更新频率"),
    "catalog.update_wd": (None, None, None, None, 10),
    "catalog.review_wd": (None, None, None, None, 2),
    "naming.rules": ("error", "off", "off", "off", "off"),
    "frequency.compare": ("error", "off", "off", "off", "off"),
    "relations.required": (True, False, False, False, False),
    "source_ref.required": (True, False, False, False, False),
    "contact.required": (False, False, False, True, False),
    "formats.listed": ((), ("CSV", "JSON", "XML", "XLS"), ("CSV", "JSON", "XML", "XLS"), (), ()),
    "formats.preferred": (None, "CSV", None, None, None),
    "formats.proprietary": ("refuse", "allow", "allow", "allow", "allow"),
    "review.path": (
        ("work_order",),
        ("entity", "authority_review"),
        ("entity",),
        ("entity", "authority_notice"),
        ("authority_approve", "service_collate", "city_recheck"),
    ),
    "open_type.downgrade": (("document", "work_order"), ("filing",), None, ("filing",), ("prior_approval",)),
    "open_type.downgrade_scope": (
        ("U>C", "U>N", "C>N"),
        ("U>C", "U>N"),
        (),
        ("U>C", "U>N"),
        ("U>C", "U>N", "C>N"),
    ),
    "open_type.upgrade_updates_resource_catalog": (False, False, True, False, False),
    "evaluation.period": ("每年", "定期", "定期", "定期", "定期"),
    "evaluation.months": (12, None, None, None, None),
    "evaluation.house_months": (12, 12, 12, 12, 12),
    "evaluation.objects": (
        ("unconditional", "conditional", "not-open"),
        ("not-open",),
        ("not-open",),
        ("unconditional", "conditional", "not-open"),
        ("conditional",),
    ),
    "review.always": (("security",), ("security",), ("security",), ("security",), ("security", "secrets")),
    "officers.required": (False, True, True, True, True),
    "officers.filing": (False, True, True, False, False),
    "projects.stages": (
        ("acceptance", "accepted"),
        ("acceptance", "accepted"),
        ("acceptance", "accepted"),
        (),
        ("approved", "acceptance", "accepted"),
    ),
    "grading.required": (True, True, False, True, True),
    "entry_ground.required": (True, False, False, False, False),
    "rectification.wd": (None, 10, 10, 10, None),
    "rectification.due_action": (None, "respond", "verify_and_correct", "respond", "rectify"),
    "feedback.wd": (None, 5, 5, None, 5),
    "feedback.promise": (
        "按本市相关规定处理",
        "5个工作日内处理完毕",
        "5个工作日内处理完毕",
        "及时处理、反馈",
        "5个工作日内核实、更正并反馈结果",
    ),
    "feedback.extension.max_wd": (None, 30, 30, None, None),
    "feedback.extension.approver": (None, "authority", "city_authority", None, None),
    "feedback.extension.needs_consultation": (None, True, True, None, None),
    "feedback.extension.counts_from": (None, "receipt", "receipt", None, None),
    "feedback.mark_dataset": (False, False, False, True, False),
    "feedback.suspend_on_evidence": (False, False, False, False, True),
    "review_of_result.enabled": (False, False, False, False, True),
    "ooc.wd": (None, 10, 10, None, None),
    "ooc.route": ("demand_evaluation", "authority_entity", "entity", "feedback_channel", "entity_argues"),
    "application.completeness.by": ("operator", "authority", "platform", "platform", None),
    "application.completeness.wd": (None, 5, None, None, None),
    "application.completeness.once": (True, False, True, False, None),
    "application.completeness.compliance": (False, True, False, False, None),
    "application.wd": (10, 10, 10, 10, 5),
    "application.counts_from": ("work_order", "receipt", "receipt", "receipt", "receipt"),
    "application.refusal": (
        "all_reasons_once",
        "reason_and_legal_basis",
        "reason_and_legal_basis",
        "reason_and_legal_basis",
        "reason_and_basis",
    ),
    "agreement.when": ("after_approval", "after_approval", "after_approval", "before_submit", None),
    "agreement.clauses": (FOUR, EIGHT, EIGHT, None, None),
    "delivery.offline_filing": (True, False, False, False, False),
    "identity.conditional": ("registration", None, None, "real_name_sso", None),
    "anonymous_unconditional": (True, True, True, True, True),
    "samples.enabled": (True, False, False, False, False),
    "claim.suspension": (
        "if_necessary",
        "if_necessary",
        "verify_first_then_if_necessary",
        "none",
        "on_evidence",
    ),
    "claim.result_feedback": (True, True, False, True, True),
    "claim.tell_claimant": (True, True, True, True, True),
    "violations.publish": ("may", "may", "may", None, None),
    "audit.retention_years": (None, None, None, None, 3),
    "audit.keep_years": (3, 3, 3, 3, 3),
    "citation.retrieval_date": (False, False, False, False, True),
    "citation.show_retrieval_date": (True, True, True, True, True),
    "emergency.topic": (False, True, True, False, False),
    "plan.levels": (
        ("city", "district"),
        ("entity", "city", "county"),
        ("entity", "city", "county"),
        None,
        None,
    ),
    "calendar.count_first_day": (False, False, False, False, False),
    "roles.authority.name": (
        "市经济信息化部门",
        "市大数据管理局",
        "市大数据主管部门",
        "市公共数据开放主管部门",
        "市数据局",
    ),
    "roles.operator.name": ("市大数据中心", "市信息中心", "市信息中心", None, "市大数据中心"),
    "roles.experts.name": (
        "专家评审",
        "公共数据开放专家咨询团队",
        "市公共数据开放专家委员会",
        None,
        "公共数据管理专家委员会",
    ),
    "priority_domains": tuple(tuple(words.split()) for words in (SHANGHAI_16, SUZHOU_16, SUZHOU_16, WUXI_16, SYS_12)),  # type: ignore[dict-item]
}

# Table 1.0, the columns of the opening catalogue. SH-9 without the time and area "in the name" as separate keys
# would still need them: a name shows them, the keys say them to machines.
REQUIRED = {
    "shanghai": {
        "title", "summary", "domain", "fields", "fields.description", "fields.source_ref", "open_type",
        "open_conditions", "formats", "update_frequency", "generation_frequency", "temporal", "spatial", "relations",
    },
    "suzhou-draft": {"title", "fields", "department", "open_type", "formats", "data_type", "update_frequency"},
    "suzhou": {"title", "fields", "department", "open_type", "formats", "data_type", "update_frequency"},
    "wuxi": {
        "title", "fields", "department", "open_type", "open_conditions", "formats", "data_type", "update_frequency",
        "contact",
    },
    "shuangyashan": {
        "title", "fields", "department", "open_type", "open_conditions", "formats", "update_frequency", "open_scope",
        "open_content",
    },
}  # fmt: skip


def value_of(profile: Profile, key: str) -> Any:
    """The value at a dotted key; None where the text has no such section."""
    value: Any = profile
    for part in key.split("."):
        if value is None:
            return None
        value = value[part] if isinstance(value, dict) else getattr(value, part)
    return value


def test_five_cities_ship() -> None:
    assert profile_names() == ("shanghai", "shuangyashan", "suzhou", "suzhou-draft", "wuxi")


@pytest.mark.parametrize(("city", "column"), [(city, index) for index, city in enumerate(CITIES)])
@pytest.mark.parametrize("key", list(TABLE))
def test_value(key: str, city: str, column: int) -> None:
    assert value_of(load_profile(city), key) == TABLE[key][column]


@pytest.mark.parametrize("city", CITIES)
def test_required_fields(city: str) -> None:
    assert set(load_profile(city).catalog.required) == REQUIRED[city]


@pytest.mark.parametrize("city", CITIES)
def test_demands_agree_with_the_required_fields_and_levels(city: str) -> None:
    profile = load_profile(city)
    required = profile.catalog.required
    assert ("relations" in required) is profile.relations.required
    assert ("fields.source_ref" in required) is profile.source_ref.required
    assert ("contact" in required) is profile.contact.required
    assert profile.level_of("update-too-slow") == profile.frequency.compare


@pytest.mark.parametrize(
    ("city", "day", "standing"),
    [
        ("suzhou", "2023-10-31", "not_yet"),
        ("suzhou", "2023-11-01", "in_force"),
        ("suzhou", "2026-10-31", "in_force"),
        ("suzhou", "2026-11-01", "expired"),
        ("suzhou-draft", "2024-01-01", "draft"),
        ("shuangyashan", "2028-02-10", "in_force"),
        ("shuangyashan", "2028-02-11", "expired"),
        ("shanghai", "2026-11-22", "in_force"),
        ("wuxi", "2026-11-22", "in_force"),
    ],
)
def test_standing_of_the_basis(city: str, day: str, standing: Standing) -> None:
    assert load_profile(city).basis.standing(date.fromisoformat(day)) == standing


@pytest.mark.parametrize("city", CITIES)
def test_written_status_is_true_today(city: str) -> None:
    basis = load_profile(city).basis
    assert basis.status == basis.standing(DAY)


@pytest.mark.parametrize("city", CITIES)
def test_every_name_that_pages_need_is_there(city: str) -> None:
    profile = load_profile(city)
    assert set(profile.frequencies) == set(get_args(Frequency))
    assert [profile.labels.open_type_name(kind) for kind in get_args(OpenType)][:2] == ["无条件开放", "有条件开放"]
    assert set(profile.labels.fields) == set(profile.labels.fields_en)
    assert {*profile.catalog.required, *profile.catalog.resource_fields} <= {
        *profile.labels.fields,
        "sharing",
        "operation",
    }
    assert set(profile.roles) == {"authority", "county_authority", "operator", "entity", "user", "experts"}
    known = {"formats", "rows", "next_due", "release", "fields", *Dataset.model_fields}
    assert {key.split(".")[0] for key in profile.labels.fields} <= known


@pytest.mark.parametrize("city", CITIES)
def test_articles_name_rules_or_sections_that_exist(city: str) -> None:
    profile = load_profile(city)
    sections = {*Profile.model_fields, *FAMILIES}
    assert set(profile.articles) <= sections | set(WORDING)
    assert set(profile.levels) <= set(WORDING)
    assert all(article.startswith("第") for article in profile.articles.values())


def test_articles_carry_the_title_of_the_text() -> None:
    assert load_profile("suzhou").article_of("feedback") == "《苏州市公共数据开放实施细则》第十条"
    assert load_profile("suzhou").article_of("yaml-tab") is None
    assert load_profile("shanghai").article_of("update-too-slow") == "《上海市公共数据开放实施细则》第九条第二款第五项"


def test_the_final_text_does_not_keep_the_drafts_rules() -> None:
    """Requirements §1.22: what the draft said and the final text dropped or changed."""
    draft, final = load_profile("suzhou-draft"), load_profile("suzhou")
    for key in (
        "open_type.downgrade", "review.path", "application.completeness.by", "ooc.route", "rectification.due_action",
        "formats.preferred", "claim.suspension", "labels.update", "roles.experts.name",
        "open_type.upgrade_updates_resource_catalog",
    ):  # fmt: skip
        assert value_of(draft, key) != value_of(final, key), key


@pytest.mark.parametrize("name", [*CITIES, "house"])
def test_files_are_plain_yaml_without_repeated_keys(name: str) -> None:
    path = (FOLDER / f"{name}.yml").relative_to(CODE).as_posix()
    assert read_yaml(CODE, path)[1] == []


def test_unknown_city() -> None:
    with pytest.raises(KeyError, match="there are shanghai, shuangyashan"):
        load_profile("atlantis")
    with pytest.raises(KeyError):
        load_profile("house")
    with pytest.raises(KeyError):
        load_profile("../profiles/suzhou")
