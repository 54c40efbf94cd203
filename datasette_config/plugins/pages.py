"""Datasette's pages in the portal's frame, and values as they are published (true/false, 5 for 5.0 in CSV).

The frame is the release's shell.html with its markers; scripts and styles come from the release, nothing inline, so
the portal's strict Content-Security-Policy holds here too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from datasette import hookimpl
from datasette.views.row import RowView
from datasette.views.table import TableView
from markupsafe import Markup

from portal.casting import plain

TITLE, HEAD, OTHER, MAIN = "<!--kaishu:title-->", "<!--kaishu:head-->", "<!--kaishu:other-->", "<!--kaishu:main-->"
BARE = (
    f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{TITLE}</title>{HEAD}</head>'
    f"<body><main>{MAIN}</main></body></html>"
)
TABLE = r"/(?!-/|portal_static/)(?P<database>[^\/\.]+)/(?P<table>[^\/\.]+)(\.(?P<format>\w+))?$"
ROW = r"/(?!-/|portal_static/)(?P<database>[^\/\.]+)/(?P<table>[^/]+?)/(?P<pks>[^/]+?)(\.(?P<format>\w+))?$"
OPERATORS = {
    "exact": "等于", "not": "不等于", "contains": "包含", "notcontains": "不包含", "endswith": "结尾是",
    "startswith": "开头是", "gt": "大于", "gte": "大于等于", "lt": "小于", "lte": "小于等于", "like": "匹配（LIKE）",
    "notlike": "不匹配（LIKE）", "glob": "匹配（GLOB）", "in": "属于", "notin": "不属于", "date": "日期是",
    "isnull": "为空", "notnull": "不为空", "isblank": "为空白", "notblank": "不为空白",
}  # fmt: skip


@hookimpl
def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    """The frame cut at its markers, and the names of tables and columns."""
    shell = Path(datasette.plugin_config("kaishu")["release"]) / "shell.html"
    text = (shell.read_text("utf-8") if shell.exists() else BARE).replace(OTHER, "/en/")
    before, rest = text.split(TITLE)
    title_to_head, rest = rest.split(HEAD)
    head_to_main, after = rest.split(MAIN)
    env.globals["frame"] = [Markup(part) for part in (before, title_to_head, head_to_main, after)]  # noqa: S704 -- ours
    env.globals["told"] = lambda database, table: _told(datasette, database, table)
    env.globals["database_title"] = lambda name: _metadata(datasette, name).get("title") or name
    env.globals["operators"] = OPERATORS
    env.filters["without_labels"] = lambda url: str(url).replace("_labels=on&", "").replace("?_labels=on", "")


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Our tables and rows in place of Datasette's."""
    return [(TABLE, _view(PortalTable)), (ROW, _view(PortalRow))]


@hookimpl
def render_cell(value: Any, column: str, table: str | None, database: str, datasette: Any) -> str | None:
    """是 and 否 for truth values, 5 for 5.0, a dash for no value."""
    if value is None:
        return "—"
    told = _told(datasette, database, table) if table else {}
    if column in told.get("booleans", ()) and value in (0, 1):
        return "是" if value else "否"
    return plain(value) if column in told.get("numbers", ()) else None


class PortalTable(TableView):
    """A table as it is published."""

    async def data(self, request: Any, **options: Any) -> Any:
        """Datasette's answer with published values."""
        return _published(self.ds, request, await super().data(request, **options))

    async def expandable_columns(self, database_name: str, table_name: str) -> Any:
        """Labels come only from tables that may be read now."""
        found = await super().expandable_columns(database_name, table_name)
        guard = self.ds.kaishu_guard
        return [(key, label) for key, label in found if guard.notice(database_name, key["other_table"]) is None]


class PortalRow(RowView):
    """A row as it is published."""

    async def data(self, request: Any, **options: Any) -> Any:
        """Datasette's answer with published values."""
        return _published(self.ds, request, await super().data(request, **options))

    async def foreign_key_tables(self, database: str, table: str, pk_values: Any) -> Any:
        """Links from other tables, unless one of them may not be read now."""
        try:
            return await super().foreign_key_tables(database, table, pk_values)
        except sqlite3.DatabaseError:
            return []


def _view(view: type[TableView | RowView]) -> Callable[..., Any]:
    async def answer(request: Any, datasette: Any) -> Any:
        return await view(datasette).dispatch_request(request)

    return answer


def _published(datasette: Any, request: Any, answer: Any) -> Any:
    """Truth values as such; in CSV the text that our CSV files have."""
    if not isinstance(answer, tuple) or "table" not in answer[0]:
        return answer
    data = answer[0]
    told = _told(datasette, data["database"], data["table"])
    if request.url_vars.get("format") == "csv":
        spell = [_spelling(name, told) for name in data["columns"]]
        data["rows"] = [[one(value) for one, value in zip(spell, row, strict=True)] for row in data["rows"]]
    elif places := [i for i, name in enumerate(data["columns"]) if name in told.get("booleans", ())]:
        data["rows"] = [_with_truth(row, places) for row in data["rows"]]
    return answer


def _spelling(column: str, told: dict[str, Any]) -> Callable[[Any], Any]:
    """How the CSV files write a column's values (portal/takeaway/csvs.py)."""
    null = told.get("null", "")

    def spell(value: Any) -> Any:
        if value is None:
            return null
        if isinstance(value, dict):
            return value
        if column in told.get("booleans", ()):
            return plain(bool(value))
        if column in told.get("years", ()):
            return f"{value:04}"
        return plain(value) if column in told.get("numbers", ()) else value

    return spell


def _with_truth(row: Any, places: list[int]) -> list[Any]:
    values = list(row)
    for place in places:
        if values[place] is not None:
            values[place] = bool(values[place])
    return values


def _metadata(datasette: Any, database: str) -> dict[str, Any]:
    return (datasette.metadata("databases") or {}).get(database) or {}


def _told(datasette: Any, database: str, table: str) -> dict[str, Any]:
    entry = (_metadata(datasette, database).get("tables") or {}).get(table) or {}
    return {"title": entry.get("title") or table, **(entry.get("kaishu") or {})}
