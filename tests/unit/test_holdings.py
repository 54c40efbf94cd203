"""What a release says it holds is read back as it was written, all of it or a few lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.holdings import MANIFEST, Held, holdings_of, manifest_text, some_holdings_of

HELD = st.builds(Held, st.text("0123456789abcdef", min_size=64, max_size=64), st.integers(0, 1 << 40))
PATHS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)


@given(st.dictionaries(PATHS, HELD, max_size=12), st.lists(PATHS, max_size=4))
def test_any_paths_come_back(
    tmp_path_factory: pytest.TempPathFactory, held: dict[str, Held], others: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("release")
    text = manifest_text("r1", held)
    (folder / MANIFEST).write_text(text, "utf-8")
    assert json.loads(text)["release"] == "r1"
    assert holdings_of(folder) == held
    asked = [*held, *others]
    assert some_holdings_of(folder, asked) == {path: held[path] for path in asked if path in held}


@pytest.mark.parametrize("text", ["", "{", "[]", '{"release": "r1", "files": {}}', '"files": {\n"a": {"sha256"\n}}\n'])
def test_a_torn_manifest_tells_nothing(tmp_path: Path, text: str) -> None:
    assert some_holdings_of(tmp_path, ["a"]) == {}
    (tmp_path / MANIFEST).write_text(text, "utf-8")
    assert some_holdings_of(tmp_path, ["a"]) == {}
    assert holdings_of(tmp_path) == {}
