"""A whole table: blocks of whole records, screened by DuckDB in threads, judged here in order.

Each block is one text whose lines are records (line breaks inside quotes become carriage returns, which canonical text
does not have elsewhere), so that the n-th line is the n-th record, ragged and blank ones included.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache, lru_cache
from multiprocessing import parent_process
from pathlib import Path
from typing import NamedTuple

import duckdb

from portal.personal.cell import find
from portal.personal.columns import Plan, plan_of
from portal.personal.screen import suspicious
from portal.personal.shape import Found, Hit, covered
from portal.problems import PortalError

BLOCK = 2 << 20
"""Bytes screened at once."""
AHEAD = 2
"""Blocks per thread that are screened before they are needed."""
_QUOTED = re.compile(rb'"[^"]*"')

Suspects = list[tuple[int, str]]


class _Block(NamedTuple):
    """Text whose lines are records; the first of them is record number `first`."""

    first: int
    text: str
    records: int


def scan_table(table: Path, titles: Sequence[str], *, threads: int = 1) -> Iterator[Hit]:
    """Every hit in a prepared file (portal/tablefile), header and ragged records included, by row.

    `titles` are the columns' names and titles, one text each, in order. Nothing of a cell but the mask leaves this
    function: raises PortalError without a word of the data.
    """
    try:
        yield from _scan(table, titles, threads)
    except Exception as error:
        raise PortalError(f"the scan for personal data failed: {type(error).__name__} ({table.name})") from None


def _scan(table: Path, titles: Sequence[str], threads: int) -> Iterator[Hit]:
    plan = plan_of(table, titles)
    with ThreadPoolExecutor(threads) as pool:
        waiting: deque[tuple[_Block, Future[Suspects]]] = deque()
        for block in _blocks(table):
            waiting.append((block, pool.submit(_screen, block, plan.asks_everything)))
            if len(waiting) > AHEAD * threads:
                yield from _judged(*waiting.popleft(), plan)
        while waiting:
            yield from _judged(*waiting.popleft(), plan)


def _blocks(table: Path) -> Iterator[_Block]:
    """Whole records, about BLOCK bytes at once; canonical text has a quote open where it has an odd number of them."""
    first = 1
    with table.open("rb") as stream:
        while data := stream.read(BLOCK) + stream.readline():
            if b'"' in data:
                open_ = data.count(b'"') % 2
                while open_ and (more := stream.readline()):
                    data += more
                    open_ = (open_ + more.count(b'"')) % 2
                data = _QUOTED.sub(lambda cell: cell[0].replace(b"\n", b"\r"), data)
            records = data.count(b"\n") + (not data.endswith(b"\n"))
            yield _Block(first, data.decode("utf-8", "replace"), records)
            first += records


def _screen(block: _Block, everything: bool) -> Suspects:
    """Place (from 0) and text of the records that Python has to look at."""
    if everything:
        return list(enumerate(block.text.split("\n")))
    with _database().cursor() as cursor:
        return cursor.execute(_query(), [block.text]).fetchall()


@cache
def _query() -> str:
    """The expression stands in it as a literal, which is compiled once a block."""
    split = "SELECT unnest(s) AS line, generate_subscripts(s, 1) AS n FROM (SELECT string_split(?, chr(10)) AS s)"
    tests = " OR ".join(f"regexp_matches(line, '{one}')" for one in suspicious())
    return f"SELECT n - 1, line FROM ({split}) WHERE {tests}"  # noqa: S608 -- ours


def _database() -> duckdb.DuckDBPyConnection:
    return _kept() if parent_process() is not None else _fresh()


@lru_cache(maxsize=1)
def _kept() -> duckdb.DuckDBPyConnection:
    """A worker's database: making one takes as long as scanning 100,000 cells, and an open one survives no fork."""
    return _fresh()


def _fresh() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(":memory:", config={"threads": 1, "autoload_known_extensions": False})


def _judged(block: _Block, screened: Future[Suspects], plan: Plan) -> Iterator[Hit]:
    for place, line in screened.result():
        if line:
            cells = next(csv.reader((line,))) if '"' in line else line.split(",")
            yield from _of_record(block.first + place, cells, plan)


def _of_record(row: int, cells: list[str], plan: Plan) -> Iterator[Hit]:
    """Hits in the cells, then names beside a telephone or address of the same record."""
    found = [find(cell, plan.titles(place)) for place, cell in enumerate(cells)]
    named = {place for place in plan.names if row > 1 and place < len(cells) and plan.is_name(place, cells[place])}
    for place, cell in enumerate(cells):
        yield from (_hit(one, row, place, cell) for one in found[place])
        if place in named and plan.has_contact(cells, found, place):
            yield Hit("name-contact", row, place + 1, covered(cell))


def _hit(one: Found, row: int, place: int, cell: str) -> Hit:
    return Hit(one.kind, row, place + 1, covered(cell[one.start : one.end]))
