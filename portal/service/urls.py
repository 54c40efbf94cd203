"""Addresses: everything below /forms/, and in English below /en/forms/. The desk will come below /desk/."""

from __future__ import annotations

from django.urls import path

from portal.service.domain.kinds import Kind
from portal.service.views.case import case
from portal.service.views.home import health, home
from portal.service.views.send import send

urlpatterns = [
    path("forms/healthz", health, name="health"),
    *(
        one
        for base in ("forms/", "en/forms/")
        for one in (
            path(base, home),
            *(path(f"{base}{kind.value}/", send, {"kind": kind}) for kind in Kind),
            path(f"{base}case/", case),
        )
    ),
]

handler400 = "portal.service.views.failures.bad_request"
handler404 = "portal.service.views.failures.not_found"
handler500 = "portal.service.views.failures.server_error"
