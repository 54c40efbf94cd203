"""Putting content into the portal's page frame: the release's shell, or a plain one before the first release."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import escape

from portal.service.domain.network import client_address
from portal.service.domain.terms import Lang
from portal.service.office import office
from portal.service.published import Listed
from portal.service.speech import Speech, other_address, speech_of
from portal.tongues import mark_chinese

TITLE, HEAD, OTHER, MAIN = "<!--kaishu:title-->", "<!--kaishu:head-->", "<!--kaishu:other-->", "<!--kaishu:main-->"
_HEAD = '<meta name="robots" content="noindex">'


def speech_for(request: HttpRequest) -> Speech:
    """The language of the address that was asked for."""
    return speech_of(request.path_info)


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *, title: str, status: int = 200
) -> HttpResponse:
    """Render a template below templates/service/ into the frame. Everything from people is escaped by the template."""
    here, speech = office(), speech_for(request)
    name = here.published.name(speech.lang)
    known = {"portal_name": name, "title": title, "speech": speech, "t": speech.t}
    main = render_to_string(f"service/{template}", {**known, **context}, request=request)
    shell = here.live.shell(speech.lang)
    if shell is None or MAIN not in shell:
        shell = render_to_string("service/shell.html", known)
    shell = shell.replace(TITLE, escape(f"{title} - {name}")).replace(HEAD, _HEAD)
    shell = shell.replace(OTHER, escape(other_address(request.get_full_path())))
    # The content goes in last: what people typed may hold the text of a marker.
    before, _, after = shell.partition(MAIN)
    return HttpResponse(before + (mark_chinese(main) if speech.lang == "en" else main) + after, status=status)


def shown_dataset(dataset: Listed | None, lang: Lang) -> dict[str, str] | None:
    """What pages of a language say of a dataset. Summaries are in Chinese alone."""
    if dataset is None:
        return None
    english = lang == "en"
    return {
        "id": dataset.id,
        "title": (english and dataset.title_en) or dataset.title,
        "department": (english and dataset.department_name_en) or dataset.department_name,
        "summary": "" if english else dataset.summary,
    }


def address_of(request: HttpRequest) -> str:
    """Who asks, as our own front tells it; only the front can reach us."""
    return client_address(request.META.get("HTTP_X_FORWARDED_FOR", ""), request.META.get("REMOTE_ADDR", ""))
