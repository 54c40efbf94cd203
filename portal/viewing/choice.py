"""Which figures a table suggests by itself, from the profile of its columns: a map for coordinates, a line for a time
series, rows by year for dated records, bars for few categories. At most two a dataset; none rather than a silly one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from portal.facts import ColumnFacts, TableFacts
from portal.model import Dataset, Table
from portal.records import View
from portal.tableschema import Column

MOST = 2
ROWS = 12
"""Fewer rows than this are read faster in the table itself."""
TURNS = 8
"""Points in time that make a series."""
FEW = 20
"""Different values that make categories, each with REPEATED rows or more on average."""
REPEATED = 3
FILLED = 0.5
EVEN = 0.95
"""Where one value holds more of the rows than this, bars tell nothing."""

LONGITUDE = re.compile(r"经度|^(lon|lng|longitude)$", re.IGNORECASE)
LATITUDE = re.compile(r"纬度|^(lat|latitude)$", re.IGNORECASE)
TIMES = ("date", "datetime", "yearmonth", "year")
NUMBERS = ("integer", "number")
CODED = re.compile(r"代码|编号|编码|号$|序号|id$|code$|no$", re.IGNORECASE)


def suggested(dataset: Dataset, tables: Sequence[TableFacts]) -> list[tuple[View, Table | None]]:
    """The views that the columns suggest, with their tables."""
    facts = {table.name: table for table in tables}
    found = (
        (view, table)
        for table in dataset.tables
        if table.name in facts and facts[table.name].rows >= ROWS
        for view in _of_table(table, facts[table.name])
    )
    return list(islice(found, MOST))


def _of_table(table: Table, facts: TableFacts) -> Iterator[View]:
    profile = {column.name: column for column in facts.columns}
    columns = table.table_schema.fields
    place = _coordinates(columns)
    if place:
        yield View(kind="map", title="", table=table.name, longitude=place[0].name, latitude=place[1].name)
    else:
        yield from _over_time(table, facts, profile)
    yield from _categories(table, facts, profile)


def _coordinates(columns: Sequence[Column]) -> tuple[Column, Column] | None:
    numbers = [one for one in columns if one.type == "number"]
    longitude = next((one for one in numbers if LONGITUDE.search(one.name) or LONGITUDE.search(one.title)), None)
    latitude = next((one for one in numbers if LATITUDE.search(one.name) or LATITUDE.search(one.title)), None)
    return (longitude, latitude) if longitude and latitude else None


def _over_time(table: Table, facts: TableFacts, profile: Mapping[str, ColumnFacts]) -> Iterator[View]:
    """The first measured column of a series; the rows of each year of dated records."""
    for column in table.table_schema.fields:
        known = profile[column.name]
        if column.type not in TIMES or known.distinct < TURNS:
            continue
        series = known.distinct == facts.rows
        values = [one for one in table.table_schema.fields if _measured(one, profile[one.name], facts.rows)]
        if series and values:
            yield View(kind="line", title="", table=table.name, x=column.name, value=values[0].name)
            return
        if not series and known.nulls <= facts.rows * (1 - FILLED) and not values:
            yield View(kind="bar", title="", table=table.name, group=column.name, value="count")
            return


def _measured(column: Column, known: ColumnFacts, rows: int) -> bool:
    """A column of amounts: a number that is no code, varies, and is mostly there."""
    coded = column.codes or CODED.search(column.name) or CODED.search(column.title)
    return column.type in NUMBERS and not coded and known.distinct > 2 and known.nulls <= rows * (1 - FILLED)


def _categories(table: Table, facts: TableFacts, profile: Mapping[str, ColumnFacts]) -> Iterator[View]:
    """The first text column with few values that repeat; a coded one or one of listed values before others."""
    fit = []
    for column in table.table_schema.fields:
        known = profile[column.name]
        filled = facts.rows - known.nulls
        if column.type not in ("string", "boolean") or not 2 <= known.distinct <= FEW:
            continue
        if filled < facts.rows * FILLED or filled < known.distinct * REPEATED or not known.top:
            continue
        if known.top[0].count < filled * EVEN and column.name not in table.table_schema.primary_key:
            fit.append(column)
    listed = [one for one in fit if one.codes or one.constraints.enum]
    for column in (listed or fit)[:1]:
        yield View(kind="bar", title="", table=table.name, group=column.name, value="count")
