"""The pages of figures: what they say of a small city, with and without what the service tells."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.rendering.told import past, render, tell

PAGES = ("statistics", "quality", "quality/ylj", "demands", "feedback")


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
    html = re.sub(r'<span class="keep">([^<]*)</span>', r"\1", html)  # part of a word, not beside one
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


def test_the_page_of_a_set_says_what_was_pointed_out_and_what_came_of_it(told: Path, silent: Path) -> None:
    words = text(told, "dataset/plain")
    assert "名称写错 按时办结 收到 2026-11-02 · 用时 3 天 · 已更正 &lt;b&gt;已更正&lt;/b&gt;" in words
    assert 'href="#cases"' in (told / "dataset/plain/index.html").read_text("utf-8")
    assert "Handled in time Received 2026-11-02 · 3 days · corrected" in text(told, "en/dataset/plain")
    for site, page in ((silent, "plain"), (told, "everything")):
        assert 'id="cases"' not in (site / "dataset" / page / "index.html").read_text("utf-8")


def test_the_board_names_what_is_overdue_and_since_when(silent: Path) -> None:
    words = text(silent, "quality")
    assert "overdue数据（2025年） 2026年4月30日到期，已晚 206 天" in words
    assert "1 逾期未更新" in words
    assert "88.8% 更新按期率" in words  # 8 of 9 with a due day, cut
    assert "逾期未更新 晚 206 天" in text(silent, "quality/ylj")


def test_a_course_begins_with_its_second_day(told: Path, tmp_path: Path) -> None:
    assert "自 2026-11-22 起记录" in text(told, "statistics")
    assert '<svg class="course"' not in (told / "statistics/index.html").read_text("utf-8")
    later = render(tmp_path / "site", past(tmp_path / "var"), tmp_path / "cache")
    assert "比 2026-11-20 多 5" in text(later, "statistics")  # 5 sets then, 10 today
    assert '<svg class="course"' in (later / "statistics/index.html").read_text("utf-8")


def test_drawings_have_no_inline_style_and_bars_are_shares_of_the_longest(told: Path) -> None:
    html = (told / "statistics/index.html").read_text("utf-8")
    assert "style=" not in html.split("<main")[1]
    widths = re.findall(r'<rect width="([\d.]+)%" height="100%"', html)
    assert widths
    assert max(map(float, widths)) == 100


@pytest.mark.parametrize("base", ["", "en/"])
def test_a_department_leads_to_its_quality_and_a_dataset_to_the_relations(silent: Path, base: str) -> None:
    department = (silent / f"{base}department/ylj/index.html").read_text("utf-8")
    assert f'href="/{base}quality/ylj/"' in department
    dataset = (silent / f"{base}dataset/everything/index.html").read_text("utf-8")
    related = dataset.partition('id="related"')[2].partition("</section>")[0]
    assert f'href="/{base}relations/"' in related


@pytest.mark.parametrize("base", ["", "en/"])
def test_a_row_of_the_statistics_leads_to_what_it_counts(silent: Path, base: str) -> None:
    html = (silent / base / "statistics/index.html").read_text("utf-8")
    assert re.search(rf'<th scope="row"><a href="/{base}department/ylj/">[^<]+</a>', html)
