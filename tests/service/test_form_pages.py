"""What the forms say when something is missing or wrong; nothing typed is lost, nothing typed becomes HTML."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from portal.service.forms.base import new_stamp
from portal.service.models import Case
from portal.service.office import Office, office
from tests.service.people import CATALOGUE, CORRECTION, OPINION, REQUEST, Person, hidden_of, text_of, wait

SCRIPT = '<script>alert(1)</script>"><img src=x onerror=alert(2)>{{ 7007*7007 }}{% debug %}<!--kaishu:main-->'


def error_of(page: str, field: str) -> str:
    found = re.search(rf'<p class="error" id="id_{field}_error">(.*?)</p>', page)
    assert found, page
    assert f'<a href="#id_{field}">' in page  # the summary links to it
    return unescape(found[1])


@pytest.mark.parametrize(
    ("kind", "field", "value", "words"),
    [
        ("correction", "dataset", "", "请填写数据集的名称、编号或页面地址。"),
        ("correction", "dataset", "没有的数据集", "没有找到这个数据集。"),
        ("correction", "about", "", "请选择是哪一类问题。"),
        ("correction", "about", "nonsense", "请选择是哪一类问题。"),
        ("correction", "text", "", "请写明哪里不对"),
        ("correction", "text", "错", "至少写 4 个字"),
        ("correction", "text", "错" * 2003, "最多 2000 个字，现在多了 3 个字"),
        ("correction", "text", "错了\x07错了", "控制字符"),
        ("correction", "field", "列" * 101, "最多 100 个字"),
        ("correction", "evidence", "据" * 501, "最多 500 个字"),
        ("correction", "contact", "", "您选择了需要答复，请填写联系方式"),
        ("correction", "contact", "微信号 abc", "这不像手机号、固定电话或邮箱"),
        ("opinion", "subject", "", "请用一句话概括您的意见。"),
        ("opinion", "about", "", "请选择意见是关于什么的。"),
        ("opinion", "wants_reply", "", "请选择是否需要答复。"),
        ("opinion", "text", "   \u200b ", "请写下您的意见或建议。"),
        ("request", "subject", "", "请写明您想要什么数据。"),
        ("request", "text", "", "请写明打算怎么用"),
        ("request", "contact", "", "处理结果须告知您本人"),
        ("request", "urgency", "x", "请选择什么时候要用。"),
    ],
)
def test_each_mistake_gets_one_sentence_at_its_field(
    lite: Office, kind: str, field: str, value: str, words: str
) -> None:
    values = {"correction": CORRECTION, "opinion": OPINION, "request": REQUEST}[kind]
    status, page = Person().send(kind, {**values, field: value})
    assert status == 422
    assert words in error_of(page, field)
    assert "有 1 处需要改" in page
    assert "<title>有错误：" in page
    assert Case.objects.count() == 0
    for name, typed in values.items():
        if name != field:
            assert typed in unescape(page), name


def test_all_mistakes_come_at_once(lite: Office) -> None:
    _, page = Person().send("correction", {"wants_reply": "yes"})
    assert "有 4 处需要改" in page  # dataset, kind, text, contact


def test_names_aliases_titles_and_addresses_all_find_the_dataset(lite: Office) -> None:
    for typed in (
        "bus-stops",
        "old-stops",
        "公交站点位置（2026年）",
        "https://data.example.org/dataset/bus-stops/#fields",
    ):
        assert Person().send("correction", {**CORRECTION, "dataset": typed})[0] == 200
    assert set(Case.objects.values_list("dataset", flat=True)) == {"bus-stops"}
    _, page = Person().send("correction", {**CORRECTION, "dataset": "公交站点"})
    assert 'href="/forms/correction/?dataset=bus-stops"' in page


def test_the_page_is_prefilled_from_the_dataset(lite: Office) -> None:
    page = Person().open("/forms/correction/?dataset=bus-stops&table=bus-stops&row=12&field=%E7%AB%99%E5%90%8D")
    assert "公交站点位置（2026年）" in page
    assert "由市交通运输局核实" in page
    assert hidden_of(page)["dataset"] == "bus-stops"
    assert hidden_of(page)["table"] == "bus-stops"
    assert 'value="站名"' in page
    assert 'value="12"' in page
    assert 'value="no-such-set"' in Person().open("/forms/correction/?dataset=no-such-set")


def test_a_search_that_found_nothing_fills_in_what_is_wanted(lite: Office) -> None:
    page = Person().open("/forms/request/?q=%E5%85%85%E7%94%B5%E6%A1%A9%22%3E")
    assert 'value="充电桩&quot;&gt;"' in page


def test_nothing_typed_becomes_html(lite: Office) -> None:
    answers = [
        Person().send("correction", {**CORRECTION, "text": SCRIPT, "about": ""}),
        Person().send("correction", {**CORRECTION, "text": SCRIPT, "dataset": "care-homes"}),
        Person().send("opinion", {**OPINION, "subject": SCRIPT[:60], "text": SCRIPT}),
    ]
    person = Person()
    page = person.open("/forms/request/")
    wait(9)
    answers.append(person.post("/forms/request/", page, {**REQUEST, "subject": "养老机构名录", "text": SCRIPT}))
    opened = Person().look_up(text_of(answers[2][1], "code"), "")
    bad_query = Client().get("/forms/correction/", {"dataset": SCRIPT, "field": SCRIPT}).content.decode()
    for page in [*(page for _, page in answers), opened[1], bad_query]:
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "{{ 7007*7007 }}" in page or str(7007 * 7007) not in page
        assert page.count("<main") <= 1
    assert "&lt;b&gt;（2025年）" in answers[3][1]  # a title with tags, from the catalogue


def test_nothing_runs_inline_and_every_answer_carries_the_headers(lite: Office) -> None:
    for path in ("/forms/", "/forms/correction/", "/forms/opinion/", "/forms/request/", "/forms/case/", "/forms/nope/"):
        answer = Client().get(path)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        body = answer.content.decode()
        assert "<script" not in body
        assert " style=" not in body
        assert not re.search(r"\son[a-z]+=", body)
        assert not re.findall(r'(?:src|href|action)="https?:', body)


def test_pages_stand_in_the_portals_frame(lite: Office) -> None:
    frame = "<html><head><title><!--kaishu:title--></title><!--kaishu:head--></head><body>壳<!--kaishu:main--></body></html>"
    (lite.surroundings.live / "shell.html").write_text(frame, encoding="utf-8")
    page = Person().open("/forms/opinion/")
    assert page.startswith("<html><head><title>意见建议 - 示例市公共数据开放平台</title><meta name=")
    assert "壳<nav" in page
    assert "<!--kaishu" not in page


def test_labels_hints_and_errors_belong_together(lite: Office) -> None:
    _, page = Person().send("correction", {**CORRECTION, "text": ""})
    for control in re.findall(r"<(?:input|textarea)[^>]*>", page):
        if 'type="hidden"' in control or 'type="radio"' in control:
            continue
        name = re.search(r' id="([^"]+)"', control)
        assert name, control
        assert f'<label for="{name[1]}"' in page, control
        for target in (re.search(r'aria-describedby="([^"]+)"', control) or ["", ""])[1].split():
            assert f'id="{target}"' in page, target
    area = re.search(r'<textarea[^>]*id="id_text"[^>]*>', page)
    assert area
    assert 'aria-invalid="true"' in area[0]
    assert 'aria-describedby="id_text_helptext id_text_error"' in area[0]


def test_a_forged_form_is_refused_and_keeps_what_was_typed(lite: Office) -> None:
    stranger = Client(enforce_csrf_checks=True)
    stamp = new_stamp("correction", lite.now())  # type: ignore[arg-type]
    answer = stranger.post("/forms/correction/", {**CORRECTION, "stamp": stamp})
    assert answer.status_code == 403
    assert "请再点一次“提交”" in answer.content.decode()
    assert CORRECTION["text"] in answer.content.decode()
    assert Case.objects.count() == 0


@pytest.mark.parametrize("stamp", ["", "forged", "1:2:3", "old"])
def test_a_page_that_stood_open_too_long_is_renewed(lite: Office, stamp: str) -> None:
    person = Person()
    page = person.open("/forms/opinion/")
    wait(25 * 3600 if stamp == "old" else 10)
    values = OPINION if stamp == "old" else {**OPINION, "stamp": stamp}
    status, again = person.post("/forms/opinion/", page, values)
    assert status == 400
    assert "打开得太久" in again
    assert OPINION["text"] in again
    wait(5)
    assert person.post("/forms/opinion/", again, OPINION)[0] == 200
    assert Case.objects.count() == 1


def test_oversized_and_odd_bodies_are_refused_plainly(lite: Office) -> None:
    client = Client()
    big = client.post("/forms/opinion/", {"text": "长" * 100_000})
    assert (big.status_code, "内容太多" in big.content.decode()) == (413, True)
    many = client.post("/forms/opinion/", {f"f{n}": "x" for n in range(100)})
    assert many.status_code == 400
    with Path(__file__).open("rb") as file:
        with_file = client.post("/forms/opinion/", {"text": "x", "file": file})
    assert with_file.status_code == 400
    odd = client.post("/forms/opinion/", data=b"\xff\xfe%00=%ff", content_type="application/x-www-form-urlencoded")
    assert odd.status_code == 400
    assert (
        client.post("/forms/opinion/", data=json.dumps({"text": "x"}), content_type="application/json").status_code
        == 400
    )
    for method in ("put", "delete", "patch"):
        assert getattr(client, method)("/forms/opinion/").status_code == 405
    assert Case.objects.count() == 0


def test_contact_is_asked_for_where_the_city_owes_an_answer(lite: Office) -> None:
    """SZ-23 tells the result to who asked; Wuxi's text sets no term and no duty, so the choice is the sender's."""
    changed: dict[str, Any] = {**CATALOGUE, "profile": "wuxi"}
    (lite.surroundings.live / "catalogue.json").write_text(json.dumps(changed), encoding="utf-8")
    values = {**REQUEST, "contact": "", "wants_reply": "no"}
    assert Person().send("request", values)[0] == 200
    case = Case.objects.get()
    assert (case.due, case.wants_reply) == (None, False)
    assert office().profile.name == "wuxi"


def test_the_number_of_a_case_is_not_taken_for_its_code(lite: Office) -> None:
    _, told = Person().look_up("jc-2026-000123", "")
    assert "这是受理编号。请填写回执码" in told
    _, told = Person().look_up("JC-2026-00012", "")
    assert "回执码有误：应为 16 位" in told


def test_the_service_is_alive_and_whole(here: Office) -> None:
    answer = Client().get("/forms/healthz")
    assert (answer.status_code, answer.json()) == (200, {"ok": True})
    call_command("check", deploy=False, fail_level="WARNING")
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_a_printed_receipt_tells_the_address_where_its_code_is_asked_for(lite: Office) -> None:
    _, page = Person().send("correction", CORRECTION)
    assert '<p class="on-paper">查询办理进度的网址：http://testserver/forms/case/</p>' in page
