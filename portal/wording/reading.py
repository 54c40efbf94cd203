"""Words of the rules about reading YAML files."""

from __future__ import annotations

from portal.wording.shape import Text, Wording

__all__ = ["WORDING", "Text"]

WORDING: dict[str, Wording] = {}
