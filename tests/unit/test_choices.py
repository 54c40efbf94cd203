"""A message that asks to choose says what the words mean, and knows the word whose meaning was written instead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

from pydantic import ValidationError

from portal.fieldproblems import field_problems
from portal.model import Dataset
from portal.registers import REGISTERS
from portal.report import advice
from portal.shape import Shape
from portal.wording.choices import MEANINGS, explained, meant

SPEAK_FOR_THEMSELVES = {",", ";", "\t", "|", "WGS-84", "CGCS2000", "GCJ-02", "=", "!=", "<", "<=", ">", ">="}


def words_of(annotation: Any, seen: set[type]) -> Iterator[str]:
    """All fixed words that may stand in an entry."""
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    elif isinstance(annotation, type) and issubclass(annotation, Shape) and annotation not in seen:
        seen.add(annotation)
        for info in annotation.model_fields.values():
            yield from words_of(info.annotation, seen)
    for part in get_args(annotation) if get_origin(annotation) is not Literal else ():
        yield from words_of(part, seen)


def test_every_word_of_an_entry_is_explained_and_nothing_else() -> None:
    models = (Dataset, *REGISTERS.values())
    assert {word for model in models for word in words_of(model, set())} - SPEAK_FOR_THEMSELVES == set(MEANINGS)


def test_a_word_stands_with_its_meaning() -> None:
    assert (explained("annual"), explained("WGS-84")) == ("annual（每年）", "WGS-84")


def test_the_meaning_in_place_of_the_word_is_understood() -> None:
    words = ("unconditional", "annual")
    assert [meant(text, words) for text in ("每年", "Annual", "ANNUAL", "年", "")] == ["annual"] * 3 + [None] * 2


def test_both_languages_say_what_to_write() -> None:
    try:
        Dataset.model_validate({"id": "parks", "department": "ylj", "open_type": "无条件开放"})
    except ValidationError as error:
        problems = list(field_problems(error, Dataset, path="a.yml", line_of=lambda *_: 1))
    (wrong,) = [one for one in problems if one.rule == "wrong-choice"]
    assert advice(wrong, "zh").startswith("请写成 unconditional。可选：unconditional（无条件开放）、")
    assert advice(wrong, "en") == "Write 'unconditional'. Choose one of: unconditional, conditional, not-open."
