"""The rules about data that stop a build in this city: what a recurring review relies on (REV-1)."""

from __future__ import annotations

from portal.checks.judging import FAMILIES, WARNINGS
from portal.profile import Profile

ABOUT_DATA = ("fields", "rows", "personal")
"""Families of rules that judge the files of one dataset: headers, cells and rows, personal data."""


def rules_in_force(profile: Profile) -> frozenset[str]:
    """The names of the rules about data that are errors here.

    A review names those that it relied on. A rule that comes later only adds to them and closes no review; one that
    is switched off, becomes a warning or is no longer there does.
    """
    found = {rule for family in ABOUT_DATA for rule in FAMILIES.get(family, ())}
    return frozenset(rule for rule in found if _level(rule, profile) == "error")


def _level(rule: str, profile: Profile) -> str:
    return profile.level_of(rule) or ("warning" if rule in WARNINGS else "error")
