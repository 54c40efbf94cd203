"""After a year's notice was entered: provisional dates become final, and only ever move to a later day."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from portal.service import audit
from portal.service.domain.kinds import Kind, is_open
from portal.service.domain.moves import Actor
from portal.service.domain.terms import later_of
from portal.service.models import Case
from portal.service.office import Office
from portal.service.store import writing


class Changed(NamedTuple):
    """A case whose due date became another day."""

    number: str
    old: date
    new: date


def recompute(office: Office, person: str) -> list[Changed]:
    """Recompute the provisional dates of open cases; returns those that moved. One event a changed case."""
    moved: list[Changed] = []
    with writing():
        for case in Case.objects.filter(due__isnull=False).order_by("number"):
            if not (case.provisional or case.cap_provisional) or not is_open(Kind(case.kind), case.state):
                continue
            clock = office.clock(Kind(case.kind), case.received_at)
            if clock.due is None or clock.cap is None or case.due is None or case.cap is None:
                continue
            old = (case.due, case.provisional, case.cap, case.cap_provisional)
            if case.provisional:
                case.due, case.provisional = later_of(case.due, clock.due)
            case.cap, case.cap_provisional = later_of(case.cap, clock.cap)
            if old == (case.due, case.provisional, case.cap, case.cap_provisional):
                continue
            case.save(update_fields=["due", "provisional", "cap", "cap_provisional"])
            deed = audit.Deed(person, Actor.OPERATOR, "recompute", case.number, fields=("due", "cap"))
            audit.record(deed, office.now(), office.keys)
            if case.due != old[0]:
                moved.append(Changed(case.number, old[0], case.due))
    return moved
