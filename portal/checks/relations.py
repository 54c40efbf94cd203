"""Rules about what an entry says of other entries (REL-1, CAT-23, OT-7).

明确说明数据关联关系，在时间跨度、地理位置等方面的关联关系应当做出说明 (上海市公共数据开放实施细则 第九条第二款第六项).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.checks.likeness import NATION, areas_in
from portal.checks.shape import Finding, Rule, Scene
from portal.model import Dataset
from portal.problems import shown

_NOT_TEXT = re.compile(r"[\W_]+")
_OF_TIME = re.compile(
    r"\d{4}|年[份度前后]|[历同当逐每]年|同期|同[一日时月]|当[天日月时]|时间|时期|时点|期间|现行|之[前后]|以[前后]|截至|至今|最新|早于|晚于"
)
_OF_AREA = re.compile(
    r"全[国省市区县]|[本该各][省市区县]|[省市区县][内域外]|地域|地区|区域|辖区|地理|范围|部分|沿线|地点|位置|覆盖|境内"
)
ASPECTS = {"time": ("时间", "time"), "area": ("地域", "area")}


def relations_are_explained(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """A relation says in words how the two belong together, in time and place too where these differ."""
    for index, relation in enumerate(dataset.relations):
        other = scene.by_id.get(relation.to)
        if other is None or other is dataset:
            continue  # `dataset-unknown` has said it
        note = relation.note or ""
        if len(_NOT_TEXT.sub("", note)) < scene.profile.naming.description_min:
            missing = ["note"]
        else:
            missing = [aspect for aspect in ASPECTS if not _explains(aspect, note, dataset, other)]
        if missing:
            names = {"note": ("关系", "relation"), **ASPECTS}
            values = {"other": shown(other.title), "missing": "、".join(names[one][0] for one in missing)}
            yield Finding(("relations", index), values | {"missing_en": " and ".join(names[one][1] for one in missing)})


def _explains(aspect: str, note: str, one: Dataset, other: Dataset) -> bool:
    """Whether the note speaks of time (or place), or the two have the same."""
    if aspect == "time":
        return one.temporal is None or one.temporal == other.temporal or bool(_OF_TIME.search(note))
    if not one.spatial or not other.spatial or one.spatial == other.spatial:
        return True
    places = (*NATION, *areas_in(one.spatial), *areas_in(other.spatial))
    return bool(_OF_AREA.search(note)) or any(place in note for place in places)


def merged_sets_lead_here(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """A set that was merged into this one is still there, is a former id of this one, or has a tombstone (CAT-23)."""
    gone = {stone.id for stone in scene.catalogue.tombstones}
    for index, name in enumerate(dataset.merged_from):
        if name == dataset.id or not (scene.knows(name) or name in gone):
            yield Finding(("merged_from", index), {"found": shown(name)})


def parts_form_no_circle(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """A set is not a part of itself, not even by way of others (CAT-23)."""
    seen, here = [dataset.id], dataset
    while here.part_of and (above := scene.by_id.get(here.part_of)) is not None:
        if above.id == dataset.id and len(seen) > 1:
            yield Finding(("part_of",), {"circle": " → ".join((*seen, dataset.id))})
        if above.id in seen:
            return
        seen.append(above.id)
        here = above


def static_data_promise_nothing(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """Static data are updated irregularly: what is no longer updated promises no period (OT-7)."""
    if dataset.status == "static" and dataset.update_frequency != "irregular":
        yield Finding(("update_frequency",), {"update": scene.profile.frequencies[dataset.update_frequency].label})


RELATION_RULES: dict[str, Rule] = {
    "relation-unexplained": relations_are_explained,
    "merged-from": merged_sets_lead_here,
    "part-of-circle": parts_form_no_circle,
    "static-frequency": static_data_promise_nothing,
}
