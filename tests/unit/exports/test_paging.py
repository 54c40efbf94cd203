"""Pages of a large catalogue: each keeps every rule of DCAT-AP, harvesters come through, nothing is lost or told twice."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS

from portal import addresses
from portal.exports import paging
from portal.exports.paging import page_count, page_of, runs
from tests.unit.exports.test_rdf import DCAT, FORMATS, SITE, described, shapes, violations
from tests.unit.exports.town import CATALOGUE, FACTS

__all__ = ["shapes"]
HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
PAGES = 4
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own JSON-LD reader


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paging, "FROM", 0)
        patch.setattr(paging, "PAGE", 15_000)
        return described(CATALOGUE, FACTS, tmp_path_factory.mktemp("paged"))


def read(site: Path, ending: str, number: int) -> Graph:
    return Graph().parse(site / addresses.catalogue_page(number, ending)[1:], format=FORMATS[ending])


def as_ckan(graph: Graph) -> str | None:
    """The next page as ckanext-dcat looks for it: `next` of a PagedCollection, else `nextPage`."""
    for view in graph.subjects(RDF.type, HYDRA.PagedCollection):
        for name in (HYDRA.next, HYDRA.nextPage):
            for found in graph.objects(view, name):
                return str(found)
    return None


def as_udata(graph: Graph) -> str | None:
    """The next page as udata looks for it: `next` of a PartialCollectionView."""
    found = graph.value(graph.value(predicate=RDF.type, object=HYDRA.PartialCollectionView), HYDRA.next)
    return str(found) if found else None


def harvested(site: Path, ending: str, follow: Callable[[Graph], str | None]) -> list[Graph]:
    """Every page that a harvester gets which begins at the first."""
    pages, address = [], f"{SITE}/catalog/page-1.{ending}"
    while address and len(pages) < 100:
        pages.append(Graph().parse(site / address.removeprefix(f"{SITE}/"), format=FORMATS[ending]))
        address = follow(pages[-1]) or ""
    return pages


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("number", range(1, PAGES + 1))
def test_every_page_keeps_every_rule_of_dcat_ap(site: Path, shapes: Graph, ending: str, number: int) -> None:
    page = read(site, ending, number)
    assert violations(page, shapes) == ""
    assert list(page.subjects(RDF.type, DCAT.Catalog)) == [URIRef(f"{SITE}/catalog.ttl#catalog")]


@pytest.mark.parametrize("follow", [as_ckan, as_udata])
@pytest.mark.parametrize("ending", FORMATS)
def test_harvesters_get_every_dataset_once(site: Path, ending: str, follow: Callable[[Graph], str | None]) -> None:
    pages = harvested(site, ending, follow)
    assert len(pages) == PAGES
    found = sorted(str(one) for page in pages for one in page.subjects(RDF.type, DCAT.Dataset))
    assert found == [
        f"{SITE}/dataset/{name}/#dataset" for name in ("all-codes", "full-codes", "live", "village-codes", "wild")
    ]


def test_the_pages_together_say_what_the_whole_says(site: Path) -> None:
    whole = Graph().parse(site / "catalog.ttl", format="turtle")
    whole.remove((URIRef(f"{SITE}/catalog.ttl#catalog"), DCTERMS.modified, None))
    together = Graph()
    for page in harvested(site, "ttl", as_ckan):
        together += page
    for view in [*together.subjects(RDF.type, HYDRA.PagedCollection)]:
        together.remove((view, None, None))
    two_names = next(one for one in whole.subjects(RDF.type, DCTERMS.LicenseDocument) if "evil" in one)
    for graph in (
        together,
        whole,
    ):  # two datasets call one licence by two names: every file takes the first that it has
        graph.remove((two_names, RDFS.label, None))
    assert set(together) == set(whole)
    assert not [*Graph().parse(site / "catalog.ttl", format="turtle").subjects(RDF.type, HYDRA.PagedCollection)]


def test_spellings_of_a_page_say_the_same(site: Path) -> None:
    for number in range(1, PAGES + 1):
        said = []
        for ending in FORMATS:
            page = read(site, ending, number)
            page.remove((None, RDF.type, HYDRA.PagedCollection))  # each leads on in its own spelling
            said.append({one for one in page if str(HYDRA) not in one[1] and str(HYDRA) not in str(one[2])})
        assert said[0] == said[1] == said[2]


def test_a_small_catalogue_has_no_pages(tmp_path: Path) -> None:
    site = described(CATALOGUE, FACTS, tmp_path)
    files = [f"catalog.{ending}{copy}" for ending in ("jsonld", "rdf", "ttl") for copy in ("", ".gz")]
    assert sorted(one.name for one in site.iterdir()) == [*files, "dataset"]


@pytest.mark.parametrize("ending", FORMATS)
def test_the_compressed_copy_of_the_whole_is_the_whole(tmp_path: Path, ending: str) -> None:
    for word in ("made", "kept"):
        site = described(CATALOGUE, FACTS, tmp_path / word, tmp_path / "cache")
        whole = (site / f"catalog.{ending}").read_bytes()
        assert gzip.decompress((site / f"catalog.{ending}.gz").read_bytes()) == whole


@given(st.sets(st.integers(0, 3000), min_size=200, max_size=400), st.data())
def test_one_that_goes_changes_its_own_run_and_the_next_at_most(numbers: set[int], data: st.DataObject) -> None:
    ordered = [f"set-{number:04}" for number in sorted(numbers)]
    gone = data.draw(st.sampled_from(ordered))
    before, after = list(runs(ordered)), list(runs([one for one in ordered if one != gone]))
    assert [one for run in before for one in run] == ordered
    assert len([run for run in before if run not in after]) <= 2
    assert len([run for run in after if run not in before]) <= 1


def test_runs_have_a_few_dozen_sets() -> None:
    found = [len(run) for run in runs([f"set-{number:05}" for number in range(10_000)])]
    assert 20 < sum(found) / len(found) < 50
    assert max(found) < 32 * 12


def test_a_changed_dataset_changes_its_page_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "FROM", 0)
    monkeypatch.setattr(paging, "PAGE", 15_000)
    before = described(CATALOGUE, FACTS, tmp_path / "before", tmp_path / "cache")
    datasets = tuple(
        one.model_copy(update={"title": "新名称"}) if one.id == "live" else one for one in CATALOGUE.datasets
    )
    changed = CATALOGUE.model_copy(update={"datasets": datasets})
    after = described(changed, FACTS, tmp_path / "after", tmp_path / "cache", 2)
    other = {
        path.name for path in (before / "catalog").iterdir() if path.stat().st_ino != (after / "catalog" / path.name).stat().st_ino
    }  # fmt: skip
    mine = f"page-{page_of('live', PAGES)}"
    assert other == {f"{mine}.{ending}{packed}" for ending in FORMATS for packed in ("", ".gz")}


@pytest.mark.parametrize(
    ("weight", "count"),
    [(0, 0), (39_999_999, 0), (40_000_000, 16), (63_999_999, 16), (64_000_000, 32), (90_000_000, 32)],
)
def test_how_many_pages(weight: int, count: int) -> None:
    assert page_count(weight) == count
    assert not count or weight / count <= paging.PAGE


def test_more_pages_split_those_that_were() -> None:
    for number in range(1000):
        name = f"set-{number}"
        assert page_of(name, 32) in (page_of(name, 16), page_of(name, 16) + 16)
    sizes = [sum(page_of(f"set-{number}", 16) == page for number in range(5000)) for page in range(1, 17)]
    assert sum(sizes) == 5000
    assert max(sizes) < 1.2 * 5000 / 16
