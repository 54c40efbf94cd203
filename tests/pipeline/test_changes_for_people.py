"""What changed for people: in the check of a change, and beside every release; in a real Git repository."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from portal.changefacts import DatasetDifference, ReleaseChange
from portal.jobs import plan
from portal.making import make_dataset
from portal.pipeline import Checked, check
from portal.places import put_in_place
from portal.problems import errors_in
from portal.progress import Progress
from portal.report import About, render
from tests.catalogues import ROWS, make_catalogue, settings_for
from tests.gate.examples import change_entry, complete, renew_review
from tests.gate.repository import begin, commit

DATA = "datasets/ylj/parks.csv"
CHANGED = ROWS.replace("12.5", "13.5").replace("0002,西园,3.0\n", "") + "0004,南园,2\n0005,<b>|中园,1\n"


def checked(city: Path, since: str | None = "HEAD") -> Checked:
    return check(settings_for(city, jobs=2), Progress("zh", Console(file=io.StringIO())), since)


@pytest.fixture
def city(tmp_path: Path) -> Path:
    root = make_catalogue(tmp_path / "city", **complete())
    begin(root)
    return root


def only(found: Checked) -> DatasetDifference:
    (one,) = found.differences
    return one


def counts(one: DatasetDifference) -> tuple[int, int, int]:
    return one.added, one.removed, one.changed


def test_without_a_base_nothing_is_compared(city: Path) -> None:
    assert checked(city, None).differences == ()
    assert checked(city).differences == ()


def test_rows_and_words_of_a_change(city: Path) -> None:
    (city / DATA).write_text(CHANGED, "utf-8")
    change_entry(city, data_date="2026-09-30", title="城区公园名录（2026年）")
    found = checked(city)
    assert counts(only(found)) == (2, 1, 1)
    assert only(found).data_date == ("2025-12-31", "2026-09-30")
    comment = render(found.problems, "markdown", "zh", About(differences=found.differences))
    assert "| 新增 2、删除 1、改动 1" in comment.replace("<br>", "| ")
    assert "12.5" in comment
    assert "<b>" not in comment
    again = checked(city)
    assert only(again) == only(found)
    assert len(list((city / "_build" / "cache" / "difference").iterdir())) == 1


def test_an_earlier_file_in_another_encoding_and_one_that_can_not_be_read(city: Path) -> None:
    (city / DATA).write_bytes(ROWS.replace("\n", "\r\n").encode("gb18030"))
    change_entry(city)
    commit(city, "as Excel writes it")
    (city / DATA).write_text(ROWS, "utf-8")
    found = only(checked(city))
    assert counts(found) == (0, 0, 0)
    assert found.tables[0].reworded
    (city / DATA).write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    commit(city, "an encrypted workbook under a wrong name")
    (city / DATA).write_text(ROWS, "utf-8")
    broken = only(checked(city)).tables[0]
    assert broken.unreadable == {"before": "file-extension"}
    assert (broken.rows.before, broken.rows.after) == (None, 3)


def test_personal_data_of_a_change_stay_out_of_the_report(city: Path) -> None:
    """Those that came, those that the base held, and names beside telephones: in no format, in clear nowhere."""
    (city / DATA).write_text(ROWS.replace("西园", "西园 13912345678"), "utf-8")
    commit(city, "before")
    (city / DATA).write_text(ROWS.replace("东园", "东园 11010519491231002X"), "utf-8")
    found = checked(city)
    assert any(one.rule == "personal-id" for one in found.problems)
    text = only(found).model_dump_json()
    for fmt in ("text", "json", "markdown", "github", "sarif"):
        text += render(found.problems, fmt, "zh", About(differences=found.differences))  # type: ignore[arg-type]
    assert "11010519491231002X" not in text
    assert "13912345678" not in text
    assert only(found).tables[0].hidden == ("名称",)


def test_closed_data_are_not_compared(city: Path) -> None:
    change_entry(city, open_type="conditional", open_ground="示范：含敏感信息")
    (city / DATA).write_text(ROWS.replace("东园", "秘密"), "utf-8")
    one = only(checked(city))
    assert one.closed
    assert "秘密" not in one.model_dump_json()


def made(city: Path) -> tuple[tuple[ReleaseChange, ...], Path]:
    """The datasets' files as the build makes them."""
    found = checked(city, None)
    assert not errors_in(found.problems), found.problems
    settings = settings_for(city, jobs=1)
    work = city / "_build" / f"work-{len(list(city.glob('_build/work-*')))}"
    (job,) = plan(found.reading.catalogue, found.prepared, settings, blocked=found.blocked)
    one = make_dataset(job)
    put_in_place(one.places, work, settings.cache)
    return one.facts.changes, work / "site" / "dataset" / "parks"


def release(city: Path, rows: str, **keys: Any) -> None:
    (city / DATA).write_text(rows, "utf-8")
    change_entry(city, **keys)
    renew_review(city)
    commit(city, "a release")


def test_every_release_tells_what_it_changed(city: Path) -> None:
    assert made(city) == ((), city / "_build" / "work-0" / "site" / "dataset" / "parks")
    renamed = [*complete()["files"][0]["schema"]["fields"]]
    renamed[1] = {**renamed[1], "name": "公园"}
    schema = {**complete()["files"][0]["schema"], "fields": renamed}
    release(city, CHANGED, data_date="2026-03-31")
    release(
        city, CHANGED.replace("名称", "公园"), data_date="2026-06-30", files=[{"path": "parks.csv", "schema": schema}]
    )
    changes, folder = made(city)
    assert [(one.since, one.release) for one in changes] == [("2025-12-31", "2026-03-31"), ("2026-03-31", "2026-06-30")]
    first, second = (one.difference for one in changes)
    assert counts(first) == (2, 1, 1)
    assert counts(second) == (0, 0, 0)
    assert [(one.before, one.name) for one in second.tables[0].columns] == [("名称", "公园")]
    written = json.loads((folder / "v" / "2026-03-31" / "changes.json").read_text("utf-8"))
    assert ReleaseChange.model_validate(written) == changes[0]
    assert written["difference"]["tables"][0]["altered"][0]["old"] == "12.5"
    assert not (folder / "v" / "2025-12-31" / "changes.json").exists()
    assert not list(folder.rglob("entry.json"))


def test_a_blocked_release_is_compared_with_nothing(city: Path) -> None:
    release(city, ROWS.replace("东园", "不宜公开"), data_date="2026-03-31")
    release(city, ROWS.replace("东园", "东山园"), data_date="2026-06-30")
    entry = next(one for one in checked(city, None).reading.catalogue.releases["parks"] if one.release == "2026-03-31")
    state = city / "var" / "public" / "state.json"
    state.parent.mkdir(parents=True)
    state.write_text(json.dumps({"suspended": {}, "blocked_digests": [entry.digest], "under_query": {}}), "utf-8")
    changes, folder = made(city)
    assert [(one.since, one.release) for one in changes] == [("2025-12-31", "2026-06-30")]
    assert "不宜公开" not in "".join(one.read_text("utf-8") for one in folder.rglob("*.json"))
