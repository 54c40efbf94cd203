"""Writes the search index of a release: a little that every search asks for, and many small pieces."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from portal.alphabet import alphabetical
from portal.facets import FACETS, MANY
from portal.problems import PortalError
from portal.search.layout import CARDS, packed, planes
from portal.search.pairs import collect, pieces
from portal.search.records import FORMATS, SearchRecord, zones
from portal.text import fold, simplified_table

ENTRY = "search/index.json"
FOLDER = "assets/search"
_EPOCH = date(1970, 1, 1).toordinal()
SUGGESTED = 1_500
"""Names of data items that the search box suggests: those that most datasets have, about 12 kB packed."""
_FORMAT_ORDER = {value: place for place, value in enumerate(FORMATS)}


@dataclass(frozen=True)
class IndexReport:
    """What was written: records, files (below the site's folder, sorted) and their bytes."""

    records: int
    files: tuple[str, ...]
    bytes: int


def build_index(
    records: Sequence[SearchRecord], site: Path, *, expected: int, synonyms: Sequence[Sequence[str]] = ()
) -> IndexReport:
    """Write the index of `records` into the folder of the site.

    `expected` is how many datasets have a page. Raises PortalError when the records are not as many, or when two
    have one id: a dataset that has a page and can't be found is a fault.
    """
    if len(records) != expected or len({record.id for record in records}) != expected:
        raise PortalError(f"the search index has {len(records)} records, and {expected} datasets have a page")
    ordered = sorted(records, key=_likeness)
    folded = [zones(record) for record in ordered]
    facets = {key: _choices(ordered, key) for key in FACETS}
    files = dict(_cards(ordered))
    starts: list[str] = []
    for number, piece in enumerate(pieces(collect("\n".join(texts) for texts in folded))):
        files[f"p{number}.bin"] = packed(piece.content)
        starts.append(piece.first)
    files["table.bin"] = packed(_table(ordered, folded, facets))
    files["ids.json"] = _json([record.id for record in ordered])
    files["simplify.bin"] = packed(_json(_simplify()))
    files["fields.json"] = _json(_fields(ordered))
    orders = {"title": _by_title(ordered), "rows": _by_number([one.rows for one in ordered])}
    files |= {f"by-{key}.bin": packed(_order(order)) for key, order in orders.items()}
    digest = _digest(files)
    entry: dict[str, Any] = {
        "count": len(ordered),
        "base": f"/{FOLDER}/{digest}/",
        "facets": [
            {"key": key, "many": key in MANY, "values": list(choices.items())} for key, choices in facets.items()
        ],
        "synonyms": [list(dict.fromkeys(fold(word) for word in group)) for group in synonyms],
        "pairs": "".join(starts),
        "cards": CARDS,
        "orders": {key: f"/{FOLDER}/{digest}/by-{key}.bin" for key in orders},
    }
    used: dict[str, bytes] = {}
    if any(one.downloads is not None for one in ordered):
        # Apart from the rest: it changes every night, and the rest may be kept.
        content = packed(_order(_by_number([one.downloads for one in ordered])))
        name = f"{FOLDER}/downloads.{sha256(content).hexdigest()[:8]}.bin"
        used[name], entry["orders"]["downloads"] = content, f"/{name}"
    written = {f"{FOLDER}/{digest}/{name}": content for name, content in files.items()} | used | {ENTRY: _json(entry)}
    for name, content in written.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return IndexReport(len(ordered), tuple(sorted(written)), sum(map(len, written.values())))


def _likeness(record: SearchRecord) -> tuple[object, ...]:
    """Neighbours share domain and department: differences stay small, and the table packs well."""
    return *((record.facets.get(key) or (("", ""),))[0] for key in ("domain", "department")), record.id


def _choices(records: Sequence[SearchRecord], key: str) -> dict[str, str]:
    """Value → title of all choices of a facet that some record has: formats as lists show them, the rest by value."""
    found = {choice for record in records for choice in record.facets.get(key, ())}
    ordered = sorted(found, key=lambda choice: (_FORMAT_ORDER.get(choice.value, 0), choice))
    return {choice.value: choice.title for choice in ordered}


def _table(
    records: Sequence[SearchRecord], folded: Sequence[tuple[str, str, str]], facets: Mapping[str, Mapping[str, str]]
) -> bytes:
    parts: list[bytes] = []
    for key, choices in facets.items():
        number = {value: position for position, value in enumerate(choices)}
        own = [[number[choice.value] for choice in record.facets.get(key, ())] for record in records]
        if key in MANY:
            parts.append(planes([sum(1 << one for one in set(some)) for some in own], -(-len(choices) // 8)))
        else:
            parts.append(planes([some[0] + 1 if some else 0 for some in own], 1 if len(choices) < 256 else 2))
    titles = [len(title) for title, _, _ in folded]
    parts.append(planes([min(length, 255) for length in titles], 1))
    parts.append(planes([len(title) + 1 + len(names) for title, names, _ in folded], 3))
    parts.append(planes([max(0, record.data_date.toordinal() - _EPOCH) for record in records], 2))
    return b"".join(parts)


def _fields(records: Sequence[SearchRecord]) -> list[list[object]]:
    """Titles of data items with how many datasets have them, most first."""
    counted = Counter(title for record in records for title in record.fields)
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return [[title, count] for title, count in ordered[:SUGGESTED]]


def _by_title(records: Sequence[SearchRecord]) -> list[int]:
    keys = [alphabetical(record.title) for record in records]
    return sorted(range(len(records)), key=keys.__getitem__)


def _by_number(numbers: Sequence[int | None]) -> list[int]:
    """Greatest first, those without a number last; equal ones in the order of the index."""
    known = [-1 if number is None else number for number in numbers]
    return sorted(range(len(known)), key=lambda at: (-known[at], at))


def _order(order: Sequence[int]) -> bytes:
    return planes(order, 2 if len(order) <= 1 << 16 else 3)


def _cards(records: Sequence[SearchRecord]) -> Iterator[tuple[str, bytes]]:
    for start in range(0, len(records), CARDS):
        cards = [
            [one.id, one.title, one.summary, list(one.names), one.rows, int(one.static)]
            for one in records[start : start + CARDS]
        ]
        yield f"c{start // CARDS}.json", _json(cards)


def _simplify() -> list[str]:
    table = simplified_table()
    return ["".join(map(chr, table)), "".join(table.values())]


def _digest(files: Mapping[str, bytes]) -> str:
    whole = sha256()
    for name, content in sorted(files.items()):
        whole.update(f"{name}:{len(content)}:".encode())
        whole.update(content)
    return whole.hexdigest()[:12]


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
