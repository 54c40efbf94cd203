"""What the pages of one language draw on: the catalogue with its lookups, the city's words, the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from jinja2 import Environment
from markupsafe import Markup

from portal import addresses, topics
from portal.counts.cases import Case
from portal.counts.figures import Figures
from portal.counts.usage import Use
from portal.digests import model_digest
from portal.facts import NO_OFFER, DatasetFacts, Offer, RelationFacts
from portal.model import Catalogue, Dataset, Department, Domain
from portal.profile import Profile
from portal.publications import Work
from portal.registers import Topic
from portal.render import figures
from portal.render.words import PageLang, words
from portal.timeliness import NAMES, State, Timeliness, timeliness

FORMATS = {"csv": "CSV", "xlsx": "XLSX", "json": "JSON", "xml": "XML", "parquet": "Parquet"}

IN_CHINESE_ALONE = (
    "/data/",
    "/edit/",
    "/help/bureau/",
    "/help/departments/",
    "/help/faq/",
    "/help/find/",
    "/help/speak/",
)
"""Pages without an English twin, and what lies below them."""

STATES: Mapping[State, str] = {"static": "quiet", "due_soon": "quiet", "due": "warn", "overdue": "bad"}
"""States that a badge tells, and the class of the stylesheet; being on time is no news."""


@dataclass(frozen=True)
class Badge:
    """A state in a word; `kind` is a class of the stylesheet."""

    text: str
    kind: str = ""


@dataclass(frozen=True)
class Book:
    """The inputs of all pages of one language. `facts` may lack entries without public rows."""

    catalogue: Catalogue
    profile: Profile
    facts: Mapping[str, DatasetFacts]
    today: date
    release: str
    lang: PageLang
    environment: Environment
    counts: Figures
    offer: Offer = NO_OFFER
    relations: tuple[RelationFacts, ...] = ()
    _cards: dict[str, Markup] = field(default_factory=dict)
    _formats: dict[str, list[str]] = field(default_factory=dict)

    @cached_property
    def t(self) -> Mapping[str, str]:
        """The words of this language."""
        return words(self.lang)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """What this city calls the keys of an entry (PRO-5)."""
        return self.profile.labels.fields if self.lang == "zh" else self.profile.labels.fields_en

    @cached_property
    def base(self) -> str:
        """Where this language's pages begin."""
        return "/" if self.lang == "zh" else "/en/"

    @cached_property
    def datasets(self) -> tuple[Dataset, ...]:
        """Those with a page, newest data first; equal days by id. Not-open entries appear nowhere (OT-1)."""
        by_id = sorted((one for one in self.catalogue.datasets if one.is_listed), key=lambda one: one.id)
        return tuple(sorted(by_id, key=lambda one: one.data_date, reverse=True))

    @cached_property
    def by_id(self) -> Mapping[str, Dataset]:
        """Listed datasets by id."""
        return {one.id: one for one in self.datasets}

    @cached_property
    def _groups(self) -> Mapping[tuple[str, str], tuple[Dataset, ...]]:
        found: dict[tuple[str, str], list[Dataset]] = {}
        for one in self.datasets:
            found.setdefault(("department", one.department), []).append(one)
            found.setdefault(("domain", one.domain), []).append(one)
        return {key: tuple(ones) for key, ones in found.items()}

    def of_department(self, department: str) -> tuple[Dataset, ...]:
        """Its listed datasets, newest first."""
        return self._groups.get(("department", department), ())

    def in_domain(self, domain: str) -> tuple[Dataset, ...]:
        """Listed datasets of a domain, newest first."""
        return self._groups.get(("domain", domain), ())

    @cached_property
    def works(self) -> Mapping[str, tuple[Work, ...]]:
        """The results of use (SHO-1) of each dataset, newest first, by its id whatever name the result gives."""
        now = (
            {name: one.id for one in self.datasets for name in (one.id, *one.aliases)}
            if self.catalogue.showcase
            else {}
        )
        found: dict[str, list[Work]] = {}
        for work in sorted(self.catalogue.showcase, key=lambda one: (one.date, one.id), reverse=True):
            for name in dict.fromkeys(now[name] for name in work.datasets if name in now):
                found.setdefault(name, []).append(work)
        return {name: tuple(works) for name, works in found.items()}

    @cached_property
    def cases(self) -> Mapping[str, tuple[Case, ...]]:
        """What people pointed out in each dataset (FBK-10), newest first, as far as the service tells it."""
        found: dict[str, list[Case]] = {}
        for one in self.counts.inputs.feedback or ():
            found.setdefault(one.dataset or "", []).append(one)
        return {name: tuple(cases) for name, cases in found.items()}

    @cached_property
    def topics(self) -> Mapping[str, tuple[Dataset, ...]]:
        """The datasets of each topic that holds any, by the topic's id, in the order of the register."""
        found = ((one.id, topics.members(one, self.catalogue, self.datasets)) for one in self.catalogue.topics)
        return {key: sets for key, sets in found if sets}

    @cached_property
    def _topics(self) -> Mapping[str, tuple[Topic, ...]]:
        return topics.topics_of(self.catalogue, self.datasets)

    def topics_of(self, dataset: Dataset) -> tuple[Topic, ...]:
        """The topics that a dataset is in."""
        return self._topics.get(dataset.id, ())

    def topic_title(self, topic: Topic) -> str:
        """A topic's title."""
        return topic.title if self.lang == "zh" else topic.title_en or topic.title

    def topic_summary(self, topic: Topic) -> str:
        """What a topic offers, in a sentence."""
        return topic.summary if self.lang == "zh" else topic.summary_en or topic.summary

    @cached_property
    def emergencies(self) -> tuple[Topic, ...]:
        """The emergency topics that are on today, latest first: home and lists point to them (EMG-1)."""
        found = [one for one in self.catalogue.topics if one.is_on(self.today) and one.id in self.topics]
        return tuple(sorted(found, key=lambda one: str(one.since), reverse=True))

    @cached_property
    def departments(self) -> Mapping[str, Department]:
        """Departments by id."""
        return {one.id: one for one in self.catalogue.departments}

    @cached_property
    def domains(self) -> Mapping[str, Domain]:
        """Domains by id."""
        return {one.id: one for one in self.catalogue.domains}

    def aside(self, text: str) -> str:
        """The text in brackets, as this language sets them; nothing for nothing."""
        return self.t["aside"].format(x=text) if text else ""

    def told(self, label: str, text: str) -> str:
        """`label：text`"""
        return f"{label}{self.t['colon']}{text}"

    def url(self, address: str) -> str:
        """An address of portal/addresses.py in this language."""
        return self.base + address.removeprefix("/")

    def twin(self, address: str) -> str:
        """An address as somebody wrote it, in this language if it is a Chinese page that there is in both."""
        path = address.partition("#")[0].partition("?")[0]
        is_page = path.startswith("/") and path.endswith("/") and not path.startswith((*IN_CHINESE_ALONE, "/en/"))
        return self.url(address) if is_page else address

    def other_url(self, address: str) -> str:
        """The same page in the other language."""
        return "/en" + address if self.lang == "zh" else address

    def title(self, dataset: Dataset) -> str:
        """Its name, in English where there is one."""
        return dataset.title if self.lang == "zh" else dataset.title_en or dataset.title

    def summary(self, dataset: Dataset) -> str:
        """Its summary, in English where there is one."""
        return dataset.summary if self.lang == "zh" else dataset.summary_en or dataset.summary

    def department_name(self, department: str) -> str:
        """A department's name; its id where the register lacks it."""
        one = self.departments.get(department)
        if one is None:
            return department
        return one.name if self.lang == "zh" else one.name_en or one.name

    def domain_title(self, domain: str) -> str:
        """A domain's title."""
        one = self.domains.get(domain)
        if one is None:
            return domain
        return one.title if self.lang == "zh" else one.title_en or one.title

    def inside(self, label: str) -> str:
        """A label as it stands inside a line: 5 overdue, Updated annually; Chinese has no capitals."""
        return label if self.lang == "zh" else label[:1].lower() + label[1:]

    def frequency(self, name: str) -> str:
        """每年, Annually …"""
        one = self.profile.frequencies.get(name)
        if one is None:
            return name
        return one.label if self.lang == "zh" else one.label_en

    def open_type(self, name: str) -> str:
        """无条件开放, Open …"""
        return (
            self.profile.labels.open_type_name(name) if self.lang == "zh" else self.profile.labels.open_types_en[name]
        )

    def day(self, value: date) -> str:
        """A date in full."""
        return figures.day(value, self.lang)

    def due(self, dataset: Dataset) -> Timeliness:
        """Whether its data are on time today (UPD-2)."""
        return timeliness(dataset, self.profile, self.today)

    def timing(self, state: State) -> str:
        """按期, Overdue …"""
        return NAMES[state][0 if self.lang == "zh" else 1]

    def formats(self, dataset: Dataset) -> list[str]:
        """In which formats it comes, as keys of FORMATS; `api` for an API."""
        if dataset.id not in self._formats:
            self._formats[dataset.id] = self._find_formats(dataset)
        return self._formats[dataset.id]

    def _find_formats(self, dataset: Dataset) -> list[str]:
        if dataset.data_type == "api":
            return ["api"]
        facts = self.facts.get(dataset.id)
        if dataset.is_open and facts:
            names = [item.format.removeprefix("excel.") for item in facts.downloads if item.table]
        else:
            names = [file.path.rsplit(".", 1)[-1].lower() for file in dataset.files]
        return [name for name in FORMATS if name in names]

    def format_name(self, name: str) -> str:
        """CSV, XLSX …"""
        return FORMATS.get(name) or self.t["api_kind"]

    def rows(self, dataset: Dataset) -> int | None:
        """Rows of all its tables; None without public rows."""
        facts = self.facts.get(dataset.id)
        return facts.rows if facts and dataset.is_open else None

    def use(self, dataset: Dataset) -> Use | None:
        """How much it was used since counting began; None while nothing is counted."""
        usage = self.counts.inputs.usage
        return usage.by_dataset.get(dataset.id, Use()) if usage else None

    def _taken(self, dataset: Dataset) -> str:
        """How often its files were taken, once anything is counted."""
        use = self.use(dataset)
        return self.t["st_used_short"].format(n=figures.number(use.downloads)) if use and use.downloads else ""

    def badges(self, dataset: Dataset) -> list[Badge]:
        """Its states as words: open type always, then what is out of the ordinary."""
        kind = "" if dataset.open_type == "unconditional" else "warn"
        found = [Badge(self.open_type(dataset.open_type), kind)]
        if dataset.data_type == "api":
            found.append(Badge(self.t["api_kind"], "plain"))
        state = self.due(dataset).state
        if state in STATES:
            found.append(Badge(self.timing(state), STATES[state]))
        return found

    def digest(self, dataset: Dataset) -> str:
        """Of all that its entry and its facts say."""
        facts = self.facts.get(dataset.id)
        return model_digest(dataset) + (model_digest(facts) if facts else "")

    def card(self, dataset: Dataset) -> Markup:
        """A dataset in a list; drawn once, used in every list."""
        drawn = self._cards.get(dataset.id)
        if drawn is None:
            drawn = self._cards[dataset.id] = self._draw_card(dataset)
        return drawn

    def _draw_card(self, dataset: Dataset) -> Markup:
        card = {
            "id": dataset.id,
            "href": self.url(addresses.dataset_page(dataset.id)),
            "title": self.title(dataset),
            "summary": self.summary(dataset),
            "department": self.department_name(dataset.department),
            "date": dataset.data_date.isoformat(),
            "rows": self.rows(dataset),
            "formats": [self.format_name(name) for name in self.formats(dataset)],
            "badges": self.badges(dataset),
            "used": self._taken(dataset),
        }
        return Markup(self.environment.get_template("card.html").render(card=card, t=self.t))  # noqa: S704 -- escaped
