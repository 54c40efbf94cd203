"""Where to go with what, and whether the service is alive."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from portal.service.domain.kinds import Kind
from portal.service.office import office
from portal.service.views.page import page


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The four forms and what each is for."""
    here = office()
    terms = {kind.value: here.terms(kind) for kind in Kind}
    return page(request, "home.html", {"terms": terms}, title="反馈与申请")


@require_safe
def health(_: HttpRequest) -> HttpResponse:
    """200 with `{"ok": true}` when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})
