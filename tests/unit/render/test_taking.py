"""Citations that reference managers read, and the log of changes in the order in which things happened."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from portal.bundling import LARGEST
from portal.facts import DatasetFacts
from portal.happenings import happenings
from portal.model import Catalogue
from portal.render import taking
from tests.rendering.city import an_entry, render_city
from tests.unit.render.test_site import read


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    render_city(folder, tmp_path_factory.mktemp("cache"))
    return folder


def panel(html: str, key: str) -> str:
    """The text of a form of citation, without tags."""
    start = html.index(f'id="cite-{key}"')
    found = re.search(r'class="cite-text"[^>]*>(.*?)</(?:p|pre)>', html[start:], re.S)
    assert found
    return re.sub(r"<[^>]+>", "", found[1])


def test_citations_name_department_release_and_a_blank_for_the_day(site: Path) -> None:
    html = read(site, "/dataset/plain/")
    assert panel(html, "gbt") == (
        "园林局. plain数据（2025年）: 版本 2025-12-31-2[DS/OL]. 小城: 小城公共数据开放平台, "
        "2025(2025-12-31)[____-__-__]. https://data.example.org/dataset/plain/."
    )
    assert "，版本 2025-12-31-2，获取日期 ____-__-__，" in panel(html, "plain")
    bibtex = panel(html, "bibtex")
    assert bibtex.startswith("@misc{plain-2025-12-31-2,\n")
    assert "  author    = {{园林局}},\n" in bibtex
    assert bibtex.endswith("  urldate   = {____-__-__}\n}")
    ris = panel(html, "ris").splitlines()
    assert (ris[0], ris[-1]) == ("TY  - DATA", "ER  - ")
    assert "Y2  - ____/__/__" in ris
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in ris)


def test_what_tex_takes_for_commands_is_spelled_out(site: Path) -> None:
    html = read(site, "/dataset/hostile/")
    assert r"\&amp;\{\{7*7\}\}" in panel(html, "bibtex")


def test_the_limit_that_the_page_names_is_the_one_in_force() -> None:
    assert taking.MOST == LARGEST


def catalogue(*datasets: object) -> Catalogue:
    portal = {
        "name": "小城平台", "name_en": "Town", "city": "小城", "city_en": "Town", "profile": "suzhou",
        "url": "https://data.example.org", "jurisdictions": [{"name": "小城", "authority": "数据局"}],
        "contact": {"office": "组"},
    }  # fmt: skip
    stone = {"id": "gone", "title": "旧数据", "department": "ylj", "date": "2026-11-05", "reason": "侵犯权益"}
    whole = {"portal": portal, "departments": [], "domains": [], "datasets": datasets, "tombstones": [stone]}
    return Catalogue.model_validate(whole)


def test_happenings_come_newest_first_and_on_the_day_that_the_records_tell() -> None:
    def review(day: str, covers: str) -> dict[str, str]:
        return {"kind": "security", "date": day, "result": "passed", "by": "岗", "covers": covers * 64}

    reviewed = an_entry(
        "aa",
        reviews=[review("2026-01-10", "a"), review("2026-11-03", "b")],
        changes=[{"date": "2026-11-04", "kind": "corrected", "of": ["rows"], "ground": "更正三行"}],
        open_type_history=[{"date": "2026-01-02", "from": "conditional", "to": "unconditional", "ground": "评估后"}],
    )
    facts = DatasetFacts.model_validate(
        {
            "id": "aa", "digest": "b" * 64, "release": "2026-10-31", "note": "十月数据",
            "releases": [{"release": "2025-12-31", "digest": "a" * 64, "note": "首次发布"}],
        }
    )  # fmt: skip
    found = happenings(catalogue(reviewed, an_entry("unreviewed")), {"aa": facts})
    assert [(one.day, one.kind, one.id, one.release) for one in found] == [
        (date(2026, 11, 5), "withdrawn", "gone", ""),
        (date(2026, 11, 4), "change", "aa", ""),
        (date(2026, 11, 3), "release", "aa", "2026-10-31"),
        (date(2026, 1, 10), "opened", "aa", "2025-12-31"),
        (date(2026, 1, 2), "type", "aa", ""),
    ]
    assert found[2].note == "十月数据"


def test_the_log_has_a_page_for_each_month_and_department(site: Path) -> None:
    whole = read(site, "/changes/")
    for address in ("/changes/2026-10/", "/changes/department/ylj/"):
        assert f'href="{address}"' in whole
        assert "理由丑" in read(site, address)
    assert "备案号丁卯" in read(site, "/en/changes/2026-10/")
