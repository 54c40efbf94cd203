"""An accepted result of use as an entry of the showcase: the file that a clerk puts into catalog/showcase/ (SHO-1).

The service never writes there. Everything that came from outside is written as JSON strings, which YAML reads too:
no text of a stranger can become a key, a date or a tag.
"""

from __future__ import annotations

import json

from portal.service.domain.kinds import Kind
from portal.service.models import Case
from portal.service.office import Office
from portal.service.suspension import WrongInput
from portal.workdays import day_of

READY = ("accepted", "shown")


def showcase_entry(case: Case, by: str, office: Office) -> str:
    """The text of a file in catalog/showcase/, approved by the office `by` on the day on which it was accepted.

    Raises WrongInput for a case that is no accepted result.
    """
    if case.kind != Kind.RESULT or case.state not in READY:
        raise WrongInput(f"{case.number} 不是审核通过的利用成果；先办理：build.py desk move {case.number} accept")
    answers, received = case.answers, day_of(case.received_at).isoformat()
    approved = day_of(case.answered_at or office.now()).isoformat()
    rows = [
        ("title", _text(case.subject)),
        ("maker", _text(answers["maker"])),
        ("kind", case.about),
        ("datasets", f"[{', '.join(answers['datasets'].split())}]"),
        ("description", _text(case.text)),
        ("date", answers.get("finished") or received),
        ("url", _text(answers.get("url", ""))),
        ("source_note", _text(answers.get("source", ""))),
        ("approved", f"{{by: {_text(by)}, date: {approved}}}"),
    ]
    return "".join(f"{key}: {value}\n" for key, value in rows if value != '""')


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
