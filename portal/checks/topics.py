"""Rules about topics and emergencies: catalog/topics.yml (POR-2, EMG-1)."""

from __future__ import annotations

from collections.abc import Iterator

from portal.checks.shape import FileFinding, FileRule, Scene
from portal.problems import shown
from portal.registers import Topic, register_path
from portal.topics import members

PATH = register_path("topics")
NEEDED = {
    "event": ("事件类别", "the kind of event"),
    "since": ("启动日期", "its first day"),
    "fast_lane": ("快速通道", "the fast lane"),
    "renewed": ("更新频次", "how often data are renewed"),
}


def topics_name_datasets(scene: Scene) -> Iterator[FileFinding]:
    """A topic holds datasets that exist."""
    for index, topic in enumerate(scene.catalogue.topics):
        for place, name in enumerate(topic.datasets):
            if not scene.knows(name):
                yield FileFinding(PATH, (index, "datasets", place), _values(topic, found=shown(name)))


def topics_hide_what_is_not_open(scene: Scene) -> Iterator[FileFinding]:
    """Not-open entries appear nowhere, so no topic names one (OT-1)."""
    for index, topic in enumerate(scene.catalogue.topics):
        for place, name in enumerate(topic.datasets):
            if name in scene.by_id and not scene.by_id[name].is_listed:
                yield FileFinding(PATH, (index, "datasets", place), _values(topic, found=shown(name)))


def topics_name_domains(scene: Scene) -> Iterator[FileFinding]:
    """A topic holds domains of the city's list."""
    known = {one.id for one in scene.catalogue.domains}
    for index, topic in enumerate(scene.catalogue.topics):
        for place, name in enumerate(topic.domains):
            if known and name not in known:  # an unreadable list has its own problem
                yield FileFinding(PATH, (index, "domains", place), _values(topic, found=shown(name)))


def topics_hold_something(scene: Scene) -> Iterator[FileFinding]:
    """A topic without a dataset promises what the portal doesn't have."""
    listed = [one for one in scene.catalogue.datasets if one.is_listed]
    for index, topic in enumerate(scene.catalogue.topics):
        if not members(topic, scene.catalogue, listed) and not scene.broken.intersection(topic.datasets):
            yield FileFinding(PATH, (index,), _values(topic))


def emergencies_are_complete(scene: Scene) -> Iterator[FileFinding]:
    """An emergency says what, since when, by which fast lane, and how often data are renewed (EMG-1, SZ-18)."""
    for index, topic in _emergencies(scene):
        missing = [words for key, words in NEEDED.items() if not getattr(topic, key)]
        if missing:
            told, told_en = ("、".join(zh for zh, _ in missing), ", ".join(en for _, en in missing))
            yield FileFinding(PATH, (index,), _values(topic, missing=told, missing_en=told_en))


def emergencies_run_forward(scene: Scene) -> Iterator[FileFinding]:
    """An emergency ends, and is reviewed, after it began."""
    for index, topic in _emergencies(scene):
        reviewed = topic.reviewed.date if topic.reviewed else None
        days = {"until": ("结束日期", "its end", topic.until), "reviewed": ("复盘日期", "its after-review", reviewed)}
        for key, (zh, en, day) in days.items():
            if topic.since and day and day < topic.since:
                values = {"field": zh, "field_en": en, "found": str(day), "since": str(topic.since)}
                yield FileFinding(PATH, (index, key), _values(topic, **values))


def emergencies_are_reviewed(scene: Scene) -> Iterator[FileFinding]:
    """What was opened in haste is looked at again once the emergency is over (EMG-1)."""
    for index, topic in _emergencies(scene):
        if topic.until and topic.until < scene.today and topic.reviewed is None:
            yield FileFinding(PATH, (index,), _values(topic, until=str(topic.until)))


def _emergencies(scene: Scene) -> Iterator[tuple[int, Topic]]:
    return ((index, one) for index, one in enumerate(scene.catalogue.topics) if one.kind == "emergency")


def _values(topic: Topic, **more: str) -> dict[str, str]:
    return {"title": shown(topic.title), **more}


TOPIC_RULES: dict[str, FileRule] = {
    "topic-dataset": topics_name_datasets,
    "topic-hidden": topics_hide_what_is_not_open,
    "topic-domain": topics_name_domains,
    "topic-empty": topics_hold_something,
    "topic-emergency-incomplete": emergencies_are_complete,
    "topic-emergency-dates": emergencies_run_forward,
    "topic-emergency-review": emergencies_are_reviewed,
}
TOPIC_WARNINGS = frozenset({"topic-empty", "topic-emergency-review"})
