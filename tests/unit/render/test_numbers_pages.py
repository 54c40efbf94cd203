"""The pages of figures: what they say of a small city, with and without what the service tells."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from portal.counts.inputs import read_inputs
from portal.profile import load_profile
from portal.render import RenderInput, build_shell, render_site
from portal.settings import CODE
from tests.rendering import city

PAGES = ("statistics", "quality", "quality/ylj", "demands", "feedback")


def render(folder: Path, var: Path, cache: Path) -> Path:
    known = city.catalogue()
    facts = {one.id: city.facts(one) for one in known.datasets if one.is_open}
    inputs = read_inputs(var, city.TODAY)
    source = RenderInput(known, load_profile("suzhou"), facts, city.TODAY, "r1", inputs)
    render_site(source, build_shell(CODE / "site_src", cache), site_src=CODE / "site_src", target=folder)
    return folder


def tell(var: Path) -> Path:
    """A service that has told everything: three days of use, one handled case, one late, one request, two searches."""
    public = var / "public"
    public.mkdir(parents=True)
    use = {"views": 3, "downloads": {"csv": 2}, "api": 1}
    days = {str(city.TODAY - timedelta(days=n)): {"total": use, "datasets": {"plain": use}} for n in range(3)}
    (public / "usage.json").write_text(json.dumps({"days": days}), "utf-8")
    case = {"department": "ylj", "received": "2026-11-02", "due": "2026-11-09"}
    feedback = [
        {**case, "number": "JC-2026-000001", "kind": "correction", "dataset": "plain", "title": "名称写错",
         "answered": "2026-11-05", "outcome": "resolved_corrected", "result": "<b>已更正</b>"},
        {**case, "number": "JC-2026-000002", "kind": "correction", "dataset": "secret"},
    ]  # fmt: skip
    demands = [{**case, "number": "XQ-2026-000003", "kind": "request", "title": "古树档案", "answered": "2026-11-08",
                "outcome": "fulfilled", "opened": "everything"}]  # fmt: skip
    (public / "feedback.json").write_text(json.dumps({"cases": feedback}), "utf-8")
    (public / "demands.json").write_text(json.dumps({"cases": demands}), "utf-8")
    gaps = [{"q": "充电桩", "count": 12, "last": "2026-11-20"}, {"q": "少见", "count": 1, "last": "2026-11-20"}]
    (public / "query-gaps.json").write_text(json.dumps({"queries": gaps}), "utf-8")
    return var


@pytest.fixture(scope="module")
def silent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    make = tmp_path_factory.mktemp
    return render(make("silent"), make("var"), make("cache"))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    make = tmp_path_factory.mktemp
    return render(make("told"), tell(make("var")), make("cache"))


def text(site: Path, page: str) -> str:
    """The words of a page's main part."""
    html = (site / page / "index.html").read_text("utf-8").split('<main id="main"')[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize("page", PAGES)
def test_each_page_stands_in_both_languages_and_names_nothing_secret(told: Path, page: str) -> None:
    for lang in ("", "en/"):
        words = text(told, lang + page)
        assert "不可说" not in words
        assert "secret" not in words
        assert "None" not in words


def test_before_anything_is_told_the_pages_say_so_and_how_it_works(silent: Path) -> None:
    assert "还没有使用量" in text(silent, "statistics")
    assert "还没有办理数字" in text(silent, "statistics")
    assert "暂无数据" in text(silent, "demands")
    assert "10个工作日内告知处理结果" in text(silent, "demands")
    feedback = text(silent, "feedback")
    assert "暂无数据" in feedback
    assert "5个工作日内处理完毕（《苏州市公共数据开放实施细则》第十条）" in feedback
    assert "最长 30 个工作日" in feedback
    assert "浏览" not in text(silent, "dataset/plain").split("下载")[0]


def test_use_stands_on_the_page_of_a_set_on_its_card_and_in_the_statistics(told: Path) -> None:
    assert "浏览 9 次，下载 6 次，接口调用 3 次" in text(told, "dataset/plain")
    assert "浏览 0 次" in text(told, "dataset/everything")
    assert "9 views, 6 downloads, 3 API calls" in text(told, "en/dataset/plain")
    assert "下载 6 次" in text(told, "datasets")
    assert "自 2026-11-20 起共 9" in text(told, "statistics")


def test_cases_say_whether_they_were_in_time(told: Path) -> None:
    words = text(told, "feedback")
    assert "收到 2 件，已办结 1 件，超期未办结 1 件" in words
    assert "按时办结率 50%" in words
    assert "用时 3 天" in words
    assert "已更正；&lt;b&gt;已更正&lt;/b&gt;" in words
    demands = text(told, "demands")
    assert "古树档案" in demands
    assert "样样俱全的数据（2025年）" in demands
    assert "充电桩" in demands
    assert "少见" not in demands


def test_the_board_names_what_is_overdue_and_since_when(silent: Path) -> None:
    words = text(silent, "quality")
    assert "overdue数据（2025年） 2026年4月30日到期，已晚 206 天" in words
    assert "1 逾期未更新" in words
    assert "88.8% 更新按期率" in words  # 8 of 9 with a due day, cut
    assert "逾期未更新 晚 206 天" in text(silent, "quality/ylj")


def test_drawings_have_no_inline_style_and_bars_are_shares_of_the_longest(told: Path) -> None:
    html = (told / "statistics/index.html").read_text("utf-8")
    assert "style=" not in html.split("<main")[1]
    widths = re.findall(r'<rect width="([\d.]+)%" height="100%"', html)
    assert widths
    assert max(map(float, widths)) == 100
    assert date.fromisoformat("2026-11-22") == city.TODAY
