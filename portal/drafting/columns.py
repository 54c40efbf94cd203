"""The type of a column, from every value of it: nothing is a number, a day or a code unless each value is.

Candidates are tried in the order of READINGS; a value that is none of them makes a text. Texts that only look like a
value (无, —, N/A …, QLT-2) count as empty where all others are of one type; the published conversion has the last word
on what a value is (portal/casting.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from portal.casting import CastError, converter
from portal.checks.rows.engine import PSEUDO
from portal.drafting import names
from portal.drafting.shape import Seen
from portal.facts import Cell
from portal.tableschema import Column, FieldType

FEW, OFTEN = 30, 3
"""A text with at most so many distinct values, each standing there so often on average, has a list of values."""
KINDS = 12
"""Whole numbers that stand for kinds are few."""
LONG_CODE = 8
"""Digits of one length, so many or more, are a code even where the label does not say so (codes of places, cards)."""
SHORT_CODE = 3
"""Digits of a code of varying length at least; 0, 7 and 31 under a label like 识别码 are amounts."""
LONGEST_PATTERN = 32
LENGTHS = 3
"""Different lengths that a pattern lists."""
BLANK = re.compile(r"[\s\u3000\u00a0]+")
DIGITS = re.compile(r"[0-9]+")
PADDED = re.compile(r"0[0-9]+")
CENTURY = re.compile(r"(1[5-9]|20|21)[0-9]{2}")
URL = re.compile(r"https?://\S+")
YES = frozenset({"是", "否"})


@dataclass(frozen=True)
class _Reading:
    """One way to read a column; `asks` says whether its label allows it."""

    kind: FieldType
    format: str | None = None
    asks: Callable[[str], bool] = lambda _: True


def _is_day(label: str) -> bool:
    return names.DAY.search(label) is not None


READINGS: tuple[_Reading, ...] = (
    _Reading("year", asks=lambda label: names.YEAR.search(label) is not None),
    _Reading("date", "%Y%m%d", _is_day),
    _Reading("integer"),
    _Reading("number"),
    _Reading("yearmonth"),
    _Reading("date"),
    _Reading("date", "%Y/%m/%d"),
    _Reading("date", "%Y年%m月%d日"),
    _Reading("date", "%Y.%m.%d"),
    _Reading("datetime"),
    _Reading("datetime", "%Y-%m-%d %H:%M"),
    _Reading("datetime", "%Y/%m/%d %H:%M:%S"),
    _Reading("datetime", "%Y/%m/%d %H:%M"),
    _Reading("datetime", "%Y年%m月%d日 %H:%M"),
    _Reading("datetime", "%Y年%m月%d日%H时%M分"),
    _Reading("time"),
    _Reading("time", "%H:%M"),
)
SPELLED = re.compile(r"\d{4}\s*[-/.年]\s*\d{1,2}\s*([-/.月]\s*\d{1,2}\s*日?|月)")
"""Looks like a day or a month, in whatever spelling."""
DRESSED = re.compile(
    r"[+-]?[¥￥$]?\d{1,3}(?:[,，]?\d{3})*(?:\.\d+)?\s*(?:[%％‰]|[\u4e00-\u9fff]{1,3})?|[+-]?\d+(?:\.\d+)?[%％‰]"
)
"""Looks like an amount with separators, a per cent sign or its unit."""


@dataclass
class _Open:
    """A reading that every value so far allows, with the smallest and largest value."""

    reading: _Reading
    cast: Callable[[str], Cell]
    first: str | None = None
    last: str | None = None

    def takes(self, text: str) -> bool:
        """Whether this value is of the kind as well."""
        try:
            value = self.cast(text)
        except CastError:
            return False
        if self.reading.kind in ("date", "datetime", "year", "yearmonth"):
            told = f"{value:04}" if isinstance(value, int) else str(value)
            self.first = told if self.first is None else min(self.first, told)
            self.last = told if self.last is None else max(self.last, told)
        return True


@dataclass
class _Tally:
    """What passes by while the values of a column are read, each distinct value once with its number."""

    label: str
    open: list[_Open]
    values: dict[str, int] | None = field(default_factory=dict)
    gone: dict[str, int] = field(default_factory=dict)
    filled: int = 0
    distinct: int = 0
    longest: int = 0
    padded: bool = False
    lengths: set[int] = field(default_factory=set)
    digits: bool = True
    urls: bool = True
    centuries: bool = True
    words: bool = True
    days: int = 0
    dressed: int = 0
    shape: list[set[str]] | None = None

    def take(self, text: str, count: int) -> None:
        """One more distinct value."""
        self.filled += count
        self.distinct += 1
        self.longest = max(self.longest, len(text))
        self.open = [one for one in self.open if one.takes(text)]
        self.digits = self.digits and DIGITS.fullmatch(text) is not None
        self.padded = self.padded or PADDED.fullmatch(text) is not None
        self.centuries = self.centuries and CENTURY.fullmatch(text) is not None
        self.urls = self.urls and URL.fullmatch(text) is not None
        self.words = self.words and text in ("true", "false", "True", "False", "TRUE", "FALSE")
        self.days += SPELLED.match(text) is not None
        self.dressed += DRESSED.fullmatch(text) is not None
        if len(self.lengths) <= LENGTHS:
            self.lengths.add(len(text))
        self._note_shape(text)
        if self.values is not None:
            self.values[text] = count
            if len(self.values) > FEW:
                self.values = None

    def _note_shape(self, text: str) -> None:
        """The kinds of characters at each place, as long as all values have one length."""
        if self.distinct == 1:
            self.shape = [set() for _ in text] if len(text) <= LONGEST_PATTERN else None
        if self.shape is not None and len(text) == len(self.shape):
            for kinds, character in zip(self.shape, text, strict=True):
                kinds.add(_class_of(character))
        else:
            self.shape = None


def look(label: str, counted: Iterable[tuple[str, int]]) -> Seen:
    """What a column is, from each of its distinct texts and how often it stands there ('' included)."""
    tally = _Tally(label, [_Open(one, _caster(one)) for one in READINGS if one.asks(label)])
    for text, count in counted:
        if text in PSEUDO or not text or BLANK.fullmatch(text):
            tally.gone[text] = tally.gone.get(text, 0) + count
        else:
            tally.take(text, count)
    return _seen(tally)


def _caster(reading: _Reading) -> Callable[[str], Cell]:
    return converter(Column(name="x", title="x", type=reading.kind, format=reading.format, description="x"))


def _seen(tally: _Tally) -> Seen:
    """The verdict on one column."""
    values = tally.values or {}
    gone = dict(tally.gone)
    if "有" in values and "无" in gone:  # 有 and 无 are two values
        values["无"] = gone.pop("无")
        tally.filled += values["无"]
        tally.distinct += 1
    kind = _kind(tally)
    few = _few(tally, values, kind)
    empty = sum(gone.values())
    return Seen(
        name=tally.label,
        kind=kind.kind,
        format=kind.format,
        filled=tally.filled,
        empty=empty,
        distinct=tally.distinct,
        missing=tuple(sorted(text for text in gone if text)),
        values=tuple(sorted(values, key=lambda one: (-values[one], one))) if few else (),
        pattern=None if few else _pattern(tally, kind),
        first=kind.first,
        last=kind.last,
        longest=tally.longest,
        is_code=kind.is_code,
        why=kind.why,
    )


@dataclass(frozen=True)
class _Verdict:
    kind: FieldType
    format: str | None = None
    first: str | None = None
    last: str | None = None
    is_code: bool = False
    why: tuple[str, str] = ("", "")


def _kind(tally: _Tally) -> _Verdict:
    """The kind of a column: codes first, then what every value allows."""
    if not tally.filled:
        return _Verdict("string", why=("没有一个值", "not a single value"))
    if tally.words:
        return _Verdict("boolean")
    best = tally.open[0] if tally.open else None
    if best is None:
        return _text(tally)
    if best.reading.kind in ("integer", "number") or tally.digits:
        code = _as_code(tally, best)
        if code:
            return _Verdict("string", is_code=True, why=code)
    if best.reading.kind == "year" and not tally.centuries:
        best = next((one for one in tally.open if one.reading.kind == "integer"), best)
    why = (f"按 {best.reading.format} 读取", f"read as {best.reading.format}") if best.reading.format else ("", "")
    return _Verdict(best.reading.kind, best.reading.format, best.first, best.last, why=why)


def _text(tally: _Tally) -> _Verdict:
    """A text; one that looks like days in several spellings says so."""
    if tally.padded and tally.digits:
        return _Verdict("string", is_code=True, why=("有前导 0", "leading zeros"))
    if tally.days == tally.distinct:
        return _Verdict(
            "string", why=("像日期，但写法不一或不完整", "looks like days, in several or partial spellings")
        )
    is_code = names.CODE.search(tally.label) is not None
    if tally.dressed == tally.distinct and not is_code:
        return _Verdict(
            "string", why=("像数值，但写了千分位、百分号或单位；请去掉后重新导出", "amounts with separators or units")
        )
    return _Verdict("string", is_code=is_code)


def _as_code(tally: _Tally, best: _Open) -> tuple[str, str] | None:
    """Why these digits are a code and no amount."""
    if best.reading.kind in ("year", "date"):
        return None
    if tally.padded:
        return "有前导 0", "leading zeros"
    if not tally.digits:
        return None
    one_length = len(tally.lengths) == 1
    if names.CODE.search(tally.label) and (one_length or min(tally.lengths) >= SHORT_CODE):
        return "列名表明是编号", "the label says that it is a code"
    if one_length and max(tally.lengths) >= LONG_CODE and tally.distinct > 1:
        return f"都是 {max(tally.lengths)} 位数字", f"all of {max(tally.lengths)} digits"
    few = tally.values is not None and len(tally.values) <= KINDS
    told = "少数几个数字，列名表明是类别", "a few digits, and the label says that they are kinds"
    return told if few and names.KIND.search(tally.label) else None


def _few(tally: _Tally, values: Mapping[str, int], verdict: _Verdict) -> bool:
    """A list of values: kinds for sure, other texts where each comes back often enough."""
    if not values or verdict.kind != "string" or tally.values is None:
        return False
    if verdict.is_code:
        return names.KIND.search(tally.label) is not None
    often = tally.filled >= OFTEN * len(values) and tally.filled > FEW // OFTEN
    return tally.longest <= 20 and (often or set(values) == YES)


def _pattern(tally: _Tally, verdict: _Verdict) -> str | None:
    """A pattern that says neither more nor less than the values do, for codes; None where there is none."""
    if verdict.kind != "string" or not tally.distinct:
        return None
    if tally.urls:
        return "https?://.+"
    if tally.digits and len(tally.lengths) <= LENGTHS:
        return _digits(sorted(tally.lengths))
    if tally.shape is None or len(tally.shape) < 2 or tally.distinct < 2:
        return None
    return _spelled(tally.shape)


def _digits(lengths: list[int]) -> str:
    """So many digits: `[0-9]{6}` in short, `{7,8}` where the lengths follow each other."""
    first, last = lengths[0], lengths[-1]
    if first < last and len(lengths) == last - first + 1:
        return rf"\d{{{first},{last}}}"
    return "|".join(rf"\d{{{length}}}" if length > 1 else r"\d" for length in lengths)


def _class_of(character: str) -> str:
    if "0" <= character <= "9":
        return r"\d"
    if "A" <= character <= "Z":
        return "[A-Z]"
    if "a" <= character <= "z":
        return "[a-z]"
    return character if character in "-_/:.+" else ""


def _spelled(shape: Iterable[set[str]]) -> str | None:
    """One class of characters a place; equal ones in a row are counted: `[A-Z]{2}-[a-z]`."""
    parts: list[list[str | int]] = []
    for kinds in shape:
        if "" in kinds or len(kinds) != 1:
            return None
        (one,) = kinds
        told = re.escape(one) if len(one) == 1 else one
        if parts and parts[-1][0] == told:
            parts[-1][1] = int(parts[-1][1]) + 1
        else:
            parts.append([told, 1])
    if all(len(str(part)) <= 2 and part != r"\d" for part, _ in parts):
        return None  # nothing but punctuation
    return "".join(f"{part}{{{count}}}" if int(count) > 1 else str(part) for part, count in parts)
