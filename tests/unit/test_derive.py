"""portal/derive.py: what a table says about itself; every figure worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from portal.derive import derive_tables
from portal.facts import ColumnFacts, TableFacts
from tests.tabular import csv_text, entry, load


def derived(folder: Path, columns: dict[str, str], rows: list[list[str]], **schema: Any) -> TableFacts:
    dataset = entry(columns, schema=schema)
    database, prepared = load(folder, dataset, [csv_text(columns, rows)])
    (table,) = derive_tables(database, dataset, prepared)
    return table


def profile(folder: Path, kind: str, cells: list[str]) -> ColumnFacts:
    return derived(folder, {"a": kind, "b": "string"}, [[cell, "x"] for cell in cells]).columns[0]


def top(facts: ColumnFacts) -> list[tuple[str, int]]:
    return [(value.value, value.count) for value in facts.top]


def test_a_table_counts_its_rows_shows_the_first_and_names_its_source(tmp_path: Path) -> None:
    rows = [[str(n), "true" if n % 2 else ""] for n in range(30)]
    table = derived(tmp_path, {"n": "integer", "on": "boolean"}, rows)
    assert (table.name, table.title, table.rows) == ("parks", "城区公园名录（2025年）", 30)
    assert table.preview[:3] == ((0, None), (1, True), (2, None))
    assert len(table.preview) == 20
    (source,) = table.sources
    text = csv_text(["n", "on"], rows)
    assert (source.path, source.bytes, source.encoding) == ("parks.csv", len(text.encode()), "utf-8")


def test_whole_numbers(tmp_path: Path) -> None:
    facts = profile(tmp_path, "integer", ["3", "1", "1", "", "7", "1", "3"])
    assert (facts.nulls, facts.distinct, facts.minimum, facts.maximum) == (1, 3, "1", "7")
    assert facts.mean == pytest.approx(16 / 6)
    assert top(facts) == [("1", 3), ("3", 2)]
    assert facts.histogram == (3, 0, 2, 0, 0, 0, 1)  # a bin for each of 1 … 7


def test_fractions_fall_into_twenty_bins(tmp_path: Path) -> None:
    facts = profile(tmp_path, "number", ["0", "0.049", "0.05", "0.5", "1", "1"])
    assert facts.histogram == (2, 1, *[0] * 8, 1, *[0] * 8, 2)
    assert (facts.minimum, facts.maximum) == ("0", "1")
    assert facts.mean == pytest.approx(2.599 / 6)


def test_the_largest_numbers_do_not_overflow(tmp_path: Path) -> None:
    facts = profile(tmp_path, "number", ["9.99e307", "9.99e307", "-9.99e307", "0"])
    assert facts.mean == pytest.approx(9.99e307 / 4)
    assert sum(facts.histogram) == 4
    assert (facts.histogram[0], facts.histogram[10], facts.histogram[19]) == (1, 1, 2)
    whole = profile(tmp_path, "integer", ["9223372036854775807", "9223372036854775805", "-9223372036854775808"])
    assert whole.mean == pytest.approx(9223372036854775804 / 3)
    assert (whole.histogram[0], whole.histogram[19]) == (1, 2)


def test_days_lie_on_an_axis_of_days(tmp_path: Path) -> None:
    facts = profile(tmp_path, "date", ["2024-02-28", "2024-03-01", "2024-03-01", ""])
    assert (facts.minimum, facts.maximum, facts.nulls, facts.mean) == ("2024-02-28", "2024-03-01", 1, None)
    assert facts.histogram == (1, 0, 2)  # 2024 is a leap year


def test_months_years_and_moments(tmp_path: Path) -> None:
    assert profile(tmp_path, "yearmonth", ["2023-12", "2024-02"]).histogram == (1, 0, 1)
    assert profile(tmp_path, "year", ["2020", "2022", "2022"]).histogram == (1, 0, 2)
    facts = profile(tmp_path, "datetime", ["2024-01-01T23:00:00", "2024-01-02T01:00:00+08:00"])
    assert (facts.histogram, facts.maximum) == ((1, 1), "2024-01-02T01:00:00+08:00")


def test_clock_times_have_a_range_but_no_bins(tmp_path: Path) -> None:
    facts = profile(tmp_path, "time", ["08:00:00", "07:30:00"])
    assert (facts.minimum, facts.maximum, facts.histogram) == ("07:30:00", "08:00:00", ())


def test_text_has_top_values_and_no_range(tmp_path: Path) -> None:
    facts = profile(tmp_path, "string", ["乙", "甲", "乙", "丙", "甲", "", "丁"])
    assert (facts.nulls, facts.distinct, facts.minimum, facts.maximum, facts.mean, facts.histogram) == (1, 4, None, None, None, ())  # fmt: skip
    assert top(facts) == [("乙", 2), ("甲", 2)]  # U+4E59 stands before U+7532


def test_only_the_ten_most_frequent_are_kept(tmp_path: Path) -> None:
    cells = [f"{n:02}" for n in range(1, 15) for _ in range(n)]
    assert top(profile(tmp_path, "string", cells)) == [(f"{n:02}", n) for n in range(14, 4, -1)]


def test_truth_is_told_as_published(tmp_path: Path) -> None:
    facts = profile(tmp_path, "boolean", ["1", "true", "0", "", "False", "True"])
    assert (top(facts), facts.distinct, facts.minimum, facts.histogram) == ([("true", 3), ("false", 2)], 2, None, ())


@pytest.mark.parametrize("kind", ["string", "integer", "number", "boolean", "date", "datetime", "yearmonth", "time"])
def test_a_column_without_values(tmp_path: Path, kind: str) -> None:
    facts = profile(tmp_path, kind, ["", ""])
    assert facts == ColumnFacts(name="a", nulls=2, distinct=0)
    assert profile(tmp_path, kind, []).nulls == 0


def test_one_value_makes_one_bin(tmp_path: Path) -> None:
    facts = profile(tmp_path, "number", ["2.5", "2.5"])
    assert (facts.histogram, facts.mean, top(facts)) == ((2,), 2.5, [("2.5", 2)])
