"""DCAT: three spellings of one graph, no violation of DCAT-AP 3.0.1, and nothing that is not open."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDF

from portal.dcat import vocabulary
from portal.dcat.conformance import conforms
from portal.dcat.describe import Describer
from portal.dcat.nodes import Iri, Node, triples
from portal.dcat.turtle import opening, turtle
from portal.exports import descriptions
from portal.facts import DatasetFacts
from portal.ledger import Ledger
from portal.model import Catalogue, Frequency
from portal.places import put_in_place
from portal.records import Licence
from tests.unit.exports.town import CATALOGUE, FACTS, OPEN, WILD

SHAPES = Path(__file__).parents[2] / "standards" / "dcat-ap-3.0.1-shapes.ttl"
FORMATS = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml"}
SITE = "https://data.example.org"
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own JSON-LD reader
DCAT = Namespace("http://www.w3.org/ns/dcat#")
SPDX = Namespace("http://spdx.org/rdf/terms#")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return described(CATALOGUE, FACTS, tmp_path_factory.mktemp("described"))


def described(
    catalogue: Catalogue, facts: Mapping[str, DatasetFacts], work: Path, cache: Path | None = None, jobs: int = 1
) -> Path:
    """The site with all descriptions in their places."""
    ledger = Ledger(cache or work / "cache")
    (work / "site").mkdir(parents=True)
    found = descriptions.write_descriptions(catalogue, facts, work / "site", ledger, jobs=jobs)
    put_in_place(found.places, work, ledger.cache)
    ledger.close()
    return work / "site"


@pytest.fixture(scope="module")
def graph(site: Path) -> Graph:
    return Graph().parse(site / "catalog.ttl", format="turtle")


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(SHAPES, format="turtle")


def violations(graph: Graph, shapes: Graph) -> str:
    good, _, told = validate(graph, shacl_graph=shapes, inference="none", advanced=False)
    return "" if good else str(told)


@pytest.mark.parametrize("ending", ["jsonld", "rdf"])
def test_the_three_spellings_say_the_same(site: Path, graph: Graph, ending: str) -> None:
    other = Graph().parse(site / f"catalog.{ending}", format=FORMATS[ending])
    assert set(other) == set(graph)  # every node has a name, so that sets tell


def test_the_catalogue_keeps_every_rule_of_dcat_ap(graph: Graph, shapes: Graph) -> None:
    assert violations(graph, shapes) == ""


@pytest.mark.parametrize("ending", FORMATS)
def test_so_does_each_dataset_by_itself(site: Path, shapes: Graph, ending: str) -> None:
    files = sorted(site.glob(f"dataset/*/dcat.{ending}"))
    assert [one.parent.name for one in files] == ["all-codes", "full-codes", "live", "village-codes", "wild"]
    for file in files:
        assert violations(Graph().parse(file, format=FORMATS[ending]), shapes) == "", file


def test_the_judge_sees_what_is_wrong(graph: Graph, shapes: Graph) -> None:
    broken = Graph() + graph
    broken.remove((None, DCTERMS.publisher, None))
    assert "publisher" in violations(broken, shapes)
    broken = Graph() + graph
    broken.add((URIRef(f"{SITE}/dataset/wild/#dataset"), DCTERMS.accrualPeriodicity, URIRef("urn:x")))
    assert "accrualPeriodicity" in violations(broken, shapes)


def test_our_own_check_and_the_judge_agree(shapes: Graph) -> None:
    describer = Describer(CATALOGUE, FACTS)
    described = describer.dataset(OPEN)
    whole = [*described.nodes, *(describer.shared[name] for name in described.uses)]
    assert conforms(whole, describer.shared)
    without_label = [node for node in whole if node.iri != vocabulary.STABLE]
    shared = {name: node for name, node in describer.shared.items() if name != vocabulary.STABLE}
    for spoiled, known in (
        ([whole[0]._replace(statements=whole[0].statements[2:]), *whole[1:]], describer.shared),
        ([*whole[:-1], whole[-1]._replace(types=("skos:Thing",))], {}),
        (without_label, shared),
    ):
        text = opening() + turtle(node for node in spoiled if node.types != ("skos:Thing",))
        assert not conforms(spoiled, known)
        assert violations(Graph().parse(data=text, format="turtle"), shapes) != ""


def test_what_is_told_of_a_dataset(graph: Graph) -> None:
    name = URIRef(f"{SITE}/dataset/village-codes/#dataset")
    authority = vocabulary.AUTHORITY
    assert graph.value(name, DCTERMS.accrualPeriodicity) == URIRef(f"{authority}frequency/ANNUAL")
    assert graph.value(name, DCTERMS.accessRights) == URIRef(f"{authority}access-right/PUBLIC")
    assert set(graph.objects(name, DCTERMS.title)) == {
        Literal(OPEN.title, lang="zh"),
        Literal("Village codes", lang="en"),
    }
    assert str(graph.value(name, DCTERMS.issued)) == "2026-11-01"
    assert str(graph.value(name, DCTERMS.modified)) == "2026-11-20"
    assert graph.value(name, DCAT.inSeries) == URIRef(f"{SITE}/dataset/all-codes/#series")
    assert set(graph.objects(name, DCTERMS.relation)) == {URIRef(f"{SITE}/dataset/all-codes/#dataset")}
    assert len(set(graph.objects(name, DCAT.distribution))) == 11  # five formats of two tables, and the zip
    csv = URIRef(f"{SITE}/dataset/village-codes/#file-village-codes.csv")
    assert graph.value(csv, DCTERMS.license) == URIRef(f"{authority}licence/MIT")
    assert graph.value(csv, DCTERMS.format) == URIRef(f"{authority}file-type/CSV")
    assert graph.value(csv, DCAT.accessService) == URIRef(f"{SITE}/data/#service")
    assert str(graph.value(URIRef(f"{csv}-sha256"), SPDX.checksumValue)) == "ab" * 32


def test_kinds_of_openness_and_of_rhythm(graph: Graph) -> None:
    right = {
        dataset: graph.value(URIRef(f"{SITE}/dataset/{dataset}/#dataset"), DCTERMS.accessRights)
        for dataset in ("full-codes", "live")
    }
    assert str(right["full-codes"]).endswith("/RESTRICTED")
    assert str(right["live"]).endswith("/PUBLIC")
    assert not list(graph.objects(URIRef(f"{SITE}/dataset/full-codes/#dataset"), DCAT.distribution))
    samples = list(
        graph.objects(URIRef(f"{SITE}/dataset/full-codes/#dataset"), URIRef("http://www.w3.org/ns/adms#sample"))
    )
    assert samples == [URIRef(f"{SITE}/dataset/full-codes/#file-full-codes-sample.csv")]
    static = graph.value(URIRef(f"{SITE}/dataset/all-codes/#dataset"), DCTERMS.accrualPeriodicity)
    assert str(static).endswith("/NEVER")
    assert (URIRef(f"{SITE}/dataset/live/#service"), RDF.type, DCAT.DataService) in graph


def test_what_is_not_open_leaves_no_trace(site: Path) -> None:
    for path in site.rglob("*.*"):
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode()
        assert "不可见的条目名称" not in text
        assert "/secret/" not in text
        assert "ZY-1" not in text


def test_hostile_words_stay_words(graph: Graph) -> None:
    titles = list(graph.objects(URIRef(f"{SITE}/dataset/wild/#dataset"), DCTERMS.title))
    assert [str(one) for one in titles] == [WILD.title.replace("\x01", " ").replace("\ufffe", " ")]
    for subject, _, value in graph:
        for term in (subject, value):
            if isinstance(term, URIRef):
                assert not set(str(term)) & set(' <>"{}|\\^`'), term


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_the_same_catalogue_gives_the_same_bytes_in_any_number_of_processes(
    site: Path, tmp_path: Path, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(descriptions, "SHARE", 1)
    other = described(CATALOGUE, dict(reversed(FACTS.items())), tmp_path, jobs=jobs)
    assert sorted(one.name for one in other.iterdir()) == sorted(one.name for one in site.iterdir())
    for path in site.rglob("*.*"):
        assert (other / path.relative_to(site)).read_bytes() == path.read_bytes()


def test_what_is_kept_is_what_would_be_written(site: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    changed = CATALOGUE.model_copy(
        update={
            "datasets": tuple(
                one.model_copy(update={"title": "新名称"}) if one.id == "all-codes" else one
                for one in CATALOGUE.datasets
            )
        }
    )
    for number, catalogue in enumerate([CATALOGUE, changed, CATALOGUE]):
        described(catalogue, FACTS, tmp_path / str(number), cache)
    for path in site.rglob("*.*"):
        assert (tmp_path / "2/site" / path.relative_to(site)).read_bytes() == path.read_bytes()
    kept = len([one for one in (cache / "described").iterdir() if not one.name.startswith(".")])
    assert kept == 5 + 2  # its own new title, and that of the series in which village-codes is
    assert "新名称" in (tmp_path / "1/site/dataset/village-codes/dcat.ttl").read_text("utf-8")


@pytest.mark.parametrize("frequency", Frequency.__args__)
def test_every_update_frequency_has_its_word(frequency: str) -> None:
    assert vocabulary.FREQUENCIES[frequency]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("MIT", "MIT"), ("Apache-2.0", "APACHE_2_0"), ("CC BY 4.0", "CC_BY_4_0"), ("CC-BY-4.0", "CC_BY_4_0"),
        ("公有领域", "CC_PDM_1_0"), ("CC BY 3.0 IGO", None), ("某市数据条款", None),
    ],
)  # fmt: skip
def test_licences_are_found_by_their_usual_names(name: str, code: str | None) -> None:
    found = vocabulary.licence(Licence(name=name))
    assert found == (f"{vocabulary.AUTHORITY}licence/{code}" if code else None)


@pytest.mark.parametrize(
    ("title", "code"), [("交通运输", "TRAN"), ("民政", "SOCI"), ("公共安全", "JUST"), ("其他", None)]
)
def test_domains_have_the_nearest_theme(title: str, code: str | None) -> None:
    found = vocabulary.theme(title)
    assert found is None if code is None else found is not None and found[0].endswith(f"/{code}")


def test_statements_are_triples() -> None:
    node = Node("urn:a", ("dcat:Dataset",), (("dct:relation", Iri("urn:b")),))
    assert [(subject, name.rpartition("/")[2]) for subject, name, _ in triples([node])] == [
        ("urn:a", "22-rdf-syntax-ns#type"),
        ("urn:a", "relation"),
    ]
