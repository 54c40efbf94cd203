"""What the rules about changes let pass, what they see through, and what the command line makes of it."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from rich.console import Console

from portal import pipeline
from portal.catalogue import read_catalogue
from portal.checks.changes import check_withdrawn
from portal.progress import Progress
from portal.settings import CODE
from tests.catalogues import ENTRY, ROWS, changed, dump, make_catalogue, settings_for, write_entry
from tests.gate.examples import PAPER, PARKS, change_entry, complete, renew_review, rules, take_rules, withdraw
from tests.gate.repository import begin, commit, git

DATA = "datasets/ylj/parks.csv"
RELEASES = "catalog/ylj/parks.releases.yml"
Record = dict[str, Any]


def record(kind: str, *of: str, **more: Any) -> dict[str, list[Record]]:
    told = {
        "date": "2026-11-12",
        "kind": kind,
        "of": list(of),
        "ground": "说明改了什么、为什么",
        "by": "园林局（示范）",
    }
    return {"changes": [{**told, **more}]}


def fields(*names: str) -> list[dict[str, Any]]:
    files = complete()["files"]
    known = {one["name"]: one for one in files[0]["schema"]["fields"]}
    files[0]["schema"]["fields"] = [known.get(name, {**known["面积"], "name": name}) for name in names]
    return list(files)


def test_ordinary_updates_need_nothing(city: Path) -> None:
    """New rows, a later day, more words, an added column, a wider period, a faster rhythm."""
    (city / DATA).write_text(
        "编号,名称,面积,水面\n0001,东园,12.5,1\n0002,西园,3.0,1\n0003,北塔公园,8.4,1\n0004,南园,2,1\n"
    )
    period = {"from": "2025-01-01", "to": "2026-06-30"}
    change_entry(city, files=fields("编号", "名称", "面积", "水面"), data_date="2026-06-30", temporal=period)
    change_entry(city, keywords=["公园"], update_frequency="semiannual", generation_frequency="semiannual")
    renew_review(city)
    assert rules(city) == []


def test_a_file_may_be_renamed_as_long_as_its_table_keeps_its_name(city: Path) -> None:
    (city / DATA).rename(city / "datasets/ylj/公园.csv")
    files = [{**complete()["files"][0], "path": "公园.csv"}]
    change_entry(city, files=files)
    renew_review(city)
    assert rules(city) == []


@pytest.mark.parametrize(
    ("told", "answer"),
    [
        (record("renamed", "面积", names={"面积": "占地"}), []),
        (record("renamed", "面积"), ["column-removed", "rename-unknown"]),
        (record("corrected", "面积"), ["column-removed"]),
        (record("removed", "名称"), ["column-removed", "downgrade-house"]),
        (record("removed", "面积", papers=[PAPER]), []),
    ],
)
def test_a_renamed_column(told: dict[str, Any], answer: list[str], city: Path) -> None:
    (city / DATA).write_text(ROWS.replace("面积", "占地"), "utf-8")
    change_entry(city, files=fields("编号", "名称", "占地"), **told)
    renew_review(city)
    assert rules(city) == answer


def test_a_record_of_an_earlier_change_does_not_excuse_this_one(tmp_path: Path) -> None:
    root = make_catalogue(tmp_path / "city", **complete(**record("narrowed", "update_frequency")))
    begin(root)
    change_entry(root, update_frequency="biennial", generation_frequency="biennial")
    assert rules(root) == ["update-slower"]
    change_entry(
        root, changes=[*record("narrowed", "update_frequency")["changes"], record("narrowed", "rows")["changes"][0]]
    )
    assert rules(root) == ["update-slower"]
    again = record("narrowed", "update_frequency", date="2026-11-20")["changes"]
    change_entry(root, changes=[*record("narrowed", "update_frequency")["changes"], *again])
    assert rules(root) == []


@pytest.mark.parametrize(
    ("period", "answer"),
    [
        ({"from": "2026-01-01", "to": "2026-12-31"}, []),  # the next year instead
        ({"from": "2024-01-01", "to": "2025-12-31"}, []),  # longer
        ({"from": "2026-01-01", "to": "2026-11-30"}, []),  # eleven months, 333 of 364 days: more than nine tenths
        ({"from": "2026-01-01", "to": "2026-10-31"}, ["coverage-narrower"]),  # ten months, 303 days
        ({"from": "2026-01-01", "to": "2026-03-31"}, ["coverage-narrower"]),  # later, and a quarter only
        ({"from": "2025-02-01", "to": "2025-12-31"}, ["coverage-narrower"]),
        (None, ["coverage-narrower"]),
    ],
)
def test_the_period_may_move_on_but_not_shrink(period: dict[str, str] | None, answer: list[str], city: Path) -> None:
    change_entry(city, temporal=period)
    assert rules(city) == answer


def test_a_wider_area_needs_no_record(city: Path) -> None:
    change_entry(city, spatial="江苏省")
    assert rules(city) == []


def test_turning_static_is_no_slower_update(city: Path) -> None:
    change_entry(city, status="static", static_reason="系统停用", update_frequency="irregular")
    assert rules(city) == []


def test_a_rename_with_its_alias_keeps_every_address(city: Path) -> None:
    rename(city, aliases=["parks"])
    assert rules(city) == []


def test_a_rename_without_an_alias_is_a_deletion(city: Path) -> None:
    rename(city)
    assert rules(city) == ["entry-removed"]


def test_a_rename_does_not_hide_what_is_taken_away(city: Path) -> None:
    rename(city, aliases=["parks"], files=fields("编号", "名称"), update_frequency="biennial")
    assert rules(city) == ["column-removed", "update-slower"]


def rename(root: Path, **keys: Any) -> None:
    new = root / "catalog/ylj/city-parks.yml"
    (root / PARKS).rename(new)
    (root / RELEASES).rename(new.with_name("city-parks.releases.yml"))
    change_entry(root, "catalog/ylj/city-parks.yml", **keys)


def test_another_department_is_another_query_address(city: Path) -> None:
    (city / "catalog/lyj").mkdir()
    department = (city / "catalog/ylj/department.yml").read_text("utf-8")
    (city / "catalog/lyj/department.yml").write_text(department, "utf-8")
    (city / "datasets/lyj").mkdir()
    for path in (PARKS, RELEASES, DATA):
        (city / path).rename(city / path.replace("ylj", "lyj"))
    assert rules(city) == ["table-removed"]
    change_entry(city, "catalog/lyj/parks.yml", **record("moved", "parks"))
    assert rules(city) == []


def test_a_merged_set_brings_its_columns_along(city: Path) -> None:
    (city / "datasets/ylj/ponds.csv").write_text("编号,水深\n0001,2\n", "utf-8")
    files = [{**fields("编号", "水深")[0], "path": "ponds.csv"}]
    write_entry(city, "ylj", "ponds", changed(ENTRY, complete(title="城区池塘名录（2025年）", files=files)))
    commit(city, "ponds")
    for name in ("catalog/ylj/ponds.yml", "catalog/ylj/ponds.releases.yml", "datasets/ylj/ponds.csv"):
        (city / name).unlink()
    change_entry(city, aliases=["ponds"], merged_from=["ponds"])
    assert rules(city) == ["column-removed"]
    (city / DATA).write_text("编号,名称,面积,水深\n0001,东园,12.5,2\n0002,西园,3.0,\n0003,北塔公园,8.4,\n", "utf-8")
    change_entry(city, files=fields("编号", "名称", "面积", "水深"))
    renew_review(city)
    assert rules(city) == []


def test_a_complete_withdrawal(city: Path) -> None:
    withdraw(city, by="园林局（示范）", papers=[PAPER])
    assert rules(city) == []
    commit(city, "withdrawn")
    stones = yaml.load((city / "catalog/tombstones.yml").read_text("utf-8"), Loader=yaml.BaseLoader)
    stones[0]["digests"] = stones[0]["digests"][1:]
    (city / "catalog/tombstones.yml").write_text(dump(stones), "utf-8")
    assert rules(city) == ["tombstone-removed"]


@pytest.mark.parametrize(("day", "wanted"), [("2026-11-22", []), ("2026-11-23", ["tombstone-future"])])
def test_data_may_be_taken_back_today_and_not_tomorrow(day: str, wanted: list[str], city: Path) -> None:
    withdraw(city, by="园林局（示范）", papers=[PAPER], date=day)
    assert rules(city) == wanted


def test_withdrawn_bytes_do_not_come_back_under_another_name(city: Path) -> None:
    withdraw(city, by="园林局（示范）", papers=[PAPER])
    (city / "datasets/ylj/other.csv").write_text(ROWS, "utf-8")
    files = [{**complete()["files"][0], "path": "other.csv"}]
    write_entry(city, "ylj", "other", changed(ENTRY, complete(title="公园一览（2025年）", files=files)))
    settings = settings_for(city)
    reading = read_catalogue(settings)
    stones = frozenset(reading.catalogue.tombstones[0].digests)
    digest = next(iter(reading.catalogue.releases["other"][0].files.values()))
    (problem,) = check_withdrawn(reading, {"other": {"other.csv": digest}}, stones)
    assert (problem.rule, problem.path, problem.values["file"]) == (
        "withdrawn-file",
        "catalog/ylj/other.yml",
        "other.csv",
    )
    assert check_withdrawn(reading, {"other": {"other.csv": "0" * 64}}, stones) == []


def test_old_records_are_neither_taken_out_nor_rewritten(tmp_path: Path) -> None:
    told = record("corrected", "rows", ground="更正了东园的面积")
    root = make_catalogue(tmp_path / "city", **complete(**told))
    begin(root)
    change_entry(root, **record("corrected", "rows", ground="更正了西园的面积"))
    assert rules(root) == ["record-removed"]


def test_a_corrected_data_date_goes_back_with_a_record(city: Path) -> None:
    change_entry(city, data_date="2025-11-30")
    assert rules(city) == ["data-date-back"]
    change_entry(city, **record("corrected", "data_date"))
    assert rules(city) == []


def test_an_alias_at_closed_data_is_a_deletion(city: Path) -> None:
    write_closed(city)
    commit(city, "closed data")
    for name in (PARKS, RELEASES, DATA):
        (city / name).unlink()
    change_entry(city, "catalog/ylj/closed.yml", aliases=["parks"])
    assert rules(city) == ["entry-removed"]


def write_closed(root: Path) -> None:
    closed = {
        "title": "公园经营户名录（2025年）",
        "open_type": "conditional",
        "open_ground": "涉及经营信息",
        "open_conditions": [{"category": "security", "text": "具备数据安全管理制度", "ground": "防止泄露"}],
        "application_materials": ["数据安全管理制度"],
        "files": [{**complete()["files"][0], "path": "closed.csv"}],
    }
    write_entry(root, "ylj", "closed", changed(ENTRY, complete(**closed)), reviewed=False)


def test_data_that_become_an_interface_leave_their_tables(city: Path) -> None:
    api = {
        "endpoint": "https://api.example.org/parks",
        "documentation": "https://api.example.org/docs",
        "example": "{}",
        "record": "示范〔2026〕3号",
    }
    (city / DATA).unlink()
    change_entry(city, files=None, data_type="api", api=api)
    assert rules(city) == ["table-removed"]


def test_nobody_appoints_his_own_authority(tmp_path: Path) -> None:
    root = make_catalogue(tmp_path / "city", **complete(files=fields("编号", "名称", "面积")))
    take_rules(root, "wuxi")
    begin(root)
    path = root / "catalog/portal.yml"
    path.write_text(path.read_text("utf-8").replace("authority: 苏州市数据局", "authority: 园林局"), "utf-8")
    (root / DATA).write_text("编号,名称\n0001,东园\n0002,西园\n0003,北塔公园\n", "utf-8")
    filing = {**PAPER, "kind": "filing", "by": "园林局"}
    change_entry(root, files=fields("编号", "名称"), **record("removed", "面积", cause="safety", papers=[filing]))
    renew_review(root)
    assert rules(root) == ["paper-authority"]


def test_internal_entries_leave_no_trace(tmp_path: Path) -> None:
    keys = complete(open_type="not-open", open_ground="涉及个人信息")
    root = make_catalogue(tmp_path / "city", reviewed=False, **keys)
    (root / DATA).unlink()
    begin(root)
    (root / PARKS).unlink()
    assert rules(root) == []


def test_new_rules_come_alone(city: Path) -> None:
    take_rules(city, "wuxi")
    assert rules(city) == []


# -- the command --------------------------------------------------------------------------------------------------------


def build(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        str(CODE / "build.py"),
        "check",
        *words,
        "--root",
        str(root),
        "--now",
        "2026-10-20T10:00",
    ]
    return subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)


def test_check_since_tells_place_rule_and_dataset(city: Path) -> None:
    git(city, "checkout", "-q", "-b", "work")
    (city / DATA).unlink()
    (city / PARKS).unlink()
    (city / RELEASES).unlink()
    commit(city, "away with it")
    done = build(city, "--since", "main", "--format", "json")
    assert done.returncode == 1
    told = json.loads(done.stdout)
    found = next(
        one for one in (told if isinstance(told, list) else told["problems"]) if one["rule"] == "entry-removed"
    )
    assert (found["path"], found["line"], found["dataset"], found["level"]) == (PARKS, 1, "parks", "error")


@pytest.mark.parametrize("since", ["--help", "no-such-branch", "$(touch pwned)", "; touch pwned", "a..b"])
def test_check_since_a_word_that_means_nothing(since: str, city: Path) -> None:
    done = build(city, f"--since={since}")
    assert (done.returncode, done.stdout) == (2, "")
    assert "请写分支、标签或提交号" in done.stderr
    assert not list(city.rglob("pwned"))


def test_check_since_without_git(tmp_path: Path) -> None:
    root = make_catalogue(tmp_path / "city", **complete())
    done = build(root, "--since", "main")
    assert done.returncode == 3
    assert "没有可读的 Git 仓库" in done.stderr


FORTY = [f"{number:04},园{number},{number}.5" for number in range(1, 41)]


@pytest.mark.parametrize(
    ("rows", "day", "wanted"),
    [
        (FORTY[:38], "2025-12-31", []),  # two of forty are the twentieth that may go
        (FORTY[:37], "2025-12-31", ["rows-removed"]),
        ([*FORTY[:37], *(f"9{row[1:]}" for row in FORTY[37:])], "2025-12-31", ["rows-removed"]),  # three other parks
        ([*FORTY[:37], *(f"9{row[1:]}" for row in FORTY[37:])], "2026-06-30", []),  # of another day: as many as before
        (FORTY[:37], "2026-06-30", ["rows-removed"]),
    ],
)
def test_of_rows_a_twentieth_may_go_without_a_word(
    rows: list[str], day: str, wanted: list[str], tmp_path: Path
) -> None:
    head = ROWS.splitlines()[0]
    root = make_catalogue(tmp_path / "city", rows="\n".join([head, *FORTY, ""]), **complete())
    begin(root)
    (root / DATA).write_text("\n".join([head, *rows, ""]), "utf-8")
    change_entry(root, data_date=day)
    renew_review(root)
    found = pipeline.check(settings_for(root), Progress("zh", Console(file=io.StringIO())), since="HEAD").problems
    assert [one.rule for one in found if one.level == "error"] == wanted
