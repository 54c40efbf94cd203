"""What a model's digest depends on: all that it says, and nothing else."""

from __future__ import annotations

import gc

from portal.digests import model_digest
from tests.samples import a_dataset


def test_models_that_say_the_same_have_one_digest() -> None:
    assert model_digest(a_dataset()) == model_digest(a_dataset())


def test_a_copy_that_says_something_else_has_another() -> None:
    before = a_dataset()
    told = model_digest(before)
    after = before.model_copy(update={"title": "换了名字（2024年）"})
    assert model_digest(after) != told
    assert model_digest(after) == model_digest(a_dataset(title="换了名字（2024年）"))
    assert model_digest(before) == told


def test_a_place_in_memory_that_is_used_again_gives_no_old_digest() -> None:
    """Models are remembered by what they are, not by where they lie."""
    told = {}
    for number in range(200):
        told[f"名录（第{number}版）"] = model_digest(a_dataset(title=f"名录（第{number}版）"))
        gc.collect()
    assert len(set(told.values())) == 200
