"""The graph of relations: each said once, nothing over another, the list true to what was measured."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.facts import RelationFacts
from portal.model import Catalogue, Dataset, Domain
from portal.profile import load_profile
from portal.render.assets import Assets
from portal.render.book import Book
from portal.render.drawing import Sheet, draw
from portal.render.frame import Page
from portal.render.graph import wrapped
from portal.render.relations import LEGIBLE, PER_PAGE, relations_pages
from portal.render.site import RenderInput
from portal.render.templates import make_environment
from portal.render.ties import Tie, ties
from portal.render.words import PageLang
from portal.settings import CODE
from tests.rendering.city import HOSTILE, a_column, an_entry
from tests.samples import a_catalogue

SHEET = Sheet(184, 98, 820)
TODAY = date(2026, 11, 22)


def a_book(*datasets: Dataset, relations: tuple[RelationFacts, ...] = (), lang: PageLang = "zh") -> Book:
    domains = tuple(Domain(id=one, title=f"领域{one}") for one in sorted({dataset.domain for dataset in datasets}))
    catalogue: Catalogue = a_catalogue(*datasets, domains=domains)
    source = RenderInput(catalogue, load_profile("suzhou"), {}, TODAY, "r1")
    return Book(
        catalogue,
        source.profile,
        {},
        today=TODAY,
        release="r1",
        lang=lang,
        environment=make_environment(CODE / "site_src", Assets(CODE / "site_src" / "assets", {}), lang),
        counts=source.counts,
        relations=relations,
    )


def related(name: str, *relations: dict[str, object], **changes: object) -> Dataset:
    return an_entry(name, relations=list(relations), **changes)


def text_of(page: Page) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", page.main)))


def test_what_both_ends_say_stands_once_with_both_notes() -> None:
    book = a_book(
        related("aa", {"to": "bb", "kind": "shared-key", "fields": {"编号": "名称"}, "note": "甲说"}),
        related("bb", {"to": "aa", "kind": "shared-key", "fields": {"名称": "编号"}, "note": "乙说"}),
    )
    assert ties(book) == (Tie("aa", "bb", "shared-key", (("编号", "名称"),), ("甲说", "乙说")),)


def test_directions_other_columns_and_other_kinds_stay_apart() -> None:
    book = a_book(
        related("aa", {"to": "bb", "kind": "part-of"}, {"to": "bb", "kind": "shared-key", "fields": {"编号": "编号"}}),
        related("bb", {"to": "aa", "kind": "part-of"}, {"to": "aa", "kind": "shared-key", "fields": {"名称": "名称"}}),
    )
    assert [(one.dataset, one.to, one.kind) for one in ties(book)] == [
        ("aa", "bb", "shared-key"), ("aa", "bb", "part-of"), ("bb", "aa", "shared-key"), ("bb", "aa", "part-of"),
    ]  # fmt: skip


def test_a_foreign_key_is_told_unless_a_relation_says_the_same_columns() -> None:
    schema = {
        "fields": [a_column("编号"), a_column("街道")],
        "foreignKeys": [
            {"fields": "街道", "reference": {"resource": "bb/bb", "fields": "编号"}},
            {"fields": "编号", "reference": {"resource": "cc/cc", "fields": "编号"}},
        ],
    }
    files = [{"path": "a.csv", "schema": schema}]
    book = a_book(
        related("aa", {"to": "cc", "kind": "shared-key", "fields": {"编号": "编号"}}, files=files),
        related("bb"),
        related("cc", aliases=["old-cc"]),
        related("dd", {"to": "old-cc", "kind": "same-topic"}, {"to": "nowhere", "kind": "same-topic"}, part_of="bb"),
    )
    assert [(one.dataset, one.to, one.kind, one.pairs) for one in ties(book)] == [
        ("aa", "bb", "foreign-key", (("街道", "编号"),)),
        ("aa", "cc", "shared-key", (("编号", "编号"),)),
        ("dd", "bb", "part-of", ()),
        ("dd", "cc", "same-topic", ()),
    ]


def test_not_open_sets_are_not_named() -> None:
    book = a_book(
        related("aa", {"to": "secret", "kind": "same-topic", "note": "不可说"}),
        an_entry("secret", open_type="not-open", open_ground="涉密"),
    )
    (page,) = relations_pages(book)
    assert "secret" not in page.main
    assert "目前没有数据集写明" in text_of(page)


def test_the_list_tells_what_was_measured_and_hides_nothing() -> None:
    book = a_book(
        related("aa", {"to": "bb", "kind": "part-of", "fields": {"编号": "编号"}, "note": "同为 2025 年"}),
        related("bb", {"to": "cc", "kind": "derived-from", "fields": {"编号": "编号"}}),
        an_entry("cc", open_type="conditional", open_ground="依据"),
        relations=(RelationFacts(dataset="aa", number=0, rows=1234, matched=1233, back_rows=3, back_matched=1),),
    )
    (page,) = relations_pages(book)
    text = text_of(page)
    assert "3 个数据集之间有 2 条关系" in text
    assert "1,233 / 1,234 行对得上（99.9%）；反过来 1 / 3 行（33.3%）" in text
    assert "一方的数据不公开，这里不能核对" in text
    assert "同为 2025 年" in text
    assert page.main.count('class="node"') == 3
    assert re.findall(r'href="(/query/[^"]*)"', page.main) == [
        "/query/?join=aa,bb&amp;left=%E7%BC%96%E5%8F%B7&amp;right=%E7%BC%96%E5%8F%B7"
    ]
    assert page.main.count('marker-end="url(#to)"') == 2
    (english,) = relations_pages(a_book(related("aa", {"to": "bb", "kind": "part-of"}), related("bb"), lang="en"))
    assert "1 relations between 2 datasets" in text_of(english)
    assert english.url == "/en/relations/"


def test_text_in_the_graph_is_escaped() -> None:
    (page,) = relations_pages(
        a_book(related("aa", {"to": "bb", "kind": "same-topic", "note": HOSTILE}, title=HOSTILE), related("bb"))
    )
    assert "<script>" not in page.main
    assert "<b>" not in page.main


def test_many_sets_are_split_by_domain_and_the_list_into_pages() -> None:
    count = LEGIBLE + 2
    chain = [
        related(f"n{n:03}", {"to": f"n{n + 1:03}", "kind": "same-topic"}, domain="parks" if n < 3 else "roads")
        for n in range(count)
    ]
    star = [related(f"s{n:03}", {"to": "n000", "kind": "part-of"}, domain="stars") for n in range(PER_PAGE + 1)]
    pages = {
        page.url: page for page in relations_pages(a_book(*chain, an_entry(f"n{count:03}", domain="roads"), *star))
    }
    assert sorted(pages) == [
        "/relations/", "/relations/parks/", "/relations/parks/page/2/", "/relations/roads/", "/relations/stars/", "/relations/stars/page/2/",
    ]  # fmt: skip
    assert pages["/relations/"].main.count('class="node"') == 3  # one a domain
    assert "画在一张图里看不清" in text_of(pages["/relations/stars/"])
    assert 'rel="next" href="/relations/stars/page/2/"' in pages["/relations/stars/"].main
    assert all(len(page.main) < 150_000 for page in pages.values())


def test_a_graph_of_a_domain_marks_the_sets_of_others() -> None:
    chain = [
        related(f"n{n:03}", {"to": f"n{n + 1:03}", "kind": "same-topic"}, domain=f"d{n // 10}")
        for n in range(LEGIBLE + 5)
    ]
    pages = {page.url: page for page in relations_pages(a_book(*chain))}
    assert pages["/relations/d1/"].main.count('class="node outside"') == 2


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_no_box_lies_over_another_and_all_stand_on_the_sheet(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 24))
    pair = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).filter(lambda one: one[0] != one[1])
    edges = tuple(data.draw(st.lists(pair, max_size=40, unique=True))) if count > 1 else ()
    drawing = draw(count, edges, SHEET)
    assert draw.__wrapped__(count, edges, SHEET) == drawing  # the same again
    for one, (x, y) in enumerate(drawing.places):
        assert SHEET.box / 2 - 1 <= x <= drawing.width - SHEET.box / 2 + 1
        assert SHEET.line / 2 - 1 <= y <= drawing.height - SHEET.line / 2 + 1
        for other_x, other_y in drawing.places[:one]:
            assert abs(x - other_x) >= SHEET.box - 2 or abs(y - other_y) >= SHEET.line - 2
    assert drawing.width <= SHEET.width + 1


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("苏州市区县区划代码（2023年）", ["苏州市区县区划代码", "（2023年）"]),
        ("Trading days of the Shanghai Stock Exchange (1990–2026)", ["Trading days of", "the Shanghai Stock", "Exchange…"]),
        ("全国银行卡发卡机构代码与识别码数量（2024年）", ["全国银行卡发卡机构代", "码与识别码数量", "（2024年）"]),
        ("短", ["短"]),
    ],
)  # fmt: skip
def test_titles_break_between_words_and_end_in_an_ellipsis(title: str, lines: list[str]) -> None:
    assert wrapped(title) == lines


def test_assets_of_the_page_exist(tmp_path: Path) -> None:
    (page,) = relations_pages(a_book(related("aa", {"to": "bb", "kind": "part-of"}), related("bb")))
    Assets(CODE / "site_src" / "assets", {}).write(tmp_path)
    for address in re.findall(r'(?:href|src)="(/assets/[^"]+)"', page.head):
        assert (tmp_path / address.lstrip("/")).is_file()
