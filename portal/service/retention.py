"""Erasing contacts in time: what the privacy notice promises is done by this command, daily.

A contact goes six months after its case was answered, or at once when its owner asks. A quarter's key goes when the
quarter is over and no contact needs it any more: what backups still hold can then be read by nobody.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from portal.service import audit
from portal.service.domain.moves import Actor
from portal.service.models import Contact
from portal.service.office import Office
from portal.service.store import writing
from portal.workdays import day_of

KEPT = timedelta(days=183)
_QUARTER = re.compile(r"^contact-\d{4}Q[1-4]$")


def erase_due(office: Office, person: str) -> list[str]:
    """Erase the contacts whose time is over, then the keys that nothing needs; returns the cases' numbers."""
    now = office.now()
    with writing():
        due = Contact.objects.select_related("case").filter(case__answered_at__lt=now - KEPT).order_by("case__number")
        numbers = [_erase(contact, person, now, office) for contact in due]
    _forget_keys(office)
    return numbers


def erase_one(office: Office, number: str, person: str) -> bool:
    """Erase one case's contact, because its owner asks; False where there is none."""
    with writing():
        contact = Contact.objects.select_related("case").filter(case__number=number).first()
        if contact is None:
            return False
        _erase(contact, person, office.now(), office)
    return True


def _erase(contact: Contact, person: str, now: datetime, office: Office) -> str:
    number = contact.case.number
    contact.delete()
    audit.record(audit.Deed(person, Actor.OPERATOR, "erase", number, fields=("contact",)), now, office.keys)
    return number


def _forget_keys(office: Office) -> None:
    """Destroy the keys of past quarters that no stored contact was sealed with."""
    needed = {office.keys.contact(day_of(office.now())), *Contact.objects.values_list("key", flat=True).distinct()}
    for path in office.surroundings.secrets.glob("contact-*.key"):
        if _QUARTER.match(path.stem) and path.stem not in needed:
            office.keys.destroy(path.stem)
