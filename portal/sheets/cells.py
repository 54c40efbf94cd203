r"""One value ⇄ the text of one cell, without loss and readable: what is plain stays plain.

| kind | in the cell |
|---|---|
| text | itself; between double quotes as JSON where Excel or a glance would change it: `""`, `" 甲"`, `"a\tb"` |
| day | 2023-06-30; days that Excel stored, 2023/6/30 and 2023年6月30日 are read as well |
| yes or no, fixed words | 是, 否; 每年, or the word itself |
| list | an item a line; in one line also between 、 ， ； |
| mapping | `键=值`, a pair a line |

`[]` and `{}` are the empty list and mapping where nothing at all would mean something else.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date

from portal.fieldtable import FieldNote
from portal.yamltext import Value

Cell = tuple[str, str | float | bool] | None
"""What stands in a workbook's cell: nothing, or its kind (text, number, truth, day, time) and the value."""

SEPARATORS = "、，,；;"
NUMBERS = frozenset({"minimum", "maximum", "tolerance"})
"""Keys whose text may be an amount, so that a cell stored as number or day means what it shows."""
YES, NO = frozenset({"是", "true", "yes", "√", "1"}), frozenset({"否", "false", "no", "×", "0"})
_EDGES = " \t\r\n\f\v\u00a0\u3000\u2000-\u200a"
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_LATER = re.compile(r"\s00:00:00$")


class CellFault(Exception):  # noqa: N818 -- a finding about a department's cell, no fault of ours
    """The cell can't be taken; `rule` names the row of the wording."""

    def __init__(self, rule: str, **values: str) -> None:
        self.rule, self.values = rule, values
        super().__init__(rule)


def encode(note: FieldNote, value: Value) -> str:
    """The text of a cell. Nothing at all is an empty cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "\n".join(_item(str(one), note) for one in value) if value else "[]"
    if isinstance(value, dict):
        pairs = (f"{_quoted(key, '=＝；;')}={_quoted(str(one), '；;')}" for key, one in value.items())
        return "\n".join(pairs) if value else "{}"
    if note.kind == "choice":
        return meaning_of(note, str(value))
    return str(value) if isinstance(value, int) else _quoted(value)


def _item(text: str, note: FieldNote) -> str:
    return _quoted(meaning_of(note, text) if note.kind == "choices" else text, SEPARATORS + "\n")


def meaning_of(note: FieldNote, word: str) -> str:
    """A fixed word in Chinese, where no other word of the field means the same."""
    meanings = [one.meaning for one in note.choices]
    found = next((one.meaning for one in note.choices if one.word == word), word)
    return found if meanings.count(found) == 1 else word


def _quoted(text: str, also: str = "") -> str:
    """The text, or its JSON where it would be read as something else."""
    strange = (
        text != strip(text)
        or text in ("", "[]", "{}")
        or (text.startswith('"') and text.endswith('"'))
        or "\r" in text
        or "\t" in text
        or any(sign in text for sign in also)
        or (also and text.startswith('"'))
        or (also and "\n" in text)
    )
    return json.dumps(text, ensure_ascii=False) if strange else text


def strip(text: str) -> str:
    """Without blanks of any width around it."""
    return re.sub(rf"^[{_EDGES}]+|[{_EDGES}]+$", "", text)


def folded(text: str) -> str:
    """Full-width letters, digits and signs as plain ones: for words, days and numbers, never for texts."""
    return strip(unicodedata.normalize("NFKC", text))


def decode(note: FieldNote, cell: Cell) -> Value:
    """The value of a cell; None for a blank one. Raises CellFault for what can't be meant."""
    if cell is None:
        return None
    kind, raw = cell
    if kind != "text":
        return _typed(note, kind, raw)
    text = strip(str(raw))
    if not text:
        return None
    if note.kind in ("texts", "choices"):
        items = [] if text == "[]" else list(items_of(text))
        return [_word(note, one) for one in items] if note.kind == "choices" else list(items)
    if note.kind == "mapping":
        return {} if text == "{}" else dict(_pairs(text))
    plain = unquoted(text)
    readers = {"day": _day, "choice": lambda one: _word(note, one), "yes-no": _truth, "whole": _whole}
    return readers[note.kind](plain) if note.kind in readers else plain


def _typed(note: FieldNote, kind: str, raw: str | float | bool) -> Value:
    """A cell that the program stored as something else than text."""
    if kind == "truth" and note.kind == "yes-no":
        return bool(raw)
    if kind == "day" and (note.kind == "day" or note.key in NUMBERS):
        return _LATER.sub("", str(raw))
    if kind == "number":
        number = float(raw)
        shown = str(int(number)) if number.is_integer() and abs(number) < 10**15 else format(number, ".15g")
        if note.kind == "whole" or note.key in NUMBERS:
            return shown
        if note.kind == "yes-no" and number in (0, 1):
            return number == 1
        raise CellFault("sheet-cell-kind", found=shown, kind="数字", kind_en="a number")
    told = {"number": ("数字", "a number"), "day": ("日期", "a date"), "truth": ("是非值", "a truth value")}
    zh, en = told.get(kind, ("时刻", "a time"))
    raise CellFault("sheet-cell-kind", found=str(raw), kind=zh, kind_en=en)


def unquoted(text: str) -> str:
    """A text that stands between double quotes as JSON; any other text as it is."""
    if _QUOTED.fullmatch(text):
        try:
            return str(json.loads(text))
        except ValueError:
            return text
    return text


def items_of(text: str) -> Iterator[str]:
    """The items of a list: a line each, or, in one line, what stands between separators."""
    if "\n" in text:
        yield from (unquoted(one) for line in text.split("\n") if (one := strip(line)))
        return
    yield from (unquoted(one) for part in _split(text, SEPARATORS) if (one := strip(part)))


def _split(text: str, separators: Sequence[str]) -> Iterator[str]:
    """Cut at separators that stand outside quotes; a quote counts only where an item begins with it."""
    start = place = 0
    while place < len(text):
        quote = _QUOTED.match(text, place) if not strip(text[start:place]) else None
        if quote:
            place = quote.end()
        elif text[place] in separators:
            yield text[start:place]
            start = place = place + 1
        else:
            place += 1
    yield text[start:]


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    lines = text.split("\n") if "\n" in text else _split_pairs(text)
    for line in lines:
        one = strip(line)
        if not one:
            continue
        quote = _QUOTED.match(one)
        end = quote.end() if quote else 0
        sign = re.search("[=＝]", one[end:])
        if sign is None or (quote and strip(one[end : end + sign.start()])):
            raise CellFault("sheet-pair", found=one)
        key, value = one[: end + sign.start()], one[end + sign.end() :]
        yield unquoted(strip(key)), unquoted(strip(value))


def _split_pairs(text: str) -> Iterator[str]:
    """Pairs in one line, cut at semicolons outside quotes."""
    start, place = 0, 0
    while place < len(text):
        quote = _QUOTED.match(text, place)
        if quote:
            place = quote.end()
        elif text[place] in "；;":
            yield text[start:place]
            start = place = place + 1
        else:
            place += 1
    yield text[start:]


def _word(note: FieldNote, text: str) -> str:
    """The fixed word that is meant, be it told by its meaning; else the text, which the model then refuses."""
    plain = folded(text).casefold()
    for one in note.choices:
        both = f"{one.word}({one.meaning})"
        if plain in (folded(x).casefold() for x in (one.word, one.meaning, both)) or text in (one.word, one.meaning):
            return one.word
    return text


def _truth(text: str) -> Value:
    plain = folded(text).casefold()
    return True if plain in YES else False if plain in NO else text


def _whole(text: str) -> Value:
    return folded(text)


def _day(text: str) -> Value:
    """ISO where it is a day in one of the spellings that can't be mistaken."""
    match = _DAY.fullmatch(folded(text).replace(" ", ""))
    if not match:
        return text
    try:
        return date(*map(int, match.groups())).isoformat()
    except ValueError:
        return text
