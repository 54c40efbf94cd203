"""Numbers of people in a plain text: resident ids, mobile numbers, bank cards.

Sources: GB 11643-1999 (18 digits: region, birthday, serial, check digit by ISO 7064 MOD 11-2; 15 digits: birthday with
two digits of the year, no check digit); region codes of all years from python-stdnum; the plan of mobile numbers from
phonenumbers; card numbers by Luhn (ISO/IEC 7812-1) and the identification numbers of Chinese issuers in bins.csv.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from portal.personal.dress import GAP, LEAST
from portal.personal.shape import Found, Kind, Titles

if TYPE_CHECKING:
    from stdnum.numdb import NumDB

_RUN = re.compile(rf"[0-9](?:{GAP}[0-9]){{{LEAST - 1},}}+")
_TOKEN = re.compile(r"[0-9]+")
_LAST_X = re.compile(rf"{GAP}[Xx×](?![0-9A-Za-z])")
_DOTTED = re.compile(r"(?<![0-9.])1[3-9][0-9]\.[0-9]{4}\.[0-9]{4}(?![0-9.])")
_LETTERS = re.compile(r"[A-Za-z]+$")
WORDS = frozenset(
    """
    tel telephone phone mobile mob cell sj shouji dh dianhua hm haoma id idcard sfz sfzh no card kh ka yhk zh t m p
    cn wx weixin vx qq v
    """.split()  # noqa: SIM905 -- words read better so
)
"""Letters that may stand right before a number; other letters make it part of a code or a hash."""
OLDEST_15 = 27
"""Nobody got a 15-digit id after 1999, and whoever was born before 1927 and still lives is one in ten thousand: a
serial number that begins with region and day (320505 230115 001) reads as born in 1923. A title 身份证 lifts this."""
LONGEST = 20
SPECIAL_REGIONS = frozenset({"810000", "820000", "830000"})
"""Residence permits of people from Hong Kong, Macau and Taiwan."""
MOBILE_GROUPS = frozenset(
    {
        (11,),
        (3, 4, 4),
        (3, 8),
        (7, 4),
        (3, 3, 5),
        (3, 5, 3),
        (4, 3, 4),
        (4, 4, 3),
        (3, 2, 2, 2, 2),
        (1, 10),
        (1, 2, 4, 4),
    }
)
FIRST_OF_CARD = 10
"""Digits before the first gap of a card's number that is parted in no usual way."""
CARD_GROUPS = frozenset(
    {(4, 4, 4, 4), (4, 4, 4, 3), (4, 4, 4, 5), (4, 4, 4, 6), (4, 6, 5), (8, 8), (6, 10)}
    | {(4, 4, 4, 4, more) for more in (1, 2, 3)}
    | {(6, more) for more in range(9, 14)}
)


def numbers(text: str, titles: Titles) -> Iterator[Found]:
    """Ids, mobile numbers and cards in a plain text, in order, none over another."""
    if text.isdecimal():
        kind = _kind(text, (len(text),), True, titles) if LEAST <= len(text) <= LONGEST else None
        if kind:
            yield Found(kind, 0, len(text))
        return
    if "." in text:
        for dotted in _DOTTED.finditer(text):
            if is_mobile(dotted[0].replace(".", "")):
                yield Found("mobile", dotted.start(), dotted.end())
    for run in _RUN.finditer(text):
        yield from _in_run(text, run.start(), run.end(), titles)


def _in_run(text: str, start: int, end: int, titles: Titles) -> Iterator[Found]:
    """Candidates begin and end where a group of digits does."""
    tokens = [(one.start(), one.end()) for one in _TOKEN.finditer(text, start, end)]
    place = 0
    while place < len(tokens):
        found = _from(text, tokens, place, titles)
        if found is None:
            place += 1
            continue
        yield found[0]
        place = found[1]


def _from(text: str, tokens: list[tuple[int, int]], first: int, titles: Titles) -> tuple[Found, int] | None:
    """The longest number that begins with this group, and the group after it."""
    start = tokens[first][0]
    if not _may_begin(text, start):
        return None
    best: tuple[Found, int] | None = None
    digits = ""
    if tokens[first][1] - start > LONGEST:
        return None
    for place in range(first, len(tokens)):
        digits += text[slice(*tokens[place])]
        if len(digits) > LONGEST:
            break
        if len(digits) < LEAST:
            continue
        groups = tuple(stop - begin for begin, stop in tokens[first : place + 1])
        if _is_torn(tokens, first, place):
            continue
        whole = first == 0 and place == len(tokens) - 1
        end, number = _with_x(text, tokens[place][1], digits)
        if _may_end(text, end) and (kind := _kind(number, groups, whole, titles)):
            best = Found(kind, start, end), place + 1
    return best


def _is_torn(tokens: list[tuple[int, int]], first: int, last: int) -> bool:
    """A single digit at an end with another one beside it: a part of a longer number, written digit by digit."""

    def lone(place: int) -> bool:
        return 0 <= place < len(tokens) and tokens[place][1] - tokens[place][0] == 1

    return (lone(first - 1) and lone(first)) or (lone(last) and lone(last + 1))


def _with_x(text: str, end: int, digits: str) -> tuple[int, str]:
    if len(digits) == 17 and (x := _LAST_X.match(text, end)):
        return x.end(), digits + "X"
    return end, digits


def _may_begin(text: str, start: int) -> bool:
    """Not behind the point of a decimal, nor inside a word of letters and digits."""
    if start == 0:
        return True
    before = text[start - 1]
    if before == ".":
        return start < 2 or not text[start - 2].isdigit()
    if before.isascii() and before.isalpha():
        letters = _LETTERS.search(text, max(0, start - 12), start)
        return bool(letters and letters[0].lower() in WORDS)
    return True


def _may_end(text: str, end: int) -> bool:
    after = text[end : end + 2]
    if not after:
        return True
    return not (after[0].isascii() and after[0].isalnum()) and not (after[0] == "." and after[1:].isdigit())


def _kind(number: str, groups: tuple[int, ...], whole: bool, titles: Titles) -> Kind | None:
    singles = set(groups) == {1}
    if len(number) == 18 and is_resident(number, titled=titles.ids):
        return "id"
    if len(number) == 15 and (singles or groups in ((15,), (6, 6, 3))) and is_resident_15(number, titled=titles.ids):
        return "id"
    if len(number) in (11, 13, 15) and _is_dressed_mobile(number, groups):
        return "mobile"
    parted = singles or len(groups) == 1 or groups in CARD_GROUPS or (whole and groups[0] <= FIRST_OF_CARD)
    if parted and is_card(number):
        return "card"
    return None


def _is_dressed_mobile(number: str, groups: tuple[int, ...]) -> bool:
    """With or without the country's code; parted as people part it: `138 1234 5678`, `1-3-8…`, no list of numbers."""
    extra = len(number) - 11
    if extra and number[:extra] not in ("86", "0086"):
        return False
    rest, left = list(groups), extra
    while left:
        taken = min(left, rest[0])
        left -= taken
        rest[0] -= taken
        if not rest[0]:
            rest.pop(0)
    lone = next((place for place, size in enumerate(rest) if size != 1), len(rest))
    parted = lone == len(rest) or (lone >= 3 and all(size >= 3 for size in rest[lone:]))
    if not parted and tuple(rest) not in MOBILE_GROUPS:
        return False
    if rest[0] == 4 and number[extra : extra + 2] == "19":
        return False  # 1990-200-1000: a year and other numbers
    return is_mobile(number[extra:])


@cache
def _mobile_plan() -> re.Pattern[str]:
    from phonenumbers import PhoneMetadata  # noqa: PLC0415 -- 20 ms, which few tables need

    metadata = PhoneMetadata.metadata_for_region("CN", None)
    if metadata is None or metadata.mobile is None or metadata.mobile.national_number_pattern is None:
        raise LookupError("phonenumbers has no plan for CN")
    return re.compile(metadata.mobile.national_number_pattern)


def is_mobile(digits: str) -> bool:
    """Eleven digits that begin as a Chinese mobile number of a person does; those of machines (140, 144 …) don't."""
    return bool(_mobile_plan().fullmatch(digits))


def is_resident(number: str, *, titled: bool = False) -> bool:
    """18 characters: a region that ever was, a day, the check digit; in a column of ids a wrong check digit is a slip.

    Also the 18-digit permit of foreigners who live here for good (since 2023: 9, province, nationality, birthday).
    """
    if not _is_day(number[6:14]):
        return False
    sound = _check_digit(number) == number[-1].upper()
    if number[0] == "9":
        from stdnum.cn import uscc  # noqa: PLC0415 -- 8 ms, which few tables need

        return sound and bool(_region(number[1:3] + "0000")) and not uscc.is_valid(number)
    return (sound or titled) and bool(_region(number[:6]))


def is_resident_15(number: str, *, titled: bool = False) -> bool:
    """15 digits: a county that ever was and a day of the 1900s; nothing else can be checked."""
    old_enough = titled or int(number[6:8]) >= OLDEST_15
    return old_enough and _region(number[:6]) == "county" and _is_day("19" + number[6:12])


def _check_digit(number: str) -> str:
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(number[:17]))
    return "10X98765432"[total % 11]


def _is_day(digits: str) -> bool:
    year = int(digits[:4])
    if not 1900 <= year <= 2099:
        return False
    try:
        date(year, int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return True


@lru_cache(maxsize=1 << 14)
def _region(code: str) -> str:
    """`county` for a code that ever was, `near` for another one of a known prefecture (new counties), else nothing."""
    if code in SPECIAL_REGIONS or _has_name(code):
        return "county"
    return "near" if _has_name(code[:4] + "00") else ""


def _has_name(code: str) -> bool:
    return any("county" in about for _, about in _regions().info(code))


@cache
def _regions() -> NumDB:
    from stdnum import numdb  # noqa: PLC0415 -- 8 ms, which few tables need

    return numdb.get("cn/loc")


@cache
def _bins() -> Mapping[int, frozenset[str]]:
    """Identification numbers by the length of the card's number."""
    found: dict[int, set[str]] = {}
    with (Path(__file__).parent / "bins.csv").open(encoding="utf-8", newline="") as text:
        for row in csv.DictReader(text):
            found.setdefault(int(row["digits"]), set()).add(row["bin"])
    return {length: frozenset(bins) for length, bins in found.items()}


def is_card(digits: str) -> bool:
    """A known issuer's number of the right length whose check digit is right."""
    bins = _bins().get(len(digits))
    if not bins:
        return False
    from stdnum import luhn  # noqa: PLC0415 -- 8 ms, which few tables need

    return any(digits[:size] in bins for size in range(3, 11)) and bool(luhn.is_valid(digits))


def known_bins() -> list[str]:
    """The identification numbers of all known cards, sorted."""
    return sorted({one for bins in _bins().values() for one in bins})
