"""Rules about why an entry is open, closed or limited: levels, grounds, reasons, processing (CAT-13, OT-2, REV-7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.checks.shape import FileFinding, FileRule, Finding, Rule, Scene
from portal.model import Dataset
from portal.problems import shown
from portal.proceedings import Concern
from portal.registers import register_path
from portal.wording.choices import MEANINGS

LEVELS = register_path("levels")
CITED = re.compile(r"《[^》]+》.*第[一二三四五六七八九十百零〇\d]+条")
"""A citation of a law: its title and an article (OT-2)."""
SECRETS: frozenset[Concern] = frozenset({"state-secrets"})
PERSONS: frozenset[Concern] = frozenset({"privacy", "commercial-secrets"})


def entries_are_graded(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """An entry bears a level where the city grades its data (SH-13, SZd-16, WX-12, SYS-11)."""
    if scene.profile.grading.required and not dataset.level:
        yield Finding(("open_type",), {"choices": _choices(scene)})


def levels_are_known(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """A level stands in the city's list, where there is one (CAT-13)."""
    if dataset.level and scene.levels and dataset.level not in scene.levels:
        yield Finding(("level",), {"found": shown(dataset.level), "choices": _choices(scene)})


def levels_fit_the_open_type(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """The level leads to this open type (SH-13¶3(2), SH-14)."""
    level = scene.levels.get(dataset.level or "")
    if level is not None and dataset.open_type not in level.open_types:
        allowed = "、".join(MEANINGS[one] for one in level.open_types)
        values = {"level": level.level, "present": MEANINGS[dataset.open_type], "allowed": allowed}
        yield Finding(("level",), {**values, "allowed_en": ", ".join(level.open_types)})


def levels_are_given_once(scene: Scene) -> Iterator[FileFinding]:
    """A level is listed once."""
    seen: set[str] = set()
    for index, one in enumerate(scene.catalogue.levels):
        if one.level in seen:
            yield FileFinding(LEVELS, (index, "level"), {"level": shown(one.level)})
        seen.add(one.level)


def grounds_are_named(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """Conditional and closed data cite the law, or say which limit it is (OT-2)."""
    if dataset.open_type == "unconditional" or not dataset.open_ground:  # the latter has a problem of its own
        return
    limits = scene.profile.open_type.grounds.get(dataset.open_type, {}).values()
    named = dataset.open_ground_kinds or any(limit in dataset.open_ground for limit in limits)
    if not named and not CITED.search(dataset.open_ground):
        yield Finding(("open_ground",), {"found": shown(dataset.open_ground, 30)})


def grounds_are_the_citys(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """The limits and reasons are those that the city's text gives for this open type (OT-2)."""
    known = scene.profile.open_type.grounds.get(dataset.open_type, {})
    for index, kind in enumerate(dataset.open_ground_kinds):
        if kind not in known:
            choices = "、".join(f"{key}（{text}）" for key, text in known.items()) or "（无：删去本项）"
            values = {"found": MEANINGS[kind], "found_en": kind, "type": MEANINGS[dataset.open_type]}
            yield Finding(("open_ground_kinds", index), {**values, "type_en": dataset.open_type, "choices": choices})


def secrets_were_processed(dataset: Dataset, _: Scene) -> Iterator[Finding]:
    """Open data that touch secrets or persons say how these were taken out (REV-7; SYS-38 脱密、脱敏处理后)."""
    if not dataset.is_listed or dataset.open_type != "unconditional":
        return
    done = {one.kind for one in dataset.processing}
    wanted = [
        (SECRETS, {"declassification"}, "脱密（declassification）"),
        (PERSONS, {"masking", "de-identification"}, "脱敏（masking）或去标识（de-identification）"),
    ]
    for concerns, kinds, name in wanted:
        touched = [one for one in dataset.concerns if one in concerns]
        if touched and not done & kinds:
            values = {"concern": "、".join(MEANINGS[one] for one in touched), "concern_en": ", ".join(touched)}
            yield Finding(("concerns",), {**values, "wanted": name, "wanted_en": " or ".join(sorted(kinds))})


def _choices(scene: Scene) -> str:
    return "、".join(scene.levels) or "（catalog/levels.yml 中尚无）"


GRADING_RULES: dict[str, Rule] = {
    "level-missing": entries_are_graded,
    "level-unknown": levels_are_known,
    "level-open-type": levels_fit_the_open_type,
    "ground-unnamed": grounds_are_named,
    "ground-kind": grounds_are_the_citys,
    "processing-missing": secrets_were_processed,
}
LEVEL_RULES: dict[str, FileRule] = {"level-twice": levels_are_given_once}
