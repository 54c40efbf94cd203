"""The audit chain: each event carries the digest of the one before it, under a key that the database does not know.

An edit, a deletion in the middle and a fork break the chain; a tail that was cut off shows only against a head
that was published elsewhere (service.md §2.4).
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

GENESIS = "0" * 64


@dataclass(frozen=True)
class Link:
    """One event as the chain sees it: names of changed fields, never their values."""

    seq: int
    at: str
    actor: str
    role: str
    case: str
    what: str
    source: str
    target: str
    fields: tuple[str, ...]
    prev: str
    mac: str


class Head(NamedTuple):
    """What is published: so many events, and the last one's digest."""

    date: str
    seq: int
    mac: str


class Break(NamedTuple):
    """Where the chain is broken, and how."""

    seq: int
    why: str


def mac_of(key: bytes, link: Link) -> str:
    """The digest of an event: everything but its own digest and its place in the table."""
    body: Mapping[str, object] = {
        "at": link.at,
        "actor": link.actor,
        "role": link.role,
        "case": link.case,
        "what": link.what,
        "from": link.source,
        "to": link.target,
        "fields": list(link.fields),
        "prev": link.prev,
    }
    canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hmac.digest(key, canonical.encode(), "sha256").hex()


def breaks_in(links: Iterable[Link], key: bytes, heads: Iterable[Head] = ()) -> list[Break]:
    """Every place where the chain, read in order, does not hold; empty when all is well."""
    found: list[Break] = []
    expected, last = GENESIS, 0
    wanted = {head.seq: head for head in heads}
    for link in links:
        if link.prev != expected:
            found.append(Break(link.seq, "前一条记录缺失或被替换"))
        if not hmac.compare_digest(mac_of(key, link), link.mac):
            found.append(Break(link.seq, "内容与校验值不符"))
        head = wanted.pop(link.seq, None)
        if head and head.mac != link.mac:
            found.append(Break(link.seq, f"与 {head.date} 公布的校验值不符"))
        expected, last = link.mac, link.seq
    found += [Break(last, f"{head.date} 公布的第 {head.seq} 条记录已不存在") for head in wanted.values()]
    return found
