"""What the build found out about a dataset: the shapes that go from derive to pages and exports.

Kept as JSON in the cache, so every value is plain; nothing that is kept depends on the day of the build
(that is the business of portal/timeliness.py and portal/quality.py).
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal, Self

from portal.changefacts import ReleaseChange
from portal.records import View
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


class TableDetails(Shape):
    """What the page of its dataset alone tells of a table; `preview` holds the first rows as published."""

    columns: tuple[ColumnFacts, ...]
    preview: tuple[tuple[Cell, ...], ...]


class TableFacts(Shape):
    """One table: a file of the entry (with those appended to it), so many `rows` by `width`, `nulls` of them empty.

    `details` are `TableDetails` as JSON, and read when asked for: a rebuild needs those of one dataset of 2,000, and
    reading all took 0.35 s.
    """

    name: str
    title: str
    rows: int
    width: int
    nulls: int
    sources: tuple[SourceFile, ...]
    details: str

    @classmethod
    def of(
        cls,
        *,
        name: str,
        title: str,
        rows: int,
        columns: tuple[ColumnFacts, ...],
        preview: tuple[tuple[Cell, ...], ...],
        sources: tuple[SourceFile, ...],
    ) -> Self:
        """The facts of a table, with what stands in its details."""
        details = TableDetails(columns=columns, preview=preview).model_dump_json()
        nulls = sum(one.nulls for one in columns)
        return cls(name=name, title=title, rows=rows, width=len(columns), nulls=nulls, sources=sources, details=details)

    @property
    def columns(self) -> tuple[ColumnFacts, ...]:
        """The profiles of its columns."""
        return self._read.columns

    @property
    def preview(self) -> tuple[tuple[Cell, ...], ...]:
        """Its first rows as published."""
        return self._read.preview

    @cached_property
    def _read(self) -> TableDetails:
        return TableDetails.model_validate_json(self.details)


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


class Bundle(Shape):
    """The open data of a department, or of the whole portal (`department` is empty), in one zip at `address`.

    `datasets` are those inside. Where it would be too large (or empty) there is no file: `bytes` is then what it would
    take, and `sha256` is empty.
    """

    address: str
    department: str
    datasets: tuple[str, ...]
    bytes: int
    sha256: str = ""

    @property
    def made(self) -> bool:
        """There is a file."""
        return bool(self.sha256)


class Offer(Shape):
    """What the portal offers as a whole: its zips, and the fingerprint of the key that signs its list of files
    (empty: it is not signed).
    """

    bundles: tuple[Bundle, ...] = ()
    signing_key: str = ""

    def bundle(self, department: str = "") -> Bundle | None:
        """The zip of a department, or of the portal."""
        return next((one for one in self.bundles if one.department == department), None)


NO_OFFER = Offer()


class ViewColumn(Shape):
    """A column of the table behind a figure. `name` is empty for a count of rows; `codes` explain coded values."""

    name: str
    title: str
    title_en: str | None = None
    type: str
    unit: str | None = None
    codes: dict[str, str] | None = None


class ViewFacts(Shape):
    """A chart or a map, and the numbers that it shows: small, however large the table.

    `rows` are what the figure's own table holds: for bars and lines the value on the axis and one number for each of
    `series` (None: no value there); for maps the places with a name, as `columns` say. `auto`: the entry did not ask
    for it. Lines and columns drawn along years or days are kind `line` and `column`; bars of categories `bar`.
    """

    kind: Literal["bar", "column", "line", "map"]
    table: str
    view: View
    auto: bool
    columns: tuple[ViewColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    measure: str = "count"  # count | sum | mean | min | max | value (each point is one row's)
    step: str = ""  # day | week | month | quarter | year, or the width of the bins of a numeric axis
    counted: int = 0  # rows that the figure shows
    empty: int = 0  # rows without a place on the axis or the map
    groups: int = 0  # groups, lines or places that there are; `rows` or the lines may be fewer
    rest: float | None = None  # what the groups that are not drawn add up to, where they can be added
    box: tuple[float, float, float, float] | None = None  # west, south, east, north of a map's points
    cells: tuple[tuple[float, float, int], ...] = ()  # of many points: longitude, latitude, rows in that cell


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


class RelationFacts(Shape):
    """How far a relation with columns holds: rows of `dataset` with a key and those of them whose key stands in the
    other set, and the same the other way. `number` is its place among the relations of the entry.
    """

    dataset: str
    number: int
    rows: int
    matched: int
    back_rows: int
    back_matched: int


class DatasetFacts(Shape):
    """Everything derived from one dataset's content. A dataset without public rows has no tables."""

    id: str
    digest: str  # what reviews cover: file bytes and canonical schema (portal/digests.py)
    release: str
    tables: tuple[TableFacts, ...] = ()
    downloads: tuple[Download, ...] = ()
    missing: tuple[MissingDownload, ...] = ()
    releases: tuple[ReleaseFacts, ...] = ()
    views: tuple[ViewFacts, ...] = ()
    quality: QualityScore | None = None  # of the day of the build: laid in by the pipeline, never kept in the cache
    changes: tuple[ReleaseChange, ...] = ()  # what each public release changed, oldest first
    note: str | None = None  # what the department says of this release
    sample: DatasetFacts | None = None  # of conditional data: the sample that anybody may take (portal/samples.py)

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(table.rows for table in self.tables)

    @property
    def bytes(self) -> int:
        """Bytes of the files that the department handed in."""
        return sum(source.bytes for table in self.tables for source in table.sources)
