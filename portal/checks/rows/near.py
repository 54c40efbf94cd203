"""A text that nearly matches its column's pattern: what is wrong with it can't be seen, so it is said.

Blanks around a code, full-width digits and zeros that a spreadsheet program took away are most of what departments
hand in. Only RE2 in DuckDB judges, whatever the pattern.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

import duckdb

MOST_ZEROS = 6


def near_misses(con: duckdb.DuckDBPyConnection, pattern: str, texts: Iterable[str]) -> dict[str, str]:
    """Text → the change after which it would match (a key of `portal.wording.rows.NEAR`); nothing for the others."""
    tried = {text: list(_changed(text)) for text in dict.fromkeys(texts)}
    candidates = sorted({candidate for pairs in tried.values() for _, candidate in pairs})
    if not candidates:
        return {}
    query = "SELECT c FROM (SELECT unnest(?) AS c) WHERE regexp_full_match(c, ?)"
    right = {text for (text,) in con.execute(query, [candidates, pattern]).fetchall()}
    found = {text: next((kind for kind, one in pairs if one in right), None) for text, pairs in tried.items()}
    return {text: kind for text, kind in found.items() if kind}


def _changed(text: str) -> Iterator[tuple[str, str]]:
    """What the text may have been meant to be, the most likely first."""
    bare = text.strip()
    if bare != text:
        yield "blanks", bare
    flat = unicodedata.normalize("NFKC", bare)
    if flat != bare:
        yield "wide", flat
    if flat.endswith(".0"):
        yield "decimal", flat.removesuffix(".0")
    if flat.isascii() and flat.isdigit():
        yield from (("zeros", "0" * number + flat) for number in range(1, MOST_ZEROS + 1))
    yield from (("case", other) for other in (flat.upper(), flat.lower()) if other != flat)
