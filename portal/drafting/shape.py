"""What passes between the parts of a draft: the order, the tables that were read, what was seen in their columns."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from portal.model import DataFile
from portal.personal import Kind
from portal.tablefile import Prepared
from portal.tableschema import FieldType


@dataclass(frozen=True)
class Order:
    """What the command line asks for: files as typed, and what can't be seen in them."""

    files: tuple[Path, ...]
    department: str | None = None
    id: str | None = None
    sheets: tuple[str, ...] = ()
    """Sheets of workbooks that are meant; all but notes where none is named."""
    copy: bool = False


@dataclass(frozen=True)
class Opened:
    """One table of a file: the whole file, or a sheet of a workbook. `source` is where it lies now, `file.path` what
    the entry will call it.
    """

    source: Path
    file: DataFile
    prepared: Prepared
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Seen:
    """What a look at every value of a column tells. `empty` counts cells without value, `missing` the texts among
    them that only look like one; `values` are all distinct values where they are few.
    """

    name: str
    kind: FieldType
    format: str | None = None
    filled: int = 0
    empty: int = 0
    distinct: int = 0
    missing: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    pattern: str | None = None
    first: str | None = None
    """The smallest and largest day, month or year, as ISO text."""
    last: str | None = None
    longest: int = 0
    is_code: bool = False
    why: tuple[str, str] = ("", "")
    """In Chinese and in English, why it is of this kind, where that is not plain."""

    @property
    def is_complete(self) -> bool:
        """Every row has a value."""
        return self.empty == 0 and self.filled > 0

    @property
    def is_enum(self) -> bool:
        """Few texts that come back again and again."""
        return bool(self.values) and self.kind == "string" and not self.is_code


@dataclass(frozen=True)
class Pointer:
    """A column whose values all stand in the key of another table, which a foreign key calls `resource`."""

    column: str
    resource: str
    target: str


@dataclass(frozen=True)
class Looked:
    """A table with all that was seen in it. `ragged` are records with too many or too few cells, or none."""

    opened: Opened
    columns: tuple[Seen, ...]
    rows: int
    key: tuple[str, ...] = ()
    pointers: tuple[Pointer, ...] = ()
    missing: tuple[str, ...] = ("",)
    ragged: tuple[int, ...] = ()
    doubled: bool = False
    personal: tuple[tuple[str, Kind, int], ...] = ()
    """What looks like personal data: column, kind, number of cells. Never the cells."""
    name: str = ""
    """The table's name in addresses."""
    parts: tuple[Opened, ...] = ()
    """Later files with the same columns, which continue this one."""
