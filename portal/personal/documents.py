"""Passports, permits of people from Hong Kong, Macau and Taiwan, and number plates, in a plain text.

Formats: ordinary passports E and G (E12345678, EA1234567, G12345678) stand for themselves; service, diplomatic and
SAR passports, permits and foreign passports are too like other codes and count only where the column's title or a
word right before them says what they are. Plates: GA 36-2018 (five characters, six for new-energy cars).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.personal.dress import GAP
from portal.personal.shape import Found, Titles

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_OPEN, _SHUT = r"(?<![0-9A-Za-z_\-./+])", r"(?![0-9A-Za-z_+]|[-./][0-9A-Za-z])"
_PASSPORT = re.compile(rf"{_OPEN}(?:[EG][ -]?[0-9]{{8}}|E[A-HJ-NP-Z][ -]?[0-9]{{7}}){_SHUT}", re.IGNORECASE)
_OTHER_PASSPORT = r"(?:[DSPKH][0-9]{7,8}|[DSPMK][A-Z][0-9]{7}|1[45][0-9]{7})"
_NAMED_PASSPORT = re.compile(
    rf"(?:护照|passport)[^0-9A-Za-z]{{0,8}}(?:no\.?|号)?[^0-9A-Za-z]{{0,3}}({_OTHER_PASSPORT}){_SHUT}", re.IGNORECASE
)
_ANY_PASSPORT = re.compile(r"(?=[A-Z0-9]*[0-9]{4})[A-Z0-9]{7,9}", re.IGNORECASE)
_PERMIT = r"(?:[HM][0-9]{8}(?:[0-9]{2})?|[CW][A-HJ-NP-Z0-9][0-9]{7}|[LT][0-9]{8}|[A-Z]{3}[0-9]{12})"
_BARE_PERMIT = r"[0-9]{8}(?:[0-9]{2})?(?:\([A-Z]\))?"
_NAMED_PERMIT = re.compile(
    rf"(?:通行证|台胞证|回乡证|居留证|居留身份证)[^0-9A-Za-z]{{0,8}}({_PERMIT}|{_BARE_PERMIT}){_SHUT}", re.IGNORECASE
)
_TITLED_PERMIT = re.compile(rf"(?:{_PERMIT}|{_BARE_PERMIT})", re.IGNORECASE)
_HONG_KONG = re.compile(rf"{_OPEN}([A-Z]{{1,2}})[ -]?([0-9]{{6}}) ?\(([0-9A])\){_SHUT}", re.IGNORECASE)
_PLATE = re.compile(
    rf"[{PROVINCES}]{GAP}[A-HJ-NP-Z]{GAP}"
    rf"(?:[A-HJ-NP-Z0-9](?:{GAP}[A-HJ-NP-Z0-9]){{3}}{GAP}[A-HJ-NP-Z0-9挂学警港澳领]"
    rf"|[A-HJK]{GAP}[A-HJ-NP-Z0-9](?:{GAP}[0-9]){{4}}|[0-9](?:{GAP}[0-9]){{4}}{GAP}[A-HJK])"
    rf"(?![0-9A-Za-z]|[-][0-9A-Za-z])",
    re.IGNORECASE,
)
_PLATE_DIGITS = 2
"""A plate has two digits at least (GA 36-2018: at most two letters among five characters), a word like SPACE none."""


def documents(text: str, titles: Titles) -> Iterator[Found]:
    """Passports, permits and plates in a plain text."""
    if text.isdecimal() and not (titles.passports or titles.permits):
        return
    yield from _passports(text, titles)
    yield from _permits(text, titles)
    if text.isascii():
        return
    for plate in _PLATE.finditer(text):
        if sum(one.isdigit() for one in plate[0]) >= _PLATE_DIGITS:
            yield Found("plate", plate.start(), plate.end())


def _passports(text: str, titles: Titles) -> Iterator[Found]:
    whole = text.strip()
    if titles.passports and _ANY_PASSPORT.fullmatch(whole) and not (titles.permits and _TITLED_PERMIT.fullmatch(whole)):
        start = text.index(whole)
        yield Found("passport", start, start + len(whole))
        return
    for found in _PASSPORT.finditer(text):
        yield Found("passport", found.start(), found.end())
    for found in _NAMED_PASSPORT.finditer(text) if "护照" in text or "assport" in text.lower() else ():
        yield Found("passport", found.start(1), found.end(1))


def _permits(text: str, titles: Titles) -> Iterator[Found]:
    whole = text.strip()
    if titles.permits and _TITLED_PERMIT.fullmatch(whole):
        start = text.index(whole)
        yield Found("permit", start, start + len(whole))
        return
    for found in _NAMED_PERMIT.finditer(text) if not text.isascii() else ():
        yield Found("permit", found.start(1), found.end(1))
    for found in _HONG_KONG.finditer(text) if "(" in text else ():
        if _hong_kong_holds(found[1].upper(), found[2], found[3].upper()):
            yield Found("permit", found.start(), found.end())


def _hong_kong_holds(letters: str, digits: str, check: str) -> bool:
    """The check digit of a Hong Kong identity card: weights 9 to 1 over letters (A is 10, a blank 36) and digits."""
    values = [36, *(ord(one) - 55 for one in letters)][-2:] + [int(one) for one in digits]
    total = sum(value * weight for value, weight in zip(values, range(9, 1, -1), strict=True))
    return (total + (10 if check == "A" else int(check))) % 11 == 0
