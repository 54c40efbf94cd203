"""What the build found out about a dataset: the shapes that go from derive to pages and exports.

Kept as JSON in the cache, so every value is plain; nothing that is kept depends on the day of the build
(that is the business of portal/timeliness.py and portal/quality.py).
"""

from __future__ import annotations

from portal.changefacts import ReleaseChange
from portal.shape import Shape

Cell = str | int | float | bool | None


class TopValue(Shape):
    """A frequent value and how often it stands in the column."""

    value: str
    count: int


class ColumnFacts(Shape):
    """The profile of one column. `minimum`/`maximum` are as published; `histogram` counts rows in equal bins
    of a number or date column (empty for text).
    """

    name: str
    nulls: int
    distinct: int
    minimum: str | None = None
    maximum: str | None = None
    mean: float | None = None
    top: tuple[TopValue, ...] = ()
    histogram: tuple[int, ...] = ()


class SourceFile(Shape):
    """A file that the department handed in: `sha256` of its bytes as they stand in Git."""

    path: str
    bytes: int
    sha256: str
    encoding: str


class TableFacts(Shape):
    """One table: a file of the entry (with those appended to it). `preview` holds the first rows as published."""

    name: str
    title: str
    rows: int
    columns: tuple[ColumnFacts, ...]
    preview: tuple[tuple[Cell, ...], ...]
    sources: tuple[SourceFile, ...]


class Download(Shape):
    """A file to take away, below /dataset/<id>/. `table` is empty for files of the whole set (zip, datapackage)."""

    name: str
    format: str  # csv | excel.csv | xlsx | json | xml | parquet | zip | datapackage
    media_type: str
    bytes: int
    sha256: str
    table: str = ""
    rows: int | None = None


class MissingDownload(Shape):
    """A format that a table does not come in, and why (the page says so)."""

    table: str
    format: str
    reason: str
    reason_en: str = ""


class ReleaseFacts(Shape):
    """An earlier release at its fixed address /dataset/<id>/v/<release>/."""

    release: str
    digest: str
    note: str | None = None
    downloads: tuple[Download, ...] = ()


class QualityReason(Shape):
    """Why a dimension has its score, in words; `code` for machines."""

    code: str
    text: str
    text_en: str


class QualityDimension(Shape):
    """One of completeness, accuracy, timeliness, consistency: per cent, or None where it can't be scored."""

    name: str
    score: float | None
    reasons: tuple[QualityReason, ...]


class QualityScore(Shape):
    """How good a dataset is on a day (portal/quality.py); `overall` is the mean of the dimensions that have a score,
    None where the rows are not public.
    """

    as_of: str
    overall: float | None
    dimensions: tuple[QualityDimension, ...]


class DatasetFacts(Shape):
    """Everything derived from one dataset's content. A dataset without public rows has no tables."""

    id: str
    digest: str  # what reviews cover: file bytes and canonical schema (portal/digests.py)
    release: str
    tables: tuple[TableFacts, ...] = ()
    downloads: tuple[Download, ...] = ()
    missing: tuple[MissingDownload, ...] = ()
    releases: tuple[ReleaseFacts, ...] = ()
    quality: QualityScore | None = None  # of the day of the build: laid in by the pipeline, never kept in the cache
    changes: tuple[ReleaseChange, ...] = ()  # what each public release changed, oldest first

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(table.rows for table in self.tables)

    @property
    def bytes(self) -> int:
        """Bytes of the files that the department handed in."""
        return sum(source.bytes for table in self.tables for source in table.sources)
