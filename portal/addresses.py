"""Where things are on the portal (design §7): stable addresses, built in one place."""

from __future__ import annotations

from urllib.parse import quote


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


def table_api(department: str, table: str, ending: str = ".json") -> str:
    """A table in the query API: the department is the database."""
    return f"/data/{department}/{quote(table)}{ending}"


def rules_page(lang: str = "zh") -> str:
    """The page that explains every rule of the gate; a rule's name is its anchor."""
    return "/en/help/rules/" if lang == "en" else "/help/rules/"


CATALOGUE_FILES = ("jsonld", "ttl", "rdf", "csv", "excel.csv", "xlsx", "json")
"""Endings of the files that hold the whole catalogue, each at /catalog.<ending>."""


def catalogue_file(ending: str) -> str:
    """The whole catalogue for machines, by one of CATALOGUE_FILES."""
    return f"/catalog.{ending}"


def dataset_description(dataset: str, ending: str) -> str:
    """A dataset described as DCAT: `jsonld` or `ttl`."""
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
    """The opening responsibility list of a department (CAT-19): `csv`, or `excel.csv` with the mark that Excel needs."""
    return f"/department/{department}/list.{ending}"
