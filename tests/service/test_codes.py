"""Receipt codes, contacts and cleaned text: vectors, every single slip, every swap."""

from __future__ import annotations

import secrets

import pytest

from portal.service.domain.cleaning import UncleanText, clean, one_line
from portal.service.domain.codes import (
    ALPHABET,
    keyed_digest,
    last_four,
    make_code,
    number_of,
    read_code,
    read_contact,
    read_last_four,
)
from portal.service.domain.network import client_address, prefix_of

KEY = bytes(range(32))


def test_codes_look_as_promised_and_differ() -> None:
    codes = {make_code(KEY, secrets.token_bytes(16)) for _ in range(2000)}
    assert len(codes) == 2000
    for code in codes:
        assert [len(part) for part in code.split("-")] == [4, 4, 4, 4]
        assert read_code(code) == code.replace("-", "")
    assert {symbol for code in codes for symbol in code} == {*ALPHABET, "-"}
    assert not {*"01ILO"} & {*ALPHABET}
    assert make_code(KEY, b"same") == make_code(KEY, b"same") != make_code(b"\1" * 32, b"same")


def test_every_single_slip_and_every_swap_is_found() -> None:
    for seed in range(12):
        code = read_code(make_code(KEY, bytes([seed]))) or ""
        for place in range(16):
            for symbol in ALPHABET:
                if symbol != code[place]:
                    assert read_code(code[:place] + symbol + code[place + 1 :]) is None
            for other in range(place):
                if code[place] != code[other]:
                    swapped = [*code]
                    swapped[place], swapped[other] = swapped[other], swapped[place]
                    assert read_code("".join(swapped)) is None


def test_what_people_type_is_forgiven() -> None:
    code = make_code(KEY, b"seed")
    full_width = "".join(chr(ord(c) + 0xFEE0) for c in code.replace("-", ""))
    for typed in (code.lower(), code.replace("-", " "), f"  {code}\n", code.replace("-", "－"), full_width):
        assert read_code(typed) == code.replace("-", "")
    for typed in ("", "ABC", code + "A", code[:-1] + "0", "回执码"):
        assert read_code(typed) is None


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("138 0000-1234", ("phone", "13800001234")),
        ("+86 13800001234", ("phone", "13800001234")),
        ("0086-13800001234", ("phone", "13800001234")),
        ("（0512）6500 0000".replace("（", "(").replace("）", ")"), ("phone", "051265000000")),
        ("１３８００００１２３４", ("phone", "13800001234")),
        ("+49 30 1234567", ("phone", "+49301234567")),
        ("Someone@Example.ORG", ("email", "someone@example.org")),
        ("a.b+c@mail.suzhou.gov.cn", ("email", "a.b+c@mail.suzhou.gov.cn")),
        ("12800001234", None),
        ("1380000123", None),
        ("a@b", None),
        ("a b@example.org", None),
        ("a@exa..mple.org", None),
        ("<a@example.org>", None),
        ("a@example.org,b@example.org", None),
        ("微信 abc", None),
    ],
)
def test_contacts(typed: str, read: tuple[str, str] | None) -> None:
    assert read_contact(typed) == read


def test_last_four() -> None:
    assert last_four("13800001234") == "1234"
    assert last_four("someone@example.org") == "eone"
    assert last_four("li@example.org") == "li"
    assert read_last_four(" ＥＯＮＥ ") == "eone"


def test_numbers_and_digests() -> None:
    assert number_of("JC", 2026, 123) == "JC-2026-000123"
    assert keyed_digest(KEY, "a", "x") != keyed_digest(KEY, "b", "x")
    assert len(keyed_digest(KEY, "a", "x")) == 64


@pytest.mark.parametrize("bad", ["a\0b", "\x1b[31m", "a\x08", "\x7f", "\x85", "\ud800", "\uffff"])
def test_control_characters_are_refused(bad: str) -> None:
    with pytest.raises(UncleanText):
        clean(bad)


def test_text_is_kept_in_one_form() -> None:
    assert clean("e\u0301te\u0301") == "été"
    assert clean("好\u202e字\u200b母\ufeff\u2066x\u00ad\U000e0041") == "好字母x"
    assert clean("a\r\nb\rc \t\n\n\n\n\n d ") == "a\nb\nc\n\n\n d"
    assert one_line(" 一\n二\t三  ") == "一 二 三"
    assert clean("表情 👨‍👩‍👧 与（括号）、全角ＡＢ") == "表情 👨👩👧 与（括号）、全角ＡＢ"


def test_addresses_are_shortened_and_only_the_last_hop_counts() -> None:
    assert prefix_of("203.0.113.7") == "203.0.113.7"
    assert prefix_of("2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::/64"
    assert prefix_of("[2001:db8:1:2::1]") == "2001:db8:1:2::/64"
    assert prefix_of("::ffff:203.0.113.7") == "203.0.113.7"
    assert prefix_of("nonsense") == "unknown"
    assert client_address("1.2.3.4, 203.0.113.7", "127.0.0.1") == "203.0.113.7"
    assert client_address("", "127.0.0.1") == "127.0.0.1"
