"""What a build made is there for the next, under the same key alone, and keeps its results in the cache."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from portal.cache import MARK, begin_build, get_or_make, prune
from portal.ledger import NAME, Ledger


def test_the_next_build_finds_it_under_the_same_key(tmp_path: Path) -> None:
    first = Ledger(tmp_path / "cache")
    first.keep("made", "parks", "k1", {"rows": 3}, ["rows/a"])
    assert first.find("made", "parks", "k1") == {"rows": 3}
    assert first.close() == {"rows/a"}
    second = Ledger(tmp_path / "cache")
    assert second.find("made", "parks", "k1") == {"rows": 3}
    assert second.find("made", "parks", "k2") is None
    assert second.find("made", "stops", "k1") is None
    assert second.find("page", "parks", "k1") is None
    assert second.close() == {"rows/a"}
    assert Ledger(tmp_path / "cache").find("made", "parks", "k1") == {"rows": 3}  # what was found is kept on


def test_any_plain_value_comes_back_as_it_was(tmp_path: Path) -> None:
    value = {"名称": "一行\n两行\t制表符\u2028", "n": [1, 2.5, None, True], "": {}}
    first = Ledger(tmp_path)
    first.keep("made", "parks", "k", value, ["rows/a", "views/b"])
    assert first.close() == {"rows/a", "views/b"}
    for _ in range(2):  # as it was kept, and as it was handed on
        ledger = Ledger(tmp_path)
        assert ledger.find("made", "parks", "k") == value
        assert ledger.close() == {"rows/a", "views/b"}


def test_what_is_json_already_comes_back_byte_by_byte(tmp_path: Path) -> None:
    first = Ledger(tmp_path)
    first.keep_text("facts", "parks", "k", b'{"rows": 3}', [])
    first.close()
    second = Ledger(tmp_path)
    assert second.text("facts", "parks", "k") == b'{"rows": 3}'
    assert second.find("facts", "parks", "k") == {"rows": 3}
    assert second.text("facts", "parks", "k2") is None


def test_what_no_build_asks_for_is_forgotten(tmp_path: Path) -> None:
    first = Ledger(tmp_path)
    first.keep("made", "parks", "k", [1], ["rows/a"])
    first.close()
    assert Ledger(tmp_path).close() == frozenset()
    assert Ledger(tmp_path).find("made", "parks", "k") is None


def test_one_that_is_told_to_forget_finds_nothing(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.keep("made", "parks", "k", [1], [])
    ledger.forget()
    assert ledger.find("made", "parks", "k") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "\x00",
        "kaishu ledger 2 1\nmade\tparks\tk\t\t[1]",
        "kaishu ledger 2\nmade\tparks\tk\t\t[1]\n1",
        "kaishu ledger 3\nmade\tparks\tk\t\t[1]\n2",
        "kaishu ledger 3\nmade\tparks\tk\t\t[1]\n",
        "kaishu ledger 3\nmade\tparks\tk\t\t[1",
        "kaishu ledger 3\nmade\tparks\tk\t[1]\n1",
        "kaishu ledger 3\nmade\tparks\tk\n1",
    ],
)
def test_a_torn_ledger_or_one_of_another_portal_is_an_empty_one(tmp_path: Path, text: str) -> None:
    (tmp_path / NAME).write_text(text, "utf-8")
    ledger = Ledger(tmp_path)
    assert ledger.find("made", "parks", "k") is None
    assert ledger.close() == frozenset()


def test_results_it_names_stay_and_those_it_drops_stay_as_long_as_others(tmp_path: Path) -> None:
    def make(folder: Path) -> None:
        (folder / "x").write_text("x", "utf-8")

    for number in range(4):
        begin_build(tmp_path)
        ledger = Ledger(tmp_path)
        if number == 0:
            get_or_make(tmp_path, "rows", "a", make)
            get_or_make(tmp_path, "rows", "unused", make)
            os.utime(tmp_path / "rows/a" / MARK, (0, 0))
        if number < 3:
            ledger.keep("made", "parks", "k", [1], ["rows/a"])
        prune(tmp_path, keep=1, used=ledger.close())
        left = {path.name for path in (tmp_path / "rows").iterdir()}
        assert "a" in left, number
    assert left == {"a"}  # dropped by the last build, which marked it as used


def test_a_dropped_result_goes_in_the_end(tmp_path: Path) -> None:
    begin_build(tmp_path)
    get_or_make(tmp_path, "rows", "a", lambda folder: (folder / "x").write_text("x", "utf-8") and None)
    os.utime(tmp_path / "rows/a" / MARK, (0, 0))
    assert prune(tmp_path, keep=1, used=Ledger(tmp_path).close()) == 1
