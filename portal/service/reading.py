"""What the desk sees of one case, and how a sealed contact is opened: each time an event of the audit chain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from portal.problems import PortalError
from portal.service import audit
from portal.service.domain.kinds import KIND_NAMES, MACHINES, STATE_NAMES, Kind
from portal.service.domain.moves import Actor, Move, listed
from portal.service.models import Case, Contact
from portal.service.office import Office
from portal.service.receive import bound_to
from portal.service.sealing import unseal
from portal.service.speech import words
from portal.service.store import writing
from portal.workdays import day_of

_FORMS = {Kind.CORRECTION: "co", Kind.OPINION: "op", Kind.REQUEST: "re", Kind.RESULT: "rs"}
"""How the words of a form's fields begin (speech/fields.py, speech/results.py)."""


def told_of(case: Case) -> Iterator[tuple[str, str]]:
    """Label and text of all that is known, and of what can be done next; nothing of the contact."""
    kind, t = Kind(case.kind), words("zh")
    yield "受理编号", case.number
    yield "类别", KIND_NAMES[kind] + (f"（{_about(case, t)}）" if case.about else "")
    yield "状态", STATE_NAMES[case.state] + (f"（待核：{case.held}）" if case.held else "")
    yield "收到", day_of(case.received_at).isoformat()
    yield (
        "期限",
        f"{case.due or '没有规定'}{'（暂定）' if case.provisional else ''}{'（已延期）' if case.extended else ''}",
    )
    yield "需要答复", "是" if case.wants_reply else "否"
    for label, text in (
        ("数据集", case.dataset),
        ("部门", case.department),
        ("事项", case.subject),
        ("内容", case.text),
    ):
        if text:
            yield label, text
    for name, text in sorted(case.answers.items()):
        yield t.get(f"{_FORMS[kind]}_{name}", name), t.get(f"{_FORMS[kind]}_{name}_{text}", text)
    for note in case.notes:
        written = "；".join(f"{name} {text}" for name, text in sorted(note["words"].items()))
        yield f"{note['at'][:10]} {note['event']}", f"{note['by']}（{note['as']}）{written}"
    yield "公布的标题", case.title or "无"
    yield "公布的结果", case.result or "无"
    possible = [row for row in MACHINES[kind].moves if row.source == case.state]
    yield "可以办理", "；".join(map(_step, possible)) or "无"


def _step(row: Move) -> str:
    """A move that could come next: `decline`（变为“未采用”，须写明理由）."""
    needs = f"，须写明{listed(row.needs)}" if row.needs else ""
    return f"{row.event}（变为“{STATE_NAMES[row.target]}”{needs}）"


def _about(case: Case, t: Mapping[str, str]) -> str:
    return t.get(f"{_FORMS[Kind(case.kind)]}_about_{case.about}", case.about)


def contact_of(case: Case, office: Office, person: str) -> str:
    """The contact in clear, or nothing where there is none; that it was read is recorded first.

    Raises PortalError where its key was destroyed.
    """
    contact = Contact.objects.filter(case=case).first()
    if contact is None:
        return ""
    with writing():
        deed = audit.Deed(person, Actor.OPERATOR, "read_contact", case.number, fields=("contact",))
        audit.record(deed, office.now(), office.keys)
    key = office.keys.existing(contact.key)
    if key is None:
        raise PortalError(f"{case.number} 的联系方式已无法读取：密钥 {contact.key} 已销毁")
    return unseal(key, bytes(contact.sealed), bound_to(contact))
