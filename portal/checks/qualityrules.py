"""The rules about quality that judge entries; those about rows stand in checks/rows, those about references beside."""

from __future__ import annotations

from collections.abc import Iterator

from portal.checks.rows.forms import unfit
from portal.checks.rows.shape import PLAUSIBLE
from portal.checks.series import files_are_appended, series_are_whole
from portal.checks.shape import FileRule, Finding, Rule, Scene, tables_of
from portal.model import Dataset
from portal.wording.quality import UNFIT


def checks_can_be_judged(dataset: Dataset, _: Scene) -> Iterator[Finding]:
    """A declared rule is whole, names columns of its table, and compares what can be compared (QLT-1)."""
    for index, table in tables_of(dataset):
        for number, check in enumerate(table.table_schema.checks):
            why = unfit(check, table.table_schema)
            if why:
                values = {"number": str(number + 1), "why": UNFIT[why].zh, "why_en": UNFIT[why].en}
                yield Finding(("files", index, "schema", "checks", number), values)


QUALITY_RULES: dict[str, Rule] = {"check-unusable": checks_can_be_judged, "files-split": files_are_appended}
QUALITY_CITY_RULES: dict[str, FileRule] = {"series-split": series_are_whole}

QUALITY_WARNINGS = frozenset(
    {
        "date-future", "percent-range", "coordinate-range", "look-alike", "spelling-variants",
        "series-split", "files-split", "reference-unverifiable",
    }
)  # fmt: skip
"""What may have good reasons, or can't be said with certainty by a machine."""
QUALITY_EXCUSABLE = frozenset({*PLAUSIBLE, "look-alike", "near-duplicate", "spelling-variants"})
