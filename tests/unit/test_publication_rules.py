"""Rules about policies, news, plans, results and violations: each says exactly what its broken example expects."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.catalogue import read_catalogue
from portal.publications import PlanItem, Violation
from portal.settings import CODE
from portal.wording import publications
from tests.catalogues import lay_mended, make_catalogue, settings_for
from tests.unit.test_bad_examples import problems_of, report_of

BAD = CODE / "tests" / "bad"


@pytest.mark.parametrize("rule", sorted(publications.WORDING))
def test_example_says_what_is_expected(rule: str, tmp_path: Path) -> None:
    text = report_of(BAD / rule, tmp_path, "zh")
    assert text == (BAD / rule / "expected.txt").read_text("utf-8")
    assert f"[{rule}]" in text


@pytest.mark.parametrize("rule", sorted(set(publications.WORDING) - {"violation-not-public"}))
def test_the_mended_example_is_silent(rule: str, tmp_path: Path) -> None:
    assert lay_mended(BAD / rule, tmp_path)
    assert problems_of(tmp_path) == []


@pytest.mark.parametrize("rule", sorted(publications.WORDING))
def test_english_is_complete(rule: str, tmp_path: Path) -> None:
    lines = report_of(BAD / rule, tmp_path, "en").splitlines()
    assert any(f"[{rule}]" in line and "{" not in line for line in lines)


def test_a_heads_mistakes_have_the_lines_of_the_file(tmp_path: Path) -> None:
    make_catalogue(tmp_path)
    path = tmp_path / "catalog/policies/rules.md"
    path.parent.mkdir()
    path.write_text("---\ntitle: 办法（示范）\nissuer: 小城人民政府\nissued: 20250110\nnumbr: 一\n---\n正文\n", "utf-8")
    found = {(one.rule, one.line) for one in problems_of(tmp_path)}
    assert found == {("wrong-date", 4), ("unknown-key", 5)}


@pytest.mark.parametrize(
    ("raw", "rule", "line"),
    [
        (b"---\ntitle: \xb9\xdc\xc0\xed\n---\n", "yaml-not-utf8", 2),
        (b"---\ntitle: ab\nissuer: bc\nissued: 2025-01-10\n---\nab\n\xb9\xdc\n", "yaml-not-utf8", 7),
        ("---\ntitle: ab\nissuer: bc\nissued: 2025-01-10\n---\na\u202eb\n".encode(), "yaml-hidden-character", 6),
        (b"", "head-missing", 1),
        (b"---\n---\n", "head-missing", 1),
        (b"---\n- a\n---\n", "not-a-mapping-file", 2),
    ],
)
def test_strange_files_have_one_problem(raw: bytes, rule: str, line: int, tmp_path: Path) -> None:
    make_catalogue(tmp_path)
    (tmp_path / "catalog/policies").mkdir()
    (tmp_path / "catalog/policies/rules.md").write_bytes(raw)
    assert [(one.rule, one.line) for one in problems_of(tmp_path)] == [(rule, line)]


def test_what_does_not_belong_there_is_told_and_notes_are_not(tmp_path: Path) -> None:
    make_catalogue(tmp_path)
    folder = tmp_path / "catalog/showcase"
    folder.mkdir()
    for name in ("README.md", ".keep", "photo.jpg", "Big Name.yml"):
        (folder / name).write_text("x", "utf-8")
    (tmp_path / "catalog/news").symlink_to(tmp_path / "elsewhere")
    found = {(one.rule, one.path) for one in problems_of(tmp_path)}
    assert found == {
        ("stray-file", "catalog/showcase/photo.jpg"),
        ("bad-file-name", "catalog/showcase/Big Name.yml"),
        ("yaml-not-regular", "catalog/news"),
    }


def test_a_link_is_never_followed(tmp_path: Path) -> None:
    make_catalogue(tmp_path)
    (tmp_path / "catalog/policies").mkdir()
    (tmp_path / "secret.md").write_text("---\ntitle: ab\nissuer: bc\nissued: 2025-01-10\n---\n", "utf-8")
    (tmp_path / "catalog/policies/rules.md").symlink_to(tmp_path / "secret.md")
    assert [one.rule for one in problems_of(tmp_path)] == ["yaml-not-regular"]
    assert read_catalogue(settings_for(tmp_path)).catalogue.policies == ()


def test_the_last_day_of_a_quarter() -> None:
    days = [str(PlanItem(title="四个字的", department="ylj", due=f"2026-Q{n}").last_day) for n in range(1, 5)]
    assert days == ["2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31"]


@pytest.mark.parametrize(
    ("who", "masked"),
    [
        ("张某", True),
        ("李某某", True),
        ("王**", True),
        ("欧阳某", True),
        ("王小明", False),
        ("某人", False),
        ("张某明", False),
    ],
)
def test_a_person_is_masked(who: str, masked: bool) -> None:
    told = {"category": "违规", "facts": "事实事实", "measure": "限制", "by": "平台", "decision": "一号"}
    days = {"since": "2026-10-01", "until": "2026-12-31"}
    assert Violation.model_validate({"id": "v1", "who": who, "person": "true", **told, **days}).masked is masked
    assert Violation.model_validate({"id": "v1", "who": who, "person": "false", **told, **days}).masked


def test_personal_data_are_found_in_what_is_published(tmp_path: Path) -> None:
    make_catalogue(tmp_path)
    (tmp_path / "catalog/news").mkdir()
    text = "---\ntitle: 消息\nkind: news\ndate: 2026-10-01\n---\n请致电 13812345678。\n"
    (tmp_path / "catalog/news/call.md").write_text(text, "utf-8")
    found = problems_of(tmp_path)
    assert [(one.rule, one.path) for one in found] == [("personal-text", "catalog/news/call.md")]
    assert "13812345678" not in str(found)
