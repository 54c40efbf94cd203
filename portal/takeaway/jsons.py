"""JSON: an array of objects, one row to a line, so that it can be read whole or line by line."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from portal.database import rows
from portal.model import Table


def write(connection: sqlite3.Connection, table: Table, target: Path) -> None:
    """All rows; numbers as numbers, truth as true/false, missing as null, characters as they are (UTF-8)."""
    names = table.table_schema.names
    encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
    with target.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write("[")
        between = "\n"
        for row in rows(connection, table):
            stream.write(between + encode(dict(zip(names, row, strict=True))))
            between = ",\n"
        stream.write("\n]\n")
