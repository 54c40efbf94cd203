"""`?_search=` in the query API: exactly the rows in which every word stands in some text column (portal.text.matches).

Two steps. The search companion `<table>_fts` narrows down, by conditions that every true row meets; then a function
verifies each remaining row against the folded words. What may narrow down:

- a Han run of the word: each of its overlapping pairs stands in the index; a single character begins a pair or is a
  run's last character, so it is found by prefix;
- an ASCII run of the word (a code, a name): it stands inside some term of the index, which the list of terms knows;
- nothing else: what SQLite's tokenizer might cut otherwise than portal.text is left to the verification alone.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Awaitable, Callable, Sequence

from portal.front.queryfunctions import query_words
from portal.text import HAN

MOST_TERMS = 300
"""FTS5 refuses expressions that are much larger; a run that stands in more terms narrows down little anyway."""
MOST_ARGUMENTS = 100
"""SQLite takes at most 127 arguments in a call."""
_RUNS = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
_SAFE_HAN = re.compile("[\u3400-\u4db5\u4e00-\u9fcb]+")
"""Han as SQLite's `unicode61` knows it (Unicode 6.1)."""

TermsWith = Callable[[str], Awaitable[Sequence[str]]]


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def add_term_lists(connection: sqlite3.Connection) -> None:
    """Beside each search companion the list of its terms, as a virtual table of this connection only."""
    found = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%USING fts5%'"
    )
    for (name,) in found.fetchall():
        literal = "'" + name.replace("'", "''") + "'"
        connection.execute(
            f"CREATE VIRTUAL TABLE temp.{quoted(name + '_terms')} USING fts5vocab('main', {literal}, 'row')"
        )


async def narrowing(query: str, terms_with: TermsWith) -> str | None:
    """The MATCH expression that every true row meets; '' if there is none; None if no row can be true.

    `terms_with` gives the terms of the index that hold an ASCII run, at most MOST_TERMS + 1 of them.
    """
    conditions: dict[str, None] = {}
    for run in dict.fromkeys(run for word in query_words(query) for run in _RUNS.findall(word)):
        if run.isascii():
            terms = await terms_with(run)
            if not terms:
                return None
            if len(terms) <= MOST_TERMS:
                conditions["(" + " OR ".join(_token(term) for term in terms) + ")"] = None
        elif len(run) == 1 and _SAFE_HAN.fullmatch(run):
            conditions[f"{_token(run)} *"] = None
        else:
            pairs = (run[i : i + 2] for i in range(len(run) - 1))
            conditions |= {_token(pair): None for pair in pairs if _SAFE_HAN.fullmatch(pair)}
    return " AND ".join(conditions)


def _token(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def where_clause(table: str, columns: Sequence[str], rowid: str, *, narrowed: bool) -> str:
    """The condition on rows of `table`. Parameters: `:portal_search` the query, `:portal_match` the MATCH expression.

    The subquery's CROSS JOIN fixes the order: first the index, then the verification of what it found.
    """
    if not narrowed:
        return f"portal_matches(:portal_search, {_arguments(columns, '')})"
    main, companion = quoted(table), quoted(f"{table}_fts")
    return (
        f"{quoted(rowid)} IN (SELECT {main}.{quoted(rowid)} FROM {companion} "  # noqa: S608 -- names are quoted
        f"CROSS JOIN {main} ON {main}.{quoted(rowid)} = {companion}.rowid WHERE {companion} MATCH :portal_match "
        f"AND portal_matches(:portal_search, {_arguments(columns, main + '.')}))"
    )


def _arguments(columns: Sequence[str], prefix: str) -> str:
    names = [prefix + quoted(column) for column in columns]
    if len(names) <= MOST_ARGUMENTS:
        return ", ".join(names)
    chunks = [names[i : i + MOST_ARGUMENTS] for i in range(0, len(names), MOST_ARGUMENTS)]
    return ", ".join(f"portal_joined({', '.join(chunk)})" for chunk in chunks)
