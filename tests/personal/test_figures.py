"""Recall and precision on the labelled corpus, with floors; docs/personal-data.md tells the same figures."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from portal.personal import find
from portal.settings import CODE
from tests.personal.lookalikes import day_serials
from tests.personal.measure import NUMBER, Figures, figures, real_tables, scanned

FLOOR = 0.99


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Figures], dict[tuple[str, str], int]]:
    return figures(tmp_path_factory.mktemp("corpus"))


def test_every_kind_is_found_and_little_else(measured: tuple[dict[str, Figures], object]) -> None:
    told, _ = measured
    low = {name: one for name, one in told.items() if one.recall < FLOOR or one.precision < FLOOR}
    assert low == {}
    assert all(one.true == NUMBER for one in told.values())


def test_the_docs_tell_what_was_measured(measured: tuple[dict[str, Figures], object]) -> None:
    told, _ = measured
    page = (CODE / "docs" / "personal-data.md").read_text("utf-8")
    rows = re.findall(r"^\| ([^|]+?) \| (\d+) \| (\d+) \| [\d.]+ \| (\d+) \|", page, re.MULTILINE)
    assert {name: (int(true), int(found), int(false)) for name, true, found, false in rows} == {
        name: tuple(one) for name, one in told.items()
    }


def test_the_published_tables_have_no_hit(tmp_path: Path) -> None:
    found = {name: len(scanned(tmp_path, rows, header)) for name, (header, *rows) in real_tables()}
    assert len(found) > 25
    assert sum(found.values()) == 0


def test_serials_of_region_and_day_are_ids_one_time_in_eleven() -> None:
    """The check digit alone tells them from ids: such a column needs an exception, as the docs say."""
    cells = day_serials(2200)
    hits = [cell for cell in cells if find(cell)]
    assert 0.06 < len(hits) / len(cells) < 0.12


def test_the_corpus_does_not_know_the_scanner() -> None:
    for name in ("corpus", "lookalikes"):
        tree = ast.parse((Path(__file__).parent / f"{name}.py").read_text("utf-8"))
        modules = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        modules += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
        assert not [one for one in modules if one.startswith(("portal", "tests"))]
