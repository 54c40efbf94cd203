"""What can't be seen in a value is said."""

from __future__ import annotations

import duckdb
import pytest

from portal.checks.rows.near import near_misses
from portal.wording.rows import NEAR


@pytest.mark.parametrize(
    ("text", "pattern", "kind"),
    [
        ("0502 ", r"\d{4}", "blanks"),
        ("\u30000502", r"\d{4}", "blanks"),
        ("０５０２", r"\d{4}", "wide"),
        (" ０５０２", r"\d{4}", "wide"),
        ("502", r"\d{4}", "zeros"),
        ("2", r"\d{6}", "zeros"),
        ("0502.0", r"\d{4}", "decimal"),
        ("sz-01", "[A-Z]{2}-[0-9]{2}", "case"),
        ("50२", r"\d{4}", None),
        ("2", r"\d{9}", None),
        ("甲", r"\d{4}", None),
        ("", r"\d{4}", None),
    ],
)
def test_the_nearest_change_is_found(text: str, pattern: str, kind: str | None) -> None:
    with duckdb.connect() as con:
        assert near_misses(con, pattern, [text, text, "甲"]).get(text) == kind
    assert (kind or "") in NEAR


def test_a_costly_pattern_costs_nothing() -> None:
    """RE2 has no catastrophe: (a|aa)+b on forty letters would take Python's engine for ever."""
    with duckdb.connect() as con:
        assert near_misses(con, "(a|aa)+b", ["A" * 40 + "c "]) == {}
