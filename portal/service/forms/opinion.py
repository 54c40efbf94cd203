"""Opinions and suggestions 意见建议 (FBK-1, FBK-11), about the portal or a dataset."""

from __future__ import annotations

from typing import Any

from portal.service.domain.kinds import Kind
from portal.service.forms.base import PostForm
from portal.service.forms.fields import Choice, PlainField


class OpinionForm(PostForm):
    """Whatever people think should be better."""

    kind = Kind.OPINION

    about = Choice("op_about", ("portal", "data", "other"))
    subject = PlainField("op_subject", need=True, least=2, most=60)
    text = PlainField("op_text", need=True, lines=6, least=4, most=2000)

    field_order = ("about", "subject", "text", "wants_reply", "contact")

    def _parts(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"subject": data["subject"], "text": data["text"], "about": data["about"]}
