"""What a downgrade needs, city by city: of the open type, of a part of the data (a hidden one), or of a whole dataset.

OT-3: SH-11¶1 work order and explanatory document; SZd-8¶4 and WX-8(3) filing on the ground of safety; SYS-37¶2 approval
of the authority of the same level before the change; the final text of Suzhou dropped the paragraph, so there our own
policy stands: who decided, and the authority is told. The profile says which (`open_type.downgrade…`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple, Protocol

from portal.checks.changes.shape import TOMBSTONES, ChangeScene, Finding, Pair, entry_path
from portal.checks.shape import Key
from portal.model import Dataset, Tombstone
from portal.records import Cause, Paper, PaperKind
from portal.wording.choices import MEANINGS

INITIAL = {"unconditional": "U", "conditional": "C", "not-open": "N"}
RANK = {"unconditional": 0, "conditional": 1, "not-open": 2}
HOUSE = "house"
WANTED: dict[str, PaperKind] = {
    "work_order": "work-order", "document": "explanation", "filing": "filing", "prior_approval": "approval",
    HOUSE: "notice",
}  # fmt: skip
NUMBERED = frozenset({"work-order", "filing", "approval"})
OFFICIAL = frozenset({"filing", "approval", "notice"})
"""Papers of the authority of the same level."""


class Recorded(Protocol):
    """A record of a change: a TypeChange, an EntryChange, a Tombstone."""

    @property
    def date(self) -> date:
        """When it takes effect."""

    @property
    def cause(self) -> Cause | None:
        """The kind of ground."""

    @property
    def by(self) -> str | None:
        """Who decided."""

    @property
    def papers(self) -> tuple[Paper, ...]:
        """The steps it stands on."""


class Case(NamedTuple):
    """A downgrade, and its record if there is one. `ordered`: a work order stands among the approvals of the entry."""

    dataset: Dataset
    direction: str
    record: Recorded | None
    keys: tuple[Key, ...]
    path: str
    ordered: bool = False

    def papers(self, kind: str) -> list[Paper]:
        """Its papers of one kind."""
        return [one for one in self.record.papers if one.kind == kind] if self.record else []

    def wants(self, what: str, scene: ChangeScene) -> bool:
        """Whether the city asks for this of such a change. A withdrawal after a rights claim has its own document."""
        if self.is_claim:
            return False
        rules = scene.profile.open_type
        if rules.downgrade is None:
            return what == HOUSE
        return what in rules.downgrade and self.direction in rules.downgrade_scope

    @property
    def is_claim(self) -> bool:
        """Data that are taken back because a claim was upheld (CLM-3); the open type is never changed by that alone."""
        return self.keys[:1] != ("open_type_history",) and self.record is not None and self.record.cause == "rights"

    def found(self, **values: str) -> Finding:
        """A finding at the record."""
        return Finding(self.keys, {"title": self.dataset.title, **values}, self.path)


def type_case(pair: Pair) -> Case | None:
    """A change of the open type to a narrower one."""
    before, after = pair.before, pair.after
    if RANK[after.open_type] <= RANK[before.open_type]:
        return None
    direction = f"{INITIAL[before.open_type]}>{INITIAL[after.open_type]}"
    ordered = any(one.step == "work_order" and one not in before.approvals for one in after.approvals)
    for number, one in enumerate(after.open_type_history):
        fresh = one not in before.open_type_history
        if fresh and (one.from_, one.to) == (before.open_type, after.open_type):
            return Case(after, direction, one, ("open_type_history", number), entry_path(after), ordered)
    return Case(after, direction, None, ("open_type",), entry_path(after), ordered)


def part_cases(pair: Pair) -> Iterator[Case]:
    """Parts that are taken away, as recorded: rows, columns and tables that people no longer get are not open."""
    before, after = pair.before, pair.after
    if before.is_listed and after.is_listed:
        ordered = any(one.step == "work_order" and one not in before.approvals for one in after.approvals)
        for number, one in pair.fresh:
            if one.kind == "removed":
                direction = f"{INITIAL[before.open_type]}>N"
                yield Case(after, direction, one, ("changes", number), entry_path(after), ordered)


def withdrawal_case(dataset: Dataset, stone: tuple[int, Tombstone]) -> Case:
    """A whole dataset that is taken back."""
    return Case(dataset, f"{INITIAL[dataset.open_type]}>N", stone[1], (stone[0],), TOMBSTONES)


def work_order_is_there(case: Case, scene: ChangeScene) -> Iterator[Finding]:
    """SH: a change is proposed by work order (SH-11¶1)."""
    if case.wants("work_order", scene) and not case.papers("work-order") and not case.ordered:
        yield case.found()


def explanation_is_there(case: Case, scene: ChangeScene) -> Iterator[Finding]:
    """SH: an explanatory document goes with it (SH-11¶1)."""
    if case.wants("document", scene) and not case.papers("explanation"):
        yield case.found()


def filing_is_there(case: Case, scene: ChangeScene) -> Iterator[Finding]:
    """SZd, WX: it is filed with the authority of the same level (SZd-8¶4, WX-8(3))."""
    if case.wants("filing", scene) and not case.papers("filing"):
        yield case.found(authority=_authority(case, scene))


def ground_is_safety(case: Case, scene: ChangeScene) -> Iterator[Finding]:
    """SZd, WX: only the needs of safety allow it (SZd-8¶4 「因安全管理需要」, WX-8(3) 「确因安全管理等需要」)."""
    allowed = scene.profile.open_type.downgrade_causes
    if allowed and case.wants("filing", scene) and (case.record is None or case.record.cause not in allowed):
        yield case.found(choices="、".join(allowed))


def approval_is_there(case: Case, scene: ChangeScene) -> Iterator[Finding]:
    """SYS: the authority of the same level has agreed (SYS-37¶2 「未经…审核…不得」)."""
    if case.wants("prior_approval", scene) and not case.papers("approval"):
        yield case.found(authority=_authority(case, scene))


def approval_comes_first(case: Case, scene: ChangeScene) -> Iterator[Finding]:
    """SYS: it agreed before the change, not after it (SYS-37¶2)."""
    papers = case.papers("approval")
    if case.wants("prior_approval", scene) and case.record and papers:
        first = min(one.date for one in papers)
        if first > case.record.date:
            yield case.found(approved=str(first), changed=str(case.record.date))


def house_policy_is_kept(case: Case, scene: ChangeScene) -> Iterator[Finding]:
    """SZ: the text has no rule; our policy asks who decided and that the authority was told (§1.22)."""
    if case.wants(HOUSE, scene):
        missing = [] if case.record and case.record.by else ["by"]
        authority = _authority(case, scene)
        told = any(authority in one.by for kind in OFFICIAL for one in case.papers(kind))
        missing += [] if told else ["papers: notice"]
        if missing:
            words = {"by": "决定单位（by）", "papers: notice": "告知同级主管部门的记录（papers: notice）"}
            labels = "、".join(words[one] for one in missing)
            yield case.found(labels=labels, keys=", ".join(missing), authority=authority)


def papers_have_numbers(case: Case, scene: ChangeScene) -> Iterator[Finding]:
    """What the city asks for can be looked up: work order, filing and approval bear a number (house policy, A14)."""
    for kind in _asked(case, scene):
        for paper in case.papers(kind):
            named = paper.number or (kind not in NUMBERED and paper.about)
            if not named and kind != "notice":
                yield case.found(kind=kind, kind_zh=MEANINGS[kind])


def papers_are_of_the_authority(case: Case, scene: ChangeScene) -> Iterator[Finding]:
    """Filings and approvals are those of the authority of the same level (PRO-4)."""
    authority = scene.authority(case.dataset.jurisdiction)
    for kind in sorted({"filing", "approval"} & set(_asked(case, scene))):
        for paper in case.papers(kind):
            if authority and authority not in paper.by:
                yield case.found(kind=kind, kind_zh=MEANINGS[kind], found=paper.by, authority=authority)


def claim_has_a_document(case: Case, _: ChangeScene) -> Iterator[Finding]:
    """Data taken back after a rights claim name the document of the decision (CLM-3)."""
    if case.is_claim and case.record:
        document = case.record.document if isinstance(case.record, Tombstone) else None
        if not document and not any(one.number for one in case.record.papers):
            yield case.found()


def _asked(case: Case, scene: ChangeScene) -> list[PaperKind]:
    return [kind for what, kind in WANTED.items() if case.wants(what, scene)]


def _authority(case: Case, scene: ChangeScene) -> str:
    return scene.authority(case.dataset.jurisdiction) or "同级公共数据主管部门"


CaseRule = Callable[[Case, ChangeScene], Iterator[Finding]]

CASE_RULES: dict[str, CaseRule] = {
    "downgrade-work-order": work_order_is_there,
    "downgrade-document": explanation_is_there,
    "downgrade-filing": filing_is_there,
    "downgrade-ground": ground_is_safety,
    "downgrade-approval": approval_is_there,
    "downgrade-approval-late": approval_comes_first,
    "downgrade-house": house_policy_is_kept,
    "paper-number": papers_have_numbers,
    "paper-authority": papers_are_of_the_authority,
    "withdrawal-document": claim_has_a_document,
}
