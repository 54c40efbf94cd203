"""The portal's own score: what earns a yes, what must be a no, and a whole small portal that scores itself."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console

from portal import pipeline
from portal.counts.figures import count_all
from portal.counts.history import FIGURES
from portal.counts.inputs import NO_INPUTS, Inputs
from portal.mqa import mqa
from portal.profile import load_profile
from portal.progress import Progress
from portal.scorecard import Ground, Scorecard, score_portal, scorecard_json
from portal.scorecard.dwbp import PRACTICES
from portal.scorecard.opendata import INDICATORS
from portal.settings import CODE
from tests.catalogues import make_catalogue, settings_for
from tests.unit import test_counts as town

Here = Callable[[str], bool]


def card(here: Here, *, inputs: Inputs = NO_INPUTS, today: date = town.TODAY) -> Scorecard:
    counts = count_all(town.catalogue(), town.FACTS, load_profile("suzhou"), today, inputs)
    return score_portal(Ground(counts, here, "r1"), mqa(town.catalogue(), town.FACTS))


def verdicts(told: Scorecard, scale: int = 0) -> dict[str, bool]:
    return {line.key: line.yes for line in told.scales[scale].lines}


def test_there_are_35_practices_and_17_indicators_in_order() -> None:
    assert [one.key for one in PRACTICES] == [str(n) for n in range(1, 36)]
    assert len(INDICATORS) == 17
    assert len({one.title.zh for one in (*PRACTICES, *INDICATORS)}) == 52


def test_with_every_page_there_what_the_catalogue_lacks_is_still_a_no() -> None:
    told = verdicts(card(lambda _: True))
    assert not told["2"]  # no dataset of this town has keywords
    assert told["4"]  # every dataset names a licence
    assert not told["7"]  # nothing is registered
    assert not told["10"]  # codes, not web addresses
    assert not told["11"]  # no earlier release
    assert told["19"]  # the front reads Accept
    assert told["20"]  # an API and a daily set
    assert not told["21"]  # one is overdue
    assert not told["30"]  # nothing told of feedback
    assert told["35"]


def test_a_page_that_is_not_there_is_a_no_and_is_named() -> None:
    told = card(lambda address: address != "/quality/")
    line = next(one for one in told.scales[0].lines if one.key == "6")
    assert (line.yes, line.missing) == (False, ("/quality/",))
    assert "/dataset/fresh/quality.json" in line.links or "/dataset/late/quality.json" in line.links
    assert verdicts(card(lambda _: True))["6"]
    assert not any(verdicts(card(lambda _: False)).get(key) for key in ("1", "6", "17", "25"))


def test_what_is_served_beside_the_pages_counts_as_there() -> None:
    assert verdicts(card(lambda _: False))["29"]  # /forms/
    assert verdicts(card(lambda _: False))["24"]  # /openapi.json


def test_results_and_time_change_the_answers() -> None:
    assert verdicts(card(lambda _: True, inputs=Inputs(feedback=())))["30"]
    early = card(lambda _: True, today=date(2026, 11, 3))  # within the grace of the daily set, and in the term? no
    assert verdicts(early)["21"]
    assert not verdicts(early, 1)["准备度 1"]  # the basis ran out on 2026-10-31
    assert verdicts(card(lambda _: True, today=date(2026, 10, 31)), 1)["准备度 1"]


def test_the_sum_is_told_in_a_line_and_as_a_file() -> None:
    told = card(lambda _: True)
    zh, en = told.line()
    yes = sum(verdicts(told).values())
    assert re.fullmatch(rf"自评：MQA [\d.]+/405，W3C DWBP {yes}/35，开放数林 \d+/17（/about/score/）", zh)
    assert en.startswith("self-score: MQA ")
    tree = json.loads(scorecard_json(told, "https://data.example.org"))
    assert tree["dwbp"]["yes"] == yes
    assert tree["mqa"]["maximum"] == 405
    assert tree["dwbp"]["lines"][0]["links"][0].startswith("https://data.example.org/dataset/")


# --- a whole portal


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_catalogue(tmp_path_factory.mktemp("town"))
    settings = settings_for(root)
    told = io.StringIO()
    first = pipeline.build(settings, Progress("zh", Console(file=told, width=500)))
    second = pipeline.build(settings, Progress("zh", Console(file=io.StringIO())))
    (root / "told.txt").write_text(told.getvalue(), "utf-8")
    assert first.release == second.release  # today's row is counted anew, so a second build of a day is the same
    return root


def test_a_build_prints_and_publishes_its_score(built: Path) -> None:
    assert re.search(r"自评：MQA [\d.]+/405，W3C DWBP \d+/35，开放数林 \d+/17", (built / "told.txt").read_text("utf-8"))
    site = built / "_build/live/site"
    for page in ("about/score", "en/about/score"):
        assert "405" in (site / page / "index.html").read_text("utf-8")
    score = json.loads((site / "about/score.json").read_text("utf-8"))
    linked = [link for key in ("dwbp", "opendata") for line in score[key]["lines"] for link in line["links"]]
    assert linked
    for link in linked:
        path = link.removeprefix("https://data.example.org").split("#")[0].lstrip("/")
        assert path.startswith(("forms/", "data/", "openapi.json")) or (site / path).exists(), link
    sitemaps = "".join(path.read_text("utf-8") for path in site.glob("sitemap*.xml"))
    assert "https://data.example.org/about/score/" in sitemaps


def test_a_build_writes_its_figures_and_one_row_a_day(built: Path) -> None:
    site = built / "_build/live/site"
    assert (site / "statistics/totals.csv").read_text("utf-8").splitlines()[1] == "sets,数据集,Datasets,1"
    assert (site / "quality/ylj/overdue.csv").is_file()
    rows = (built / "var" / FIGURES).read_text("utf-8").splitlines()
    assert [json.loads(row)["date"] for row in rows] == ["2026-11-22"]
    assert json.loads(rows[0])["rows"] == 3


# --- docs/features.md


FEATURES = (CODE / "docs" / "features.md").read_text("utf-8")
SERVED = ("/forms/", "/data/", "/openapi.json")


def test_every_feature_has_its_row_and_an_answer() -> None:
    rows = re.findall(r"^\| (\d+) \| ([^|]+) \| (\w+) \| ([^|]+) \|$", FEATURES, re.MULTILINE)
    assert [int(number) for number, *_ in rows] == list(range(1, 115))
    assert {answer for _, _, answer, _ in rows} == {"yes", "partly", "no"}
    assert all(len(where.strip()) > 2 for *_, where in rows)


def test_every_address_that_the_features_name_is_there(built: Path) -> None:
    site = built / "_build/live/site"
    named = set(re.findall(r"`(/[^`]*)`", FEATURES))
    assert len(named) > 50
    for address in sorted(named):
        path = address.replace("<id>", "parks").replace("<department>", "ylj")
        place = site / path.lstrip("/")
        there = (place / "index.html").is_file() if path.endswith("/") else place.is_file()
        assert there or path.startswith(SERVED), address
