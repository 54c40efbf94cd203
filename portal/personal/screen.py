"""The cheap test of whole records: RE2 inside DuckDB, true for every record in which Python could find anything.

It may be true for more (Python then looks and finds nothing), never false where Python finds: held by
tests/property/test_personal_laws.py. It reads whole lines, as one expression over a line costs a
tenth of twelve over its cells, and nothing that is looked for goes over a comma.
"""

from __future__ import annotations

from functools import cache

from portal.personal.digits import card_starts
from portal.personal.documents import PROVINCES
from portal.personal.dress import BETWEEN, CIRCLED, SPELLED, other_digits
from portal.personal.people import CALLED


def _re2(characters: str) -> str:
    """A character class as RE2 writes it, every character by its number."""
    return "".join(one if one in "-" else f"\\x{{{ord(one):x}}}" for one in characters)


@cache
def suspicious() -> str:
    """The expression; searched anywhere in a line."""
    # Full-width forms of what stands between digits come to the plain ones that `BETWEEN` names.
    between = _re2(BETWEEN.replace("\\-", "")) + r"\-\x{ff0d}\x{ff3f}\x{ff08}\x{ff09}"
    gap = f"[{between}]*"  # three at most, says Python; any number makes a smaller automaton
    odd = _re2("".join(sorted({*SPELLED, *CIRCLED}))) + _ranges([place for place, _ in other_digits()])
    digit, begin, end = "[0-9]", r"(?:^|[^0-9])", r"(?:$|[^0-9])"
    any_digit = f"[0-9{odd}]"
    day = f"{digit}{gap}{digit}{gap}[01]{gap}{digit}{gap}[0-3](?:{gap}{digit}){{4}}"  # and a serial of three digits
    letter = "A-Za-z\\x{ff21}-\\x{ff3a}\\x{ff41}-\\x{ff5a}"
    parts = [
        f"{begin}(?:0?0?86{gap})?1{gap}[3-9](?:{gap}{digit}){{9}}{end}",
        r"1[3-9][0-9]\.[0-9]{4}\.[0-9]{4}",
        # ids: a day in the middle, or six digits of the year
        f"[1-9]{gap}(?:{digit}{gap}){{5}}(?:1{gap}9|2{gap}0){gap}{day}{gap}(?:{digit}|[Xx×\\x{{ff38}}\\x{{ff58}}])",
        f"{begin}[1-8]{gap}(?:{digit}{gap}){{5}}{day}{end}",
        # cards: 14 digits and more that begin as one of the known issuers' numbers does
        f"{begin}(?:{'|'.join(_starts(gap))})(?:{gap}{digit}){{12,17}}{end}",
        # other digits: whatever number they are part of has six digits in a row that begin or end with one
        f"[{odd}](?:{gap}{any_digit}){{5}}",
        f"{any_digit}(?:{gap}{any_digit}){{4}}{gap}[{odd}]",
        r"[@\x{ff20}]",
        r"[(\[{\x{ff08}\x{ff3b}\x{ff5b}]\s?[Aa\x{ff21}\x{ff41}][Tt\x{ff34}\x{ff54}]",
        f"[{PROVINCES}]{gap}[{letter}]{gap}[0-9{letter}{odd}]",
        f"[EeGg\\x{{ff25}}\\x{{ff27}}\\x{{ff45}}\\x{{ff47}}][{letter} \\-]{{0,2}}{any_digit}{{7}}",
        r"(?i:passport)|护照|通行证|台胞证|回乡证|居留",
        f"[{letter}][ \\-]?{any_digit}{{6}} ?[(\\x{{ff08}}]",
        f"(?:{CALLED})",
    ]
    return "|".join(parts)


def _starts(gap: str) -> list[str]:
    """The first two digits of cards."""
    return [f"{one[0]}{gap}{one[1]}" for one in card_starts()]


def _ranges(places: list[int]) -> str:
    """Neighbouring code points as ranges of a class."""
    told, first = "", places[0]
    for place, following in zip(places, [*places[1:], 0], strict=True):
        if following != place + 1:
            told += f"\\x{{{first:x}}}-\\x{{{place:x}}}"
            first = following
    return told
