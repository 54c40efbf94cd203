"""What the public is told of cases: in the build's shape, after every change, with nothing that tells who it was."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path
from typing import Any

import httpx

from portal.counts.cases import cases_from
from portal.counts.inputs import read_inputs
from portal.service import tidings
from portal.service.domain.moves import Actor, Need
from portal.service.models import Case
from portal.service.moving import Wish, move
from portal.service.office import Office
from tests.service.people import CATALOGUE, CORRECTION, NOW, OPINION, REQUEST, RESULT, Person, hidden_of, set_clock
from tests.service.server import Server
from tests.waiting import LONG, comes_to

TODAY = date(2026, 10, 8)


def told(here: Office, name: str) -> list[dict[str, Any]]:
    text = (here.surroundings.public / f"{name}.json").read_text("utf-8")
    cases: list[dict[str, Any]] = json.loads(text)["cases"]
    return cases


def test_the_build_reads_what_the_service_wrote(here: Office) -> None:
    Person().send("correction", CORRECTION)
    Person().send("opinion", OPINION)
    Person().send("request", REQUEST)
    Person().send("result", RESULT)
    for event, words in (("start_verifying", {}), ("correct", {Need.LINK: "/dataset/bus-stops/"})):
        move(here, "JC-2026-000001", Wish(event, "li", words=words, title="一处站名写错", result="已更正。"))
    move(here, "XQ-2026-000001", Wish("assign", "li", Actor.OPERATOR, department="jtj", title="公共停车场"))
    inputs = read_inputs(here.surroundings.var, TODAY)
    assert inputs.unread == ()
    assert inputs.feedback is not None
    assert inputs.requests is not None
    correction, opinion = sorted(inputs.feedback, key=lambda one: one.number)
    assert correction.model_dump() == {
        "number": "JC-2026-000001", "kind": "correction", "department": "jtj", "dataset": "bus-stops",
        "title": "一处站名写错", "received": date(2026, 9, 24), "due": date(2026, 10, 9), "extended": False,
        "answered": date(2026, 9, 24), "outcome": "resolved_corrected", "result": "已更正。", "opened": None,
    }  # fmt: skip
    assert correction.standing(TODAY) == "in_time"
    assert (opinion.kind, opinion.standing(TODAY), opinion.department) == ("opinion", "open", None)
    (request,) = inputs.requests
    assert (request.title, request.department, request.due) == ("公共停车场", "jtj", date(2026, 10, 15))
    assert request.standing(date(2026, 10, 16)) == "overdue"


def test_nothing_that_was_sent_is_told(lite: Office) -> None:
    for kind, values in (("correction", CORRECTION), ("opinion", OPINION), ("request", REQUEST), ("result", RESULT)):
        Person().send(kind, values)
    tidings.publish(lite)
    published = "".join(path.read_text("utf-8") for path in lite.surroundings.public.glob("*.json"))
    for values in (CORRECTION, OPINION, REQUEST, RESULT):
        for name, typed in values.items():
            if name not in ("dataset", "about", "wants_reply", "urgency", "consent", "row"):
                assert typed not in published, name
    assert "CG-" not in published
    for case in Case.objects.all():
        assert case.receipt not in published


def test_what_waits_for_a_look_is_not_told_until_somebody_looked(lite: Office) -> None:
    Person().send("correction", {**CORRECTION, "website": "http://x"})
    tidings.publish(lite)
    assert told(lite, "feedback") == []
    move(lite, "JC-2026-000001", Wish("route", "li", Actor.OPERATOR))
    assert [one["number"] for one in told(lite, "feedback")] == ["JC-2026-000001"]


def test_an_objection_names_no_dataset_and_no_department_that_would_name_it(lite: Office) -> None:
    Person().send("correction", {**CORRECTION, "about": "dispute"})
    tidings.publish(lite)
    assert [(one["dataset"], one["department"]) for one in told(lite, "feedback")] == [(None, None)]
    for listed, department in ((2, None), (3, "jtj")):
        many = {f"set-{n}": {**CATALOGUE["datasets"]["bus-stops"], "title": f"第 {n} 项数据"} for n in range(listed)}
        (lite.surroundings.live / "catalogue.json").write_text(
            json.dumps({**CATALOGUE, "datasets": many}), encoding="utf-8"
        )
        tidings.publish(lite)
        assert [(one["dataset"], one["department"]) for one in told(lite, "feedback")] == [(None, department)]


def test_a_set_that_is_gone_is_not_named(lite: Office) -> None:
    Person().send("correction", CORRECTION)
    (lite.surroundings.live / "catalogue.json").write_text(json.dumps({**CATALOGUE, "datasets": {}, "departments": {}}))
    tidings.publish(lite)
    assert [(one["dataset"], one["department"]) for one in told(lite, "feedback")] == [(None, None)]


def test_a_set_that_was_renamed_is_named_as_it_is_called_now(lite: Office) -> None:
    Person().send("correction", CORRECTION)
    renamed = {"stops": {**CATALOGUE["datasets"]["bus-stops"], "aliases": ["bus-stops"]}}
    (lite.surroundings.live / "catalogue.json").write_text(
        json.dumps({**CATALOGUE, "datasets": renamed}), encoding="utf-8"
    )
    tidings.publish(lite)
    assert [one["dataset"] for one in told(lite, "feedback")] == ["stops"]


def test_what_the_city_does_not_publish_is_taken_away(lite: Office) -> None:
    Person().send("opinion", OPINION)
    assert tidings.publish(lite) == {"feedback": 1, "demands": 0}
    portal = {**CATALOGUE["portal"], "public_cases": ["demands"]}
    (lite.surroundings.live / "catalogue.json").write_text(
        json.dumps({**CATALOGUE, "portal": portal}), encoding="utf-8"
    )
    assert tidings.publish(lite) == {"demands": 0}
    assert not (lite.surroundings.public / "feedback.json").exists()


def test_old_cases_are_not_told_for_ever(lite: Office) -> None:
    Person().send("opinion", OPINION)
    set_clock(NOW.replace(year=2029, month=10))
    assert tidings.publish(lite)["feedback"] == 0


def test_the_same_cases_are_the_same_bytes(lite: Office) -> None:
    Person().send("opinion", OPINION)
    tidings.publish(lite)
    path = lite.surroundings.public / "feedback.json"
    before = path.read_bytes()
    tidings.publish(lite)
    assert path.read_bytes() == before
    assert len(cases_from(json.loads(before), TODAY)) == 1


def test_a_running_service_tells_by_itself(tmp_path: Path) -> None:
    server = Server(tmp_path)
    server.start()
    try:
        feedback = server.var / "public/feedback.json"
        comes_to(lambda: cases_in(feedback), 0)
        with httpx.Client(base_url=server.address, timeout=LONG) as client:
            page = client.get("/forms/opinion/").text
            time.sleep(3.1)  # quicker ones wait for somebody to look
            assert client.post("/forms/opinion/", data={**hidden_of(page), **OPINION}).status_code == 200
        comes_to(lambda: cases_in(feedback), 1)
    finally:
        server.close()


def cases_in(path: Path) -> int | None:
    return len(json.loads(path.read_text("utf-8"))["cases"]) if path.is_file() else None
