"""metadata.json of the query API: what each database, table and column is, where it comes from, under which licence.

Datasette shows titles, descriptions, licence and source on its pages; the keys below `kaishu` are for our plugins
(datasette_config/plugins). Only tables whose rows are open without conditions stand in it (OT-1, API-1).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from portal import addresses
from portal.database import rowid_of
from portal.facts import DatasetFacts, TableFacts
from portal.model import Catalogue, Dataset, Portal, Table
from portal.samples import published_sample
from portal.tableschema import Column

PLUGIN = {"kaishu": {"release": {"$env": "KAISHU_LIVE"}, "state": {"$env": "KAISHU_STATE"}}}
"""Where the plugins find the release and the state: named by the process, so that the file is the same everywhere."""


def datasette_metadata(catalogue: Catalogue, facts: Mapping[str, DatasetFacts]) -> dict[str, Any]:
    """The tree of metadata.json, ready for `json.dumps`; datasets without public rows leave no trace in it."""
    portal = catalogue.portal
    shown = sorted(_public(catalogue, facts), key=lambda d: d.id)
    return {
        "title": f"{portal.name}数据查询接口",
        "description": "所有无条件开放的数据集均可直接查询，无需注册或申请。",
        "about": portal.name,
        "about_url": portal.url + "/",
        "plugins": PLUGIN,
        "databases": {
            department.id: {
                "title": department.name,
                "description": department.duty or f"{department.name}开放的数据表",
                "about": department.name,
                "about_url": addresses.department_page(department.id),
                "tables": {
                    table.name: _table(dataset, table, portal, _facts_of(facts, dataset, table))
                    for dataset in shown
                    if dataset.department == department.id
                    for table in dataset.tables
                },
            }
            for department in sorted(catalogue.departments, key=lambda d: d.id)
        },
    }


def _public(catalogue: Catalogue, facts: Mapping[str, DatasetFacts]) -> Iterator[Dataset]:
    """Open sets, and the samples of conditional ones, which are open too (SMP-1)."""
    for one in catalogue.datasets:
        if one.is_open and one.tables:
            yield one
        elif (known := facts.get(one.id)) and known.sample and (sample := published_sample(one)):
            yield sample


def _facts_of(facts: Mapping[str, DatasetFacts], dataset: Dataset, table: Table) -> TableFacts | None:
    found = facts.get(dataset.id)
    tables = (found.sample or found).tables if found else ()
    return next((one for one in tables if one.name == table.name), None)


def _table(dataset: Dataset, table: Table, portal: Portal, facts: TableFacts | None) -> dict[str, Any]:
    columns, missing = table.table_schema.fields, table.table_schema.missing_values
    tree: dict[str, Any] = {
        "title": table.title if table.title == dataset.title else f"{dataset.title}：{table.title}",
        "description": dataset.summary,
        "license": dataset.licence.name,
        "license_url": dataset.licence.url,
        "source": dataset.source.upstream,
        "source_url": dataset.source.url,
        "about": dataset.title,
        "about_url": portal.url + addresses.dataset_page(dataset.id),
        "columns": {column.name: _told(column) for column in columns},
        "kaishu": {
            "dataset": dataset.id,
            "rowid": rowid_of(table),
            "rows": facts.rows if facts else None,
            "titles": {column.name: column.title for column in columns},
            "units": {column.name: column.unit for column in columns if column.unit},
            "text": [column.name for column in columns if column.type == "string"],
            "booleans": [column.name for column in columns if column.type == "boolean"],
            "numbers": [column.name for column in columns if column.type == "number"],
            "years": [column.name for column in columns if column.type == "year"],
            "null": "" if "" in missing or not missing else missing[0],
        },
    }
    return {key: value for key, value in tree.items() if value is not None}


def _told(column: Column) -> str:
    """`title：description（单位：unit）`, as Datasette shows it beside the column.

    Datasette's own key `units` is not used: it computes with the units of a physics library, and fails on 人 or 元.
    """
    unit = f"（单位：{column.unit}）" if column.unit else ""
    return f"{column.title}：{column.description}{unit}"
