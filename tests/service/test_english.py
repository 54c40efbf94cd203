"""The forms in English: every page, every mistake, every receipt, without a Chinese sentence but titles of data."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from portal.profile import load_profile, profile_names
from portal.service.domain.articles import article_in_english, number
from portal.service.domain.codes import make_code
from portal.service.domain.kinds import STATE_NAMES, Kind
from portal.service.domain.terms import terms_of
from portal.service.models import Case
from portal.service.office import Office
from portal.service.speech import PARTS, other_address, speech, states, words
from tests.service.people import CATALOGUE, CORRECTION, OPINION, REQUEST, RESULT, Person, text_of, wait

FRAME = (
    '<html lang="{lang}"><head><title><!--kaishu:title--></title><!--kaishu:head--></head><body>'
    '<a href="<!--kaishu:other-->" hreflang="x">x</a><main><!--kaishu:main--></main></body></html>'
)
TITLES = [item["title"] for item in CATALOGUE["datasets"].values()]
TYPED = {"correction": CORRECTION, "opinion": OPINION, "request": REQUEST, "result": RESULT}
IN_ENGLISH = {
    "correction": CORRECTION | {"field": "name", "text": "The name is misspelt.", "expected": "Station"},
    "opinion": OPINION | {"subject": "Filter by district", "text": "There is no filter by district."},
    "request": REQUEST | {"subject": "Public toilets", "items": "name, place", "text": "For a map.", "holder": ""},
    "result": RESULT | {"subject": "Stop finder", "maker": "A team", "text": "Finds a stop.", "source": ""},
}


@pytest.fixture
def framed(lite: Office) -> Office:
    """The service in a frame of each language."""
    for name, lang in (("shell.html", "zh-CN"), ("shell.en.html", "en")):
        (lite.surroundings.live / name).write_text(FRAME.format(lang=lang), encoding="utf-8")
    named = CATALOGUE | {"portal": CATALOGUE["portal"] | {"name_en": "Small Town Open Data"}}
    named["departments"] = {key: one | {"name_en": "Transport Bureau"} for key, one in CATALOGUE["departments"].items()}
    (lite.surroundings.live / "catalogue.json").write_text(json.dumps(named), encoding="utf-8")
    return lite


def chinese_in(page: str) -> list[str]:
    """Every run of Han characters that stands in a page and is no title of a dataset."""
    plain = unescape(page)
    for title in TITLES:
        plain = plain.replace(title, "")
    return re.findall(r"[\u3400-\u9fff][\u3000-\u9fff]*", plain)


def send(kind: str, values: dict[str, str], *, seconds: float = 20) -> tuple[int, str]:
    person, path = Person(), f"/en/forms/{kind}/"
    page = person.open(path)
    wait(seconds)
    status, answer = person.post(path, page, values)
    if kind == "request" and status == 200:
        assert chinese_in(answer) == []
        status, answer = person.post(path, answer, {"step": "send"})
    return status, answer


@pytest.mark.parametrize("city", profile_names())
@pytest.mark.parametrize(
    "path", ["", "correction/", "correction/?dataset=bus-stops", "opinion/", "request/", "result/", "case/", "nope/"]
)
def test_every_page_is_in_english_under_every_citys_rules(framed: Office, path: str, city: str) -> None:
    catalogue = framed.surroundings.live / "catalogue.json"
    catalogue.write_text(json.dumps(json.loads(catalogue.read_text("utf-8")) | {"profile": city}), encoding="utf-8")
    page = Client().get(f"/en/forms/{path}").content.decode()
    assert '<html lang="en">' in page
    assert chinese_in(page) == []
    assert "Small Town Open Data" in page
    assert not re.findall(r'(?:href|action)="/forms', page.replace(f'href="/forms/{path}" hreflang', ""))
    assert "{" not in page


@pytest.mark.parametrize("kind", [kind.value for kind in Kind])
def test_what_is_sent_is_answered_in_english(framed: Office, kind: str) -> None:
    status, page = send(kind, IN_ENGLISH[kind])
    assert status == 200, page
    assert chinese_in(page) == []
    assert Case.objects.get().lang == "en"
    code, four = text_of(page, "code"), {"correction": "1234", "request": "eone"}.get(kind, "")
    person = Person()
    status, opened = person.post("/en/forms/case/", person.open("/en/forms/case/"), {"code": code, "four": four})
    assert status == 200
    assert chinese_in(opened) == []
    assert Case.objects.get().number in opened


@pytest.mark.parametrize("kind", [kind.value for kind in Kind])
def test_every_mistake_is_told_in_english(framed: Office, kind: str) -> None:
    texts = [name for name in TYPED[kind] if name not in ("about", "wants_reply", "urgency", "consent")]
    wrong: list[dict[str, str]] = [
        {},
        {"wants_reply": "yes"},
        {"wants_reply": "x", "about": "x", "urgency": "x", "consent": "x"},
    ]
    wrong += [dict.fromkeys(texts, value) for value in ("x", "x" * 5000, "x\x07x")]
    for values in wrong:
        status, page = send(kind, values)
        assert status == 422
        assert chinese_in(page) == []
        assert "<title>Please check: " in page
        assert f'action="/en/forms/{kind}/"' in page


def test_every_refusal_is_in_english(framed: Office) -> None:
    person = Person()
    page = person.open("/en/forms/opinion/")
    wait(20)
    answers = [person.post("/en/forms/opinion/", page, {**IN_ENGLISH["opinion"], "stamp": "old"})]  # open too long
    answers.append(person.post("/en/forms/opinion/", page, IN_ENGLISH["opinion"]))
    answers.append(
        person.post("/en/forms/opinion/", page, IN_ENGLISH["opinion"] | {"text": "Another one."})
    )  # used twice
    answers += [send("request", IN_ENGLISH["request"] | {"subject": f"Car parks {count}"}) for count in range(4)]
    forged = Client(enforce_csrf_checks=True).post("/en/forms/opinion/", IN_ENGLISH["opinion"])
    answers.append((forged.status_code, forged.content.decode()))
    big = Client().post("/en/forms/opinion/", {"text": "x" * 300_000})
    answers.append((big.status_code, big.content.decode()))
    many = Client().post("/en/forms/opinion/", {f"f{n}": "x" for n in range(100)})
    answers.append((many.status_code, many.content.decode()))
    unknown = {"code": make_code(b"x" * 32, b"another"), "four": ""}
    answers += [person.post("/en/forms/case/", person.open("/en/forms/case/"), unknown) for _ in range(11)]
    assert [status for status, _ in answers] == [400, 200, 409, 200, 200, 200, 429, 403, 413, 400, *[404] * 10, 429]
    assert [one for _, page in answers for one in chinese_in(page)] == []


def test_the_switch_leads_to_the_same_page_in_the_other_language(framed: Office) -> None:
    for path in ("/forms/", "/forms/correction/?dataset=bus-stops&field=a", "/forms/case/"):
        for here, there in ((path, f"/en{path}"), (f"/en{path}", path)):
            page = Client().get(here).content.decode()
            assert f'<a href="{there.replace("&", "&amp;")}" hreflang' in page
            assert Client().get(there).status_code == 200


def test_the_switch_can_not_be_made_to_lead_elsewhere(framed: Office) -> None:
    page = Client().get('/en/forms/case/?"><script>alert(1)</script>').content.decode()
    assert "<script>" not in page
    assert other_address("/en/forms/") == "/forms/"
    assert other_address("/english/") == "/en/english/"


def test_the_two_languages_say_the_same_things() -> None:
    for part in PARTS:
        for key, (zh, en) in part.items():
            assert set(re.findall(r"{(\w+)}", zh)) >= set(re.findall(r"{(\w+)}", en)), key
            assert re.findall(r"<\w+", zh) == re.findall(r"<\w+", en), key
            assert not re.search(r"[\u3400-\u9fff]", en) or key == "other_language", key
    assert words("zh").keys() == words("en").keys()
    assert states.STATES.keys() == STATE_NAMES.keys()
    assert set(states.KINDS) == set(Kind)


@pytest.mark.parametrize("city", profile_names())
def test_terms_are_told_in_english_too(city: str) -> None:
    profile, english = load_profile(city), speech("en")
    for kind in Kind:
        terms = terms_of(kind, profile)
        told = english.promise(terms) + english.article(terms)
        assert not re.search(r"[\u3400-\u9fff]", told)
        assert bool(terms.article) == bool(terms.article_en)


def test_articles_are_counted_right() -> None:
    for numeral, value in {
        "一": 1,
        "十": 10,
        "十六": 16,
        "二十": 20,
        "二十三": 23,
        "一百零八".replace("零", ""): 108,
    }.items():
        assert number(numeral) == value
    title = "of the Shuangyashan Interim Measures for Managing Public Data"
    assert (
        article_in_english(load_profile("shuangyashan"), "feedback")
        == f"Article 28, paragraph 2 and Article 40 {title}"
    )
    assert article_in_english(load_profile("suzhou"), "no-such-section") is None


def test_a_title_in_english_is_shown_where_there_is_one(framed: Office) -> None:
    catalogue: dict[str, Any] = json.loads((framed.surroundings.live / "catalogue.json").read_text("utf-8"))
    catalogue["datasets"]["bus-stops"]["title_en"] = "Bus stops (2026)"
    (framed.surroundings.live / "catalogue.json").write_text(json.dumps(catalogue), encoding="utf-8")
    page = Client().get("/en/forms/correction/?dataset=bus-stops").content.decode()
    assert "Bus stops (2026)" in page
    assert "Checked by Transport Bureau" in page
    assert "/en/dataset/bus-stops/" in page
