"""Content negotiation: who prefers RDF to the page is led to it; browsers, wildcards and nonsense get the page."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import httpx
import pytest

from portal.front.negotiation import description_of, wanted
from portal.publish import publish
from portal.settings import SHANGHAI, Settings
from tests.unit.test_front_app import app, ask

CHROME = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
RDFLIB = "application/ld+json;q=0.7,text/turtle;q=1.0,application/rdf+xml;q=0.9,*/*;q=0.1"


@pytest.mark.parametrize(
    ("accept", "endings"),
    [
        ("", []),
        ("*/*", []),
        (CHROME, []),
        ("application/ld+json", ["jsonld"]),
        ("Application/LD+JSON; profile=\"x\"", ["jsonld"]),
        (RDFLIB, ["ttl", "rdf", "jsonld"]),
        ("text/turtle, text/html", []),  # a tie: people come first
        ("text/turtle, text/html;q=0.9", ["ttl"]),
        ("text/turtle;q=0.5, text/html", []),
        ("text/turtle;q=0", []),
        ("text/turtle;q=0.1", ["ttl"]),  # the page is not asked for at all
        ("text/turtle;q=nonsense", []),
        ("text/turtle;q=0.8, application/ld+json;q=0.8", ["ttl", "jsonld"]),
        (",;q=,," * 2000, []),
    ],
)  # fmt: skip
def test_what_is_preferred_to_the_page(accept: str, endings: list[str]) -> None:
    assert wanted(accept) == endings


def test_which_pages_have_a_description() -> None:
    assert description_of("/", "rdf") == "/catalog.rdf"
    assert description_of("/dataset/parks/", "ttl") == "/dataset/parks/dcat.ttl"
    assert description_of("/en/dataset/parks/", "jsonld") == "/dataset/parks/dcat.jsonld"
    assert description_of("/dataset/parks/parks.csv", "ttl") is None
    assert description_of("/dataset/parks/changes/", "ttl") is None
    assert description_of("/help/", "ttl") is None


def released(root: Path) -> None:
    site = root / "_build/work/site"
    (site / "dataset/parks").mkdir(parents=True)
    (site / "index.html").write_text("<h1>home</h1>", "utf-8")
    (site / "dataset/parks/index.html").write_text("<h1>parks</h1>", "utf-8")
    (site / "dataset/parks/dcat.ttl").write_text("<a> a <b> .", "utf-8")
    (site / "dataset/parks/dcat.rdf").write_text("<rdf:RDF/>", "utf-8")
    (root / "_build/work/catalogue.json").write_text('{"datasets": {"parks": {"aliases": ["green"]}}}', "utf-8")
    now = datetime(2026, 11, 22, tzinfo=SHANGHAI)
    publish(root / "_build/work", Settings(root=root, build=root / "_build", var=root / "var", now=now), "r1")


def got(root: Path, url: str, accept: str) -> httpx.Response:
    (answer,) = ask(app(root), {"url": url, "headers": {"accept": accept}})
    return answer


def test_the_front_leads_to_the_file_or_shows_the_page(tmp_path: Path) -> None:
    released(tmp_path)
    page = got(tmp_path, "/dataset/parks/", CHROME)
    assert page.text == "<h1>parks</h1>"
    assert "Accept" in page.headers["vary"].split(", ")
    turtle = got(tmp_path, "/dataset/parks/", RDFLIB)
    assert (turtle.status_code, turtle.headers["location"]) == (303, "/dataset/parks/dcat.ttl")
    assert turtle.headers["vary"] == "Accept"
    assert turtle.headers["access-control-allow-origin"] == "*"
    for base in ("", "/en"):
        xml = got(tmp_path, f"{base}/dataset/parks/", "application/rdf+xml, text/html;q=0.5")
        assert (xml.status_code, xml.headers["location"]) == (303, "/dataset/parks/dcat.rdf")
    assert (
        got(tmp_path, "/dataset/parks/dcat.rdf", "*/*").headers["content-type"] == "application/rdf+xml; charset=utf-8"
    )
    assert got(tmp_path, "/dataset/parks/", "application/ld+json").status_code == 200  # there is none: the page
    assert got(tmp_path, "/", "text/turtle").text == "<h1>home</h1>"  # this release has no catalogue file
    assert got(tmp_path, "/dataset/green/", "text/turtle").headers["location"] == "/dataset/parks/"
    assert got(tmp_path, "/dataset/none/", "text/turtle").status_code == 404
