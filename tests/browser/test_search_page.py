"""The search page in a real Chromium: every kind of query, the order, synonyms, facets, addresses, the empty state."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from bench.generate import make_catalogue, make_facts
from bench.search import ALL_HITS, READY, queries
from bench.searchsite import make_site, serving
from bench.searchtools import truth_of
from bench.vocabulary import SYNONYMS
from portal.profile import load_profile
from portal.search import Choice, SearchRecord, indexed_text, records_for
from portal.text import fold
from tests.browser.conftest import ids, patient, quiet_page
from tests.waiting import comes_to

COUNT = 300


def special(ident: str, title: str, summary: str, names: tuple[str, ...], day: str) -> SearchRecord:
    """A hand-made record beside the generated ones, of a department of its own."""
    facets = {
        "department": (Choice("test", "测试局"),),
        "domain": (Choice("test", "测试领域"),),
        "type": (Choice("conditional", "有条件开放"),),
        "format": (Choice("csv", "CSV"),),
        "frequency": (Choice("annual", "每年"),),
        "area": (Choice("某地", "某地"),),
    }
    return SearchRecord(ident, title, summary, names, facets, date.fromisoformat(day), rows=7, static=True)


SPECIAL = (
    special("rank-rest", "甲", "关于獨角獸𠮷野家的资料。", ("乙",), "2026-01-01"),
    special("rank-names", "丙", "丁", ("独角兽𠮷野家名称",), "2026-01-01"),
    special("rank-title-long", "独角兽𠮷野家名录及其他许多内容", "丁", ("乙",), "2026-01-01"),
    special("rank-title-new", "独角兽𠮷野家名录", "丁", ("乙",), "2025-01-01"),
    special("rank-title-old", "独角兽𠮷野家清单", "丁", ("乙",), "2020-01-01"),
    special("rank-exact", "独角兽𠮷野家", "丁", ("乙",), "2010-01-01"),
    special("bus", "巴士始发时刻", "车次与时间。", ("车次",), "2026-01-01"),
    special(
        "hostile",
        "<img src=x onerror=alert(1)>敌意标题",
        "<script>document.title='x'</script>敌意摘要 & &lt;b&gt;",
        ("<b>敌意名</b>",),
        "2026-01-01",
    ),
)


@pytest.fixture(scope="module")
def records() -> list[SearchRecord]:
    catalogue = make_catalogue(COUNT)
    return [*records_for(catalogue, make_facts(catalogue), load_profile("suzhou")), *SPECIAL]


@pytest.fixture(scope="module")
def texts(records: list[SearchRecord]) -> dict[str, str]:
    return {record.id: fold(indexed_text(record)) for record in records}


@pytest.fixture(scope="module")
def site(records: list[SearchRecord], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    make_site(folder, records, synonyms=SYNONYMS)
    (folder / "state.json").write_text('{"suspended": {}}')
    return folder


@pytest.fixture(scope="module")
def base(site: Path) -> Iterator[str]:
    with serving(site) as address:
        yield address


@pytest.fixture
def page(chromium: Browser, base: str) -> Iterator[Page]:
    with quiet_page(chromium, base) as opened:
        yield opened


def search(page: Page, base: str, text: str = "", **chosen: str) -> None:
    page.goto(f"{base}/search/?" + urlencode({"q": text, **chosen} if text else chosen))
    page.wait_for_function(READY)


def query(page: Page) -> dict[str, list[str]]:
    """What the page itself says that its address asks; playwright hears of a new address a little later."""
    return parse_qs(urlsplit(str(page.evaluate("location.href"))).query)


def said(page: Page, text: str) -> None:
    expect(page.locator("#kaishu-search [role=status]")).to_have_text(text)


def settled(page: Page) -> None:
    """The page is told to be busy while the action that asked something is handled, and until the answer is drawn."""
    page.wait_for_function(READY)


def test_every_kind_of_query_finds_exactly_its_answers(
    page: Page, base: str, records: list[SearchRecord], texts: dict[str, str]
) -> None:
    asked = queries(records, 40, 11)
    assert len(asked) > 120
    search(page, base, "公园")
    answered = 0
    for kind, query in asked:
        hits = page.evaluate(ALL_HITS, query)["hits"]
        assert set(hits) == truth_of(texts, query), (kind, query)
        assert len(hits) == len(set(hits))
        answered += bool(hits)
    assert answered > 80


def test_the_page_says_how_many_and_shows_the_first_ten(page: Page, base: str, texts: dict[str, str]) -> None:
    search(page, base, "企业")
    right = truth_of(texts, "企业")
    said(page, f"“企业”：共 {len(right)} 个数据集")
    assert len(ids(page)) == 10
    assert set(ids(page)) <= right
    assert page.title().startswith("企业 - ")
    assert page.input_value("#search-q") == "企业"
    assert set(
        page.eval_on_selector_all(".card-summary mark, h3 mark", "all => all.map((one) => one.textContent)")
    ) == {"企业"}


def test_order_exact_title_then_title_then_names_then_the_rest(page: Page, base: str) -> None:
    wanted = ["rank-exact", "rank-title-new", "rank-title-old", "rank-title-long", "rank-names", "rank-rest"]
    search(page, base, "独角兽𠮷野家")
    assert ids(page) == wanted
    search(page, base, "獨角獸𠮷野家")  # typed in traditional characters
    assert ids(page) == wanted
    assert page.inner_text("[data-id=rank-rest] .card-summary mark") == "獨角獸𠮷野家"  # and marked as it is written
    assert "数据项与关键词：独角兽𠮷野家名称" in page.inner_text("[data-id=rank-names]")
    page.select_option("#kaishu-search select", "date")
    settled(page)
    comes_to(lambda: ids(page)[-1], "rank-exact")
    expect(page).to_have_url(re.compile("sort=date"))


def test_a_result_shows_its_facts(page: Page, base: str) -> None:
    search(page, base, "巴士始发")
    facts = page.inner_text("[data-id=bus] .facts").replace("\n", " ")
    for fact in ("测试局", "数据日期 2026-01-01", "7 行", "CSV", "有条件开放", "静态"):
        assert fact in facts
    assert page.get_attribute("[data-id=bus] h3 a", "href") == "/dataset/bus/"


def test_synonyms_follow_and_say_so(page: Page, base: str, texts: dict[str, str]) -> None:
    search(page, base, "公交")
    right = truth_of(texts, "公交")
    assert "bus" not in right
    said(page, f"“公交”：共 {len(right)} 个数据集，另有 1 个由同义词“巴士”找到")
    search(page, base, "公交 始发")  # nothing but the synonym
    assert ids(page) == ["bus"]
    said(page, "“公交 始发”：没有字面相符的，由同义词“巴士”找到 1 个数据集")
    assert page.inner_text("[data-id=bus] [data-synonym]") == "同义词：巴士"
    assert page.eval_on_selector_all("[data-id=bus] h3 mark", "all => all.map((one) => one.textContent)") == [
        "巴士始发"
    ]


def test_facets_combine_and_the_address_holds_them(
    page: Page, base: str, records: list[SearchRecord], texts: dict[str, str]
) -> None:
    search(page, base, "企业")
    right = [record for record in records if record.id in truth_of(texts, "企业")]

    def has(record: SearchRecord, key: str, *values: str) -> bool:
        return any(choice.value in values for choice in record.facets[key])

    def shown(key: str) -> dict[str, int]:
        links = page.query_selector_all(f"#kaishu-search [data-facet={key}] a")
        return {
            str(one.get_attribute("data-value")): int((one.query_selector(".n") or one).text_content() or 0)
            for one in links
        }

    domains = {choice.value for record in right for choice in record.facets["domain"]}
    assert shown("domain") == {one: sum(has(record, "domain", one) for record in right) for one in domains}
    first, second = sorted(domains, key=lambda one: (-shown("domain")[one], one))[:2]
    for value in (first, second):  # two values of one facet: either
        page.click(f"[data-facet=domain] a[data-value='{value}']")
        settled(page)
        assert page.evaluate("document.activeElement.dataset.value") == value  # the keyboard stays where it was
    page.click("[data-facet=format] a[data-value=xml]")
    settled(page)
    left = [record for record in right if has(record, "domain", first, second) and has(record, "format", "xml")]
    said(page, f"“企业”：共 {len(left)} 个数据集")
    both = [record for record in right if has(record, "format", "xml")]
    assert shown("domain")[first] == sum(has(record, "domain", first) for record in both)  # as if it were not chosen
    assert query(page) == {"q": ["企业"], "domain": [first, second], "format": ["xml"]}
    expect(page.locator(".chips .chip")).to_have_count(3)
    page.click("[data-facet=area] summary")
    page.click("[data-facet=area] details a >> nth=-1")
    settled(page)
    expect(page.locator("[data-facet=area] details")).to_have_attribute("open", "")  # what was unfolded stays so
    expect(page.locator(".chips .chip")).to_have_count(4)
    page.go_back()
    expect(page.locator(".chips .chip")).to_have_count(3)
    settled(page)
    before, address = ids(page), page.evaluate("location.href")
    page.goto("about:blank")
    page.goto(address)  # sent to somebody
    settled(page)
    assert ids(page) == before
    page.click(".chips .chip >> nth=2")
    settled(page)
    expect(page).not_to_have_url(re.compile("format"))
    expect(page.locator(".chips .chip")).to_have_count(2)
    page.go_back()
    expect(page.locator(".chips .chip")).to_have_count(3)
    settled(page)
    assert ids(page) == before


def test_pages_of_results(page: Page, base: str, texts: dict[str, str]) -> None:
    search(page, base, "企业")
    first, total = ids(page), len(truth_of(texts, "企业"))
    assert page.inner_text(".pager").replace("\n", " ") == f"第 1 页，共 {-(-total // 10)} 页 下一页"
    page.click(".pager a")
    settled(page)
    expect(page).to_have_url(re.compile("page=2"))
    assert not set(ids(page)) & set(first)
    assert page.evaluate("document.activeElement.getAttribute('role')") == "status"


def test_no_query_lists_everything_newest_first(page: Page, base: str, records: list[SearchRecord]) -> None:
    search(page, base)
    said(page, f"共 {len(records)} 个数据集")
    days = page.eval_on_selector_all(".card time", "all => all.map((one) => one.textContent)")
    assert days == sorted(days, reverse=True)


def test_typing_a_query(page: Page, base: str) -> None:
    search(page, base)
    page.fill("#search-q", "  独角兽𠮷野家 ")
    page.press("#search-q", "Enter")
    settled(page)
    assert ids(page)[0] == "rank-exact"
    assert query(page) == {"q": ["独角兽𠮷野家"]}


def test_nothing_found_says_what_to_do(page: Page, base: str, texts: dict[str, str]) -> None:
    told: list[str | None] = []
    page.on("request", lambda one: told.append(one.post_data) if one.url.endswith("/search/missed") else None)
    with page.expect_request("**/search/missed"):
        search(page, base, "独角兽𠮷野家价格")
    said(page, "“独角兽𠮷野家价格”：没有找到数据集")
    empty = page.inner_text(".search-empty")
    assert "没有找到与“独角兽𠮷野家价格”有关的数据集" in empty
    price = len(truth_of(texts, "价格"))
    assert page.locator(".search-empty li").all_inner_texts() == [
        "换个说法：独角兽𠮷野家（6 个）",
        f"换个说法：价格（{price} 个）",
    ]
    request = page.get_attribute(".search-empty a.primary", "href") or ""
    assert urlsplit(request).path == "/forms/request/"
    assert parse_qs(urlsplit(request).query) == {"q": ["独角兽𠮷野家价格"]}
    assert [parse_qs(one or "") for one in told] == [{"q": ["独角兽𠮷野家价格"]}]
    page.click(".search-empty li a >> nth=0")
    settled(page)
    assert ids(page)[0] == "rank-exact"
    search(page, base, "独角兽 火星")  # two words: without the one that nothing has
    assert f"独角兽（{len(truth_of(texts, '独角兽'))} 个）" in page.inner_text(".search-empty")
    search(page, base, "独角兽𠮷野家", format="parquet")
    assert "去掉筛选条件，有 6 个" in page.inner_text(".search-empty")


def test_hostile_text_stays_text(page: Page, base: str) -> None:
    search(page, base, "敌意")
    assert page.inner_text("[data-id=hostile] h3") == "<img src=x onerror=alert(1)>敌意标题"
    assert (
        page.inner_text("[data-id=hostile] .card-summary") == "<script>document.title='x'</script>敌意摘要 & &lt;b&gt;"
    )
    assert page.locator("[data-id=hostile] :is(img, script, b)").count() == 0
    search(page, base, "<img src=x onerror=alert(1)>")
    assert page.locator("#kaishu-search img").count() == 0
    assert ids(page) == ["hostile"]


def test_suspended_sets_vanish_from_hits_and_counts(page: Page, base: str, site: Path) -> None:
    (site / "state.json").write_text(
        json.dumps({"suspended": {"rank-exact": {"since": "2026-11-22", "reason": "核实"}}})
    )
    try:
        search(page, base, "独角兽𠮷野家")
        assert ids(page)[0] == "rank-title-new"
        said(page, "“独角兽𠮷野家”：共 5 个数据集")
        assert page.inner_text("[data-facet=type] .n") == "5" if page.locator("[data-facet=type]").count() else True
    finally:
        (site / "state.json").write_text('{"suspended": {}}')


def test_on_a_phone(chromium: Browser, base: str) -> None:
    context = patient(chromium, viewport={"width": 390, "height": 844})
    page = context.new_page()
    search(page, base, "企业")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.locator(".facets")).to_be_hidden()
    page.click(".facet-open")
    expect(page.locator(".facets")).to_be_visible()
    page.click("[data-facet=type] a >> nth=0")
    settled(page)
    expect(page.locator(".facets")).to_be_visible()  # several may be chosen one after the other
    page.click(".facet-close")
    expect(page.locator(".facets")).to_be_hidden()
    search(page, base, "独角兽火星")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_when_the_index_cannot_be_fetched(chromium: Browser, base: str) -> None:
    context = patient(chromium)
    page = context.new_page()
    page.route("**/search/index.json", lambda route: route.abort())
    search(page, base, "公园")
    said(page, "检索没有成功")
    assert page.get_attribute(".notice.warn a", "href") == "/datasets/"
    page.unroute("**/search/index.json")
    page.click(".notice.warn button")
    settled(page)
    assert ids(page)
    context.close()
