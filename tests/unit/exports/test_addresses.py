"""Each machine format has its address and is served under its own media type."""

from __future__ import annotations

import pytest

from portal import addresses
from portal.front.headers import media_type, open_to_all

UTF8 = "; charset=utf-8"


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        (addresses.catalogue_file("jsonld"), "application/ld+json" + UTF8),
        (addresses.catalogue_file("ttl"), "text/turtle" + UTF8),
        (addresses.catalogue_file("rdf"), "application/rdf+xml" + UTF8),
        (addresses.catalogue_file("csv"), "text/csv" + UTF8),
        (addresses.catalogue_file("excel.csv"), "text/csv" + UTF8),
        (addresses.catalogue_file("xlsx"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (addresses.catalogue_file("json"), "application/json" + UTF8),
        (addresses.catalogue_page(2, "rdf"), "application/rdf+xml" + UTF8),
        (addresses.dataset_description("parks", "jsonld"), "application/ld+json" + UTF8),
        (addresses.dataset_description("parks", "ttl"), "text/turtle" + UTF8),
        (addresses.dataset_description("parks", "rdf"), "application/rdf+xml" + UTF8),
        (addresses.croissant_file("parks"), "application/json" + UTF8),
        (addresses.feed(), "application/atom+xml" + UTF8),
        (addresses.new_feed(), "application/atom+xml" + UTF8),
        (addresses.department_feed("ylj"), "application/atom+xml" + UTF8),
        (addresses.duty_list("ylj"), "text/csv" + UTF8),
        ("/llms.txt", "text/plain" + UTF8),
        ("/robots.txt", "text/plain" + UTF8),
        ("/sitemap.xml", "application/xml" + UTF8),
    ],
)
def test_each_address_has_its_media_type_and_any_site_may_read_it(address: str, kind: str) -> None:
    assert media_type(address) == kind
    assert open_to_all(address.lstrip("/"))


def test_every_file_of_the_catalogue_has_an_address() -> None:
    found = {addresses.catalogue_file(ending) for ending in addresses.CATALOGUE_FILES}
    assert found == {f"/catalog.{ending}" for ending in ("jsonld", "ttl", "rdf", "csv", "excel.csv", "xlsx", "json")}
