"""profile.json of a release: the rules by which it was made, for the form service, which may be of another build."""

from __future__ import annotations

import json

from portal.profile import shipped

RULES = "profile.json"


def rules_json(profile: str) -> str:
    """The city's rules as its files tell them, laid over those of the house. Raises KeyError for an unknown city."""
    return json.dumps(shipped(profile), ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
