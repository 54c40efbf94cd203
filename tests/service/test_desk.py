"""The operator's verbs: what is open and due, suspension, a new year's calendar, the audit."""

from __future__ import annotations

import io
import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from portal.problems import PortalError
from portal.service import desk, opening
from portal.service.models import Case, Contact, Event
from portal.service.office import Office
from portal.service.published import Live
from portal.service.recompute import recompute
from portal.service.rules import load_calendar
from portal.service.suspension import WrongInput, restore
from portal.settings import CODE, Settings
from tests.service.people import CATALOGUE, CORRECTION, NOW, OPINION, REQUEST, Person, set_clock


@pytest.fixture
def run(lite: Office, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A verb on this test's service; Django is already set up."""
    monkeypatch.setattr(opening, "open_office", lambda _: lite)

    def verb(*words: str, today: str = "2026-10-08") -> tuple[int, str]:
        out = io.StringIO()
        now = NOW.replace(year=int(today[:4]), month=int(today[5:7]), day=int(today[8:]))
        set_clock(now)
        settings = Settings(CODE, CODE / "_build", lite.surroundings.var, now)
        return desk.main(list(words), settings, out), out.getvalue()

    return verb


def test_the_list_begins_with_the_most_urgent(run: Any) -> None:
    assert run("list") == (0, "没有待办事项。\n")
    set_clock(NOW)
    Person().send("opinion", OPINION)
    Person().send("request", REQUEST)
    Person().send("correction", CORRECTION)
    set_clock(NOW.replace(day=21))
    Person().send("correction", {**CORRECTION, "text": "早几天的一条错误。"}, seconds=1)
    code, text = run("list")
    assert code == 0
    assert [line[:14] for line in text.splitlines()] == [
        "JC-2026-000002", "JC-2026-000001", "XQ-2026-000001", "YJ-2026-000001",
    ]  # fmt: skip
    late, due, later, open_end = text.splitlines()
    assert "2026-09-29  已逾期 2 个工作日" in late  # 30 September, 8 October
    assert "（待核：too-fast）" in late
    assert "2026-10-09  还有 1 个工作日  市交通运输局  公交站点位置" in due
    assert "2026-10-15" in later
    assert "待定" in later
    assert "—  无法定期限，已收到 4 个工作日" in open_end
    assert run("due")[1].splitlines() == [late, due]


def test_what_is_answered_is_not_listed(run: Any) -> None:
    set_clock(NOW)
    Person().send("correction", CORRECTION)
    Case.objects.update(state="answered")
    assert run("list")[1] == "没有待办事项。\n"


def test_suspend_and_restore_reach_the_public_file(run: Any, lite: Office, capsys: pytest.CaptureFixture[str]) -> None:
    state = lite.surroundings.public / "state.json"
    assert run("suspend", "bus-stops", "--reason", "涉及个人隐私，正在核实") == (0, "bus-stops 已中止开放。\n")
    assert json.loads(state.read_text("utf-8"))["suspended"] == {
        "bus-stops": {"since": "2026-10-08", "reason": "涉及个人隐私，正在核实"}
    }
    assert "没有改动" in run("suspend", "bus-stops", "--reason", "再来一次")[1]
    assert run("restore", "bus-stops", "--reason", "核实无误")[0] == 0
    assert json.loads(state.read_text("utf-8"))["suspended"] == {}
    assert "没有改动" in run("restore", "bus-stops", "--reason", "核实无误")[1]
    assert list(Event.objects.order_by("seq").values_list("what", flat=True)) == ["suspend", "restore"]
    assert [path.name for path in lite.surroundings.public.glob(".state*")] == [".state.lock"]
    for words in (["suspend", "no-such-set", "--reason", "理由"], ["suspend", "bus-stops", "--reason", " \n "]):
        assert run(*words) == (2, "")
    assert "没有数据集“no-such-set”" in capsys.readouterr().err
    for name in ("old-stops", "公交站点位置（2026年）"):  # forms know it by these; what is shut is told by its id
        assert run("suspend", name, "--reason", "涉及个人隐私") == (2, "")
        assert json.loads(state.read_text("utf-8"))["suspended"] == {}
    with pytest.raises(WrongInput, match="理由"):
        restore(lite, "bus-stops", "", "li")


def test_a_set_that_was_renamed_meanwhile_is_restored_by_its_new_id(run: Any, lite: Office) -> None:
    """Both ids mean the one set: it is not suspended twice, and what ends it ends it wholly."""
    state = lite.surroundings.public / "state.json"
    state.parent.mkdir(parents=True, exist_ok=True)
    state.write_text(json.dumps({"suspended": {"old-stops": {"since": "2026-10-01", "reason": "核实中"}}}), "utf-8")
    assert "没有改动" in run("suspend", "bus-stops", "--reason", "再来一次")[1]
    assert run("restore", "bus-stops", "--reason", "核实无误")[0] == 0
    assert json.loads(state.read_text("utf-8"))["suspended"] == {}
    assert list(Event.objects.values_list("what", "case")) == [("restore", "old-stops")]


def test_a_broken_state_file_is_never_overwritten(run: Any, lite: Office) -> None:
    state = lite.surroundings.public / "state.json"
    state.write_text("{", encoding="utf-8")
    with pytest.raises(PortalError, match="已损坏"):
        run("suspend", "bus-stops", "--reason", "涉及隐私")
    assert state.read_text("utf-8") == "{"
    assert Event.objects.count() == 0


def test_entering_the_notice_makes_dates_final(here: Office, tmp_path: Path) -> None:
    set_clock(NOW.replace(month=12, day=28))
    Person().send("correction", CORRECTION)
    case = Case.objects.get()
    assert (case.due, case.provisional) == (date(2027, 1, 3), True)
    assert recompute(here, "li") == []
    city = tmp_path / "city"
    (city / "catalog").mkdir(parents=True)
    shutil.copy(CODE / "catalog/calendar.yml", city / "catalog/calendar.yml")
    text = (city / "catalog/calendar.yml").read_text("utf-8")
    notice = "  2027:\n    notice: 示例\n    off: [元旦 01-01..01-03, 春节 02-05..02-11]\n    work: [01-30]\n"
    (city / "catalog/calendar.yml").write_text(text.replace("\n# 依《", f"{notice}\n# 依《"), encoding="utf-8")
    here.calendars._root = city
    assert recompute(here, "li") == [("JC-2026-000001", date(2027, 1, 3), date(2027, 1, 5))]
    case.refresh_from_db()
    assert (case.due, case.provisional, case.cap_provisional) == (date(2027, 1, 5), False, False)
    assert recompute(here, "li") == []
    assert [event.what for event in Event.objects.order_by("seq")][-1] == "recompute"


def test_contacts_are_erased_in_time_and_keys_forgotten(run: Any, lite: Office) -> None:
    set_clock(NOW)
    Person().send("correction", CORRECTION)
    Person().send("correction", {**CORRECTION, "text": "另一处也不对。"})
    Case.objects.update(state="answered", answered_at=NOW)
    assert run("erase", today="2026-12-01") == (0, "删除了 0 条到期的联系方式。\n")
    assert run("erase", "--case", "JC-2026-000001", today="2026-12-01")[1] == "JC-2026-000001 的联系方式已删除。\n"
    assert "没有改动" in run("erase", "--case", "JC-2026-000001", today="2026-12-01")[1]
    assert (lite.surroundings.secrets / "contact-2026Q3.key").exists()
    assert run("erase", today="2027-03-28") == (0, "删除了 1 条到期的联系方式。\n")
    assert Contact.objects.count() == 0
    assert not (lite.surroundings.secrets / "contact-2026Q3.key").exists()
    assert run("audit", "verify")[0] == 0


def test_the_missing_year_is_told(run: Any) -> None:
    assert "2027 年的放假安排还没有录入" in run("list", today="2026-11-22")[1]
    assert run("calendar", today="2026-11-22")[0] == 1
    assert run("calendar", today="2026-10-08")[0] == 0


def test_the_audit_verbs(run: Any, lite: Office) -> None:
    assert run("audit", "publish") == (0, "还没有任何记录。\n")
    Person().send("opinion", OPINION)
    assert run("audit", "verify") == (0, "审计记录完整。\n")
    assert run("audit", "publish") == (0, "已公布第 1 条的校验值。\n")
    heads = json.loads((lite.surroundings.public / "audit-heads.json").read_text("utf-8"))
    assert [(head["date"], head["seq"]) for head in heads] == [("2026-10-08", 1)]


@pytest.mark.parametrize("words", [[], ["nonsense"], ["suspend", "x"], ["audit"]])
def test_wrong_words_end_with_two(run: Any, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*words)[0] == 2
    assert "usage" in capsys.readouterr().err


def test_a_new_release_is_seen_at_once(lite: Office) -> None:
    live = Live(lite.surroundings.live)
    assert live.catalogue().find("parks") is None
    parks = {**CATALOGUE["datasets"]["bus-stops"], "title": "公园"}
    changed = {**CATALOGUE, "datasets": {**CATALOGUE["datasets"], "parks": parks}}
    (lite.surroundings.live / "catalogue.json").write_text(json.dumps(changed), encoding="utf-8")
    found = live.catalogue().find("公园")
    assert found is not None
    assert found.id == "parks"
    (lite.surroundings.live / "catalogue.json").unlink()
    assert live.catalogue().find("公园") is not None  # between two releases the last one stays


def test_the_calendar_that_ships_is_readable() -> None:
    assert load_calendar(CODE).years >= set(range(2018, 2027))
    with pytest.raises(PortalError, match="工作日历"):
        load_calendar(CODE / "no-such-city")


def test_a_slip_in_the_calendar_names_its_line(tmp_path: Path) -> None:
    (tmp_path / "catalog").mkdir()
    path = tmp_path / "catalog/calendar.yml"
    path.write_text("years:\n  2026:\n    off: [元旦 01-01]\n    work: [02-31]\n", encoding="utf-8")
    with pytest.raises(PortalError, match=r"calendar\.yml:\d.*02-31.*不是真实的日期"):
        load_calendar(tmp_path)
