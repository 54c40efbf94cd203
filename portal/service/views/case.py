"""Looking up one's own case. The code travels in the body of a POST, never in an address."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from portal.service.domain.kinds import KIND_NAMES, STATE_NAMES, Kind, is_open
from portal.service.domain.terms import said_date, timing
from portal.service.forms.lookup import LookupForm
from portal.service.limits import TooMany
from portal.service.lookup import Found, look_up
from portal.service.office import Office, office
from portal.service.views.page import address_of, page
from portal.workdays import day_of

NOT_FOUND = "没有找到对应的事项。请核对回执码和联系方式的后四位。"
TOO_OFTEN = "查询太频繁了，请一分钟后再试。"


@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest) -> HttpResponse:
    """The look-up form, and what it opens."""
    here = office()
    form = LookupForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _asked(request, form)
    if not form.is_valid():
        return _asked(request, form, status=422)
    try:
        found = look_up(form.cleaned_data["code"], form.cleaned_data["four"], address_of(request), here)
    except TooMany:
        return _asked(request, form, problem=TOO_OFTEN, status=429)
    return _opened(request, found, here) if found else _asked(request, form, problem=NOT_FOUND, status=404)


def _asked(request: HttpRequest, form: LookupForm, *, problem: str = "", status: int = 200) -> HttpResponse:
    return page(request, "case.html", {"form": form, "problem": problem}, title="查询办理进度", status=status)


def _opened(request: HttpRequest, found: Found, here: Office) -> HttpResponse:
    item, kind = found.case, Kind(found.case.kind)
    steps = [
        (said_date(day_of(datetime.fromisoformat(event.at))), STATE_NAMES[event.target])
        for event in found.events
        if event.target in STATE_NAMES
    ]
    told = timing(day_of(item.received_at), item.due, day_of(here.now()), here.calendar)
    context = {
        "case": item,
        "kind": KIND_NAMES[kind],
        "state": STATE_NAMES[item.state],
        "steps": steps,
        "due": said_date(item.due) if item.due else "",
        "timing": told if is_open(kind, item.state) else None,
        "dataset": here.published.datasets.get(item.dataset),
    }
    return page(request, "opened.html", context, title=f"{item.number}：{STATE_NAMES[item.state]}")
