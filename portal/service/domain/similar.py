"""Which published datasets resemble what somebody asks for (OOC-1: prefer data in the catalogue).

Each text is cut into the same bigrams as the search's; a dataset scores by the rare ones it shares, title first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import log
from typing import NamedTuple

from portal.text import bigrams

TITLE, KEYWORDS, SUMMARY, FIELDS = 3.0, 2.0, 1.0, 1.0
ENOUGH = 0.28  # share of the question's weight that a dataset must meet to be worth a look
COMMON = frozenset(bigrams("数据 信息 希望 需要 提供 开放 获取 我们 可以 情况 以及 相关 全市 本市 公共").split())


class Texts(NamedTuple):
    """What is compared of one dataset."""

    id: str
    title: str
    keywords: tuple[str, ...]
    summary: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Index:
    """The cut texts of all published datasets: per dataset the weight of each bigram, and how many have it."""

    weights: dict[str, dict[str, float]]
    spread: Counter[str]


def index_of(datasets: Iterable[Texts]) -> Index:
    """Cut every dataset once; made when a release goes live, used for every request."""
    weights: dict[str, dict[str, float]] = {}
    spread: Counter[str] = Counter()
    for item in datasets:
        own: dict[str, float] = {}
        for weight, text in (
            (FIELDS, " ".join(item.fields)),
            (SUMMARY, item.summary),
            (KEYWORDS, " ".join(item.keywords)),
            (TITLE, item.title),
        ):
            own |= dict.fromkeys(_cut(text), weight)
        weights[item.id] = own
        spread.update(own)
    return Index(weights, spread)


def similar(wanted: str, index: Index, *, limit: int = 5) -> list[str]:
    """Ids of the datasets that share enough of the question, best first; ties by id."""
    asked = _cut(wanted)
    count = len(index.weights)
    rarity = {token: log(1 + count / (1 + index.spread[token])) for token in asked}
    most = TITLE * sum(rarity.values())
    if not most:
        return []
    scores = {
        dataset: sum(rarity[token] * own[token] for token in asked if token in own) / most
        for dataset, own in index.weights.items()
    }
    near = [dataset for dataset, score in scores.items() if score >= ENOUGH]
    return sorted(near, key=lambda dataset: (-scores[dataset], dataset))[:limit]


def _cut(text: str) -> set[str]:
    return {token for token in bigrams(text).split() if len(token) > 1 and token not in COMMON}
