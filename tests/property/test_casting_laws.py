"""For every text, our conversion equals frictionless's, save for the differences that portal/casting.py lists."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from frictionless import Field
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.casting import CastError, caster
from portal.tableschema import Column

FORMATS = {
    "string": [None],
    "integer": [None],
    "number": [None],
    "boolean": [None],
    "date": [None, "%Y%m%d", "%Y年%m月%d日", "%d.%m.%Y"],
    "time": [None, "%H:%M"],
    "datetime": [None, "%Y/%m/%d %H:%M"],
    "year": [None],
    "yearmonth": [None],
}
CASES = [(kind, format_) for kind, formats in FORMATS.items() for format_ in formats]

digits = st.text("0123456789", min_size=1, max_size=6)
small = st.integers(0, 99).map(str) | st.integers(0, 99).map("{:02}".format)
years = st.integers(0, 10_000).map("{:04}".format)
marks = st.sampled_from(["-", "/", ":", ".", "T", " ", "年", ""])
moments = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31))
texts = st.one_of(
    st.text(max_size=12),
    st.text("0123456789+-.eE_, １", max_size=14),
    st.integers().map(str),
    st.floats().map(str),
    st.decimals(allow_nan=True).map(str),
    st.sampled_from(["true", "True", "TRUE", "1", "false", "0", "yes", "是", "", "-", "NaN", "inf"]),
    st.tuples(years, marks, small, marks, small).map("".join),
    st.tuples(small, marks, small, marks, small).map("".join),
    st.tuples(years, marks, small).map("".join),
    moments.map(lambda m: m.isoformat()),
    moments.map(lambda m: m.strftime("%Y%m%d")),
    moments.map(lambda m: m.strftime("%Y/%m/%d %H:%M")),
    moments.map(lambda m: m.isoformat(timespec="seconds") + "+08:00"),
    moments.map(lambda m: m.time().isoformat(timespec="seconds")),
    moments.map(lambda m: m.date().isoformat()),
)


def as_published(value: object) -> object:
    """frictionless's value in our spelling."""
    if isinstance(value, Decimal):
        return float(value) or 0.0
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, tuple):
        return f"{value[0]:04}-{value[1]:02}"
    return value


def listed_difference(kind: str, format_: str | None, text: str) -> bool:
    """The table at the head of portal/casting.py, as code."""
    body = text.strip()
    if kind != "string" and re.search(r"[^\D0-9]|_", text):
        return True
    if kind in ("integer", "number"):
        padded = re.match(r"[+-]?0[0-9]", body) is not None
        if kind == "integer":
            return padded or len(body) > 18
        if re.search("nan|inf", body, re.IGNORECASE):
            return True
        whole = Decimal(body)
        significant = len(str(whole.as_tuple().digits and int("".join(map(str, whole.as_tuple().digits)))).rstrip("0"))
        outside = whole != 0 and not Decimal("1e-307") <= abs(whole) <= Decimal("9.99e307")
        return padded or significant > 15 or outside
    if kind == "date" and format_ is None:
        return " " in text
    if kind in ("time", "datetime") and format_ is None:
        day = r"\d{4}-\d\d-\d\d[T ]" if kind == "datetime" else ""
        return re.fullmatch(rf"{day}(?!24)\d\d:\d\d:\d\d([.,]\d{{1,6}})?(Z|[+-]\d\d(:?\d\d)?)?", text) is None
    if kind == "year":
        return re.fullmatch(r"\d{4}", text) is None
    if kind == "yearmonth":
        return re.fullmatch(r"\d{4}-\d{1,2}", text) is None
    return False


@pytest.mark.parametrize(("kind", "format_"), CASES)
@settings(max_examples=250, deadline=None)
@given(text=texts)
def test_every_text_is_read_as_frictionless_reads_it(kind: str, format_: str | None, text: str) -> None:
    column = Column(name="c", title="c", type=kind, format=format_, description="d")
    descriptor = {"name": "c", "type": kind} | ({"format": format_} if format_ else {})
    theirs, notes = Field.from_descriptor(descriptor).read_cell(text)
    try:
        ours = caster(column)(text)
    except CastError:
        assert notes or listed_difference(kind, format_, text)
        return
    assert not notes
    assert ours == as_published(theirs)


@settings(max_examples=300, deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e300, max_value=1e300))
def test_fifteen_digits_survive_the_way_through_a_float(value: float) -> None:
    text = f"{value:.14e}"
    if value == 0 or abs(value) > 1e-307:
        cast = caster(Column(name="c", title="c", type="number", description="d"))
        assert Decimal(repr(cast(text))) == Decimal(text)
