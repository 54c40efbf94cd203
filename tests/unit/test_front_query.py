"""The stand-ins for SQLite's functions give SQLite's results; what narrows a search down loses no row."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.front.queryfunctions import TooMuch, add_functions, replace
from portal.front.querysearch import MOST_TERMS, add_term_lists, narrowing, where_clause
from portal.text import bigrams, matches

CALLS = [
    ("instr", ["公交站", "交"]), ("instr", ["abc", ""]), ("instr", [b"a\x00b", b"\x00"]), ("instr", [None, "a"]),
    ("instr", [12345, 34]), ("instr", [1.5, "."]), ("instr", ["a", "b"]), ("replace", ["aXbX", "X", "公"]),
    ("replace", ["abc", "", "x"]), ("replace", [None, "a", "b"]), ("replace", ["a", None, "b"]),
    ("replace", [100, 0, 9]), ("trim", ["  a b  "]), ("trim", ["xxaxx", "x"]), ("trim", ["公a公", "公"]),
    ("trim", [None]), ("trim", ["a", None]), ("trim", ["\ta\n"]), ("ltrim", ["  a "]), ("rtrim", ["  a "]),
    ("ltrim", ["ab", "a"]), ("rtrim", ["ab", "b"]), ("trim", ["ab", ""]), ("printf", ["%05d|%.2f|%s", 7, 1.005, "x"]),
    ("printf", ["%-10s|", "公"]), ("printf", ["%q", "it's"]), ("printf", ["100%%"]), ("format", ["%d", 3]),
    ("printf", [None]), ("printf", ["%,d", 1234567]), ("instr", [1e100, "e"]), ("replace", [2.0, ".", ","]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "arguments"), CALLS)
def test_stand_ins_give_what_sqlite_gives(name: str, arguments: list[object]) -> None:
    theirs, ours = sqlite3.connect(":memory:"), sqlite3.connect(":memory:")
    add_functions(ours)
    call = f"SELECT {name}({', '.join('?' * len(arguments))})"
    expected = theirs.execute(call, arguments).fetchone()
    assert ours.execute(call, arguments).fetchone() == expected
    theirs.close()
    ours.close()


def test_a_text_that_would_be_too_large_is_refused_before_it_is_made() -> None:
    """SQLite would refuse it only when it holds it: two million characters are taken, two more are not."""
    assert replace("0" * 1_000_000, "0", "00") == "0" * 2_000_000
    with pytest.raises(TooMuch):
        replace("0" * 1_000_001, "0", "00")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT printf('%10000d', 1)",
        "SELECT printf('%.*f', 5000, 1)",
        "SELECT format('%*d', 5000, 1)",
        "SELECT replace(hex(zeroblob(900000)), '0', hex(zeroblob(900000)))",
        "SELECT trim('a', hex(zeroblob(2000)))",
        "SELECT portal_matches(hex(zeroblob(2000)), 'a')",
    ],
)
def test_what_is_out_of_proportion_is_refused(sql: str) -> None:
    sqlite3.enable_callback_tracebacks(
        False
    )  # what Datasette switches on for its whole process: a fault is a warning then
    connection = sqlite3.connect(":memory:")
    add_functions(connection)
    with pytest.raises(sqlite3.OperationalError):
        connection.execute(sql).fetchone()
    connection.close()


ALPHABET = "公交车站換换乘中一二〇々ＡａAbB12３.,-_ '\"é café（）\n\u3400\U00020000ß"
texts = st.text(alphabet=ALPHABET, max_size=12)


@settings(max_examples=300, deadline=None)
@given(rows=st.lists(st.tuples(texts, texts), min_size=1, max_size=6), query=texts)
def test_a_search_gives_exactly_the_true_rows(rows: Sequence[tuple[str, str]], query: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t (a TEXT, b TEXT)")
    connection.execute("CREATE VIRTUAL TABLE t_fts USING fts5(a, b, content='', tokenize='unicode61')")
    for number, (a, b) in enumerate(rows, 1):
        connection.execute("INSERT INTO t VALUES (?, ?)", (a, b))
        connection.execute("INSERT INTO t_fts(rowid, a, b) VALUES (?, ?, ?)", (number, bigrams(a), bigrams(b)))
    connection.commit()
    add_functions(connection)
    add_term_lists(connection)

    async def terms_with(run: str) -> list[str]:
        sql = "SELECT term FROM temp.t_fts_terms WHERE term LIKE ? LIMIT ?"
        return [term for (term,) in connection.execute(sql, (f"%{run}%", MOST_TERMS + 1))]

    match = asyncio.run(narrowing(query, terms_with))
    found: list[int] = []
    if match is not None:
        clause = where_clause("t", ["a", "b"], "rowid", narrowed=bool(match))
        given_ = {"portal_search": query, "portal_match": match}
        found = [n for (n,) in connection.execute(f"SELECT rowid FROM t WHERE {clause} ORDER BY rowid", given_)]
    assert found == [n for n, (a, b) in enumerate(rows, 1) if matches(f"{a}\x1f{b}", query)]
    connection.close()


def test_many_columns_are_searched_in_chunks() -> None:
    clause = where_clause("t", [f"c{n}" for n in range(200)], "rowid", narrowed=False)
    connection = sqlite3.connect(":memory:")
    add_functions(connection)
    connection.execute(f"CREATE TABLE t ({', '.join(f'c{n} TEXT' for n in range(200))})")
    connection.execute("INSERT INTO t (c0, c150) VALUES ('公园', '北塔')")
    for query, count in (("公园 北塔", 1), ("公园北塔", 0), ("南塔", 0)):
        found = connection.execute(f"SELECT count(*) FROM t WHERE {clause}", {"portal_search": query}).fetchone()
        assert found == (count,)
    connection.close()
