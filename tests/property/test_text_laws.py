"""Laws of folding and cutting, whatever the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from portal.text import bigrams, fold, matches, query_bigrams, simplified_table, words

TRADITIONAL = "".join(map(chr, list(simplified_table())[:400]))
TEXTS = st.text(
    st.one_of(
        st.sampled_from("公交站点苏州市学校ＧＤＰpm2.5（）々𠮷é１２ \u3000" + TRADITIONAL),
        st.characters(exclude_categories=["Cs"]),
    )
)


@given(TEXTS)
def test_simplified_text_stays_as_it_is(text: str) -> None:
    once = fold(text)
    assert once.translate(simplified_table()) == once


@given(TEXTS, st.integers(0, 20), st.integers(1, 8))
def test_every_piece_of_a_folded_text_is_found_in_it(text: str, start: int, length: int) -> None:
    piece = fold(text)[start : start + length]
    if fold(piece) == piece:  # a piece may begin with a combining mark
        assert matches(text, piece)


@given(TEXTS)
def test_what_is_asked_of_a_whole_text_stands_in_its_index(text: str) -> None:
    assert set(query_bigrams(text).split()) <= set(bigrams(text).split())


@given(TEXTS)
def test_words_hold_no_blank_and_none_twice(text: str) -> None:
    found = words(text)
    assert len(found) == len(set(found))
    assert all(word and not any(char.isspace() for char in word) for word in found)
