"""Where things are on the portal (design §7): stable addresses, built in one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlencode

LIST_INDEX = "/datasets/index.json"
"""What scripts draw lists of datasets from (portal/render/listing.py)."""


def dataset_page(dataset: str) -> str:
    """The page of a dataset."""
    return f"/dataset/{dataset}/"


def download(dataset: str, name: str) -> str:
    """A file to take away."""
    return f"/dataset/{dataset}/{quote(name)}"


def quality_file(dataset: str) -> str:
    """The scores of a dataset with their reasons, for machines."""
    return f"/dataset/{dataset}/quality.json"


def release_file(dataset: str, release: str, name: str) -> str:
    """A file of an earlier release, at its fixed address."""
    return f"/dataset/{dataset}/v/{release}/{quote(name)}"


def department_page(department: str) -> str:
    """The page of a department."""
    return f"/department/{department}/"


def domain_page(domain: str) -> str:
    """The page of a domain."""
    return f"/domain/{domain}/"


def topic_page(topic: str) -> str:
    """The page of a topic of daily life, or of an emergency."""
    return f"/topic/{topic}/"


def search_page(query: str = "") -> str:
    """The search, and what it finds."""
    return "/search/" + _asked([("q", query)] if query else [])


def browse_page(way: str) -> str:
    """A way through all datasets: recent, popular, due, a-z."""
    return f"/datasets/{way}/"


def table_api(department: str, table: str, ending: str = ".json") -> str:
    """A table in the query API: the department is the database."""
    return f"/data/{department}/{quote(table)}{ending}"


def rules_page(lang: str = "zh") -> str:
    """The page that explains every rule of the gate; a rule's name is its anchor."""
    return "/en/help/rules/" if lang == "en" else "/help/rules/"


def relations_page(domain: str = "", n: int = 1) -> str:
    """How the datasets relate: all of them, or those of a domain; the n-th page of a long list."""
    return "/relations/" + (f"{domain}/" if domain else "") + (f"page/{n}/" if n > 1 else "")


CATALOGUE_FILES = ("jsonld", "ttl", "rdf", "csv", "excel.csv", "xlsx", "json")
"""Endings of the files that hold the whole catalogue, each at /catalog.<ending>."""


def catalogue_file(ending: str) -> str:
    """The whole catalogue for machines, by one of CATALOGUE_FILES."""
    return f"/catalog.{ending}"


def catalogue_page(number: int, ending: str) -> str:
    """A page of a large catalogue as DCAT: `jsonld`, `ttl` or `rdf`."""
    return f"/catalog/page-{number}.{ending}"


def dataset_description(dataset: str, ending: str) -> str:
    """A dataset described as DCAT: `jsonld`, `ttl` or `rdf`."""
    return f"/dataset/{dataset}/dcat.{ending}"


def croissant_file(dataset: str) -> str:
    """A dataset described as Croissant (MLCommons)."""
    return f"/dataset/{dataset}/croissant.json"


def feed() -> str:
    """Every public change, newest first (Atom)."""
    return "/feed.atom"


def new_feed() -> str:
    """Datasets as they were opened, newest first (Atom)."""
    return "/feeds/new.atom"


def department_feed(department: str) -> str:
    """Every public change of a department (Atom)."""
    return f"/feeds/department/{department}.atom"


def duty_list(department: str, ending: str = "csv") -> str:
    """The opening responsibility list of a department (CAT-19): `csv`, or `excel.csv` with the mark for Excel."""
    return f"/department/{department}/list.{ending}"


def changes_page(month: str = "", department: str = "") -> str:
    """What changed on the portal: the newest, a month (`2026-11`), or a department's."""
    if department:
        return f"/changes/department/{department}/"
    return f"/changes/{month}/" if month else "/changes/"


def dataset_changes(dataset: str) -> str:
    """What each release of a dataset changed, in full."""
    return f"/dataset/{dataset}/changes/"


def release_changes(dataset: str, release: str) -> str:
    """What a release changed, for machines."""
    return f"/dataset/{dataset}/v/{release}/changes.json"


def department_zip(department: str) -> str:
    """All open data of a department in one file."""
    return f"/department/{department}/{department}.zip"


PORTAL_ZIP = "/downloads/portal.zip"
"""All open data of the portal in one file."""
DOWNLOADS = "/downloads/"
"""The page about taking everything away, and checking it."""
MANIFEST = "/manifest.txt"
"""The sha-256 of every published file, as `sha256sum` writes it."""
MANIFEST_SIGNATURE = "/manifest.txt.sig"
"""64 bytes: Ed25519 over manifest.txt."""
MANIFEST_KEY = "/manifest.pub"
"""The public key, PEM."""
MANIFEST_JSON = "/manifest.json"
"""What the list and its signature are, in a few lines."""


def query_page(dataset: str = "", table: str = "", *, sql: str = "", chart: str = "") -> str:
    """The page that asks SQL in the browser, with a dataset (and one of its tables) chosen; with `sql` it answers it at
    once, and draws it as a `bar`, `line` or `column` chart.
    """
    told = {"data": dataset, "table": table, "sql": sql, "chart": chart}
    return "/query/" + _asked([(key, value) for key, value in told.items() if value])


def query_join(mine: str, theirs: str, fields: Mapping[str, str]) -> str:
    """The same with two datasets joined: `fields` maps columns of `mine` to columns of `theirs`."""
    pairs = [part for left, right in sorted(fields.items()) for part in (("left", left), ("right", right))]
    return "/query/" + _asked([("join", f"{mine},{theirs}"), *pairs])


def _asked(parts: Sequence[tuple[str, str]]) -> str:
    return f"?{urlencode(parts, safe=',', quote_via=quote)}" if parts else ""


def map_cells(dataset: str, number: int) -> str:
    """The points of a large map, counted by cell: of the n-th figure of a dataset."""
    return f"/dataset/{dataset}/map-{number}.json"


def policy_page(policy: str = "") -> str:
    """The documents with their state, or one of them."""
    return f"/policies/{policy}/" if policy else "/policies/"


PLATFORM_RULES = "/policies/platform/"
"""The rules of conduct and security (POR-4)."""


def news_page(news: str = "") -> str:
    """News and events, or one of them."""
    return f"/news/{news}/" if news else "/news/"


ROLES = "/roles/"
"""Who does what."""
PLAN = "/plan/"
"""The annual plans with their progress, and the priority domains."""


def showcase_page(work: str = "") -> str:
    """Results of use; one of them is an anchor on the page."""
    return f"/showcase/#{work}" if work else "/showcase/"


VIOLATIONS = "/violations/"
"""Violations made public; only where the city's text allows it."""
GLOSSARY = "/help/glossary/"
"""Special terms, explained."""
