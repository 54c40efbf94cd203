"""/catalog/page-<n>.{ttl,jsonld,rdf}: a large catalogue in pages, for harvesters that take no file of 50 MB.

The files of the whole catalogue stay what they are: a harvester that knows nothing of pages would take the first for
all there is, and delete the rest (docs/decisions/0018). A page is complete by itself and says where the next one is, in
both ways of Hydra that harvesters follow: https://www.hydra-cg.com/spec/latest/core/ and the older PagedCollection.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256

from portal import addresses
from portal.dcat.nodes import Iri, Node, Value

FROM = 40_000_000
"""Bytes of all datasets in RDF/XML, the longest spelling, below which there are no pages: ckanext-dcat takes 50 MB."""
PAGE = 4_000_000
"""Bytes that a page has at most, on average."""

RUN = 32
"""Datasets of a run on average: what is kept joined and compressed (2,000 make 62 files, and one change packs 1 MB)."""


def page_count(weight: int) -> int:
    """How many pages there are for so many bytes: none, or a power of two, so that growth splits each page in two."""
    return 0 if weight < FROM else 1 << (weight // PAGE).bit_length()


def page_of(dataset: str, count: int) -> int:
    """The page (from 1) on which a dataset stands: told by its id alone, whatever comes and goes beside it."""
    return int.from_bytes(sha256(dataset.encode()).digest()[:4]) % count + 1


def runs(ids: Iterable[str]) -> Iterator[list[str]]:
    """The ids in their order, cut after those whose own digest says so: where one comes or goes, the others' runs stay
    what they are.
    """
    run: list[str] = []
    for one in ids:
        run.append(one)
        if sha256(one.encode()).digest()[4] % RUN == 0:
            yield run
            run = []
    if run:
        yield run


def page_view(site: str, ending: str, number: int, count: int) -> Node:
    """What a page says of itself: the first, the last, the one before and the next."""
    last = {"first": 1, "last": count}
    beside = {"previous": number - 1} if number > 1 else {}
    after = {"next": number + 1} if number < count else {}
    told: list[tuple[str, Value]] = []
    for name, other in (last | beside | after).items():
        page = Iri(site + addresses.catalogue_page(other, ending))
        told += [(f"hydra:{name}", page), (f"hydra:{name}Page", page)]
    types = ("hydra:PartialCollectionView", "hydra:PagedCollection")
    return Node(site + addresses.catalogue_page(number, ending), types, tuple(told))
