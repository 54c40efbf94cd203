"""What the page after sending says: who does what with it, and by when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.service.domain.kinds import Kind
from portal.service.domain.terms import Terms
from portal.service.speech import Speech


def steps_of(kind: Kind, dataset: Mapping[str, str] | None, route: str, speech: Speech) -> list[str]:
    """What happens to a case of this kind, in order."""
    t = speech.t
    if kind is Kind.REQUEST:
        first = "done_request_authority" if route == "authority_entity" else "done_request_platform"
        return [t[first], t["done_request_assess"]]
    if kind is Kind.CORRECTION:
        department = (dataset or {}).get("department")
        to = (
            format_html(t["done_correction_to"], department=department)
            if department
            else t["done_correction_publisher"]
        )
        return [to, t["done_correction_then"]]
    if kind is Kind.RESULT:
        return [t["done_result_read"], format_html(t["done_result_then"], home=speech.home)]
    return [t["done_opinion_read"]]


def due_of(kind: Kind, due: date | None, terms: Terms, speech: Speech) -> SafeString:
    """The last day and whose word that is; without a day, that there is none."""
    promise = speech.promise(terms)
    if due is None:
        return format_html(speech.t["done_no_term"], promise=promise)
    row = speech.t["done_due_request" if kind is Kind.REQUEST else "done_due"]
    return format_html(row, due=speech.date(due), article=speech.article(terms), promise=promise)


def longer_of(kind: Kind, due: date | None, terms: Terms, speech: Speech) -> str:
    """That a complex correction may take longer, where the city's text knows an extension."""
    if kind is not Kind.CORRECTION or due is None or terms.cap_wd in (None, terms.wd):
        return ""
    return speech.t["done_longer"].format(n=terms.cap_wd)
