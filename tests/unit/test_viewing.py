"""portal/viewing: the numbers behind charts and maps, against counts by hand and by SQLite itself."""

from __future__ import annotations

import random
import sqlite3
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from portal.derive import derive_tables
from portal.facts import ViewFacts
from portal.viewing import derive_views
from tests.tabular import csv_text, entry, load

Rows = list[list[str]]


def viewed(
    folder: Path, columns: dict[str, str], rows: Rows, views: list[dict[str, Any]], names: Any = ()
) -> list[ViewFacts]:
    folder.mkdir(exist_ok=True)
    dataset = entry(columns, views=views)
    database, prepared = load(folder, dataset, [csv_text(columns, rows)])
    return list(derive_views(database, dataset, derive_tables(database, dataset, prepared), names))


def one(folder: Path, columns: dict[str, str], rows: Rows, **view: Any) -> ViewFacts:
    (found,) = viewed(folder, columns, rows, [{"title": "图", **view}])
    return found


TREES = {"区": "string", "树种": "string", "株数": "integer", "植于": "date"}
PLANTED = [
    ["东区", "香樟", "30", "2024-01-15"],
    ["西区", "银杏", "5", "2024-01-31"],
    ["东区", "银杏", "10", "2024-02-01"],
    ["北区", "香樟", "", "2024-04-02"],
    ["", "香樟", "7", "2025-12-31"],
    ["西区", "香樟", "20", ""],
]


def test_bars_count_rows_largest_first_and_tell_what_has_no_group(tmp_path: Path) -> None:
    found = one(tmp_path, TREES, PLANTED, kind="bar", group="区", value="count")
    assert found.kind == "bar"
    assert found.rows == (("东区", 2), ("西区", 2), ("北区", 1))
    assert (found.measure, found.counted, found.empty, found.groups, found.rest) == ("count", 5, 1, 3, None)
    assert [column.title for column in found.columns] == ["区", "行数"]


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (None, (("东区", 40), ("西区", 25))),
        ("mean", (("东区", 20), ("西区", 12.5))),
        ("max", (("东区", 30), ("西区", 20))),
    ],
)
def test_bars_join_values_as_asked(tmp_path: Path, measure: str | None, expected: tuple[Any, ...]) -> None:
    more = {"measure": measure} if measure else {}
    found = one(tmp_path, TREES, PLANTED, kind="bar", group="区", value="株数", **more)
    assert found.rows == expected  # 北区 has no number of trees, one row no 区
    assert (found.counted, found.empty) == (4, 2)


def test_bars_stand_in_the_order_asked_for(tmp_path: Path) -> None:
    rows = [["10-14"], ["5-9"], ["5-9"], ["0-4"]]
    assert [row[0] for row in one(tmp_path, {"组": "string"}, rows, kind="bar", group="组", order="file").rows] == ["10-14", "5-9", "0-4"]  # fmt: skip
    assert [row[0] for row in one(tmp_path, {"组": "string"}, rows, kind="bar", group="组", order="group").rows] == ["0-4", "10-14", "5-9"]  # fmt: skip


def test_of_many_groups_the_largest_are_drawn_and_the_rest_added_up(tmp_path: Path) -> None:
    rows = [[f"{n:02}", str(n)] for n in range(40)]
    found = one(tmp_path, {"组": "string", "数": "integer"}, rows, kind="bar", group="组", value="数")
    assert [row[1] for row in found.rows] == list(range(39, 14, -1))
    assert (found.groups, found.rest) == (40, sum(range(15)))
    mean = one(tmp_path, {"组": "string", "数": "integer"}, rows, kind="bar", group="组", value="数", measure="mean")
    assert mean.rest is None  # means can't be added


def test_only_the_rows_asked_for(tmp_path: Path) -> None:
    found = one(tmp_path, TREES, PLANTED, kind="bar", group="区", value="count", where={"树种": "银杏"})
    assert found.rows == (("东区", 1), ("西区", 1))


def test_a_line_of_one_value_a_day_is_told_as_it_stands(tmp_path: Path) -> None:
    rows = [["2024-01-02", "2.5"], ["2024-01-01", "1"], ["2024-01-03", ""]]
    found = one(tmp_path, {"日": "date", "值": "number"}, rows, kind="line", x="日", value="值")
    assert found.rows == (("2024-01-01", 1), ("2024-01-02", 2.5), ("2024-01-03", None))
    assert (found.measure, found.step, found.counted) == ("value", "", 3)


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("week", ("2023-12-25", "2024-01-01", "2024-02-26")),  # 2023-12-31 is a Sunday, 2024-01-01 a Monday
        ("month", ("2023-12", "2024-01", "2024-02", "2024-03")),
        ("quarter", ("2023-10", "2024-01")),
        ("year", ("2023", "2024")),
    ],
)
def test_steps_of_time(tmp_path: Path, step: str, expected: tuple[str, ...]) -> None:
    days = ["2023-12-31", "2024-01-01", "2024-01-07", "2024-02-29", "2024-03-01"]
    found = one(tmp_path, {"日": "date"}, [[day] for day in days], kind="line", x="日", value="count", step=step)
    assert tuple(row[0] for row in found.rows) == expected
    assert sum(int(row[1] or 0) for row in found.rows) == 5


def test_a_long_line_is_joined_by_the_finest_step_that_fits(tmp_path: Path) -> None:
    rows = [[f"{2000 + n // 336}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}", str(n)] for n in range(336 * 4)]
    found = one(tmp_path, {"日": "date", "值": "integer"}, rows, kind="line", x="日", value="值")
    assert (found.step, found.measure, found.counted) == ("week", "mean", 1344)
    longer = [[day.replace("200", "19" + str(n)), value] for n in (5, 6, 7) for day, value in rows]
    found = one(tmp_path, {"日": "date", "值": "integer"}, longer, kind="line", x="日", value="值")
    assert found.step == "month"
    assert found.rows[0] == ("1950-01", 13.5)  # the mean of 0 … 27
    assert len(found.rows) == 144


def test_a_part_of_the_axis(tmp_path: Path) -> None:
    rows = [["2024-01-31T08:00:00", "1"], ["2024-02-29T23:59:59", "2"], ["2024-03-01T00:00:00", "3"]]
    found = one(tmp_path, {"时": "datetime", "值": "integer"}, rows, kind="line", x="时", value="值", to="2024-02-29", **{"from": "2024-02-01"})  # fmt: skip
    assert found.rows == (("2024-02-29", 2),)


def test_a_line_for_each_value_of_a_column(tmp_path: Path) -> None:
    rows = [["2020", "男", "4"], ["2020", "女", "6"], ["2025", "女", "5"], ["2025", "", "1"]]
    found = one(tmp_path, {"年": "year", "性别": "string", "人": "integer"}, rows, kind="line", x="年", value="人", series="性别")  # fmt: skip
    assert [column.title for column in found.columns] == ["年", "女", "男"]
    assert found.rows == ((2020, 6, 4), (2025, 5, None))
    assert found.measure == "value"


def test_several_columns_of_values(tmp_path: Path) -> None:
    columns = {"年": "year", "甲": "number", "乙": "number"}
    found = one(tmp_path, columns, [["2020", "1", "2"], ["2021", "3", "4"]], kind="line", x="年", values=["甲", "乙"])
    assert found.rows == ((2020, 1, 2), (2021, 3, 4))


def test_bars_of_years_become_columns_in_their_order(tmp_path: Path) -> None:
    found = one(tmp_path, {"年": "year"}, [["2021"], ["2019"], ["2021"]], kind="bar", group="年", value="count")
    assert (found.kind, found.rows) == ("column", ((2019, 1), (2021, 2)))


def test_a_map_shows_the_rows_that_have_a_place(tmp_path: Path) -> None:
    columns = {"编号": "string", "名称": "string", "经度": "number", "纬度": "number", "人口": "integer"}
    rows = [["1", "东园", "120.5", "31.3", "10"], ["2", "西园", "120.4", "31.2", "99"], ["3", "未定", "", "31", "5"]]
    found = one(tmp_path, columns, rows, kind="map", longitude="经度", latitude="纬度", value="人口")
    assert found.rows == (("西园", 120.4, 31.2, 99, "2"), ("东园", 120.5, 31.3, 10, "1"))  # the largest first
    assert (found.counted, found.empty, found.cells) == (2, 1, ())
    assert found.box == (120.4, 31.2, 120.5, 31.3)
    (first,) = viewed(tmp_path / "b", columns, rows, [{"kind": "map", "title": "图", "longitude": "经度", "latitude": "纬度"}], ["西园"])  # fmt: skip
    assert [row[0] for row in first.rows] == ["西园", "东园"]  # named places first, then as in the file


def test_every_point_of_a_large_map_is_counted_once_in_a_cell(tmp_path: Path) -> None:
    chance = random.Random(7)
    rows = [[f"{chance.uniform(-10, 10):.4f}", f"{chance.uniform(-5, 5):.4f}"] for _ in range(5000)]
    found = one(tmp_path, {"经度": "number", "纬度": "number"}, rows, kind="map", longitude="经度", latitude="纬度")
    assert len(found.rows) == 300
    assert 100 < len(found.cells) <= 1500
    assert sum(count for _, _, count in found.cells) == 5000
    west = sum(1 for longitude, _ in rows if float(longitude) < 0)
    assert sum(count for longitude, _, count in found.cells if longitude < 0) == west


def test_figures_of_many_rows_agree_with_sqlite(tmp_path: Path) -> None:
    chance = random.Random(3)
    rows = [[f"20{chance.randrange(10, 24)}-{chance.randrange(1, 13):02}-11", chance.choice("甲乙丙丁"), f"{chance.uniform(-9, 9):.3f}"] for _ in range(20_000)]  # fmt: skip
    columns = {"日": "date", "类": "string", "值": "number"}
    bars, line = viewed(
        tmp_path,
        columns,
        rows,
        [
            {"kind": "bar", "title": "图", "group": "类", "value": "值", "measure": "mean"},
            {"kind": "line", "title": "图", "x": "日", "value": "值", "step": "quarter", "measure": "sum"},
        ],
    )
    check = sqlite3.connect(":memory:")
    check.execute("CREATE TABLE t (d, c, v REAL)")
    check.executemany("INSERT INTO t VALUES (?, ?, ?)", rows)
    means = dict(check.execute("SELECT c, avg(v) FROM t GROUP BY c"))
    assert dict(bars.rows) == pytest.approx(means)
    quarters: dict[str, float] = defaultdict(float)
    for day, _, value in rows:
        quarters[f"{day[:4]}-{(int(day[5:7]) - 1) // 3 * 3 + 1:02}"] += float(value)
    assert {str(key): value for key, value in line.rows} == pytest.approx(quarters)


def suggested(folder: Path, columns: dict[str, str], rows: Rows) -> list[tuple[str, str]]:
    found = viewed(folder, columns, rows, [])
    assert all(view.auto for view in found)
    return [(view.kind, view.view.group or view.view.x or view.view.longitude or "") for view in found]


def test_what_columns_suggest(tmp_path: Path) -> None:
    series = [[f"2024-01-{n:02}", str(n * 1.5), "甲" if n % 3 else "乙"] for n in range(1, 25)]
    assert suggested(tmp_path / "a", {"日": "date", "值": "number", "类": "string"}, series) == [
        ("line", "日"),
        ("bar", "类"),
    ]
    places = [[str(n), f"{120 + n / 10}", "31.3"] for n in range(20)]
    assert suggested(tmp_path / "b", {"编号": "string", "经度": "number", "纬度": "number"}, places) == [
        ("map", "经度")
    ]
    dated = [[str(2000 + n % 9), f"事{n}"] for n in range(30)]
    assert suggested(tmp_path / "c", {"年份": "year", "名称": "string"}, dated) == [("column", "年份")]


@pytest.mark.parametrize(
    "rows",
    [
        [["甲", "1"]] * 11,  # few rows are read in the table
        [[f"名{n}", str(n)] for n in range(50)],  # names are no categories
        [["甲" if n else "乙", "1"] for n in range(50)],  # nearly all in one
        [["甲乙"[n % 2], "1"] for n in range(50)],  # all alike
        [["", ""]] * 50,
        [],
    ],
)
def test_nothing_is_drawn_that_tells_nothing(tmp_path: Path, rows: Rows) -> None:
    assert suggested(tmp_path, {"类": "string", "编号": "integer"}, rows) == []


@pytest.mark.parametrize(
    ("empty", "drawn"),
    [(12, [("line", "少")]), (13, [("line", "多")]), (24, [("line", "多")])],
)
def test_a_series_is_drawn_of_numbers_that_are_mostly_there(
    tmp_path: Path, empty: int, drawn: list[tuple[str, str]]
) -> None:
    """Half of 24 rows may lack the first number; with one more it gives way to the next."""
    rows = [[f"{2000 + n}", "" if n < empty else str(n), str(n * 3)] for n in range(24)]
    found = viewed(tmp_path, {"年": "year", "少": "integer", "多": "integer"}, rows, [])
    assert [(one.kind, one.columns[1].title) for one in found] == drawn


@pytest.mark.parametrize(("empty", "kinds"), [(12, ["column"]), (13, [])])
def test_rows_by_year_are_drawn_of_days_that_are_mostly_there(tmp_path: Path, empty: int, kinds: list[str]) -> None:
    rows = [["" if n < empty else f"{2000 + n % 8}-01-01", f"甲{n}"] for n in range(24)]
    assert [kind for kind, _ in suggested(tmp_path, {"日": "date", "名": "string"}, rows)] == kinds


def test_names_and_values_may_hold_anything(tmp_path: Path) -> None:
    columns = {"a\"b'; --": "string", "rowid": "integer"}
    rows = [["x'\"", "1"], ["x'\"", "2"], ["<b>", "3"]]
    found = one(tmp_path, columns, rows, kind="bar", group="a\"b'; --", value="rowid", order="file")
    assert found.rows == (("x'\"", 3), ("<b>", 3))
