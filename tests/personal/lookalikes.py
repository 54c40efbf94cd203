"""Cells that look like personal data and are none: codes, serials, times, measures, office contacts. No scanner here."""

from __future__ import annotations

import hashlib
import random
import uuid
from collections.abc import Callable

from stdnum import ean, luhn
from stdnum.cn import uscc

AREAS = ["320505", "320506", "320581", "310115", "110105", "230502", "320200", "440305"]
LETTERS = "ABCDEFGHJKLMNPQRTUWXY"


def _digits(rng: random.Random, number: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(number))


def _uscc(rng: random.Random) -> str:
    body = (
        rng.choice(["91", "92", "93", "11", "12", "51", "52"])
        + rng.choice(AREAS)
        + "".join(rng.choice("0123456789" + rng.choice(["", LETTERS])) for _ in range(9))
    )
    return body + uscc.calc_check_digit(body + "0")


def _day(rng: random.Random) -> str:
    return f"{rng.randrange(2000, 2027)}{rng.randrange(1, 13):02}{rng.randrange(1, 29):02}"


def _order(rng: random.Random) -> str:
    return rng.choice(["", "SZ", "NO.", "DD-"]) + _day(rng) + _digits(rng, rng.choice([4, 6, 8, 10]))


def _time(rng: random.Random) -> str:
    day, clock = _day(rng), f"{rng.randrange(24):02}{rng.randrange(60):02}{rng.randrange(60):02}"
    iso = f"{day[:4]}-{day[4:6]}-{day[6:]}"
    return rng.choice(
        [
            str(rng.randrange(1_000_000_000, 1_800_000_000)), str(rng.randrange(10**12, 18 * 10**11)), day + clock,
            day + clock + _digits(rng, 3), f"{iso} {clock[:2]}:{clock[2:4]}:{clock[4:]}", f"{iso}T{clock[:2]}:{clock[2:4]}:00+08:00",
            f"{iso} {clock[:4]}", f"{iso}至{int(iso[:4]) + 1}{iso[4:]}", f"{iso} - {iso}",
        ]
    )  # fmt: skip


def _office_phone(rng: random.Random) -> str:
    number = str(rng.randrange(20000000, 89999999))
    return rng.choice(
        [
            f"0512-{number}", f"0512{number}", f"(0512) {number}", f"010-{number}", f"021 {number[:4]} {number[4:]}", number,
            f"0512-{number}-80{rng.randrange(10, 99)}", f"400-{_digits(rng, 3)}-{_digits(rng, 4)}", "12345", f"0512-{number}、{number}",
            f"0512-12345转{rng.randrange(1, 9)}", f"0469-{number[:7]}", f"８６－５１２－{number}", f"+86 512 {number}",
        ]
    )  # fmt: skip


def _barcode(rng: random.Random) -> str:
    body = "69" + _digits(rng, 10)
    isbn = "9787" + _digits(rng, 8)
    return rng.choice(
        [
            body + ean.calc_check_digit(body),
            isbn + ean.calc_check_digit(isbn),
            f"ISBN 978-7-{_digits(rng, 3)}-{_digits(rng, 5)}-{_digits(rng, 1)}",
        ]
    )


def _coordinate(rng: random.Random) -> str:
    places = rng.choice([4, 6, 8, 11, 13, 15])
    east, north = f"{rng.uniform(73, 135):.{places}f}", f"{rng.uniform(18, 53):.{places}f}"
    return rng.choice([east, north, f"{east},{north}", f"POINT({east} {north})", f"{east} {north}"])


def _hash(rng: random.Random) -> str:
    text = _digits(rng, 12).encode()
    return rng.choice(
        [hashlib.md5(text).hexdigest(), hashlib.sha1(text).hexdigest(), hashlib.sha256(text).hexdigest(), str(uuid.UUID(int=rng.getrandbits(128)))]
    )  # fmt: skip


def _code(rng: random.Random) -> str:
    area = rng.choice(AREAS)
    vin = "".join(rng.choice("ABCDEFGHJKLMNPRSTUVWXYZ0123456789") for _ in range(17))
    imei = rng.choice(["86", "35"]) + _digits(rng, 12)
    return rng.choice(
        [
            f"{area}{_digits(rng, 6)}", f"{area}{_digits(rng, 13)}", vin, imei + luhn.calc_check_digit(imei), f"苏ICP备{_digits(rng, 8)}号-1",
            f"京B2-{_digits(rng, 8)}", f"GB/T {_digits(rng, 4)}—{rng.randrange(1990, 2026)}", f"苏府规字〔{rng.randrange(2000, 2026)}〕{rng.randrange(1, 99)}号",
            f"（{rng.randrange(2015, 2026)}）苏0505民初{rng.randrange(1, 9999)}号", f"{_digits(rng, 8)}-{rng.choice('0123456789X')}", f"215{_digits(rng, 3)}",
            f"2018-{area}-{_digits(rng, 2)}-{_digits(rng, 2)}-{_digits(rng, 6)}", f"G{rng.randrange(1, 99)}", f"S{rng.randrange(10, 99)} K{rng.randrange(1, 300)}+{_digits(rng, 3)}",
            f"JY1{area}{_digits(rng, 7)}", f"国药准字H{_digits(rng, 8)}", f"192.168.{rng.randrange(256)}.{rng.randrange(256)}", f"E{_digits(rng, 6)}", f"DB32/T {_digits(rng, 4)}",
        ]
    )  # fmt: skip


def _serial(rng: random.Random) -> str:
    return _digits(rng, rng.choice([9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 22]))


def _measure(rng: random.Random) -> str:
    return rng.choice(
        [
            f"{rng.uniform(0, 1e9):.2f}", f"{rng.uniform(0, 1):.11f}", f"1.{_digits(rng, 10)}", f"{rng.randrange(1300, 1999)}-{rng.randrange(2000, 9999)} 元", f"{rng.randrange(10**9):,}",
            f"13 14 15 16 17 {rng.randrange(18, 30)}", f"1990-2000-{rng.randrange(100, 999)}", f"{rng.uniform(1, 2):.4e}", f"{rng.randrange(1, 200)}%", f"1:{rng.randrange(500, 50000)}",
            f"15-06-2023 {rng.randrange(100, 999)}", f"{rng.randrange(13000, 19999)}-{rng.randrange(100000, 999999)}",
        ]
    )  # fmt: skip


def _office_mail(rng: random.Random) -> str:
    return rng.choice(
        [
            "bgs@suzhou.gov.cn", f"szmzj{rng.randrange(99)}@suzhou.gov.cn", "info@company.com.cn", "12345@suzhou.cn", "data@example.org", "zhaopin@hospital.cn", "xxgk@mzj.suzhou.gov.cn",
            "微信公众号@苏州发布", "user@localhost", "https://www.suzhou.gov.cn/@2023", "关注@苏州交通",
        ]
    )  # fmt: skip


def _words(rng: random.Random) -> str:
    return rng.choice(
        [
            "二〇二三年六月三十日", "第一二三四五六七八九十条", "一一二二三三", "京A为本市号牌", "沪C区域限行", "苏州A区", "云A1路", "320505********1234", "138****5678", "张**",
            "６２２２ **** **** １２３４", "e***@qq.com", "联系人：信息中心，电话0512-65220000", "姓名、电话、住址三项必填", "负责人：园林局，地址人民路12号", "护照、通行证均可办理",
        ]
    )  # fmt: skip


FALSE: dict[str, Callable[[random.Random], str]] = {
    "credit codes": _uscc,
    "order numbers": _order,
    "times": _time,
    "office telephones": _office_phone,
    "barcodes": _barcode,
    "coordinates": _coordinate,
    "hashes": _hash,
    "codes": _code,
    "serials": _serial,
    "measures": _measure,
    "office mail": _office_mail,
    "words and masks": _words,
}


def lookalikes(name: str, number: int, seed: int = 20261122) -> list[str]:
    """So many false cells of a kind."""
    rng = random.Random(f"{name}{seed}")
    return [FALSE[name](rng) for _ in range(number)]


def day_serials(number: int, seed: int = 20261122) -> list[str]:
    """Serial numbers that are a region, a day and four digits: one in eleven is a well-formed id. Told apart in the docs."""
    rng = random.Random(seed)
    return [rng.choice(AREAS) + _day(rng) + _digits(rng, 4) for _ in range(number)]
