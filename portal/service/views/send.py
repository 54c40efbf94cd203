"""The forms: show, check, store, and say what happens next. Works without JavaScript; nothing typed is lost."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from portal.service.domain.kinds import Kind
from portal.service.domain.moves import Need
from portal.service.domain.terms import Terms
from portal.service.forms.base import PostForm, new_stamp
from portal.service.forms.correction import CorrectionForm
from portal.service.forms.opinion import OpinionForm
from portal.service.forms.request import RequestForm
from portal.service.forms.result import ResultForm
from portal.service.limits import TooMany
from portal.service.office import Office, office
from portal.service.receive import KeyReused, Receipt, receive
from portal.service.speech import Speech
from portal.service.views.next import due_of, longer_of, steps_of
from portal.service.views.page import address_of, page, shown_dataset, speech_for

FORMS: dict[Kind, type[PostForm]] = {
    Kind.CORRECTION: CorrectionForm,
    Kind.OPINION: OpinionForm,
    Kind.REQUEST: RequestForm,
    Kind.RESULT: ResultForm,
}
PREFILLED = ("dataset", "table", "field", "row")


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, kind: Kind) -> HttpResponse:
    """One of the forms by its kind."""
    here, speech = office(), speech_for(request)
    if request.method == "POST":
        return _received(request, FORMS[kind](here, speech, request.POST), here)
    initial: dict[str, Any] = {key: request.GET.get(key, "")[:300].replace("\0", "") for key in PREFILLED}
    initial["subject"] = request.GET.get("q", "")[:100].replace("\0", "")  # what a search did not find
    initial |= {"datasets": initial["dataset"], "stamp": new_stamp(kind, here.now())}
    return shown(request, FORMS[kind](here, speech, initial=initial))


def shown(request: HttpRequest, form: PostForm, *, problem: str = "", status: int = 200) -> HttpResponse:
    """The form's page, with its errors listed first and linked to their fields."""
    here, speech = form.office, form.speech
    authority = here.profile.roles["authority"]
    wrong = form.is_bound and (form.errors or problem)
    context = {
        "form": form,
        "heading": form.title,
        "problem": problem,
        "term": term_line(form.kind, here.terms(form.kind), speech),
        "known": shown_dataset(form.known(), speech.lang) if isinstance(form, CorrectionForm) else None,
        "near": [shown_dataset(one, speech.lang) for one in getattr(form, "near", ())],
        "authority": speech.t["authority"].format(name=authority.name if authority else here.published.name("zh")),
    }
    title = speech.t["wrong_title"].format(title=form.title) if wrong else form.title
    return page(request, f"{form.kind.value}.html", context, title=title, status=status)


def term_line(kind: Kind, terms: Terms, speech: Speech) -> str:
    """By when something of this kind is handled, and which article says so."""
    row = speech.t[f"{kind.value}_term" if terms.wd else f"{kind.value}_term_plain"]
    return row.format(promise=speech.promise(terms), article=speech.article(terms))


def _received(request: HttpRequest, form: PostForm, here: Office) -> HttpResponse:
    if form.read_stamp is None:
        form.renew()
        form.is_valid()
        return shown(request, form, problem=form.t["old_page"], status=400)
    if not form.is_valid():
        return shown(request, form, status=422)
    if isinstance(form, RequestForm):
        return _two_steps(request, form, here)
    return _stored(request, form, here, frozenset())


def _two_steps(request: HttpRequest, form: RequestForm, here: Office) -> HttpResponse:
    """A request is stored only from the page that showed similar datasets."""
    step = request.POST.get("step")
    if step == "edit":
        return shown(request, form)
    if step == "send" and form.has_proof(request.POST.get("proof", "")):
        return _stored(request, form, here, frozenset({Need.SIMILAR_SHOWN}))
    return _check_page(request, form)


def _stored(request: HttpRequest, form: PostForm, here: Office, given: frozenset[Need]) -> HttpResponse:
    try:
        receipt = receive(form.parcel(address_of(request), given), here)
    except TooMany as limit:
        again = limit.again.astimezone(here.now().tzinfo).strftime("%H:%M")
        answer = shown(request, form, problem=form.t["too_many"].format(again=again), status=429)
        answer.headers["Retry-After"] = str(max(1, round((limit.again - here.now()).total_seconds())))
        return answer
    except KeyReused:
        form.renew()
        return shown(request, form, problem=form.t["sent_twice"], status=409)
    return _done(request, form, receipt, here)


def _check_page(request: HttpRequest, form: RequestForm) -> HttpResponse:
    """Before a request is sent: what the catalogue already has, and what was written."""
    rows = [(form[name].label, form.cleaned_data[name]) for name in form.fields if _told(form, name)]
    urgency = dict(form.fields["urgency"].choices)  # type: ignore[attr-defined]
    context = {
        "form": form,
        "similar": [shown_dataset(one, form.speech.lang) for one in form.similar()],
        "proof": form.proof(),
        "rows": [(label, urgency.get(value, value)) for label, value in rows],
    }
    return page(request, "check.html", context, title=form.t["check_title"])


def _told(form: PostForm, name: str) -> bool:
    return name not in ("website", "stamp", "wants_reply") and bool(form.cleaned_data.get(name))


def _done(request: HttpRequest, form: PostForm, receipt: Receipt, here: Office) -> HttpResponse:
    speech, terms = form.speech, here.terms(form.kind)
    dataset = here.published.datasets.get(str(form.cleaned_data.get("dataset", "")))
    known = shown_dataset(dataset, speech.lang)
    context = {
        "receipt": receipt,
        "dataset": known,
        "steps": steps_of(form.kind, known, here.profile.ooc.route, speech),
        "due": due_of(form.kind, receipt.due, terms, speech),
        "longer": longer_of(form.kind, receipt.due, terms, speech),
        "has_contact": bool(form.cleaned_data.get("contact")),
        "case_address": request.build_absolute_uri(f"{speech.forms}case/"),  # paper has no links
    }
    return page(request, "done.html", context, title=form.t["done_title"])
