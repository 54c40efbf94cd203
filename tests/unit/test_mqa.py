"""The self-score: weights of the methodology, points counted by hand on a small catalogue."""

from __future__ import annotations

import pytest

from portal.dcat.describe import Describer
from portal.mqa import BAND_NAMES, DIMENSIONS, MAXIMUM, METRICS, mqa
from tests.samples import a_catalogue
from tests.unit.exports.town import CATALOGUE, CONDITIONAL, FACTS, OPEN, SERVICE, WILD

WEIGHTS = {"findability": 100, "accessibility": 100, "interoperability": 110, "reusability": 75, "contextuality": 20}


def test_the_weights_are_those_of_the_methodology() -> None:
    assert MAXIMUM == 405
    assert {name: sum(one.maximum for one in METRICS if one.dimension == name) for name in DIMENSIONS} == WEIGHTS


def test_an_open_dataset_with_everything_loses_only_what_its_files_are() -> None:
    score = mqa(a_catalogue(OPEN), FACTS)
    lost = {line.key: line.points for line in score.lines if line.points < line.maximum}
    # Of eleven files (five formats of two tables, and the zip) XLSX is proprietary twice, and a zip is no data.
    assert lost == {"non-proprietary": round(20 * 9 / 11, 2), "machine-readable": round(20 * 10 / 11, 2)}
    assert score.points == pytest.approx(405 - 20 * 2 / 11 - 20 / 11, abs=0.1)
    assert (score.band, score.datasets, score.files) == ("excellent", 1, 11)


def test_a_dataset_without_files_earns_nothing_for_files() -> None:
    score = mqa(a_catalogue(OPEN, CONDITIONAL), FACTS)
    lines = {line.key: line for line in score.lines}
    assert lines["keyword"].points == 30
    assert lines["temporal"].points == 10  # the conditional one says no period
    assert lines["access-url"].points == 25
    assert lines["download-url"].points == 10
    assert lines["issued"].points == 2.5  # no review, no day
    assert (lines["download-url"].short, lines["download-url"].missing) == (1, ("full-codes",))
    assert lines["dcat-ap"].points == 30


def test_an_interface_elsewhere_is_not_taken_for_reachable() -> None:
    lines = {line.key: line.share for line in mqa(a_catalogue(SERVICE), FACTS).lines}
    assert lines["access-url"] == 0
    assert lines["licence"] == 1
    assert lines["licence-vocabulary"] == 1
    assert lines["download-url"] == 0


def test_a_licence_of_one_s_own_is_a_licence_outside_the_table() -> None:
    lines = {line.key: line.share for line in mqa(a_catalogue(WILD), FACTS).lines}
    assert lines["licence"] == 1
    assert lines["licence-vocabulary"] == 0


def test_what_breaks_the_standard_loses_its_points(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Describer.dataset

    def without_title(self: Describer, dataset: object) -> object:
        described = whole(self, dataset)  # type: ignore[arg-type]
        first = described.nodes[0]
        cut = first._replace(statements=tuple(one for one in first.statements if one[0] != "dct:title"))
        return type(described)((cut, *described.nodes[1:]), described.uses)

    monkeypatch.setattr(Describer, "dataset", without_title)
    lines = {line.key: line for line in mqa(a_catalogue(OPEN), FACTS).lines}
    assert lines["dcat-ap"].points == 0


def test_nothing_published_scores_nothing() -> None:
    score = mqa(a_catalogue(OPEN).model_copy(update={"datasets": ()}), {})
    assert (score.points, score.band, score.datasets) == (0, "bad", 0)


def test_points_add_up_and_every_band_has_a_name() -> None:
    score = mqa(CATALOGUE, FACTS)
    assert score.points == pytest.approx(sum(line.points for line in score.lines), abs=0.06)
    assert score.band in BAND_NAMES
    assert all(0 <= line.share <= 1 for line in score.lines)
