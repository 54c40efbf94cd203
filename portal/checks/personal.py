"""Personal data in tables and in the words of entries (REV-6): the scanner's hits become problems, masked.

SH-14(1)「对涉及个人隐私、个人信息…列入非开放类」 SZ-31¶2「保护国家秘密、商业秘密和个人隐私」 SYS-37(1): a hit is an
error. The law may ask for publication all the same (a company's legal representative, say): then the entry names rule,
column, ground and end in `allow`, which the public reads. Only columns can be excepted, never an entry's own words.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from portal.cache import code_version, key_of
from portal.checks.rows.collect import HEADER
from portal.checks.rows.header import read_labels
from portal.checks.rows.shape import FIRST
from portal.checks.shape import FileFinding, FileRule, Finding, Key, Read, Rule, Scene
from portal.digests import model_digest
from portal.ledger import Ledger
from portal.model import Dataset, Table
from portal.personal import Hit, find, masked, scan_table
from portal.personal.shape import covered
from portal.problems import Problem
from portal.publications import FOLDERS, publication_path
from portal.tablefile import Prepared
from portal.wording.personal import COLUMNS, KINDS

BY_COLUMN = frozenset(COLUMNS)
"""Rules that an entry may be excepted from, column by column."""
WORDS = "personal-text"
"""The rule about an entry's own words."""
PACKAGES = ("phonenumbers", "python-stdnum")
"""Distributions that a verdict depends on."""
TOLD_ELSEWHERE = frozenset({("contact", "office"), ("contact", "phone")})
"""`contact-personal` (contacts.py) speaks of them."""


@dataclass(slots=True)
class _Tally:
    """The hits of one kind in one column: how many, and the first rows."""

    first: Hit
    count: int = 0
    rows: list[int] = field(default_factory=list)

    def add(self, hit: Hit) -> None:
        self.count += 1
        if len(self.rows) < FIRST and hit.row not in self.rows:
            self.rows.append(hit.row)


def personal_in_table(
    dataset: str, table: Table, prepared: Sequence[Prepared], *, threads: int, report: Path
) -> tuple[list[Problem], dict[tuple[str, str], int]]:
    """One problem for each column and kind in each file, and the number of hits by file and rule.

    `report` is the CSV of the row check: where a column has more hits than a problem names, all hits (masked) are
    added to it, or it is begun.
    """
    problems: list[Problem] = []
    counts: dict[tuple[str, str], int] = {}
    aside = report.with_suffix(".personal")
    for one in prepared:
        names = _names(one, table)
        tallies: dict[tuple[str, int], _Tally] = {}
        with aside.open("w", encoding="utf-8", newline="") as out:
            lines = csv.writer(out, lineterminator="\n")
            for hit in scan_table(one.csv, _titles(one, table), threads=threads):
                tallies.setdefault((hit.kind, hit.column), _Tally(hit)).add(hit)
                name = _name(names, hit.column)
                rule = f"personal-{hit.kind}"
                lines.writerow((one.path, hit.row, hit.column, name, rule, hit.masked, ""))
                counts[(one.path, rule)] = counts.get((one.path, rule), 0) + 1
        problems += (_problem(dataset, one, _name(names, key[1]), tally) for key, tally in sorted(tallies.items()))
        if any(tally.count > FIRST for tally in tallies.values()):
            _append(report, aside)
        aside.unlink()
    return problems, counts


def _names(one: Prepared, table: Table) -> list[str]:
    """The columns' names by position; a label that the schema does not know stands for itself."""
    labels = read_labels(one.csv)
    names = table.table_schema.names
    return [names[place] if place < len(names) else label for place, label in enumerate(labels)]


def _name(names: Sequence[str], column: int) -> str:
    return masked(names[column - 1]) if column <= len(names) else ""


def _titles(one: Prepared, table: Table) -> list[str]:
    """What each column is called, in the file and in the entry."""
    known = table.table_schema.fields
    return [
        f"{label} {known[place].name} {known[place].title}" if place < len(known) else label
        for place, label in enumerate(read_labels(one.csv))
    ]


def _problem(dataset: str, one: Prepared, name: str, tally: _Tally) -> Problem:
    rows = "、".join(map(str, tally.rows)) + ("…" if tally.count > len(tally.rows) else "")
    values = {
        "file": one.path,
        "field": name or f"第 {tally.first.column} 列",
        "value": tally.first.masked,
        "count": str(tally.count),
        "rows": rows,
    }
    rule, row = f"personal-{tally.first.kind}", tally.first.row
    return Problem(rule, one.path, values=values, dataset=dataset, field=name or None, row=row)


def _append(report: Path, aside: Path) -> None:
    fresh = not report.exists()
    with report.open("a", encoding="utf-8-sig" if fresh else "utf-8", newline="") as out:
        if fresh:
            csv.writer(out, lineterminator="\n").writerow(HEADER)
        with aside.open(encoding="utf-8", newline="") as text:
            while piece := text.read(1 << 20):
                out.write(piece)


class CleanWords:
    """The entries in whose words the last check found nothing personal: looking again costs 0.3 ms each."""

    def __init__(self, reading: Read, cache: Path) -> None:
        self._ledger = Ledger(cache, "words.tsv")
        code = code_version("portal.personal", "portal.checks.personal", packages=PACKAGES)
        asked = reading.profile.level_of(WORDS) or ""
        self._keys = {one.id: key_of(code, [asked, model_digest(one)]) for one in reading.catalogue.datasets}
        self.ids = frozenset(name for name, key in self._keys.items() if self._ledger.find(WORDS, name, key))

    def keep(self, problems: Iterable[Problem]) -> None:
        """Let the next check know the entries of which these problems, all that were found, do not tell."""
        found = {one.dataset for one in problems if one.rule == WORDS}
        for name in self._keys.keys() - self.ids - found:
            self._ledger.keep(WORDS, name, self._keys[name], True, ())
        if self._keys.keys() != self.ids:
            self._ledger.close()


def entry_is_clean(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """The entry's own words hold nothing personal: titles, summary, descriptions, mail, the example of an API."""
    if dataset.id in scene.clean:
        return
    words = dataset.model_dump(mode="json", by_alias=True)
    for keys, kind, shown in _in_words(words) if _any_in(words) else ():
        if keys not in TOLD_ELSEWHERE:
            yield Finding(keys, _values(kind, shown))


def other_words_are_clean(scene: Scene) -> Iterator[FileFinding]:
    """The same of departments, the portal, the glossary, and what the city publishes beside its data."""
    catalogue = scene.catalogue
    files: list[tuple[str, Any]] = [("catalog/portal.yml", catalogue.portal.model_dump(mode="json", by_alias=True))]
    files += (
        (f"catalog/{one.id}/department.yml", one.model_dump(mode="json", by_alias=True))
        for one in catalogue.departments
    )
    files.append(("catalog/glossary.yml", [one.model_dump(mode="json") for one in catalogue.glossary]))
    files += (
        (publication_path(key, one.id), one.model_dump(mode="json", by_alias=True))
        for key in sorted(FOLDERS)
        for one in getattr(catalogue, key)
    )
    for path, words in files:
        for keys, kind, shown in _in_words(words):
            if keys not in TOLD_ELSEWHERE:
                yield FileFinding(path, keys, _values(kind, shown))


def exceptions_name_their_column(dataset: Dataset, _: Scene) -> Iterator[Finding]:
    """An exception to a rule about personal data speaks of one column."""
    for index, allowance in enumerate(dataset.allow):
        if allowance.rule in BY_COLUMN and allowance.field is None:
            yield Finding(("allow", index), {"rule": allowance.rule})


def _any_in(words: Any) -> bool:
    """Whether anything is found at all: nearly never, and asked of every text of 2,000 entries, where it is done."""
    left = [words]
    while left:
        one = left.pop()
        kind = type(one)  # what a dump holds is exactly of these types; isinstance costs twice as much
        if kind is str:
            if not _is_clean(one):
                return True
        elif kind is dict:
            left += one.values()
        elif kind is list:
            left += one
    return False


@lru_cache(maxsize=1 << 16)
def _is_clean(text: str) -> bool:
    """Nothing is found in it. Kept, because entries say the same things: choices, contacts, licences, descriptions."""
    return not find(text)


def _in_words(words: Any, keys: tuple[Key, ...] = ()) -> Iterator[tuple[tuple[Key, ...], str, str]]:
    """Keys, kind and mask of every find in a tree of texts."""
    if isinstance(words, str):
        for one in find(words):
            yield keys, one.kind, covered(words[one.start : one.end])
    elif isinstance(words, dict):
        for key, value in words.items():
            yield from _in_words(value, (*keys, key))
    elif isinstance(words, list):
        for index, value in enumerate(words):
            yield from _in_words(value, (*keys, index))


def _values(kind: str, shown: str) -> dict[str, str]:
    return {"kind": KINDS[kind].zh, "kind_en": KINDS[kind].en, "value": shown}


PERSONAL_RULES: dict[str, Rule] = {
    WORDS: entry_is_clean,
    "allow-without-column": exceptions_name_their_column,
}
PERSONAL_CITY_RULES: dict[str, FileRule] = {WORDS: other_words_are_clean}
PERSONAL_FAMILIES: dict[str, frozenset[str]] = {"personal": frozenset({*COLUMNS, WORDS})}
