"""Rules across columns: what SQL lets pass Python takes; and the laws of the one form of all spellings."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

import duckdb
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from portal.checks.rows.judge import Judge
from portal.checks.rows.logic import Around, Logic
from portal.checks.rows.plausible import is_credit_code, plausible_rules
from portal.checks.rows.rowchecks import declared_rules
from portal.checks.rows.screen import passes
from portal.checks.rows.shape import Area, Layout
from portal.checks.rows.spelling import BETWEEN, KINDS, differences, form, forms
from tests.unit.rows_corpus import our_schema

AROUND = Around(date(2023, 6, 30), date(2023, 12, 31), Area(119.9, 30.7, 121.4, 32.1, "市"))
NUMBERS = [
    "0",
    "1",
    "-1",
    "2.5",
    "0.1",
    "0.2",
    "0.3",
    "0.30",
    "1e2",
    " 3",
    "100",
    "100.1",
    "999999999999.99",
    "",
    "x",
    "120.6",
    "31.3",
    "12",
]
DAYS = ["2023-06-30", "2023-07-01", "2023-12-31", "2024-01-01", "2023-6-3", "", "y", "0001-01-01"]
MOMENTS = [
    "2023-06-30T00:00:00",
    "2023-06-30T23:59:59",
    "2023-07-01T00:00:00Z",
    "2024-01-01T07:00:00+08:00",
    "",
    "2023-06-30 08:00:00",
]
TEXTS = [
    "停业",
    "在业",
    "停业 ",
    "",
    "1",
    "32",
    "320508",
    "32050",
    "990000",
    "91350100M000100Y43",
    "91350100M000100Y44",
]
FLAGS = ["true", "0", "TRUE", "", "2"]
FIELDS = [
    {"name": "a", "type": "number"},
    {"name": "b", "type": "number"},
    {"name": "n", "type": "integer"},
    {"name": "d", "type": "date"},
    {"name": "m", "type": "datetime"},
    {"name": "s", "type": "string"},
    {"name": "f", "type": "boolean"},
    {"name": "y", "type": "year"},
    {"name": "合格率", "type": "number"},
    {"name": "经度", "type": "number"},
    {"name": "纬度", "type": "number"},
    {"name": "区划代码", "type": "string"},
    {"name": "统一社会信用代码", "type": "string"},
]
POOLS = [
    NUMBERS,
    NUMBERS,
    ["1", "2", "-3", "", "04", "9223372036854775807"],
    DAYS,
    MOMENTS,
    TEXTS,
    FLAGS,
    ["2023", "2024", "", "99"],
    NUMBERS,
    NUMBERS,
    NUMBERS,
    TEXTS,
    TEXTS,
]
CHECKS: list[dict[str, Any]] = [
    {"left": "a", "op": "<=", "right": "b"},
    {"left": "a", "op": ">", "right": "n"},
    {"left": "a", "op": "!=", "value": "0.3"},
    {"left": "a", "op": "=", "sum": ["b", "n"]},
    {"left": "a", "op": "<", "sum": ["b", "n"]},
    {"left": "a", "op": "=", "sum": ["b", "n"], "tolerance": "0.1"},
    {"left": "d", "op": "<=", "value": "data_date"},
    {"left": "m", "op": "<=", "value": "data_date"},
    {"left": "y", "op": "<=", "value": "data_date"},
    {"left": "d", "op": ">=", "right": "m"},
    {"left": "s", "op": "=", "right": "区划代码"},
    {"left": "a", "op": "<", "right": "b", "when": {"column": "s", "values": ["停业", "在业"]}},
    {"when": {"column": "s", "values": ["停业"]}, "given": ["d", "a"]},
    {"when": {"column": "f", "values": ["true"]}, "empty": ["d"]},
    {"when": {"column": "n", "values": ["1", "2"]}, "given": "m"},
]  # fmt: skip
rows = st.lists(st.tuples(*(st.sampled_from(pool) for pool in POOLS)), min_size=40, max_size=40)


@pytest.fixture(scope="module")
def connection() -> Any:
    with duckdb.connect(config={"threads": 1}) as con:
        yield con


@pytest.mark.parametrize("number", [*range(len(CHECKS)), None])
@settings(max_examples=12, deadline=None, phases=[Phase.generate])
@given(batch=rows)
def test_what_sql_lets_pass_breaks_no_rule(number: int | None, batch: list[tuple[str, ...]], connection: Any) -> None:
    schema = our_schema({"fields": FIELDS, "checks": [] if number is None else [CHECKS[number]]})
    layout = Layout(schema.fields, ("",))
    rules = list(plausible_rules(layout, AROUND)) if number is None else list(declared_rules(schema, layout, AROUND))
    assert rules
    judge, logic = Judge(layout), Logic(layout, rules)
    names = ", ".join(f"c{place}" for place in range(len(FIELDS)))
    marks = ", ".join("?" for _ in FIELDS)
    cells = " AND ".join(
        f"(c{place} = '' OR ({passes(column, f'c{place}')}))" for place, column in enumerate(schema.fields)
    )
    tests = ", ".join(f"({rule.gone}) OR ({rule.surely}), ({rule.surely})" for rule in rules)
    for row in batch:
        right, *told = connection.execute(
            f"SELECT {cells}, {tests} FROM (VALUES ({marks})) v({names})", list(row)
        ).fetchone()
        broken = {finding.rule for finding in logic.record(2, row)}
        if not right:
            continue
        assert not list(judge.record(2, list(row))) or all(cell == "" for cell in row)
        for rule, guarded, bare in zip(rules, told[::2], told[1::2], strict=True):
            mine = {one.rule for one in Logic(layout, [rule]).record(2, row)}
            assert not (guarded and mine), (rule.rule, row)
            assert not (bare and "" not in row and mine), (rule.rule, row)
        assert broken <= {rule.rule for rule in rules}


def test_the_usual_row_passes_at_once(connection: Any) -> None:
    """Otherwise every row of an honest file would go the slow way."""
    usual = ["0.3", "0.4", "1", "2023-06-30", "2023-06-30T08:00:00", "在业", "true", "2023", "99.5", "120.6", "31.3", "320508", "91350100M000100Y43"]  # fmt: skip
    schema = our_schema({"fields": FIELDS, "checks": [CHECKS[0], CHECKS[6], CHECKS[7], CHECKS[8], CHECKS[11], CHECKS[12]]})  # fmt: skip
    layout = Layout(schema.fields, ("",))
    rules = [*declared_rules(schema, layout, AROUND), *plausible_rules(layout, AROUND)]
    names, marks = ", ".join(f"c{i}" for i in range(len(FIELDS))), ", ".join("?" for _ in FIELDS)
    for rule in rules:
        query = f"SELECT {rule.surely} FROM (VALUES ({marks})) v({names})"
        assert connection.execute(query, usual).fetchone() == (True,), rule


def test_sums_are_exact() -> None:
    schema = our_schema({"fields": FIELDS, "checks": [{"left": "合格率", "op": "=", "sum": ["a", "b"]}]})
    layout = Layout(schema.fields, ("",))
    (rule,) = declared_rules(schema, layout, AROUND)
    assert not rule.broken([0.3, 0.1, 0.2])
    assert rule.broken([0.3, 0.1, 0.21])


def test_credit_codes_have_a_check_sign() -> None:
    assert is_credit_code("91350100M000100Y43")  # the example of GB 32100-2015
    assert not is_credit_code("91350100M000100Y34")
    assert not is_credit_code("91350100M000100Y4I")


words = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=20)


@given(text=words)
def test_width_and_blanks_make_no_other_text(text: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    assert form(wide) == form(unicodedata.normalize("NFKC", text)) or unicodedata.normalize(
        "NFKC", wide
    ) != unicodedata.normalize("NFKC", text)
    assert form(f"  {text}\u3000") == form(text)


@given(texts=st.lists(words, max_size=8))
def test_many_at_once_are_each_by_itself(texts: list[str]) -> None:
    assert forms(texts) == [form(text) for text in texts] or not texts


@given(text=words)
def test_a_form_is_its_own_form(text: str) -> None:
    once = form(text)
    assert form(once) == once or unicodedata.normalize("NFKC", once.lower()) != once


@pytest.mark.parametrize(
    ("one", "other", "kinds"),
    [
        ("苏州大学", "苏州大学 ", ("blanks",)),
        ("苏州大学", "苏州 大学", ("blanks",)),
        ("苏州大学", "蘇州大學", ("characters",)),
        ("ＡＢＣ", "ABC", ("width",)),
        ("公园（东）", "公园(东)", ("width",)),
        ("Sun Yat-Sen", "Sun Yat-sen", ("case",)),
        ("Jing'an", "Jing’an", ("marks",)),
        ("一期、二期", "一期，二期", ("width", "marks")),
        ("ＰＭ2.5 ", "pm2.5", ("blanks", "width", "case")),
    ],
)
def test_what_tells_two_spellings_apart_is_named(one: str, other: str, kinds: tuple[str, ...]) -> None:
    assert form(one) == form(other)
    assert differences(one, other) == kinds
    assert set(kinds) <= set(KINDS)


@pytest.mark.parametrize(
    ("one", "other"), [("1-1", "11"), ("new york", "newyork"), ("1 2", "12"), ("3.1", "31"), ("东园", "西园")]
)
def test_what_may_be_two_things_stays_two(one: str, other: str) -> None:
    assert form(one) != form(other)


def test_a_cell_may_hold_the_separator() -> None:
    assert forms([f"a{BETWEEN}b", "C"]) == [form(f"a{BETWEEN}b"), "c"]
