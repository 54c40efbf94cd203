"""The three forms: show, check, store, and say what happens next. Works without JavaScript; nothing typed is lost."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from portal.service.domain.kinds import Kind
from portal.service.domain.moves import Need
from portal.service.domain.terms import said_date
from portal.service.forms.base import PostForm, new_stamp
from portal.service.forms.correction import CorrectionForm
from portal.service.forms.opinion import OpinionForm
from portal.service.forms.request import RequestForm
from portal.service.limits import TooMany
from portal.service.office import Office, office
from portal.service.receive import KeyReused, Receipt, receive
from portal.service.views.page import address_of, page

OLD_PAGE = "这个页面打开得太久了。您填写的内容都还在，请再点一次“提交”。"
TWICE = "这个页面已经提交过另一份内容。如果要再提交一份，请再点一次“提交”。"
TOO_MANY = "来自您所在网络的提交太频繁了。您填写的内容都还在，请在 {again} 之后再点一次“提交”。"

FORMS: dict[Kind, type[PostForm]] = {
    Kind.CORRECTION: CorrectionForm,
    Kind.OPINION: OpinionForm,
    Kind.REQUEST: RequestForm,
}
PREFILLED = ("dataset", "table", "field", "row")


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, kind: Kind) -> HttpResponse:
    """One of the forms by its kind."""
    here = office()
    if request.method == "POST":
        return _received(request, FORMS[kind](here, request.POST), here)
    initial: dict[str, Any] = {key: request.GET.get(key, "")[:300].replace("\0", "") for key in PREFILLED}
    initial["subject"] = request.GET.get("q", "")[:100].replace("\0", "")  # what a search did not find
    return shown(request, FORMS[kind](here, initial={**initial, "stamp": new_stamp(kind, here.now())}))


def shown(request: HttpRequest, form: PostForm, *, problem: str = "", status: int = 200) -> HttpResponse:
    """The form's page, with its errors listed first and linked to their fields."""
    here = form.office
    terms = here.terms(form.kind)
    title = f"有错误：{form.title}" if form.is_bound and (form.errors or problem) else form.title
    context = {
        "form": form,
        "heading": form.title,
        "problem": problem,
        "terms": terms,
        "known": form.known() if isinstance(form, CorrectionForm) else None,
        "near": getattr(form, "near", []),
        "authority": here.profile.roles["authority"],
    }
    return page(request, f"{form.kind.value}.html", context, title=title, status=status)


def _received(request: HttpRequest, form: PostForm, here: Office) -> HttpResponse:
    if form.read_stamp is None:
        form.renew()
        form.is_valid()
        return shown(request, form, problem=OLD_PAGE, status=400)
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
        answer = shown(request, form, problem=TOO_MANY.format(again=again), status=429)
        answer.headers["Retry-After"] = str(max(1, round((limit.again - here.now()).total_seconds())))
        return answer
    except KeyReused:
        form.renew()
        return shown(request, form, problem=TWICE, status=409)
    return _done(request, form, receipt, here)


def _check_page(request: HttpRequest, form: RequestForm) -> HttpResponse:
    """Before a request is sent: what the catalogue already has, and what was written."""
    rows = [(form[name].label, form.cleaned_data[name]) for name in form.fields if _told(form, name)]
    context = {
        "form": form,
        "similar": form.similar(),
        "proof": form.proof(),
        "rows": [(label, dict(form.fields["urgency"].choices).get(value, value)) for label, value in rows],  # type: ignore[attr-defined]
        "terms": form.office.terms(form.kind),
    }
    return page(request, "check.html", context, title="提交前请看一看")


def _told(form: PostForm, name: str) -> bool:
    return name not in ("website", "stamp", "wants_reply") and bool(form.cleaned_data.get(name))


def _done(request: HttpRequest, form: PostForm, receipt: Receipt, here: Office) -> HttpResponse:
    dataset = here.published.datasets.get(str(form.cleaned_data.get("dataset", "")))
    context = {
        "receipt": receipt,
        "form": form,
        "dataset": dataset,
        "terms": here.terms(form.kind),
        "due": said_date(receipt.due) if receipt.due else "",
        "has_contact": bool(form.cleaned_data.get("contact")),
        "route": here.profile.ooc.route,
    }
    return page(request, "done.html", context, title="已收到，谢谢您")
