"""Addresses: everything below /forms/. The desk will come below /desk/."""

from __future__ import annotations

from django.urls import path

from portal.service.domain.kinds import Kind
from portal.service.views.case import case
from portal.service.views.home import health, home
from portal.service.views.send import send

urlpatterns = [
    path("forms/", home, name="home"),
    *(path(f"forms/{kind.value}/", send, {"kind": kind}, name=kind.value) for kind in Kind),
    path("forms/case/", case, name="case"),
    path("forms/healthz", health, name="health"),
]

handler400 = "portal.service.views.failures.bad_request"
handler404 = "portal.service.views.failures.not_found"
handler500 = "portal.service.views.failures.server_error"
