"""What the modules of the formats share: the shape of a writer, and its way to say that a table does not fit."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from portal.model import Table

Writer = Callable[[sqlite3.Connection, Table, Path], None]
"""Writes all rows of a table from the loaded database into a file. Raises Unfit if the format can't hold them."""


@dataclass(frozen=True)
class Format:
    """A format that each table comes in; `suffix` ends the address."""

    suffix: str
    media_type: str
    write: Writer


class Unfit(Exception):  # noqa: N818 -- no fault: the format's own limit
    """The table is too large for the format; says so for people, in both languages."""

    def __init__(self, reason: str, reason_en: str) -> None:
        self.reason, self.reason_en = reason, reason_en
        super().__init__(reason_en)
