"""Step load: the checked rows of a dataset become its own SQLite file, from which everything else is made.

Typed columns, keys, indexes where people filter, and a search companion `<table>_fts` that holds every text column
cut into overlapping pairs (portal/text.py), because SQLite's own tokenizers miss two-character Chinese words.
"""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from portal.casting import CastError
from portal.database import DECLARED, building, quoted, row_count, rowid_of
from portal.model import Dataset, Table
from portal.problems import PortalError
from portal.rowblocks import value_blocks
from portal.tablefile.shape import Prepared
from portal.tableschema import Column, TableSchema
from portal.text import bigrams

CODE = (
    "portal.tables",
    "portal.database",
    "portal.casting",
    "portal.rowblocks",
    "portal.tablefile",
    "portal.text",
    "portal.tableschema",
    "portal.model",
    "portal.facts",
)
PACKAGES = ("opencc-python-reimplemented",)
"""Modules and distributions whose change makes other bytes: for `cache.code_version`."""

TOGETHER = 30
"""Rows that one INSERT brings in."""
WORDS = 100_000
"""Texts whose pairs are kept while a table is cut: names of districts and kinds come back in every row."""
FACET_VALUES = 200
"""A text column with so few distinct values is one that people filter by; Datasette offers at most 100 as facets."""
INDEX_ROWS = 1000
"""Below this a scan is as quick as an index, and a thousand small files stay small."""
FTS_RESERVED = {"rank", "rowid"}
"""Names that FTS5 keeps for itself (https://www.sqlite.org/fts5.html, section 4)."""


def load_dataset(
    dataset: Dataset, prepared: Mapping[str, Prepared], target: Path, *, siblings: frozenset[str] = frozenset()
) -> None:
    """Write the SQLite file of one dataset; `prepared` maps each file's key to its normalised CSV.

    `siblings` names the tables of other datasets that stand in the same department's file: a foreign key is
    declared only where its target stands there too. Raises PortalError for rows that the checks must have refused.
    """
    tables = dataset.tables
    near = siblings | {table.name for table in tables}
    with building(target) as connection:
        for table in tables:
            connection.execute("BEGIN")
            connection.execute(create_table(table, near))
            _insert(connection, table, [prepared[file.key] for file in table.files])
            _index(connection, table)
            _index_words(connection, table)
            connection.execute("COMMIT")


def create_table(table: Table, near: frozenset[str]) -> str:
    """The CREATE TABLE of one table: columns as declared, its primary key, and the foreign keys whose target is near.

    A key of one INTEGER column is declared INT: as INTEGER it would become SQLite's rowid and the rows would lose
    the order of the file (https://www.sqlite.org/lang_createtable.html#rowid).
    """
    schema = table.table_schema
    lines = [f"{quoted(column.name)} {_declared(column, schema)}" for column in schema.fields]
    if schema.primary_key:
        lines.append(f"PRIMARY KEY ({_names(schema.primary_key)})")
    for key in schema.foreign_keys:
        target = key.reference.resource.rpartition("/")[2] or table.name
        if target in near:
            pointed = f"{quoted(target)} ({_names(key.reference.fields)})"
            lines.append(f"FOREIGN KEY ({_names(key.fields)}) REFERENCES {pointed}")
    return f"CREATE TABLE {quoted(table.name)} (\n  " + ",\n  ".join(lines) + "\n)"


def _declared(column: Column, schema: TableSchema) -> str:
    kind = DECLARED[column.type]
    return "INT" if kind == "INTEGER" and schema.primary_key == (column.name,) else kind


def _names(names: Iterable[str]) -> str:
    return ", ".join(quoted(name) for name in names)


def _insert(connection: sqlite3.Connection, table: Table, files: Sequence[Prepared]) -> None:
    """All rows of the files. Many rows a statement: a third less time than one by one (measured)."""
    width = len(table.table_schema.fields)
    holes = "(" + ", ".join("?" * width) + ")"
    one = f"INSERT INTO {quoted(table.name)} VALUES {holes}"  # noqa: S608 -- the name is quoted
    many = one + f", {holes}" * (TOGETHER - 1)
    step = width * TOGETHER
    try:
        for prepared in files:
            with closing(value_blocks(prepared, table.table_schema)) as blocks:
                for block in blocks:
                    whole = len(block) // step * step
                    connection.executemany(many, [block[i : i + step] for i in range(0, whole, step)])
                    connection.executemany(one, [block[i : i + width] for i in range(whole, len(block), width)])
    except (CastError, csv.Error, sqlite3.Error, ValueError) as error:
        raise PortalError(f"table {table.name} holds rows that the checks must have refused: {error}") from error


def _index(connection: sqlite3.Connection, table: Table) -> None:
    """Indexes where people filter and join: foreign keys, days, and columns with few values; none on small tables."""
    if row_count(connection, table.name) < INDEX_ROWS:
        return
    schema = table.table_schema
    wanted = dict.fromkeys(key.fields for key in schema.foreign_keys)
    wanted.update(dict.fromkeys((c.name,) for c in schema.fields if _is_facet(connection, table, c)))
    for names in wanted:
        if names != schema.primary_key[: len(names)]:
            name = quoted(f"{table.name}.{'+'.join(names)}")
            connection.execute(f"CREATE INDEX {name} ON {quoted(table.name)} ({_names(names)})")


def _is_facet(connection: sqlite3.Connection, table: Table, column: Column) -> bool:
    if column.type in ("date", "datetime", "year", "yearmonth"):
        return True
    if column.type in ("number", "time"):
        return False
    few = f"SELECT DISTINCT {quoted(column.name)} FROM {quoted(table.name)} LIMIT {FACET_VALUES + 1}"  # noqa: S608 -- quoted
    return len(connection.execute(few).fetchall()) <= FACET_VALUES


def _index_words(connection: sqlite3.Connection, table: Table) -> None:
    """The search companion: contentless FTS5, a column per text column, its rowid the table's rowid."""
    columns = [column.name for column in table.table_schema.fields if column.type == "string"]
    if not columns:
        return
    companion = table.name + "_fts"
    names = ", ".join(quoted(name) for name in fts_columns(table))
    connection.execute(
        f"CREATE VIRTUAL TABLE {quoted(companion)} USING fts5({names}, content='', tokenize='unicode61')"
    )
    holes = ", ".join("?" * (len(columns) + 1))
    number = rowid_of(table)
    found = connection.execute(f"SELECT {number}, {_names(columns)} FROM {quoted(table.name)} ORDER BY {number}")  # noqa: S608 -- quoted
    connection.executemany(
        f"INSERT INTO {quoted(companion)} (rowid, {names}) VALUES ({holes})",  # noqa: S608 -- quoted
        _cut(found),
    )
    connection.execute(f"INSERT INTO {quoted(companion)} ({quoted(companion)}) VALUES ('optimize')")  # noqa: S608 -- quoted


def fts_columns(table: Table) -> list[str]:
    """The names of the companion's columns: the text columns', with `_` behind those that FTS5 keeps for itself."""
    columns = [column.name for column in table.table_schema.fields if column.type == "string"]
    kept = FTS_RESERVED | {(table.name + "_fts").lower()}
    taken = kept | {name.lower() for name in columns}
    names = []
    for name in columns:
        free = name
        while free.lower() in (taken if free != name else kept):
            free += "_"
        names.append(free)
    return names


def _cut(found: Iterable[tuple[int | str | None, ...]]) -> Iterator[tuple[int | str | None, ...]]:
    """Rows of (rowid, text, …) with the texts cut; repeated texts are cut once, within bounds."""
    memory: dict[object, str | None] = {None: None}
    for rowid, *texts in found:
        if len(memory) > WORDS:
            memory = {None: None}
        for text in texts:
            if text not in memory:
                memory[text] = bigrams(str(text))
        yield (rowid, *(memory[text] for text in texts))
