"""Quick JSON that says what the slow one says, a record a line."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from portal.jsontext import records_json

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), PLAIN, max_size=5))
def test_it_reads_back_as_what_it_was(document: dict[str, object]) -> None:
    assert json.loads(records_json(document)) == document


def test_each_record_has_a_line() -> None:
    told = {"name": "开放", "datasets": [{"id": "a"}, {"id": "b"}], "files": {"x": {"bytes": 1}}, "none": []}
    assert records_json(told).splitlines() == [
        "{",
        '"name": "开放",',
        '"datasets": [',
        '{"id":"a"},',
        '{"id":"b"}',
        "],",
        '"files": {',
        '"x": {"bytes":1}',
        "},",
        '"none": []',
        "}",
    ]
