"""Kinds and states of cases in English; the Chinese names stand in domain/kinds.py, where the desk takes them from."""

from __future__ import annotations

KINDS: dict[str, str] = {
    "correction": "Correction",
    "opinion": "Opinion",
    "request": "Request for data",
    "result": "Result of use",
}

STATES: dict[str, str] = {
    "received": "received",
    "with_entity": "passed to the publisher",
    "closed_invalid": "not accepted",
    "verifying": "being checked",
    "extension_requested": "more time asked for",
    "resolved_corrected": "corrected",
    "resolved_rejected": "found to be right",
    "resolved_partly": "partly corrected",
    "answered": "answered",
    "under_review": "being reviewed",
    "review_upheld": "upheld on review",
    "cross_check": "being cross-checked",
    "closed": "closed",
    "dispute": "looking for who holds it",
    "answered_existing": "already in the catalogue",
    "assessing": "being assessed",
    "decided_open": "will be opened",
    "decided_not_open": "will not be opened",
    "decided_no_holder": "nobody holds it",
    "fulfilled": "opened",
    "accepted": "accepted, to be shown",
    "declined": "not taken up",
    "shown": "shown",
}
