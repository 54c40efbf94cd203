"""Correction 数据纠错 (FBK-1): what is wrong in which dataset, prefilled from the page that people come from."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.service.domain.kinds import Kind
from portal.service.forms.base import PostForm
from portal.service.forms.fields import PlainField, choice
from portal.service.published import Listed

ABOUT = ("error", "omission", "dispute")


class CorrectionForm(PostForm):
    """Errors, omissions and objections; goes to the department that the catalogue names."""

    kind = Kind.CORRECTION
    title = "数据纠错"

    dataset = PlainField(
        name="数据集",
        need="请填写数据集的名称、编号或页面地址。",
        most=300,
        help_text="名称、编号，或它的页面地址。从数据集页面进入时会自动填好。",
    )
    table = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)
    about = choice("是什么问题？", [], "请选择是哪一类问题。")
    field = PlainField(name="哪一列", most=100, help_text="列名，例如：联系电话。整行或整表的问题可以不填。")
    row = PlainField(name="哪一行", most=200, help_text="行号，或能认出这一行的内容，例如：编号为 320505001 的一行。")
    text = PlainField(
        name="哪里不对",
        need="请写明哪里不对，我们才能去核实。",
        lines=5,
        least=4,
        most=2000,
        help_text="现在写的是什么、为什么不对。请不要写身份证号等个人信息。",
    )
    expected = PlainField(name="应当是什么", most=500, help_text="如果您知道正确的内容。")
    evidence = PlainField(name="依据", most=500, help_text="网页地址、文件名称或文号，有助于更快核实。")

    field_order = ("dataset", "about", "field", "row", "text", "expected", "evidence", "wants_reply", "contact")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        kinds = self.office.profile.feedback.kinds
        self.fields["about"].choices = [(key, kinds[key]) for key in ABOUT]  # type: ignore[attr-defined]
        self.near: list[Listed] = []

    def clean_dataset(self) -> str:
        """Its id. An unknown one is answered with those that resemble it."""
        text = str(self.cleaned_data["dataset"])
        found = self.office.published.find(text)
        if found is None:
            self.near = self.office.published.like(text)
            raise ValidationError(
                "没有找到这个数据集。请核对名称或编号；也可以从数据集页面点“发现错误？”进入。", code="unknown"
            )
        return found.id

    def known(self) -> Listed | None:
        """The dataset that is filled in, where it is known."""
        return self.office.published.find(str(self["dataset"].value() or ""))

    def _parts(self) -> dict[str, Any]:
        data = self.cleaned_data
        dataset = self.office.published.datasets[data["dataset"]]
        answers = {key: data[key] for key in ("table", "field", "row", "expected", "evidence") if data.get(key)}
        return {
            "subject": dataset.title[:200],
            "text": data["text"],
            "about": data["about"],
            "answers": answers,
            "dataset": dataset,
        }
