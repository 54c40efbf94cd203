"""Suspending and restoring a dataset: the audit event first, then var/public/state.json.

In this order a crash between the two leaves a deed on record that can be repeated, never a deed without a record.
"""

from __future__ import annotations

from portal.service import audit, public
from portal.service.domain.cleaning import one_line
from portal.service.domain.moves import Actor
from portal.service.office import Office
from portal.service.store import writing
from portal.workdays import day_of


class WrongInput(ValueError):  # noqa: N818 -- it is told to the operator, who mends it
    """What the operator gave can't be used; the text says why."""


def suspend(office: Office, dataset: str, reason: str, person: str) -> bool:
    """Suspend at once; False where it already was.

    Raises WrongInput without a reason or for a dataset that the live catalogue does not list, PortalError where
    state.json is broken.
    """
    why, folder = _reason(reason), office.surroundings.public
    known = office.published.find(dataset)
    if known is None or known.id != dataset:
        raise WrongInput(f"目录中没有数据集“{dataset}”。")
    with public.locked(folder):
        if dataset in public.read_state(folder)["suspended"]:
            return False
        _recorded(office, audit.Deed(person, Actor.OPERATOR, "suspend", dataset, "published", "suspended", ("reason",)))
        return public.suspend(folder, dataset, since=day_of(office.now()), reason=why)


def restore(office: Office, dataset: str, reason: str, person: str) -> bool:
    """End a suspension; False where there was none. Raises WrongInput without a reason."""
    _reason(reason)
    folder = office.surroundings.public
    with public.locked(folder):
        if dataset not in public.read_state(folder)["suspended"]:
            return False
        _recorded(office, audit.Deed(person, Actor.OPERATOR, "restore", dataset, "suspended", "published", ("reason",)))
        return public.restore(folder, dataset)


def _recorded(office: Office, deed: audit.Deed) -> None:
    with writing():
        audit.record(deed, office.now(), office.keys)


def _reason(text: str) -> str:
    why = one_line(text)
    if len(why) < 2:
        raise WrongInput("理由太短。请用 --reason 写明，让公众看得懂，至少两个字。")
    return why
