"""The same rows and values in every format and in the database, cell by cell, each read by an independent reader."""

from __future__ import annotations

import csv
import datetime
import io
import json
import sqlite3
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest
from python_calamine import CalamineWorkbook

from portal.model import Dataset
from portal.takeaway import write_package, write_tables
from tests.tabular import NASTY_COLUMNS, imprint, load_nasty

Row = list[Any]
KINDS = list(NASTY_COLUMNS.values())

# By hand, from NASTY_ROWS: what a reader must find. Days and moments are ISO 8601; numbers are numbers.
EXPECTED: list[Row] = [
    ["0012", "=cmd|'/C calc'!A0", "第一", 42, 1.5, True, "2023-06-30", "08:05:00", "2023-06-30T08:05:00", 2023, "2023-06", "a"],
    ["320505001001", 'He said "hi", then\nleft\r\nand\rcame', "+1", -7, -0.25, False, "2024-02-29", "23:59:59", "2024-02-29T23:59:59", 1999, "1999-12", "b"],
    ["000", "<script>alert(1)</script> & ]]>", "@SUM(1)", 9007199254740993, 123456789012345.0, True, "1900-01-01", "00:00:00+08:00", "2000-01-01T00:00:00+08:00", 1, "0001-01", "c"],
    ["𠮷野家𪚥", "😀👨‍👩‍👧 emoji é e\u0301", "-1", 9223372036854775807, 1e-300, False, "9999-12-31", "12:00:00.500000", "1999-12-31T23:59:59+00:00", 9999, "9999-12", "d"],
    ["1234567890123456789012345", "control \x01\x0b\x1b\x1f and \ufffe", "\t tab", -9223372036854775808, 9.99e307, True, "2023-01-01", None, None, None, None, "e"],
    [None, None, None, None, None, None, None, None, None, None, None, "f"],
    ["1e5", "_x0041_ and &#13; and &amp;", "'quoted", 0, 0.0, False, "2023-01-01", "08:05:00", "2023-06-30T08:05:00", 2023, "2023-06", " blanks "],
    ["2023/1/1", "长" * 3000, "\\N", 1, 0.1, True, "2023-01-01", "08:05:00", "2023-06-30T08:05:00", 2023, "2023-06", "NULL"],
]  # fmt: skip


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Dataset, Path, Path]:
    folder = tmp_path_factory.mktemp("taken")
    dataset, database = load_nasty(folder)
    written = write_tables(database, dataset, folder)
    assert written.missing == ()
    write_package(dataset, imprint(), written.downloads, tables=folder, folder=folder)
    return dataset, database, folder


def from_text(text: str, kind: str) -> Any:
    """A published CSV or XML text as its value, by Python's own readers."""
    readers: dict[str, Callable[[str], Any]] = {
        "integer": int,
        "year": int,
        "number": float,
        "boolean": {"true": True, "false": False}.__getitem__,
    }
    return readers.get(kind, str)(text)


def csv_rows(text: str) -> list[Row]:
    header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert header == list(NASTY_COLUMNS)
    return [
        [None if cell == "" else from_text(cell, kind) for cell, kind in zip(row, KINDS, strict=True)] for row in rows
    ]


def read_csv(folder: Path) -> list[Row]:
    return csv_rows((folder / "parks.csv").read_bytes().decode("utf-8"))


def read_excel_csv(folder: Path) -> list[Row]:
    data = (folder / "parks.excel.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return csv_rows(data.decode("utf-8-sig"))


def read_json(folder: Path) -> list[Row]:
    text = (folder / "parks.json").read_text("utf-8")
    rows = json.loads(text)
    assert [json.loads(line.rstrip(",")) for line in text.splitlines()[1:-1]] == rows, "one row per line"
    assert all(list(row) == list(NASTY_COLUMNS) for row in rows)
    return [list(row.values()) for row in rows]


def read_xml(folder: Path) -> list[Row]:
    table = ET.parse(folder / "parks.xml").getroot()
    columns = table.find("columns")
    assert columns is not None
    assert [column.get("name") for column in columns] == list(NASTY_COLUMNS)
    assert [column.get("element") for column in columns] == [cell.tag for cell in table.findall("row")[0]]
    return [[xml_cell(cell, kind) for cell, kind in zip(row, KINDS, strict=True)] for row in table.findall("row")]


def xml_cell(cell: ET.Element, kind: str) -> Any:
    if cell.get("{http://www.w3.org/2001/XMLSchema-instance}nil") == "true":
        return None
    text = cell.text or ""
    return from_text(json.loads(f'"{text}"') if cell.get("escape") == "json" else text, kind)


def read_xlsx(folder: Path) -> list[Row]:
    header, *rows = CalamineWorkbook.from_path(folder / "parks.xlsx").get_sheet_by_name("数据").to_python()
    assert header == list(NASTY_COLUMNS)
    return [[xlsx_cell(cell, kind) for cell, kind in zip(row, KINDS, strict=True)] for row in rows]


def xlsx_cell(cell: Any, kind: str) -> Any:
    """Excel has one kind of number; what it would round was written as text. `_xFFFE_` is Excel's own escape
    (ECMA-376 part 1, 22.9.2.19 ST_Xstring), which calamine reads but for this one character.
    """
    if cell == "":
        return None
    if kind in ("integer", "year"):
        assert isinstance(cell, str) == (abs(int(cell)) >= 10**15)
        return int(cell)
    if isinstance(cell, str):
        return cell.replace("_xFFFE_", "\ufffe")
    return cell


def read_parquet(folder: Path) -> list[Row]:
    found = duckdb.sql(f"SELECT * FROM read_parquet('{folder / 'parks.parquet'}')")
    assert found.columns == list(NASTY_COLUMNS)
    expected = ["VARCHAR", "VARCHAR", "VARCHAR", "BIGINT", "DOUBLE", "BOOLEAN", "DATE", *["VARCHAR"] * 2, "INTEGER", *["VARCHAR"] * 2]  # fmt: skip
    assert [str(kind) for kind in found.types] == expected
    return [[c.isoformat() if isinstance(c, datetime.date) else c for c in row] for row in found.fetchall()]


def read_zip(folder: Path) -> list[Row]:
    with zipfile.ZipFile(folder / "parks.zip") as bundle:
        return csv_rows(bundle.read("parks.csv").decode("utf-8"))


def read_database(folder: Path) -> list[Row]:
    with closing(sqlite3.connect(folder / "parks.db")) as connection:
        rows = connection.execute("SELECT * FROM parks ORDER BY rowid").fetchall()
    place = KINDS.index("boolean")
    assert all(row[place] in (0, 1, None) for row in rows)
    return [[None if c is None else bool(c) if i == place else c for i, c in enumerate(row)] for row in rows]


READERS = [read_csv, read_excel_csv, read_json, read_xml, read_xlsx, read_parquet, read_zip, read_database]


@pytest.mark.parametrize("read", READERS)
def test_every_cell_is_the_same(taken: tuple[Dataset, Path, Path], read: Callable[[Path], list[Row]]) -> None:
    found = read(taken[2])
    assert len(found) == len(EXPECTED)
    for number, (row, expected) in enumerate(zip(found, EXPECTED, strict=True)):
        for place, (cell, right) in enumerate(zip(row, expected, strict=True)):
            assert (cell, type(cell)) == (right, type(right)), (number, list(NASTY_COLUMNS)[place])
