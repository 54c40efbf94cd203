"""What of an entry is searched, filtered and shown: one lean record a dataset.

The indexed text has three zones, best first: the title; keywords and the names of files and data items; the summary.
The names of department, domain and area count as text too. A word finds a record when it stands in that text,
both folded (portal/text.py): nothing more, nothing less.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from portal import facets
from portal.facets import FEATURES, GOVERNMENTS
from portal.facts import DatasetFacts
from portal.model import Catalogue, Dataset
from portal.profile import Profile
from portal.text import fold
from portal.topics import topics_of

NAMED = ("department", "domain", "area")
"""Facets whose values' names are searched like text."""
FORMATS = {"csv": "CSV", "xlsx": "XLSX", "json": "JSON", "xml": "XML", "parquet": "Parquet"}
API = ("api", "接口")


class Choice(NamedTuple):
    """A value of a facet: as it stands in addresses, and as people read it."""

    value: str
    title: str


@dataclass(frozen=True)
class SearchRecord:
    """One listed dataset. `names` are keywords, file titles, titles and column names of its data items, each once.

    `fields` are the titles of its data items alone, which the search box suggests; `downloads` is None while nothing
    was counted. `facets` holds the choices of each facet, none where the entry says nothing, several for formats.
    `rows` is None where no rows are public.
    """

    id: str
    title: str
    summary: str
    names: tuple[str, ...]
    facets: Mapping[str, tuple[Choice, ...]]
    data_date: date
    rows: int | None = None
    static: bool = False
    fields: tuple[str, ...] = ()
    downloads: int | None = None


def zones(record: SearchRecord) -> tuple[str, str, str]:
    """The folded text of the three zones; names and words are kept apart by blanks, which no query word holds."""
    return fold(record.title), fold("\n".join(record.names)), fold(record.summary)


def indexed_text(record: SearchRecord) -> str:
    """All of a record that is searched, unfolded: what `portal.text.matches` is held against."""
    named = (choice.title for key in NAMED for choice in record.facets.get(key, ()))
    return "\n".join((record.title, *record.names, record.summary, *named))


def records_for(
    catalogue: Catalogue,
    facts: Mapping[str, DatasetFacts],
    profile: Profile,
    downloads: Mapping[str, int] | None = None,
) -> tuple[SearchRecord, ...]:
    """The records of a catalogue, by id. Not-open entries are in no record (OT-1).

    `downloads` holds how often each set's files were taken; None while nothing was counted.
    """
    departments = {department.id: department.name for department in catalogue.departments}
    domains = {domain.id: domain.title for domain in catalogue.domains}
    listed = sorted((one for one in catalogue.datasets if one.is_listed), key=lambda one: one.id)
    topics = topics_of(catalogue, listed)

    def record(dataset: Dataset) -> SearchRecord:
        found = facts.get(dataset.id)
        area = dataset.spatial or dataset.jurisdiction
        frequency = profile.frequencies.get(dataset.update_frequency)
        return SearchRecord(
            id=dataset.id,
            title=dataset.title,
            summary=dataset.summary,
            names=tuple(dict.fromkeys(name for name in _names(dataset) if name.strip())),
            facets={
                "department": (Choice(dataset.department, departments.get(dataset.department, dataset.department)),),
                "domain": (Choice(dataset.domain, domains.get(dataset.domain, dataset.domain)),),
                "type": (Choice(dataset.open_type, profile.labels.open_type_name(dataset.open_type)),),
                "format": tuple(_formats(dataset, found)),
                "frequency": (
                    Choice(dataset.update_frequency, frequency.label if frequency else dataset.update_frequency),
                ),
                "area": (Choice(area, area),),
                "topic": tuple(Choice(one.id, one.title) for one in topics.get(dataset.id, ())),
                "feature": tuple(Choice(name, FEATURES[name][0]) for name in facets.features(dataset, found)),
                "government": (Choice(level := facets.government(dataset, catalogue.portal), GOVERNMENTS[level][0]),),
                "year": (Choice(facets.year(dataset), facets.year(dataset)),),
            },
            data_date=dataset.data_date,
            rows=found.rows if found and dataset.is_open else None,
            static=dataset.status == "static",
            fields=tuple(dict.fromkeys(title.strip() for title in _fields(dataset) if title.strip())),
            downloads=None if downloads is None else downloads.get(dataset.id, 0),
        )

    return tuple(record(dataset) for dataset in listed)


def _names(dataset: Dataset) -> Iterator[str]:
    yield from dataset.keywords
    for file in dataset.files:
        yield file.title or ""
        for column in file.table_schema.fields if file.table_schema else ():
            yield column.title
            yield column.name


def _fields(dataset: Dataset) -> Iterator[str]:
    for file in dataset.files:
        for column in file.table_schema.fields if file.table_schema else ():
            yield column.title


def _formats(dataset: Dataset, facts: DatasetFacts | None) -> Iterator[Choice]:
    """As the lists say it: what can be taken away; for conditional data what the department holds."""
    if dataset.data_type == "api":
        yield Choice(*API)
        return
    if dataset.is_open and facts:
        found = {download.format.removeprefix("excel.") for download in facts.downloads if download.table}
    else:
        found = {file.path.rsplit(".", 1)[-1].lower() for file in dataset.files}
    yield from (Choice(value, title) for value, title in FORMATS.items() if value in found)
