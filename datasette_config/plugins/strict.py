r"""A slip in an address is told, never passed over in silence; and JSON is written so that people can read it.

Datasette compares an unknown column with its own name and finds nothing, leaves out a condition that it does not
know, answers `.xml` with a page, and writes 苏 as `\u82cf`, which is three times as long.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from functools import partial
from types import SimpleNamespace
from typing import Any

import datasette.renderer
from datasette import hookimpl
from datasette.filters import FilterArguments, Filters
from datasette.utils.asgi import BadRequest

FORMATS = (None, "", "json", "jsono", "csv", "blob")
CONDITIONS = {lookup for lookup, _, _ in Filters([]).lookups()}

datasette.renderer.json = SimpleNamespace(  # the only name under which its renderer writes and reads JSON
    dumps=partial(json.dumps, ensure_ascii=False), loads=json.loads
)


@hookimpl(tryfirst=True)
def filters_from_request(
    request: Any, database: str, table: str, datasette: Any
) -> Callable[[], Awaitable[FilterArguments]]:
    """Adds no condition; refuses those of columns and comparisons that are not there."""

    async def inner() -> FilterArguments:
        columns = [*await datasette.get_database(database).table_columns(table), "rowid"]
        for key in request.args:
            if key.startswith("_") and "__" not in key:
                continue
            column, _, condition = key.rpartition("__") if "__" in key else (key, "", "exact")
            if column not in columns:
                known = "、".join(columns[:-1])
                raise BadRequest(f"没有“{column}”这一列；有：{known}。No such column: {column}")
            if condition not in CONDITIONS:
                known = "、".join(sorted(CONDITIONS))
                raise BadRequest(f"没有“{condition}”这种条件；有：{known}。No such filter: {condition}")
        return FilterArguments([], {}, [], {})

    return inner


@hookimpl
def asgi_wrapper(datasette: Any) -> Callable[[Any], Any]:  # noqa: ARG001 -- Datasette's signature
    """An ending that stands for no format of ours is no address of ours."""

    def wrap(app: Any) -> Any:
        async def wrapped(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] == "http" and not scope["path"].startswith("/portal_static/"):
                _, dot, ending = scope["path"].rpartition("/")[2].rpartition(".")
                if dot and ending not in FORMATS:
                    await _no_such_format(ending).asgi_send(send)
                    return
            await app(scope, receive, send)

        return wrapped

    return wrap


def _no_such_format(ending: str) -> Any:
    text = f"没有 .{ending} 格式；有 .json 和 .csv，其他格式请在数据集页面下载。No such format: {ending}"
    body = json.dumps({"ok": False, "status": 404, "title": "没有这种格式", "error": text}, ensure_ascii=False)
    headers = {"cache-control": "no-store", "access-control-allow-origin": "*"}
    return datasette.utils.asgi.Response(
        body, status=404, headers=headers, content_type="application/json; charset=utf-8"
    )
