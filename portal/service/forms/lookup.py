"""Look-up of a case by receipt code and the last four characters of the contact."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from portal.service.domain.codes import read_code
from portal.service.forms.fields import PlainField, Spoken

_ATTRS = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class LookupForm(Spoken):
    """The code has a check symbol, so that a slip of the pen is told apart from an unknown code at once."""

    code = PlainField("lo_code", need=True, most=40, attrs=_ATTRS)
    four = PlainField("lo_four", most=10, attrs={**_ATTRS, "autocapitalize": "none"})

    def clean_code(self) -> str:
        """The sixteen symbols. A wrong check symbol is a slip, told here without looking anything up."""
        code = read_code(str(self.cleaned_data["code"]))
        if code is None:
            raise ValidationError(self.t["lo_code_wrong"], code="code")
        return code
