"""Suspending and restoring a dataset: the audit event and var/public/state.json, in one step."""

from __future__ import annotations

from portal.problems import PortalError
from portal.service import audit, public
from portal.service.domain.cleaning import one_line
from portal.service.domain.moves import Actor
from portal.service.office import Office
from portal.service.store import writing
from portal.workdays import day_of


def suspend(office: Office, dataset: str, reason: str, person: str) -> bool:
    """Suspend at once; False where it already was. The event is stored first: nothing happens unrecorded.

    Raises PortalError without a reason, or for a dataset that the live catalogue does not list.
    """
    why = _reason(reason)
    known = office.published.find(dataset)
    if known is None or known.id != dataset:
        raise PortalError(f"目录中没有数据集“{dataset}”")
    with writing():
        if dataset in public.read_state(office.surroundings.public)["suspended"]:
            return False
        deed = audit.Deed(person, Actor.OPERATOR, "suspend", dataset, "published", "suspended", ("reason",))
        audit.record(deed, office.now(), office.keys)
        return public.suspend(office.surroundings.public, dataset, since=day_of(office.now()), reason=why)


def restore(office: Office, dataset: str, reason: str, person: str) -> bool:
    """End a suspension; False where there was none. Raises PortalError without a reason."""
    _reason(reason)
    with writing():
        if dataset not in public.read_state(office.surroundings.public)["suspended"]:
            return False
        deed = audit.Deed(person, Actor.OPERATOR, "restore", dataset, "suspended", "published", ("reason",))
        audit.record(deed, office.now(), office.keys)
        return public.restore(office.surroundings.public, dataset)


def _reason(text: str) -> str:
    why = one_line(text)
    if len(why) < 2:
        raise PortalError("请写明理由")
    return why
