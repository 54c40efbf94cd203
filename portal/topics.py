"""Which datasets a topic (专区) holds: those it names, then those of its domains and keywords (POR-2, EMG-1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from portal.model import Catalogue, Dataset
from portal.registers import Topic
from portal.text import plain_term


def members(topic: Topic, catalogue: Catalogue, listed: Sequence[Dataset]) -> tuple[Dataset, ...]:
    """Its datasets among `listed`: the named ones in the topic's order, then the others in the order of `listed`."""
    by_id = {one.id: one for one in listed}
    known = {alias: one.id for one in catalogue.datasets for alias in one.aliases} if topic.datasets else {}
    named = [by_id.get(known.get(name, name)) for name in topic.datasets]
    found = {one.id: one for one in named if one is not None}
    words, domains = {plain_term(word) for word in topic.keywords}, set(topic.domains)
    for one in listed:
        if one.domain in domains or (words and any(plain_term(word) in words for word in one.keywords)):
            found.setdefault(one.id, one)
    return tuple(found.values())


def topics_of(catalogue: Catalogue, listed: Sequence[Dataset]) -> Mapping[str, tuple[Topic, ...]]:
    """The topics of each dataset that is in one, in the order of the register."""
    found: dict[str, list[Topic]] = {}
    for topic in catalogue.topics:
        for one in members(topic, catalogue, listed):
            found.setdefault(one.id, []).append(topic)
    return {key: tuple(topics) for key, topics in found.items()}
