"""What became of corrections, opinions and requests: var/public/feedback.json and demands.json (FBK-10, OOC-5).

`{"cases": [{"number", "kind", "department", "dataset", "title", "received", "due", "extended", "answered", "outcome",
"result", "opened"}]}`: docs/figures.md tells each key. The service writes them without anything that a person sent
in: `title` and `result` are words of the staff.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Standing = Literal["in_time", "late", "waiting", "overdue", "answered", "open"]
"""in_time, late: answered before or after the due day. waiting, overdue: not answered yet. answered, open: the same
where no day is set."""


class Case(BaseModel):
    """One case as the public may know it. `due` is None where no text sets a day; keys of a later version are left
    out. `opened` is the dataset that came of a request.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    number: str = Field(min_length=1, max_length=40)
    kind: str = Field(min_length=1, max_length=40)
    department: str | None = None
    dataset: str | None = None
    title: str = Field("", max_length=400)
    received: date
    due: date | None = None
    extended: bool = False
    answered: date | None = None
    outcome: str | None = None
    result: str = Field("", max_length=2000)
    opened: str | None = None

    def standing(self, today: date) -> Standing:
        """Handled in time or not, on a day."""
        if self.due is None:
            return "open" if self.answered is None else "answered"
        if self.answered is None:
            return "overdue" if today > self.due else "waiting"
        return "in_time" if self.answered <= self.due else "late"

    @property
    def days(self) -> int | None:
        """Calendar days from receipt to answer."""
        return None if self.answered is None else (self.answered - self.received).days


def cases_from(tree: Any, today: date) -> tuple[Case, ...]:
    """The cases received up to `today`, newest first. Raises ValueError, KeyError or TypeError for another shape."""
    found = [Case.model_validate(one) for one in tree["cases"]]
    return tuple(sorted(_until(found, today), key=lambda one: (one.received, one.number), reverse=True))


def _until(found: Iterable[Case], today: date) -> Iterable[Case]:
    return (one for one in found if one.received <= today)
