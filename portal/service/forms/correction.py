"""Correction 数据纠错 (FBK-1): what is wrong in which dataset, prefilled from the page that people come from."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.service.domain.kinds import Kind
from portal.service.forms.base import PostForm
from portal.service.forms.fields import Choice, PlainField
from portal.service.published import Listed

ABOUT = ("error", "omission", "dispute")


class CorrectionForm(PostForm):
    """Errors, omissions and objections; goes to the department that the catalogue names."""

    kind = Kind.CORRECTION

    dataset = PlainField("co_dataset", need=True, most=300)
    table = PlainField("co_table", most=100, widget=forms.HiddenInput())
    about = Choice("co_about")
    field = PlainField("co_field", most=100)
    row = PlainField("co_row", most=200)
    text = PlainField("co_text", need=True, lines=5, least=4, most=2000)
    expected = PlainField("co_expected", most=500)
    evidence = PlainField("co_evidence", most=500)

    field_order = ("dataset", "about", "field", "row", "text", "expected", "evidence", "wants_reply", "contact")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        rules = self.office.profile.feedback
        kinds = rules.kinds if self.speech.lang == "zh" else rules.kinds_en
        self.fields["about"].choices = [(key, kinds[key]) for key in ABOUT]  # type: ignore[attr-defined]
        self.near: list[Listed] = []

    def clean_dataset(self) -> str:
        """Its id. An unknown one is answered with those that resemble it."""
        text = str(self.cleaned_data["dataset"])
        found = self.office.published.find(text)
        if found is None:
            self.near = self.office.published.like(text)
            raise ValidationError(self.t["co_dataset_unknown"], code="unknown")
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
