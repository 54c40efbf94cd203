"""Writes the search index of a release: a little that every search asks for, and many small pieces."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from portal.alphabet import alphabetical
from portal.cache import code_version, get_or_make, key_of
from portal.compression import compress, is_compressed
from portal.facets import FACETS, MANY
from portal.places import Place, Places, places_in
from portal.problems import PortalError
from portal.search.kept import cut, kept
from portal.search.layout import CARDS, packed, planes
from portal.search.records import FORMATS, Choice, SearchRecord, zones
from portal.text import fold, simplified_table

ENTRIES = {"zh": "search/index.json", "en": "search/index.en.json"}
"""What a page of each language asks first; the rest of the index is one for both."""
FOLDER = "assets/search"
_ENGLISH_ORDER = "by-title-en.bin"
_EPOCH = date(1970, 1, 1).toordinal()
SUGGESTED = 1_500
"""Names of data items that the search box suggests: those that most datasets have, about 12 kB packed."""
_FORMAT_ORDER = {value: place for place, value in enumerate(FORMATS)}


@dataclass(frozen=True)
class IndexReport:
    """What the index consists of: records, files (below the site's folder, sorted) and their bytes; `places` are those
    files that stand in the cache and have still to be put in their places.
    """

    records: int
    files: tuple[str, ...]
    bytes: int
    places: Places = field(default_factory=dict)


def build_index(
    records: Sequence[SearchRecord],
    site: Path,
    *,
    expected: int,
    synonyms: Sequence[Sequence[str]] = (),
    cache: Path | None = None,
) -> IndexReport:
    """Write the index of `records` into the folder of the site; what it holds of their words is kept in the `cache`, if
    there is one, and only changes with them.

    `expected` is how many datasets have a page. Raises PortalError when the records are not as many, or when two
    have one id: a dataset that has a page and can't be found is a fault.
    """
    if len(records) != expected or len({record.id for record in records}) != expected:
        raise PortalError(f"the search index has {len(records)} records, and {expected} datasets have a page")
    ordered = sorted(records, key=_likeness)
    folded = [zones(record) for record in ordered]
    facets = {key: _choices(ordered, key) for key in FACETS}
    texts = ["\n".join(some) for some in folded]
    pieces = kept(texts, cache) if cache else cut(texts)
    lists = _lists(ordered)
    digest = _digest({**lists, "pieces": pieces.key.encode()})
    base = f"/{FOLDER}/{digest}/"
    table = packed(_table(ordered, folded, facets))
    own = {_named("table", table): table}
    entry: dict[str, Any] = {
        "count": len(ordered),
        "base": base,
        "table": f"/{_named('table', table)}",
        "facets": [{"key": key, "many": key in MANY, "values": _said(choices)} for key, choices in facets.items()],
        "synonyms": [list(dict.fromkeys(fold(word) for word in group)) for group in synonyms],
        "pairs": pieces.starts,
        "cards": CARDS,
        "orders": {key: f"{base}by-{key}.bin" for key in ("title", "rows")},
    }
    if any(one.downloads is not None for one in ordered):
        # Apart from the rest: it changes every night, and the rest may be kept.
        taken = packed(_order(_by_number([one.downloads for one in ordered])))
        own[_named("downloads", taken)] = taken
        entry["orders"]["downloads"] = f"/{_named('downloads', taken)}"
    english = entry | _in_english(facets, entry["orders"], base, has_english=_ENGLISH_ORDER in lists)
    own |= {ENTRIES["zh"]: _json(entry), ENTRIES["en"]: _json(english)}
    return _written(site, own, digest, lambda: {**lists, **pieces.files()}, cache, records=len(ordered))


def _written(
    site: Path,
    own: Mapping[str, bytes],
    digest: str,
    words: Callable[[], Mapping[str, bytes]],
    cache: Path | None,
    *,
    records: int,
) -> IndexReport:
    """Write what is the index's `own` in this release; its words are kept, where there is a cache, by their digest."""
    base = f"{FOLDER}/{digest}/"
    files, places = dict(own), dict[str, Place]()
    if cache:
        key = key_of(code_version("portal.compression"), [digest])
        folder = get_or_make(cache, "index", key, lambda into: _write_packed(into, words()))
        places = places_in(folder, f"site/{base}")
    else:
        files |= {base + name: content for name, content in words().items()}
    for name, content in files.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    sizes = {name: len(content) for name, content in files.items()}
    sizes |= {path.removeprefix("site/"): one.bytes for path, one in places.items() if not path.endswith(".gz")}
    return IndexReport(records, tuple(sorted(sizes)), sum(sizes.values()), places)


def _named(kind: str, content: bytes) -> str:
    """The name of a file that changes more often than the words: with a digest, so that it, too, may be kept."""
    return f"{FOLDER}/{kind}.{sha256(content).hexdigest()[:8]}.bin"


def _write_packed(folder: Path, files: Mapping[str, bytes]) -> None:
    """Files with their compressed copies."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
        if is_compressed(name):
            compress(folder / name)


def _lists(records: Sequence[SearchRecord]) -> dict[str, bytes]:
    """All files that list records or names one by one; those in English only where there is any."""
    files = dict(_cards(records))
    files["ids.json"] = _json([record.id for record in records])
    files["simplify.bin"] = packed(_json(_simplify()))
    files["fields.json"] = _json(_fields(one.fields for one in records))
    orders = {"title": _by_title([one.title for one in records]), "rows": _by_number([one.rows for one in records])}
    files |= {f"by-{key}.bin": packed(_order(order)) for key, order in orders.items()}
    if any(one.english.title or one.english.summary or one.english.names for one in records):
        files |= dict(_english_cards(records))
        files["fields.en.json"] = _json(_fields(one.english.fields or one.fields for one in records))
        files[_ENGLISH_ORDER] = packed(_order(_by_title([one.english.title or one.title for one in records])))
    return files


def _in_english(
    facets: Mapping[str, Mapping[str, Choice]], orders: Mapping[str, str], base: str, *, has_english: bool
) -> dict[str, Any]:
    """What the entry of the English page says in another way."""
    values = {key: _said_in_english(choices) for key, choices in facets.items()}
    told: dict[str, Any] = {"facets": [{"key": key, "many": key in MANY, "values": values[key]} for key in facets]}
    if has_english:
        told |= {"card": "e", "fields": "fields.en.json", "orders": {**orders, "title": base + _ENGLISH_ORDER}}
    return told


def _likeness(record: SearchRecord) -> tuple[object, ...]:
    """Neighbours share domain and department: differences stay small, and the table packs well."""
    return *((record.facets.get(key) or (("", ""),))[0] for key in ("domain", "department")), record.id


def _choices(records: Sequence[SearchRecord], key: str) -> dict[str, Choice]:
    """All choices of a facet that some record has, by value: formats as lists show them, the rest by value."""
    found = {choice for record in records for choice in record.facets.get(key, ())}
    ordered = sorted(found, key=lambda choice: (_FORMAT_ORDER.get(choice.value, 0), choice))
    return {choice.value: choice for choice in ordered}


def _said(choices: Mapping[str, Choice]) -> list[list[str]]:
    return [[one.value, one.title] for one in choices.values()]


def _said_in_english(choices: Mapping[str, Choice]) -> list[list[str]]:
    """Value, English title, and what else the value is called: the title in Chinese, which counts as text, too."""
    return [[one.value, one.english or one.title, *([one.title] if one.english else [])] for one in choices.values()]


def _table(
    records: Sequence[SearchRecord], folded: Sequence[tuple[str, str, str]], facets: Mapping[str, Mapping[str, Choice]]
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
    parts.append(planes([min(len(fold(record.english.title)), 255) for record in records], 1))
    return b"".join(parts)


def _fields(titles: Iterable[Sequence[str]]) -> list[list[object]]:
    """Titles of data items with how many datasets have them, most first."""
    counted = Counter(title for some in titles for title in some)
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return [[title, count] for title, count in ordered[:SUGGESTED]]


def _by_title(titles: Sequence[str]) -> list[int]:
    keys = [alphabetical(title) for title in titles]
    return sorted(range(len(titles)), key=keys.__getitem__)


def _by_number(numbers: Sequence[int | None]) -> list[int]:
    """Greatest first, those without a number last; equal ones in the order of the index."""
    known = [-1 if number is None else number for number in numbers]
    return sorted(range(len(known)), key=lambda at: (-known[at], at))


def _order(order: Sequence[int]) -> bytes:
    return planes(order, 2 if len(order) <= 1 << 16 else 3)


def _cards(records: Sequence[SearchRecord]) -> Iterator[tuple[str, bytes]]:
    for start in range(0, len(records), CARDS):
        cards = [
            [one.id, one.title, one.summary, list(one.searched_names), one.rows, int(one.static)]
            for one in records[start : start + CARDS]
        ]
        yield f"c{start // CARDS}.json", _json(cards)


def _english_cards(records: Sequence[SearchRecord]) -> Iterator[tuple[str, bytes]]:
    """The same in English where there is English; names in English come first, then what is said in Chinese."""
    for start in range(0, len(records), CARDS):
        cards = []
        for one in records[start : start + CARDS]:
            mine = one.english
            names = dict.fromkeys([*mine.names, one.title if mine.title else "", *one.names])
            shown = [mine.title or one.title, mine.summary or one.summary, [name for name in names if name]]
            cards.append([one.id, *shown, one.rows, int(one.static)])
        yield f"e{start // CARDS}.json", _json(cards)


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
