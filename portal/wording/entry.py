"""Words of the rules about catalogue entries and what they refer to."""

from __future__ import annotations

from portal.wording.shape import Text, Wording

__all__ = ["WORDING", "Text"]

WORDING: dict[str, Wording] = {}
