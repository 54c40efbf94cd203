"""Putting content into the portal's page frame: the release's shell, or a plain one before the first release."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import escape

from portal.service.domain.network import client_address
from portal.service.office import office

TITLE, HEAD, MAIN = "<!--kaishu:title-->", "<!--kaishu:head-->", "<!--kaishu:main-->"
_HEAD = '<meta name="robots" content="noindex">'


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *, title: str, status: int = 200
) -> HttpResponse:
    """Render a template below templates/service/ into the frame. Everything from people is escaped by the template."""
    here = office()
    known = {"portal_name": here.published.portal_name, "title": title}
    full_title = f"{title} - {here.published.portal_name}"
    main = render_to_string(f"service/{template}", {**known, **context}, request=request)
    shell = here.live.shell("zh")
    if shell is None or MAIN not in shell:
        shell = render_to_string("service/shell.html", known)
    # The content goes in last: what people typed may hold the text of a marker.
    before, _, after = shell.replace(TITLE, escape(full_title)).replace(HEAD, _HEAD).partition(MAIN)
    return HttpResponse(before + main + after, status=status)


def address_of(request: HttpRequest) -> str:
    """Who asks, as our own front tells it; only the front can reach us."""
    return client_address(request.META.get("HTTP_X_FORWARDED_FOR", ""), request.META.get("REMOTE_ADDR", ""))
