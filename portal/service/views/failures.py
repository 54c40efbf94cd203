"""When a request can't be served: one plain page each, and what was typed is kept where there was something."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from portal.service.domain.kinds import Kind
from portal.service.views.page import page, speech_for


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """The cookie or the token is missing: the form again, with everything in it."""
    from portal.service.office import office  # noqa: PLC0415 -- named by settings, which these modules import
    from portal.service.views.send import FORMS, shown  # noqa: PLC0415

    speech, name = speech_for(request), request.path_info.strip("/").rpartition("/")[2]
    if name in {kind.value for kind in Kind}:
        form = FORMS[Kind(name)](office(), speech, request.POST)
        if form.read_stamp is None:
            form.renew()
        return shown(request, form, problem=speech.t["csrf"], status=403)
    return _failed(request, "csrf", 403)


def too_large(request: HttpRequest) -> HttpResponse:
    """More than 256 KiB."""
    return _failed(request, "too_large", 413)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """What no form of ours sends: too many fields, files, broken encodings."""
    return _failed(request, "unreadable", 400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """No such page."""
    return _failed(request, "missing", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our own fault; nothing was stored unless a receipt was shown."""
    return _failed(request, "fault", 500)


def _failed(request: HttpRequest, key: str, status: int) -> HttpResponse:
    t = speech_for(request).t
    return page(request, "failure.html", {"what": t[key]}, title=t[f"{key}_title"], status=status)
