"""Feedback and correction 反馈、纠错: states and moves (requirements §3.1; SZ-10, SZd-11, WX-17¶2, SYS-28, SYS-40)."""

from __future__ import annotations

from portal.service.domain.moves import Actor, Effect, Guard, Machine, Move, Need

_RESOLVED = ("resolved_corrected", "resolved_rejected", "resolved_partly")

FEEDBACK = Machine(
    name="feedback",
    moves=(
        Move(None, "submit", "received", (Actor.PUBLIC,)),
        Move("received", "route", "with_entity", (Actor.SYSTEM, Actor.OPERATOR)),
        Move(
            "received",
            "reject_invalid",
            "closed_invalid",
            (Actor.OPERATOR,),
            needs=(Need.REASON,),
            effects=(Effect.STOP_CLOCK, Effect.TELL),
        ),
        Move("with_entity", "start_verifying", "verifying", (Actor.ENTITY,), effects=(Effect.MARK,)),
        Move(
            "verifying",
            "ask_extension",
            "extension_requested",
            (Actor.ENTITY,),
            needs=(Need.REASON, Need.CONSULTATION, Need.NEW_DUE),
            guards=(Guard.EXTENSION, Guard.BEFORE_DUE, Guard.WITHIN_CAP),
        ),
        Move(
            "extension_requested",
            "approve_extension",
            "verifying",
            (Actor.AUTHORITY,),
            guards=(Guard.EXTENSION, Guard.BEFORE_DUE, Guard.WITHIN_CAP, Guard.FOUR_EYES),
            effects=(Effect.NEW_DUE, Effect.TELL),
        ),
        Move(
            "extension_requested",
            "deny_extension",
            "verifying",
            (Actor.AUTHORITY,),
            needs=(Need.REASON,),
            guards=(Guard.FOUR_EYES,),
        ),
        Move("verifying", "correct", "resolved_corrected", (Actor.ENTITY,), (Need.LINK,), (), (Effect.UNMARK,)),
        Move("verifying", "find_no_error", "resolved_rejected", (Actor.ENTITY,), (Need.REASON,), (), (Effect.UNMARK,)),
        Move("verifying", "correct_partly", "resolved_partly", (Actor.ENTITY,), (Need.REASON,), (), (Effect.UNMARK,)),
        *(
            Move(state, "tell", "answered", (Actor.SYSTEM,), effects=(Effect.STOP_CLOCK, Effect.TELL))
            for state in _RESOLVED
        ),
        Move("answered", "ask_review", "under_review", (Actor.SUBMITTER,), guards=(Guard.REVIEW,)),
        Move(
            "under_review",
            "uphold",
            "review_upheld",
            (Actor.AUTHORITY,),
            needs=(Need.REASON,),
            guards=(Guard.REVIEW,),
            effects=(Effect.TELL,),
        ),
        Move("under_review", "send_back", "verifying", (Actor.AUTHORITY,), (Need.REASON,), (Guard.REVIEW,)),
        Move("verifying", "appoint_check", "cross_check", (Actor.AUTHORITY,), guards=(Guard.CROSS_CHECK,)),
        Move("cross_check", "finish_check", "verifying", (Actor.AUTHORITY,), guards=(Guard.CROSS_CHECK,)),
        Move("answered", "time_passes", "closed", (Actor.SYSTEM,)),
    ),
    terminals=frozenset({"closed_invalid", "review_upheld", "closed"}),
)
