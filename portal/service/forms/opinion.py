"""Opinions and suggestions 意见建议 (FBK-1, FBK-11), about the portal or a dataset."""

from __future__ import annotations

from typing import Any

from portal.service.domain.kinds import Kind
from portal.service.forms.base import PostForm
from portal.service.forms.fields import PlainField, choice

ABOUT = [("portal", "平台使用"), ("data", "数据开放工作"), ("other", "其他")]


class OpinionForm(PostForm):
    """Whatever people think should be better."""

    kind = Kind.OPINION
    title = "意见建议"

    about = choice("关于什么？", ABOUT, "请选择意见是关于什么的。")
    subject = PlainField(name="一句话概括", need="请用一句话概括您的意见。", least=2, most=60)
    text = PlainField(
        name="具体意见",
        need="请写下您的意见或建议。",
        lines=6,
        least=4,
        most=2000,
        help_text="遇到了什么、希望怎样改进。请不要写身份证号等个人信息。",
    )

    field_order = ("about", "subject", "text", "wants_reply", "contact")

    def _parts(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"subject": data["subject"], "text": data["text"], "about": data["about"]}
