"""When a dataset came out and when it last changed, from the records in Git: never from the clock of the build.

A release is named by its data date, which says nothing about the day on which people could have it. What tells that is
the last step that cleared the content: the reviews that cover it and the approvals of the city's path.
"""

from __future__ import annotations

from datetime import date

from portal.facts import DatasetFacts
from portal.model import Dataset


def issued(dataset: Dataset) -> date | None:
    """The day since which people may have it: the first that cleared it. None where no record tells."""
    cleared = [one.date for one in dataset.reviews if one.result == "passed"]
    if not cleared:
        cleared = [one.date for one in dataset.approvals if one.result == "passed"]
    return min(cleared, default=None)


def modified(dataset: Dataset, facts: DatasetFacts | None) -> date:
    """The last day on which the data or what is said of them changed: the data date, the clearing of the present
    content, recorded changes.
    """
    days = [dataset.data_date]
    if facts and facts.digest:
        days += [one.date for one in dataset.reviews if one.result == "passed" and one.covers == facts.digest]
    days += [one.date for one in dataset.changes]
    days += [one.date for one in dataset.open_type_history]
    return max(days)
