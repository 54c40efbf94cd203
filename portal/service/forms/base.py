"""What the three forms share: contact, wish for a reply, honeypot, and the signed stamp of when the page was made."""

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
from portal.service.forms.fields import ContactField, choice
from portal.service.office import Office
from portal.service.receive import Parcel

FASTEST = 3  # seconds: nobody fills a form faster (service.md §3.2)
OLDEST = 24 * 3600
_TRAP = {"tabindex": "-1", "autocomplete": "off"}
REPLIES = [("no", "不用，我凭回执码自己查询"), ("yes", "需要，请与我联系")]


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


class PostForm(forms.Form):
    """A form that becomes a parcel. Subclasses add their fields and `_parts`."""

    kind: ClassVar[Kind]
    title: ClassVar[str]
    contact_required: ClassVar[bool] = False
    use_required_attribute = False  # our own messages, and nothing lost: the browser's bubbles say less

    wants_reply = choice("需要我们答复您吗？", REPLIES, "请选择是否需要答复。", initial="no")
    contact = ContactField(
        help_text="手机号、固定电话或邮箱，填一项即可。仅用于答复这一件事，加密保存，办结 6 个月后删除。"
    )
    website = forms.CharField(required=False, label="请不要填写这一栏", widget=forms.TextInput(attrs=_TRAP))
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, office: Office, *args: Any, **more: Any) -> None:
        self.office = office
        super().__init__(*args, **more)
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
        return "您选择了需要答复，请填写联系方式；不想留联系方式，请改选“不用”。"

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
