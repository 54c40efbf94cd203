"""Out-of-catalogue requests 目录外数据需求 (OOC-1): what is wanted, for what, who may hold it."""

from __future__ import annotations

from typing import Any

from django.core import signing

from portal.service.domain.kinds import Kind
from portal.service.forms.base import PostForm
from portal.service.forms.fields import PlainField, choice
from portal.service.published import Listed

URGENCY = [("normal", "不急"), ("soon", "三个月内要用"), ("urgent", "一个月内要用")]
_SHOWN = "similar-shown"


class RequestForm(PostForm):
    """Data that the catalogue does not hold. Similar datasets are shown before anything is sent."""

    kind = Kind.REQUEST
    title = "申请目录外数据"

    subject = PlainField(
        name="您想要什么数据？",
        need="请写明您想要什么数据。",
        least=2,
        most=100,
        help_text="一句话说清，例如：全市公共停车场的位置和泊位数。",
    )
    items = PlainField(
        name="希望包含哪些内容", lines=3, most=1000, help_text="例如：名称、地址、泊位总数、收费标准、更新时间。"
    )
    text = PlainField(
        name="打算怎么用",
        need="请写明打算怎么用，责任单位据此评估能否开放。",
        lines=4,
        least=4,
        most=2000,
        help_text="用在哪里、解决什么问题。请不要写身份证号等个人信息。",
    )
    holder = PlainField(name="可能由哪个单位掌握", most=100, help_text="不清楚可以不填，由平台确定。")
    urgency = choice("什么时候要用？", URGENCY, "请选择什么时候要用。", initial="normal")

    field_order = ("subject", "items", "text", "holder", "urgency", "wants_reply", "contact")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if self.contact_is_due():
            del self.fields["wants_reply"]

    def contact_is_due(self) -> bool:
        """Where the text says that the result is told to who asked, within a term (SZ-23, SZd-25)."""
        return self.office.terms(Kind.REQUEST).wd is not None

    def contact_missing(self) -> str:
        """What to say when it is missing."""
        return "请填写联系方式：按规定，处理结果须告知您本人。" if self.contact_is_due() else super().contact_missing()

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
