"""Results of use 数据利用成果 (SHO-1): what was made with the data, by whom, and where it can be seen."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.service.domain.kinds import Kind
from portal.service.forms.base import PostForm
from portal.service.forms.fields import Choice, Consent, PlainField
from portal.workdays import day_of

KINDS = ("application", "paper", "report", "visualisation", "product", "other")
"""As catalog/showcase/ knows them (portal.publications.Work)."""
MOST_DATASETS = 20
EARLIEST = date(1990, 1, 1)
"""Nothing is made of open data before there was a web; a browser's date field lets a slip such as 0001 through."""
_URL = re.compile(r"https?://[^\s<>\"]+\.[^\s<>\"]+")
_KEPT = ("maker", "url", "finished", "source")


class ResultForm(PostForm):
    """Waits for staff to look at it; once accepted it becomes an entry of the showcase."""

    kind = Kind.RESULT

    subject = PlainField("rs_subject", need=True, least=2, most=80)
    about = Choice("rs_about", KINDS)
    maker = PlainField("rs_maker", need=True, least=2, most=80)
    datasets = PlainField("rs_datasets", need=True, lines=3, most=4000)
    text = PlainField("rs_text", need=True, lines=5, least=4, most=1000)
    url = PlainField("rs_url", most=300, attrs={"inputmode": "url", "autocapitalize": "none", "spellcheck": "false"})
    finished = PlainField("rs_finished", most=10, widget=forms.DateInput(attrs={"type": "date"}))
    source = PlainField("rs_source", most=300)
    consent = Consent("rs_consent")

    field_order = ("subject", "about", "maker", "datasets", "text", "url", "finished", "source", "consent")

    def clean_datasets(self) -> list[str]:
        """Their ids, in the order in which they were named. Those that nobody knows are named in the answer."""
        names = list(dict.fromkeys(line.strip() for line in self.cleaned_data["datasets"].splitlines() if line.strip()))
        if len(names) > MOST_DATASETS:
            raise ValidationError(self.t["rs_datasets_many"], code="many")
        found = {name: self.office.published.find(name) for name in names}
        unknown = [name[:60] for name, dataset in found.items() if dataset is None]
        if unknown:
            names_of = self.t["rs_between"].join(unknown)
            raise ValidationError(self.t["rs_datasets_unknown"].format(names=names_of), code="unknown")
        return list(dict.fromkeys(dataset.id for dataset in found.values() if dataset))

    def clean_url(self) -> str:
        """An address of the web, or nothing."""
        text = str(self.cleaned_data["url"])
        if text and not _URL.fullmatch(text):
            raise ValidationError(self.t["rs_url_wrong"], code="url")
        return text

    def clean_finished(self) -> str:
        """A day since 1990 that has come, as 2026-11-20, or nothing."""
        text = str(self.cleaned_data["finished"])
        try:
            day = date.fromisoformat(text) if text else None
        except ValueError:
            day = date.max
        if day and not EARLIEST <= day <= day_of(self.office.now()):
            raise ValidationError(self.t["rs_finished_wrong"], code="day")
        return day.isoformat() if day else ""

    def _parts(self) -> dict[str, Any]:
        data = self.cleaned_data
        answers = {key: data[key] for key in _KEPT if data.get(key)} | {"datasets": " ".join(data["datasets"])}
        return {"subject": data["subject"], "text": data["text"], "about": data["about"], "answers": answers}
