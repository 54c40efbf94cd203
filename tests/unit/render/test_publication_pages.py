"""Pages of policies, news, roles, plans, results, violations and terms: true on the day, on the last day, and empty."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from portal.profile import load_profile
from portal.publications import News, PlanItem, Policy
from portal.render.prose import prose
from portal.settings import CODE
from tests.rendering.city import HOSTILE, render_city

POLICY = {"id": "aa", "title": "办法", "issuer": "政府", "issued": "2025-01-10"}
NEWS = {"id": "aa", "title": "消息", "kind": "contest", "date": "2025-01-10"}


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Path:
    target = tmp_path_factory.mktemp("site")
    render_city(target, cache)
    return target


def read(site: Path, url: str) -> str:
    return (site / url.lstrip("/") / "index.html").read_text("utf-8")


def text_of(html: str) -> str:
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def card(html: str, href: str) -> str:
    """The card of a list that leads to an address."""
    found = re.search(rf'<li class="card[^>]*>\s*<h3><a href="{re.escape(href)}".*?</li>', html, re.DOTALL)
    assert found, href
    return unescape(re.sub(r"<[^>]+>", " ", found[0]))


# --- what a document is on a day


@pytest.mark.parametrize(
    ("told", "day", "standing"),
    [
        ({}, "2025-01-10", "in_force"),
        ({}, "2025-01-09", "not_yet"),
        ({"valid_from": "2025-03-01"}, "2025-02-28", "not_yet"),
        ({"valid_from": "2025-03-01"}, "2025-03-01", "in_force"),
        ({"valid_to": "2025-12-31"}, "2025-12-31", "in_force"),
        ({"valid_to": "2025-12-31"}, "2026-01-01", "expired"),
        ({"repealed": "2025-06-01", "valid_to": "2025-12-31"}, "2025-05-31", "in_force"),
        ({"repealed": "2025-06-01", "valid_to": "2025-12-31"}, "2025-06-01", "repealed"),
        ({"repealed": "2025-06-01", "valid_to": "2025-12-31"}, "2026-06-01", "repealed"),
        ({"draft": "true", "comments_until": "2025-02-01"}, "2025-02-01", "consulting"),
        ({"draft": "true", "comments_until": "2025-02-01"}, "2025-02-02", "draft"),
        ({"draft": "true", "valid_from": "2025-03-01"}, "2025-04-01", "draft"),
    ],
)
def test_the_standing_of_a_policy(told: dict[str, str], day: str, standing: str) -> None:
    assert Policy.model_validate(POLICY | told).standing(date.fromisoformat(day)) == standing


@pytest.mark.parametrize(
    ("told", "day", "standing"),
    [
        ({}, "2026-01-01", None),
        ({"from": "2026-01-02"}, "2026-01-01", "announced"),
        ({"from": "2026-01-02"}, "2026-01-02", "open"),
        ({"from": "2026-01-02"}, "2026-01-03", "over"),
        ({"from": "2026-01-02", "until": "2026-01-05"}, "2026-01-05", "open"),
        ({"from": "2026-01-02", "until": "2026-01-05"}, "2026-01-06", "over"),
        ({"until": "2026-01-05"}, "2025-01-11", "open"),
    ],
)
def test_the_standing_of_an_event(told: dict[str, str], day: str, standing: str | None) -> None:
    assert News.model_validate(NEWS | told).standing(date.fromisoformat(day)) == standing


@pytest.mark.parametrize(
    ("told", "day", "state"),
    [
        ({"datasets": ["a"]}, "2026-01-01", "done"),
        ({"datasets": ["a", "b"]}, "2026-06-30", "open"),  # b is not public
        ({"datasets": ["a", "b"]}, "2026-07-01", "overdue"),
        ({"datasets": ["a"], "data_from": "2025-12-31"}, "2026-06-30", "done"),
        ({"datasets": ["a"], "data_from": "2026-01-01"}, "2026-06-30", "open"),
        ({"datasets": ["b"], "done": "2026-01-01"}, "2026-06-30", "open"),  # a day typed in does not publish data
        ({"done": "2026-02-01"}, "2026-01-31", "open"),
        ({"done": "2026-02-01"}, "2026-02-01", "done"),
        ({}, "2026-06-30", "open"),
        ({}, "2026-07-01", "overdue"),
        ({"dropped": "来源停止采集"}, "2027-01-01", "dropped"),
    ],
)
def test_the_state_of_an_item_comes_from_the_catalogue(told: dict[str, object], day: str, state: str) -> None:
    item = PlanItem.model_validate({"title": "开放某某数据", "department": "ylj", "due": "2026-Q2"} | told)
    assert item.state({"a": date(2025, 12, 31)}, date.fromisoformat(day)) == state


# --- what people wrote


def test_prose_is_safe_and_lies_below_the_title() -> None:
    text = prose(
        "# 一\n\n<b onclick=x>粗</b> ![图](https://a.example/b.png)\n\n# 二\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    )
    assert text.headings == (("part-1", "一"), ("part-2", "二"))
    assert '<h2 id="part-1">一</h2>' in text.html
    assert "&lt;b onclick=x&gt;" in text.html
    assert "<img" not in text.html
    assert "<td>1</td>" in text.html


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "vbscript:x", "file:///x"]
)
def test_prose_has_no_links_that_act(href: str) -> None:
    assert "<a " not in prose(f"[x]({href})").html


def test_links_to_elsewhere_tell_nothing() -> None:
    assert 'rel="noopener noreferrer"' in prose("[x](https://a.example/)").html
    assert "rel=" not in prose("[x](/datasets/)").html


# --- the pages, on 22 November 2026


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("in-force", "现行有效"),
        ("expired", "有效期已满"),
        ("repealed", "已废止"),
        ("not-yet", "尚未施行"),
        ("consulting", "征求意见中"),
        ("draft", "未生效"),
    ],
)
def test_each_document_says_what_it_is_today(site: Path, name: str, word: str) -> None:
    assert word in card(read(site, "/policies/"), f"/policies/{name}/")
    page = text_of(read(site, f"/policies/{name}/"))
    assert word in page
    assert "小城人民政府" in page


def test_a_document_shows_its_head_its_text_and_its_relations(site: Path) -> None:
    page = read(site, "/policies/in-force/")
    assert "小府〔2025〕3号" in text_of(page)
    assert "2025年3月1日" in text_of(page)
    assert '<a href="#part-2">第二章 开放</a>' in page
    assert "正文壹" in page
    expired = read(site, "/policies/expired/")
    assert '<a href="/policies/in-force/">in-force办法</a>' in expired
    assert '<a href="/dataset/everything/">' in expired
    assert "有效期已于2026年11月21日届满" in text_of(expired)


def test_documents_of_the_city_come_first_and_the_basis_is_never_missing(site: Path) -> None:
    page = text_of(read(site, "/policies/"))
    assert page.index("苏州市公共数据开放实施细则") < page.index("in-force办法") < page.index("邻市办法")


def test_english_pages_say_that_the_text_is_chinese(site: Path) -> None:
    page = read(site, "/en/policies/in-force/")
    assert "only the Chinese text is authentic" in page
    assert '<div class="prose" lang="zh-CN">' in page
    assert "In force" in text_of(page)


def test_events_that_are_on_come_first(site: Path) -> None:
    page = text_of(read(site, "/news/"))
    assert (
        page.index("正在进行和即将开始")
        < page.index("contest消息")
        < page.index("training消息")
        < page.index("2026 年")
    )
    assert "进行中" in card(read(site, "/news/"), "/news/contest/")
    assert "已结束" in card(read(site, "/news/"), "/news/over/")


def test_hostile_words_stay_words(site: Path) -> None:
    for url in ("/news/hostile/", "/policies/elsewhere/", "/showcase/", "/plan/"):
        assert "<script>alert" not in read(site, url)
        assert HOSTILE in unescape(re.sub(r"<[^>]+>", "", read(site, url)))
    assert "javascript:" not in re.sub(r">[^<]*<", "><", read(site, "/news/hostile/"))


def test_the_plan_counts_for_itself(site: Path) -> None:
    page = read(site, "/plan/")
    shown = text_of(page)
    assert "完成 2 项，共 4 项（另有 1 项不再实施）" in shown
    assert '<progress max="4" value="2"' in page
    assert "2026 年第 3 季度 逾期" in shown
    assert "来源停止采集" in shown
    assert re.search(r'（截至<span class="whole">\d{4}年\d+月\d+日</span>）', page)


def test_priority_domains_of_the_text_are_counted_or_told_to_be_empty(site: Path) -> None:
    shown = text_of(read(site, "/plan/"))
    assert f"{len(load_profile('suzhou').priority_domains)} 个重点领域中" in shown
    assert "公共信用 还没有数据" in shown
    assert "门户网站、新闻媒体" in shown


def test_a_result_and_its_datasets_lead_to_each_other(site: Path) -> None:
    page = read(site, "/showcase/")
    assert '<a href="/dataset/everything/">' in page
    assert "优秀成果甲" in text_of(page)
    assert '<a href="/showcase/#finder">' in read(site, "/dataset/everything/")
    assert 'id="finder"' in page
    assert "/showcase/#" not in read(site, "/dataset/long-title/")


def test_a_violation_is_shown_for_its_term_and_no_longer(site: Path) -> None:
    shown = text_of(read(site, "/violations/"))
    assert "shown公司" in shown
    assert "已于2026年11月15日改正" in shown
    assert "past公司" not in shown
    assert "coming公司" not in shown


@pytest.mark.parametrize("profile", ["wuxi", "shuangyashan"])
def test_where_the_text_does_not_allow_it_there_is_no_page(profile: str, tmp_path: Path, cache: Path) -> None:
    rendered = render_city(tmp_path, cache, profile=profile)
    assert not (tmp_path / "violations").exists()
    assert "/violations/" not in rendered.pages


def test_roles_name_bodies_and_days_but_no_person(site: Path) -> None:
    shown = text_of(read(site, "/roles/"))
    assert "市信息中心" in shown
    assert "10 个工作日" in shown
    assert "批准延长办理期限 市大数据主管部门 30 个工作日 《苏州市公共数据开放实施细则》第十条" in shown
    assert "没有登记" in shown  # the department of this city has no officers


def test_terms_have_anchors_and_name_their_datasets(site: Path) -> None:
    page = read(site, "/help/glossary/")
    assert '<div id="绿化率">' in page
    assert "绿地率" in page
    assert '<a href="/dataset/everything/">' in page


def test_what_ships_is_complete() -> None:
    """Each page in Chinese that the essentials need has its English twin, and the other way round."""
    pages = CODE / "site_src" / "pages"
    english = {path.relative_to(pages / "en") for path in (pages / "en").rglob("*.md")}
    chinese = {path.relative_to(pages) for path in pages.rglob("*.md")}
    assert english <= chinese
