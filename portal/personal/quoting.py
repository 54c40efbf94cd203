"""Problems quote what people wrote: whatever is personal in their values is covered before anybody sees them."""

from __future__ import annotations

import re
from dataclasses import replace

from portal.personal.cell import masked
from portal.personal.shape import covered
from portal.problems import Problem

_CUT = re.compile(r"[0-9０-９]{5,}(?=…)")
"""What is left of a number where a value was cut (`problems.shown`)."""


def in_masks(problem: Problem) -> Problem:
    """The problem with every find in its values covered; the same one where there is none."""
    told = {name: masked(_CUT.sub(lambda cut: covered(cut[0]), value)) for name, value in problem.values.items()}
    return problem if told == problem.values else replace(problem, values=told)
