"""Each form to its end in the real Chromium, on a desktop and on a phone, with JavaScript and without."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from portal.model import Catalogue, Portal
from portal.profile import load_profile
from portal.render.shell import build_shell
from portal.render.site import RenderInput, render_site
from tests.browser.conftest import patient
from tests.catalogues import PORTAL
from tests.service.people import CORRECTION, OPINION, REQUEST, RESULT
from tests.service.server import ROOT, Server

ADDRESSES = count(1)
"""Each visitor is somebody else, so that nobody meets a limit."""
SHOTS = os.environ.get("KAISHU_SHOTS")  # a folder, to look at the pages


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The form service in the portal's real frame."""
    folder = tmp_path_factory.mktemp("forms")
    server = Server(folder)
    portal = Portal.model_validate(PORTAL)
    catalogue = Catalogue(portal=portal, departments=(), domains=(), datasets=())
    source = RenderInput(catalogue, load_profile("suzhou"), {}, date(2026, 10, 30), "r1")
    shell = build_shell(ROOT / "site_src", folder)
    rendered = render_site(source, shell, site_src=ROOT / "site_src", target=folder / "site", languages=("zh", "en"))
    for name, text in rendered.shells.items():
        (server.live / name).write_text(text, encoding="utf-8")
    server.start()
    yield server
    server.close()


@pytest.fixture(params=[(1280, True), (1280, False), (390, True), (390, False)], ids=lambda p: f"{p[0]}-js{p[1]:d}")
def page(request: pytest.FixtureRequest, chromium: Browser, server: Server) -> Iterator[Page]:
    """A page whose assets come from the rendered site, as the front serves them; every complaint of the browser fails."""
    width, scripts = request.param
    context = patient(
        chromium,
        viewport={"width": width, "height": 900},
        java_script_enabled=scripts,
        base_url=server.address,
        extra_http_headers={"X-Forwarded-For": f"198.51.100.{next(ADDRESSES)}"},
        locale="zh-CN",
    )
    site = server.live.parent / "site"

    def asset(route: Route) -> None:
        path = site / re.sub(r"^https?://[^/]+/", "", route.request.url).partition("?")[0]
        if path.is_file():
            route.fulfill(path=path)
        else:
            route.fulfill(status=404, body="")

    context.route("**/assets/**", asset)
    context.route("**/state.json", lambda route: route.fulfill(json={"suspended": {}, "under_query": {}}))
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda r: complaints.append(r.url) if not r.url.startswith((server.address, "data:")) else None)
    yield page
    context.close()
    assert [text for text in complaints if "status of 4" not in text] == []


def shot(page: Page, name: str) -> None:
    """Nothing stands out of the window; and a picture, where somebody wants to look."""
    page.wait_for_load_state()
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, name
    if SHOTS:
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=True)


def fill(page: Page, values: dict[str, str]) -> None:
    """Type and choose, by field name."""
    for name, value in values.items():
        field = page.locator(f'.form [name="{name}"]:not([type="hidden"])')
        if field.first.get_attribute("type") == "radio":
            page.locator(f'[name="{name}"][value="{value}"]').check()
        elif field.count():
            field.fill(value)


def press(page: Page, words: str) -> None:
    with page.expect_navigation():
        page.locator(".form").get_by_role("button", name=words).click()


def test_a_correction_from_the_datasets_page_to_its_answer(page: Page) -> None:
    page.goto("/forms/correction/?dataset=bus-stops&field=%E7%AB%99%E5%90%8D&row=12")
    shot(page, "correction")
    expect(page.get_by_text("公交站点位置（2026年）")).to_be_visible()
    expect(page.locator("#id_field")).to_have_value("站名")
    expect(page.locator("#id_website")).not_to_be_in_viewport()
    fill(page, {key: CORRECTION[key] for key in ("text", "expected", "wants_reply")})
    press(page, "提交")
    shot(page, "correction-errors")
    expect(page.locator(".errors h2")).to_have_text("有 2 处需要改")
    expect(page.locator("#id_text")).to_have_value(CORRECTION["text"])
    page.locator(".errors a").nth(1).click()
    expect(page.locator("#id_contact")).to_be_in_viewport()
    fill(page, {"about": "error", "contact": CORRECTION["contact"]})
    page.wait_for_timeout(3300)  # nobody fills a form in less: quicker ones wait for a person to look
    press(page, "提交")
    shot(page, "correction-done")
    expect(page.get_by_role("heading", level=1)).to_have_text("已收到，谢谢您")
    number, code = page.locator("#number").inner_text(), page.locator("#code").inner_text()
    assert number.startswith("JC-20")
    assert number not in page.url
    assert code not in page.url
    with page.expect_navigation():
        page.get_by_role("link", name="查询办理进度", exact=True).click()
    shot(page, "case")
    fill(page, {"code": code, "four": "9999"})
    press(page, "查询")
    shot(page, "case-unknown")
    expect(page.locator(".errors")).to_contain_text("没有找到对应的事项")
    expect(page.locator("#id_code")).to_have_value(code)
    fill(page, {"four": "1234"})
    press(page, "查询")
    shot(page, "case-opened")
    expect(page.locator("#number")).to_have_text(number)
    expect(page.locator("#steps li").last).to_contain_text("已转交数据开放主体")


def test_a_request_meets_similar_data_before_it_is_sent(page: Page) -> None:
    page.goto("/forms/request/")
    shot(page, "request")
    fill(page, {**REQUEST, "subject": "全市公交站点的位置"})
    press(page, "下一步")
    shot(page, "request-check")
    expect(page.locator("#similar").get_by_role("link", name="公交站点位置（2026年）")).to_be_visible()
    press(page, "返回修改")
    expect(page.locator("#id_subject")).to_have_value("全市公交站点的位置")
    fill(page, {"subject": "共享单车停放点"})
    press(page, "下一步")
    expect(page.get_by_text("目录里没有找到相近的数据")).to_be_visible()
    press(page, "提交")
    shot(page, "request-done")
    expect(page.locator("#number")).to_contain_text("XQ-")
    expect(page.locator("#due")).to_contain_text("10个工作日")
    page.reload()  # the browser sends it again: one case, the same receipt
    expect(page.get_by_text("没有重复登记")).to_be_visible()


def test_an_opinion(page: Page) -> None:
    page.goto("/forms/")
    shot(page, "home")
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name="意见建议").click()
    fill(page, OPINION)
    shot(page, "opinion")
    press(page, "提交")
    expect(page.locator("#number")).to_contain_text("YJ-")
    shot(page, "opinion-done")


def test_a_result_of_use(page: Page) -> None:
    page.goto("/forms/result/?dataset=bus-stops")
    expect(page.locator("#id_datasets")).to_have_value("bus-stops")
    fill(page, {key: RESULT[key] for key in ("subject", "about", "maker", "text", "url", "finished", "source")})
    shot(page, "result")
    press(page, "提交")
    shot(page, "result-errors")
    expect(page.locator(".errors li")).to_have_text(["公开展示须您同意；请勾选。"])
    expect(page.locator("#id_finished")).to_have_value(RESULT["finished"])
    page.get_by_label("我同意审核通过后公开展示上述内容").check()
    press(page, "提交")
    shot(page, "result-done")
    expect(page.locator("#number")).to_contain_text("CG-")


def test_an_english_form_keeps_its_language_to_the_end(page: Page) -> None:
    page.goto("/forms/correction/?dataset=bus-stops")
    with page.expect_navigation():
        page.locator(".site-tools").get_by_role("link", name="English").click()
    expect(page).to_have_url(re.compile(r"/en/forms/correction/\?dataset=bus-stops$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Report an error")
    shot(page, "en-correction")
    fill(page, {"text": "The name is misspelt.", "wants_reply": "yes"})
    press(page, "Send")
    shot(page, "en-correction-errors")
    expect(page.locator(".errors h2")).to_have_text("2 things to mend")
    fill(page, {"about": "error", "contact": "someone@example.org"})
    press(page, "Send")
    shot(page, "en-correction-done")
    expect(page.get_by_role("heading", level=1)).to_have_text("Received. Thank you")
    code = page.locator("#code").inner_text()
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name="Look up a case", exact=True).click()
    fill(page, {"code": code, "four": "eone"})
    press(page, "Look up")
    shot(page, "en-case-opened")
    expect(page.locator("#steps li").first).to_contain_text("received")
    with page.expect_navigation():
        page.locator(".site-tools").get_by_role("link", name="中文").click()
    expect(page).to_have_url(re.compile(r"(?<!/en)/forms/case/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("查询办理进度")
