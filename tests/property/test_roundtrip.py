"""Laws of the way from a department's file to people: CSV → SQLite → CSV and Parquet keeps every value."""

from __future__ import annotations

import csv
import json
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from portal.database import open_read_only
from portal.takeaway import csvs, jsons, parquet, xlsx, xmls
from tests.tabular import csv_text, entry, load

# Everything that UTF-8 can carry but NUL, which the reading refuses, and halves of pairs, which are no characters.
TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=12)
AWKWARD = st.sampled_from(["", " ", "0012", "=1+1", '"', "\r", "\n", "\r\n", "a\rb", ",", "NULL", "\\N", "\ufeff", "\x1a", "_x000D_", "😀", "𠮷", "'", "\t", "-", "]]>", "\ufffe", "\x85", "\u2028"])  # fmt: skip
CELLS = TEXT | AWKWARD
WIDTH = st.integers(1, 4)
TABLES = WIDTH.flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=8))
Rows = list[list[str]]
LAW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def through(rows: Rows, write: Callable[..., None], read: Callable[[Path], Any], **schema: Any) -> Any:
    """Load text columns, write a format, read it."""
    names = [f"列{n}" for n in range(len(rows[0]) if rows else 1)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        dataset = entry(dict.fromkeys(names, "string"), schema=schema)
        database, _ = load(folder, dataset, [csv_text(names, rows)])
        target = folder / "out"
        with closing(open_read_only(database)) as connection:
            write(connection, dataset.tables[0], target)
        return read(target)


def nulled(rows: Rows) -> list[list[str | None]]:
    """An empty cell is a missing value."""
    return [[cell or None for cell in row] for row in rows]


@given(TABLES)
@LAW
def test_csv_keeps_every_text(rows: Rows) -> None:
    def read(path: Path) -> Rows:
        with path.open(encoding="utf-8", newline="") as stream:
            return list(csv.reader(stream, strict=True))[1:]

    assert through(rows, csvs.write, read) == rows


@given(TABLES)
@LAW
def test_json_keeps_every_text(rows: Rows) -> None:
    def read(path: Path) -> Any:
        return [list(row.values()) for row in json.loads(path.read_bytes())]

    assert through(rows, jsons.write, read) == nulled(rows)


@given(TABLES)
@LAW
def test_xml_keeps_every_text(rows: Rows) -> None:
    def cell(found: ET.Element) -> str | None:
        if len(found.attrib) and "nil" in next(iter(found.attrib)):
            return None
        text = found.text or ""
        return str(json.loads(f'"{text}"')) if found.get("escape") else text

    def read(path: Path) -> Any:
        return [[cell(found) for found in row] for row in ET.parse(path).getroot().findall("row")]

    assert through(rows, xmls.write, read) == nulled(rows)


@given(TABLES)
@LAW
def test_parquet_keeps_every_text_and_tells_empty_from_missing(rows: Rows) -> None:
    def read(path: Path) -> Any:
        return [list(row) for row in duckdb.sql("SELECT * FROM read_parquet(?)", params=[str(path)]).fetchall()]

    assert through(rows, parquet.write, read) == nulled(rows)
    kept = [[None if cell == "-" else cell for cell in row] for row in rows]
    assert through(rows, parquet.write, read, missingValues=["-"]) == kept


@given(TABLES)
@LAW
def test_xlsx_keeps_every_text(rows: Rows) -> None:
    """calamine drops rows that are empty at the end, and leaves the escapes of two characters as they are."""

    def read(path: Path) -> Any:
        found = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)[1:]
        return [[str(cell).replace("_xFFFE_", "\ufffe").replace("_xFFFF_", "\uffff") for cell in row] for row in found]

    found = through(rows, xlsx.write, read)
    assert found == rows[: len(found)]
    assert all(not any(row) for row in rows[len(found) :])


NUMBERS = (
    st.floats(allow_nan=False, allow_infinity=False)
    .map(lambda value: f"{value:.15g}")
    .filter(lambda text: float(text) == 0 or 1e-307 <= abs(float(text)) <= 9.99e307)
)


@given(st.lists(NUMBERS, min_size=1, max_size=20))
@LAW
def test_numbers_of_fifteen_digits_are_the_same_number_everywhere(texts: list[str]) -> None:
    right = [float(text) for text in texts]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        dataset = entry({"n": "number"})
        database, _ = load(folder, dataset, [csv_text("n", [[text] for text in texts])])
        with closing(open_read_only(database)) as connection:
            for write in (csvs.write, xlsx.write, jsons.write, parquet.write):
                write(connection, dataset.tables[0], folder / write.__module__)
        with (folder / csvs.__name__).open(encoding="utf-8", newline="") as stream:
            assert [float(row[0]) for row in list(csv.reader(stream))[1:]] == right
        assert [row["n"] for row in json.loads((folder / jsons.__name__).read_bytes())] == right
        book = CalamineWorkbook.from_path(folder / xlsx.__name__)
        assert [row[0] for row in book.get_sheet_by_index(0).to_python()[1:]] == right
        found = duckdb.sql("SELECT n FROM read_parquet(?)", params=[str(folder / parquet.__name__)]).fetchall()
        assert [row[0] for row in found] == right
