"""Keeps strangers' SQL harmless and suspended tables shut; the rules are in portal/front/queryguard.py."""

from __future__ import annotations

import json
import re
import sqlite3
import sys
import traceback
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from datasette import Response, hookimpl
from datasette.database import QueryInterrupted
from datasette.plugins import pm
from datasette.utils import add_cors_headers, tilde_decode
from datasette.utils.asgi import Base400, Forbidden
from datasette.views.base import DatasetteError

from portal.front.catalogue import Notice
from portal.front.queryfunctions import add_functions
from portal.front.queryguard import QueryGuard, connect, is_companion
from portal.front.querysearch import add_term_lists
from portal.front.words import WORDS

CLOSED_ARGUMENTS = ("_fts_table", "_fts_pk", "_searchmode", "_trace", "_stream")
OWN_DATABASES = ("_internal", "_memory")
_FORMAT: ContextVar[str] = ContextVar("format", default="")

# Datasette's own handler writes every refused query with all local variables into the log; ours writes one line.
pm.unregister(name="datasette.handle_exception")


def guard_of(datasette: Any) -> QueryGuard:
    """The guard of this process, made on first use."""
    if not hasattr(datasette, "kaishu_guard"):
        config = datasette.plugin_config("kaishu") or {}
        datasette.kaishu_guard = QueryGuard(Path(config["release"]), Path(config["state"]))
    return datasette.kaishu_guard


@hookimpl
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Any) -> None:
    """Functions first, then limits and authorizer: after them nothing can be added."""
    if database in OWN_DATABASES:
        return
    add_functions(conn)
    add_term_lists(conn)
    guard_of(datasette).protect(conn, database)


@hookimpl
def asgi_wrapper(datasette: Any) -> Callable[[Any], Any]:
    """Before each request: look at the state, and refuse arguments that would go round our search and limits."""
    for database in datasette.databases.values():
        database.execute = _quiet(database.execute)
        if database.path:
            database.connect = partial(_connect, database)
            database.attached_databases = _none_attached
    datasette.execute = partial(_execute, datasette, datasette.execute)

    def wrap(app: Any) -> Any:
        async def wrapped(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] == "http":
                guard_of(datasette).refresh()
                _FORMAT.set("csv" if scope["path"].endswith(".csv") else "")
                asked = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
                closed = [name for name in CLOSED_ARGUMENTS if name in asked]
                if closed:
                    text = f"不支持参数 {closed[0]}。{closed[0]} is not offered here."
                    await _answer_json({"ok": False, "status": 400, "error": text}, 400).asgi_send(send)
                    return
            await app(scope, receive, send)

        return wrapped

    return wrap


def _connect(database: Any, write: bool = False) -> sqlite3.Connection:
    """Published files are opened by us, read-only."""
    if write:
        raise Forbidden("Database is immutable")
    connection = connect(database.path)
    database._all_file_connections.append(connection)
    return connection


def _quiet(execute: Any) -> Any:
    """Datasette would print each refused statement with its values: what strangers ask belongs in no log."""

    async def quiet(*args: Any, **kwargs: Any) -> Any:
        return await execute(*args, **{**kwargs, "log_sql_errors": False})

    return quiet


async def _none_attached() -> list[Any]:
    """Datasette would ask `PRAGMA database_list`, which tells paths of this machine and is therefore shut."""
    return []


async def _execute(datasette: Any, execute: Any, database: str, sql: str, *args: Any, **kwargs: Any) -> Any:
    """Queries that reach a suspended table end with 410, whatever format they asked for; a refused one as CSV ends
    with an error too, where Datasette would answer 200 and nothing.
    """
    try:
        return await execute(database, sql, *args, **kwargs)
    except sqlite3.DatabaseError as error:
        if notice := guard_of(datasette).prohibited(database, str(error), sql):
            raise Withheld(notice) from error
        if _FORMAT.get() == "csv":
            raise DatasetteError(str(error), title="Invalid SQL", status=400) from error
        raise


class Withheld(Exception):  # noqa: N818 -- it names a state
    """A query wanted to read a table that is suspended or withdrawn."""

    def __init__(self, notice: Notice) -> None:
        self.notice = notice
        super().__init__(notice.dataset)


@hookimpl
def permission_allowed(datasette: Any, action: str, resource: Any) -> bool | None:
    """Suspended tables and search companions are in no list; Datasette's own databases are nobody's business."""
    if action == "view-table":
        database, table = resource
        shut = is_companion(table) or guard_of(datasette).notice(database, table) is not None
        return False if shut else None
    if action in ("view-database", "execute-sql"):
        return False if resource in OWN_DATABASES else None
    if action in ("view-instance", "view-query"):
        return None
    return False


@hookimpl
def forbidden(datasette: Any, request: Any, message: str) -> Callable[[], Awaitable[Response]]:
    """A suspended table says so with 410; whatever else is shut is not there."""

    async def inner() -> Response:
        names = request.scope.get("url_route", {}).get("kwargs", {})
        database, table = (tilde_decode(names.get(key) or "") for key in ("database", "table"))
        notice = guard_of(datasette).notice(database, table)
        if notice:
            return await _withheld(datasette, request, notice)
        status = 404 if is_companion(table) or database in OWN_DATABASES else 403
        title = "没有这张表" if status == 404 else "不提供此项"
        return await _error(datasette, request, status, title, message)

    return inner


@hookimpl
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Callable[[], Awaitable[Response]]:
    """Every failure as JSON or as a page in the portal's frame, with a status that is true."""

    async def inner() -> Response:
        notice = _notice_behind(datasette, request, exception)
        if notice:
            return await _withheld(datasette, request, notice)
        status, title, message = _told(datasette, exception)
        if status == 500:
            traceback.print_exception(exception, file=sys.stderr)
        return await _error(datasette, request, status, title, message)

    return inner


def _notice_behind(datasette: Any, request: Any, exception: Exception) -> Notice | None:
    if isinstance(exception, Withheld):
        return exception.notice
    names = request.scope.get("url_route", {}).get("kwargs", {})
    return guard_of(datasette).prohibited(tilde_decode(names.get("database") or ""), str(exception))


def _told(datasette: Any, exception: Exception) -> tuple[int, str, str]:  # noqa: PLR0911 -- one row a kind
    """Status, title and sentence. The sentence keeps SQLite's own words, which developers look up."""
    seconds = datasette.setting("sql_time_limit_ms") / 1000
    too_long = (
        400,
        "查询超时",
        f"查询超过了 {seconds:g} 秒的时限，请缩小范围，或下载整个文件。SQL query took too long",
    )
    match exception:
        case QueryInterrupted():
            return too_long
        case DatasetteError() if exception.title == "SQL Interrupted":
            return too_long
        case DatasetteError():
            status = 400 if exception.status == 500 else exception.status  # a wrong argument, whatever Datasette says
            title = _TITLES.get(exception.title or "", exception.title or "请求有误")
            return status, title, str(exception.message)
        case MemoryError():
            return 400, "查询过大", "查询需要的内存超过了限额，请缩小范围。The query needs too much memory"
        case sqlite3.Error():
            return 400, "SQL 有误", str(exception)
        case Base400() if exception.status == 404:
            return 404, "没有这个页面", f"部门编号、表名或行的编号有误，或者数据已经撤回、改名。{exception}"
        case Base400():
            return exception.status, "请求有误", str(exception)
        case ValueError() | KeyError():
            return 400, "请求有误", f"参数无法识别：{exception}"
        case _:
            return 500, "服务出错", "查询服务自身出错，已经记录。"


_TITLES = {"Invalid SQL": "SQL 有误"}


async def _withheld(datasette: Any, request: Any, notice: Notice) -> Response:
    words = WORDS[notice.kind]["zh"]
    text = words.text.format(title=notice.title, since=notice.since or "现在", reason=notice.reason)
    return await _error(datasette, request, 410, words.title, text)


async def _error(datasette: Any, request: Any, status: int, title: str, message: str) -> Response:
    path = request.path
    wants_json = path.endswith((".json", ".jsono")) or request.args.get("_format") == "json"
    if wants_json or path.endswith(".csv") or re.search(r"\.\w+$", path):
        answer = _answer_json({"ok": False, "status": status, "title": title, "error": message}, status)
    else:
        context = {"title": title, "error": message, "status": status}
        answer = Response.html(await datasette.render_template("error.html", context, request=request), status=status)
    headers = answer.headers
    headers["cache-control"] = "no-store"
    add_cors_headers(headers)
    return answer


def _answer_json(body: dict[str, Any], status: int) -> Response:
    headers: dict[str, str] = {"cache-control": "no-store"}
    add_cors_headers(headers)
    return Response(
        json.dumps(body, ensure_ascii=False),
        status=status,
        headers=headers,
        content_type="application/json; charset=utf-8",
    )
