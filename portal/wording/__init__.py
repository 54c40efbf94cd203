"""The words of every rule: its sentence and its advice, in Chinese and in English.

A rule is a row of a table. The tables live in one module per family; a new rule is a new row there,
a generator in the step that judges it, and a broken example under tests/bad/.
"""

from __future__ import annotations

from portal.wording import (
    anonymity,
    approvals,
    changes,
    drafts,
    entry,
    files,
    grading,
    history,
    naming,
    officers,
    openness,
    personal,
    publications,
    quality,
    reading,
    registers,
    reviews,
    rows,
    samples,
    topics,
)
from portal.wording.shape import Wording

WORDING: dict[str, Wording] = {
    **reading.WORDING,
    **entry.WORDING,
    **files.WORDING,
    **rows.WORDING,
    **quality.WORDING,
    **reviews.WORDING,
    **approvals.WORDING,
    **changes.WORDING,
    **officers.WORDING,
    **grading.WORDING,
    **registers.WORDING,
    **publications.WORDING,
    **topics.WORDING,
    **history.WORDING,
    **naming.WORDING,
    **openness.WORDING,
    **personal.WORDING,
    **anonymity.WORDING,
    **samples.WORDING,
    **drafts.WORDING,
}
