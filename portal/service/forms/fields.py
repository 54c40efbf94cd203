"""Fields that clean what strangers type, and say what is wrong in one plain sentence each, in the form's language.

A field knows the key of its words (speech/fields.py); the form tells it the language by `speak`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.service.domain.cleaning import UncleanText, clean, one_line
from portal.service.domain.codes import read_contact
from portal.service.speech import words


class PlainField(forms.CharField):
    """Text of one line or several, at least and at most so long once it is cleaned."""

    def __init__(
        self, key: str, *, need: bool = False, lines: int = 1, least: int = 0, most: int = 200, **more: Any
    ) -> None:
        self.key, self.lines, self.least, self.most = key, lines, least, most
        self.t: Mapping[str, str] = words("zh")
        widget = more.pop("widget", None) or (forms.Textarea(attrs={"rows": lines}) if lines > 1 else forms.TextInput())
        widget.attrs.update(more.pop("attrs", {}))
        # Length is counted after cleaning, by code point: no max_length here, and no maxlength that cuts in silence.
        super().__init__(strip=False, widget=widget, required=need, **more)
        self.validators = []

    def speak(self, t: Mapping[str, str]) -> None:
        """Take the words of a language: label, hint, and what is said where it is missing."""
        self.t, self.label, self.help_text = t, t[self.key], t.get(f"{self.key}_help", "")
        self.error_messages["required"] = t.get(f"{self.key}_need", "")

    def to_python(self, value: Any) -> str:
        """The cleaned text. Raises ValidationError for control characters and for too little or too much."""
        try:
            text = clean(str(value or "")) if self.lines > 1 else one_line(str(value or ""))
        except UncleanText:
            raise self.wrong("unclean") from None
        if text and len(text) < self.least:
            raise self.wrong("short", least=self.least)
        if len(text) > self.most:
            raise self.wrong("long", most=self.most, over=len(text) - self.most)
        return text

    def wrong(self, key: str, **values: object) -> ValidationError:
        """What is wrong, in the form's language; `key` is a word of the tables."""
        return ValidationError(self.t[key].format(name=self.label, **values), code=key)


class ContactField(PlainField):
    """A mobile or landline number, or an e-mail address, as it was typed."""

    def __init__(self) -> None:
        attrs = {"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}
        super().__init__("contact", most=254, attrs=attrs)

    def to_python(self, value: Any) -> str:
        """What was typed, once it can be read as a contact."""
        text = super().to_python(value)
        if text and read_contact(text) is None:
            raise self.wrong("contact_wrong")
        return text


class Choice(forms.ChoiceField):
    """Radio buttons. `values` are what is stored; each is called `KEY_VALUE` in the tables."""

    def __init__(self, key: str, values: Sequence[str] = (), **more: Any) -> None:
        self.key, self.values = key, values
        super().__init__(widget=forms.RadioSelect, choices=[(value, value) for value in values], **more)

    def speak(self, t: Mapping[str, str]) -> None:
        """Take the words of a language."""
        self.label = t[self.key]
        self.error_messages["required"] = self.error_messages["invalid_choice"] = t[f"{self.key}_need"]
        self.choices = [(value, t[f"{self.key}_{value}"]) for value in self.values]


class Consent(forms.MultipleChoiceField):
    """One box that must be ticked."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(widget=forms.CheckboxSelectMultiple, choices=[("yes", "yes")])

    def speak(self, t: Mapping[str, str]) -> None:
        """Take the words of a language."""
        self.label, self.help_text = t[self.key], t[f"{self.key}_help"]
        messages = ("required", "invalid_choice", "invalid_list")
        self.error_messages |= dict.fromkeys(messages, t[f"{self.key}_need"])
        self.choices = [("yes", t[f"{self.key}_yes"])]


class Spoken(forms.Form):
    """A form in one language: its fields are told the words when it is made."""

    use_required_attribute = False  # our own messages, and nothing lost: the browser's bubbles say less

    def __init__(self, t: Mapping[str, str], *args: Any, **more: Any) -> None:
        self.t = t
        super().__init__(*args, **more)
        for field in self.fields.values():
            if isinstance(field, PlainField | Choice | Consent):
                field.speak(t)
