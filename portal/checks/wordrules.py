"""The rules about what an entry says, in one table each: of one entry, and of the whole catalogue."""

from __future__ import annotations

from portal.checks.abbreviations import ABBREVIATION_RULES
from portal.checks.channel import CHANNEL_RULES
from portal.checks.contacts import CONTACT_CITY_RULES, CONTACT_RULES
from portal.checks.descriptions import DESCRIPTION_RULES
from portal.checks.equality import EQUALITY_RULES
from portal.checks.glossary import GLOSSARY_CITY_RULES, GLOSSARY_RULES
from portal.checks.naming import NAMING_CITY_RULES, NAMING_RULES
from portal.checks.platform import PLATFORM_RULES
from portal.checks.relations import RELATION_RULES
from portal.checks.shape import FileRule, Rule

WORD_RULES: dict[str, Rule] = {
    **NAMING_RULES,
    **ABBREVIATION_RULES,
    **DESCRIPTION_RULES,
    **GLOSSARY_RULES,
    **RELATION_RULES,
    **EQUALITY_RULES,
    **CHANNEL_RULES,
    **CONTACT_RULES,
}

WORD_CITY_RULES: dict[str, FileRule] = {
    **NAMING_CITY_RULES,
    **GLOSSARY_CITY_RULES,
    **CONTACT_CITY_RULES,
    **PLATFORM_RULES,
}

WORD_FAMILIES: dict[str, frozenset[str]] = {
    "naming": frozenset({**NAMING_RULES, **NAMING_CITY_RULES}),
    "wording": frozenset({**ABBREVIATION_RULES, **GLOSSARY_RULES, **GLOSSARY_CITY_RULES}),
    "descriptions": frozenset(DESCRIPTION_RULES),
    "equality": frozenset({"condition-unequal", "confirmation-unused"}),
    "channel": frozenset({"external-channel", "channel-record"}),
    "formats": frozenset({"file-not-readable", "file-proprietary"}),
    "platform": frozenset(PLATFORM_RULES),
}
"""Rules that stand on one article together: the section of a profile's `articles` → their names."""
