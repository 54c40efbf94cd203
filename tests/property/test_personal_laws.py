"""The fast screen loses nothing that Python would find, and a mask covers all that was found."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from portal.personal import find, masked
from portal.personal.dress import plain
from portal.personal.screen import suspicious
from tests.personal.corpus import TRUE, cells

MARKS = [
    " ",
    "-",
    "　",
    "－",
    "·",
    "\u200b",
    "(",
    ")",
    "（",
    "）",
    ".",
    "．",
    "\r",
    "\n",
    ",",
    "，",
    "：",
    "@",
    "＠",
    "_",
    "/",
    "一",
    "〇",
    "号",
]
PIECES = st.sampled_from(
    [*"0123456789", *"０１２３９", *"一三八〇", *"①③", "٣", "1", "13", "138", "1381234", "5678", "110101", "1990", "19900101", "622848", "E", "G", "Ｅ", "苏", "苏E", "沪Ａ",
     "D", "护照", "通行证", "联系人：张伟", "电话0512-65220000", "人民路12号", "(at)", "（at）", "[ at ]", "qq.com", "zhang", "A123456(", "86", "+86", "tel", "X", "ｘ", *MARKS]
)  # fmt: skip


@pytest.fixture(scope="module")
def connection() -> Any:
    with duckdb.connect(config={"threads": 1}) as con:
        yield con


def passed(con: Any, texts: list[str]) -> list[str]:
    """Texts in which something is found, but which the screen lets go."""
    lines = [text.replace("\n", "\r") for text in texts]
    tests = " OR ".join(f"regexp_matches(l, '{one}')" for one in suspicious())
    rows = con.execute(f"SELECT {tests} FROM (SELECT unnest(?) AS l)", [lines]).fetchall()
    return [text for text, (seen,) in zip(texts, rows, strict=True) if find(text) and not seen]


@settings(max_examples=60, deadline=None, phases=[Phase.generate])
@given(batch=st.lists(st.lists(PIECES, min_size=1, max_size=24).map("".join), min_size=80, max_size=80))
def test_what_python_finds_the_screen_sees(batch: list[str], connection: Any) -> None:
    assert passed(connection, batch) == []


@pytest.mark.parametrize("name", TRUE)
def test_what_the_corpus_holds_the_screen_sees(name: str, connection: Any) -> None:
    texts = cells(name, 400, seed=5)
    torn = [
        text[: len(text) // 2] + mark + text[len(text) // 2 :] for text in texts for mark in (" ", "－", "\u200b", "１")
    ]
    assert passed(connection, texts + torn) == []


@settings(max_examples=300, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(text=st.lists(PIECES, max_size=24).map("".join))
@example("000(at)qq.com(at)qq.com")  # two addresses that share a part
def test_a_masked_text_keeps_nothing(text: str) -> None:
    shown = masked(text)
    for one in find(text):
        kept = [sign for sign in plain(text[one.start : one.end]) if sign.isalnum()]
        assert text[one.start : one.end] not in shown or len(kept) < 2
    assert masked(shown) == shown


@settings(max_examples=300, deadline=None, phases=[Phase.generate])
@given(text=st.text(max_size=60))
def test_any_text_is_taken(text: str) -> None:
    assert len(plain(text)) == len(text)
    assert [one for one in find(text) if not 0 <= one.start < one.end <= len(text)] == []
