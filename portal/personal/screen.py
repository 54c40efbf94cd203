"""The cheap test of whole records: RE2 inside DuckDB, true for every record in which Python could find anything.

It may be true for more (Python then looks and finds nothing), never false where Python finds: held by
tests/property/test_personal_laws.py. It reads whole lines, as nothing that is looked
for goes over a comma: less than half the time of the same over twelve cells (bench/personal.md).
"""

from __future__ import annotations

from functools import cache

from portal.personal.digits import FIRST_OF_CARD, known_bins
from portal.personal.documents import PROVINCES
from portal.personal.dress import CIRCLED, RARE, SPELLED, other_digits
from portal.personal.people import CALLED


def _re2(characters: str) -> str:
    """A character class as RE2 writes it, every character by its number."""
    return "".join(one if one in "-" else f"\\x{{{ord(one):x}}}" for one in characters)


@cache
def suspicious() -> tuple[str, str]:
    """Two expressions, searched anywhere in a line: plain numbers, and all the rest.

    Two small automata read a line of Chinese in two thirds of the time of one that does all.
    """
    return "|".join(_numbers()), "|".join(_others())


def _numbers() -> list[str]:
    """Digits parted by plain signs: any number of those here, three at most for Python."""
    gap, begin, end = r"[ \t\r_()\-]*", "(?:^|[^0-9])", "(?:$|[^0-9])"
    day = f"[0-9]{gap}[0-9]{gap}[01]{gap}[0-9]{gap}[0-3](?:{gap}[0-9]){{4}}"  # and a serial of three digits
    starts = "|".join(sorted({one[:2] for one in known_bins()}))
    first = "".join(sorted({one[0] for one in known_bins()}))
    some = gap.replace("*", "+")
    return [
        f"{begin}(?:0?0?86{gap})?1{gap}[3-9](?:{gap}[0-9]){{9}}{end}",
        f"[1-9]{gap}(?:[0-9]{gap}){{5}}(?:1{gap}9|2{gap}0){gap}{day}{gap}[0-9Xx×]",
        f"{begin}[1-8]{gap}(?:[0-9]{gap}){{5}}{day}{end}",
        # cards: in one piece, which begins as a known one does; or with a gap among the first digits
        f"{begin}{_trie(known_bins())}[0-9]{{5,16}}{end}",
        f"{begin}(?:[{first}]|(?:{starts})[0-9]{{0,{FIRST_OF_CARD - 2}}}){some}[0-9](?:{gap}[0-9]){{3,17}}{end}",
    ]


def _others() -> list[str]:
    """Numbers in other dress, and what is no number."""
    # Full-width forms of what stands between digits come to the plain ones that `BETWEEN` names.
    rare = _re2(RARE) + r"\x{ff0d}\x{ff3f}\x{ff08}\x{ff09}"
    gap = rf"[ \t\r_()\-{rare}]*"
    odd = _re2("".join(sorted({*SPELLED, *CIRCLED}))) + _ranges([place for place, _ in other_digits()])
    digit = f"[0-9{odd}]"
    letter = "A-Za-z\\x{ff21}-\\x{ff3a}\\x{ff41}-\\x{ff5a}"
    return [
        f"{digit}{{3}}[.\\x{{ff0e}}]{digit}{{4}}[.\\x{{ff0e}}]{digit}{{4}}",
        # a number of eleven digits with a rare sign or digit has five more on one side of it
        f"[0-9]{gap}[{rare}](?:{gap}[0-9]){{5}}",
        f"(?:[0-9]{gap}){{5}}[{rare}]{gap}[0-9XxＸｘ×]",
        f"[{odd}](?:{gap}{digit}){{5}}",
        f"{digit}(?:{gap}{digit}){{4}}{gap}[{odd}]",
        r"[@\x{ff20}]",
        r"[(\[{\x{ff08}\x{ff3b}\x{ff5b}].?[Aa\x{ff21}\x{ff41}][Tt\x{ff34}\x{ff54}]",
        f"[{PROVINCES}]{gap}[{letter}]{gap}[0-9{letter}{odd}]",
        f"[EeGg\\x{{ff25}}\\x{{ff27}}\\x{{ff45}}\\x{{ff47}}][{letter} \\-\\x{{ff0d}}]{{0,2}}{digit}{{7}}",
        r"(?i:passport)|护照|通行证|台胞证|回乡证|居留",
        f"[{letter}][ \\-\\x{{ff0d}}]?{digit}{{6}} ?[(\\x{{ff08}}]",
        f"(?:{CALLED})",
    ]


def _trie(words: list[str]) -> str:
    """An expression for any of the words, which shares their beginnings; a word that begins another one suffices."""
    known = frozenset(words)
    short = [word for word in words if not any(word[:size] in known for size in range(1, len(word)))]
    heads: dict[str, list[str]] = {}
    for word in short:
        heads.setdefault(word[0], []).append(word[1:])
    same: dict[str, str] = {}
    for head, tails in heads.items():
        tail = "" if tails == [""] else _trie(tails)
        same[tail] = same.get(tail, "") + head
    parts = [(f"[{head}]" if len(head) > 1 else head) + tail for tail, head in sorted(same.items())]
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"


def _ranges(places: list[int]) -> str:
    """Neighbouring code points as ranges of a class."""
    told, first = "", places[0]
    for place, following in zip(places, [*places[1:], 0], strict=True):
        if following != place + 1:
            told += f"\\x{{{first:x}}}-\\x{{{place:x}}}"
            first = following
    return told
