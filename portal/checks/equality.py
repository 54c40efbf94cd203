"""Rules about the conditions of conditional data: stated, reasoned, and equal for all (CAT-14, CND-3, ACC-3).

平等对待各类公共数据利用主体，不得设置歧视性要求 (无锡 第六条第四款); 平等对待各类申请主体 (上海 第十九条);
擅自增设条件 (双鸭山 第六十三条). A machine can't know whether a difference is needed, so a reviewer's confirmation
of exactly this text lifts the finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.checks.shape import Finding, Key, Rule, Scene
from portal.model import Dataset
from portal.problems import shown
from portal.text import fold

_NOT_TEXT = re.compile(r"[\W_]+")
_EMPTY = re.compile("其他条件|其他要求|其他|其它|暂无|无|待定|另行通知|见附件|按规定|依规|详见|另议|面议")
_WITHOUT = re.compile(r"(?:不限|不论|无论|不分|不区分|不以|不因|均可|不得因)[^，。；,;]{0,24}")
LEAST = 4
"""Letters that a condition and its ground have at least: 信用良好 has four."""


def conditions_are_stated(dataset: Dataset, _: Scene) -> Iterator[Finding]:
    """A condition says what it asks and for which risk, also under `other`; both in words of their own."""
    for index, condition in enumerate(dataset.open_conditions):
        for key in ("text", "ground"):
            letters = _NOT_TEXT.sub("", getattr(condition, key))
            if len(letters) < LEAST or not _EMPTY.sub("", letters):
                values = {"found": shown(getattr(condition, key)), "least": str(LEAST)}
                yield Finding(("open_conditions", index, key), values)
        if _NOT_TEXT.sub("", condition.text) == _NOT_TEXT.sub("", condition.ground):
            yield Finding(("open_conditions", index, "ground"), {"found": shown(condition.ground), "least": str(LEAST)})


def conditions_are_equal(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """Conditions and papers to hand in do not tell applicants apart by ownership, place, size or person."""
    confirmed = {one.text.strip() for one in dataset.confirmations}
    for keys, text in _conditions(dataset):
        found = [] if text.strip() in confirmed else list(_excluding(text, scene))
        if found:
            kinds = "、".join(dict.fromkeys(kind for kind, _ in found))
            words = "、".join(dict.fromkeys(word for _, word in found))
            yield Finding(keys, {"text": shown(text), "kinds": kinds, "words": words})


def confirmations_are_needed(dataset: Dataset, _: Scene) -> Iterator[Finding]:
    """A confirmation is about a text that still stands in the entry."""
    texts = {text.strip() for _, text in _conditions(dataset)}
    for index, one in enumerate(dataset.confirmations):
        if one.text.strip() not in texts:
            yield Finding(("confirmations", index, "text"), {"text": shown(one.text)})


def _conditions(dataset: Dataset) -> Iterator[tuple[tuple[Key, ...], str]]:
    """The texts that decide who gets conditional data: conditions, papers, and the scope of opening."""
    for index, condition in enumerate(dataset.open_conditions):
        yield ("open_conditions", index, "text"), condition.text
    for index, material in enumerate(dataset.application_materials):
        yield ("application_materials", index), material
    if dataset.open_scope:
        yield ("open_scope",), dataset.open_scope


def _excluding(text: str, scene: Scene) -> Iterator[tuple[str, str]]:
    """Kind and word of each exclusion; 不限所有制 and the like excludes nobody."""
    said = _WITHOUT.sub(" ", fold(text))
    for kind, words in scene.profile.equality.terms.items():
        for word in words:
            if fold(word) in said:
                yield kind, word


EQUALITY_RULES: dict[str, Rule] = {
    "condition-vague": conditions_are_stated,
    "condition-unequal": conditions_are_equal,
    "confirmation-unused": confirmations_are_needed,
}
