"""Looking up a case: code and last four characters; one answer and one duration for every way of being wrong."""

from __future__ import annotations

import hmac
from typing import NamedTuple

from portal.service import limits
from portal.service.domain.codes import keyed_digest, read_code, read_last_four
from portal.service.models import Case, Contact, Event
from portal.service.office import Office
from portal.service.receive import four_digest
from portal.service.store import writing


class Found(NamedTuple):
    """A case and what happened to it, oldest first."""

    case: Case
    events: list[Event]


def look_up(code: str, four: str, address: str, office: Office) -> Found | None:
    """The case that the code opens, or None. Raises TooMany after ten attempts a minute.

    A case without contact opens by its code alone. Unknown codes and wrong endings run through the same queries and
    the same comparison.
    """
    with writing():
        limits.count("lookup", address, office.now(), office.keys)
    digest = keyed_digest(office.keys.get("digest"), "receipt", read_code(code) or "")
    case = Case.objects.filter(receipt=digest).first()
    nobody = Case(pk=0, number="")
    contact = Contact.objects.filter(case_id=(case or nobody).pk).first()
    typed = four_digest(office.keys, case or nobody, read_last_four(four))
    matches = hmac.compare_digest(contact.last_four if contact else typed, typed)
    events = list(Event.objects.filter(case=(case or nobody).number or "-").order_by("seq"))
    return Found(case, events) if case and matches else None
