"""What the forms share: contact, wish for a reply, honeypot, and the signed stamp of when the page was made."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.http import QueryDict

from portal.service.domain.codes import read_contact
from portal.service.domain.kinds import Kind
from portal.service.domain.moves import Need
from portal.service.forms.fields import Choice, ContactField, Spoken
from portal.service.office import Office
from portal.service.receive import Parcel
from portal.service.speech import Speech

FASTEST = 3  # seconds: nobody fills a form faster (service.md §3.2)
OLDEST = 24 * 3600
_TRAP = {"tabindex": "-1", "autocomplete": "off"}


@dataclass(frozen=True)
class Stamp:
    """The page's own idempotency key and when it was made."""

    key: str
    made_at: float


def new_stamp(kind: Kind, now: datetime) -> str:
    """A signed stamp for the hidden field: a random UUID and the instant."""
    return signing.dumps([uuid.uuid4().hex, now.timestamp()], salt=f"form-{kind}")


def read_stamp(text: str, kind: Kind, now: datetime) -> Stamp | None:
    """The stamp, or None where it is forged, of another form, or older than a day."""
    try:
        key, made_at = signing.loads(text, salt=f"form-{kind}")
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Stamp(str(key), float(made_at)) if now.timestamp() - float(made_at) <= OLDEST else None


class PostForm(Spoken):
    """A form that becomes a parcel. Subclasses add their fields and `_parts`."""

    kind: ClassVar[Kind]

    wants_reply = Choice("reply", ("no", "yes"), initial="no")
    contact = ContactField()
    website = forms.CharField(required=False, widget=forms.TextInput(attrs=_TRAP))
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, office: Office, speech: Speech, *args: Any, **more: Any) -> None:
        self.office, self.speech = office, speech
        super().__init__(speech.t, *args, **more)
        self.fields["website"].label = speech.t["trap"]
        self.read_stamp = read_stamp(self.data.get("stamp", ""), self.kind, office.now()) if self.is_bound else None

    def clean(self) -> dict[str, Any]:
        """The contact is asked for only where a reply is due or wished (service.md §4)."""
        data = super().clean() or self.cleaned_data
        wished = data.get("wants_reply") == "yes" or self.contact_is_due()
        if wished and not data.get("contact") and "contact" not in self.errors:
            self.add_error("contact", self.contact_missing())
        return data

    def contact_is_due(self) -> bool:
        """Whether the law makes us tell the result to the sender."""
        return False

    def contact_missing(self) -> str:
        """What to say when it is missing."""
        return self.t["contact_due" if self.contact_is_due() else "contact_missing"]

    @property
    def title(self) -> str:
        """What the form is called."""
        return self.t[f"{self.kind.value}_title"]

    def renew(self) -> None:
        """Give the page a fresh stamp, keeping everything that was typed."""
        typed = QueryDict(mutable=True)
        for name in self.data:
            typed[name] = self.data[name]
        typed["stamp"] = new_stamp(self.kind, self.office.now())
        self.data = typed
        self.read_stamp = read_stamp(str(typed["stamp"]), self.kind, self.office.now())

    def parcel(self, address: str, given: frozenset[Need] = frozenset()) -> Parcel:
        """The parcel of a valid form. Call it only after `is_valid()` and with a stamp that could be read."""
        if self.read_stamp is None:
            raise ValueError("a parcel needs its stamp")
        data = self.cleaned_data
        return Parcel(
            kind=self.kind,
            key=self.read_stamp.key,
            address=address,
            contact=read_contact(data["contact"]) if data.get("contact") else None,
            wants_reply=data.get("wants_reply") == "yes" or self.contact_is_due(),
            held=self._held(),
            given=given,
            lang=self.speech.lang,
            **self._parts(),
        )

    def _held(self) -> str:
        """Why a person should look before it goes on its way; such parcels are kept, never dropped."""
        reasons = []
        if self.cleaned_data.get("website"):
            reasons.append("honeypot")
        if self.read_stamp and self.office.now().timestamp() - self.read_stamp.made_at < FASTEST:
            reasons.append("too-fast")
        return ",".join(reasons)

    def _parts(self) -> dict[str, Any]:
        raise NotImplementedError
