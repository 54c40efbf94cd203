"""Rules about files, columns and charts of one entry, as they are declared (their rows: checks/rows/)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.checks.shape import Finding, Rule, Scene, columns_of, tables_of
from portal.model import SLUG, Dataset
from portal.problems import shown
from portal.records import View

RESERVED = frozenset({"datapackage", "quality", "v"})  # taken by /dataset/<id>/{datapackage,quality}.json and …/v/
COORDINATE = re.compile(r"经度|纬度|^(lon|lng|lat|longitude|latitude)$", re.IGNORECASE)
VIEW_NEEDS = {"bar": ("group",), "line": ("x", "value"), "map": ("longitude", "latitude")}
COUNT = "count"
VIEW_COLUMNS = ("group", "x", "value", "series", "longitude", "latitude", "label")
VIEW_NUMBERS = ("value", "longitude", "latitude")


def path_stays_inside(dataset: Dataset, _: Scene) -> Iterator[Finding]:
    """A file lies below datasets/<department>/: no absolute path, no `..`, no backslash."""
    for index, file in enumerate(dataset.files):
        parts = file.path.split("/")
        if "\\" in file.path or any(part in ("", ".", "..") for part in parts):
            yield Finding(("files", index, "path"), {"found": shown(file.path), "department": dataset.department})


def file_is_named_once(dataset: Dataset, _: Scene) -> Iterator[Finding]:
    """Each file (or sheet of it) is listed once."""
    seen: set[tuple[str, str | None]] = set()
    for index, file in enumerate(dataset.files):
        if (file.path, file.sheet) in seen:
            yield Finding(("files", index, "path"), {"found": shown(file.path)})
        seen.add((file.path, file.sheet))


def schema_is_given(dataset: Dataset, _: Scene) -> Iterator[Finding]:
    """Each file has a schema, unless it is appended to the one before."""
    for index, file in enumerate(dataset.files):
        if file.table_schema is None and (index == 0 or not file.append):
            yield Finding(("files", index, "path"), {"file": shown(file.path)})


def appended_file_has_no_schema(dataset: Dataset, _: Scene) -> Iterator[Finding]:
    """An appended file has the columns of the one before, so it brings no schema of its own."""
    for index, file in enumerate(dataset.files):
        if index and file.append and file.table_schema is not None:
            yield Finding(("files", index, "schema"), {"file": shown(file.path)})


def table_name_fits_an_address(dataset: Dataset, _: Scene) -> Iterator[Finding]:
    """A table's name can stand in an address: small letters, digits, hyphens; not a name that the portal needs."""
    for index, table in tables_of(dataset):
        if not re.fullmatch(SLUG, table.name) or table.name in RESERVED:
            yield Finding(("files", index, "name"), {"found": shown(table.name)})


def columns_differ(dataset: Dataset, _: Scene) -> Iterator[Finding]:
    """Column names of a table differ, in more than upper and lower case (SQLite knows no other difference)."""
    for index, table in tables_of(dataset):
        seen: dict[str, str] = {}
        for number, column in enumerate(table.table_schema.fields):
            first = seen.get(column.name.lower())
            if first is not None:
                values = {"found": shown(column.name), "first": shown(first)}
                yield Finding(("files", index, "schema", "fields", number, "name"), values, column.name)
            seen.setdefault(column.name.lower(), column.name)


def key_columns_exist(dataset: Dataset, _: Scene) -> Iterator[Finding]:
    """The primary key consists of columns of its table."""
    for index, table in tables_of(dataset):
        for name in table.table_schema.primary_key:
            if name not in table.table_schema.names:
                yield Finding(("files", index, "schema", "primaryKey"), {"found": shown(name), "table": table.name})


def coordinates_have_a_system(dataset: Dataset, _: Scene) -> Iterator[Finding]:
    """Longitude and latitude come with their coordinate system (REL-3)."""
    if dataset.coordinate_system is None:
        for index, table in tables_of(dataset):
            for number, column in enumerate(table.table_schema.fields):
                if column.type == "number" and (COORDINATE.search(column.name) or COORDINATE.search(column.title)):
                    keys = ("files", index, "schema", "fields", number)
                    yield Finding(keys, {"column": shown(column.name)}, column.name)
                    return


def views_are_complete(dataset: Dataset, _: Scene) -> Iterator[Finding]:
    """A bar chart has a group, a line chart an axis and a value, a map its two coordinates."""
    for index, view in enumerate(dataset.views):
        missing = [key for key in VIEW_NEEDS[view.kind] if getattr(view, key) is None]
        if view.values and "value" in missing:
            missing.remove("value")
        if missing:
            yield Finding(("views", index), {"kind": view.kind, "keys": ", ".join(missing)})


def views_name_columns(dataset: Dataset, _: Scene) -> Iterator[Finding]:
    """Charts and maps name columns of the set; `count` counts rows."""
    known = columns_of(dataset)
    for index, view in enumerate(dataset.views):
        for keys, name in _named_columns(view):
            if known and name not in known:
                yield Finding(("views", index, *keys), {"found": shown(name)}, name)


def views_measure_numbers(dataset: Dataset, _: Scene) -> Iterator[Finding]:
    """What a chart adds up or a map places is a number; the axis of a line is a time or a number."""
    types = {column.name: column.type for _, table in tables_of(dataset) for column in table.table_schema.fields}
    for index, view in enumerate(dataset.views):
        for keys, name in _named_columns(view):
            kind = types.get(name)
            if kind is None or keys[0] not in (*VIEW_NUMBERS, "values", "x"):
                continue
            fit = kind in ("integer", "number") or (keys[0] == "x" and kind not in ("string", "boolean", "time"))
            if not fit:
                yield Finding(("views", index, *keys), {"column": shown(name), "type": kind, "key": str(keys[0])}, name)


def _named_columns(view: View) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Where a view names a column, and which."""
    for key in VIEW_COLUMNS:
        name = getattr(view, key)
        if name and not (key == "value" and name == COUNT):
            yield (key,), name
    yield from ((("values", number), name) for number, name in enumerate(view.values))
    yield from ((("where", name), name) for name in view.where or {})


SCHEMA_RULES: dict[str, Rule] = {
    "file-path": path_stays_inside,
    "file-twice": file_is_named_once,
    "schema-missing": schema_is_given,
    "append-schema": appended_file_has_no_schema,
    "table-name": table_name_fits_an_address,
    "column-twice": columns_differ,
    "primary-key-column": key_columns_exist,
    "coordinate-system": coordinates_have_a_system,
    "view-incomplete": views_are_complete,
    "view-column": views_name_columns,
    "view-type": views_measure_numbers,
}
