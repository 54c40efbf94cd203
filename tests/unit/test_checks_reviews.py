"""Nothing is published that was not reviewed exactly as it stands (REV-1), by every kind of review that is due (REV-2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from portal.checks.reviews import check_reviews
from portal.checks.ruleset import rules_in_force
from portal.digests import content_digest, recurring_digest, terms_digest
from portal.model import Catalogue, Dataset, Release
from portal.problems import Problem
from portal.profile import Profile, load_profile
from portal.settings import Settings
from portal.wording.reviews import KINDS
from tests.samples import a_catalogue, a_dataset

SHA = "ab" * 32
OTHER = "cd" * 32
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@dataclass
class Reading:
    """What check_reviews needs of a reading."""

    catalogue: Catalogue
    profile: Profile
    broken: frozenset[str] = frozenset()
    calendar: None = None

    def where(self, target: str, *keys: str | int) -> tuple[str, int]:
        return f"catalog/mzj/{target}.yml", 7


def judge(
    dataset: Dataset,
    sha: str = SHA,
    releases: tuple[Release, ...] | None = None,
    blocked: tuple[str, ...] = (),
    *,
    city: str = "suzhou",
    errors: int = 0,
    now: datetime = NOW,
) -> list[Problem]:
    digest = content_digest(dataset, {"village-codes.csv": sha})
    known = (Release(release="2023-06-30", digest=digest, files={"village-codes.csv": sha}),)
    catalogue = a_catalogue(dataset, releases={dataset.id: known if releases is None else releases})
    reading = Reading(catalogue, load_profile(city))
    nowhere = Path("/nowhere")
    settings = Settings(root=nowhere, build=nowhere, var=nowhere, now=now)
    digests = {dataset.id: {"village-codes.csv": sha}}
    return check_reviews(reading, digests, settings, blocked=blocked, errors={dataset.id: errors})


def reviewed(result: str = "passed", covers: str | None = None, kind: str = "security", **changes: Any) -> Dataset:
    digest = covers or content_digest(a_dataset(**changes), {"village-codes.csv": SHA})
    review = {"kind": kind, "date": "2026-11-01", "result": result, "by": "数据安全岗", "covers": digest}
    return a_dataset(**changes, reviews=[review])


def test_a_reviewed_dataset_passes() -> None:
    assert judge(reviewed()) == []


@pytest.mark.parametrize(
    ("dataset", "rule"),
    [
        (a_dataset(), "review-missing"),
        (reviewed(kind="legality"), "review-missing"),
        (reviewed(covers=OTHER), "review-outdated"),
        (reviewed(result="refused"), "review-refused"),
    ],
)
def test_without_a_passed_security_review_the_gate_is_shut(dataset: Dataset, rule: str) -> None:
    assert [problem.rule for problem in judge(dataset)] == [rule]


def test_one_changed_byte_closes_the_gate_again() -> None:
    problems = judge(reviewed(), sha=OTHER)
    assert [problem.rule for problem in problems] == ["review-outdated"]
    assert (problems[0].path, problems[0].line, problems[0].dataset) == (
        "catalog/mzj/village-codes.yml",
        7,
        "village-codes",
    )


def test_a_changed_description_closes_the_gate_too() -> None:
    review = reviewed().reviews[0].model_dump(mode="json")
    fields = [
        {"name": "代码", "title": "区划代码", "description": "换了一种说法", "source_ref": "ZY-1"},
        {"name": "名称", "title": "名称", "description": "村（居）委会全称"},
    ]
    changed = a_dataset(
        files=[{"path": "village-codes.csv", "schema": {"primaryKey": "代码", "fields": fields}}], reviews=[review]
    )
    assert [problem.rule for problem in judge(changed)] == ["review-outdated"]


def test_content_that_is_no_release_is_refused() -> None:
    assert [problem.rule for problem in judge(reviewed(), releases=())] == ["release-missing"]


def test_content_that_awaits_its_review_is_one_problem_not_two() -> None:
    assert [problem.rule for problem in judge(a_dataset(), releases=())] == ["review-missing"]
    assert [problem.rule for problem in judge(reviewed(result="refused"), releases=())] == ["review-refused"]


def test_withdrawn_content_never_comes_back() -> None:
    digest = content_digest(a_dataset(), {"village-codes.csv": SHA})
    assert [problem.rule for problem in judge(reviewed(), blocked=(digest,))] == ["release-blocked"]


def test_conditional_data_need_no_review_of_rows() -> None:
    assert judge(a_dataset(open_type="conditional", files=[])) == []


# --- the recurring form: schema, exceptions and rules instead of rows

RULES = sorted(rules_in_force(load_profile("suzhou")))


def recurring(covers: str | None = None, **changes: Any) -> Dataset:
    entry = {"update_frequency": "monthly", **{key: value for key, value in changes.items() if key not in RECORD}}
    review = {
        "kind": "security", "date": "2026-01-10", "result": "passed", "by": "数据安全岗",
        "covers": covers or recurring_digest(a_dataset(**entry)), "rules": RULES, "until": "2027-01-09",
        **{key: value for key, value in changes.items() if key in RECORD},
    }  # fmt: skip
    return a_dataset(**entry, reviews=[review])


RECORD = ("result", "rules", "until", "date", "kind")


def rules_of(problems: list[Problem]) -> list[str]:
    return [problem.rule for problem in problems]


def test_new_rows_pass_without_a_new_review() -> None:
    assert judge(recurring()) == []
    assert judge(recurring(), sha=OTHER) == []


def test_new_rows_must_still_be_registered_and_the_advice_says_how() -> None:
    (problem,) = judge(recurring(), sha=OTHER, releases=())
    assert (problem.rule, problem.values["how"]) == ("release-missing", "--release")
    (problem,) = judge(reviewed(), releases=())
    assert (problem.rule, problem.values["how"]) == ("release-missing", "--by 审查岗位的名称")


@pytest.mark.parametrize(
    ("dataset", "errors", "now", "rule"),
    [
        (recurring(), 2, NOW, "review-not-clean"),
        (recurring(), 0, datetime(2027, 1, 9, 23, 0, tzinfo=UTC), "review-expired"),  # 10 January in Shanghai
        (recurring(until=None), 0, NOW, "review-expired"),
        (recurring(rules=[*RULES, "a-rule-that-is-gone"]), 0, NOW, "review-rules-changed"),
        (recurring(update_frequency="irregular"), 0, NOW, "review-without-rhythm"),
        (recurring(status="static", static_reason="不再编制"), 0, NOW, "review-without-rhythm"),
        (recurring(covers=OTHER), 0, NOW, "review-outdated"),
        (recurring(result="refused"), 0, NOW, "review-refused"),
    ],
)
def test_the_recurring_form_ends(dataset: Dataset, errors: int, now: datetime, rule: str) -> None:
    assert rules_of(judge(dataset, errors=errors, now=now)) == [rule]


def test_rules_that_came_later_close_no_review() -> None:
    assert judge(recurring(rules=RULES[:-3])) == []


def test_a_new_exception_closes_the_recurring_review() -> None:
    before = recurring()
    allow = [{"rule": "empty-value", "field": "名称", "reason": "没有名称的行", "until": "2027-12-31"}]
    after = a_dataset(update_frequency="monthly", reviews=[before.reviews[0].model_dump(mode="json")], allow=allow)
    assert rules_of(judge(after)) == ["review-outdated"]
    later = [{**allow[0], "until": "2028-12-31", "reason": "换了一种说法"}]  # an exception that is only prolonged
    covers = recurring_digest(a_dataset(update_frequency="monthly", allow=allow))
    assert judge(recurring(covers=covers, allow=later)) == []


def test_a_changed_schema_closes_the_recurring_review() -> None:
    fields = [{"name": "代码", "title": "区划代码", "description": "换了一种说法"}]
    files = [{"path": "village-codes.csv", "schema": {"primaryKey": "代码", "fields": fields}}]
    review = recurring().reviews[0].model_dump(mode="json")
    assert rules_of(judge(a_dataset(update_frequency="monthly", files=files, reviews=[review]))) == ["review-outdated"]


def test_a_refusal_of_exactly_these_rows_beats_the_recurring_review() -> None:
    good = recurring()
    no = {**reviewed(result="refused", update_frequency="monthly").reviews[0].model_dump(mode="json")}
    both = a_dataset(update_frequency="monthly", reviews=[good.reviews[0].model_dump(mode="json"), no])
    assert rules_of(judge(both)) == ["review-refused"]
    assert judge(both, sha=OTHER) == []


def test_one_changed_cell_still_closes_the_gate_after_a_review_of_content() -> None:
    assert rules_of(judge(reviewed(update_frequency="monthly"), sha=OTHER)) == ["review-outdated"]


# --- kinds of review, by city: expectations by hand from SZ-15¶2, SZd-16¶2, WX-12, SYS-38 (SH sets none)

DUE = {
    "suzhou": {"state-secrets": ["secrets"], "commercial-secrets": ["privacy"], "privacy": ["privacy"],
               "law": ["legality"], "expertise": ["expert"]},
    "suzhou-draft": {"state-secrets": [], "commercial-secrets": ["privacy"], "privacy": ["privacy"],
                     "law": ["legality", "compliance"], "expertise": ["expert"]},
    "wuxi": {"state-secrets": [], "commercial-secrets": [], "privacy": [], "law": ["legality"], "expertise": []},
    "shanghai": {"state-secrets": [], "commercial-secrets": [], "privacy": [], "law": [], "expertise": []},
    "shuangyashan": {"state-secrets": ["secrets"], "commercial-secrets": ["secrets"], "privacy": [], "law": [],
                     "expertise": []},
}  # fmt: skip


@pytest.mark.parametrize(("city", "concern"), [(city, concern) for city in DUE for concern in DUE[city]])
def test_a_concern_asks_for_the_citys_kinds(city: str, concern: str) -> None:
    found = judge(reviewed(concerns=[concern]), city=city)
    missing = [problem.values["by"].split()[1] for problem in found if problem.rule.endswith("-missing")]
    always = ["secrets"] if city == "shuangyashan" else []
    assert missing == [*always, *(kind for kind in DUE[city][concern] if kind not in always)]


def test_security_and_secrecy_are_reviewed_always_in_shuangyashan() -> None:
    (problem,) = judge(reviewed(), city="shuangyashan")
    assert (problem.rule, problem.values["kind"]) == ("review-missing", "保密审查")


def test_a_legality_review_judges_the_terms_not_the_rows() -> None:
    entry = {"concerns": ["law"], "update_frequency": "monthly"}
    law = {"kind": "legality", "date": "2026-01-02", "result": "passed", "by": "法制岗"}
    reviews = [
        recurring(concerns=["law"]).reviews[0].model_dump(mode="json"),
        {**law, "covers": terms_digest(a_dataset(**entry))},
    ]
    assert judge(a_dataset(**entry, reviews=reviews), sha=OTHER) == []
    (problem,) = judge(a_dataset(**entry, open_scope="只向企业开放", reviews=reviews))
    assert (problem.rule, problem.values["kind"]) == ("review-outdated", "合法性审查")
    reworded = a_dataset(**entry, summary="全市村（居）委会的代码、名称。", reviews=reviews)
    assert judge(reworded) == []


def test_conditional_data_that_touch_persons_need_that_review_only() -> None:
    entry: dict[str, Any] = {"open_type": "conditional", "files": [], "concerns": ["privacy"]}
    assert rules_of(judge(a_dataset(**entry))) == ["review-kind-missing"]
    review = {"kind": "privacy", "date": "2026-01-02", "result": "passed", "by": "数据安全岗"}
    assert judge(a_dataset(**entry, reviews=[{**review, "covers": terms_digest(a_dataset(**entry))}])) == []


def test_an_interface_is_reviewed_by_its_terms() -> None:
    api = {
        "endpoint": "https://example.org/a",
        "documentation": "https://example.org/d",
        "example": "{}",
        "record": "1号",
    }
    entry: dict[str, Any] = {"data_type": "api", "api": api, "files": []}
    assert rules_of(judge(a_dataset(**entry))) == ["review-missing"]
    assert judge(reviewed(covers=terms_digest(a_dataset(**entry)), **entry)) == []


def test_data_that_are_not_opened_need_no_review() -> None:
    assert judge(a_dataset(open_type="not-open", files=[], concerns=["privacy"])) == []


def test_the_last_day_of_the_term_counts() -> None:
    assert judge(recurring(), now=datetime(2027, 1, 9, 10, 0, tzinfo=UTC)) == []


def test_of_two_reviews_of_the_same_content_the_later_decides() -> None:
    passed, refused = (reviewed(result=result).reviews[0].model_dump(mode="json") for result in ("passed", "refused"))
    assert rules_of(judge(a_dataset(reviews=[passed, refused]))) == ["review-refused"]
    assert judge(a_dataset(reviews=[refused, passed])) == []


def test_of_two_recurring_reviews_the_later_decides() -> None:
    old, new = (recurring(until=until).reviews[0].model_dump(mode="json") for until in ("2026-11-01", "2027-11-01"))
    assert judge(a_dataset(update_frequency="monthly", reviews=[old, new])) == []
    assert rules_of(judge(a_dataset(update_frequency="monthly", reviews=[new, old]))) == ["review-expired"]


def test_an_expert_who_argued_about_columns_has_seen_the_rows() -> None:
    """SZ-32¶2: such an argument is about these rows; one that covers the terms alone says nothing of them."""
    entry: dict[str, Any] = {
        "concerns": ["expertise"],
        "aggregation": [{"fields": ["代码", "名称"], "about": "自然人"}],
    }
    security = reviewed(**entry).reviews[0].model_dump(mode="json")
    expert = {**security, "kind": "expert"}
    assert judge(a_dataset(**entry, reviews=[security, expert])) == []
    of_terms = {**expert, "covers": terms_digest(a_dataset(**entry))}
    (problem,) = judge(a_dataset(**entry, reviews=[security, of_terms]))
    assert (problem.rule, problem.values["kind_en"]) == ("review-outdated", KINDS["expert"].en)


def test_conditional_data_whose_files_lie_elsewhere_are_judged_all_the_same() -> None:
    conditional = a_dataset(open_type="conditional", concerns=["privacy"])
    reading, nowhere = Reading(a_catalogue(conditional), load_profile("suzhou")), Path("/nowhere")
    found = check_reviews(reading, {}, Settings(root=nowhere, build=nowhere, var=nowhere, now=NOW))
    assert rules_of(found) == ["review-kind-missing"]
