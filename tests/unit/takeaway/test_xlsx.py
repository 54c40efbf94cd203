"""portal/takeaway/xlsx.py and portal/workbook.py: text stays text, limits are told, the parts are well-formed."""

from __future__ import annotations

import xml.etree.ElementTree as ET
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from xlsxwriter.utility import xl_col_to_name

from portal.database import open_read_only
from portal.takeaway import xlsx
from portal.takeaway.shape import Unfit
from portal.workbook import header_cell, letters, row_xml, write_workbook
from tests.tabular import csv_text, entry, load

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def written(folder: Path, columns: dict[str, str], rows: list[list[str]]) -> Path:
    dataset = entry(columns)
    database, _ = load(folder, dataset, [csv_text(columns, rows)])
    with closing(open_read_only(database)) as connection:
        xlsx.write(connection, dataset.tables[0], folder / "out.xlsx")
    return folder / "out.xlsx"


def sheet(path: Path) -> ET.Element:
    with zipfile.ZipFile(path) as bundle:
        for name in bundle.namelist():
            ET.fromstring(bundle.read(name))
        return ET.fromstring(bundle.read("xl/worksheets/sheet1.xml"))


def test_codes_and_formulas_are_text_cells_that_stay_text(tmp_path: Path) -> None:
    path = written(
        tmp_path, {"a": "string", "n": "integer"}, [["0012", "999999999999999"], ["=1+1", "1000000000000000"]]
    )
    cells = {cell.get("r"): cell for cell in sheet(path).iter(f"{MAIN}c")}
    assert [cells[place].get("t") for place in ("A2", "A3", "B2", "B3")] == [
        "inlineStr",
        "inlineStr",
        None,
        "inlineStr",
    ]
    assert not list(sheet(path).iter(f"{MAIN}f")), "no formula"
    with zipfile.ZipFile(path) as bundle:
        formats = ET.fromstring(bundle.read("xl/styles.xml")).findall(f"{MAIN}cellXfs/{MAIN}xf")
    assert all(formats[int(cells[place].get("s", "0"))].get("numFmtId") == "49" for place in ("A2", "A3", "B3"))


def test_the_parts_stand_in_the_order_they_always_had(tmp_path: Path) -> None:
    """Another order is another file with another digest, of the same data."""
    with zipfile.ZipFile(written(tmp_path, {"a": "string"}, [["1"]])) as bundle:
        assert bundle.namelist() == [
            "[Content_Types].xml",
            "_rels/.rels",
            "xl/workbook.xml",
            "xl/_rels/workbook.xml.rels",
            "xl/styles.xml",
            "xl/worksheets/sheet1.xml",
        ]


def test_the_header_stays_in_view_and_green_corners_are_off(tmp_path: Path) -> None:
    found = sheet(written(tmp_path, {"a": "string", "b": "string"}, [["1", "2"]]))
    pane = found.find(f"{MAIN}sheetViews/{MAIN}sheetView/{MAIN}pane")
    ignored = found.find(f"{MAIN}ignoredErrors/{MAIN}ignoredError")
    assert pane is not None
    assert (pane.get("state"), pane.get("ySplit")) == ("frozen", "1")
    assert ignored is not None
    assert ignored.get("sqref") == "A1:B2"


def test_an_empty_table_has_its_header(tmp_path: Path) -> None:
    path = written(tmp_path, {"甲": "string", "乙": "number"}, [])
    assert CalamineWorkbook.from_path(path).get_sheet_by_name("数据").to_python() == [["甲", "乙"]]


def test_a_wide_table(tmp_path: Path) -> None:
    names = [f"列{n}" for n in range(200)]
    path = written(tmp_path, dict.fromkeys(names, "string"), [[str(n) for n in range(200)]])
    assert CalamineWorkbook.from_path(path).get_sheet_by_name("数据").to_python() == [
        names,
        [str(n) for n in range(200)],
    ]


@pytest.mark.parametrize("place", [1, 26, 27, 52, 53, 702, 703, 16_384])
def test_names_of_columns(place: int) -> None:
    assert letters(place) == xl_col_to_name(place - 1)


@pytest.mark.parametrize(("text", "fits"), [("长" * 32_767, True), ("长" * 32_768, False), ("𠮷" * 16_383, True), ("𠮷" * 16_384, False)])  # fmt: skip
def test_the_longest_cell(tmp_path: Path, text: str, fits: bool) -> None:
    """32,767 UTF-16 units (Excel's limit): a rare character counts twice."""
    if fits:
        assert CalamineWorkbook.from_path(written(tmp_path, {"a": "string"}, [[text]])).get_sheet_by_index(0).to_python()[1] == [text]  # fmt: skip
    else:
        with pytest.raises(Unfit, match="32,767"):
            written(tmp_path, {"a": "string"}, [[text]])


def test_too_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert xlsx.MAX_ROWS == 1_000_000
    monkeypatch.setattr(xlsx, "MAX_ROWS", 3)
    written(tmp_path, {"a": "string"}, [["x"]] * 3)
    with pytest.raises(Unfit) as unfit:
        written(tmp_path, {"a": "string"}, [["x"]] * 4)
    assert "行" in unfit.value.reason
    assert "rows" in unfit.value.reason_en


def test_more_rows_than_a_batch_arrive_in_order(tmp_path: Path) -> None:
    path = written(tmp_path, {"n": "integer"}, [[str(n)] for n in range(1203)])
    assert CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[1:] == [[float(n)] for n in range(1203)]


def test_a_workbook_has_no_moment_in_it(tmp_path: Path) -> None:
    write_workbook(tmp_path / "a.xlsx", 1, ["<row/>"])
    with zipfile.ZipFile(tmp_path / "a.xlsx") as bundle:
        assert {info.date_time for info in bundle.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_columns_have_widths_and_the_first_ones_stay_in_view(tmp_path: Path) -> None:
    row = row_xml(1, [header_cell("A1", "编号"), header_cell("B1", "名称")])
    write_workbook(tmp_path / "out.xlsx", 2, [row], name="开放目录", widths=[14, 44], frozen=1)
    found = sheet(tmp_path / "out.xlsx")
    assert [(one.get("min"), one.get("max"), one.get("width")) for one in found.iter(f"{MAIN}col")] == [
        ("1", "1", "14"),
        ("2", "2", "44"),
    ]
    pane = found.find(f"{MAIN}sheetViews/{MAIN}sheetView/{MAIN}pane")
    assert pane is not None
    assert [pane.get(key) for key in ("xSplit", "ySplit", "topLeftCell", "state")] == ["1", "1", "B2", "frozen"]
    assert CalamineWorkbook.from_path(str(tmp_path / "out.xlsx")).sheet_names == ["开放目录"]
