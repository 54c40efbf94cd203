"""The catalogue as DCAT-AP 3.0.1: https://semiceu.github.io/DCAT-AP/releases/3.0.1/

A `Describer` is made once and asked for one dataset after the other, so that thousands cost no memory. What several
datasets name (languages, licences, departments …) is described once, by `shared`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote

from portal import addresses
from portal.dcat import vocabulary
from portal.dcat.nodes import Iri, Node, Text, Typed, Value, clean, safe_iri
from portal.facts import DatasetFacts, Download
from portal.model import Catalogue, Dataset
from portal.moments import issued, modified
from portal.records import Contact

Statements = list[tuple[str, Value]]
FORMAT_WORDS: Mapping[str, str] = {
    "csv": "CSV",
    "xlsx": "XLSX",
    "json": "JSON",
    "xml": "XML",
    "parquet": "Parquet",
    "zip": "全部文件（ZIP）",
}
DESCRIPTIONS = frozenset({"datapackage"})
"""Files that describe the data and hold none: no distributions."""
TWINS = frozenset({"excel.csv"})
"""The CSV once more, with the mark that Excel needs: told to people, not to harvesters."""


@dataclass(frozen=True)
class Described:
    """A dataset's own nodes, and the names of the shared ones they refer to."""

    nodes: tuple[Node, ...]
    uses: tuple[str, ...]


@dataclass
class Describer:
    """Describes the datasets of one catalogue; `facts` may lack entries without public rows."""

    catalogue: Catalogue
    facts: Mapping[str, DatasetFacts]
    shared: dict[str, Node] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.site = self.catalogue.portal.url
        self.departments = {one.id: one for one in self.catalogue.departments}
        self.domains = {one.id: one for one in self.catalogue.domains}
        self.listed = sorted((one for one in self.catalogue.datasets if one.is_listed), key=lambda one: one.id)
        self.titles = {one.id: one for one in self.listed}
        self.series = sorted({one.part_of for one in self.listed if one.part_of and one.part_of in self.titles})

    # The names of things

    def page(self, dataset: str) -> str:
        """The dataset's page, in full."""
        return self.site + addresses.dataset_page(dataset)

    def name(self, dataset: str) -> str:
        """The dataset itself, which is no page."""
        return f"{self.page(dataset)}#dataset"

    def series_name(self, dataset: str) -> str:
        """The series that a dataset stands for."""
        return f"{self.page(dataset)}#series"

    @property
    def service(self) -> str:
        """The query API."""
        return f"{self.site}/data/#service"

    # One dataset

    def dataset(self, dataset: Dataset) -> Described:
        """The dataset, its files, its record, and everything that belongs to it alone."""
        uses: list[str] = []
        page = self.page(dataset.id)
        facts = self.facts.get(dataset.id)
        nodes = [
            Node(self.name(dataset.id), ("dcat:Dataset", "dcat:Resource"), tuple(self._about(dataset, facts, uses))),
            *self._parts(dataset, facts),
        ]
        for item in self._files(facts):
            nodes += self._file(dataset, item, facts, uses)
        if dataset.api:
            nodes += self._interface(dataset, uses)
        nodes.append(self._record(dataset, facts, uses))
        nodes.append(Node(page, ("foaf:Document",)))
        return Described(tuple(nodes), tuple(sorted(set(uses))))

    def _about(self, dataset: Dataset, facts: DatasetFacts | None, uses: list[str]) -> Statements:
        page = self.page(dataset.id)
        told: Statements = _texts("dct:title", dataset.title, dataset.title_en)
        told += _texts("dct:description", dataset.summary, dataset.summary_en)
        told.append(("dct:identifier", Typed(page, "string")))
        told.append(("dct:publisher", self._department(dataset.department, uses)))
        told.append(("dcat:contactPoint", Iri(f"{page}#contact")))
        told += [("dcat:keyword", Text(clean(word))) for word in dataset.keywords]
        told += self._themes(dataset.domain, uses)
        if dataset.spatial:
            told.append(("dct:spatial", self._place(dataset.spatial, uses)))
        if dataset.temporal:
            told.append(("dct:temporal", Iri(f"{page}#temporal")))
        rhythm = vocabulary.frequency(dataset.update_frequency, static=dataset.status == "static")
        told.append(("dct:accrualPeriodicity", self._use(rhythm, "dct:Frequency", uses)))
        right = vocabulary.access(dataset.open_type)
        told.append(("dct:accessRights", self._use(right, "dct:RightsStatement", uses)))
        told += _days(issued(dataset), modified(dataset, facts))
        told.append(("dcat:landingPage", Iri(page)))
        told.append(("dct:language", self._language("zh", uses)))
        told.append(("dct:provenance", Iri(f"{page}#provenance")))
        if facts and dataset.is_open:
            told += self._versions(dataset, facts)
        if dataset.registration_no:
            told.append(("adms:identifier", Iri(f"{page}#registration")))
        if dataset.part_of in self.titles and dataset.part_of:
            self._series(dataset.part_of, uses)
            told.append(("dcat:inSeries", Iri(self.series_name(dataset.part_of))))
        told += [("dct:relation", Iri(self.name(one.to))) for one in dataset.relations if one.to in self.titles]
        files = "dcat:distribution" if dataset.is_open else "adms:sample"
        told += [(files, Iri(_of_file(page, item))) for item in self._files(facts)]
        if dataset.api:
            told.append(("dcat:distribution", Iri(f"{page}#interface")))
        return told

    def _versions(self, dataset: Dataset, facts: DatasetFacts) -> Statements:
        told: Statements = [("dcat:version", Typed(facts.release, "string"))]
        note = next((one.note for one in facts.changes if one.release == facts.release), None)
        if note:
            told.append(("adms:versionNotes", Text(clean(note))))
        package = next((one for one in facts.downloads if one.format in DESCRIPTIONS), None)
        if package:
            told.append(("foaf:page", Iri(self.site + addresses.download(dataset.id, package.name))))
        return told

    def _parts(self, dataset: Dataset, facts: DatasetFacts | None) -> Iterator[Node]:
        """What a dataset's statements point to: contact, period, provenance, rights, number, series."""
        page = self.page(dataset.id)
        contact = dataset.contact or self.departments[dataset.department].contact
        yield Node(f"{page}#contact", ("vcard:Kind", "vcard:Organization"), tuple(_card(contact)))
        if dataset.temporal:
            begin, end = dataset.temporal.from_.isoformat(), dataset.temporal.to.isoformat()
            days: Statements = [("dcat:startDate", Typed(begin, "date")), ("dcat:endDate", Typed(end, "date"))]
            yield Node(f"{page}#temporal", ("dct:PeriodOfTime",), tuple(days))
        yield Node(f"{page}#provenance", ("dct:ProvenanceStatement",), (("rdfs:label", Text(_origin(dataset))),))
        rights = f"许可：{dataset.licence.name}。署名：{dataset.source.upstream}"
        yield Node(f"{page}#rights", ("dct:RightsStatement",), (("rdfs:label", Text(clean(rights))),))
        if dataset.registration_no:
            number: Statements = [("skos:notation", Typed(clean(dataset.registration_no), "string"))]
            yield Node(f"{page}#registration", ("adms:Identifier",), tuple(number))
        if facts and dataset.is_open:
            for item in facts.downloads:
                if item.format in DESCRIPTIONS:
                    yield Node(self.site + addresses.download(dataset.id, item.name), ("foaf:Document",))

    def _files(self, facts: DatasetFacts | None) -> list[Download]:
        """The files with data that the public gets: all of open data, the sample of conditional data."""
        found = (facts.sample or facts) if facts else None
        return [one for one in found.downloads if one.format not in DESCRIPTIONS | TWINS] if found else []

    def _file(self, dataset: Dataset, item: Download, facts: DatasetFacts | None, uses: list[str]) -> tuple[Node, Node]:
        page = self.page(dataset.id)
        name = _of_file(page, item)
        url = self.site + addresses.download(dataset.id, item.name)
        told: Statements = [
            ("dct:title", Text(clean(f"{dataset.title} {FORMAT_WORDS.get(item.format, item.format)}"))),
            ("dcat:accessURL", Iri(page)),
            ("dcat:downloadURL", Iri(url)),
        ]
        kind = vocabulary.file_type(item.format)
        if kind:
            told.append(("dct:format", self._use(kind, "dct:MediaTypeOrExtent", uses)))
        media = self._use(vocabulary.media(item.media_type), "dct:MediaType", uses)
        told.append(("dcat:mediaType", media))
        if item.format == "zip":
            told.append(("dcat:packageFormat", media))
        told += self._terms(dataset, uses)
        told.append(("dcat:byteSize", Typed(str(item.bytes), "nonNegativeInteger")))
        told.append(("spdx:checksum", Iri(f"{name}-sha256")))
        told.append(("dcatap:availability", self._concept(vocabulary.STABLE, vocabulary.STABLE_NAME, uses)))
        told += _days(issued(dataset), modified(dataset, facts))
        if dataset.is_open and item.table and item.format == "csv":
            told.append(("dcat:accessService", self._query_api(uses)))
        algorithm = self._use(vocabulary.SHA256, "spdx:ChecksumAlgorithm", uses)
        digest: Statements = [
            ("spdx:algorithm", algorithm),
            ("spdx:checksumValue", Typed(item.sha256, "hexBinary")),
        ]
        return Node(name, ("dcat:Distribution",), tuple(told)), Node(
            f"{name}-sha256", ("spdx:Checksum",), tuple(digest)
        )

    def _terms(self, dataset: Dataset, uses: list[str]) -> Statements:
        """Under which licence, with which rights."""
        given, page = dataset.licence, self.page(dataset.id)
        known = vocabulary.licence(given)
        url = safe_iri(given.url) if given.url else f"{page}#licence"
        more: Statements = [("rdfs:label", Text(clean(given.name)))] if not known else []
        terms = self._use(known or url, "dct:LicenseDocument", uses, more)
        return [("dct:license", terms), ("dct:rights", Iri(f"{page}#rights"))]

    def _interface(self, dataset: Dataset, uses: list[str]) -> Iterator[Node]:
        """A dataset that is an API of the department's own: how to reach it."""
        api, page = dataset.api, self.page(dataset.id)
        if api is None:
            return
        endpoint, documents = safe_iri(api.endpoint), safe_iri(api.documentation)
        service: Statements = [
            ("dct:title", Text(clean(dataset.title))),
            ("dcat:endpointURL", Iri(endpoint)),
            ("dcat:endpointDescription", Iri(documents)),
            ("dcat:servesDataset", Iri(self.name(dataset.id))),
        ]
        yield Node(f"{page}#service", ("dcat:DataService",), tuple(service))
        told: Statements = [
            ("dct:title", Text(clean(dataset.title))),
            ("dcat:accessURL", Iri(endpoint)),
            ("dcat:accessService", Iri(f"{page}#service")),
            *self._terms(dataset, uses),
            *_days(issued(dataset), modified(dataset, None)),
        ]
        yield Node(f"{page}#interface", ("dcat:Distribution",), tuple(told))

    def _record(self, dataset: Dataset, facts: DatasetFacts | None, uses: list[str]) -> Node:
        told: Statements = [
            ("foaf:primaryTopic", Iri(self.name(dataset.id))),
            ("dct:identifier", Typed(dataset.id, "string")),
            *_days(issued(dataset), modified(dataset, facts)),
            ("dct:conformsTo", self._use(vocabulary.DCAT_AP, "dct:Standard", uses)),
            ("dct:language", self._language("zh", uses)),
        ]
        return Node(f"{self.page(dataset.id)}#record", ("dcat:CatalogRecord",), tuple(told))

    # What several datasets share

    def _use(self, iri: str, kind: str, uses: list[str], told: Iterable[tuple[str, Value]] = ()) -> Iri:
        if iri not in self.shared:
            self.shared[iri] = Node(iri, (kind,), tuple(told))
        uses.append(iri)
        return Iri(iri)

    def _concept(self, iri: str, label: str, uses: list[str]) -> Iri:
        return self._use(iri, "skos:Concept", uses, [("skos:prefLabel", Text(label, "en"))])

    def _language(self, lang: str, uses: list[str]) -> Iri:
        return self._use(vocabulary.LANGUAGES[lang], "dct:LinguisticSystem", uses)

    def _department(self, department: str, uses: list[str]) -> Iri:
        one = self.departments[department]
        name = f"{self.site}{addresses.department_page(department)}#agent"
        if name not in self.shared:
            kind = self._concept(vocabulary.LOCAL_AUTHORITY, vocabulary.LOCAL_AUTHORITY_NAME, uses)
            told = [*_texts("foaf:name", one.name, one.name_en), ("dct:type", kind)]
            page: Statements = [("foaf:homepage", Iri(self.site + addresses.department_page(department)))]
            self.shared[name] = Node(name, ("foaf:Agent",), tuple(told + page))
        uses += [name, vocabulary.LOCAL_AUTHORITY]
        return Iri(name)

    def _themes(self, domain: str, uses: list[str]) -> Statements:
        """The city's own domain, and the theme of the European table that is nearest."""
        one = self.domains[domain]
        own = f"{self.site}{addresses.domain_page(domain)}#theme"
        names = _texts("skos:prefLabel", one.title, one.title_en)
        scheme: Statements = [("skos:inScheme", self._own_themes(uses))]
        told: Statements = [("dcat:theme", self._use(own, "skos:Concept", uses, names + scheme))]
        theirs = vocabulary.theme(one.title)
        if theirs:
            told.append(("dcat:theme", self._concept(*theirs, uses)))
        return told

    def _own_themes(self, uses: list[str]) -> Iri:
        title = _texts("dct:title", f"{self.catalogue.portal.city}数据领域", None)
        return self._use(f"{self.site}/catalog.ttl#themes", "skos:ConceptScheme", uses, title)

    def _place(self, name: str, uses: list[str]) -> Iri:
        text = clean(name)
        told: Statements = [("rdfs:label", Text(text)), ("skos:prefLabel", Text(text))]
        iri = f"{self.site}/catalog.ttl#place-{quote(text, safe='')}"
        return self._use(iri, "dct:Location", uses, told)

    def _series(self, dataset: str, uses: list[str]) -> None:
        one = self.titles[dataset]
        told = _texts("dct:title", one.title, one.title_en) + _texts("dct:description", one.summary, one.summary_en)
        self._use(self.series_name(dataset), "dcat:DatasetSeries", uses, told)

    def _query_api(self, uses: list[str]) -> Iri:
        """The query API. Which datasets it serves is told by the files that name it and by the whole catalogue."""
        portal = self.catalogue.portal
        if self.service in self.shared:
            return self._use(self.service, "dcat:DataService", uses)
        told = _texts("dct:title", f"{portal.name}数据查询接口", f"{portal.name_en}: query API")
        told.append(("dcat:endpointURL", Iri(f"{self.site}/data/")))
        told.append(("dcat:endpointDescription", Iri(f"{self.site}/openapi.json")))
        return self._use(self.service, "dcat:DataService", uses, told)

    # The catalogue

    def catalog(self) -> tuple[Node, ...]:
        """The catalogue itself with the names of all it holds; its shared nodes are added to `shared`."""
        portal, uses = self.catalogue.portal, list[str]()
        name = f"{self.site}/catalog.ttl#catalog"
        publisher = f"{self.site}/#publisher"
        told = _texts("dct:title", portal.name, portal.name_en)
        told += _texts(
            "dct:description",
            f"{portal.city}各部门开放的公共数据目录。{portal.demonstration or ''}",
            f"Public data that the departments of {portal.city_en} have opened.",
        )
        told += [("dct:publisher", Iri(publisher)), ("foaf:homepage", Iri(f"{self.site}/"))]
        told.append(("dct:language", self._language("zh", uses)))
        told.append(("dct:language", self._language("en", uses)))
        told.append(("dct:spatial", self._use(vocabulary.COUNTRY, "dct:Location", uses)))
        told.append(("dcat:themeTaxonomy", self._own_themes(uses)))
        europe: Statements = [("dct:title", Text(vocabulary.THEMES_NAME, "en"))]
        told.append(("dcat:themeTaxonomy", self._use(vocabulary.THEMES_OF_EUROPE, "skos:ConceptScheme", uses, europe)))
        days = [modified(one, self.facts.get(one.id)) for one in self.listed]
        told += _days(None, max(days, default=None))
        if self.service in self.shared:
            told.append(("dcat:service", Iri(self.service)))
            served: Statements = [("dcat:servesDataset", Iri(self.name(one.id))) for one in self.listed if _rows(one)]
            api = self.shared[self.service]
            self.shared[self.service] = api._replace(statements=(*api.statements, *served))
        for one in self.listed:
            told.append(("dcat:dataset", Iri(self.name(one.id))))
            told.append(("dcat:record", Iri(f"{self.page(one.id)}#record")))
            if one.api:
                told.append(("dcat:service", Iri(f"{self.page(one.id)}#service")))
        agent = [*_texts("foaf:name", portal.jurisdictions[0].authority, None), *_mail(portal.contact, "foaf:mbox")]
        kind = self._concept(vocabulary.LOCAL_AUTHORITY, vocabulary.LOCAL_AUTHORITY_NAME, uses)
        return (
            Node(name, ("dcat:Catalog",), tuple(told)),
            Node(publisher, ("foaf:Agent",), (*agent, ("dct:type", kind))),
            Node(f"{self.site}/", ("foaf:Document",)),
        )


def _rows(dataset: Dataset) -> bool:
    return dataset.is_open and bool(dataset.files)


def _of_file(page: str, item: Download) -> str:
    return f"{page}#file-{quote(item.name, safe='')}"


def _texts(name: str, zh: str, en: str | None) -> Statements:
    told: Statements = [(name, Text(clean(zh)))]
    return [*told, (name, Text(clean(en), "en"))] if en else told


def _days(first: date | None, last: date | None) -> Statements:
    told: Statements = [("dct:issued", Typed(first.isoformat(), "date"))] if first else []
    return [*told, ("dct:modified", Typed(last.isoformat(), "date"))] if last else told


def _card(contact: Contact) -> Iterable[tuple[str, Value]]:
    yield "vcard:fn", Text(clean(contact.office))
    yield from _mail(contact, "vcard:hasEmail")
    if contact.phone:
        yield "vcard:hasTelephone", Iri(f"tel:{safe_iri(contact.phone)}")


def _mail(contact: Contact, name: str) -> Statements:
    return [(name, Iri(f"mailto:{safe_iri(contact.email)}"))] if contact.email else []


def _origin(dataset: Dataset) -> str:
    """Where the data come from and what was done to them (REV-7)."""
    source = dataset.source
    parts = [f"来源：{source.upstream}", source.package and f"取得途径：{source.package}", source.note]
    parts += [f"处理：{one.note}" for one in dataset.processing]
    return clean("；".join(part for part in parts if part))
