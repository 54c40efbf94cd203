"""Look-up of a case by receipt code and the last four characters of the contact."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError

from portal.service.domain.codes import read_code
from portal.service.forms.fields import PlainField, Spoken

_NUMBER = re.compile(r"[A-Za-z]{2}-\d{4}-\d{6}")
"""The number of a case, which stands beside the code on the receipt and is easily taken for it."""
_ATTRS = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class LookupForm(Spoken):
    """The code has a check symbol, so that a slip of the pen is told apart from an unknown code at once."""

    code = PlainField("lo_code", need=True, most=40, attrs=_ATTRS)
    four = PlainField("lo_four", most=10, attrs={**_ATTRS, "autocapitalize": "none"})

    def clean_code(self) -> str:
        """The sixteen symbols. A wrong check symbol is a slip, told here without looking anything up."""
        told = str(self.cleaned_data["code"])
        code = read_code(told)
        if code is None:
            raise ValidationError(
                self.t["lo_code_number" if _NUMBER.fullmatch(told.strip()) else "lo_code_wrong"], code="code"
            )
        return code
