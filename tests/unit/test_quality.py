"""Scores: each share by hand, no figure without a reason, nothing rounded up, the same bytes for the same input."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from portal.facts import ColumnFacts, DatasetFacts, Download, QualityScore, ReleaseFacts, TableFacts
from portal.model import Dataset
from portal.problems import Problem
from portal.profile import load_profile
from portal.quality import Evidence, Relative, score
from tests.catalogues import ENTRY, changed

PROFILE = load_profile("suzhou")
TODAY = date(2026, 11, 22)


def entry(**changes: Any) -> Dataset:
    return Dataset.model_validate({"id": "parks", "department": "ylj", **changed(ENTRY, changes)})


def facts(rows: int = 100, nulls: tuple[int, int, int] = (0, 0, 0), **more: Any) -> DatasetFacts:
    names = ("编号", "名称", "面积")
    columns = tuple(ColumnFacts(name=n, nulls=k, distinct=1) for n, k in zip(names, nulls, strict=True))
    table = TableFacts.of(name="parks", title="公园", rows=rows, columns=columns, preview=(), sources=())
    return DatasetFacts(id="parks", digest="d", release="2025-12-31", tables=(table,), **more)


def release_of(rows: int) -> ReleaseFacts:
    download = Download(
        name="parks.csv", format="csv", media_type="text/csv", bytes=1, sha256="0", table="parks", rows=rows
    )
    return ReleaseFacts(release="2024-12-31", digest="e", downloads=(download,))


def scored(dataset: Dataset, found: DatasetFacts, **more: Any) -> dict[str, tuple[float | None, list[str]]]:
    told = score(Evidence(dataset, found, **more), PROFILE, TODAY)
    return {one.name: (one.score, [reason.code for reason in one.reasons]) for one in told.dimensions}


def whole(dataset: Dataset, found: DatasetFacts, **more: Any) -> QualityScore:
    return score(Evidence(dataset, found, **more), PROFILE, TODAY)


def test_a_plain_set_without_a_fault() -> None:
    told = scored(entry(), facts())
    assert told == {
        "completeness": (100.0, ["cells", "no-exempted"]),
        "accuracy": (100.0, ["rules", "keyed", "no-finding"]),
        "timeliness": (100.0, ["on-time"]),
        "consistency": (None, ["nothing-related"]),
    }
    assert whole(entry(), facts()).overall == 100.0


def test_empty_cells_count_with_and_without_a_written_reason() -> None:
    assert scored(entry(), facts(nulls=(0, 20, 10)))["completeness"] == (
        90.0,
        ["cells", "no-exempted", "empty", "empty"],
    )
    allow = [{"rule": "empty-value", "field": "名称", "reason": "早年没有名称", "until": "2027-12-31"}]
    told = whole(entry(allow=allow), facts(nulls=(0, 20, 10))).dimensions[0]
    assert (told.score, [one.code for one in told.reasons]) == (90.0, ["cells", "exempted", "empty"])
    assert told.reasons[1].text == "空值在 1 个写明理由的列中：名称，共 20 个，已计入得分。"


@pytest.mark.parametrize(
    ("before", "note", "expected"),
    [
        (80, None, (100.0, "rows-more")),
        (100, None, (100.0, "rows-more")),
        (200, None, (50.0, "rows-fewer")),
        (200, "撤销的公园不再列入", (100.0, "rows-explained")),
    ],
)
def test_rows_that_went_away_need_a_word(before: int, note: str | None, expected: tuple[float, str]) -> None:
    points, codes = scored(entry(), facts(releases=(release_of(before),)), note=note)["completeness"]
    assert (points, codes[-1]) == expected


def test_doubtful_values_count_each_and_hundred_means_all() -> None:
    problem = Problem("percent-range", "p", values={"count": "1"}, level="warning", dataset="parks", field="面积")
    told = scored(entry(), facts(rows=1_000_000), problems=[problem])
    assert told["accuracy"] == (99.9, ["rules", "keyed", "finding"])
    other = Problem("series-split", "p", level="warning", dataset="parks")
    assert scored(entry(), facts(), problems=[other])["accuracy"][0] == 100.0


def test_consistency_is_the_mean_of_what_relates() -> None:
    half = Relative("ponds", bound=90, rows=10, matched=5)
    assert scored(entry(), facts(), relations=[half])["consistency"] == (50.0, ["relation"])
    told = scored(entry(), facts(), relations=[half], rules=["开工日期 ≤ 竣工日期"])["consistency"]
    assert told == (75.0, ["checks", "relation"])
    back = Relative("ponds", bound=90, either=True, rows=10, matched=5, back_rows=4, back_matched=4)
    assert scored(entry(), facts(), relations=[back])["consistency"] == (100.0, ["relation-back"])
    enough = Relative("ponds", bound=5, rows=100, matched=6)
    assert scored(entry(), facts(), relations=[enough])["consistency"] == (100.0, ["relation"])
    free = Relative("ponds", rows=10, matched=5)
    told = scored(entry(), facts(), relations=[free, Relative("secrets")])["consistency"]
    assert told == (None, ["relation-unscored", "relation-unverified", "nothing-related"])


def test_two_spellings_are_no_consistency() -> None:
    problem = Problem("spelling-variants", "p", values={"count": "3"}, level="warning", dataset="parks", field="名称")
    assert scored(entry(), facts(), problems=[problem])["consistency"] == (99.0, ["finding"])


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"data_date": "2025-11-01"}, (100.0, "on-time")),  # due 2026-11-01, within the grace
        ({"data_date": "2024-12-31"}, (10.6, "late")),  # due 2025-12-31, 326 of 365 days late
        ({"data_date": "2020-12-31"}, (0.0, "late")),
        ({"status": "static", "static_reason": "来源停止更新"}, (None, "static")),
        ({"update_frequency": "irregular"}, (None, "no-rhythm")),
    ],
)
def test_points_go_with_the_days_it_is_late(changes: dict[str, Any], expected: tuple[float | None, str]) -> None:
    points, codes = scored(entry(**changes), facts())["timeliness"]
    assert (points, codes[0]) == expected


def test_what_is_not_public_has_no_score_of_its_content() -> None:
    conditional = entry(open_type="conditional", files=None)
    found = whole(conditional, DatasetFacts(id="parks", digest="", release="2025-12-31"))
    assert found.overall is None
    assert [one.score for one in found.dimensions] == [None, None, 100.0, None]


def test_no_figure_without_a_reason_and_both_languages_are_whole() -> None:
    told = whole(entry(), facts(nulls=(0, 1, 0)), relations=[Relative("ponds", bound=90, rows=3, matched=1)])
    for one in told.dimensions:
        assert one.reasons
        for reason in one.reasons:
            assert "{" not in reason.text + reason.text_en
    assert told == whole(entry(), facts(nulls=(0, 1, 0)), relations=[Relative("ponds", bound=90, rows=3, matched=1)])
