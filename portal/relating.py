"""From what the checks measured of relations to the facts that pages show (REL-1, REL-2)."""

from __future__ import annotations

from portal.checks.references import References
from portal.facts import RelationFacts


def relation_facts(references: References) -> tuple[RelationFacts, ...]:
    """How far each relation with columns holds, where both sides are public; in the order of the catalogue."""
    return tuple(
        RelationFacts(
            dataset=one.dataset,
            number=one.number,
            rows=one.found.rows,
            matched=one.found.matched,
            back_rows=one.found.back_rows,
            back_matched=one.found.back_matched,
        )
        for one in references.held
        if one.found is not None
    )
