"""Cases that are handled: what the table allows is done, recorded and told; everything else changes nothing."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from portal.catalogue import read_catalogue
from portal.publications import Work
from portal.service import audit, casework, desk, opening
from portal.service.domain.moves import Actor, Need
from portal.service.models import Case, Event
from portal.service.moving import Wish, move, say
from portal.service.office import Office
from portal.service.suspension import WrongInput
from portal.settings import CODE, Settings
from tests.catalogues import make_catalogue, settings_for
from tests.service.people import CATALOGUE, CORRECTION, NOW, OPINION, REQUEST, RESULT, Person, set_clock, text_of, wait


def made(here: Office, number: str, event: str, **more: Any) -> Case:
    words = {Need(name): text for name, text in more.pop("words", {}).items()}
    return move(here, number, Wish(event, more.pop("person", "li"), words=words, **more))


def test_a_correction_is_handled_and_its_sender_reads_why(here: Office) -> None:
    _, page = Person().send("correction", CORRECTION)
    made(here, "JC-2026-000001", "start_verifying")
    wait(24 * 3600)
    case = made(here, "jc-2026-000001", "correct", words={"link": "https://data.example.org/dataset/bus-stops/"},
                title="一处站名写错", result="已更正。")  # fmt: skip
    assert (case.state, case.outcome, case.title) == ("answered", "resolved_corrected", "一处站名写错")
    assert case.answered_at == here.now()
    assert [event.what for event in Event.objects.order_by("seq")] == [
        "submit",
        "route",
        "start_verifying",
        "correct",
        "tell",
    ]
    assert audit.verify(here.keys, here.surroundings.public) == []
    status, opened = Person().look_up(text_of(page, "code"), "1234")
    assert status == 200
    for told in ("数据纠错：已答复", "已更正。", "https://data.example.org/dataset/bus-stops/"):
        assert told in opened
    assert "还有" not in opened


@pytest.mark.parametrize(
    ("event", "more", "why"),
    [
        ("correct", {}, "状态是“已转交数据开放主体”。现在不能“correct”"),
        ("no-such-event", {}, "可以：start_verifying"),
        ("start_verifying", {"actor": Actor.PUBLIC}, "须由数据开放主体办理"),
        ("start_verifying", {"title": "来电人 13800001234"}, "个人信息"),
        ("start_verifying", {"title": "长" * 61}, "太长"),
        ("start_verifying", {"result": "一\x07二"}, "控制字符"),
        ("start_verifying", {"department": "nobody"}, "没有部门"),
        ("start_verifying", {"opened": "nothing"}, "没有数据集"),
    ],
)
def test_what_can_not_be_done_changes_nothing(lite: Office, event: str, more: dict[str, Any], why: str) -> None:
    Person().send("correction", CORRECTION)
    before = list(Case.objects.values()), Event.objects.count()
    with pytest.raises(WrongInput, match=why):
        made(lite, "JC-2026-000001", event, **more)
    with pytest.raises(WrongInput, match="没有受理编号"):
        made(lite, "JC-2026-000009", event)
    assert (list(Case.objects.values()), Event.objects.count()) == before


def test_more_time_needs_consultation_and_another_person(lite: Office) -> None:
    """SZ-10: consulted, approved before the first day, thirty working days at most."""
    Person().send("correction", CORRECTION)
    made(lite, "JC-2026-000001", "start_verifying")
    words = {"reason": "须实地核对", "consultation": "9月25日电话征得同意"}
    with pytest.raises(WrongInput, match="协商"):
        made(lite, "JC-2026-000001", "ask_extension", words={"reason": "复杂"}, new_due=date(2026, 10, 30))
    with pytest.raises(WrongInput, match="最迟"):
        made(lite, "JC-2026-000001", "ask_extension", words=words, new_due=date(2027, 1, 30))
    made(lite, "JC-2026-000001", "ask_extension", words=words, new_due=date(2026, 10, 30))
    with pytest.raises(WrongInput, match="自己"):
        made(lite, "JC-2026-000001", "approve_extension")
    case = made(lite, "JC-2026-000001", "approve_extension", person="wang")
    assert (case.state, case.due, case.extended) == ("verifying", date(2026, 10, 30), True)


def test_what_was_told_in_time_stays_so_when_it_is_looked_at_again(lite: Office) -> None:
    """SYS-40: a re-examination may send it back; the first answer was given on the day on which it was given."""
    (lite.surroundings.live / "catalogue.json").write_text(
        json.dumps({**CATALOGUE, "profile": "shuangyashan"}), encoding="utf-8"
    )
    Person().send("correction", CORRECTION)
    made(lite, "JC-2026-000001", "start_verifying")
    first = made(lite, "JC-2026-000001", "find_no_error", words={"reason": "核对无误"}).answered_at
    wait(9 * 24 * 3600)
    made(lite, "JC-2026-000001", "ask_review")
    made(lite, "JC-2026-000001", "send_back", words={"reason": "请再核对"})
    case = made(lite, "JC-2026-000001", "find_no_error", words={"reason": "再次核对无误"})
    assert (case.state, case.answered_at) == ("answered", first)


def test_a_request_goes_to_its_department_and_is_opened_in_the_end(here: Office) -> None:
    _, page = Person().send("request", REQUEST)
    with pytest.raises(WrongInput, match="--as"):
        made(here, "XQ-2026-000001", "assign")
    case = made(here, "XQ-2026-000001", "assign", actor=Actor.OPERATOR, department="jtj")
    assert (case.state, case.department) == ("with_entity", "jtj")
    case = made(here, "XQ-2026-000001", "will_open", words={"open_type": "unconditional"}, title="公共停车场")
    assert (case.state, case.outcome) == ("answered", "decided_open")
    with pytest.raises(WrongInput, match="链接"):
        made(here, "XQ-2026-000001", "publish")
    case = made(here, "XQ-2026-000001", "publish", opened="bus-stops")
    assert (case.state, case.opened) == ("fulfilled", "bus-stops")
    _, opened = Person().look_up(text_of(page, "code"), "eone")
    assert 'href="/dataset/bus-stops/"' in opened


def test_a_refused_request_is_never_opened(lite: Office) -> None:
    Person().send("request", REQUEST)
    made(lite, "XQ-2026-000001", "assign", actor=Actor.OPERATOR)
    with pytest.raises(WrongInput, match="依据"):
        made(lite, "XQ-2026-000001", "will_not_open", words={"reason": "涉及商业秘密"})
    made(lite, "XQ-2026-000001", "will_not_open", words={"reason": "涉及商业秘密", "ground": "第七条"})
    with pytest.raises(WrongInput, match="决定开放"):
        made(lite, "XQ-2026-000001", "publish", opened="bus-stops")


def test_a_dataset_is_marked_while_it_is_checked_where_the_text_says_so(lite: Office) -> None:
    """WX-17¶2 标注; the other cities' texts know no mark."""
    state = lite.surroundings.public / "state.json"
    Person().send("correction", CORRECTION)
    made(lite, "JC-2026-000001", "start_verifying")
    assert not state.exists()
    (lite.surroundings.live / "catalogue.json").write_text(
        json.dumps({**CATALOGUE, "profile": "wuxi"}), encoding="utf-8"
    )
    for number, text in ((2, "第二处错误。"), (3, "第三处错误。")):
        Person().send("correction", {**CORRECTION, "text": text})
        made(lite, f"JC-2026-00000{number}", "start_verifying")
    assert json.loads(state.read_text("utf-8"))["under_query"] == {"bus-stops": {"since": "2026-09-24"}}
    for number in (1, 2, 3):
        assert json.loads(state.read_text("utf-8"))["under_query"] != {}  # the others are still being checked
        made(lite, f"JC-2026-00000{number}", "find_no_error", words={"reason": "核对无误"})
    assert json.loads(state.read_text("utf-8"))["under_query"] == {}


@pytest.fixture
def run(lite: Office, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A verb on this test's service; Django is already set up."""
    monkeypatch.setattr(opening, "open_office", lambda _: lite)

    def verb(*words: str) -> tuple[int, str]:
        out = io.StringIO()
        code = desk.main(list(words), Settings(CODE, CODE / "_build", lite.surroundings.var, lite.now()), out)
        return code, out.getvalue()

    return verb


def test_a_result_is_listed_accepted_and_drafted_as_an_entry(run: Any, capsys: pytest.CaptureFixture[str]) -> None:
    hostile = {
        "subject": '查询: [a]\t"#&*!',
        "maker": "- {x: y}",
        "text": "第一行\n'第二行': # x\n2026-01-01",
        "source": "yes",
    }
    assert Person().send("result", RESULT | hostile)[0] == 200
    assert "CG-2026-000001  利用成果  已收到  —  无法定期限" in run("list")[1]
    assert run("draft", "CG-2026-000001", "--id", "stops", "--by", "运营岗")[0] == 2
    assert "不是审核通过" in capsys.readouterr().err
    assert run("move", "CG-2026-000001", "accept") == (0, "CG-2026-000001 现在是：审核通过，待展示\n")
    assert "审核通过，待展示" in run("list")[1]
    code, entry = run("draft", "CG-2026-000001", "--id", "stops", "--by", "平台运营岗")
    assert code == 0
    work = Work.model_validate({"id": "stops", **yaml.safe_load(entry)})
    assert (work.id, work.title, work.maker, work.kind) == ("stops", '查询: [a] "#&*!', "- {x: y}", "application")
    assert work.datasets == ("bus-stops", "care-homes")
    assert (work.description, work.source_note) == ("第一行\n'第二行': # x\n2026-01-01", "yes")
    assert (work.date, work.url) == (date(2026, 9, 1), "https://example.org/stops")
    assert (work.approved.by, work.approved.date) == ("平台运营岗", date(2026, 9, 24))
    assert run("move", "CG-2026-000001", "show", "--link", "/showcase/#stops")[0] == 0
    assert run("list")[1] == "没有待办事项。\n"


def test_the_gate_takes_the_entry_as_it_was_printed(run: Any, tmp_path: Path) -> None:
    Person().send("result", RESULT | {"datasets": "bus-stops"})
    run("move", "CG-2026-000001", "accept")
    entry = run("draft", "CG-2026-000001", "--id", "stop-finder", "--by", "平台运营岗（示范）")[1]
    city = make_catalogue(tmp_path / "city")
    path = city / "catalog/showcase/stop-finder.yml"
    path.parent.mkdir()
    path.write_text(entry.replace("bus-stops", "parks"), encoding="utf-8")
    reading = read_catalogue(settings_for(city))
    assert [str(problem) for problem in reading.problems if "showcase" in problem.path] == []
    (work,) = reading.catalogue.showcase
    assert (work.id, work.title, work.datasets) == ("stop-finder", "公交到站查询", ("parks",))


def test_what_may_be_left_out_is_left_out(run: Any) -> None:
    bare = {key: value for key, value in RESULT.items() if key not in ("url", "finished", "source")}
    Person().send("result", bare)
    run("move", "CG-2026-000001", "accept")
    entry = run("draft", "CG-2026-000001", "--id", "stops", "--by", "运营岗")[1]
    work = Work.model_validate({"id": "stops", **yaml.safe_load(entry)})
    assert (work.url, work.source_note, work.date) == (None, None, date(2026, 9, 24))


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("datasets", "no-such\nbus-stops", "没有找到这些数据集：no-such。"),
        ("datasets", "\n".join(f"bus-{n}" for n in range(21)), "最多写 20 个"),
        ("url", "javascript:alert(1)", "不像网址"),
        ("url", "https://localhost", "不像网址"),
        ("finished", "2026-09-25", "不晚于今天"),
        ("finished", "0001-01-01", "不早于 1990 年"),
        ("finished", "1989-12-31", "不早于 1990 年"),
        ("finished", "昨天", "2026-11-20 这样的日期"),
        ("consent", "", "须您同意"),
        ("about", "film", "请选择成果的类别"),
        ("maker", "", "请填写制作者"),
    ],
)
def test_each_mistake_in_a_result_gets_one_sentence(lite: Office, field: str, value: str, words: str) -> None:
    status, page = Person().send("result", {**RESULT, field: value})
    assert status == 422
    assert words in page
    assert "有 1 处需要改" in page
    assert Case.objects.count() == 0


@pytest.mark.parametrize("day", ["1990-01-01", "2026-09-24"])
def test_the_first_and_the_last_day_of_a_result_are_taken(lite: Office, day: str) -> None:
    assert Person().send("result", {**RESULT, "finished": day})[0] == 200


def test_a_day_that_cannot_be_is_told_in_english_too(lite: Office) -> None:
    person, path = Person(), "/en/forms/result/"
    page = person.open(path)
    wait(20)
    status, page = person.post(path, page, {**RESULT, "finished": "0001-01-01"})
    assert status == 422
    assert "not before 1990 and not after today" in page


def test_a_result_keeps_what_was_typed_and_is_prefilled(lite: Office) -> None:
    _, page = Person().send("result", {**RESULT, "maker": ""})
    for typed in ("公交到站查询", "https://example.org/stops", 'value="yes" id="id_consent_0" checked', "2026-09-01"):
        assert typed in page
    page = Person().open("/forms/result/?dataset=bus-stops")
    assert ">\nbus-stops</textarea>" in page


def test_a_result_is_limited_like_a_request(lite: Office) -> None:
    codes = [Person().send("result", {**RESULT, "subject": f"应用 {count}"})[0] for count in range(4)]
    assert codes == [200, 200, 200, 429]


def test_the_desk_shows_a_case_and_records_who_read_the_contact(run: Any, lite: Office) -> None:
    Person().send("correction", CORRECTION)
    code, told = run("show", "JC-2026-000001")
    assert code == 0
    assert "13800001234" not in told
    for part in ("数据纠错（error）", CORRECTION["text"], "2026-10-09", "可以办理：start_verifying（变为“核实中”）"):
        assert part in told
    assert "联系方式：13800001234" in run("show", "JC-2026-000001", "--contact")[1]
    assert Event.objects.order_by("-seq")[0].what == "read_contact"
    run("erase", "--case", "JC-2026-000001")
    assert "联系方式：没有" in run("show", "JC-2026-000001", "--contact")[1]


def test_verbs_say_what_they_did(run: Any, capsys: pytest.CaptureFixture[str]) -> None:
    set_clock(NOW)
    Person().send("opinion", OPINION)
    assert run("move", "YJ-2026-000001", "route", "--as", "operator", "--to", "jtj")[0] == 0
    assert run("move", "YJ-2026-000001", "start_verifying", "--as", "nobody")[0] == 2
    assert "没有“nobody”这种身份" in capsys.readouterr().err
    assert run("say", "YJ-2026-000001")[0] == 2
    assert "--title 或 --result" in capsys.readouterr().err
    assert run("say", "YJ-2026-000001", "--title", "筛选")[1] == "YJ-2026-000001 公布的标题：筛选；结果：无\n"
    assert run("publish")[1] == "feedback.json 1 件、demands.json 0 件\n"
    assert set(casework.WORDS) < set(Need)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("draft", "CG-2026-000001", "--id", "../../portal", "--by", "运营岗"), "小写字母"),
        (("draft", "CG-2026-000001", "--id", "stops\n", "--by", "运营岗"), "小写字母"),
        (("move", "JC-2026-000001", "ask_extension", "--until", "10月30日"), "日期请写成 2026-11-22"),
    ],
)
def test_a_wrong_word_is_told_in_chinese(
    run: Any, words: tuple[str, ...], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*words)[0] == 2
    assert why in capsys.readouterr().err


def test_the_desk_says_what_a_step_leads_to_and_what_it_asks_for(run: Any, lite: Office) -> None:
    Person().send("request", REQUEST)
    made(lite, "XQ-2026-000001", "assign", actor=Actor.OPERATOR)
    told = run("show", "XQ-2026-000001")[1]
    assert "will_not_open（变为“决定不予开放”，须写明理由、依据）" in told
    Person().send("opinion", OPINION)
    made(lite, "YJ-2026-000001", "reject_invalid", actor=Actor.OPERATOR, words={"reason": "重复"})
    assert "可以办理：无" in run("show", "YJ-2026-000001")[1]


def test_what_is_said_can_be_changed_and_is_recorded(lite: Office) -> None:
    Person().send("opinion", OPINION)
    say(lite, "YJ-2026-000001", "li", title="筛选 功能", result=None)
    assert Event.objects.order_by("-seq")[0].fields == ["title"]
    with pytest.raises(WrongInput, match="个人信息"):
        say(lite, "YJ-2026-000001", "li", title=None, result="已电话答复 13800001234。")
