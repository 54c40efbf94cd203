"""Every page of a small city: complete, escaped, whole links, the same twice, nothing from elsewhere."""

from __future__ import annotations

import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from portal.profile import load_profile, profile_names
from portal.render import Rendered
from tests.rendering.city import HOSTILE, everything, render_city

SERVED_ELSEWHERE = (
    "/forms/",
    "/en/forms/",
    "/about/score/",  # made last, of what the whole release holds
    "/en/about/score/",
    "/data/",
    "/catalog.json",
    "/data.json",
    "/sitemap.xml",
    "/openapi.json",
    "/state.json",
    "/feed",
    "/feed.atom",
    "/feeds/",
    "/catalog.",
    "/manifest.",
)
INLINE = re.compile(r"<style|\sstyle=|\son\w+=|javascript:", re.I)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> tuple[Path, Rendered]:
    target = tmp_path_factory.mktemp("site")
    return target, render_city(target, cache)


def read(site: Path, url: str) -> str:
    return (site / unquote(url).lstrip("/") / "index.html").read_text("utf-8")


def text_of(html: str) -> str:
    """What people read: tags away, entities back."""
    return unescape(re.sub(r"<[^>]+>", "", html))


class Page(HTMLParser):
    """Tags, links and ids of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def values(self, *names: str) -> list[str]:
        return [value for _, attributes in self.tags for name in names if (value := attributes.get(name))]


def all_html(site: Path) -> list[tuple[str, str]]:
    return [(path.relative_to(site).as_posix(), path.read_text("utf-8")) for path in sorted(site.rglob("*.html"))]


def test_every_public_field_of_an_entry_stands_on_its_page(city: tuple[Path, Rendered]) -> None:
    shown = text_of(read(city[0], "/dataset/everything/"))
    for told in (
        "样样俱全的数据（2025年）", "摘要一二三", "园林局", "园林绿化", "公园", "C&D", "无条件开放", "依据甲", "范围乙", "内容丙",
        "每年", "每月", "2025年12月31日", "2025年1月1日", "江苏省小城", "WGS-84", "级别丁", "小城", "科室戊", "0512-11111111",
        "w@example.org", "来源己", "包庚 1.0", "许可辛", "说明壬", "CC-BY-4.0", "关系癸", "岗位子", "示范〔2026〕1号", "理由丑",
        "改名：旧列 → 新列，改名理由甲子，由园林局决定乙丑决定，备案 备案机关丙寅 备案号丁卯（2026年10月4日）",
        "撤下：数据行、时间范围，撤下理由戊辰",
        "文号寅", "结论卯", "处理辰", "例外巳的理由", "区别午", "登记未", "备注申", "备注酉", "everything", "数据集",
        "编号的说明", "公顷", "综合公园", "第二张表", "CSV、JSON、XML、Parquet", "2026年12月31日前", "超过 1,000,000 行",
        "123,456", "24.7 万", "上一年", "2024-12-31", "绿化率绿地占总面积的比例。", "parks.example.net，已备案（备案号戊）",
    ):  # fmt: skip
        assert told in shown, told
    assert "郁闭度" not in shown


def test_what_is_kept_inside_stands_nowhere(city: tuple[Path, Rendered]) -> None:
    for path in city[0].rglob("*"):
        if path.is_file():
            told = path.read_bytes()  # WebAssembly is no text
            for hidden in (
                "共享戌",
                "授权亥",
                "项目不可见",
                "挂接不可见",
                "不可说",
                "dataset/secret",
                '"secret"',
                ">secret<",
            ):
                assert hidden.encode() not in told, (path, hidden)
    assert not (city[0] / "dataset" / "secret").exists()


@pytest.mark.parametrize("profile", profile_names())
def test_every_city_labels_what_it_requires(profile: str, tmp_path: Path, cache: Path) -> None:
    rules = load_profile(profile)
    render_city(tmp_path, cache, profile=profile)
    shown = text_of(read(tmp_path, "/dataset/everything/"))
    conditional = text_of(read(tmp_path, "/dataset/conditional/"))
    entry = everything()
    for key in rules.catalog.required:
        if key in ("title", "summary"):
            assert getattr(entry, key) in shown
        elif key == "fields.source_ref":
            assert rules.labels.fields[key] not in shown  # an internal reference (CAT-18)
        elif key in ("open_conditions", "application_materials"):
            assert rules.labels.fields[key] in conditional
        elif key not in ("relations", "fields.description", "fields.type"):
            assert rules.labels.fields[key] in shown, key
    footer = text_of(read(tmp_path, "/"))
    assert rules.basis.title in footer
    assert rules.labels.class1 in shown


def test_hostile_text_is_never_markup(city: tuple[Path, Rendered]) -> None:
    found = 0
    for name, html in all_html(city[0]):
        assert "<script>alert" not in html, name
        assert "<!--kaishu:" not in html, name
        assert "&amp;lt;" not in html, name  # nor escaped twice
        assert "&amp;amp;" not in html, name
        found += html.count("&lt;script&gt;alert(1)")
        for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S):
            assert json.loads(block)["@type"] == "Dataset"
    assert found > 100
    for lang in ("", "/en"):
        head = read(city[0], f"{lang}/dataset/everything/").partition("</head>")[0]
        assert head.count('<script type="application/ld+json">{') == 1
        assert "&lt;" not in head
    assert HOSTILE in text_of(read(city[0], "/dataset/hostile/"))


def test_nothing_inline_and_nothing_from_another_host(city: tuple[Path, Rendered]) -> None:
    for name, html in all_html(city[0]):
        page = Page(html)
        for tag, attributes in page.tags:
            assert not {key for key in attributes if key == "style" or key.startswith("on")}, (name, tag, attributes)
            if tag == "style" or (tag == "script" and attributes.get("type") != "application/ld+json"):
                assert attributes.get("src", "").startswith("/assets/"), (name, tag, attributes)
            if tag == "link" and attributes.get("rel") in ("stylesheet", "icon"):
                assert attributes["href"].startswith("/assets/"), (name, attributes)
            assert not (attributes.get("src") or "").startswith(("http", "//")), (name, attributes)


def test_every_internal_link_leads_somewhere(city: tuple[Path, Rendered]) -> None:
    site, _ = city
    for name, html in all_html(site):
        page = Page(html)
        ids = set(page.values("id"))
        for href in page.values("href", "src", "action"):
            parts = urlsplit(href)
            if parts.scheme or parts.netloc:
                continue
            if not parts.path:
                assert unquote(parts.fragment) in ids, (name, href)
                continue
            path = unquote(parts.path)
            if path.startswith(SERVED_ELSEWHERE) or re.fullmatch(
                r"/(dataset|department)/[\w-]+/(v/.+|[^/]+\.\w+)", path
            ):
                continue
            target = site / path.lstrip("/")
            assert target.is_file() or (target / "index.html").is_file(), (name, href)


def test_ids_are_unique_and_every_field_has_a_label(city: tuple[Path, Rendered]) -> None:
    for name, html in all_html(city[0]):
        page = Page(html)
        ids = page.values("id")
        assert len(ids) == len(set(ids)), name
        assert [tag for tag, _ in page.tags].count("h1") == 1, name
        labelled = set(page.values("for"))
        for tag, attributes in page.tags:
            if tag == "input" and attributes.get("type") not in ("hidden", "submit"):
                assert attributes["id"] in labelled, (name, attributes)


def test_the_same_input_gives_the_same_bytes_and_more_processes_change_nothing(
    city: tuple[Path, Rendered], tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.render.site.SHARE", 2)
    again = render_city(tmp_path, cache, jobs=3)
    assert again == city[1]
    first = {path.relative_to(city[0]): path.read_bytes() for path in city[0].rglob("*") if path.is_file()}
    second = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert first == second


def test_a_conditional_set_shows_conditions_and_no_data(city: tuple[Path, Rendered]) -> None:
    html = read(city[0], "/dataset/conditional/")
    shown = text_of(html)
    confirmed = "平等对待确认：确认理由之一二（确认岗，2026年11月1日）"
    for told in ("条件之一", "风险之一", confirmed, "数据安全管理制度", "10 个工作日", "编号的说明"):
        assert told in shown
    assert "data-preview" not in html
    assert " download>" not in html  # no link that hands out a file


def test_an_api_names_its_endpoint_and_a_withdrawn_set_its_reason(city: tuple[Path, Rendered]) -> None:
    api = text_of(read(city[0], "/dataset/service/"))
    assert "https://api.example.org/v1" in api
    assert "示范〔2026〕3号" in api
    gone = text_of(read(city[0], "/dataset/gone/"))
    assert "经核实侵犯第三方权益" in gone
    assert "2026年11月1日" in gone


def test_states_are_told_in_words(city: tuple[Path, Rendered]) -> None:
    assert "逾期" in text_of(read(city[0], "/dataset/overdue/"))
    late = text_of(read(city[0], "/dataset/overdue/"))
    assert "206 天" in late  # due 2026-04-30, today 2026-11-22
    static = text_of(read(city[0], "/dataset/long-title/"))
    assert "二〇二五年起停止更新" in static
    assert "没有数据行" in text_of(read(city[0], "/dataset/empty-table/"))


def test_the_basis_whose_term_ran_out_says_so(city: tuple[Path, Rendered]) -> None:
    policies = text_of(read(city[0], "/policies/platform/"))
    assert "有效期已于2026年10月31日届满" in policies
    assert "第二十三条" in policies
    assert "term ended on 31 October 2026" in text_of(read(city[0], "/en/policies/platform/"))
    home = text_of(read(city[0], "/").split("<footer")[0])
    assert "《苏州市公共数据开放实施细则》：有效期已于2026年10月31日届满。" in home


def test_lists_of_each_facet_work_without_scripts(city: tuple[Path, Rendered]) -> None:
    site, rendered = city
    every = read(site, "/datasets/")
    assert len(re.findall(r'<li class="card"', every.split("<template")[0])) == 10
    for facet, value in (("department", "ylj"), ("domain", "transport"), ("type", "conditional"), ("format", "parquet"),
                         ("frequency", "monthly"), ("area", "江苏省小城")):  # fmt: skip
        page = read(site, f"/datasets/by/{facet}/{value}/").split("<template")[0]
        chosen = [one for tag, one in Page(page).tags if tag == "a" and "data-value" in one and "aria-current" in one]
        assert [one["data-value"] for one in chosen] == [value], facet
        assert "&lt;a " not in page
    overdue = read(site, "/datasets/by/frequency/monthly/").split("<template")[0]
    assert re.findall(r'data-id="([\w-]+)"', overdue) == ["overdue"]
    assert "/dataset/everything/" in rendered.pages
    assert "/404.html" not in rendered.pages


def test_the_index_holds_what_cards_show(city: tuple[Path, Rendered]) -> None:
    rows = json.loads((city[0] / "datasets/index.json").read_text("utf-8"))
    assert [row[0] for row in rows] == [  # newest first, then by id
        "overdue", "conditional", "eighty-fields", "empty-table", "everything", "hostile", "long-title", "one-column",
        "plain", "service",
    ]  # fmt: skip
    whole = next(row for row in rows if row[0] == "everything")
    assert whole[3:11] == [
        "ylj", "parks", "unconditional", ["csv", "json", "xml", "parquet"], "annual", "江苏省小城", "2025-12-31", 246912,
    ]  # fmt: skip
    assert whole[11] == [["无条件开放", ""]]


def test_english_pages_speak_english(city: tuple[Path, Rendered]) -> None:
    html = read(city[0], "/en/dataset/everything/")
    assert '<html lang="en">' in html
    shown = text_of(html)
    for told in ("A dataset with everything", "All fields filled.", "Parks Bureau", "Small Town Open Data", "31 December 2025",
                 "Published by", "more than 1,000,000 rows"):  # fmt: skip
        assert told in shown, told
    assert "下载" not in shown.split("On this page")[0]


def test_the_home_of_each_language_tries_words_of_its_own(city: tuple[Path, Rendered]) -> None:
    chinese, english = read(city[0], "/"), read(city[0], "/en/")
    assert 'href="/search/?q=%E5%85%AC%E5%9B%AD"' in chinese
    assert "?q=park" not in chinese
    assert 'href="/en/search/?q=park"' in english


def test_the_form_service_gets_a_frame_with_four_markers(city: tuple[Path, Rendered]) -> None:
    assert set(city[1].shells) == {"shell.html", "shell.en.html"}
    for html in city[1].shells.values():
        for mark in ("title", "head", "other", "main"):
            assert html.count(f"<!--kaishu:{mark}-->") == 1


def test_a_first_visit_of_a_dataset_page_is_small(city: tuple[Path, Rendered]) -> None:
    import gzip

    site, _ = city
    html = read(site, "/dataset/everything/")
    parts = [html.encode()] + [
        (site / name.lstrip("/")).read_bytes()
        for name in Page(html).values("href", "src")
        if name.startswith("/assets/")
    ]
    wire = sum(len(gzip.compress(part)) for part in parts)
    assert wire < 40_000  # the budget is 150 kB; what is small should stay small
