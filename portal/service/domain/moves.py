"""How a case moves: one table row a transition, and the one function that says whether somebody may make it.

The tables stand in feedback.py and requests.py (requirements §3.1, §3.2). Overdue is computed, never a state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from portal.profile import Profile


class Actor(StrEnum):
    """Who moves a case."""

    PUBLIC = "public"  # who sends a new one
    SUBMITTER = "submitter"  # who sent this one
    SYSTEM = "system"
    OPERATOR = "operator"
    ENTITY = "entity"
    AUTHORITY = "authority"


class Need(StrEnum):
    """What must be written down with a move."""

    REASON = "reason"
    GROUND = "ground"
    LINK = "link"
    CONSULTATION = "consultation"
    NEW_DUE = "new_due"
    OPEN_TYPE = "open_type"
    SIMILAR_SHOWN = "similar_shown"


class Guard(StrEnum):
    """What must be true of the case and the one who moves it."""

    BEFORE_DUE = "before_due"
    WITHIN_CAP = "within_cap"
    FOUR_EYES = "four_eyes"
    DECIDED_OPEN = "decided_open"
    BY_ROUTE = "by_route"
    EXTENSION = "extension"  # the city's rules know an extension
    REVIEW = "review"  # the city's rules know a re-examination
    CROSS_CHECK = "cross_check"  # the city's rules know a cross-check


class Effect(StrEnum):
    """What follows from a move besides the new state."""

    NEW_DUE = "new_due"
    STOP_CLOCK = "stop_clock"
    MARK = "mark"  # the dataset is under query, where the city marks it (FBK-5)
    UNMARK = "unmark"
    TELL = "tell"  # the submitter hears of it


class Move(NamedTuple):
    """One row: from a state by an event to a state; `source` None makes a new case."""

    source: str | None
    event: str
    target: str
    actors: tuple[Actor, ...]
    needs: tuple[Need, ...] = ()
    guards: tuple[Guard, ...] = ()
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True)
class Machine:
    """A named table of moves. Nothing leaves a state of `terminals`; a case may stay in one of `resting` for good."""

    name: str
    moves: tuple[Move, ...]
    terminals: frozenset[str]
    resting: frozenset[str] = frozenset()

    @property
    def states(self) -> frozenset[str]:
        """Every state that a case of this kind can be in."""
        return frozenset(move.target for move in self.moves)

    def move(self, state: str | None, event: str) -> Move | None:
        """The row of an event in a state."""
        return self.table.get((state, event))

    def events(self, state: str | None) -> list[str]:
        """The events that a state knows, in the table's order."""
        return [move.event for move in self.moves if move.source == state]

    @property
    def table(self) -> Mapping[tuple[str | None, str], Move]:
        """The rows by state and event."""
        return {(move.source, move.event): move for move in self.moves}


@dataclass(frozen=True)
class Rules:
    """What a city's rules allow (profile.feedback, profile.ooc, profile.review_of_result)."""

    extension: bool
    review: bool
    cross_check: bool
    assigning: tuple[Actor, ...]
    mark_dataset: bool


@dataclass(frozen=True)
class Standing:
    """Where a case stands: what the guards look at."""

    state: str | None
    due: date | None = None
    cap: date | None = None
    extension_asked_by: str = ""
    proposed_due: date | None = None
    decision: str = ""


@dataclass(frozen=True)
class Ask:
    """What somebody wants to do, when, and what was written down with it."""

    event: str
    actor: Actor
    person: str
    today: date
    given: frozenset[Need] = frozenset()
    new_due: date | None = None


class CannotMove(Exception):  # noqa: N818 -- an answer to a question, not a fault
    """Why not. `why` is a name for tests and programs; the text is for people."""

    def __init__(self, why: str, text: str) -> None:
        super().__init__(text)
        self.why = why


def rules_of(profile: Profile) -> Rules:
    """The rules that a profile sets.

    Re-examination (SYS-40) and cross-check (SYS-28) stand in the same single text, so one value answers for both.
    """
    route = profile.ooc.route
    return Rules(
        extension=profile.feedback.extension is not None,
        review=profile.review_of_result.enabled,
        cross_check=profile.review_of_result.enabled,
        assigning=(Actor.AUTHORITY,) if route == "authority_entity" else (Actor.OPERATOR, Actor.SYSTEM),
        mark_dataset=profile.feedback.mark_dataset,
    )


def check_can_move(machine: Machine, case: Standing, ask: Ask, rules: Rules) -> Move:
    """The row to follow. Raises CannotMove, which says why not and what would be possible."""
    move = machine.move(case.state, ask.event)
    if move is None:
        possible = "、".join(machine.events(case.state)) or "无"
        raise CannotMove("event", f"现在不能“{ask.event}”；可以：{possible}。")
    if ask.actor not in move.actors:
        raise CannotMove("actor", f"“{ask.event}”须由{listed(move.actors)}办理。")
    missing = [need for need in move.needs if need not in ask.given]
    if missing:
        raise CannotMove("need", f"须先写明：{listed(missing)}。")
    for guard in move.guards:
        refusal = _GUARDS[guard](case, ask, rules)
        if refusal:
            raise CannotMove(guard, refusal)
    return move


def can_move(machine: Machine, case: Standing, ask: Ask, rules: Rules) -> bool:
    """Whether `check_can_move` would let it through."""
    try:
        check_can_move(machine, case, ask, rules)
    except CannotMove:
        return False
    return True


def _before_due(case: Standing, ask: Ask, _: Rules) -> str | None:
    return None if case.due and ask.today <= case.due else "期限已过或没有期限，不能再延期。"


def _within_cap(case: Standing, ask: Ask, _: Rules) -> str | None:
    new_due = ask.new_due or case.proposed_due
    if new_due is None or case.cap is None or new_due > case.cap:
        return f"延期最迟到 {case.cap}。"
    return None if case.due and new_due > case.due else f"新期限应晚于原期限 {case.due}。"


def _four_eyes(case: Standing, ask: Ask, _: Rules) -> str | None:
    return "申请人不能审批自己的申请。" if ask.person == case.extension_asked_by else None


def _decided_open(case: Standing, _: Ask, __: Rules) -> str | None:
    return None if case.decision == "decided_open" else "只有决定开放的需求才能办结为已开放。"


def _by_route(_: Standing, ask: Ask, rules: Rules) -> str | None:
    return None if ask.actor in rules.assigning else f"按本市规则，须由{listed(rules.assigning)}转交。"


_GUARDS: Mapping[Guard, Callable[[Standing, Ask, Rules], str | None]] = {
    Guard.EXTENSION: lambda _, __, rules: None if rules.extension else "本市规则没有延期办理的规定。",
    Guard.REVIEW: lambda _, __, rules: None if rules.review else "本市规则没有申请复核的规定。",
    Guard.CROSS_CHECK: lambda _, __, rules: None if rules.cross_check else "本市规则没有交叉核验的规定。",
    Guard.BEFORE_DUE: _before_due,
    Guard.WITHIN_CAP: _within_cap,
    Guard.FOUR_EYES: _four_eyes,
    Guard.DECIDED_OPEN: _decided_open,
    Guard.BY_ROUTE: _by_route,
}


def listed(names: Iterable[str]) -> str:
    """Who or what, as people call it."""
    return "、".join(NAMES.get(name, name) for name in names)


NAMES: Mapping[str, str] = {
    Actor.PUBLIC: "公众",
    Actor.SUBMITTER: "提交人",
    Actor.SYSTEM: "系统",
    Actor.OPERATOR: "平台运营人员",
    Actor.ENTITY: "数据开放主体",
    Actor.AUTHORITY: "公共数据主管部门",
    Need.REASON: "理由",
    Need.GROUND: "依据",
    Need.LINK: "链接",
    Need.CONSULTATION: "与提交人协商的记录",
    Need.NEW_DUE: "新的期限",
    Need.OPEN_TYPE: "开放类型",
    Need.SIMILAR_SHOWN: "已查看相似数据",
}
