"""Daily sums from the request log: counted by hand, imported twice, kept when a log was put away."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from portal.front.log import RequestLog, loggable
from portal.front.usage import download_format, main
from portal.problems import Exit
from portal.settings import SHANGHAI, Settings

LINES = [
    ("GET", "/dataset/streets/", 200),
    ("GET", "/en/dataset/streets/", 200),
    ("GET", "/dataset/streets/", 304),
    ("HEAD", "/dataset/streets/", 200),
    ("GET", "/dataset/streets", 301),
    ("GET", "/dataset/streets/streets.csv", 200),
    ("GET", "/dataset/streets/streets.csv", 304),
    ("GET", "/dataset/streets/streets.csv", 206),
    ("GET", "/dataset/streets/streets.excel.csv", 200),
    ("GET", "/dataset/streets/streets.zip", 200),
    ("GET", "/dataset/streets/v/2022-01-01/streets.csv", 200),
    ("GET", "/dataset/streets/datapackage.json", 200),
    ("GET", "/dataset/streets/streets.csv", 410),
    ("GET", "/data/jtj/streets.json", 200),
    ("GET", "/data/jtj/STREETS/S1.json", 200),
    ("GET", "/data/jtj/streets.json", 400),
    ("GET", "/data/jtj.json", 200),
    ("GET", "/data/portal_static/data.css", 200),
    ("GET", "/", 200),
    ("GET", "/datasets/", 200),
    ("GET", "/catalog.json", 200),
    ("POST", "/forms/correction/", 200),
    ("GET", "/nothing/", 404),
]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    live = tmp_path / "_build/releases/r1"
    live.mkdir(parents=True)
    (tmp_path / "_build/live").symlink_to("releases/r1")
    entry = {"title": "街道", "department": "jtj", "tables": ["streets"], "aliases": [], "digest": "d"}
    (live / "catalogue.json").write_text(json.dumps({"datasets": {"streets": entry}}), "utf-8")
    now = datetime(2026, 11, 22, 9, tzinfo=SHANGHAI)
    return Settings(root=tmp_path, build=tmp_path / "_build", var=tmp_path / "var", now=now)


def write_log(settings: Settings, day: int = 22) -> None:
    log = RequestLog(settings.var / "log", lambda: datetime(2026, 11, day, 8, tzinfo=SHANGHAI))
    for method, path, status in LINES:
        log.write({"method": method, "path": path, "status": status, "bytes": 1, "address": "203.0.113.0/24"})
    log.close()


def usage(settings: Settings) -> dict[str, object]:
    return json.loads((settings.var / "public/usage.json").read_text("utf-8"))["days"]  # type: ignore[no-any-return]


EXPECTED = {
    "total": {"views": 5, "downloads": {"csv": 2, "datapackage": 1, "excel.csv": 1, "zip": 1}, "api": 3},
    "datasets": {
        "streets": {"views": 3, "downloads": {"csv": 2, "datapackage": 1, "excel.csv": 1, "zip": 1}, "api": 2}
    },
}


def test_a_day_is_counted_by_the_rules(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    write_log(settings)
    assert main(["import"], settings) == Exit.DONE
    assert usage(settings) == {"2026-11-22": EXPECTED}
    assert "203.0.113" not in (settings.var / "public/usage.json").read_text("utf-8")
    assert "2026-11-22：页面 5 次，下载 5 次，接口 3 次" in capsys.readouterr().out


def test_importing_twice_changes_nothing_and_later_lines_are_added(settings: Settings) -> None:
    write_log(settings)
    main(["import"], settings)
    before = (settings.var / "public/usage.json").read_bytes()
    main(["import"], settings)
    assert (settings.var / "public/usage.json").read_bytes() == before
    write_log(settings)
    main(["import"], settings)
    assert usage(settings)["2026-11-22"]["total"]["views"] == 10  # type: ignore[index]


def test_a_day_whose_log_was_put_away_keeps_its_sums(settings: Settings) -> None:
    write_log(settings, day=20)
    main(["import"], settings)
    (settings.var / "log/requests-2026-11-20.jsonl").unlink()
    write_log(settings, day=21)
    main(["import"], settings)
    assert usage(settings) == {"2026-11-20": EXPECTED, "2026-11-21": EXPECTED}


def test_broken_lines_are_counted_and_skipped(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    write_log(settings)
    with (settings.var / "log/requests-2026-11-22.jsonl").open("a") as log:
        log.write('{"path": "/dataset/stre\nnull\n{"path": 1}\n')
    main(["import"], settings)
    assert usage(settings) == {"2026-11-22": EXPECTED}
    assert "3 行无法识别" in capsys.readouterr().out


def test_without_logs_and_with_other_words(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import"], settings) == Exit.DONE
    assert "没有访问日志" in capsys.readouterr().out
    assert main([], settings) == Exit.USAGE


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/dataset/a/a.csv", "csv"),
        ("/dataset/a/a.excel.csv", "excel.csv"),
        ("/dataset/a/v/2022-01-01/a.parquet", "parquet"),
        ("/dataset/a/datapackage.json", "datapackage"),
        ("/dataset/a/", None),
        ("/dataset/a/a.svg", None),
        ("/catalog.csv", None),
    ],
)
def test_formats(path: str, form: str | None) -> None:
    assert download_format(path) == form


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/dataset/a/a.csv", "/dataset/a/a.csv"),
        ("/forms/", "/forms/"),
        ("/forms/correction/", "/forms/correction/"),
        ("/forms/case/K7-123/abcd/", "/forms/case/"),
        ("/en/forms/case/K7-123/abcd/", "/en/forms/case/"),
        ("/en/forms/ABCD-2345", "/en/forms/…"),
        ("/desk/case/7", "/desk/case/"),
        ("/" + "x" * 400, "/" + "x" * 299),
    ],
)
def test_what_of_a_path_is_written_down(path: str, kept: str) -> None:
    assert loggable(path) == kept


def test_a_new_day_is_a_new_file(tmp_path: Path) -> None:
    now = datetime(2026, 11, 22, 23, 59, 59, tzinfo=SHANGHAI)
    log = RequestLog(tmp_path, lambda: now)
    log.write({"path": "/1"})
    now = datetime(2026, 11, 22, 16, 0, 1, tzinfo=datetime.fromisoformat("2026-01-01T00:00:00+00:00").tzinfo)
    log.write({"path": "/2"})
    log.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "requests-2026-11-22.jsonl",
        "requests-2026-11-23.jsonl",
    ]
