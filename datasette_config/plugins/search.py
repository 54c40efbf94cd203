"""`?_search=` and `?_search_<column>=` over Chinese text, exact; how it works stands in portal/front/querysearch.py."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from datasette import hookimpl
from datasette.database import QueryInterrupted
from datasette.filters import FilterArguments
from datasette.utils.asgi import BadRequest

from portal.front.queryfunctions import LONGEST_QUERY
from portal.front.querysearch import MOST_TERMS, narrowing, quoted, where_clause

COLUMN = "_search_"


@hookimpl(trylast=True)
def filters_from_request(
    request: Any, database: str, table: str, datasette: Any
) -> Callable[[], Awaitable[FilterArguments]]:
    """The search as a condition that goes with paging, sorting, facets, JSON and CSV alike.

    `trylast`, because Datasette's own search, which finds no index of its kind here, says otherwise that there is none.
    """

    async def inner() -> FilterArguments:
        told = (datasette.table_metadata(database, table) or {}).get("kaishu") or {}
        columns: list[str] = told.get("text") or []
        clauses: list[str] = []
        params: dict[str, str] = {}
        said: list[str] = []
        for number, (query, within) in enumerate(_searches(request, columns)):
            clause, values = await _condition(datasette, database, table, query, within, told.get("rowid") or "rowid")
            clauses.append(
                clause.replace(":portal_search", f":search{number}").replace(":portal_match", f":match{number}")
            )
            params |= {f"{key}{number}": value for key, value in values.items()}
            said.append(f"包含“{query}”" if within is columns else f"“{within[0]}”包含“{query}”")
        shown = {"supports_search": bool(columns), "search": request.args.get("_search") or ""}
        return FilterArguments(clauses, params, said, shown)

    return inner


def _searches(request: Any, columns: list[str]) -> list[tuple[str, list[str]]]:
    """Each search with the columns it looks at. Raises BadRequest for a column that holds no text."""
    found: list[tuple[str, list[str]]] = []
    for key in request.args:
        for query in request.args.getlist(key):
            if not query.strip() or not key.startswith("_search"):
                continue
            if len(query) > LONGEST_QUERY:
                raise BadRequest(f"A search has at most {LONGEST_QUERY} characters")
            if key == "_search":
                found.append((query, columns))
            elif key.startswith(COLUMN) and key[len(COLUMN) :] in columns:
                found.append((query, [key[len(COLUMN) :]]))
            else:
                raise BadRequest(f"Cannot search by that column: {key}")
    if found and not columns:
        raise BadRequest("This table has no text to search in")
    return found


async def _condition(
    datasette: Any, database: str, table: str, query: str, columns: list[str], rowid: str
) -> tuple[str, dict[str, str]]:
    async def terms_with(run: str) -> Sequence[str]:
        terms = quoted(f"{table}_fts_terms")
        sql = f"SELECT term FROM temp.{terms} WHERE term LIKE :run LIMIT {MOST_TERMS + 1}"  # noqa: S608 -- quoted
        try:
            found = await datasette.execute(database, sql, {"run": f"%{run}%"})
        except QueryInterrupted:
            return [run] * (MOST_TERMS + 1)  # too many terms to look through: narrow down by the other runs
        return [row[0] for row in found.rows]

    match = await narrowing(query, terms_with)
    if match is None:
        return "0", {}
    if not match:
        return where_clause(table, columns, rowid, narrowed=False), {"search": query}
    return where_clause(table, columns, rowid, narrowed=True), {"search": query, "match": match}
