"""Find the cells of an XLSX sheet that hold an error (#DIV/0!, #REF! …): the reader gives them as empty cells.

Only XLSX says so in a way that can be searched; in XLS and ODS such a cell is an empty value, which the row check
reports where the column may not be empty. Runs in the limited process, like all reading of workbooks.
"""

from __future__ import annotations

import re
import zipfile
from typing import BinaryIO
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
PIECE = 1 << 20
OVERLAP = 512
_ERROR = re.compile(rb"""<c\b(?=[^>]*\st=["']e["'])[^>]*\sr=["']([A-Z]+[0-9]+)["']""")


def error_cells(stream: BinaryIO, sheet: str) -> list[str]:
    """Addresses (`B6`) of the sheet's error cells, in order; empty for a workbook that is no XLSX."""
    return marked_cells(stream, sheet, _ERROR)


def marked_cells(stream: BinaryIO, sheet: str, mark: re.Pattern[bytes]) -> list[str]:
    """Addresses of the cells whose XML `mark` finds (its first group is the address)."""
    if not zipfile.is_zipfile(stream):
        return []
    with zipfile.ZipFile(stream) as book:
        part = _part(book, sheet)
        return _search(book, part, mark) if part else []


def _part(book: zipfile.ZipFile, sheet: str) -> str | None:
    """The member that holds the sheet, by way of the workbook's relations."""
    names = set(book.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return None
    sheets = ElementTree.fromstring(book.read("xl/workbook.xml")).iter(f"{MAIN}sheet")  # noqa: S314 -- see above
    wanted = next((entry.get(f"{LINK}id") for entry in sheets if entry.get("name") == sheet), None)
    relations = ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 -- limited process
    targets = (
        entry.get("Target", "") for entry in relations.iter(f"{PACKAGE}Relationship") if entry.get("Id") == wanted
    )
    target = next(targets, "")
    name = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return name if name in names else None


def _search(book: zipfile.ZipFile, part: str, mark: re.Pattern[bytes]) -> list[str]:
    found: dict[str, None] = {}
    held = b""
    with book.open(part) as text:
        while piece := text.read(PIECE):
            held = held[-OVERLAP:] + piece
            found.update((match[1].decode(), None) for match in mark.finditer(held))
    return list(found)
