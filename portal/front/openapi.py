"""`/openapi.json`: the query API and the other JSON addresses in OpenAPI 3.1.0, for program generators and clients.

Only what the running portal answers stands here (https://spec.openapis.org/oas/v3.1.0): departments are those of the
release, the example is one of its tables. The forms have no JSON of their own yet: they are pages.
"""

from __future__ import annotations

from typing import Any

from portal.front.catalogue import ServedCatalogue

Tree = dict[str, Any]

SHAPES = ("arrays", "objects", "array", "arrayfirst", "object")
TEXT = "text/csv"
JSON = "application/json"


def openapi(release: str, catalogue: ServedCatalogue) -> Tree:
    """The description of one release's programming interface."""
    tables = sorted((entry["department"], name) for entry in catalogue.datasets.values() for name in entry["tables"])
    department, table = tables[0] if tables else ("department", "table")
    departments = sorted({one for one, _ in tables}) or [department]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "公共数据开放平台数据接口 Open data API",
            "version": release,
            "summary": "Read-only, anonymous, the same limits for everybody",
            "description": (
                "只读，匿名，无需密钥；限额对所有人一致（429 与 Retry-After）。每次最多 1,000 行，用 next_url 翻页；"
                "单条查询最长 1 秒。整份数据请下载文件。\n\n"
                "Read-only and anonymous. At most 1,000 rows an answer, paged by `next_url`; a query "
                "takes at most 1 second. For whole tables, download the files."
            ),
        },
        "servers": [{"url": "/"}],
        "paths": _paths(),
        "components": {
            "parameters": _parameters(departments, department, table),
            "responses": _responses(),
            "schemas": _schemas(),
        },
    }


def _paths() -> Tree:
    here = [_ref("parameters", "department"), _ref("parameters", "table")]
    asked = [
        _ref("parameters", name) for name in ("size", "next", "sort", "sort_desc", "search", "col", "facet", "filter")
    ]
    row = {"name": "key", "in": "path", "required": True, "schema": {"type": "string"},
           "description": "主键的值（~ 编码）；几列组成的以逗号分隔。The primary key, tilde-encoded"}  # fmt: skip
    return {
        "/data/{department}/{table}.json": _get(
            "rows", "一张表的行 Rows of a table", _answer("Rows"), [*here, _ref("parameters", "shape"), *asked]
        ),
        "/data/{department}/{table}.csv": _get(
            "rowsAsCsv",
            "一张表的行，CSV Rows of a table as CSV",
            {TEXT: {"schema": {"type": "string"}}},
            [*here, *asked],
        ),
        "/data/{department}/{table}/{key}.json": _get("row", "一行 One row", _answer("Row"), [*here, row]),
        "/data/{department}.json": _get(
            "queryOrTables",
            "给出 sql：执行一条只读查询；不给：列出数据表 With `sql` a read-only query, without it the tables",
            _answer("Query", "Tables"),
            [here[0], _ref("parameters", "sql"), _ref("parameters", "shape")],
        ),
        "/catalog.json": _get("catalogue", "全部数据集的目录 The whole catalogue", _answer("Anything"), []),
        "/data.json": _get("dcatUs", "目录，DCAT-US 1.1 The catalogue as DCAT-US 1.1", _answer("Anything"), []),
        "/dataset/{dataset}/datapackage.json": _get(
            "dataPackage",
            "一个数据集的 Data Package One dataset as a Frictionless Data Package",
            _answer("Anything"),
            [_ref("parameters", "dataset")],
        ),
        "/state.json": _get(
            "state", "中止开放与存疑的数据集 Suspended sets and sets under query", _answer("State"), []
        ),
        "/healthz": _get("health", "服务是否可用 Whether the portal answers", _answer("Health"), []),
    }


def _get(name: str, summary: str, content: Tree, parameters: list[Tree]) -> Tree:
    headers = {"X-Release": {"description": "发布版本 The release", "schema": {"type": "string"}}}
    responses = {"200": {"description": "结果 The answer", "headers": headers, "content": content}}
    errors = ("400", "404", "410", "429", "503") if parameters else ("429", "503")
    responses |= {status: _ref("responses", f"e{status}") for status in errors}
    return {"get": {"operationId": name, "summary": summary, "parameters": parameters, "responses": responses}}


def _answer(*schemas: str) -> Tree:
    found = [_ref("schemas", name) for name in schemas]
    return {JSON: {"schema": found[0] if len(found) == 1 else {"anyOf": found}}}


def _ref(kind: str, name: str) -> Tree:
    return {"$ref": f"#/components/{kind}/{name}"}


def _parameters(departments: list[str], department: str, table: str) -> Tree:
    text: Tree = {"type": "string"}
    many: Tree = {"type": "array", "items": text}

    def query(name: str, said: str, schema: Tree, **more: Any) -> Tree:
        return {"name": name, "in": "query", "description": said, "schema": schema, **more}

    def path(name: str, said: str, schema: Tree, **more: Any) -> Tree:
        return {"name": name, "in": "path", "required": True, "description": said, "schema": schema, **more}

    return {
        "department": path("department", "部门编号 Department", {"enum": departments}, example=department),
        "table": path("table", "表名 Table", text, example=table),
        "dataset": path("dataset", "数据集编号 Dataset", text),
        "shape": query("_shape", "行的形状 Shape of the rows", {"enum": list(SHAPES), "default": "arrays"}),
        "size": query("_size", "每次行数，默认 100 Rows an answer", {"type": "integer", "minimum": 0, "maximum": 1000}),
        "next": query("_next", "下一批，取自上次的 next The `next` of the answer before", text),
        "sort": query("_sort", "按此列升序 Ascending by this column", text),
        "sort_desc": query("_sort_desc", "按此列降序 Descending by this column", text),
        "search": query("_search", "全文检索，支持中文 Full text, Chinese too", {"type": "string", "maxLength": 200}),
        "col": query("_col", "只取这些列 Only these columns", many),
        "facet": query("_facet", "统计这些列的取值 Count the values of these columns", many),
        "filter": query(
            "filter",
            "列名=值，或 列名__条件=值，例如 名称__contains=公园。Column=value, or column__condition=value",
            {"type": "object", "additionalProperties": text},
            style="form",
            explode=True,
        ),
        "sql": query("sql", "一条 SELECT 语句 One SELECT statement", text),
    }  # fmt: skip


def _responses() -> Tree:
    said = {
        "400": "参数或 SQL 有误，error 写明哪里不对 Wrong parameter or SQL; `error` says what",
        "404": "没有这个部门、表、行或格式 No such department, table, row or format",
        "410": "该数据集已中止开放或撤回 The dataset is suspended or withdrawn",
        "429": "请求过于频繁，请按 Retry-After 等待 Too many requests; wait for Retry-After",
        "503": "正在启动或更新，请稍后重试 Starting; try again shortly",
    }
    return {
        f"e{status}": {"description": text, "content": _answer("Error")} for status, text in said.items()
    }  # fmt: skip


def _schemas() -> Tree:
    names: Tree = {"type": "array", "items": {"type": "string"}}
    cell: Tree = {"type": ["string", "number", "boolean", "null", "object"]}
    rows: Tree = {"type": "array", "items": {"anyOf": [{"type": "array", "items": cell}, {"type": "object"}]}}
    maybe: Tree = {"type": ["string", "null"]}
    table = {
        "database": {"type": "string"},
        "table": {"type": "string"},
        "columns": names,
        "primary_keys": names,
        "rows": rows,
        "filtered_table_rows_count": {"type": ["integer", "null"], "description": "符合条件的行数 Rows that match"},
        "next": maybe,
        "next_url": {**maybe, "description": "下一批的完整地址，没有则为 null The next page, or null"},
        "facet_results": {"type": "object"},
        "query_ms": {"type": "number"},
    }
    notes: Tree = {
        "type": "object",
        "additionalProperties": {"type": "object", "additionalProperties": {"type": "string"}},
    }
    row = {"columns": names, "primary_key_values": names, "rows": rows}
    query = {"columns": names, "rows": rows, "truncated": {"type": "boolean"}}
    tables = {"database": {"type": "string"}, "tables": {"type": "array", "items": {"type": "object"}}}
    return {
        "Rows": {
            "description": "_shape=arrays、objects、object 为对象，其余为数组 An object, or an array for array shapes",
            "anyOf": [
                _object(table, "columns", "rows", "next_url", "filtered_table_rows_count"),
                {"type": "array"},
                {"type": "object", "additionalProperties": {"type": "object"}},
            ],
        },
        "Row": _object(row, "columns", "primary_key_values", "rows"),
        "Query": _object(query, "columns", "rows", "truncated"),
        "Tables": _object(tables, "tables"),
        "State": _object({"suspended": notes, "under_query": notes}, "suspended", "under_query"),
        "Health": _object({"ok": {"type": "boolean"}, "release": maybe}, "ok", "release", "data", "forms"),
        "Anything": {"type": "object"},
        "Error": _object(
            {"ok": {"const": False}, "status": {"type": "integer"}, "title": maybe, "error": {"type": "string"}},
            "ok", "status", "error",
        ),
    }  # fmt: skip


def _object(properties: Tree, *required: str) -> Tree:
    return {"type": "object", "properties": properties, "required": list(required)}
