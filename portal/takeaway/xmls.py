"""XML 1.0: a `row` element per row, a child per column, named like the column as far as XML allows it.

Where a column's name is no XML name, the attribute `name` carries it. A missing value is `xsi:nil="true"`.
Control characters can't stand in XML 1.0 at all (https://www.w3.org/TR/xml/#charsets): a cell that holds any is
written as the inside of a JSON string and marked `escape="json"`, so that nothing is lost.
"""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path
from xml.sax.saxutils import quoteattr

from portal.database import rows
from portal.facts import Cell
from portal.model import Table
from portal.tableschema import Column, TableSchema
from portal.takeaway.csvs import spelling

# What every parser takes: expat still goes by the name table of XML 1.0's fourth edition, without rare characters.
_NO_NAME = re.compile(r"[^A-Za-z0-9_.\-\u4e00-\u9fa5]")
_BAD_START = re.compile(r"[0-9.\-]|xml", re.IGNORECASE)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_SPECIAL = re.compile("[&<>\r]")
_ATTRIBUTE = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
XSI = "http://www.w3.org/2001/XMLSchema-instance"


def write(connection: sqlite3.Connection, table: Table, target: Path) -> None:
    """All rows, after a list of the columns with their titles and types."""
    schema = table.table_schema
    elements = element_names(schema)
    with target.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(
            f'<?xml version="1.0" encoding="UTF-8"?>\n<table name={_attribute(table.name)} xmlns:xsi="{XSI}">\n'
        )
        stream.write("<columns>\n")
        for element, column in zip(elements, schema.fields, strict=True):
            stream.write(_described(element, column))
        stream.write("</columns>\n")
        cells = [_CellWriter(e, c) for e, c in zip(elements, schema.fields, strict=True)]
        for row in rows(connection, table):
            stream.write("<row>" + "".join([w.write(cell) for w, cell in zip(cells, row, strict=True)]) + "</row>\n")
        stream.write("</table>\n")


def element_names(schema: TableSchema) -> list[str]:
    """For each column a valid XML name, no two alike: other characters become `_`, later twins get `_2`, `_3` …"""
    names: list[str] = []
    for column in schema.names:
        base = _NO_NAME.sub("_", column)
        base = "_" + base if _BAD_START.match(base) else base
        name, number = base, 1
        while name in names:
            number += 1
            name = f"{base}_{number}"
        names.append(name)
    return names


class _CellWriter:
    """Writes the cells of one column."""

    def __init__(self, element: str, column: Column) -> None:
        named = "" if element == column.name else f" name={_attribute(column.name)}"
        self.open = f"<{element}{named}>"
        self.escaped = f'<{element}{named} escape="json">'
        self.close = f"</{element}>"
        self.nil = f'<{element}{named} xsi:nil="true"/>'
        self.text = column.type == "string"
        self.spell = spelling(column)

    def write(self, cell: Cell) -> str:
        """One cell as an element."""
        if cell is None:
            return self.nil
        if not self.text:
            return self.open + self.spell(cell) + self.close
        text = str(cell)
        if _FORBIDDEN.search(text):
            text = json.dumps(text, ensure_ascii=False)[1:-1].replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")
            return self.escaped + text.translate(_ESCAPES) + self.close
        if _SPECIAL.search(text):
            text = text.translate(_ESCAPES)
        return self.open + text + self.close


def _described(element: str, column: Column) -> str:
    unit = f" unit={_attribute(column.unit)}" if column.unit else ""
    names = f"element={_attribute(element)} name={_attribute(column.name)} title={_attribute(column.title)}"
    return f'<column {names} type="{column.type}"{unit}/>\n'


def _attribute(text: str) -> str:
    """Quoted for an attribute; a control character, which XML can't hold, shows as its JSON escape."""
    return quoteattr(_FORBIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text), _ATTRIBUTE)
