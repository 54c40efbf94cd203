"""Moving a stored case: the table of moves decides, what follows is done, the audit chain keeps it.

The rules (who, with what, until when) stand in domain/; the desk's verbs and later its pages come here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from portal.personal import find
from portal.service import audit, public, tidings
from portal.service.domain.cleaning import UncleanText, clean, one_line
from portal.service.domain.kinds import MACHINES, OUTCOMES, STATE_NAMES, Kind
from portal.service.domain.moves import Actor, Ask, CannotMove, Effect, Machine, Move, Need, Standing, check_can_move
from portal.service.domain.moves import rules_of as _rules_of
from portal.service.models import Case
from portal.service.office import Office
from portal.service.store import writing
from portal.service.suspension import WrongInput
from portal.workdays import day_of

FOLLOWS = "tell"
"""The system's own move: what was decided is told, which is what stops the clock."""
MOST_TITLE, MOST_RESULT = 60, 1000


@dataclass(frozen=True)
class Wish:
    """What somebody wants done with a case. `words` are written down with it; `actor` None: whoever alone may.

    `title` and `result` are for the public; None leaves them as they are. `opened` is the dataset that came of a
    request, `department` the one that the case goes to.
    """

    event: str
    person: str
    actor: Actor | None = None
    words: Mapping[Need, str] = field(default_factory=dict)
    new_due: date | None = None
    department: str = ""
    opened: str = ""
    title: str | None = None
    result: str | None = None


def move(office: Office, number: str, wish: Wish) -> Case:
    """Move a case and tell the public. Raises WrongInput where it can't be done; nothing is changed then."""
    changes = _public_words(wish.title, wish.result) | _places(wish, office)
    with writing():
        case = case_of(number)
        for name, value in changes.items():
            setattr(case, name, value)
        effects = _made(case, wish, office)
        if MACHINES[Kind(case.kind)].move(case.state, FOLLOWS):
            effects |= _made(case, Wish(FOLLOWS, "system", Actor.SYSTEM), office)
        case.save()
    _mark(case, effects, office)
    tidings.publish(office)
    return case


def say(office: Office, number: str, person: str, *, title: str | None, result: str | None) -> Case:
    """Change what the public is told of a case. Raises WrongInput for personal data, for too much and for nothing."""
    changes = _public_words(title, result)
    if not changes:
        raise WrongInput("请用 --title 或 --result 写明要公布什么；要撤下已公布的，写成空的：--title ''。")
    with writing():
        case = case_of(number)
        for name, value in changes.items():
            setattr(case, name, value)
        deed = audit.Deed(person, Actor.OPERATOR, "say", case.number, fields=tuple(sorted(changes)))
        audit.record(deed, office.now(), office.keys)
        case.save(update_fields=list(changes))
    tidings.publish(office)
    return case


def case_of(number: str) -> Case:
    """A case by its number. Raises WrongInput where there is none."""
    case = Case.objects.filter(number=number.strip().upper()).first()
    if case is None:
        raise WrongInput(f"没有受理编号为“{number}”的事项。")
    return case


def _made(case: Case, wish: Wish, office: Office) -> set[Effect]:
    """Make one move on a case that is held in memory, and record it."""
    machine, now = MACHINES[Kind(case.kind)], office.now()
    actor = wish.actor or _only_actor(machine, case.state, wish.event)
    ask = Ask(wish.event, actor, wish.person, day_of(now), frozenset(_given(wish)), wish.new_due)
    try:
        row = check_can_move(machine, _standing(case), ask, _rules_of(office.profile))
    except CannotMove as refused:
        raise WrongInput(f"{case.number} 的状态是“{STATE_NAMES[case.state]}”。{refused}") from None
    before = case.state
    _follow(case, row, now)
    case.notes = [*case.notes, _note(wish, actor, now)]
    fields = ("state", *sorted(need.value for need in _given(wish)))
    deed = audit.Deed(wish.person, actor, wish.event, case.number, before, row.target, fields)
    audit.record(deed, now, office.keys)
    return set(row.effects)


def _follow(case: Case, row: Move, now: datetime) -> None:
    """What a move does to the case itself."""
    case.state, case.held = row.target, ""
    if row.target in OUTCOMES:
        case.outcome = row.target
    if Effect.STOP_CLOCK in row.effects and case.answered_at is None:
        case.answered_at = now
    if Effect.NEW_DUE in row.effects:
        case.due, case.extended, case.provisional = _standing(case).proposed_due, True, False


def _standing(case: Case) -> Standing:
    """Where it stands; who asked for more time, and until when, was written down."""
    nobody: dict[str, str] = {}
    asked = next((note for note in reversed(case.notes) if note["event"] == "ask_extension"), nobody)
    proposed = asked.get("new_due")
    return Standing(
        state=case.state,
        due=case.due,
        cap=case.cap,
        extension_asked_by=asked.get("by", ""),
        proposed_due=date.fromisoformat(proposed) if proposed else None,
        decision=case.outcome,
    )


def _given(wish: Wish) -> set[Need]:
    """What was written down with a wish."""
    given = {need for need, text in wish.words.items() if text.strip()}
    return given | ({Need.NEW_DUE} if wish.new_due else set()) | ({Need.LINK} if wish.opened else set())


def _note(wish: Wish, actor: Actor, now: datetime) -> dict[str, object]:
    words = {need.value: text.strip() for need, text in wish.words.items() if text.strip()}
    new_due = wish.new_due.isoformat() if wish.new_due else None
    return {
        "at": now.isoformat(),
        "event": wish.event,
        "by": wish.person,
        "as": actor,
        "words": words,
        "new_due": new_due,
    }


def _only_actor(machine: Machine, state: str, event: str) -> Actor:
    """Who makes a move that only one may make. Raises WrongInput where it must be said."""
    row = machine.move(state, event)
    if row is None or len(row.actors) == 1:
        return row.actors[0] if row else Actor.OPERATOR  # a move that is not there is refused with its reason
    raise WrongInput(f"请用 --as 写明由谁办理：{'、'.join(row.actors)}。")


def _places(wish: Wish, office: Office) -> dict[str, str]:
    """Department and dataset that a wish names. Raises WrongInput for those that the live catalogue does not know."""
    if wish.department and wish.department not in office.published.raw.get("departments", {}):
        raise WrongInput(f"目录中没有部门“{wish.department}”。")
    if wish.opened and wish.opened not in office.published.datasets:
        raise WrongInput(f"目录中没有数据集“{wish.opened}”。")
    return {name: text for name, text in (("department", wish.department), ("opened", wish.opened)) if text}


def _public_words(title: str | None, result: str | None) -> dict[str, str]:
    """The staff's words for the public, cleaned. Raises WrongInput where they hold personal data or are too long."""
    words: dict[str, str] = {}
    try:
        words |= {"title": one_line(title)} if title is not None else {}
        words |= {"result": clean(result)} if result is not None else {}
    except UncleanText:
        raise WrongInput("公开的文字中有控制字符，请删去。") from None
    for name, most in (("title", MOST_TITLE), ("result", MOST_RESULT)):
        text = words.get(name, "")
        if len(text) > most:
            raise WrongInput(f"公开的文字太长：最多 {most} 个字，现有 {len(text)} 个字。")
        if find(text):
            raise WrongInput("公开的文字里像是有个人信息（姓名、电话、证件号等），请删去后再公布。")
    return words


def _mark(case: Case, effects: set[Effect], office: Office) -> None:
    """Mark the dataset as under query while it is checked, where the city's text says so (FBK-5)."""
    if not (case.dataset and _rules_of(office.profile).mark_dataset and effects & {Effect.MARK, Effect.UNMARK}):
        return
    checking = Case.objects.filter(dataset=case.dataset, state__in=("verifying", "extension_requested", "cross_check"))
    folder = office.surroundings.public
    with public.locked(folder):
        if checking.exists():
            public.mark(folder, case.dataset, since=day_of(office.now()))
        else:
            public.unmark(folder, case.dataset)
