"""The tables of moves against requirements §3.1 and §3.2, written out here a second time by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from portal.profile import load_profile, profile_names
from portal.service.domain.feedback import FEEDBACK
from portal.service.domain.kinds import KIND_NAMES, MACHINES, OUTCOMES, STATE_NAMES, Kind, is_open
from portal.service.domain.moves import (
    NAMES,
    Actor,
    Ask,
    CannotMove,
    Effect,
    Machine,
    Need,
    Rules,
    Standing,
    can_move,
    check_can_move,
    rules_of,
)
from portal.service.domain.requests import REQUESTS
from portal.service.domain.results import RESULTS

ALL = Rules(
    extension=True,
    review=True,
    cross_check=True,
    assigning=(Actor.OPERATOR, Actor.SYSTEM),
    mark_dataset=True,
)
TODAY = date(2026, 9, 28)
DUE, CAP = date(2026, 10, 9), date(2026, 11, 12)
CASE = Standing("verifying", DUE, CAP)
EXTEND = Ask(
    "ask_extension",
    Actor.ENTITY,
    "li",
    TODAY,
    frozenset({Need.REASON, Need.CONSULTATION, Need.NEW_DUE}),
    date(2026, 10, 30),
)
APPROVE = Ask("approve_extension", Actor.AUTHORITY, "wang", TODAY)
ASKED = Standing("extension_requested", DUE, CAP, extension_asked_by="li", proposed_due=date(2026, 10, 30))

FEEDBACK_BY_HAND = """
- submit received public
received route with_entity system operator
received reject_invalid closed_invalid operator
with_entity start_verifying verifying entity
verifying ask_extension extension_requested entity
extension_requested approve_extension verifying authority
extension_requested deny_extension verifying authority
verifying correct resolved_corrected entity
verifying find_no_error resolved_rejected entity
verifying correct_partly resolved_partly entity
resolved_corrected tell answered system
resolved_rejected tell answered system
resolved_partly tell answered system
answered ask_review under_review submitter
under_review uphold review_upheld authority
under_review send_back verifying authority
verifying appoint_check cross_check authority
cross_check finish_check verifying authority
answered time_passes closed system
"""
REQUESTS_BY_HAND = """
- submit received public
received assign with_entity operator authority system
received dispute dispute operator
with_entity dispute dispute operator
dispute name_entity with_entity authority
with_entity already_there answered_existing entity
with_entity assess assessing entity
with_entity will_open decided_open entity
with_entity will_not_open decided_not_open entity
with_entity no_holder decided_no_holder entity
assessing will_open decided_open entity
assessing will_not_open decided_not_open entity
assessing no_holder decided_no_holder entity
decided_open tell answered system entity
decided_not_open tell answered system entity
decided_no_holder tell answered system entity
answered publish fulfilled system
"""
RESULTS_BY_HAND = """
- submit received public
received reject_invalid closed_invalid operator
received decline declined operator
received accept accepted operator
accepted show shown operator
"""

ASKED_BY_HAND = {
    FEEDBACK: {
        "reject_invalid": "reason",
        "ask_extension": "reason consultation new_due",
        "deny_extension": "reason",
        "correct": "link",
        "find_no_error": "reason",
        "correct_partly": "reason",
        "uphold": "reason",
        "send_back": "reason",
    },
    REQUESTS: {
        "submit": "similar_shown",
        "dispute": "reason",
        "already_there": "link",
        "will_open": "open_type",
        "will_not_open": "reason ground",
        "no_holder": "reason",
        "publish": "link",
    },
    RESULTS: {"reject_invalid": "reason", "decline": "reason", "show": "link"},
}
"""What must be written down with an event, wherever it stands in the table; with the others nothing."""
GUARDED_BY_HAND = {
    "ask_extension": "extension before_due within_cap",
    "approve_extension": "extension before_due within_cap four_eyes",
    "deny_extension": "four_eyes",
    "ask_review": "review",
    "uphold": "review",
    "send_back": "review",
    "appoint_check": "cross_check",
    "finish_check": "cross_check",
    "assign": "by_route",
    "publish": "decided_open",
}
ENDING_BY_HAND = {
    FEEDBACK: {"reject_invalid", "tell"},
    REQUESTS: {"already_there", "tell"},
    RESULTS: {"reject_invalid", "decline", "accept"},
}
"""Events that stop the clock: the submitter has been told."""


@pytest.mark.parametrize("machine", ASKED_BY_HAND, ids=lambda machine: machine.name)
def test_what_each_move_asks_and_what_ends_the_clock(machine: Machine) -> None:
    for move in machine.moves:
        assert set(move.needs) == set(ASKED_BY_HAND[machine].get(move.event, "").split()), move
        assert set(move.guards) == set(GUARDED_BY_HAND.get(move.event, "").split()), move
        assert (Effect.STOP_CLOCK in move.effects) == (move.event in ENDING_BY_HAND[machine]), move
        assert Effect.STOP_CLOCK not in move.effects or Effect.TELL in move.effects, move
    marking = {move.event: move.effects for move in FEEDBACK.moves if {Effect.MARK, Effect.UNMARK} & set(move.effects)}
    assert {event for event, effects in marking.items() if Effect.MARK in effects} == {"start_verifying"}
    assert set(marking) == {"start_verifying", "correct", "find_no_error", "correct_partly"}


@pytest.mark.parametrize("person", ["li", "wang"])
def test_who_asked_for_more_time_cannot_refuse_it_either(person: str) -> None:
    """SZ-10: the authority decides, and another person than the one who asked."""
    ask = Ask("deny_extension", Actor.AUTHORITY, person, TODAY, frozenset({Need.REASON}))
    assert can_move(FEEDBACK, ASKED, ask, ALL) == (person == "wang")


@pytest.mark.parametrize(
    ("machine", "by_hand"), [(FEEDBACK, FEEDBACK_BY_HAND), (REQUESTS, REQUESTS_BY_HAND), (RESULTS, RESULTS_BY_HAND)]
)
def test_the_tables_are_those_of_the_requirements(machine: Machine, by_hand: str) -> None:
    rows = {
        (None if source == "-" else source, event, target, frozenset(actors))
        for source, event, target, *actors in (line.split() for line in by_hand.strip().splitlines())
    }
    assert {(m.source, m.event, m.target, frozenset(map(str, m.actors))) for m in machine.moves} == rows
    assert len(machine.table) == len(machine.moves)  # no state knows an event twice


@pytest.mark.parametrize("machine", [FEEDBACK, REQUESTS])
def test_every_state_is_reached_and_every_end_is_named(machine: Machine) -> None:
    reached: set[str | None] = {None}
    while new := {m.target for m in machine.moves if m.source in reached} - reached:
        reached |= new
    assert reached - {None} == machine.states
    assert {m.source for m in machine.moves} <= reached
    assert {state for state in machine.states if not machine.events(state)} == machine.terminals
    assert machine.resting <= machine.states - machine.terminals


def test_every_state_and_word_has_a_name() -> None:
    assert set(STATE_NAMES) == FEEDBACK.states | REQUESTS.states | RESULTS.states
    assert set(STATE_NAMES) > OUTCOMES
    assert {*Actor, *Need} <= set(NAMES)
    assert set(KIND_NAMES) == set(MACHINES) == set(Kind)


def test_an_extension_needs_everything_that_the_article_says() -> None:
    """SZ-10: complex, consulted, approved before the first due date by another person, at most 30 days in all."""
    assert check_can_move(FEEDBACK, CASE, EXTEND, ALL).target == "extension_requested"
    assert check_can_move(FEEDBACK, ASKED, APPROVE, ALL).target == "verifying"
    refused = {
        "need": (CASE, replace(EXTEND, given=frozenset({Need.REASON, Need.NEW_DUE}))),
        "before_due": (CASE, replace(EXTEND, today=date(2026, 10, 10))),
        "within_cap": (CASE, replace(EXTEND, new_due=date(2026, 11, 13))),
        "event": (replace(CASE, state="with_entity"), EXTEND),
        "actor": (CASE, replace(EXTEND, actor=Actor.OPERATOR)),
    }
    for why, (case, ask) in refused.items():
        with pytest.raises(CannotMove) as refusal:
            check_can_move(FEEDBACK, case, ask, ALL)
        assert refusal.value.why == why
    assert can_move(FEEDBACK, CASE, replace(EXTEND, today=DUE, new_due=CAP), ALL)
    assert not can_move(FEEDBACK, CASE, replace(EXTEND, new_due=DUE), ALL)
    assert not can_move(FEEDBACK, replace(CASE, due=None, cap=None), EXTEND, ALL)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"person": "li"}, "four_eyes"),
        ({"actor": Actor.ENTITY}, "actor"),
        ({"today": date(2026, 10, 10)}, "before_due"),
        ({"new_due": date(2026, 12, 1)}, "within_cap"),
    ],
)
def test_an_approval_is_refused(change: dict[str, object], why: str) -> None:
    with pytest.raises(CannotMove) as refusal:
        check_can_move(FEEDBACK, ASKED, replace(APPROVE, **change), ALL)
    assert refusal.value.why == why


@pytest.mark.parametrize(("event", "state"), [("ask_review", "answered"), ("appoint_check", "verifying")])
def test_what_the_city_does_not_know_is_refused(event: str, state: str) -> None:
    actor = Actor.SUBMITTER if event == "ask_review" else Actor.AUTHORITY
    ask = Ask(event, actor, "x", TODAY)
    assert can_move(FEEDBACK, Standing(state), ask, ALL)
    assert not can_move(FEEDBACK, Standing(state), ask, replace(ALL, review=False, cross_check=False))
    assert not can_move(FEEDBACK, CASE, EXTEND, replace(ALL, extension=False))


def test_only_the_route_of_the_city_assigns() -> None:
    case = Standing("received")
    by_operator, by_authority = (Ask("assign", actor, "x", TODAY) for actor in (Actor.OPERATOR, Actor.AUTHORITY))
    assert can_move(REQUESTS, case, by_operator, ALL)
    assert not can_move(REQUESTS, case, by_authority, ALL)
    over_authority = replace(ALL, assigning=(Actor.AUTHORITY,))
    assert can_move(REQUESTS, case, by_authority, over_authority)
    assert not can_move(REQUESTS, case, by_operator, over_authority)


def test_only_what_was_to_be_opened_is_fulfilled() -> None:
    ask = Ask("publish", Actor.SYSTEM, "system", TODAY, frozenset({Need.LINK}))
    assert can_move(REQUESTS, Standing("answered", decision="decided_open"), ask, ALL)
    assert not can_move(REQUESTS, Standing("answered", decision="decided_not_open"), ask, ALL)


@pytest.mark.parametrize("machine", [FEEDBACK, REQUESTS])
def test_each_need_is_asked_for(machine: Machine) -> None:
    for move in machine.moves:
        for need in move.needs:
            given = frozenset(move.needs) - {need}
            ask = Ask(move.event, move.actors[0], "x", TODAY, given, date(2026, 10, 30))
            with pytest.raises(CannotMove) as refusal:
                check_can_move(machine, replace(CASE, state=move.source), ask, ALL)
            assert refusal.value.why == "need"


@pytest.mark.parametrize("name", profile_names())
def test_rules_of_every_city(name: str) -> None:
    rules = rules_of(load_profile(name))
    assert rules.extension == (name in ("suzhou", "suzhou-draft"))
    assert rules.review == rules.cross_check == (name == "shuangyashan")
    assert rules.mark_dataset == (name == "wuxi")
    assert (Actor.AUTHORITY in rules.assigning) == (name == "suzhou-draft")


def test_what_is_open() -> None:
    assert [state for state in sorted(REQUESTS.states) if not is_open(Kind.REQUEST, state)] == [
        "answered", "answered_existing", "fulfilled",
    ]  # fmt: skip
    assert not is_open(Kind.CORRECTION, "answered")
    assert is_open(Kind.CORRECTION, "under_review")
