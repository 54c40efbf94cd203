"""frictionless 5.21 is the judge: on the same broken tables both give the same set of (row, column, kind).

First hand-written tables, one for each way to go wrong; then the deliberate differences, each with both verdicts;
then tables made by Hypothesis out of the same material.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.rows_corpus import judged, our_verdicts, schema_of, their_verdicts

PLAIN = schema_of("a string", "b string", "c string")
ONE = schema_of("a string")
KEYED = schema_of("code string", "n integer", primaryKey=["code"])
PAIR = schema_of("x string", "y integer", "z string", primaryKey=["x", "y"])
TYPES = schema_of(
    "i integer", "n number", "b boolean", "d date", "t time", "m datetime", "y year", "ym yearmonth", "s string"
)
GOOD = "1,1.5,true,2023-06-30,08:30:00,2023-06-30T08:30:00,2023,2023-06,x"
HEAD = "i,n,b,d,t,m,y,ym,s"


def typed(*changes: tuple[int, str]) -> str:
    """A table of all types with one good row, and one row with these cells changed."""
    cells = GOOD.split(",")
    for place, text in changes:
        cells[place] = text
    return f"{HEAD}\n{GOOD}\n{','.join(cells)}\n"


CASES: dict[str, tuple[dict[str, Any], str]] = {
    # headers
    "good": (PLAIN, "a,b,c\n1,2,3\n"),
    "header only": (PLAIN, "a,b,c\n"),
    "no line feed at the end": (PLAIN, "a,b,c\n1,2,3"),
    "blank label": (PLAIN, "a,,c\n1,2,3\n"),
    "two blank labels": (PLAIN, ",,c\n1,2,3\n"),
    "duplicate label": (PLAIN, "a,a,c\n1,2,3\n"),
    "label three times": (PLAIN, "a,a,a\n1,2,3\n"),
    "missing label": (PLAIN, "a,b\n1,2\n"),
    "missing label, cells there": (PLAIN, "a,b\n1,2,3\n"),
    "extra label": (PLAIN, "a,b,c,d\n1,2,3,4\n"),
    "two extra labels": (PLAIN, "a,b,c,d,e\n1,2,3,4,5\n"),
    "extra label, no cell": (PLAIN, "a,b,c,d\n1,2,3\n"),
    "labels in another order": (PLAIN, "c,b,a\n1,2,3\n"),
    "label in another case": (PLAIN, "A,b,c\n1,2,3\n"),
    "label with blanks around": (PLAIN, " a ,b,c\n1,2,3\n"),
    "labels all wrong": (PLAIN, "1,2,3\n1,2,3\n"),
    "quoted labels": (PLAIN, '"a","b","c"\n1,2,3\n'),
    "label with line break": (PLAIN, '"a\nx",b,c\n1,2,3\n'),
    # shape of rows
    "short row": (PLAIN, "a,b,c\n1,2\n1,2,3\n"),
    "row of one cell": (PLAIN, "a,b,c\n1\n"),
    "long row": (PLAIN, "a,b,c\n1,2,3,4\n"),
    "much longer row": (PLAIN, "a,b,c\n1,2,3,4,5,6\n"),
    "long row with an empty cell": (PLAIN, "a,b,c\n1,2,3,\n"),
    "blank line in the middle": (PLAIN, "a,b,c\n1,2,3\n\n4,5,6\n"),
    "blank lines at the end": (PLAIN, "a,b,c\n1,2,3\n\n\n"),
    "row of commas": (PLAIN, "a,b,c\n,,\n1,2,3\n"),
    "row of too few commas": (PLAIN, "a,b,c\n,\n1,2,3\n"),
    "row of too many commas": (PLAIN, "a,b,c\n,,,,\n1,2,3\n"),
    "blank cells and one too many": (PLAIN, "a,b,c\n,,,x\n"),
    "row of quotes": (PLAIN, 'a,b,c\n"","",""\n'),
    "row of blanks is no blank row": (PLAIN, "a,b,c\n , , \n"),
    "quoted comma": (PLAIN, 'a,b,c\n"1,5",2,3\n'),
    "quoted line break": (PLAIN, 'a,b,c\n"1\n5",2,3\n4,5\n'),
    "quoted quote": (PLAIN, 'a,b,c\n"1""5",2,3\n4,5,6,7\n'),
    "quoted line breaks and a blank line": (PLAIN, 'a,b,c\n"1\n\n5",2,3\n\n4,5\n'),
    "one column, blank line": (ONE, "a\n1\n\n2\n"),
    "one column, quoted nothing": (ONE, 'a\n1\n""\n2\n'),
    "one column, too many": (ONE, "a\n1\n2,3\n"),
    "short, long, blank, good": (PLAIN, "a,b,c\n1\n1,2,3,4\n\n1,2,3\n,,\n"),
    # types
    **{f"not an integer: {text!r}": (TYPES, typed((0, text))) for text in ("x", "1.5", "1e3", "--1", "1 2", "+5", " 7 ")},
    **{f"not a number: {text!r}": (TYPES, typed((1, text))) for text in ("x", '"1,5"', "1.2.3", "5%", ".5", "5.", "1e3")},
    **{f"not a boolean: {text!r}": (TYPES, typed((2, text))) for text in ("yes", "TRUE", "1", "0", " true", "是")},
    **{f"not a date: {text!r}": (TYPES, typed((3, text))) for text in ("2023-02-30", "2023/6/30", "2023-6-3", "x", "20230630")},
    **{f"not a time: {text!r}": (TYPES, typed((4, text))) for text in ("25:00:00", "8:30:00", "08:30", "08:30:00.5")},
    **{f"not a moment: {text!r}": (TYPES, typed((5, text))) for text in ("2023-06-30", "2023-06-30 08:30:00", "2023-13-01T00:00:00")},
    **{f"not a year: {text!r}": (TYPES, typed((6, text))) for text in ("23", "20230", "x", "-202")},
    **{f"not a month: {text!r}": (TYPES, typed((7, text))) for text in ("2023-13", "2023", "2023-6", "2023-00")},
    "every cell wrong": (TYPES, typed(*((place, "?") for place in range(8)))),
    "every cell empty but one": (TYPES, typed(*((place, "") for place in range(8)))),
    "dates in their own spelling": (schema_of("d date/%Y%m%d", "e date/%d.%m.%Y"), "d,e\n20230630,30.06.2023\n2023063,1.6.2023\n"),
    "missing values of its own": (
        schema_of("i integer", "s string required", missingValues=["-", "…"]),
        "i,s\n-,x\n1,-\n,y\n-,…\n2,\n",
    ),
    # constraints
    "required": (schema_of("a string required", "b integer required"), "a,b\n,1\nx,\nx,1\n"),
    "required and of wrong type": (schema_of("a integer required", "b string"), "a,b\n?,1\n,1\n"),
    "pattern": (schema_of("a string pattern=[0-9]{3}", "b string"), "a,b\n123,x\n12,x\n1234,x\n,x\nabc,x\n"),
    "pattern of Han characters": (schema_of("a string pattern=[一-龥]+省?", "b string"), "a,b\n江苏省,x\nJiangsu,x\n"),
    "enum": (schema_of("a string enum=甲|乙", "b integer enum=1|2"), "a,b\n甲,1\n丙,2\n乙,3\n,1\n"),
    "enum by value": (schema_of("a number enum=1.0|2.5", "b boolean enum=true"), "a,b\n1,true\n2.50,1\n2.6,false\n"),
    "bounds of integers": (schema_of("a integer minimum=-5 maximum=10", "b string"), "a,b\n-6,x\n-5,x\n10,x\n11,x\n?,x\n"),
    "bounds of numbers": (schema_of("a number minimum=0.1 maximum=1e2", "b string"), "a,b\n0.09,x\n0.1,x\n100.0,x\n100.01,x\n"),
    "bounds of dates": (schema_of("a date minimum=2023-01-01 maximum=2023-12-31", "b string"), "a,b\n2022-12-31,x\n2023-01-01,x\n2024-01-01,x\n2023-1-1,x\n"),
    "bounds of dates of their own": (schema_of("a date/%Y%m%d minimum=20230101", "b string"), "a,b\n20221231,x\n20230101,x\n"),
    "bounds of moments": (schema_of("a datetime minimum=2023-01-01T08:00:00", "b time maximum=12:00:00"), "a,b\n2023-01-01T07:59:59,12:00:00\n2023-01-01 08:00:00,12:00:01\n"),
    "bounds of years and months": (schema_of("a year minimum=2000", "b yearmonth maximum=2023-06"), "a,b\n1999,2023-06\n2000,2023-07\n2001,2023-7\n"),
    "lengths": (schema_of("a string minLength=2 maxLength=3", "b string"), "a,b\n苏,x\n苏州,x\n苏州市,x\n苏州市区,x\n,x\n"),
    "two constraints at once": (schema_of("a string minLength=3 enum=甲|乙", "b integer minimum=5 enum=7"), "a,b\n丙,1\n"),
    "unique": (schema_of("a string unique", "b integer unique"), "a,b\nx,1\ny,2\nx,3\n,2\n,4\nx, 1 \n"),
    "unique with wrong types": (schema_of("a integer unique", "b string"), "a,b\n?,x\n?,x\n1,x\n+1,x\n"),
    "unique numbers and dates": (schema_of("a number unique", "b date unique"), "a,b\n1.5,2023-01-01\n1.50,2023-1-1\n15e-1,2023-01-02\n-0,2023-01-03\n0.0,2023-01-04\n"),
    "unique booleans": (schema_of("a boolean unique", "b string"), "a,b\ntrue,x\nfalse,x\n1,x\n"),
    "unique in short rows": (schema_of("a string", "b string unique"), "a,b\nx,1\ny\nz,1,9\n"),
    # keys
    "double key": (KEYED, "code,n\n1,1\n2,1\n1,1\n1,2\n"),
    "key without value": (KEYED, "code,n\n,1\n,2\nx,3\n"),
    "double key of two columns": (PAIR, "x,y,z\na,1,p\na,2,p\na,1,q\nb,1,p\na, 1 ,r\n"),
    "key of two columns, half empty": (PAIR, "x,y,z\na,,p\n,1,p\na,,q\n,,q\n"),
    "double key in long rows": (KEYED, "code,n\n1,1,9\n1,2\n"),
    "double key in short rows": (KEYED, "code,n\n1\n1,2\n"),
    "wrong type in a key of two columns": (PAIR, "x,y,z\na,?,p\na,!,q\n"),
    "everything": (
        schema_of("code string pattern=[0-9]+", "n integer minimum=0", "d date", "u string unique", primaryKey=["code"]),
        "code,n,d,u\n1,0,2023-01-01,a\n1,-1,2023-02-29,a\nx,?,,b\n2,5\n3,5,2023-01-01,c,d,e\n4,1.0,2023-1-1,\"b\"\n",
    ),
    # what a cell may hold
    "formulas stay data": (PLAIN, "a,b,c\n=cmd()|'/C calc'!A0,@SUM(1),+1\n"),
    "control characters": (PLAIN, "a,b,c\n\x01,\x0b,\x1f\n"),
    "emoji and rare characters": (schema_of("a string maxLength=1", "b string"), "a,b\n😀,x\n𠮷,x\ne\u0301,x\n"),
    "a null by name": (PLAIN, "a,b,c\nNULL,\\N,null\n"),
    "a comment sign": (PLAIN, "#a,b,c\n#1,2,3\n"),
    "single quotes and backslashes": (PLAIN, "a,b,c\n'x,\\,y'\n"),
    "two hundred columns": (
        schema_of(*(f"c{i} integer" for i in range(200))),
        ",".join(f"c{i}" for i in range(200)) + "\n" + ",".join("x" if i % 50 == 7 else "1" for i in range(200)) + "\n",
    ),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def comparable(text: str, descriptor: dict[str, Any], verdicts: set[tuple[int, int, str]]) -> set[tuple[int, int, str]]:
    """Without the two differences that touch many tables: cells below a wrong label, keys of blank rows."""
    labels = next(_records(text), [])
    labels = [label.strip() for label in labels]
    names = [field["name"] for field in descriptor["fields"]]
    wrong = {
        place + 1
        for place, label in enumerate(labels[: len(names)])
        if label != names[place] or label in labels[:place]
    }
    blank = {row for row, _, kind in verdicts if kind == "blank-row"}
    cell_kinds = {"type-error", "constraint-error", "unique-error"}
    return {
        (row, column, kind)
        for row, column, kind in verdicts
        if not (row > 1 and column in wrong and kind in cell_kinds)
        and not (kind == "primary-key" and (row in blank or wrong))
    }


def _records(text: str) -> Any:
    import csv
    import io

    return csv.reader(io.StringIO(text, newline=""))


@pytest.mark.parametrize("name", CASES)
def test_both_judge_alike(name: str, folder: Path) -> None:
    descriptor, text = CASES[name]
    theirs = their_verdicts(folder, descriptor, text)
    assert our_verdicts(judged(folder, descriptor, text)) == comparable(text, descriptor, theirs)


def test_the_corpus_is_large_and_breaks_every_kind(folder: Path) -> None:
    from portal.checks.rows import KINDS

    assert len(CASES) >= 60
    seen = {kind for descriptor, text in CASES.values() for _, _, kind in their_verdicts(folder, descriptor, text)}
    assert seen == set(KINDS.values()) - {"foreign-key"}


# Deliberate differences: schema, table, what only we say, what only frictionless says.
DIFFERENCES: dict[str, tuple[dict[str, Any], str, set[tuple[int, int, str]], set[tuple[int, int, str]]]] = {
    "leading zeros": (schema_of("a integer"), "a\n0512\n", {(2, 1, "type-error")}, set()),
    "sixteen digits": (schema_of("a number"), "a\n1234567890.123456\n", {(2, 1, "type-error")}, set()),
    "not a number": (schema_of("a number"), "a\nNaN\n", {(2, 1, "type-error")}, set()),
    "digits of other scripts": (schema_of("a integer"), "a\n１２\n", {(2, 1, "type-error")}, set()),
    "a pattern means all of it": (schema_of("a string pattern=a|bc"), "a\nax\nbc\na\n", {(2, 1, "constraint-error")}, set()),
    "a line break is no part of a pattern": (schema_of("a string pattern=[a-z]+"), 'a\n"x\n"\n', {(2, 1, "constraint-error")}, set()),
    "\\d is 0-9": (schema_of(r"a string pattern=\d"), "a\n٣\n", {(2, 1, "constraint-error")}, set()),
    "cells below a wrong label": (schema_of("a integer", "b integer"), "b,a\nx,y\n", set(), {(2, 1, "type-error"), (2, 2, "type-error")}),
    "a blank row is no key": (KEYED, "code,n\n1,1\n\n", set(), {(3, 0, "primary-key")}),
    "a missing cell is not required besides": (schema_of("a string", "b string required"), "a,b\nx\n", set(), {(2, 2, "constraint-error")}),
    "a required key is not empty besides": (
        schema_of("code string required", "n integer", primaryKey=["code"]), "code,n\n,1\n", set(), {(2, 0, "primary-key")},
    ),
    "a wrong value is no empty key besides": (
        schema_of("code integer", "n integer", primaryKey=["code"]), "code,n\n?,1\n", set(), {(2, 0, "primary-key")},
    ),
    "a double key is not unique besides": (
        schema_of("code string unique", "n integer", primaryKey=["code"]), "code,n\n1,1\n1,1\n", set(), {(3, 1, "unique-error")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DIFFERENCES)
def test_a_deliberate_difference_is_as_documented(name: str, folder: Path) -> None:
    descriptor, text, only_ours, only_theirs = DIFFERENCES[name]
    ours, theirs = our_verdicts(judged(folder, descriptor, text)), their_verdicts(folder, descriptor, text)
    assert ours - theirs == only_ours
    assert theirs - ours == only_theirs


STREETS = schema_of("code string", "name string")
VILLAGES = schema_of(
    "code string", "street string", foreignKeys=[{"fields": ["street"], "reference": {"resource": "streets", "fields": ["code"]}}]
)  # fmt: skip


@pytest.mark.parametrize(
    ("villages", "streets"),
    [
        ("code,street\n1,a\n2,b\n3,\n4,z\n", "code,name\na,甲\nb,乙\n"),
        ("code,street\n1,a\n\n2\n3,b,c\n", "code,name\na,甲\n\n,x\n"),
        ("code,street\n1,a\n", "code,name\n"),
    ],
)
def test_foreign_keys_are_judged_alike(villages: str, streets: str, folder: Path) -> None:
    references = {"streets": (STREETS, streets)}
    ours = our_verdicts(judged(folder, VILLAGES, villages, references=references))
    theirs = their_verdicts(folder, VILLAGES, villages, references)
    assert ours == theirs


cells = st.one_of(
    st.sampled_from(
        ["", "", "1", "2", "01", "-3", "+4", " 5 ", "1.5", "1.50", "1e2", "x", "甲", "乙", "true", "0", "-"]
    ),
    st.sampled_from(["2023-01-01", "2023-1-1", "2023-02-30", "2023-06", "2023", "08:30:00", "2023-01-01T08:30:00"]),
    st.text("ab1,\"\n '苏", max_size=3),
    st.integers(-20, 20).map(str),
)
fields = st.sampled_from(
    [
        "string", "string unique", "string required", "string enum=甲|乙|1", "string minLength=2 maxLength=4",
        "string pattern=[0-9a-z]+", "integer", "integer minimum=0 maximum=10", "integer unique", "number",
        "number minimum=-1.5", "boolean", "date", "date minimum=2023-01-01", "datetime", "time", "year", "yearmonth",
    ]
)  # fmt: skip


@st.composite
def tables(draw: st.DrawFn) -> tuple[dict[str, Any], str]:
    """A schema of a few columns, and rows of which some are ragged or blank."""
    kinds = draw(st.lists(fields, min_size=2, max_size=4))
    names = [f"c{i}" for i in range(len(kinds))]
    key = draw(st.sampled_from([[], ["c0", "c1"]]))
    more = {"primaryKey": key} if key else {}
    width = st.sampled_from([len(kinds)] * 6 + [0, 1, len(kinds) + 1])
    rows = draw(st.lists(width.flatmap(lambda n: st.lists(cells, min_size=n, max_size=n)), max_size=8))
    lines = [",".join(map(_quoted, row)) for row in [names, *rows]]
    end = draw(st.sampled_from(["\n", ""]))
    return schema_of(*(f"{name} {kind}" for name, kind in zip(names, kinds, strict=True)), **more), "\n".join(
        lines
    ) + end


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in ',"\n') else cell


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=tables())
def test_made_tables_are_judged_alike(table: tuple[dict[str, Any], str], folder: Path) -> None:
    descriptor, text = table
    theirs = comparable(text, descriptor, their_verdicts(folder, descriptor, text))
    ours = our_verdicts(judged(folder, descriptor, text))
    assert ours - _stricter(ours - theirs, text, folder) == theirs - _suppressed(theirs - ours, descriptor, text)


def _stricter(only_ours: set[tuple[int, int, str]], text: str, folder: Path) -> set[tuple[int, int, str]]:
    """Leading zeros (`01`), and a line break at the end, which the judge's `$` overlooks."""
    rows = list(_records(text))
    faults = {"type-error": lambda cell: cell == "01", "constraint-error": lambda cell: cell.endswith("\n")}
    return {(row, at, kind) for row, at, kind in only_ours if faults[kind](rows[row - 1][at - 1])}


def _suppressed(
    only_theirs: set[tuple[int, int, str]], descriptor: dict[str, Any], text: str
) -> set[tuple[int, int, str]]:
    """What DIFFERENCES allows: the second problem of one cell, and what follows from `01` being no value."""
    rows = list(_records(text))
    allowed = set()
    for row, column, kind in only_theirs:
        cells_there = rows[row - 1]
        missing_cell = kind == "constraint-error" and column > len(cells_there)
        key_of_nothing = kind == "primary-key" and (
            "01" in text or any(f["constraints"].get("required") for f in descriptor["fields"][:2]) or not _is_empty_key(rows, row)
        )  # fmt: skip
        stands_on_zeros = "01" in text and kind in ("unique-error", "constraint-error", "primary-key")
        if missing_cell or key_of_nothing or stands_on_zeros:
            allowed.add((row, column, kind))
    return allowed


def _is_empty_key(rows: list[list[str]], row: int) -> bool:
    return all(cell == "" for cell in rows[row - 1][:2])
