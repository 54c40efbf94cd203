"""The one way in: a checked parcel becomes a stored case with a receipt, once, whatever is repeated or killed."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from portal.service import audit, limits, tidings
from portal.service.domain.codes import keyed_digest, last_four, make_code, number_of, read_code
from portal.service.domain.kinds import MACHINES, PREFIXES, Kind
from portal.service.domain.moves import Actor, Ask, Need, Standing, check_can_move, rules_of
from portal.service.domain.terms import Clock
from portal.service.keys import Keys
from portal.service.models import Case, Contact, Submission
from portal.service.office import Office
from portal.service.published import Listed
from portal.service.sealing import seal
from portal.service.store import stored, value
from portal.workdays import day_of

SHOW_AGAIN = timedelta(hours=24)  # how long a repeated submission still shows the code


@dataclass(frozen=True)
class Parcel:
    """What somebody sends, checked and cleaned. `key` is the form's secret idempotency key."""

    kind: Kind
    key: str
    address: str
    subject: str
    text: str
    about: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    dataset: Listed | None = None
    contact: tuple[str, str] | None = None
    wants_reply: bool = False
    held: str = ""
    via: str = "form"
    given: frozenset[Need] = frozenset()
    lang: str = "zh"

    def content(self) -> str:
        """What makes two parcels the same: everything but who sends it from where, and when."""
        return json.dumps(
            [
                self.kind,
                self.about,
                self.subject,
                self.text,
                sorted(self.answers.items()),
                self.dataset.id if self.dataset else "",
                self.contact,
                self.wants_reply,
            ],
            ensure_ascii=False,
        )


@dataclass(frozen=True)
class Receipt:
    """What the sender gets. `code` is None where a repetition comes too late to be shown it again."""

    number: str
    code: str | None
    received_at: datetime
    due: date | None
    provisional: bool
    again: bool = False


class KeyReused(Exception):  # noqa: N818 -- an answer, not a fault
    """The idempotency key was used for something else."""


def receive(parcel: Parcel, office: Office) -> Receipt:
    """Store a parcel durably and give its receipt; the same parcel again gives the same receipt.

    Raises TooMany at the rate limit, KeyReused for a key that carried another content. When this returns, all of it
    is on disk.
    """
    now, keys = office.now(), office.keys
    stub = _Stub(
        used=keyed_digest(keys.get("digest"), "submission", parcel.key),
        content=keyed_digest(keys.get("digest"), "content", parcel.content()),
        code=make_code(keys.get("receipt"), parcel.key.encode()),
        clock=office.clock(parcel.kind, now),
        now=now,
    )
    receipt = stored(lambda: _once(parcel, stub, office))
    tidings.changed()
    return receipt


class _Stub(NamedTuple):
    """What is worked out before the write begins, so that others wait less."""

    used: str
    content: str
    code: str
    clock: Clock
    now: datetime


def _once(parcel: Parcel, stub: _Stub, office: Office) -> Receipt:
    if value("SELECT 1 FROM service_submission WHERE key = %s", stub.used):
        return _repeated(Submission.objects.select_related("case").get(key=stub.used), stub)
    limits.count(parcel.kind.value, parcel.address, stub.now, office.keys)
    case = _new_case(parcel, stub, office.keys)
    if parcel.contact:
        _keep_contact(case, parcel.contact, stub.now, office.keys)
    _first_moves(case, parcel, stub.now, office)
    Submission.objects.create(key=stub.used, content=stub.content, case=case, at=stub.now)
    return Receipt(case.number, stub.code, stub.now, case.due, case.provisional)


def _new_case(parcel: Parcel, stub: _Stub, keys: Keys) -> Case:
    year, (first, cap) = day_of(stub.now).year, stub.clock
    last = value("SELECT max(serial) FROM service_case WHERE kind = %s AND year = %s", parcel.kind.value, year)
    serial = 1 + (last or 0)
    return Case.objects.create(
        number=number_of(PREFIXES[parcel.kind], year, serial),
        receipt=keyed_digest(keys.get("digest"), "receipt", read_code(stub.code) or ""),
        kind=parcel.kind.value,
        about=parcel.about,
        state="received",
        year=year,
        serial=serial,
        dataset=parcel.dataset.id if parcel.dataset else "",
        release=parcel.dataset.release if parcel.dataset else "",
        department=parcel.dataset.department if parcel.dataset else "",
        subject=parcel.subject,
        text=parcel.text,
        answers=parcel.answers,
        wants_reply=parcel.wants_reply,
        held=parcel.held,
        via=parcel.via,
        lang=parcel.lang,
        received_at=stub.now,
        due=first.date if first else None,
        cap=cap.date if cap else None,
        provisional=bool(first and first.provisional),
        cap_provisional=bool(cap and cap.provisional),
    )


def _repeated(before: Submission, stub: _Stub) -> Receipt:
    if before.content != stub.content:
        raise KeyReused
    case = before.case
    shown = stub.code if stub.now - before.at <= SHOW_AGAIN else None
    return Receipt(case.number, shown, case.received_at, case.due, case.provisional, again=True)


def _keep_contact(case: Case, contact: tuple[str, str], now: datetime, keys: Keys) -> None:
    kind, address = contact
    name = keys.contact(day_of(now))
    row = Contact(case=case, kind=kind, key=name, last_four=four_digest(keys, case, last_four(address)))
    row.sealed = seal(keys.get(name), address, bound_to(row))
    row.save(force_insert=True)


def _first_moves(case: Case, parcel: Parcel, now: datetime, office: Office) -> None:
    """Record the submission; a case on a known dataset goes to its department at once (FBK-2), unless it is held."""
    machine, rules, today = MACHINES[parcel.kind], rules_of(office.profile), day_of(now)
    ask = Ask("submit", Actor.PUBLIC, "public", today, parcel.given)
    move = check_can_move(machine, Standing(state=None), ask, rules)
    fields = ("subject", "text", *sorted(parcel.answers), *(("contact",) if parcel.contact else ()))
    audit.record(
        audit.Deed("public", Actor.PUBLIC, "submit", case.number, target=move.target, fields=fields), now, office.keys
    )
    if parcel.kind is Kind.CORRECTION and parcel.dataset and not parcel.held:
        ask = Ask("route", Actor.SYSTEM, "system", today)
        routed = check_can_move(machine, Standing(state="received"), ask, rules)
        case.state = routed.target
        case.save(update_fields=["state"])
        audit.record(
            audit.Deed(
                "system", Actor.SYSTEM, "route", case.number, "received", routed.target, ("state", "department")
            ),
            now,
            office.keys,
        )


def bound_to(contact: Contact) -> str:
    """What a sealed contact is bound to: its row and its case."""
    return f"contact:{contact.pk}:{contact.case_id}"


def four_digest(keys: Keys, case: Case, four: str) -> str:
    """The keyed digest of last four characters, of one case alone: equal endings don't show as equal."""
    return keyed_digest(keys.get("digest"), f"last-four:{case.pk}", four)
