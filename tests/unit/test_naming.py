"""Names are judged as people read them: what they show, how alike they are, and in which city that counts."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bench.generate import make_catalogue
from portal.catalogue import read_catalogue
from portal.checks.judging import check_entries
from portal.checks.likeness import Name, areas_in, core, likeness, overlap, too_alike
from portal.checks.pinyin import initials, looks_like_initials, stands_for
from portal.profile import load_profile
from portal.settings import CODE
from tests.catalogues import DEPARTMENT, ENTRY, PORTAL, changed, dump, settings_for, write_entry

Make = Callable[..., Path]
MOST = load_profile("shanghai").naming.similarity_max


def rules_of(root: Path, prefix: str = "title-") -> list[tuple[str, str]]:
    settings = settings_for(root)
    found = check_entries(read_catalogue(settings), settings)
    return [(one.dataset or "", one.rule) for one in found if one.rule.startswith(prefix)]


@pytest.mark.parametrize(
    ("title", "areas", "left"),
    [
        ("苏州市普通高等学校名单（2024年）", ("苏州市", "苏州"), "普通高等学校"),
        ("全国普通高等学校名录", (), "普通高等学校"),
        ("2023年全市公园基本信息一览表", (), "公园"),
        ("公园名录（2025年第三季度）", (), "公园"),
        ("PM2.5浓度监测数据", (), "pm浓度监测"),
        ("數據明細", (), "数据明细"),  # nothing else is left: better alike than empty
    ],
)
def test_what_is_left_of_a_name(title: str, areas: tuple[str, ...], left: str) -> None:
    assert core(title, areas) == left


@pytest.mark.parametrize(
    ("spatial", "names"),
    [
        ("江苏省苏州市姑苏区", {"江苏省", "苏州市", "姑苏区", "江苏", "苏州", "姑苏"}),
        ("江苏省苏州市苏州工业园区", {"江苏省", "苏州市", "苏州工业园区", "江苏", "苏州", "苏州工业园"}),
        ("上海证券交易所", {"上海证券交易所"}),
        ("全国（不含港澳台）", {"全国"}),
    ],
)
def test_places_in_an_area(spatial: str, names: set[str]) -> None:
    assert set(areas_in(spatial)) == names


@pytest.mark.parametrize(
    ("one", "other", "same_ground"),
    [
        ("江苏省苏州市", "江苏省", True),
        ("江苏省苏州市姑苏区", "江苏省苏州市", True),
        ("江苏省苏州市姑苏区", "江苏省苏州市吴江区", False),
        ("全国（不含港澳台）", "江苏省苏州市", True),
        ("", "江苏省苏州市", True),
    ],
)
def test_areas_that_share_ground(one: str, other: str, same_ground: bool) -> None:
    assert overlap(one, other) is same_ground
    assert overlap(other, one) is same_ground


def test_likeness_by_hand() -> None:
    # 公园名 / 公园面: pairs 公园 园名 and 公园 园面: one shared of two and two
    assert likeness("公园名", "公园面") == 0.5
    assert likeness("食品经营许可", "药品经营许可") == pytest.approx(0.8)
    assert likeness("公园", "公园") == 1


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["苏州市公园名录（2024年）", "苏州市公园名单（2025年）"], True),
        (["苏州市公园名录", "苏州市城市公园基本信息"], False),
        (["苏州市食品经营许可信息", "苏州市药品经营许可信息"], False),
        (["苏州市一般公共预算收入", "苏州市一般公共预算支出"], False),
        (["苏州市公共厕所分布", "苏州市公共厕所分布情况（新版）"], True),
    ],
)
def test_which_names_are_too_alike(names: list[str], found: bool) -> None:
    here = [Name(str(number), title, "江苏省苏州市") for number, title in enumerate(names)]
    assert bool(list(too_alike(here, (), MOST))) is found


def other(title: str, **changes: Any) -> dict[str, Any]:
    files = [{**ENTRY["files"][0], "path": "gardens.csv"}]
    return changed(ENTRY, {"title": title, "files": files, **changes})


@pytest.mark.parametrize(
    ("title", "note", "found"),
    [
        ("城区公园名单（2024年）", None, [("gardens", "title-similar")]),
        ("城区公园名单（2024年）", {"parks": "不同"}, [("gardens", "title-similar")]),  # says nothing
        ("城区公园名单（2024年）", {"parks": "2024 年的数据，编号规则与 2025 年不同"}, []),
        ("城区公园名录（2025 年）", {"parks": "另一套编号"}, [("gardens", "title-duplicate")]),  # no note helps
        ("城区公园面积统计（2025年）", None, []),
    ],
)
def test_similar_names(title: str, note: Any, found: list[tuple[str, str]], tiny_catalogue: Make) -> None:
    root = tiny_catalogue()
    period = {"from": "2024-01-01", "to": "2025-12-31"}
    write_entry(root, "ylj", "gardens", other(title, distinguished_from=note, temporal=period), reviewed=False)
    assert rules_of(root) == found


def test_each_of_a_group_needs_one_note(tiny_catalogue: Make) -> None:
    """Three names alike: two notes lead from each to the others; the fourth without a note is told."""
    root = tiny_catalogue(temporal={"from": "2022-01-01", "to": "2025-12-31"})
    for number, note in ((2022, {"parks": "2022 年数据"}), (2023, {"parks-2022": "2023 年数据"}), (2024, None)):
        entry = other(f"城区公园名录（{number}年）", distinguished_from=note, temporal=None)
        write_entry(root, "ylj", f"parks-{number}", entry, reviewed=False)
    assert rules_of(root) == [("parks-2024", "title-similar")]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"title": "公园名录"}, ["title-parts"]),
        ({"title": "公园名录", "name_parts": {"time": "2025年", "area": "苏州市"}}, []),
        ({"title": "公园名录", "name_parts": {"not_applicable": "现行名录，不限时间和地域"}}, []),
        ({"title": "公园名录（2025年）", "name_parts": {"not_applicable": "没有"}}, ["title-parts"]),
        ({"title": "苏州绿化一览（2025年）"}, ["title-parts"]),  # no data item has a word of it
        ({"title": "姑苏区公园名录（2025年）", "spatial": "江苏省苏州市姑苏区"}, []),
        ({"title": "城区公园名录（2024年）"}, ["title-time"]),
        ({"title": "城区公园名录（2020—2025年）"}, ["title-time"]),
        ({"title": "城区公园名录（2025年）", "temporal": None}, []),
        ({"title": "城区公园（" + "名" * 33 + "，2025年）"}, ["title-too-long"]),
    ],
)
def test_what_a_name_shows(change: dict[str, Any], found: list[str], tiny_catalogue: Make) -> None:
    assert [rule for _, rule in rules_of(tiny_catalogue(**change))] == found


def test_the_demonstration_differs_as_measured() -> None:
    """Pairs that departments told apart score 1, the next pair is far below the threshold."""
    catalogue = read_catalogue(settings_for(CODE)).catalogue
    names = [Name(one.id, one.title, one.spatial or "") for one in catalogue.datasets]
    alike = {(pair.first, pair.second): pair.likeness for pair in too_alike(names, ("苏州市", "苏州"), 0.5)}
    told = {tuple(sorted((one.id, name))) for one in catalogue.datasets for name in one.distinguished_from or {}}
    high = {tuple(sorted(pair)) for pair, score in alike.items() if score >= MOST}
    assert len(high) >= 6
    assert high <= told
    assert max(score for pair, score in alike.items() if tuple(sorted(pair)) not in high) < 0.6


def test_two_thousand_names_in_half_a_second() -> None:
    names = [Name(one.id, one.title, one.spatial or "") for one in make_catalogue(2000, columns=4).datasets]
    begin = time.process_time()
    found = list(too_alike(names, ("苏州市", "苏州"), MOST))
    assert time.process_time() - begin < 0.5
    assert len(found) > 100


@pytest.mark.parametrize(
    ("text", "letters"),
    [("民政局", "mzj"), ("社区矫务", "sqjw"), ("身份证号", "sfzh"), ("臺灣", "tw"), ("A座", ".z"), ("鑫", ".")],
)
def test_first_letters(text: str, letters: str) -> None:
    assert initials(text) == letters


def test_which_words_letters_stand_for() -> None:
    assert stands_for("mzj", "苏州市民政局数据岗") == "民政局"
    assert stands_for("MZJ", "苏州市民政局") == "民政局"
    assert stands_for("gaj", "苏州市民政局") is None


@pytest.mark.parametrize(
    ("letters", "yes"), [("sqjw", True), ("xml", True), ("km", False), ("park", False), ("MZJ", False)]
)
def test_letters_that_look_like_initials(letters: str, yes: bool) -> None:
    assert looks_like_initials(letters) is yes


@pytest.mark.parametrize(
    ("contact", "found"),
    [
        ({"office": "园林局信息中心"}, []),
        ({"office": "王府井街道"}, []),
        ({"office": "高新区管委会"}, []),
        ({"office": "张三"}, ["contact-private"]),
        ({"office": "欧阳修远"}, ["contact-private"]),
        ({"office": "李老师（园林局）"}, ["contact-private"]),
        ({"office": "张科长"}, ["contact-private"]),
        ({"office": "园林局信息中心", "phone": "0512-65221234"}, []),
        ({"office": "园林局信息中心", "phone": "12345"}, []),
        ({"office": "园林局信息中心", "phone": "１３８ ００１３ ８０００"}, ["contact-private"]),
        ({"office": "园林局信息中心", "phone": "+86 138-0013-8000"}, ["contact-private"]),
        ({"office": "园林局信息中心", "email": "13800138000@example.org"}, ["contact-private"]),
    ],
)
def test_contacts(contact: dict[str, str], found: list[str], tiny_catalogue: Make) -> None:
    assert [rule for _, rule in rules_of(tiny_catalogue(contact=contact), "contact-private")] == found


def test_contacts_of_departments_and_of_the_portal(tiny_catalogue: Make) -> None:
    root = tiny_catalogue()
    person = {"office": "张三"}
    (root / "catalog/portal.yml").write_text(dump({**PORTAL, "contact": person}), "utf-8")
    (root / "catalog/ylj/department.yml").write_text(dump({**DEPARTMENT, "contact": person}), "utf-8")
    assert len(rules_of(root, "contact-private")) == 2
