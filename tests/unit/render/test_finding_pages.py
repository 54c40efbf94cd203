"""Ways through the catalogue as pages: recent, popular, due, by alphabet, topics, emergencies; facets and their lists."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from portal.counts.inputs import Inputs
from portal.counts.usage import usage_from
from portal.render import Rendered
from tests.rendering.city import TODAY, an_entry, catalogue
from tests.rendering.finding import finding_city, known_city

COUNTED = {
    "everything": {"views": 3, "downloads": {"csv": 2}, "api": 1},
    "plain": {"views": 9, "downloads": {"csv": 2, "xlsx": 3}, "api": 0},
    "overdue": {"views": 4, "downloads": {}, "api": 0},
    "gone": {"views": 99, "downloads": {"csv": 99}, "api": 0},
}
USAGE = {"days": {"2026-11-21": {"total": COUNTED["gone"], "datasets": COUNTED}}}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Rendered]:
    folder = tmp_path_factory.mktemp("site")
    inputs = Inputs(usage=usage_from(USAGE, TODAY))
    return folder, finding_city(folder, tmp_path_factory.mktemp("cache"), inputs=inputs)


def main(site: Path, address: str) -> str:
    text = (site / address.strip("/") / "index.html").read_text("utf-8")
    return text.partition("<main")[2].partition("</main>")[0]


def ids(html: str) -> list[str]:
    return re.findall(r'data-id="([\w-]+)"', html.split("<template")[0])


def headings(html: str) -> list[str]:
    return re.findall(r"<h2[^>]*>([^<]*)</h2>", html)


def test_recent_is_ordered_by_the_last_change_under_its_month(site: tuple[Path, Rendered]) -> None:
    html = main(site[0], "/datasets/recent/")
    assert headings(html) == ["2026年10月", "2026年3月", "2025年12月"]  # a recorded change, then data dates
    assert ids(html)[:2] == ["everything", "overdue"]
    assert "更新于 2026-10-05" in html
    assert headings(main(site[0], "/en/datasets/recent/"))[0] == "October 2026"


def test_popular_counts_what_is_there_and_nothing_that_has_gone(site: tuple[Path, Rendered]) -> None:
    html = main(site[0], "/datasets/popular/")
    assert ids(html) == ["plain", "everything", "overdue"]
    row = html.partition('data-id="plain"')[2].partition("</tr>")[0]
    assert re.findall(r'class="n">([\d,]+)<', row) == ["5", "9", "0"]


def test_without_figures_popular_says_so(tmp_path: Path) -> None:
    finding_city(tmp_path / "site", tmp_path / "cache")
    html = main(tmp_path / "site", "/datasets/popular/")
    assert "暂无数据" in html
    assert "<table" not in html
    assert 'value="downloads"' not in main(tmp_path / "site", "/datasets/")


def test_due_lists_what_is_overdue_and_what_comes_soon(site: tuple[Path, Rendered]) -> None:
    html = main(site[0], "/datasets/due/")
    assert headings(html) == ["逾期未更新", "已到更新日期，在宽限期内", "即将到期"]
    overdue = html.partition('id="g-overdue"')[2].partition("</section>")[0]
    assert ids(overdue) == ["overdue"]
    late = (TODAY - date(2026, 4, 30)).days
    assert f"应于 2026-04-30 更新，已晚 {late} 天" in overdue
    assert set(ids(html)) >= {"overdue"}


def test_the_alphabet_leaves_out_the_place_that_a_name_begins_with(site: tuple[Path, Rendered]) -> None:
    html = main(site[0], "/datasets/a-z/")
    under = {
        found[1]: ids(found[0])
        for found in re.findall(
            r'(<section class="section letter" aria-labelledby="([^"]+)">.*?</section>)', html, re.S
        )
    }
    assert under["g"] == ["long-title"]  # 小城关于… stands under 关
    assert under["e"] == ["eighty-fields", "empty-table", "everything-not"][:2]
    linked = re.findall(r'<li><a href="#([\w-]+)">', html)
    assert linked == list(under)


def test_many_titles_get_a_page_a_letter(tmp_path: Path) -> None:
    names = ("安居工程", "白云山", "12路公交", *(f"车站{n}" for n in range(220)))
    many = tuple(an_entry(f"d{n:03}", title=f"{name}数据（2025年）") for n, name in enumerate(names))
    city = catalogue().model_copy(update={"datasets": many, "topics": ()})
    finding_city(tmp_path / "site", tmp_path / "cache", known=city)
    first, third = main(tmp_path / "site", "/datasets/a-z/"), main(tmp_path / "site", "/datasets/a-z/c/")
    assert ids(first) == ["d000"]
    assert len(ids(third)) == 220
    assert ids(third)[:3] == ["d003", "d004", "d005"]
    assert re.findall(r'href="(/datasets/a-z/[^"]+)"', first) == [
        f"/datasets/a-z/{sign}/" for sign in ("a", "b", "c", "0-9")
    ]
    assert ids(main(tmp_path / "site", "/datasets/a-z/0-9/")) == ["d002"]


def test_an_old_address_of_a_topic_leads_on_and_never_hides_another_topic(site: tuple[Path, Rendered]) -> None:
    html = main(site[0], "/topic/trips/")
    assert "本专题现在是“游园”" in html
    assert 'href="/topic/outings/"' in html
    assert 'href="/en/topic/outings/"' in main(site[0], "/en/topic/trips/")
    assert "台风应急" in main(site[0], "/topic/storm/")


def test_old_addresses_of_departments_and_domains_lead_on(tmp_path: Path) -> None:
    known = known_city()
    domains = tuple(
        one.model_copy(update={"aliases": ("greens", "unused")}) if one.id == "parks" else one for one in known.domains
    )
    departments = tuple(one.model_copy(update={"aliases": ("lhj",)}) for one in known.departments)
    known = known.model_copy(update={"departments": departments, "domains": domains})
    rendered = finding_city(tmp_path / "site", tmp_path / "cache", known=known)
    assert {"/department/lhj/", "/en/department/lhj/", "/domain/greens/", "/en/domain/greens/"} <= set(rendered.pages)
    html = main(tmp_path / "site", "/department/lhj/")
    assert "这里的数据现在由“园林局”负责" in html
    assert 'href="/department/ylj/"' in html
    english = main(tmp_path / "site", "/en/domain/greens/")
    assert "This domain is now “Parks”" in english
    assert 'href="/en/domain/parks/"' in english
    assert "没有数据的领域" in main(tmp_path / "site", "/domain/unused/")  # an id that is in use comes first


def test_a_domain_without_data_has_a_page_that_says_so(site: tuple[Path, Rendered]) -> None:
    html = main(site[0], "/domain/unused/")
    assert "目前还没有数据集。" in html
    assert "<ol" not in html.partition('class="section"')[2]
    english = main(site[0], "/en/domain/unused/")
    assert "No datasets yet." in english
    assert 'href="/en/forms/request/"' in english
    assert "/domain/unused/" not in main(site[0], "/domain/")


def test_a_department_without_data_keeps_its_page(tmp_path: Path) -> None:
    """Its last dataset was withdrawn, or it never had one: nothing on its page leads nowhere."""
    known = known_city()
    two = tuple(known.departments[0].model_copy(update={"id": name, "name": name}) for name in ("gone", "new"))
    stones = tuple(one.model_copy(update={"department": "gone"}) for one in known.tombstones)
    known = known.model_copy(update={"departments": (*known.departments, *two), "tombstones": stones})
    rendered = finding_city(tmp_path / "site", tmp_path / "cache", known=known)
    for name, changes in (("gone", True), ("new", False)):
        html = main(tmp_path / "site", f"/department/{name}/")
        assert "目前还没有数据集。" in html
        linked = re.findall(r'href="(/[\w/-]+/)"', html)
        assert (f"/changes/department/{name}/" in linked) == changes
        assert [one for one in linked if one not in rendered.pages and not one.startswith("/forms/")] == []


def test_a_topic_has_a_page_and_one_without_data_has_none(site: tuple[Path, Rendered]) -> None:
    assert [one for one in site[1].pages if one.startswith("/topic/")] == [
        "/topic/", "/topic/drill/", "/topic/outings/", "/topic/storm/", "/topic/trips/",
    ]  # fmt: skip
    assert ids(main(site[0], "/topic/outings/")) == ["plain", "everything"]
    assert "Outings" in main(site[0], "/en/topic/outings/")
    every = main(site[0], "/topic/")
    assert re.findall(r'href="(/topic/[\w-]+/)"', every) == ["/topic/storm/", "/topic/outings/", "/topic/drill/"]


def test_an_emergency_tells_how_data_are_opened_and_what_came_when(site: tuple[Path, Rendered]) -> None:
    storm = main(site[0], "/topic/storm/")
    for said in (
        "2026年11月20日 起集中开放有关数据，更新频次：每 2 小时。",
        "自然灾害",
        "并联办理，安全审查照做",
        "第十八条",
    ):
        assert said in storm, said
    assert re.findall(r"<time datetime=[^>]*>([^<]*)</time><span>", storm) == ["2026-11-21 08:00", "2026-11-20 09:30"]
    assert 'datetime="2026-11-21T08:00:00+08:00"' in storm
    assert "事后复盘" not in storm
    drill = main(site[0], "/topic/drill/")
    assert "已于 2026年10月3日 结束" in drill
    assert "2026年10月9日，市数据局（示范）：全部继续开放" in drill
    for page in ("/datasets/", "/en/datasets/"):
        assert re.findall(
            r'class="notice bad emergency"><strong>[^<]*<a href="(?:/en)?(/topic/\w+/)', main(site[0], page)
        ) == ["/topic/storm/"]
    assert "emergency" not in main(site[0], "/datasets/by/type/conditional/")


def test_new_facets_have_their_pages_and_their_place_in_the_index(site: tuple[Path, Rendered]) -> None:
    folder, rendered = site
    assert ids(main(folder, "/datasets/by/year/2026/")) == ["overdue"]
    assert ids(main(folder, "/datasets/by/feature/static/")) == ["long-title"]
    assert "service" in ids(main(folder, "/datasets/by/feature/api/"))
    assert "conditional" not in ids(main(folder, "/datasets/by/feature/api/"))
    assert ids(main(folder, "/datasets/by/government/county/")) == ["plain"]
    assert not [one for one in rendered.pages if one.startswith("/datasets/by/topic/")]
    panel = main(folder, "/datasets/")
    assert re.findall(r'data-facet="(\w+)"', panel) == [
        "department", "domain", "topic", "type", "format", "feature", "frequency", "area", "government", "year",
    ]  # fmt: skip
    assert re.findall(r'href="/datasets/by/year/(\d+)/"', panel) == ["2026", "2025"]
    rows = {row[0]: row for row in json.loads((folder / "datasets/index.json").read_text("utf-8"))}
    assert rows["plain"][12:] == [["api"], "county", ["outings"], rows["plain"][15], 5]
    assert rows["service"][12:15] == [["api"], "city", []]
    assert rows["conditional"][12] == []
    assert sorted(row[15] for row in rows.values()) == list(range(len(rows)))
