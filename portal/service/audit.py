"""Writing and checking the audit chain: who did what to which case, and the names of the fields that changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from portal.service.domain.chain import GENESIS, Break, Head, Link, breaks_in, mac_of
from portal.service.keys import Keys
from portal.service.models import Event
from portal.service.public import write_atomically
from portal.service.store import value


class Deed(NamedTuple):
    """What is recorded. `actor` is a person's login or `public`/`system`; `fields` are names, never values."""

    actor: str
    role: str
    what: str
    case: str = ""
    source: str = ""
    target: str = ""
    fields: tuple[str, ...] = ()


def record(deed: Deed, at: datetime, keys: Keys) -> Event:
    """Append one event. Call it inside `store.writing()`: the head must not move in between."""
    last = value("SELECT mac FROM service_event ORDER BY seq DESC LIMIT 1")
    link = Link(
        seq=0,
        at=at.isoformat(),
        actor=deed.actor,
        role=deed.role,
        case=deed.case,
        what=deed.what,
        source=deed.source,
        target=deed.target,
        fields=deed.fields,
        prev=last or GENESIS,
        mac="",
    )
    mac = mac_of(keys.get("audit"), link)
    return Event.objects.create(
        at=link.at,
        actor=link.actor,
        role=link.role,
        case=link.case,
        what=link.what,
        source=link.source,
        target=link.target,
        fields=list(link.fields),
        prev=link.prev,
        mac=mac,
    )


def links() -> Iterator[Link]:
    """The whole chain in order, without holding it in memory."""
    for event in Event.objects.order_by("seq").iterator(chunk_size=2000):
        yield Link(
            seq=event.seq,
            at=event.at,
            actor=event.actor,
            role=event.role,
            case=event.case,
            what=event.what,
            source=event.source,
            target=event.target,
            fields=tuple(event.fields),
            prev=event.prev,
            mac=event.mac,
        )


def verify(keys: Keys, public: Path) -> list[Break]:
    """Every break in the chain, measured also against the heads that were published."""
    return breaks_in(links(), keys.get("audit"), published_heads(public))


def publish_head(public: Path, at: datetime) -> Head | None:
    """Add today's head to var/public/audit-heads.json, which the build puts on the site; None for an empty chain.

    One head a day: a later one of the same day takes its place.
    """
    last = Event.objects.order_by("-seq").first()
    if last is None:
        return None
    head = Head(at.date().isoformat(), last.seq, last.mac)
    kept = [old for old in published_heads(public) if old.date != head.date]
    write_atomically(public / "audit-heads.json", [item._asdict() for item in (*kept, head)])
    return head


def published_heads(public: Path) -> list[Head]:
    """The heads in var/public/audit-heads.json, oldest first."""
    try:
        rows = json.loads((public / "audit-heads.json").read_text("utf-8"))
    except FileNotFoundError:
        return []
    return [Head(row["date"], int(row["seq"]), row["mac"]) for row in rows]
