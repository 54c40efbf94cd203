"""The parts of a dataset's page that come from its tables: downloads, preview, fields with their profile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from portal import addresses
from portal.facts import Cell, ColumnFacts, DatasetFacts, Download, TableFacts
from portal.model import Dataset, Table
from portal.render import figures
from portal.render.book import FORMATS, Book
from portal.render.charts import profiles
from portal.tableschema import Column

LONG, LINES, LONGEST = 240, 8, 4000
"""A cell of the preview with more characters or lines is folded (preview.js does the same); at LONGEST it ends."""
NUMERIC = frozenset({"integer", "number"})
_ORDER = ("csv", "excel.csv", "xlsx", "json", "xml", "parquet", "zip", "datapackage")


class FileRow(NamedTuple):
    """A file to take away, as the page shows it; `offered`: as a button, not only in the list."""

    name: str
    href: str
    label: str
    size: str
    sha256: str
    first: bool
    offered: bool


class HeadCell(NamedTuple):
    """The head of a column of the preview."""

    name: str
    title: str
    type: str
    numeric: bool
    hint: str


class FieldRow(NamedTuple):
    """A field: what it means, what it must be, what its values look like."""

    name: str
    title: str
    description: str
    type: str
    rules: str
    codes: list[tuple[str, str]]
    spark: Markup | str
    profile: list[str]


def downloads(book: Book, dataset: Dataset, facts: DatasetFacts) -> list[dict[str, object]]:
    """Groups of files: one a table, then what holds the whole set. CSV comes first."""
    titles = {table.name: table.title for table in dataset.tables}
    several = len(titles) > 1
    groups: dict[str, list[FileRow]] = {}
    for one in sorted(facts.downloads, key=lambda one: _ORDER.index(one.format)):
        groups.setdefault(one.table if several else "", []).append(_file(book, dataset, one))
    order = [*titles, ""] if several else [""]
    return [
        {"title": titles.get(name, book.t["whole_set"]) if several else "", "files": groups[name]}
        for name in order
        if name in groups
    ]


def missing(book: Book, facts: DatasetFacts) -> list[str]:
    """Formats that a table does not come in, with the reason."""
    shape = book.t["format_reason"]
    chinese = book.lang == "zh"
    return [
        shape.format(
            format=FORMATS.get(one.format, one.format),
            reason=one.reason if chinese else one.reason_en or one.reason,
        )
        for one in facts.missing
    ]


def previews(book: Book, dataset: Dataset, facts: DatasetFacts) -> list[dict[str, object]]:
    """The first rows of each table, and where scripts find the rest."""
    schemas = {table.name: table for table in dataset.tables}
    return [
        {
            "title": table.title,
            "api": addresses.table_api(dataset.department, table.name),
            "page": addresses.table_api(dataset.department, table.name, ""),
            "query": book.url(addresses.query_page(dataset.id, "" if table is facts.tables[0] else table.name)),
            "columns": [_head(book, column) for column in schemas[table.name].table_schema.fields],
            "rows": preview_rows(table, schemas[table.name].table_schema.fields, book.t),
            "note": _note(book, table),
            "of": table.rows,
        }
        for table in facts.tables
    ]


def preview_rows(table: TableFacts, columns: Sequence[Column], t: object) -> Markup:
    """The body of the preview; text is escaped cell by cell. Joined by hand: it is the bulk of a page."""
    truth = {True: t["yes"], False: t["no"]}  # type: ignore[index]
    starts = ['<td class="n">' if column.type in NUMERIC else "<td>" for column in columns]
    lines = []
    for row in table.preview:
        cells = [start + _cell(value, truth) for start, value in zip(starts, row, strict=True)]
        lines.append("<tr>" + "</td>".join(cells) + "</td></tr>\n")
    return Markup("".join(lines))  # noqa: S704 -- each cell was escaped


def fields(book: Book, dataset: Dataset, facts: DatasetFacts | None) -> list[dict[str, object]]:
    """Every table's fields: meaning, type, rules, and what their values look like where rows are public."""
    profiles = {table.name: table for table in facts.tables} if facts and dataset.is_open else {}
    groups = []
    for table in dataset.tables:
        known = profiles.get(table.name)
        columns = {column.name: column for column in known.columns} if known else {}
        groups.append(
            {
                "title": table.title,
                "profiled": known is not None,
                "fields": [
                    _field(book, table, column, columns.get(column.name), known.rows if known else 0)
                    for column in table.table_schema.fields
                ],
            }
        )
    return groups


def _file(book: Book, dataset: Dataset, one: Download) -> FileRow:
    label = {"excel.csv": book.t["excel_csv"], "zip": "ZIP", "datapackage": "datapackage.json"}.get(one.format)
    return FileRow(
        name=one.name,
        href=addresses.download(dataset.id, one.name),
        label=label or FORMATS.get(one.format, one.format.upper()),
        size=figures.size(one.bytes),
        sha256=one.sha256,
        first=one.format == "csv",
        offered=one.format != "datapackage",
    )


def _head(book: Book, column: Column) -> HeadCell:
    return HeadCell(
        name=column.name,
        title=_title(book, column),
        type=column.type,
        numeric=column.type in NUMERIC,
        hint=column.description + book.aside(column.unit or ""),
    )


def _title(book: Book, column: Column) -> str:
    return column.title if book.lang == "zh" else column.title_en or column.title


def _note(book: Book, table: TableFacts) -> str:
    if not table.rows:
        return book.t["no_rows"]
    if table.rows <= len(table.preview):
        return book.t["all_rows"].format(of=figures.number(table.rows))
    return book.t["first_rows"].format(n=len(table.preview), of=figures.number(table.rows))


def _cell(value: Cell, truth: dict[bool, str]) -> str:
    if value is None:
        return '<span class="nil">-</span>'
    if isinstance(value, bool):
        return truth[value]
    if not isinstance(value, str):
        return str(value)
    return _long(value) if len(value) > LONG or value.count("\n") > LINES else str(escape(value))


def _long(value: str) -> str:
    """A long text folded away; one that would swell the page ends early, the files hold it whole."""
    rest = value if len(value) <= LONGEST else f"{value[:LONGEST]}…"
    start = value.lstrip()[:60].partition("\n")[0]
    return f"<details><summary>{escape(start)}…</summary>{escape(rest)}</details>"


def _field(book: Book, table: Table, column: Column, facts: ColumnFacts | None, rows: int) -> FieldRow:
    form = book.aside(column.format if column.format and column.format != "default" else "")
    return FieldRow(
        name=column.name,
        title=_title(book, column),
        description=column.description,
        type=book.t[f"type_{column.type}"] + form,
        rules=_rules(book, table, column),
        codes=sorted(column.codes.items()) if column.codes else [],
        spark=profiles.picture(book, column, facts, rows) if facts else "",
        profile=_profile(book, facts, rows) if facts else [],
    )


def _rules(book: Book, table: Table, column: Column) -> str:
    t, limits, schema = book.t, column.constraints, table.table_schema
    lines = [t["key"]] if column.name in schema.primary_key else []
    lines += [t["required"]] if limits.required else []
    lines += [t["unique"]] if limits.unique else []
    lines += [t["unit"] + column.unit] if column.unit else []
    lines += [t["pattern"] + limits.pattern] if limits.pattern else []
    lines += [t["values"] + t["enumeration"].join(limits.enum)] if limits.enum else []
    lines += [t["range"] + _span(limits.minimum, limits.maximum)] if limits.minimum or limits.maximum else []
    if limits.min_length is not None or limits.max_length is not None:
        lines.append(t["length"] + _span(limits.min_length, limits.max_length))
    for key in schema.foreign_keys:
        if column.name in key.fields and key.reference.resource:
            target = key.reference.fields[key.fields.index(column.name)]
            lines.append(f"{t['points_to']} {key.reference.resource}.{target}")
    return " · ".join(lines)


def _span(low: object, high: object) -> str:
    if low is None:
        return f"≤ {high}"
    return f"≥ {low}" if high is None else f"{low}–{high}"


def _profile(book: Book, facts: ColumnFacts, rows: int) -> list[str]:
    t, number = book.t, figures.number
    lines = []
    if facts.minimum is not None and facts.maximum is not None and not profiles.shows_ends(facts):
        lines.append(t["from_to"].format(a=facts.minimum, b=facts.maximum))
    if facts.mean is not None:
        lines.append(t["mean"].format(n=f"{facts.mean:,.6g}" if abs(facts.mean) < 1e6 else number(round(facts.mean))))
    if facts.distinct:
        lines.append(t["distinct_one"] if facts.distinct == 1 else t["distinct"].format(n=number(facts.distinct)))
    if facts.nulls:
        lines.append(t["nulls"].format(n=number(facts.nulls)) + book.aside(figures.share(facts.nulls, rows)))
    return lines
