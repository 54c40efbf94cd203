"""portal/takeaway/xmls.py: names that every parser takes."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from contextlib import closing
from pathlib import Path

from portal.database import open_read_only
from portal.takeaway import xmls
from tests.tabular import column, csv_text, entry, load

# Column name → element name, by hand from XML 1.0 (fourth edition), section 2.3: Name.
NAMES = {
    "区划代码": "区划代码",
    "名称（全称）": "名称_全称_",
    "名称 全称 ": "名称_全称__2",
    "2023年": "_2023年",
    "-x": "_-x",
    "XMLdata": "_XMLdata",
    "a:b": "a_b",
    "a&b": "a_b_2",
    "𠮷": "_",
    "_2": "_2",
    "é": "__2",
}


def test_names_of_elements() -> None:
    schema = entry(dict.fromkeys(NAMES, "string")).tables[0].table_schema
    assert xmls.element_names(schema) == list(NAMES.values())
    for name in NAMES.values():
        ET.fromstring(f"<{name}/>")


def test_titles_units_and_names_with_marks_survive(tmp_path: Path) -> None:
    odd = "a\"b<c>&\t'd\x01"
    fields = [column(odd, title='<"标题"> & \n', unit="℃&")]
    dataset = entry({}, files=[{"path": "parks.csv", "schema": {"fields": fields}}])
    database, _ = load(tmp_path, dataset, [csv_text([odd], [["x"]])])
    with closing(open_read_only(database)) as connection:
        xmls.write(connection, dataset.tables[0], tmp_path / "out.xml")
    root = ET.parse(tmp_path / "out.xml").getroot()
    described = root.find("columns/column")
    assert described is not None
    assert (described.get("name"), described.get("title"), described.get("unit")) == ('a"b<c>&\t\'d\\u0001', '<"标题"> & \n', "℃&")  # fmt: skip
    assert root.findtext("row/*") == "x"
