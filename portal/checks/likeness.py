"""How alike two names are: what is left of them without time, area and empty words, compared by pairs of characters.

`苏州市普通高等学校名单（2024年）` and `全国普通高等学校名录` both come down to `普通高等学校`. Likeness is the Dice
coefficient of the two sets of overlapping pairs, 0 to 1. The threshold (`naming.similarity_max` of the profile) was
chosen by measurement: among the 33 entries of the demonstration the pairs that departments had told apart score 1.00
and the next pair 0.57; among 2,000 generated names of 415 topics, two different topics score at most 0.84
(药品经营许可 and 食品经营许可) and the same topic mostly more, so 0.85 keeps them apart (docs/decisions/0012).

Only names that share a pair are compared: an index from pair to names. 2,000 names take about 0.3 s.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from portal.text import HAN, fold

_NUMBER = r"〇零一二两三四五六七八九十百\d"
_TIME = re.compile(rf"第?[{_NUMBER}]+(?:年度?|月份?|日|季度?|周|世纪|期)|[上下]半年|\d+")
_EMPTY = re.compile(
    "一览表|统计表|汇总表|信息表|基本信息|基础信息|公示信息|名录|名单|目录|清单|列表|一览|信息|数据集|数据|明细|情况"
    "|统计|汇总|全量|资料|记录|公示|历史|推算|年度|月度|季度|日序列|周序列|序列|新版|最新|全部|各类"
)
_NOT_TEXT = re.compile(r"[\W_]+")
NATION = ("全国", "我国", "中国")
ANYWHERE = ("全省", "全市", "全区", "全县", "本市", "本区", "本县", "市域", "城区", "市区")


class Name(NamedTuple):
    """One title to compare: an id, the title, the area it speaks for (empty: not given)."""

    id: str
    title: str
    area: str


class Pair(NamedTuple):
    """Two names that are too much alike; `first` stands earlier in the order given."""

    first: str
    second: str
    likeness: float


def core(title: str, areas: Iterable[str] = ()) -> str:
    """What a name is about, folded: without the areas given, time, and words that every name has."""
    text = fold(title)
    for area in (*areas, *NATION, *ANYWHERE):
        text = text.replace(area, "")
    text = _NOT_TEXT.sub("", _TIME.sub("", text))
    return _EMPTY.sub("", text) or text


@lru_cache(maxsize=4096)
def areas_in(spatial: str) -> tuple[str, ...]:
    """The places that an area names, each also without its last character, the longest first.

    `江苏省苏州市姑苏区` → 姑苏区 江苏省 苏州市 姑苏 江苏 苏州; what is no such chain (a stock exchange) whole.
    """
    plain = re.sub(r"[（(].*?[)）]", "", fold(spatial))
    names = re.findall(rf"[{HAN}]{{2,}}?(?:自治区|园区|开发区|街道|[省市区县镇乡])", plain) or [plain]
    short = [name[:-1] for name in names if len(name) > 2 and name[-1] in "省市区县镇乡"]
    return tuple(sorted({*names, *short} - {""}, key=lambda name: (-len(name), name)))


@lru_cache(maxsize=8192)
def pairs(text: str) -> frozenset[str]:
    """Overlapping pairs of characters; the text itself where it has only one."""
    return frozenset(text[start : start + 2] for start in range(len(text) - 1)) or frozenset([text])


def likeness(one: str, other: str) -> float:
    """Dice coefficient of two cores, 0 (nothing shared) to 1."""
    left, right = pairs(one), pairs(other)
    return 2 * len(left & right) / (len(left) + len(right))


def too_alike(names: Sequence[Name], areas: Sequence[str], most: float) -> Iterator[Pair]:
    """Each pair of names whose likeness reaches `most` and whose areas overlap, in the order given.

    `areas` are words to leave out besides each entry's own. Two districts' names for the same thing are told apart
    by the district that both show; a district's and the whole city's are not.
    """
    cores = [core(name.title, (*areas_in(name.area), *areas)) for name in names]
    first: dict[tuple[str, str], int] = {}
    holders: dict[str, list[int]] = defaultdict(list)
    for number, name in enumerate(names):
        mine = pairs(cores[number])
        shared: Counter[int] = Counter()
        for pair in mine:
            shared.update(holders[pair])
        for other, count in sorted(shared.items()):
            score = 2 * count / (len(mine) + len(pairs(cores[other])))
            if score >= most and overlap(name.area, names[other].area):
                yield Pair(names[other].id, name.id, score)
        if first.setdefault((cores[number], name.area), number) == number:  # of equal ones the first stands for all
            for pair in mine:
                holders[pair].append(number)


def overlap(one: str, other: str) -> bool:
    """Whether two areas may share ground: one is written inside the other, or either is unknown or the nation."""
    if not one or not other:
        return True
    if any(word in area for area in (one, other) for word in (*NATION, "不限")):
        return True
    return one in other or other in one
