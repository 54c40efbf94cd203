"""What the columns of a table hold: by title, and for names, telephones and addresses also by a sample of the cells."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from portal.personal.cell import NO_TITLES
from portal.personal.people import is_address, is_person, is_phone
from portal.personal.shape import Found, Titles, titles_of

SPOTS, SPOT = 16, 32 << 10
"""Places of a file that are sampled, and bytes of each; spread, as files are sorted."""
MOST_NAMES, FEWEST = 0.6, 8
"""Share of cells, and number of different ones, from which on an untitled column is one of names."""
SOME_CONTACTS = 0.2
"""Share of cells from which on an untitled column is one of telephones or addresses."""
_PHONE_DIGITS = 7
_ADDRESS_LENGTH = 6


@dataclass(frozen=True, slots=True)
class Plan:
    """How the records of a table are looked at. Places count from 0."""

    columns: tuple[Titles, ...]
    names: frozenset[int]
    contacts: frozenset[int]

    @property
    def asks_everything(self) -> bool:
        """Python must see every record: of names beside contacts, or of documents whose numbers look like any code."""
        return any(one.asks_everything for one in self.columns) or bool(self.names and self.contacts)

    def titles(self, place: int) -> Titles:
        """What is known of a column; a cell too many has none."""
        return self.columns[place] if place < len(self.columns) else NO_TITLES

    def is_name(self, place: int, cell: str) -> bool:
        """A person's name, by its shape: that the column holds names has been found out."""
        return place in self.names and is_person(cell)

    def has_contact(self, cells: Sequence[str], found: Sequence[list[Found]], name: int) -> bool:
        """Some other cell of the record is a telephone or an address."""
        return any(
            self._is_contact(place, cell, found[place]) for place, cell in enumerate(cells) if place != name and cell
        )

    def _is_contact(self, place: int, cell: str, found: list[Found]) -> bool:
        if any(one.kind == "mobile" for one in found):
            return True
        if place not in self.contacts:
            return False
        titles = self.titles(place)
        if titles.phones and sum(one.isdigit() for one in cell) >= _PHONE_DIGITS:
            return True
        if titles.addresses and len(cell) >= _ADDRESS_LENGTH and not cell.isascii():
            return True
        return is_phone(cell) or is_address(cell)


def plan_of(table: Path, titles: Sequence[str]) -> Plan:
    """Decide what the columns hold."""
    columns = tuple(titles_of(one) for one in titles)
    sample = list(zip(*_sample(table, len(columns)), strict=True)) if columns else []
    sure = frozenset(place for place, one in enumerate(columns) if one.names)
    by_cells = {place for place, cells in enumerate(sample) if place not in sure and _are_names(cells)}
    contacts = {place for place, one in enumerate(columns) if one.phones or one.addresses}
    contacts |= {place for place, cells in enumerate(sample) if _are_contacts(cells)}
    return Plan(columns, sure | by_cells, frozenset(contacts) - sure)


def _sample(table: Path, width: int) -> list[list[str]]:
    """Records from all over the file, the header left out, ragged ones too."""
    size = table.stat().st_size
    records: list[list[str]] = []
    with table.open("rb") as stream:
        for number in range(SPOTS if size > SPOTS * SPOT else 1):
            stream.seek(number * (size // SPOTS))
            stream.readline()
            data = stream.read(SPOT if size > SPOTS * SPOT else size)
            lines = data.decode("utf-8", "replace").split("\n")
            whole = [line for line in lines[: -1 if len(lines) > 1 else None] if line.count('"') % 2 == 0]
            records += (cells for cells in csv.reader(whole) if len(cells) == width)
    return records


def _are_names(cells: Sequence[str]) -> bool:
    told = [cell for cell in cells if cell]
    names = [cell for cell in told if is_person(cell, strict=True)]
    return len(set(names)) >= FEWEST and len(names) >= MOST_NAMES * len(told)


def _are_contacts(cells: Sequence[str]) -> bool:
    told = [cell for cell in cells if cell]
    found = sum(is_phone(cell) or is_address(cell) for cell in told)
    return bool(found) and found >= SOME_CONTACTS * len(told)
