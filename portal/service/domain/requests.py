"""Out-of-catalogue requests 目录外数据需求: states and moves (requirements §3.2; SZ-23, SZd-25, WX-15(1), SYS-39¶3)."""

from __future__ import annotations

from portal.service.domain.moves import Actor, Effect, Guard, Machine, Move, Need

_DECIDED = ("decided_open", "decided_not_open", "decided_no_holder")
_ASSIGNERS = (Actor.OPERATOR, Actor.AUTHORITY, Actor.SYSTEM)

REQUESTS = Machine(
    name="request",
    moves=(
        Move(None, "submit", "received", (Actor.PUBLIC,), needs=(Need.SIMILAR_SHOWN,)),
        Move("received", "assign", "with_entity", _ASSIGNERS, guards=(Guard.BY_ROUTE,)),
        Move("received", "dispute", "dispute", (Actor.OPERATOR,), needs=(Need.REASON,)),
        Move("with_entity", "dispute", "dispute", (Actor.OPERATOR,), needs=(Need.REASON,)),
        Move("dispute", "name_entity", "with_entity", (Actor.AUTHORITY,)),  # requirements §3.9
        Move(
            "with_entity",
            "already_there",
            "answered_existing",
            (Actor.ENTITY,),
            needs=(Need.LINK,),
            effects=(Effect.STOP_CLOCK, Effect.TELL),
        ),
        Move("with_entity", "assess", "assessing", (Actor.ENTITY,)),
        *(
            move
            for state in ("with_entity", "assessing")
            for move in (
                Move(state, "will_open", "decided_open", (Actor.ENTITY,), needs=(Need.OPEN_TYPE,)),
                Move(state, "will_not_open", "decided_not_open", (Actor.ENTITY,), needs=(Need.REASON, Need.GROUND)),
                Move(state, "no_holder", "decided_no_holder", (Actor.ENTITY,), needs=(Need.REASON,)),
            )
        ),
        *(
            Move(state, "tell", "answered", (Actor.SYSTEM, Actor.ENTITY), effects=(Effect.STOP_CLOCK, Effect.TELL))
            for state in _DECIDED
        ),
        Move(
            "answered",
            "publish",
            "fulfilled",
            (Actor.SYSTEM,),
            needs=(Need.LINK,),
            guards=(Guard.DECIDED_OPEN,),
            effects=(Effect.TELL,),
        ),
    ),
    terminals=frozenset({"answered_existing", "fulfilled"}),
    resting=frozenset({"answered"}),
)
