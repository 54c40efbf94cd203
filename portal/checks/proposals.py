"""Rules about who proposes a change and what goes with it: separation of duties, grounds of new entries, re-grading.

They need the base that a change is made from (`build.py check --since`), and who proposes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from portal.checks.changes.shape import Changed, ChangedDataset
from portal.checks.officers import speaks_for
from portal.checks.shape import Key, Read
from portal.model import Dataset
from portal.problems import NOTHING, Problem, shown
from portal.records import Review
from portal.wording.reviews import KINDS

IDENTITY = re.compile(r"(?P<name>.*?)\s*<(?P<mail>[^<>]*)>")
USE = frozenset(
    {"open_type", "open_conditions", "open_scope", "open_content", "update_frequency", "generation_frequency"}
)
"""What scope, timeliness and use of the data hang on (SYS-11¶4)."""


class Finding(NamedTuple):
    """A broken rule: the path of keys in the present entry, and the values of its sentence."""

    keys: tuple[Key, ...]
    values: Mapping[str, str] = NOTHING


class Around(NamedTuple):
    """What a rule may look at beside the dataset: the present catalogue, and the names of who proposes."""

    now: Read
    proposer: str
    names: frozenset[str]


ProposalRule = Callable[[ChangedDataset, Dataset, Around], Iterator[Finding]]


def names_of(proposer: str) -> frozenset[str]:
    """The names by which a proposer can be meant: as Git gives it (`name <mail>`), its name, its address."""
    found = IDENTITY.fullmatch(proposer.strip())
    parts = (proposer.strip(), *(found.groups() if found else ()))
    return frozenset(part for part in parts if part)


def reviewers_do_not_propose(one: ChangedDataset, after: Dataset, around: Around) -> Iterator[Finding]:
    """Nobody reviews what they propose (REV-8): reviews of this change, and recurring ones that new rows rest on."""
    officers = next((item for item in around.now.catalogue.officers if item.department == after.department), None)
    before = one.before.reviews if one.before else ()
    for index, review in enumerate(after.reviews):
        rests = review not in before or (review.rules is not None and one.data_changed)
        if rests and speaks_for(officers, review.by, around.names):
            yield Finding(("reviews", index, "by"), _told(review, around.proposer))


def new_entries_say_why(one: ChangedDataset, after: Dataset, around: Around) -> Iterator[Finding]:
    """A new entry names the demand, plan or duty that it comes from (OT-8, SH-10, SH-12)."""
    if one.before is None and after.is_listed and around.now.profile.entry_ground.required and not after.entry_ground:
        yield Finding(("open_type",))


def changed_entries_are_graded_again(one: ChangedDataset, after: Dataset, _: Around) -> Iterator[Finding]:
    """Data whose content, scope, timeliness or use changes are graded again in the same change (CAT-13, SYS-11¶4)."""
    if one.before is None or not after.is_listed:
        return
    before = one.before
    changed = sorted(key for key in USE if getattr(before, key) != getattr(after, key))
    if _items(before) != _items(after):
        changed.append("fields")
    if changed and (after.graded is None or after.graded == before.graded):
        yield Finding(("level",), {"keys": "、".join(changed)})


PROPOSAL_RULES: dict[str, ProposalRule] = {
    "reviewer-is-proposer": reviewers_do_not_propose,
    "entry-ground-missing": new_entries_say_why,
    "regrade-missing": changed_entries_are_graded_again,
}


def check_proposals(change: Changed, proposer: str, reading: Read) -> list[Problem]:
    """Judge every dataset of a change that is still there. `proposer` may be empty: then nobody knows."""
    around = Around(reading, shown(proposer), names_of(proposer))
    problems = []
    for one in change.changed:
        after = one.after
        if after is None:
            continue
        for rule, judge in PROPOSAL_RULES.items():
            for finding in judge(one, after, around):
                path, line = reading.where(after.id, *finding.keys)
                problems.append(Problem(rule, path, line, finding.values, dataset=after.id))
    return problems


def _items(dataset: Dataset) -> list[tuple[str, str]]:
    """The data items: names and types."""
    schemas = [file.table_schema for file in dataset.files if file.table_schema is not None]
    return [(column.name, column.type) for schema in schemas for column in schema.fields]


def _told(review: Review, proposer: str) -> dict[str, str]:
    kind = KINDS[review.kind]
    return {"kind": kind.zh, "kind_en": kind.en, "by": shown(review.by), "proposer": proposer}
