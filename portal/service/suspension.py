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
        if _suspended_as(office, dataset):
            return False
        _recorded(office, audit.Deed(person, Actor.OPERATOR, "suspend", dataset, "published", "suspended", ("reason",)))
        return public.suspend(folder, dataset, since=day_of(office.now()), reason=why)


def restore(office: Office, dataset: str, reason: str, person: str) -> bool:
    """End a suspension, also one that an older id of the dataset was given; False where there was none.

    Raises WrongInput without a reason.
    """
    _reason(reason)
    folder = office.surroundings.public
    with public.locked(folder):
        names = _suspended_as(office, dataset)
        for name in names:
            deed = audit.Deed(person, Actor.OPERATOR, "restore", name, "suspended", "published", ("reason",))
            _recorded(office, deed)
            public.restore(folder, name)
        return bool(names)


def _suspended_as(office: Office, dataset: str) -> list[str]:
    """The ids under which a dataset is suspended: its own, and those that it had."""
    now = office.published.called_now
    suspended = public.read_state(office.surroundings.public)["suspended"]
    return sorted(name for name in suspended if dataset in (name, now.get(name)))


def _recorded(office: Office, deed: audit.Deed) -> None:
    with writing():
        audit.record(deed, office.now(), office.keys)


def _reason(text: str) -> str:
    why = one_line(text)
    if len(why) < 2:
        raise WrongInput("理由太短。请用 --reason 写明，让公众看得懂，至少两个字。")
    return why
