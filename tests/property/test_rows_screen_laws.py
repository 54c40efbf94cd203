"""What SQL lets pass, Python takes, and both spell it alike: the fast screen never speaks for a wrong cell."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from portal.casting import CastError, converter
from portal.checks.rows.judge import _Judged
from portal.checks.rows.keys import key_text
from portal.checks.rows.screen import has_type, passes, spelling
from portal.tableschema import Column
from tests.property.test_casting_laws import FORMATS, texts

BOUNDS: dict[str, dict[str, Any]] = {
    "string": {"minLength": 2, "maxLength": 4},
    "integer": {"minimum": "-3", "maximum": "12"},
    "number": {"minimum": "-0.5", "maximum": "1e3"},
    "date": {"minimum": "1999-12-31", "maximum": "2023-06-30"},
    "year": {"minimum": "1000", "maximum": "2023"},
    "yearmonth": {"minimum": "0999-12", "maximum": "2023-06"},
    "datetime": {"minimum": "1999-12-31T00:00:00"},
    "time": {"maximum": "12:00:00"},
}
SHAPES = {**FORMATS, "string": [None, "email", "uri", "uuid"], "datetime": [None, "%Y%m%d%H%M%S", "%Y/%m/%d %H:%M"]}
CASES = [
    (kind, format_, bounded) for kind, formats in SHAPES.items() for format_ in formats for bounded in (False, True)
]
TRICKY = """1000.04 -0.51 -0.5 12.4 0 -0 +1 01 1. .5 -0.0 -0.50 1e5 inf nan 0x1f 1_000 infinity epoch -infinity 0000-01-01 0001-01-01 10000-01-01
2024-02-30 2023-01-01T24:00:00 2023-01-01T23:59:60 2023-01-01T08:00:00Z 0000 0099 20230630 20231301 00010101 30.06.2023
2023年06月30日 2023年02月30日 08:30 20230630083000 2023-00 2023-12 999999999999999999 999999999999999""".split()  # noqa: SIM905
tricky = st.sampled_from(
    [*TRICKY, " 1", "2023-01-01 (BC)", "2023-01-01 08:00:00", "2023/06/30 08:30", "2023/06/30  08:30"]
)


@pytest.fixture(scope="module")
def connection() -> Any:
    with duckdb.connect(config={"threads": 1}) as con:
        yield con


@pytest.mark.parametrize(("kind", "format_", "bounded"), CASES)
@settings(max_examples=15, deadline=None, phases=[Phase.generate])  # shrinking sixty texts takes minutes
@given(batch=st.lists(texts | tricky, min_size=60, max_size=60, unique=True))
def test_what_passes_in_sql_is_right_in_python(
    kind: str, format_: str | None, bounded: bool, batch: list[str], connection: Any
) -> None:
    if format_ and bounded and kind != "string":
        return
    asked = BOUNDS.get(kind, {}) if bounded else {}
    description = {"name": "c", "title": "c", "type": kind, "format": format_, "description": "d", "constraints": asked}
    column = Column.model_validate(description)
    batch = [text for text in batch if "\0" not in text and text.isprintable()]
    query = (
        f"SELECT {has_type(column, 'c')}, {passes(column, 'c')}, {spelling(column, 'c')} FROM (SELECT unnest(?) AS c)"
    )
    judged, cast = _Judged(column), converter(column)
    for text, (typed, passed, spelled) in zip(batch, connection.execute(query, [batch]).fetchall(), strict=True):
        if typed:
            assert key_text(cast(text)) == spelled
        if passed:
            assert typed
            assert list(judged.faults(text)) == []


@pytest.mark.parametrize(
    ("kind", "format_"), [(kind, format_) for kind, formats in SHAPES.items() for format_ in formats]
)
def test_the_usual_spelling_passes_at_once(kind: str, format_: str | None, connection: Any) -> None:
    """Otherwise every cell of an honest file would go the slow way."""
    usual = {
        "integer": "-120", "number": "-12.50", "boolean": "false", "date": "2023-06-30", "time": "08:30:00",
        "datetime": "2023-06-30T08:30:00", "year": "2023", "yearmonth": "2023-06", "string": "苏州",
        "%Y%m%d": "20230630", "%d.%m.%Y": "30.06.2023", "%H:%M": "08:30", "%Y年%m月%d日": "2023年06月30日", "%Y%m%d%H%M%S": "20230630083000", "%Y/%m/%d %H:%M": "2023/06/30 08:30",
    }  # fmt: skip
    text = usual.get(format_ or kind)
    column = Column.model_validate({"name": "c", "title": "c", "type": kind, "format": format_, "description": "d"})
    if text is None:
        with pytest.raises(CastError):
            converter(column)("苏州")
        return
    assert connection.execute(f"SELECT {has_type(column, 'c')} FROM (SELECT ? AS c)", [text]).fetchone() == (True,)
