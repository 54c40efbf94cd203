"""Step load, second half: a department's SQLite file, assembled from the files of its datasets.

Pages of tables and indexes are copied as they are, so that one changed dataset costs no second reading of the rest.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from portal.database import building, quoted
from portal.problems import PortalError

CODE = ("portal.departments", "portal.database")
"""The modules whose change makes other bytes: for `cache.code_version`."""

SHADOWS = ("data", "idx", "docsize", "config")
"""The ordinary tables in which FTS5 keeps a contentless index (https://www.sqlite.org/fts5.html, section 9)."""


def assemble_department(department: str, parts: Sequence[Path], target: Path) -> None:
    """Write the file of one department from its datasets' files, given in the order of their ids.

    Only pass datasets whose rows may be published without conditions: everything in this file is public (OT-1).
    A department without open rows gets an empty file. Raises PortalError if two datasets have a table of one name.
    """
    with building(target) as connection:
        for part in parts:
            connection.execute("ATTACH DATABASE ? AS part", (f"{part.resolve().as_uri()}?mode=ro&immutable=1",))
            try:
                connection.execute("BEGIN")
                _copy(connection)
                connection.execute("COMMIT")
            except sqlite3.OperationalError as error:
                raise PortalError(f"the databases of {department} don't go together: {error}") from error
            connection.execute("DETACH DATABASE part")
        if parts:
            connection.execute("ANALYZE")  # the planner then knows which index is worth using


def _copy(connection: sqlite3.Connection) -> None:
    """Everything of the attached file. Indexes are made before the rows come, so that SQLite copies both page-wise
    (its transfer optimisation, https://www.sqlite.org/src/file/src/insert.c, needs equal tables and an empty target).
    """
    found = connection.execute("SELECT type, name, sql FROM part.sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
    made = found.fetchall()
    searches = [(name, sql) for kind, name, sql in made if sql.startswith("CREATE VIRTUAL TABLE")]
    shadows = {f"{name}_{shadow}" for name, _ in searches for shadow in SHADOWS}
    tables = [(n, s) for kind, n, s in made if kind == "table" and (n, s) not in searches and n not in shadows]
    for _, sql in tables:
        connection.execute(sql)
    for kind, _, sql in made:
        if kind == "index":
            connection.execute(sql)
    for name, _ in tables:
        connection.execute(f"INSERT INTO main.{quoted(name)} SELECT * FROM part.{quoted(name)}")  # noqa: S608 -- quoted
    for name, sql in searches:
        connection.execute(sql)
        for shadow in (quoted(f"{name}_{part}") for part in SHADOWS):
            connection.execute(f"DELETE FROM main.{shadow}")  # noqa: S608 -- quoted
            connection.execute(f"INSERT INTO main.{shadow} SELECT * FROM part.{shadow}")  # noqa: S608 -- quoted
