"""The pairs of characters of all records, cut into pieces that a browser fetches one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from portal.search.layout import LAST, PIECE_BYTES, PLACES, differences, varints

Postings = dict[str, list[int]]
"""Pair → ascending list of record number · PLACES + place."""


class Piece(NamedTuple):
    """A run of pairs in character order: the first of them, and the file's bytes, not yet packed."""

    first: str
    content: bytes


class _Encoded(NamedTuple):
    """One pair's part of each of the four streams."""

    pair: str
    records: int
    record_steps: bytes
    counts: bytes
    place_steps: bytes

    @property
    def size(self) -> int:
        return len(self.record_steps) + len(self.counts) + len(self.place_steps) + 8


def collect(texts: Iterable[str]) -> Postings:
    """Where each pair stands in the folded texts, which are numbered as they come."""
    postings: defaultdict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        start = number * PLACES
        firsts: set[str] = set()
        ends: dict[str, int] = {}
        before = ""
        for place, char in enumerate(text, -1):
            if not char.isspace():
                if before:
                    postings[before + char].append(start + place)
                    firsts.add(before)
                before = char
            elif before:
                ends.setdefault(before, place)
                before = ""
        if before:
            ends.setdefault(before, len(text) - 1)
        for char in ends.keys() - firsts:
            postings[char + LAST].append(start + ends[char])
    return postings


def pieces(postings: Postings) -> Iterator[Piece]:
    """The pairs in character order, cut where a piece is full."""
    waiting: list[_Encoded] = []
    size = 0
    for pair in sorted(postings):
        encoded = _encode(pair, postings[pair])
        if waiting and size + encoded.size > PIECE_BYTES:
            yield _piece(waiting)
            waiting, size = [], 0
        waiting.append(encoded)
        size += encoded.size
    if waiting:
        yield _piece(waiting)


def _encode(pair: str, places: list[int]) -> _Encoded:
    records: list[int] = []
    counts: list[int] = []
    steps: list[int] = []
    for record, group in groupby(places, lambda place: place // PLACES):
        inside = [place % PLACES for place in group]
        records.append(record)
        counts.append(len(inside))
        steps.extend(differences(inside))
    return _Encoded(pair, len(records), varints(differences(records)), varints(counts), varints(steps))


def _piece(encoded: list[_Encoded]) -> Piece:
    names = "".join(one.pair for one in encoded).encode()
    parts = [
        varints([len(encoded), len(names)]),
        names,
        varints(one.records for one in encoded),
        *(one.record_steps for one in encoded),
        *(one.counts for one in encoded),
        *(one.place_steps for one in encoded),
    ]
    return Piece(encoded[0].pair, b"".join(parts))
