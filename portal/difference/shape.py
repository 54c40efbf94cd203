"""What passes between the parts of this package: how to compare, a version of a table, a version of a dataset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from portal.model import Dataset
from portal.tablefile import Prepared
from portal.tableschema import Column, TableSchema

HIDDEN = "＊＊＊"
"""What stands for a value that is never shown."""


@dataclass(frozen=True, slots=True)
class CompareRules:
    """How to compare: at most `samples` rows or values of a kind are shown, each cut to `shown` characters.

    `memory` is DuckDB's limit in MiB, `threads` its threads; `scratch` a folder for what
    does not fit.
    """

    scratch: Path
    samples: int = 10
    shown: int = 60
    memory: int = 400
    threads: int = 2


@dataclass(frozen=True, slots=True)
class TableVersion:
    """One version of a table: its files in order, and how they are read. Without a schema the labels are the columns,
    all text. `unreadable` is the rule that a file breaks which could not be prepared; `written` says of a file's path
    how it is written besides (separator, sheet).
    """

    files: Sequence[Prepared]
    schema: TableSchema | None = None
    unreadable: str = ""
    written: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def bytes(self) -> int:
        """Bytes of the files as they were handed in."""
        return sum(one.bytes for one in self.files)

    @property
    def columns(self) -> Mapping[str, Column]:
        """What the schema says of each column."""
        return {column.name: column for column in self.schema.fields} if self.schema else {}


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a dataset: the entry, its prepared files (`DataFile.key` → file), and for those that could not be
    prepared the rule that they break. `hidden` are columns in which the check found personal data.
    """

    dataset: Dataset
    prepared: Mapping[str, Prepared]
    unreadable: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
