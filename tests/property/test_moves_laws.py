"""Whatever anybody tries in whatever order, a case never leaves its table, and a guard that is broken never opens."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.service.domain.feedback import FEEDBACK
from portal.service.domain.moves import (
    Actor,
    Ask,
    CannotMove,
    Effect,
    Guard,
    Machine,
    Need,
    Rules,
    Standing,
    check_can_move,
)
from portal.service.domain.requests import REQUESTS

START = date(2026, 9, 24)
EVENTS = [*sorted({move.event for machine in (FEEDBACK, REQUESTS) for move in machine.moves}), "nonsense"]
DAYS = st.integers(0, 60).map(lambda n: START + timedelta(days=n))
ASKS = st.builds(
    Ask,
    event=st.sampled_from(EVENTS),
    actor=st.sampled_from(list(Actor)),
    person=st.sampled_from(["li", "wang", "zhao"]),
    today=DAYS,
    given=st.frozensets(st.sampled_from(list(Need))),
    new_due=st.none() | DAYS,
)
RULES = st.builds(
    Rules,
    extension=st.booleans(),
    review=st.booleans(),
    cross_check=st.booleans(),
    assigning=st.sampled_from([(Actor.AUTHORITY,), (Actor.OPERATOR, Actor.SYSTEM)]),
    mark_dataset=st.booleans(),
)


@given(st.sampled_from([FEEDBACK, REQUESTS]), RULES, st.lists(ASKS, max_size=40))
@settings(max_examples=300, deadline=None)
def test_no_path_escapes_the_table(machine: Machine, rules: Rules, asks: list[Ask]) -> None:
    case = Standing(None, due=START + timedelta(days=15), cap=START + timedelta(days=45))
    first_cap = case.cap
    rows = {(move.source, move.event, move.target) for move in machine.moves}
    for ask in asks:
        try:
            move = check_can_move(machine, case, ask, rules)
        except CannotMove:
            continue
        assert (case.state, ask.event, move.target) in rows
        assert ask.actor in move.actors
        assert set(move.needs) <= ask.given
        assert case.state not in machine.terminals
        if Guard.FOUR_EYES in move.guards:
            assert ask.person != case.extension_asked_by
        case = _after(case, ask, move.target, new_due=Effect.NEW_DUE in move.effects)
        assert case.due is not None
        assert first_cap is not None
        assert case.due <= first_cap


def _after(case: Standing, ask: Ask, target: str, *, new_due: bool) -> Standing:
    if ask.event == "ask_extension":
        case = replace(case, extension_asked_by=ask.person, proposed_due=ask.new_due)
    if new_due:
        case = replace(case, due=ask.new_due or case.proposed_due)
    if target.startswith("decided_"):
        case = replace(case, decision=target)
    return replace(case, state=target)
