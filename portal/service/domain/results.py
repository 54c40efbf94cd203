"""Results of use 数据利用成果: handed in, looked at by staff, shown (SHO-1; SZd-26, SH-28¶2, SH-33¶3)."""

from __future__ import annotations

from portal.service.domain.moves import Actor, Effect, Machine, Move, Need

_ENDING = (Effect.STOP_CLOCK, Effect.TELL)

RESULTS = Machine(
    name="result",
    moves=(
        Move(None, "submit", "received", (Actor.PUBLIC,)),
        Move("received", "reject_invalid", "closed_invalid", (Actor.OPERATOR,), needs=(Need.REASON,), effects=_ENDING),
        Move("received", "decline", "declined", (Actor.OPERATOR,), needs=(Need.REASON,), effects=_ENDING),
        Move("received", "accept", "accepted", (Actor.OPERATOR,), effects=_ENDING),
        Move("accepted", "show", "shown", (Actor.OPERATOR,), needs=(Need.LINK,), effects=(Effect.TELL,)),
    ),
    terminals=frozenset({"closed_invalid", "declined", "shown"}),
)
