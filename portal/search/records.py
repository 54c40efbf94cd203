"""What of an entry is searched, filtered and shown: one lean record a dataset.

The indexed text has three zones, best first: the title; keywords and the names of files and data items; the summary.
What an entry says in English stands in the same zones, and an English title counts as a title. The names of
department, domain and area count as text too, on the English page also the English ones. A word finds a record when
it stands in that text, both folded (portal/text.py): nothing more, nothing less.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from portal import facets
from portal.facets import FEATURES, GOVERNMENTS
from portal.facts import DatasetFacts
from portal.model import Catalogue, Dataset
from portal.profile import Profile
from portal.tableschema import Column
from portal.text import fold
from portal.topics import topics_of

NAMED = ("department", "domain", "area")
"""Facets whose values' names are searched like text."""
FORMATS = {"csv": "CSV", "xlsx": "XLSX", "json": "JSON", "xml": "XML", "parquet": "Parquet"}
API = ("api", "接口", "API")


class Choice(NamedTuple):
    """A value of a facet: as it stands in addresses, and as people read it; `english` is empty where unsaid."""

    value: str
    title: str
    english: str = ""


class English(NamedTuple):
    """What an entry says in English; empty where it says nothing. `fields` are the titles of its data items, each in
    English where it has one, else as it is.
    """

    title: str = ""
    summary: str = ""
    names: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


NO_ENGLISH = English()


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
    english: English = NO_ENGLISH

    @property
    def searched_names(self) -> tuple[str, ...]:
        """The middle zone: all names, the English title first."""
        found = (self.english.title, *self.names, *self.english.names)
        return tuple(dict.fromkeys(name for name in found if name))


def zones(record: SearchRecord) -> tuple[str, str, str]:
    """The folded text of the three zones; names and words are kept apart by blanks, which no query word holds."""
    summaries = "\n".join(filter(None, (record.summary, record.english.summary)))
    return fold(record.title), fold("\n".join(record.searched_names)), fold(summaries)


def indexed_text(record: SearchRecord, lang: Literal["zh", "en"] = "zh") -> str:
    """All of a record that the page of a language searches, unfolded: what `portal.text.matches` is held against."""
    choices = [choice for key in NAMED for choice in record.facets.get(key, ())]
    named = [choice.title for choice in choices] + [choice.english for choice in choices if lang == "en"]
    return "\n".join((record.title, *record.searched_names, record.summary, record.english.summary, *named))


def records_for(
    catalogue: Catalogue,
    facts: Mapping[str, DatasetFacts],
    profile: Profile,
    downloads: Mapping[str, int] | None = None,
) -> tuple[SearchRecord, ...]:
    """The records of a catalogue, by id. Not-open entries are in no record (OT-1).

    `downloads` holds how often each set's files were taken; None while nothing was counted.
    """
    departments = {one.id: Choice(one.id, one.name, one.name_en or "") for one in catalogue.departments}
    domains = {one.id: Choice(one.id, one.title, one.title_en or "") for one in catalogue.domains}
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
                "department": (departments.get(dataset.department, Choice(dataset.department, dataset.department)),),
                "domain": (domains.get(dataset.domain, Choice(dataset.domain, dataset.domain)),),
                "type": (_open_type(profile, dataset.open_type),),
                "format": tuple(_formats(dataset, found)),
                "frequency": (
                    Choice(dataset.update_frequency, frequency.label, frequency.label_en)
                    if frequency
                    else Choice(dataset.update_frequency, dataset.update_frequency),
                ),
                "area": (Choice(area, area),),
                "topic": tuple(Choice(one.id, one.title, one.title_en or "") for one in topics.get(dataset.id, ())),
                "feature": tuple(Choice(name, *FEATURES[name]) for name in facets.features(dataset, found)),
                "government": (Choice(level := facets.government(dataset, catalogue.portal), *GOVERNMENTS[level]),),
                "year": (Choice(facets.year(dataset), facets.year(dataset)),),
            },
            data_date=dataset.data_date,
            rows=found.rows if found and dataset.is_open else None,
            static=dataset.status == "static",
            fields=tuple(dict.fromkeys(title.strip() for title in _fields(dataset) if title.strip())),
            downloads=None if downloads is None else downloads.get(dataset.id, 0),
            english=_english(dataset),
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
    for column in _columns(dataset):
        yield column.title


def _columns(dataset: Dataset) -> Iterator[Column]:
    for file in dataset.files:
        yield from file.table_schema.fields if file.table_schema else ()


def _open_type(profile: Profile, name: str) -> Choice:
    return Choice(name, profile.labels.open_type_name(name), profile.labels.open_types_en.get(name, ""))


def _english(dataset: Dataset) -> English:
    columns = [(column.title.strip(), (column.title_en or "").strip()) for column in _columns(dataset)]
    names = [*((file.title_en or "").strip() for file in dataset.files), *(english for _, english in columns)]
    return English(
        title=(dataset.title_en or "").strip(),
        summary=(dataset.summary_en or "").strip(),
        names=tuple(dict.fromkeys(filter(None, names))),
        fields=tuple(dict.fromkeys(filter(None, (english or title for title, english in columns)))),
    )


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
