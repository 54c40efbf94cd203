"""Rules about data items' labels, descriptions and codes (CAT-4, CAT-8).

准确、方便用户理解的数据字段及配套说明 (上海市公共数据开放实施细则 第九条第二款第二项); 丰富字段说明 in the other texts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from portal.checks.shape import Finding, Key, Rule, Scene, tables_of
from portal.model import Dataset
from portal.problems import shown
from portal.tableschema import Column
from portal.text import fold

_NOT_TEXT = re.compile(r"[\W_]+")
# Words that say nothing about a data item: 公园的名称字段 says no more than 公园名称.
_FILLER = re.compile("该数据项|数据项|字段|名称|数据|信息|内容|说明|表示|填写|的|本|该|此|列|项|值|为|是|指|即")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_CODE = re.compile(r"[0-9A-Za-z]{1,3}")


def labels_are_chinese(dataset: Dataset, _: Scene) -> Iterator[Finding]:
    """Every data item has a Chinese label (CAT-4)."""
    for place, column, _index in _columns(dataset):
        if not _HAN.search(unicodedata.normalize("NFKC", column.title)):
            yield Finding((*place, "title"), {"title": shown(column.title)}, column.name)


def description_explains(dataset: Dataset, _: Scene) -> Iterator[Finding]:
    """A description says more than the label (CAT-4)."""
    for place, column, _index in _columns(dataset):
        said = _core(column.description)
        if not said or said in (_core(column.title), _core(column.name)):
            yield Finding((*place, "description"), {"title": shown(column.title)}, column.name)


def description_is_long_enough(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """A description has a few characters at least (CAT-4)."""
    least = scene.profile.naming.description_min
    for place, column, _index in _columns(dataset):
        length = len(_letters(column.description))
        if length < least and _core(column.description) not in ("", _core(column.title), _core(column.name)):
            values = {"title": shown(column.title), "found": shown(column.description), "least": str(least)}
            yield Finding((*place, "description"), values, column.name)


def descriptions_differ(dataset: Dataset, _: Scene) -> Iterator[Finding]:
    """Columns of one table have descriptions of their own (CAT-4)."""
    first: dict[tuple[int, str], Column] = {}
    for place, column, index in _columns(dataset):
        said = _letters(column.description)
        other = first.setdefault((index, said), column)
        if other is not column and said:
            values = {"title": shown(column.title), "other": shown(other.title)}
            yield Finding((*place, "description"), values, column.name)


def codes_have_meanings(dataset: Dataset, _: Scene) -> Iterator[Finding]:
    """Each code that a column may hold has its meaning in the column's list of codes (CAT-8)."""
    for place, column, _index in _columns(dataset):
        enum, codes = column.constraints.enum or (), column.codes or {}
        coded = bool(codes) or (len(enum) > 1 and all(_CODE.fullmatch(value) for value in enum))
        missing = [value for value in enum if value not in codes] if coded and column.type == "string" else []
        if missing:
            few = "、".join(shown(value) for value in missing[:5]) + (" 等" if len(missing) > 5 else "")
            yield Finding((*place, "constraints", "enum"), {"title": shown(column.title), "codes": few}, column.name)


def _columns(dataset: Dataset) -> Iterator[tuple[tuple[Key, ...], Column, int]]:
    """Each data item with its place and the number of its table."""
    for index, table in tables_of(dataset):
        for number, column in enumerate(table.table_schema.fields):
            yield ("files", index, "schema", "fields", number), column, index


@lru_cache(maxsize=16384)
def _letters(text: str) -> str:
    """Letters and digits alone, folded: `公园名称。` and `公园 名称` are one."""
    return _NOT_TEXT.sub("", fold(text))


def _core(text: str) -> str:
    """What a text says besides filler words; '' where it says nothing else."""
    return _FILLER.sub("", _letters(text))


DESCRIPTION_RULES: dict[str, Rule] = {
    "label-chinese": labels_are_chinese,
    "description-empty": description_explains,
    "description-short": description_is_long_enough,
    "description-copied": descriptions_differ,
    "codes-incomplete": codes_have_meanings,
}
