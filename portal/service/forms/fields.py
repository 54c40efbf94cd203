"""Fields that clean what strangers type, and say what is wrong in one plain sentence each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.service.domain.cleaning import UncleanText, clean, one_line
from portal.service.domain.codes import read_contact


class PlainField(forms.CharField):
    """Text of one line or several. `need` is said when it is missing, `name` begins the other messages."""

    def __init__(
        self, *, name: str, need: str = "", lines: int = 1, least: int = 0, most: int = 200, **more: Any
    ) -> None:
        self.name, self.lines, self.least, self.most = name, lines, least, most
        widget = forms.Textarea(attrs={"rows": lines}) if lines > 1 else forms.TextInput()
        widget.attrs.update(more.pop("attrs", {}))
        messages = {"required": need or f"请填写{name}。"}
        # Length is counted after cleaning, by code point: no max_length here, and no maxlength that cuts in silence.
        super().__init__(strip=False, label=name, widget=widget, error_messages=messages, required=bool(need), **more)
        self.validators = []

    def to_python(self, value: Any) -> str:
        """The cleaned text. Raises ValidationError for control characters and for too little or too much."""
        try:
            text = clean(str(value or "")) if self.lines > 1 else one_line(str(value or ""))
        except UncleanText:
            raise ValidationError(f"{self.name}中有无法显示的控制字符，请删去后重新填写。", code="unclean") from None
        if text and len(text) < self.least:
            raise ValidationError(f"{self.name}写得太短了，请至少写 {self.least} 个字。", code="short")
        if len(text) > self.most:
            over = len(text) - self.most
            raise ValidationError(f"{self.name}最多 {self.most} 个字，现在多了 {over} 个字。", code="long")
        return text


class ContactField(PlainField):
    """A mobile or landline number, or an e-mail address; `parsed` in the form's data is (kind, normal form)."""

    def __init__(self, **more: Any) -> None:
        attrs = {"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}
        super().__init__(name="联系方式", most=254, attrs=attrs, **more)

    def to_python(self, value: Any) -> str:
        """What was typed, once it can be read as a contact."""
        text = super().to_python(value)
        if text and read_contact(text) is None:
            raise ValidationError(
                "这不像手机号、固定电话或邮箱。请检查，例如 13800000000、0512-65000000、name@example.com。",
                code="contact",
            )
        return text


def choice(name: str, choices: list[tuple[str, str]], need: str, **more: Any) -> forms.ChoiceField:
    """Radio buttons."""
    messages = {"required": need, "invalid_choice": need}
    return forms.ChoiceField(
        label=name, choices=choices, widget=forms.RadioSelect, error_messages=messages, required=bool(need), **more
    )
