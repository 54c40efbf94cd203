"""Looking up one's own case. The code travels in the body of a POST, never in an address."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from portal.service.domain.kinds import MACHINES, OUTCOMES, STATE_NAMES, Kind, is_open
from portal.service.domain.terms import timing
from portal.service.forms.lookup import LookupForm
from portal.service.limits import TooMany
from portal.service.lookup import Found, look_up
from portal.service.office import Office, office
from portal.service.speech import Speech
from portal.service.views.page import address_of, page, shown_dataset, speech_for
from portal.workdays import day_of


@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest) -> HttpResponse:
    """The look-up form, and what it opens."""
    here, t = office(), speech_for(request).t
    form = LookupForm(t, request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _asked(request, form)
    if not form.is_valid():
        return _asked(request, form, status=422)
    try:
        found = look_up(form.cleaned_data["code"], form.cleaned_data["four"], address_of(request), here)
    except TooMany:
        return _asked(request, form, problem=t["case_too_often"], status=429)
    return _opened(request, found, here) if found else _asked(request, form, problem=t["case_not_found"], status=404)


def _asked(request: HttpRequest, form: LookupForm, *, problem: str = "", status: int = 200) -> HttpResponse:
    return page(request, "case.html", {"form": form, "problem": problem}, title=form.t["case_title"], status=status)


def _opened(request: HttpRequest, found: Found, here: Office) -> HttpResponse:
    item, kind, speech = found.case, Kind(found.case.kind), speech_for(request)
    state, datasets = speech.state(item.state), here.published.datasets
    told = timing(day_of(item.received_at), item.due, day_of(here.now()), here.calendar, lang=speech.lang)
    context = {
        "case": item,
        "heading": speech.t["case_heading"].format(kind=speech.kind(kind), state=state),
        "steps": _steps(found, speech),
        "due": speech.date(item.due),
        "timing": told if is_open(kind, item.state) else None,
        "outcome": speech.state(item.outcome) if item.outcome else "",
        "said": _said(found, speech),
        "opened": shown_dataset(datasets.get(item.opened), speech.lang),
        "dataset": shown_dataset(datasets.get(item.dataset), speech.lang),
    }
    title = speech.t["case_heading"].format(kind=item.number, state=state)
    return page(request, "opened.html", context, title=title)


def _said(found: Found, speech: Speech) -> list[tuple[str, str]]:
    """What the staff wrote down with what came of it: the sender is told why (SYS-28¶2, SZ-23)."""
    machine = MACHINES[Kind(found.case.kind)]
    ending = {row.event for row in machine.moves if row.target in OUTCOMES}
    last: dict[str, str] = next((one["words"] for one in reversed(found.case.notes) if one["event"] in ending), {})
    return [(speech.t[f"case_{name}"], last[name]) for name in ("reason", "ground", "link") if last.get(name)]


def _steps(found: Found, speech: Speech) -> list[tuple[str, str]]:
    """What happened, day by day."""
    return [
        (speech.date(day_of(datetime.fromisoformat(event.at))), speech.state(event.target))
        for event in found.events
        if event.target in STATE_NAMES
    ]
