"""The sections of a profile about records: reviews, approvals, grounds, evaluations, officers, projects, grading."""

from __future__ import annotations

from typing import Literal

from portal.proceedings import Concern, GroundKind, ReturnGround, Step
from portal.records import Cause, OpenType, PriorityReason, ReviewKind
from portal.shape import Shape

Direction = Literal["U>C", "U>N", "C>N"]


class ReviewRules(Shape):
    """Who approves an entry before it is listed (REV-3), and which reviews it needs (REV-1, REV-2)."""

    path: tuple[Step, ...]
    kinds: tuple[ReviewKind, ...]  # all that the text knows
    always: tuple[ReviewKind, ...]  # asked of all data that are opened
    asked: dict[Concern, tuple[ReviewKind, ...]]  # asked of entries that touch it
    return_grounds: dict[ReturnGround, str] | None  # an entry is returned on these only; None: the text lists none


class OpenTypeRules(Shape):
    """What the open type and a change of it need (OT-2, OT-3, OT-5)."""

    downgrade: tuple[Literal["document", "work_order", "filing", "prior_approval"], ...] | None
    downgrade_scope: tuple[Direction, ...]
    downgrade_causes: tuple[Cause, ...] = ()  # the only kinds of ground that the text allows; none named: any
    upgrade_updates_resource_catalog: bool
    grounds: dict[OpenType, dict[GroundKind, str]]  # the limits and reasons that the text names


class ChangeRules(Shape):
    """What a change may take away without a word (docs/decisions/0011); no text says."""

    removed_rows_percent: int


class EvaluationRules(Shape):
    """How often the open type is evaluated (OT-6): `months` null where the text only says 定期."""

    period: str
    months: int | None
    house_months: int  # what we count by where the text gives no number
    scope: str
    objects: tuple[OpenType, ...]  # the classes that `scope` means


class OfficerRules(Shape):
    """Whether a department must name its chief data officer and posts, and file them (REV-10)."""

    required: bool
    filing: bool


class ProjectRules(Shape):
    """By which stages of an IT project the catalogue must be complete (CAT-20)."""

    stages: tuple[Literal["approved", "acceptance", "accepted"], ...]


class GradingRules(Shape):
    """Whether an entry must bear a level (CAT-13); no text sets the levels, the city does (catalog/levels.yml)."""

    required: bool


class AggregationRules(Shape):
    """How small a group of rows with equal values may be (REV-5); no text sets a number."""

    k: int


class NewsRules(Shape):
    """After how many days without news the section counts as stale (NEW-1); no text sets a number."""

    stale_days: int


class Publicity(Shape):
    """Through which channels data opening is made known (DEM-5), in the words of the text; none: it names none."""

    channels: tuple[str, ...] = ()


Reasons = dict[PriorityReason, str]
"""Why data are opened first (DEM-6), in the words of the text; empty where it asks for no reason."""
