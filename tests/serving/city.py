"""A small city whose releases are made by the real steps: tables, departments, exports, publish. Only pages are plain."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from portal.departments import assemble_department
from portal.exports.datasette import datasette_metadata
from portal.exports.internal import internal_json
from portal.model import Catalogue, Dataset, Department
from portal.publish import publish
from portal.settings import SHANGHAI, Settings
from portal.tablefile import prepare
from portal.tables import load_dataset
from tests.samples import a_catalogue, a_dataset, some_facts

PLACES = ["平江路", "观前街", "山塘街", "金鸡湖", "石湖", "虎丘", "狮子林", "寒山寺", "木渎", "同里"]
KINDS = ["公交站", "公交首末站", "地铁站", "換乘站", "充电站", "公共自行车点"]
NOTES = [
    "PM2.5 监测点",
    "无",
    "ＡＢＣ大厦",
    "minibus 接驳",
    "",
    "路灯 3 盏",
    "café",
    "一号线·东",
    "100%到站",
    '含"引号"',
]


def stop_rows(count: int = 400) -> list[list[str]]:
    """Stops with codes, mixed scripts, full-width and traditional characters, and empty cells."""
    return [
        [
            f"3205{number:06d}",
            f"{PLACES[number % 10]}{KINDS[number % 6]}{'（南）' if number % 4 == 0 else ''}",
            f"{number % 37}路、{number % 11}路",
            NOTES[number % 10],
            str(number * 7 % 1000),
            "" if number % 50 == 0 else ("true" if number % 3 else "false"),
            f"{number % 9 + number % 4 / 4:g}",
            f"S{number % 8}",
        ]
        for number in range(count)
    ]


STREETS = [[f"S{n}", f"{PLACES[n]}街道", "老城区" if n % 2 else "新区"] for n in range(8)]
VILLAGES = [[f"{n:04d}", f"{PLACES[n % 10]}第{n}村"] for n in range(250)]


def fields(*columns: tuple[str, str, str]) -> list[dict[str, Any]]:
    return [
        {"name": name, "title": title, "type": kind, "description": f"{title}的说明"} for name, title, kind in columns
    ]


def stops() -> Dataset:
    columns = fields(
        ("编号", "站点编号", "string"),
        ("名称", "站点名称", "string"),
        ("线路", "途经线路", "string"),
        ("备注", "备注", "string"),
        ("客流", "日客流", "integer"),
        ("启用", "是否启用", "boolean"),
        ("票价", "票价", "number"),
        ("街道", "所属街道", "string"),
    )
    columns[4]["unit"] = "人次"
    reference = {"fields": "街道", "reference": {"resource": "streets/streets", "fields": "代码"}}
    schema = {"primaryKey": "编号", "fields": columns, "foreignKeys": [reference]}
    return a_dataset(
        id="bus-stops",
        department="jtj",
        title="公交站点",
        files=[{"path": "bus-stops.csv", "schema": schema}],
    )


def streets() -> Dataset:
    schema = {
        "primaryKey": "代码",
        "fields": fields(("代码", "街道代码", "string"), ("名称", "街道名称", "string"), ("片区", "片区", "string")),
    }
    return a_dataset(
        id="streets", department="jtj", title="街道代码", files=[{"path": "streets.csv", "schema": schema}]
    )


def villages() -> Dataset:
    schema = {"fields": fields(("代码", "村代码", "string"), ("名称", "村名", "string"))}
    return a_dataset(
        id="villages",
        title="村居名录",
        aliases=["old-villages"],
        files=[{"path": "villages.csv", "schema": schema}],
    )


def secret() -> Dataset:
    return a_dataset(id="secret-plan", title="有条件开放的规划", open_type="conditional", open_ground="汇聚风险")


ROWS = {"bus-stops": stop_rows, "streets": lambda: STREETS, "villages": lambda: VILLAGES}


def catalogue() -> Catalogue:
    contact = {"office": "数据科", "phone": "0512-00000000", "email": "data@example.org"}
    departments = tuple(
        Department.model_validate(
            {"id": key, "name": name, "jurisdiction": "某市", "contact": contact, "aliases": [f"old-{key}"]}
        )
        for key, name in (("jtj", "某市交通局"), ("mzj", "某市民政局"))
    )
    return a_catalogue(stops(), streets(), villages(), secret(), departments=departments)


def settings_of(root: Path) -> Settings:
    return Settings(
        root=root, build=root / "_build", var=root / "var", now=datetime(2026, 11, 22, tzinfo=SHANGHAI), jobs=1
    )


def as_csv(rows: list[list[str]], names: tuple[str, ...]) -> str:
    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in '",\n') else text

    return "\n".join(",".join(map(cell, row)) for row in [list(names), *rows]) + "\n"


def make_databases(root: Path) -> Path:
    """The departments' databases, made once."""
    folder = root / "databases"
    if folder.exists():
        return folder
    beside = root / "databases.part"
    beside.mkdir(parents=True)
    parts: dict[str, list[Path]] = {}
    everything = catalogue()
    for dataset in sorted(everything.datasets, key=lambda one: one.id):
        if not dataset.is_open:
            continue
        (table,) = dataset.tables
        source = root / "datasets" / dataset.department / f"{dataset.id}.csv"
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_text(as_csv(ROWS[dataset.id](), table.table_schema.names), "utf-8")
        path = source.relative_to(root).as_posix()
        prepared, problems = prepare(root, path, table.files[0], root / "cache")
        assert prepared, problems
        siblings = frozenset(
            t.name for d in everything.datasets if d.department == dataset.department for t in d.tables
        )
        load_dataset(dataset, {table.files[0].path: prepared}, beside / f"{dataset.id}.part", siblings=siblings)
        parts.setdefault(dataset.department, []).append(beside / f"{dataset.id}.part")
    for department, files in parts.items():
        assemble_department(department, files, beside / f"{department}.db")
        for file in files:
            file.unlink()
    beside.rename(folder)
    return folder


SHELL = (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title><!--kaishu:title--></title>'
    '<link rel="stylesheet" href="/assets/site.{word}.css"><!--kaishu:head--></head>'
    '<body><header>某市公共数据开放平台</header><a href="<!--kaishu:other-->">English</a>'
    '<main id="main"><!--kaishu:main--></main><footer>{word}</footer></body></html>'
)


def write_release(root: Path, word: str) -> Path:
    """An unpublished release folder whose pages and assets all carry `word`."""
    work = root / "_build" / f"work-{word}"
    if work.exists():
        shutil.rmtree(work)
    site, data = work / "site", work / "data"
    (site / "assets").mkdir(parents=True)
    data.mkdir()
    everything = catalogue()
    facts = {dataset.id: some_facts(dataset) for dataset in everything.datasets}
    for database in make_databases(root).iterdir():
        shutil.copy(database, data / database.name)
    (data / "metadata.json").write_text(json.dumps(datasette_metadata(everything, facts), ensure_ascii=False), "utf-8")
    (work / "catalogue.json").write_text(internal_json(everything, facts, f"r-{word}"), "utf-8")
    shell = SHELL.format(word=word)
    (work / "shell.html").write_text(shell, "utf-8")
    (work / "shell.en.html").write_text(shell.replace("zh-CN", "en"), "utf-8")

    def page(path: str, main: str) -> None:
        target = site / path
        target.parent.mkdir(parents=True, exist_ok=True)
        text = shell.replace("<!--kaishu:title-->", word).replace("<!--kaishu:main-->", main)
        target.write_text(text, "utf-8")

    page("index.html", f"<h1>首页 {word}</h1>" + "<p>公共数据</p>" * 100)
    page("en/index.html", f"<h1>Home {word}</h1>")
    page("404.html", "<h1>没有这个页面</h1>")
    page("datasets/index.html", "<h1>全部数据</h1>")
    for dataset in everything.datasets:
        page(f"dataset/{dataset.id}/index.html", f"<h1>{dataset.title}</h1>")
        page(f"en/dataset/{dataset.id}/index.html", f"<h1>{dataset.title}</h1>")
        if dataset.is_open:
            folder = site / "dataset" / dataset.id
            rows = ROWS[dataset.id]()
            text = as_csv(rows, dataset.tables[0].table_schema.names)
            (folder / f"{dataset.id}.csv").write_text(text, "utf-8")
            (folder / f"{dataset.id}.json").write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
            (folder / f"{dataset.id}.zip").write_bytes(b"PK" + bytes(200))
            (folder / f"{dataset.id}.parquet").write_bytes(b"PAR1" + bytes(range(256)) * 3000)
            (folder / "v/2022-01-01").mkdir(parents=True)
            (folder / "v/2022-01-01" / f"{dataset.id}.csv").write_text(text, "utf-8")
    (site / "assets" / f"site.{word}.css").write_text(f"/* {word} */" + "a { color: red }\n" * 100, "utf-8")
    (site / "catalog.json").write_text(json.dumps({"word": word}), "utf-8")
    return work


def release(root: Path, word: str) -> Path:
    """Publish a release named `r-<word>`."""
    return publish(write_release(root, word), settings_of(root), f"r-{word}")
