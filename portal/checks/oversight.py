"""The rules about records of governance, joined: approvals, officers, grading, registers, duties with a date."""

from __future__ import annotations

from portal.checks.approvals import APPROVAL_RULES
from portal.checks.evaluations import CHANGE_RULES, EVALUATION_RULES
from portal.checks.grading import GRADING_RULES, LEVEL_RULES
from portal.checks.officers import OFFICER_RULES, REVIEWER_RULES
from portal.checks.publications import PUBLICATION_RULES, PUBLICATION_WARNINGS
from portal.checks.registers import REGISTER_ENTRY_RULES, REGISTER_RULES
from portal.checks.shape import FileRule, Rule
from portal.checks.topics import TOPIC_RULES, TOPIC_WARNINGS
from portal.wording import approvals

RECORD_RULES: dict[str, Rule] = {
    **APPROVAL_RULES,
    **REVIEWER_RULES,
    **GRADING_RULES,
    **REGISTER_ENTRY_RULES,
    **EVALUATION_RULES,
}
RECORD_CITY_RULES: dict[str, FileRule] = {
    **OFFICER_RULES,
    **LEVEL_RULES,
    **REGISTER_RULES,
    **CHANGE_RULES,
    **PUBLICATION_RULES,
    **TOPIC_RULES,
}
RECORD_WARNINGS = (
    PUBLICATION_WARNINGS
    | TOPIC_WARNINGS
    | frozenset(
        {
            "approval-step",
            "evaluation-overdue",
            "legal-change-overdue",
            "dispute-open",
            "source-shared",
            "resources-missing",
        }
    )
)
"""They warn where the city says nothing else."""
RECORD_FAMILIES: dict[str, frozenset[str]] = {
    "approvals": frozenset(approvals.WORDING),
    "officers": frozenset(OFFICER_RULES) | frozenset(REVIEWER_RULES),
    "plan": frozenset({"plan-outdated", "plan-overdue"}),
    "violations": frozenset({"violation-not-public", "violation-unmasked"}),
}
