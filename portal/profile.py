"""The rules of one city: every value that the five texts set differently (requirements §1.21), and table 1.0.

A profile is portal/profiles/<name>.yml laid over portal/profiles/house.yml, which holds what no text sets
(labels, periods, grace days). `null` means that the text sets nothing; code then says "no statutory limit"
and never makes up a number. Where the law's value and what we do differ, both stand here under their own names
(`audit.retention_years` is the law's, `audit.keep_years` ours).

The service, the pages and the checks read these values; none of them knows a city's name.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from portal.cityrules import (
    AggregationRules,
    ChangeRules,
    EvaluationRules,
    GradingRules,
    NewsRules,
    OfficerRules,
    OpenTypeRules,
    ProjectRules,
    Publicity,
    Reasons,
    ReviewRules,
)
from portal.shape import Shape
from portal.textrules import Equality, Naming, Platform

FOLDER = Path(__file__).resolve().parent / "profiles"
HOUSE = "house"

RuleLevel = Literal["error", "warning", "off"]
Standing = Literal["in_force", "draft", "expired", "not_yet"]


class Basis(Shape):
    """The instrument that a profile stands on (PRO-2). `valid_to` is the last day of its term."""

    title: str
    title_en: str
    number: str | None
    issuer: str
    issued: date
    valid_from: date
    valid_to: date
    term: str  # the article's own words about the term
    status: Literal["in_force", "draft", "expired"]  # as known when this file was written

    def standing(self, today: date) -> Standing:
        """What it is on a day: a draft never is in force; after its term it is expired (A10)."""
        if self.status == "draft":
            return "draft"
        if today < self.valid_from:
            return "not_yet"
        return "expired" if today > self.valid_to else "in_force"


class Labels(Shape):
    """The words of the city (PRO-5)."""

    catalog: str
    open_type: str
    class1: str
    class2: str
    class3: str
    update: str
    entity: str
    user: str
    fields: dict[str, str]  # key of an entry → label
    fields_en: dict[str, str]
    open_types_en: dict[str, str]
    data_types: dict[str, str]
    data_types_en: dict[str, str]

    def open_type_name(self, open_type: str) -> str:
        """The class's name: 无条件开放, 有条件开放, 不予开放 or 非开放."""
        return {"unconditional": self.class1, "conditional": self.class2, "not-open": self.class3}[open_type]


class CatalogRules(Shape):
    """What an entry must say, and what stays inside (table 1.0, CAT-1, CAT-16, CAT-18)."""

    required: tuple[str, ...]
    resource_fields: tuple[str, ...]  # asked for by the resource catalogue only, kept and never demanded here
    internal_fields: tuple[str, ...]  # kept round-trip, never published
    update_wd: int | None
    review_wd: int | None
    provider_code_required: bool
    max_columns: int


class FrequencyRules(Shape):
    """Update frequency against generation frequency (UPD-1)."""

    compare: RuleLevel


class Demanded(Shape):
    """Whether the city demands it."""

    required: bool


class Formats(Shape):
    """Formats that the text lists; `proprietary` says what happens to a file that needs bought software (FMT-2)."""

    listed: tuple[str, ...]
    preferred: str | None
    proprietary: Literal["refuse", "allow"]
    wording: str


class Rectification(Shape):
    """The rectification task (RCT-2): working days from the entity's receipt, and what must be done by then."""

    wd: int | None
    due_action: Literal["respond", "verify_and_correct", "rectify"] | None


class Extension(Shape):
    """A longer term for a complex case (FBK-4)."""

    max_wd: int
    approver: Literal["authority", "city_authority"]
    needs_consultation: bool
    counts_from: Literal["receipt", "due"]


class FeedbackRules(Shape):
    """Feedback and correction (FBK). `wd` null: the text gives no number, `promise` says what it says instead."""

    wd: int | None
    promise: str
    promise_en: str
    extension: Extension | None
    mark_dataset: bool
    suspend_on_evidence: bool
    kinds: dict[str, str]
    kinds_en: dict[str, str]


class ResultReview(Shape):
    """Re-examination 复核 of a result by the authority of the same level (FBK-8, CLM-5)."""

    enabled: bool


class OocRules(Shape):
    """Out-of-catalogue requests (OOC)."""

    wd: int | None
    promise: str
    promise_en: str
    route: Literal["demand_evaluation", "authority_entity", "entity", "feedback_channel", "entity_argues"]


class ResultRules(Shape):
    """Results of use that people hand in (SHO-1). `wd` null: no text sets a number."""

    wd: int | None
    promise: str
    promise_en: str


class Completeness(Shape):
    """Who checks whether an application is complete (CND-7)."""

    by: Literal["operator", "authority", "platform"]
    wd: int | None
    once: bool  # all reasons in one notice
    compliance: bool


class ApplicationRules(Shape):
    """Applications for conditional data (CND)."""

    completeness: Completeness | None
    wd: int
    counts_from: Literal["work_order", "receipt"]
    refusal: Literal["all_reasons_once", "reason_and_legal_basis", "reason_and_basis"]


class Agreement(Shape):
    """The agreement on use (CND-6, CND-10): `clauses` null where the text lists none."""

    when: Literal["after_approval", "before_submit"] | None
    clauses: tuple[str, ...] | None


class Delivery(Shape):
    """How conditional data are handed over (CND-11)."""

    offline_filing: bool


class Identity(Shape):
    """Who must say who they are, for conditional data only (A4, ACC-2)."""

    conditional: Literal["registration", "real_name_sso"] | None


class Samples(Shape):
    """Sample datasets (SMP). Sizes and slack (percent) are the house's: SH-22 says only 针对性抽取, 真实反映."""

    enabled: bool
    max_rows: int
    max_percent: int
    slack_percent: int


class ClaimRules(Shape):
    """Rights claims (CLM). `result_feedback` is the text's; `tell_claimant` what we do."""

    suspension: Literal["if_necessary", "verify_first_then_if_necessary", "none", "on_evidence"]
    result_feedback: bool
    tell_claimant: bool


class Violations(Shape):
    """Publicity of violations (VIO-3)."""

    publish: Literal["may"] | None


class Audit(Shape):
    """How long records are kept (AUD-2): the law's number, and ours."""

    retention_years: int | None
    keep_years: int


class Citation(Shape):
    """Whether the law wants the day of retrieval in a citation (POR-5), and whether we show it."""

    retrieval_date: bool
    show_retrieval_date: bool


class Emergency(Shape):
    """Emergency opening (EMG-1)."""

    topic: bool


class Plan(Shape):
    """Who writes an annual plan (DEM-3)."""

    levels: tuple[Literal["city", "district", "county", "entity"], ...] | None


class Role(Shape):
    """Who plays a part (PRO-6, requirements §1.20)."""

    name: str
    duty: str
    article: str


class Frequency(Shape):
    """An update frequency: how long until the next data are due, and how many days late are forgiven.

    No text sets a period or a grace; both are the house's. Neither months nor days: no fixed rhythm.
    """

    label: str
    label_en: str
    months: int | None = None
    days: int | None = None
    grace: int = 0
    remind: int = 0  # days before the due day on which it counts as due soon (UPD-2)
    rank: int  # 0 is the most frequent (UPD-1 compares ranks)


class CalendarRules(Shape):
    """How working days are counted (PRO-3; Civil Code art 201: the day itself is not counted)."""

    count_first_day: bool


class Profile(Shape):
    """A city's rules. Section names are those of requirements §1.21."""

    name: str
    basis: Basis
    labels: Labels
    catalog: CatalogRules
    naming: Naming
    frequency: FrequencyRules
    relations: Demanded
    source_ref: Demanded
    contact: Demanded
    formats: Formats
    equality: Equality
    platform: Platform
    review: ReviewRules
    open_type: OpenTypeRules
    changes: ChangeRules
    evaluation: EvaluationRules
    officers: OfficerRules
    projects: ProjectRules
    grading: GradingRules
    entry_ground: Demanded  # a new entry says why it is opened (OT-8)
    rectification: Rectification
    feedback: FeedbackRules
    review_of_result: ResultReview
    ooc: OocRules
    results: ResultRules
    application: ApplicationRules
    agreement: Agreement
    delivery: Delivery
    identity: Identity
    anonymous_unconditional: bool
    samples: Samples
    claim: ClaimRules
    violations: Violations
    audit: Audit
    citation: Citation
    emergency: Emergency
    plan: Plan
    roles: dict[str, Role | None]
    frequencies: dict[str, Frequency]
    priority_domains: tuple[str, ...]
    priority_reasons: Reasons
    publicity: Publicity
    news: NewsRules
    calendar: CalendarRules
    aggregation: AggregationRules
    levels: dict[str, RuleLevel]  # rules that are more or less strict here than by themselves
    articles: dict[str, str]  # rule or section → article, without the instrument's title

    def level_of(self, rule: str) -> RuleLevel | None:
        """The level that this city gives a rule; None: the rule's own."""
        return self.levels.get(rule)

    def article_of(self, rule: str) -> str | None:
        """The article that a rule or a section (`feedback`, `ooc` …) stands on, or None for a house rule.

        `《苏州市公共数据开放实施细则》第十条`
        """
        article = self.articles.get(rule)
        return f"《{self.basis.title}》{article}" if article else None


def profile_names() -> tuple[str, ...]:
    """The cities that ship, sorted."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yml") if path.stem != HOUSE))


@cache
def load_profile(name: str) -> Profile:
    """A city's rules by name (`suzhou`, `wuxi` …).

    Raises KeyError for a name that does not ship; the message lists those that do.
    """
    return Profile.model_validate(shipped(name))


def shipped(name: str) -> dict[str, Any]:
    """The files of a city's rules as one tree of texts. Raises KeyError as `load_profile`."""
    if name not in profile_names():
        raise KeyError(f"no profile {name!r}; there are {', '.join(profile_names())}")
    return {"name": name, **laid_over(_read(HOUSE), _read(name))}


def _read(name: str) -> dict[str, Any]:
    text = (FOLDER / f"{name}.yml").read_text("utf-8")
    # BaseLoader keeps every scalar as text, so that `off` stays `off`; pydantic casts.
    tree = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 -- it makes nothing but text, lists and mappings
    plain = _without_nulls(tree)
    if not isinstance(plain, dict):
        raise TypeError(f"portal/profiles/{name}.yml is no mapping")
    return plain


def _without_nulls(value: Any) -> Any:
    """Text `null` and nothing at all mean None."""
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_nulls(item) for item in value]
    return None if value in ("", "null") else value


def laid_over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """The city's values over the house's, section by section."""
    result = dict(below)
    for key, value in above.items():
        under = result.get(key)
        result[key] = laid_over(under, value) if isinstance(under, dict) and isinstance(value, dict) else value
    return result
