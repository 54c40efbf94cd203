"""Look-up of a case by receipt code and the last four characters of the contact."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from portal.service.domain.codes import read_code
from portal.service.forms.fields import PlainField

_ATTRS = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class LookupForm(forms.Form):
    """The code has a check symbol, so that a slip of the pen is told apart from an unknown code at once."""

    use_required_attribute = False

    code = PlainField(
        name="回执码",
        need="请填写回执码。",
        most=40,
        help_text="提交成功时给您的 16 位字母和数字，形如 ABCD-2345-EFGH-6789。",
        attrs=_ATTRS,
    )
    four = PlainField(
        name="联系方式的后四位",
        most=10,
        help_text="手机号或电话的最后四位；邮箱为 @ 前面的最后四位。提交时没有留联系方式，就不用填。",
        attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )

    def clean_code(self) -> str:
        """The sixteen symbols. A wrong check symbol is a slip, told here without looking anything up."""
        code = read_code(str(self.cleaned_data["code"]))
        if code is None:
            raise ValidationError("回执码有误：应为 16 位，不含 0、1、I、L、O。请逐位核对。", code="code")
        return code
