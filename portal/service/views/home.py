"""Where to go with what, and whether the service is alive."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from portal.service.domain.kinds import Kind
from portal.service.office import Office, office
from portal.service.speech import Speech
from portal.service.views.page import page, speech_for

ORDER = (Kind.CORRECTION, Kind.REQUEST, Kind.OPINION, Kind.RESULT)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The forms and what each is for."""
    speech = speech_for(request)
    context = {"doors": list(_doors(office(), speech))}
    return page(request, "home.html", context, title=speech.t["forms_title"])


def _doors(here: Office, speech: Speech) -> Iterator[tuple[str, str, str]]:
    """Of each form its name in the address, its title, and what it is for, with its term where there is one."""
    t = speech.t
    for kind in ORDER:
        terms, text = here.terms(kind), t[f"forms_{kind.value}"]
        row = t.get(f"forms_{kind.value}_term", "") if terms.wd else ""
        between = " " if row and speech.lang == "en" else ""
        yield kind.value, t[f"{kind.value}_title"], text + between + row.format(promise=speech.promise(terms))
    yield "case", t["case_title"], t["forms_case"]


@require_safe
def health(_: HttpRequest) -> HttpResponse:
    """200 with `{"ok": true}` when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})
