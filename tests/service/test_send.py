"""The forms end to end through Django's client, on SQLite and on PostgreSQL."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.problems import PortalError
from portal.service import audit
from portal.service.domain.codes import read_code
from portal.service.lookup import look_up
from portal.service.models import Case, Contact, Event, RateWindow
from portal.service.office import Office
from portal.service.receive import bound_to
from portal.service.sealing import unseal
from tests.service.people import CORRECTION, NOW, OPINION, REQUEST, Person, hidden_of, set_clock, text_of, wait


def test_a_correction_is_stored_routed_and_promised(here: Office) -> None:
    status, page = Person().send("correction", CORRECTION)
    assert status == 200, page
    case = Case.objects.get()
    assert (case.number, case.dataset, case.release, case.department) == (
        "JC-2026-000001", "bus-stops", "2026-06-30", "jtj",
    )  # fmt: skip
    # received on 24 September: Mid-Autumn until 27; 28, 29, 30 September; Golden Week until 7; 8 and 9 October
    assert (case.due, case.provisional) == (date(2026, 10, 9), False)
    assert (case.received_at, case.held, case.state) == (NOW + timedelta(seconds=20), "", "with_entity")
    assert case.answers == {key: CORRECTION[key] for key in ("field", "row", "expected", "evidence")}
    assert text_of(page, "number") == case.number
    assert read_code(text_of(page, "code"))
    for said in ("2026年10月9日", "市交通运输局", "5个工作日内处理完毕", "《苏州市公共数据开放实施细则》第十条"):
        assert said in page
    assert [event.what for event in Event.objects.order_by("seq")] == ["submit", "route"]
    assert audit.verify(here.keys, here.surroundings.public) == []


def test_the_contact_is_sealed_and_nothing_else_holds_it(here: Office) -> None:
    Person().send("correction", CORRECTION)
    contact = Contact.objects.get()
    sealed = bytes(contact.sealed)
    assert unseal(here.keys.get("contact-2026Q3"), sealed, bound_to(contact)) == "13800001234"
    kept = [str(row) for model in (Case, Event) for row in model.objects.values()]
    assert "0001234" not in "".join(kept) + sealed.decode("latin-1") + str(contact.last_four)
    assert not [event for event in Event.objects.all() if "火车" in str(event.fields)]


def test_a_contact_belongs_to_its_case_alone(here: Office) -> None:
    """Who may write the database can't move a contact to a case of his own, nor see whose endings are equal."""
    Person().send("correction", CORRECTION)
    Person().send("correction", {**CORRECTION, "text": "另一处站名也写错了，请核对。"})
    one, other = Contact.objects.order_by("pk")
    key = here.keys.get("contact-2026Q3")
    assert unseal(key, bytes(one.sealed), bound_to(one)) == unseal(key, bytes(other.sealed), bound_to(other))
    assert one.last_four != other.last_four
    with pytest.raises(PortalError, match="无法解密"):
        unseal(key, bytes(one.sealed), bound_to(other))


def test_the_case_opens_with_code_and_last_four_only(here: Office) -> None:
    _, page = Person().send("correction", CORRECTION)
    code = text_of(page, "code")
    status, opened = Person().look_up(code.lower().replace("-", " "), "1234")
    assert status == 200
    assert "JC-2026-000001" in opened
    assert "已转交数据开放主体" in opened
    assert "还有 5 个工作日" in opened
    wrong = [Person().look_up(code, "1235"), Person().look_up(code, ""), Person().look_up(_other(code), "1234")]
    assert {status for status, _ in wrong} == {404}
    told = {_told(page) for _, page in wrong}
    assert len(told) == 1
    assert "没有找到对应的事项" in told.pop()


def _other(code: str) -> str:
    """Another code with a right check symbol: nobody has it."""
    from portal.service.domain.codes import make_code

    other = make_code(b"x" * 32, b"another")
    assert other != code
    return other


def _told(page: str) -> str:
    return page[page.index('class="errors"') : page.index("</ul>", page.index('class="errors"'))]


def test_every_way_of_being_wrong_does_the_same_work(here: Office) -> None:
    """Unknown code, wrong ending, no ending: the same queries in the same order, so that time tells nothing."""
    _, page = Person().send("correction", CORRECTION)
    code = text_of(page, "code")
    done: list[list[str]] = []
    for number, (typed, four) in enumerate([(_other(code), "1234"), (code, "1235"), (code, "")]):
        with CaptureQueriesContext(connection) as queries:
            assert look_up(typed, four, f"198.51.100.{number}", here) is None
        done.append([re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in queries.captured_queries])
    assert done[0] == done[1] == done[2]


def test_without_contact_the_code_alone_opens(here: Office) -> None:
    status, page = Person().send("opinion", OPINION)
    assert status == 200
    assert "及时处理" in page
    case = Case.objects.get()
    assert (case.due, case.state, case.number) == (None, "received", "YJ-2026-000001")
    assert Person().look_up(text_of(page, "code"), "")[0] == 200


def test_a_request_shows_similar_datasets_first(here: Office) -> None:
    person = Person()
    page = person.open("/forms/request/")
    wait(30)
    wanted = {**REQUEST, "subject": "全市公交站点的位置"}
    status, check = person.post("/forms/request/", page, wanted)
    assert status == 200
    assert 'href="/dataset/bus-stops/"' in check
    assert "做一个找车位的小程序" in check
    assert Case.objects.count() == 0
    skipped = person.post("/forms/request/", page, {**wanted, "step": "send"})  # without the page's proof
    assert 'id="similar"' in skipped[1]
    assert Case.objects.count() == 0
    status, back = person.post("/forms/request/", check, {"step": "edit"})
    assert status == 200
    assert 'value="全市公交站点的位置"' in back
    status, done = person.post("/forms/request/", check, {"step": "send"})
    assert status == 200
    case = Case.objects.get()
    assert (case.number, case.state, case.due) == ("XQ-2026-000001", "received", date(2026, 10, 15))
    assert "告知您结果" in done
    # 10 working days: 28-30 September, 8, 9, 10 (Saturday, worked), 12, 13, 14, 15 October
    assert case.answers["urgency"] == "soon"


def test_a_repeated_submission_gets_the_same_receipt(here: Office) -> None:
    person = Person()
    page = person.open("/forms/correction/")
    wait(10)
    first = person.post("/forms/correction/", page, CORRECTION)
    again = person.post("/forms/correction/", page, CORRECTION)
    assert again[0] == 200
    assert text_of(again[1], "code") == text_of(first[1], "code")
    assert "没有重复登记" in again[1]
    assert Case.objects.count() == 1
    wait(23 * 3600)
    assert text_of(person.post("/forms/correction/", page, CORRECTION)[1], "code")
    other = person.post("/forms/correction/", page, {**CORRECTION, "text": "另一处也错了。"})
    assert other[0] == 409
    assert "另一处也错了。" in other[1]
    assert hidden_of(other[1])["stamp"] != hidden_of(page)["stamp"]
    assert person.post("/forms/correction/", other[1], {**CORRECTION, "text": "另一处也错了。"})[0] == 200
    assert Case.objects.count() == 2


def test_numbers_begin_anew_each_year(here: Office) -> None:
    Person().send("opinion", OPINION)
    Person().send("opinion", {**OPINION, "subject": "第二条意见"})
    set_clock(NOW.replace(year=2027))
    Person().send("opinion", {**OPINION, "subject": "第三条意见"})
    numbers = Case.objects.order_by("id").values_list("number", flat=True)
    assert list(numbers) == ["YJ-2026-000001", "YJ-2026-000002", "YJ-2027-000001"]


def test_a_provisional_date_says_so(here: Office) -> None:
    set_clock(NOW.replace(month=12, day=28))
    _, page = Person().send("correction", CORRECTION)
    case = Case.objects.get()
    assert (case.due, case.provisional) == (date(2027, 1, 3), True)
    assert "暂定" in page
    assert "不会提前" in page


def test_requests_are_six_a_day_whatever_the_hours(here: Office) -> None:
    codes = []
    for hour in range(3):
        wait(3600 * (hour > 0))
        codes += [Person().send("request", {**REQUEST, "subject": f"数据 {hour}-{n}"})[0] for n in range(3)]
    assert codes == [200] * 6 + [429] * 3


def test_who_asked_how_often_is_forgotten_after_a_day(here: Office) -> None:
    Person().send("correction", CORRECTION)
    before = RateWindow.objects.get()
    wait(2 * 86400)
    Person("203.0.113.8").send("correction", {**CORRECTION, "text": "另一处站名也写错了，请核对。"})
    assert RateWindow.objects.get().start > before.start


def test_the_limit_is_equal_and_keeps_what_was_typed(here: Office) -> None:
    for number in range(3):
        assert Person().send("request", {**REQUEST, "subject": f"停车场数据 {number}"})[0] == 200
    status, page = Person().send("request", {**REQUEST, "subject": "第四份申请"})
    assert status == 429
    assert "第四份申请" in page
    assert "11:00" in page  # the window that began at 10:00 ends then
    assert Person("198.51.100.9").send("request", REQUEST)[0] == 200
    assert Person("10.9.9.9, 203.0.113.7").send("request", REQUEST)[0] == 429  # what a client claims is worth nothing
    assert Case.objects.count() == 4


@pytest.mark.parametrize(("seconds", "trap", "held"), [(1, "", "too-fast"), (20, "http://x", "honeypot")])
def test_suspect_parcels_are_held_not_dropped(lite: Office, seconds: int, trap: str, held: str) -> None:
    status, page = Person().send("correction", {**CORRECTION, "website": trap}, seconds=seconds)
    assert status == 200
    assert text_of(page, "code")
    case = Case.objects.get()
    assert (case.held, case.state) == (held, "received")


@pytest.mark.parametrize(("hours", "status"), [(23, 200), (25, 400)])
def test_a_page_is_good_for_a_day(lite: Office, hours: int, status: int) -> None:
    assert Person().send("correction", CORRECTION, seconds=hours * 3600)[0] == status
    assert Case.objects.count() == (status == 200)


def test_look_ups_are_limited(here: Office) -> None:
    codes = [Person().look_up(_other(""), "")[0] for _ in range(11)]
    assert codes == [404] * 10 + [429]
