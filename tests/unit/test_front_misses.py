"""Searches that found nothing: sums of the day without identity, bounded, and only what many looked for is told."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from portal.counts.gaps import gaps_from
from portal.front.misses import LONGEST, MOST_BYTES, MOST_QUERIES, ONE, PATH, Misses, import_misses, query_of
from portal.front.usage import main
from portal.problems import Exit
from portal.settings import SHANGHAI, Settings
from tests.unit.test_front_app import app, ask

DAY = datetime(2026, 11, 22, 9, tzinfo=SHANGHAI)


def sums(root: Path, day: str = "2026-11-22") -> dict[str, int]:
    path = root / f"misses-{day}.json"
    return dict(json.loads(path.read_text("utf-8"))["queries"]) if path.exists() else {}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  公共  停车場 ", "公共 停车场"),
        ("ＰＭ２．５", "pm2.5"),
        ("", None),
        ("　", None),
        ("长" * LONGEST, "长" * LONGEST),
        ("长" * (LONGEST + 1), None),
        ("13812345678", None),
        ("张三 320501199001011239", None),
        ("someone@example.org", None),
        ("http://example.org", None),
        ("<script>", None),
        ("www.example.org", None),
    ],
)
def test_what_may_be_kept(text: str, kept: str | None) -> None:
    assert query_of(text) == kept


def test_one_address_counts_once_a_day_for_one_query(tmp_path: Path) -> None:
    now = [DAY]
    misses = Misses(tmp_path, lambda: now[0])
    for key in ("203.0.113.7/32", "203.0.113.7/32", "198.51.100.1/32"):
        misses.count("充电桩", key)
    misses.count("停车位", "203.0.113.7/32")
    assert sums(tmp_path) == {"停车位": 1, "充电桩": 2}
    assert "203.0.113" not in "".join(path.read_text("utf-8") for path in tmp_path.iterdir())
    now[0] += timedelta(days=1)
    misses.count("充电桩", "203.0.113.7/32")
    assert sums(tmp_path, "2026-11-23") == {"充电桩": 1}
    Misses(tmp_path, lambda: DAY).count("充电桩", "192.0.2.1/32")  # after a restart the day goes on
    assert sums(tmp_path) == {"停车位": 1, "充电桩": 3}


def test_no_more_than_so_many_queries_a_day(tmp_path: Path) -> None:
    path = tmp_path / "misses-2026-11-22.json"
    path.write_text(json.dumps({"queries": {f"词{n}": 1 for n in range(MOST_QUERIES)}}), "utf-8")
    misses = Misses(tmp_path, lambda: DAY)
    misses.count("新词", "a")
    misses.count("词7", "a")
    assert len(sums(tmp_path)) == MOST_QUERIES
    assert sums(tmp_path)["词7"] == 2


def test_a_page_tells_and_everybody_gets_the_same_answer(tmp_path: Path) -> None:
    application = app(tmp_path)
    told = {"method": "POST", "url": PATH, "data": {"q": "充电桩"}}
    asked = [
        dict(told),
        {**told, "data": {"q": "13812345678"}},
        {**told, "data": {"q": "桩" * MOST_BYTES}},
        {**told, "headers": {"sec-fetch-site": "cross-site"}, "data": {"q": "别处"}},
        {"method": "POST", "url": PATH, "content": b"\xff\x00&q&q=%ff"},
        {"url": PATH},
    ]
    codes = [answer.status_code for answer in ask(application, *asked)]
    assert codes == [204, 204, 204, 204, 204, 405]
    assert sums(tmp_path / "var/log") == {"充电桩": 1}
    lines = (tmp_path / "var/log/requests-2026-11-22.jsonl").read_text("utf-8")
    assert "充电桩" not in lines
    many = [{**told, "data": {"q": f"词{n}"}} for n in range(3 * int(ONE.burst))]
    ask(application, *many, address="198.51.100.9")
    assert len(sums(tmp_path / "var/log")) == 1 + ONE.burst


def test_only_what_was_looked_for_often_and_on_several_days_is_told(tmp_path: Path) -> None:
    settings = Settings(root=tmp_path, build=tmp_path / "_build", var=tmp_path / "var", now=DAY)
    log = settings.var / "log"
    log.mkdir(parents=True)
    days = {
        "2026-11-20": {"充电桩": 2, "一天": 9, "停车位": 1},
        "2026-11-22": {"充电桩": 1, "停车位": 1, "13812345678": 5},
        "2026-11-23": {"充电桩": 9},
        "2024-11-22": {"旧词": 9},
    }
    for day, queries in days.items():
        (log / f"misses-{day}.json").write_text(json.dumps({"queries": queries}), "utf-8")
    (log / "misses-2026-11-19.json").write_text("{broken", "utf-8")
    assert import_misses(settings) == 1
    path = settings.var / "public/query-gaps.json"
    tree = json.loads(path.read_text("utf-8"))
    assert tree == {
        "days": {"2026-11-19": 0, "2026-11-20": 12, "2026-11-22": 7},
        "queries": [{"q": "充电桩", "count": 3, "last": "2026-11-22"}],
    }
    assert [one.q for one in gaps_from(tree)] == ["充电桩"]
    before = path.read_bytes()
    import_misses(settings)
    assert path.read_bytes() == before


def test_the_operators_verb_imports_both(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    live = tmp_path / "_build/releases/r1"
    live.mkdir(parents=True)
    (tmp_path / "_build/live").symlink_to("releases/r1")
    (live / "catalogue.json").write_text('{"datasets": {}}', "utf-8")
    settings = Settings(root=tmp_path, build=tmp_path / "_build", var=tmp_path / "var", now=DAY)
    assert main(["import"], settings) == Exit.DONE
    assert not (settings.var / "public/query-gaps.json").exists()
    (settings.var / "log").mkdir(parents=True)
    for day in (21, 22):
        (settings.var / f"log/misses-2026-11-{day}.json").write_text('{"queries": {"充电桩": 2}}', "utf-8")
    assert main(["import"], settings) == Exit.DONE
    assert "没有找到数据的检索词：1 个" in capsys.readouterr().out
