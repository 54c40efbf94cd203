"""From what the checks found to a dataset's scores: gathers the evidence that portal/quality.py judges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Protocol

from portal.cache import code_version, key_of
from portal.checks.references import Held, References
from portal.checks.rows.forms import sentence
from portal.checks.shape import Read
from portal.digests import SPELLER, model_digest, remember, text_digest
from portal.facts import DatasetFacts, QualityScore
from portal.ledger import Ledger
from portal.problems import Problem
from portal.quality import Evidence, Relative, score
from portal.records import Relation

KIND = "score"


class Judged(Protocol):
    """A catalogue that was checked (portal/pipeline.py)."""

    @property
    def reading(self) -> Read:
        """What was read."""

    @property
    def problems(self) -> Sequence[Problem]:
        """What was found, as the city judges it."""

    @property
    def references(self) -> References:
        """How far relations hold."""


def score_all(
    facts: Sequence[DatasetFacts], checked: Judged, today: date, ledger: Ledger | None = None
) -> dict[str, DatasetFacts]:
    """The facts of every dataset with its scores on a day, by id; those of the same evidence are in the ledger."""
    profile = checked.reading.profile
    code = key_of(code_version("portal", packages=(SPELLER,)), [today.isoformat(), model_digest(profile)])
    datasets = {one.id: one for one in checked.reading.catalogue.datasets}
    problems: dict[str | None, list[Problem]] = defaultdict(list)
    for problem in checked.problems:
        problems[problem.dataset].append(problem)
    held: dict[str, list[Held]] = defaultdict(list)
    for one in checked.references.held:
        held[one.dataset].append(one)
    found = {}
    for one_of in facts:
        dataset = datasets[one_of.id]
        releases = checked.reading.catalogue.releases.get(dataset.id, ())
        evidence = Evidence(
            dataset=dataset,
            facts=one_of,
            problems=problems[dataset.id],
            relations=[_relative(one, dataset.relations[one.number]) for one in held[dataset.id]],
            note=next((one.note for one in releases if one.digest == one_of.digest), None),
            rules=[sentence(check) for table in dataset.tables for check in table.table_schema.checks],
        )
        told = [model_digest(one_of), model_digest(dataset), repr(evidence.problems), repr(evidence.relations)]
        key = key_of(code, [*told, evidence.note or ""])
        text = ledger.text(KIND, dataset.id, key) if ledger else None
        if text is None:
            text = score(evidence, profile, today).model_dump_json().encode()
            if ledger:
                ledger.keep_text(KIND, dataset.id, key, text, ())
        judged = QualityScore.model_validate_json(text)
        scored = found[dataset.id] = one_of.model_copy(update={"quality": judged})
        remember(scored, text_digest([model_digest(one_of), text.decode()]))
    return found


def _relative(one: Held, relation: Relation) -> Relative:
    found = one.found
    if found is None:
        return Relative(one.to)
    either = relation.kind == "shared-key" and relation.coverage is None
    return Relative(one.to, one.bound, either, found.rows, found.matched, found.back_rows, found.back_matched)
