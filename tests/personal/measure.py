"""Recall and precision of the scanner on the corpus, over whole files as the gate reads them.

`python -m tests.personal.measure` prints the table of docs/personal-data.md.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from portal.personal import Hit, scan_table
from tests.personal.corpus import TRUE, cells, people
from tests.personal.lookalikes import FALSE, lookalikes

CODE = Path(__file__).parents[2]
NUMBER = 5000
TITLES = ("编号", "内容", "备注")


class Figures(NamedTuple):
    """Of one kind: true cells, those found, and false hits (cells of other kinds and of no kind)."""

    true: int
    found: int
    false: int

    @property
    def recall(self) -> float:
        return self.found / self.true

    @property
    def precision(self) -> float:
        return self.found / max(1, self.found + self.false)


def scanned(folder: Path, rows: Iterable[Sequence[str]], titles: Sequence[str] = TITLES) -> list[Hit]:
    """Hits in a file of these rows, spelled as the gate's reader spells it (LF, quotes where needed)."""
    path = folder / "table.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        lines = csv.writer(out, lineterminator="\n")
        lines.writerow(titles)
        lines.writerows(rows)
    return list(scan_table(path, titles))


def in_cells(folder: Path, texts: Sequence[str]) -> list[Hit]:
    """Hits in one column of a table of three."""
    return scanned(folder, ((str(number), text, "无") for number, text in enumerate(texts)))


def real_tables() -> Iterable[tuple[str, list[list[str]]]]:
    """The published tables of the demonstration catalogue that are CSV in UTF-8."""
    for path in sorted((CODE / "datasets").rglob("*.csv")):
        try:
            yield path.name, list(csv.reader(path.read_text("utf-8-sig").splitlines(keepends=True)))
        except UnicodeDecodeError:
            continue


def figures(folder: Path, number: int = NUMBER) -> tuple[dict[str, Figures], Counter[tuple[str, str]]]:
    """By name of the corpus' parts; and where the false hits are: (part, kind) → how many."""
    found: dict[str, int] = {}
    false: Counter[tuple[str, str]] = Counter()
    for name, (kind, _) in TRUE.items():
        hits = in_cells(folder, cells(name, number))
        found[name] = len({hit.row for hit in hits if hit.kind == kind})
        false.update((name, hit.kind) for hit in hits if hit.kind != kind)
    for name in FALSE:
        false.update((name, hit.kind) for hit in in_cells(folder, lookalikes(name, number)))
    for name, (header, *rows) in real_tables():
        false.update((name, hit.kind) for hit in scanned(folder, rows, header))
    by_kind = Counter[str]()
    for (_, kind), count in false.items():
        by_kind[kind] += count
    told = {name: Figures(number, found[name], by_kind[kind]) for name, (kind, _) in TRUE.items()}
    return {**told, **_contacts(folder, number, by_kind["name-contact"])}, false


def _contacts(folder: Path, number: int, false: int) -> dict[str, Figures]:
    """Names beside a telephone or an address: under titles that say so, and under none."""
    persons = people(number)
    parts = {
        "name + telephone, titled": (("编号", "联系人", "电话"), [(name, phone) for name, phone, _ in persons]),
        "name + address, titled": (("编号", "姓名", "住址"), [(name, address) for name, _, address in persons]),
        "name + telephone, untitled": (("编号", "甲", "乙"), [(name, phone) for name, phone, _ in persons]),
        "name + address, untitled": (("编号", "甲", "乙"), [(name, address) for name, _, address in persons]),
        "name + telephone, in one text": (
            TITLES,
            [(f"联系人：{name}，电话{phone}", "无") for name, phone, _ in persons],
        ),
    }
    told = {}
    for name, (titles, rows) in parts.items():
        hits = scanned(folder, ((str(place), *row) for place, row in enumerate(rows)), titles)
        found = len({hit.row for hit in hits if hit.kind == "name-contact"})
        told[name] = Figures(number, found, false + sum(hit.kind != "name-contact" for hit in hits))
    return told


if __name__ == "__main__":
    with TemporaryDirectory() as scratch:
        table, wrong = figures(Path(scratch))
    for part, one in table.items():
        print(f"| {part} | {one.true} | {one.found} | {one.recall:.4f} | {one.false} | {one.precision:.4f} |")
    for key, count in sorted(wrong.items()):
        print(key, count, file=sys.stderr)
