"""/edit/ in a real Chromium: a clerk fills it in, and the portal's own reader takes the file that comes out."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page, Route, expect

from portal import pipeline
from portal.catalogue import read_catalogue
from portal.progress import Progress
from portal.settings import SHANGHAI
from tests.browser.conftest import DRAWN, Site
from tests.catalogues import make_catalogue, settings_for
from tests.waiting import comes_to

GBK = "站点编号,站点名称,车桩数,启用日期\n00001,绿道1号站,21,2024-01-15\n00002,绿道“2”号站,22,2024-02-15\n"
TYPED = {
    "department": "ylj", "id": "bike-stops", "title": "苏州市公共自行车站点名录（2024年）",
    "summary": "各公共自行车站点的编号、名称、车桩数：供市民查找 # 和规划。", "domain": "parks", "keywords": "公共自行车\n“绿道”, 站点",
    "open_type": "unconditional", "update_frequency": "annual", "data_date": "2024-12-31",
    "temporal.from": "2024-01-01", "temporal.to": "2024-12-31",
    "source.upstream": "园林局台账：第 1 册", "licence.name": "CC-BY-4.0", "contact.office": "园林局信息中心（示范）",
}  # fmt: skip


def fill(page: Page, key: str, value: str) -> None:
    element = page.locator(f'[data-key="{key}"] >> css=input, select, textarea').first
    if element.evaluate("one => one.tagName") == "SELECT":
        element.select_option(value)
    else:
        element.fill(value)
    element.blur()


def test_what_comes_out_is_read_by_the_portal(page: Page, site: Site, tmp_path: Path) -> None:
    page.goto(f"{site.url}/edit/")
    expect(page.locator("[data-forge]")).to_have_count(0)  # the city names no forge
    for key, value in TYPED.items():
        fill(page, key, value)
    page.select_option("#e-jurisdiction", index=1)
    data = tmp_path / "bike-stops.csv"
    data.write_bytes(GBK.encode("gb18030"))
    page.set_input_files("#e-file", data)
    columns = page.locator(".edit-column")
    expect(columns).to_have_count(4)
    for number, kind in enumerate(["string", "string", "integer", "date"]):
        expect(columns.nth(number).locator('[data-part="type"]')).to_have_value(kind)
    expect(page.locator("[data-left]")).to_contain_text("处要填或改")
    for number, description in enumerate(["五位数字，由园林局编定", "站牌上写的名称", "锁桩个数", "开始使用的日期"]):
        columns.nth(number).locator('[data-part="description"]').fill(description)
    columns.nth(0).locator('[data-part="key"]').check()
    expect(page.locator("[data-left]")).to_have_text("都填好了。")
    with page.expect_download() as download:
        page.click("[data-download]")
    assert download.value.suggested_filename == "bike-stops.yml"

    root = make_catalogue(tmp_path / "city")
    entry = Path(download.value.path()).read_text("utf-8")
    (root / "catalog/ylj/bike-stops.yml").write_text(
        entry.replace("jurisdiction: 小城", "jurisdiction: 苏州市"), "utf-8"
    )
    (root / "datasets/ylj/bike-stops.csv").write_bytes(data.read_bytes())
    found = pipeline.check(settings_for(root, now=datetime(2026, 10, 20, tzinfo=SHANGHAI)), Progress("en"))
    wrong = {one.rule for one in found.problems if one.dataset == "bike-stops" and one.level == "error"}
    assert wrong == {"review-missing"}
    read = next(one for one in found.reading.catalogue.datasets if one.id == "bike-stops")
    assert (read.title, read.summary) == (TYPED["title"], TYPED["summary"])
    assert read.keywords == ("公共自行车", "“绿道”, 站点")
    assert read.source.upstream == "园林局台账：第 1 册"


def test_faults_are_told_beside_the_input_and_only_once_it_was_touched(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/edit/")
    expect(page.locator(".error:visible")).to_have_count(0)
    fill(page, "id", "Bike Stops")
    expect(page.locator('[data-key="id"] .error')).to_have_text("只能用小写字母、数字和短横线。")
    fill(page, "id", "everything")
    expect(page.locator('[data-key="id"] .error')).to_have_text("这个编号已经有数据集使用。")
    fill(page, "title", "园")
    expect(page.locator('[data-key="title"] .error')).to_have_text("至少 2 个字。")
    fill(page, "temporal.from", "2025-01-01")
    fill(page, "temporal.to", "2024-01-01")
    expect(page.locator('[data-key="temporal.to"] .error')).to_have_text("止不能早于起。")
    expect(page.locator('[data-key="summary"] .error:visible')).to_have_count(0)


def test_the_file_that_was_chosen_last_is_shown_also_where_an_earlier_one_is_read_later(page: Page, site: Site) -> None:
    page.add_init_script(
        """const read = Blob.prototype.arrayBuffer;
        Blob.prototype.arrayBuffer = async function () {
          const bytes = await read.call(this);
          if (new TextDecoder().decode(bytes).startsWith("slow")) await new Promise((go) => { window.goOn = go; });
          return bytes;
        };"""
    )
    page.goto(f"{site.url}/edit/")
    columns = page.locator(".edit-column")
    page.set_input_files("#e-file", {"name": "a.csv", "mimeType": "text/csv", "buffer": b"slow,b,c\n1,2,3\n"})
    page.wait_for_function("() => Boolean(window.goOn)")
    page.set_input_files("#e-file", {"name": "b.csv", "mimeType": "text/csv", "buffer": b"quick\n1\n"})
    expect(columns).to_have_count(1)
    page.evaluate("() => window.goOn()")
    page.evaluate(DRAWN)
    expect(columns).to_have_count(1)
    expect(page.locator("#e-path")).to_have_value("b.csv")


def test_a_file_that_was_chosen_before_the_script_came_is_looked_at(page: Page, site: Site) -> None:
    held: list[Route] = []
    page.route(re.compile(r"/assets/edit\.[^/]*\.js$"), lambda route: held.append(route))  # noqa: PLW0108 -- playwright marks it, a built-in takes no mark
    page.goto(f"{site.url}/edit/", wait_until="commit")
    page.set_input_files("#e-file", {"name": "a.csv", "mimeType": "text/csv", "buffer": b"a,b\n1,2\n"})
    comes_to(lambda: (page.evaluate("document.querySelector('#e-file').files.length"), len(held)), (1, 1))
    (script,) = held
    script.continue_()
    expect(page.locator(".edit-column")).to_have_count(2)


def test_conditions_are_asked_of_conditional_data_only(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/edit/")
    conditions = page.locator('[data-key="open_conditions"]')
    expect(conditions).to_be_hidden()
    fill(page, "open_type", "conditional")
    expect(conditions).to_be_visible()
    fill(page, "open_conditions", "数据安全｜具备数据安全管理制度｜汇聚后有识别风险")
    expect(page.locator("[data-yaml]")).to_contain_text("security")
    told = yaml.safe_load(page.text_content("[data-yaml]") or "")
    assert told["open_conditions"] == [
        {"category": "security", "text": "具备数据安全管理制度", "ground": "汇聚后有识别风险"}
    ]
    fill(page, "open_type", "unconditional")
    expect(page.locator("[data-yaml]")).not_to_contain_text("open_conditions")


@pytest.fixture
def writer(page: Page, site: Site) -> Page:
    page.goto(f"{site.url}/edit/")
    return page


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=4, max_size=40))
def test_every_text_survives(text: str, writer: Page, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What is typed as a title is the title that the portal's reader finds, whatever signs it has."""
    expected = text.strip()
    if len(expected) < 4 or expected != writer.evaluate("text => text.trim()", text):
        return
    fill(writer, "title", text)
    entry = writer.text_content("[data-yaml]") or ""
    root = make_catalogue(tmp_path_factory.mktemp("city") / "c")
    path = root / "catalog/ylj/parks.yml"
    before = path.read_text("utf-8").splitlines()
    path.write_text(
        "\n".join([entry.rstrip("\n"), *(line for line in before if not line.startswith("title:"))]) + "\n", "utf-8"
    )
    reading = read_catalogue(settings_for(root))
    if any(one.rule in ("yaml-hidden-character", "too-long") for one in reading.problems):
        return  # refused with a word of its own
    assert [one.title for one in reading.catalogue.datasets] == [expected], [one.rule for one in reading.problems]


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("github", "https://git.example.org/city/data/new/main/catalog/ylj?filename=parks-2.yml&value=title%3A+"),
        ("gitlab", "https://git.example.org/city/data/-/new/main/catalog/ylj?file_name=parks-2.yml"),
        ("gitea", "https://git.example.org/city/data/_new/main/catalog/ylj"),
    ],
)
def test_the_forges_page_for_a_new_file(page: Page, site: Site, kind: str, address: str) -> None:
    page.goto(f"{site.url}/edit/")
    page.evaluate(
        """kind => document.querySelector(".edit-out").insertAdjacentHTML("beforeend",
           `<a data-forge="${kind}" data-url="https://git.example.org/city/data" data-branch="main"></a>`)""",
        kind,
    )
    for key, value in (("department", "ylj"), ("id", "parks-2"), ("title", "公园名录（2025年）")):
        fill(page, key, value)
    expect(page.locator("[data-forge]")).to_have_attribute("href", re.compile("^" + re.escape(address)))
