"""Out-of-catalogue requests 目录外数据需求 (OOC-1): what is wanted, for what, who may hold it."""

from __future__ import annotations

from typing import Any

from django.core import signing

from portal.service.domain.kinds import Kind
from portal.service.forms.base import PostForm
from portal.service.forms.fields import Choice, PlainField
from portal.service.published import Listed

_SHOWN = "similar-shown"


class RequestForm(PostForm):
    """Data that the catalogue does not hold. Similar datasets are shown before anything is sent."""

    kind = Kind.REQUEST

    subject = PlainField("re_subject", need=True, least=2, most=100)
    items = PlainField("re_items", lines=3, most=1000)
    text = PlainField("re_text", need=True, lines=4, least=4, most=2000)
    holder = PlainField("re_holder", most=100)
    urgency = Choice("re_urgency", ("normal", "soon", "urgent"), initial="normal")

    field_order = ("subject", "items", "text", "holder", "urgency", "wants_reply", "contact")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if self.contact_is_due():
            del self.fields["wants_reply"]

    def contact_is_due(self) -> bool:
        """Where the text says that the result is told to who asked, within a term (SZ-23, SZd-25)."""
        return self.office.terms(Kind.REQUEST).wd is not None

    def similar(self) -> list[Listed]:
        """Published datasets that resemble what is wanted; what it is called counts, and so do its items."""
        data = self.cleaned_data
        by_title = self.office.published.like(data["subject"])
        by_items = self.office.published.like(f"{data['subject']} {data['items']}") if data.get("items") else []
        return list({item.id: item for item in (*by_title, *by_items)}.values())[:5]

    def proof(self) -> str:
        """What the page with similar datasets carries, so that nothing is sent without it."""
        return signing.dumps(self.read_stamp.key if self.read_stamp else "", salt=_SHOWN)

    def has_proof(self, text: str) -> bool:
        """Whether the sender saw that page."""
        try:
            return bool(self.read_stamp and signing.loads(text, salt=_SHOWN) == self.read_stamp.key)
        except signing.BadSignature:
            return False

    def _parts(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "subject": data["subject"],
            "text": data["text"],
            "answers": {key: data[key] for key in ("items", "holder", "urgency") if data.get(key)},
        }
