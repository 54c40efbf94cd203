"""The query page's addresses and the questions it offers; what it answers is tested in tests/browser/test_query.py."""

from __future__ import annotations

import re
import sqlite3
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from portal import addresses
from portal.model import Dataset
from portal.profile import load_profile
from portal.render import about
from portal.render.assets import Assets
from portal.render.book import Book
from portal.render.query import query_pages
from portal.render.site import RenderInput
from portal.render.templates import make_environment
from portal.render.words import PageLang
from portal.settings import CODE
from tests.rendering.city import HOSTILE, TODAY, a_column, an_entry, facts
from tests.samples import a_catalogue


def a_book(*datasets: Dataset, lang: PageLang = "zh") -> Book:
    """A book of these sets; the open ones have rows."""
    known = {one.id: facts(one) for one in datasets if one.is_open}
    source = RenderInput(a_catalogue(*datasets), load_profile("suzhou"), known, TODAY, "r1")
    environment = make_environment(CODE / "site_src", Assets(CODE / "site_src" / "assets", {}), lang)
    return Book(
        source.catalogue,
        source.profile,
        known,
        today=TODAY,
        release="r1",
        lang=lang,
        environment=environment,
        counts=source.counts,
    )


def asked(href: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(href).query)


def offered(book: Book) -> list[tuple[str, str]]:
    """Address and title of the questions on the page."""
    (page,) = query_pages(book, "/datasets/index.json")
    begin = page.main.partition("data-begin")[2]
    found = re.findall(r'<a href="([^"]*)">(.*?)</a>', begin)
    return [(unescape(href), unescape(re.sub(r"</?span[^>]*>", "", title))) for href, title in found]


def with_view(**view: Any) -> Dataset:
    fields = [
        a_column("编号"),
        a_column("区\"'", type="string"),
        a_column("年", type="year"),
        a_column("面积", type="number"),
    ]
    shape = {"path": "parks.csv", "schema": {"fields": fields}}
    return an_entry("parks", files=[shape], views=[{"title": "图", **view}])


@pytest.mark.parametrize(
    ("view", "right", "chart"),
    [
        ({"kind": "bar", "group": "区\"'", "value": "count"}, [("甲'", 2), ("乙", 1)], "bar"),
        ({"kind": "bar", "group": "区\"'", "value": "面积"}, [("乙", 9.0), ("甲'", 3.0)], "bar"),
        ({"kind": "bar", "group": "区\"'", "value": "面积", "measure": "max", "where": {"区\"'": "甲'"}}, [("甲'", 2.0)], "bar"),
        ({"kind": "bar", "group": "年", "value": "count"}, [(2023, 1), (2024, 2)], "column"),
        ({"kind": "line", "x": "年", "value": "面积"}, [(2023, 9.0), (2024, 1.0), (2024, 2.0)], "line"),
        ({"kind": "line", "x": "年", "value": "面积", "measure": "mean"}, [(2023, 9.0), (2024, 1.5)], "line"),
    ],
)  # fmt: skip
def test_a_declared_chart_is_offered_as_the_question_behind_it(
    view: dict[str, Any], right: list[tuple[Any, ...]], chart: str
) -> None:
    ((href, title),) = offered(a_book(with_view(**view)))
    told = asked(href)
    assert (told["data"], told["chart"], title) == (["parks"], [chart], "图")
    database = sqlite3.connect(":memory:")
    database.execute('CREATE TABLE parks ("编号", "区""\'", "年" INTEGER, "面积" REAL)')
    rows = [("1", "甲'", 2024, 1), ("2", "乙", 2023, 9), ("3", "甲'", 2024, 2)]
    database.executemany("INSERT INTO parks VALUES (?, ?, ?, ?)", rows)
    found = database.execute(told["sql"][0]).fetchall()
    database.close()
    assert sorted(found) == sorted(right) if chart == "line" else found == right


def test_charts_that_no_short_question_answers_give_way_to_the_dataset_itself() -> None:
    book = a_book(
        with_view(kind="line", x="年", value="面积", series="区\"'"),
        an_entry("closed", open_type="conditional", open_ground="法"),
    )
    assert offered(book) == [("/query/?data=parks", "parks数据（2025年）")]
    assert (
        offered(a_book(with_view(kind="map", longitude="面积", latitude="面积"), lang="en"))[0][0]
        == "/en/query/?data=parks"
    )


def test_addresses_hold_any_column_and_sql() -> None:
    href = addresses.query_join("a-1", "b-2", {"列&=,": "x+y", HOSTILE: "区"})
    assert asked(href) == {"join": ["a-1,b-2"], "left": [HOSTILE, "列&=,"], "right": ["区", "x+y"]}
    assert addresses.query_page() == "/query/"
    assert asked(addresses.query_page("a", "t", sql="SELECT 1 + 1 -- %#&")) == {
        "data": ["a"],
        "table": ["t"],
        "sql": ["SELECT 1 + 1 -- %#&"],
    }


def test_only_related_sets_with_public_rows_and_known_columns_are_joined() -> None:
    def relation(to: str, **more: Any) -> dict[str, Any]:
        return {"to": to, "kind": "shared-key", **more}

    fields = {"编号": "编号"}
    one = an_entry(
        "one",
        relations=[
            relation("two", fields=fields),
            relation("closed", fields=fields),
            relation("three"),
            relation("empty-table", fields=fields),
        ],
    )
    closed = an_entry("closed", open_type="conditional", open_ground="法")
    book = a_book(one, an_entry("two"), an_entry("three"), closed, an_entry("empty-table"))
    links = {link["href"]: link["join"] for _, group in about.related(book, one) for link in group}
    assert asked(links.pop("/dataset/two/")) == {"join": ["one,two"], "left": ["编号"], "right": ["编号"]}
    assert set(links.values()) == {""}


def test_each_script_names_only_files_that_are_there() -> None:
    """Imports of the page and its worker are given their hashed names; one that is not rewritten would not be found."""
    assets = Assets(CODE / "site_src" / "assets", {})
    for name in ("js/query.js", "js/query/worker.js", "js/query/engine.js", "js/query/parquet.js"):
        hashed = assets.url(name)
        assert re.fullmatch(r"/assets/\w+\.[0-9a-f]{8}\.js", hashed)
    assert (CODE / "site_src" / "assets" / "vendor" / "sqlite-wasm-3.54.1" / "LICENSE").exists()
    assert Path(CODE / "site_src" / "assets" / "vendor" / "hyparquet-1.31.5" / "LICENSE").exists()
