"""One conversion from text to value: what passes, what it becomes, and why the rest is refused."""

from __future__ import annotations

import pytest

from portal.casting import CastError, caster, format_problem, plain
from portal.tableschema import Column


def column(kind: str, format_: str | None = None) -> Column:
    return Column(name="列", title="列", type=kind, format=format_, description="说明")


@pytest.mark.parametrize(
    ("kind", "format_", "text", "value"),
    [
        ("string", None, "  =cmd()  ", "  =cmd()  "),
        ("string", None, "0512", "0512"),
        ("string", "email", "a@b.cn", "a@b.cn"),
        ("string", "uri", "https://a.cn/x?y", "https://a.cn/x?y"),
        ("string", "uuid", "123e4567-e89b-12d3-a456-426614174000", "123e4567-e89b-12d3-a456-426614174000"),
        ("integer", None, "-5", -5),
        ("integer", None, " +7 ", 7),
        ("integer", None, "9223372036854775807", 2**63 - 1),
        ("integer", None, "-9223372036854775808", -(2**63)),
        ("number", None, "1.50", 1.5),
        ("number", None, "-.5", -0.5),
        ("number", None, "5.", 5.0),
        ("number", None, "1e3", 1000.0),
        ("number", None, "0.000000123456789012345", 1.23456789012345e-07),
        ("number", None, "123456789012345000000", 1.23456789012345e20),
        ("number", None, "-0.00", 0.0),
        ("boolean", None, "TRUE", True),
        ("boolean", None, "0", False),
        ("date", None, "2024-02-29", "2024-02-29"),
        ("date", None, "2023-1-5", "2023-01-05"),
        ("date", "%Y%m%d", "20230630", "2023-06-30"),
        ("date", "%Y年%m月%d日", "2023年6月30日", "2023-06-30"),
        ("time", None, "08:30:00", "08:30:00"),
        ("time", None, "08:30:00.25+08:00", "08:30:00.250000+08:00"),
        ("time", "%H:%M", "08:30", "08:30:00"),
        ("datetime", None, "2023-06-30T08:30:00Z", "2023-06-30T08:30:00+00:00"),
        ("datetime", None, "2023-06-30 08:30:00", "2023-06-30T08:30:00"),
        ("datetime", "%Y/%m/%d %H:%M", "2023/06/30 08:30", "2023-06-30T08:30:00"),
        ("year", None, "2023", 2023),
        ("yearmonth", None, "2023-6", "2023-06"),
    ],
)
def test_a_good_text_becomes_its_value(kind: str, format_: str | None, text: str, value: object) -> None:
    result = caster(column(kind, format_))(text)
    assert result == value
    assert type(result) is type(value)


@pytest.mark.parametrize(
    ("kind", "format_", "text", "reason"),
    [
        ("string", "email", "a b@c.cn", "type"),
        ("string", "uri", "苏州", "type"),
        ("string", "uuid", "123", "type"),
        ("integer", None, "1.0", "type"),
        ("integer", None, "1_000", "type"),
        ("integer", None, "１２", "type"),
        ("integer", None, " ", "type"),
        ("integer", None, "0512", "padded"),
        ("integer", None, "9223372036854775808", "range"),
        ("integer", None, "9" * 100_000, "range"),
        ("number", None, "NaN", "type"),
        ("number", None, "Infinity", "type"),
        ("number", None, "1,000", "type"),
        ("number", None, "12%", "type"),
        ("number", None, "00.5", "padded"),
        ("number", None, "1234567890.123456", "digits"),
        ("number", None, "320583198001011234", "digits"),
        ("number", None, "1e400", "range"),
        ("number", None, "1e-400", "range"),
        ("boolean", None, "是", "type"),
        ("boolean", None, " true", "type"),
        ("date", None, "2023-02-30", "type"),
        ("date", None, "0000-01-01", "type"),
        ("date", None, "2023/06/30", "type"),
        ("date", None, "２０２３-06-30", "type"),
        ("date", "%Y%m%d", "20231301", "type"),
        ("date", "%Y%m%d", "２０２３0630", "type"),
        ("time", None, "24:00:00", "type"),
        ("time", None, "08:30", "type"),
        ("time", None, "08:30:00.1234567", "type"),
        ("datetime", None, "2023-06-30", "type"),
        ("datetime", None, "2023-W01-1T08:30:00", "type"),
        ("datetime", None, "2023-06-30T24:00:00", "type"),
        ("year", None, "23", "type"),
        ("year", None, "+202", "type"),
        ("yearmonth", None, "2023-13", "type"),
        ("yearmonth", None, "202306", "type"),
    ],
)
def test_a_bad_text_is_refused_with_its_reason(kind: str, format_: str | None, text: str, reason: str) -> None:
    with pytest.raises(CastError) as caught:
        caster(column(kind, format_))(text)
    assert caught.value.reason == reason


def test_missing_values_are_those_of_the_schema_and_nothing_else() -> None:
    cast = caster(column("integer"), ("-", "…"))
    assert cast("-") is None
    assert cast("…") is None
    with pytest.raises(CastError):
        cast("")
    assert caster(column("string"), ("-",))("") == ""


@pytest.mark.parametrize(
    ("kind", "format_", "refused"),
    [
        ("string", "wkt", "wkt"),
        ("string", "email", None),
        ("integer", "default", None),
        ("integer", "%d", "%d"),
        ("date", "any", "any"),
        ("date", "%y%m%d", "%y"),
        ("date", "%Y-%m", "%Y-%m"),
        ("date", "%Y%m%d%H", "%H"),
        ("date", "%Y%j", None),
        ("time", "%M:%S", "%M:%S"),
        ("datetime", "%Y-%m-%d %H:%M", None),
    ],
)
def test_a_format_that_would_guess_is_named(kind: str, format_: str, refused: str | None) -> None:
    assert format_problem(column(kind, format_)) == refused


def test_a_refused_format_never_casts() -> None:
    with pytest.raises(ValueError, match="any"):
        caster(column("date", "any"))


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (True, "true"), (5.0, "5"), (0.1, "0.1"), (1e20, "1e+20"), (-2, "-2"), ("0512", "0512")],
)
def test_plain_text_of_a_value(value: object, text: str) -> None:
    assert plain(value) == text  # type: ignore[arg-type]
