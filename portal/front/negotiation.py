"""One address, the format asked for (W3C DWBP 19): a page's description as DCAT, where `Accept` prefers that to HTML.

Browsers name text/html and get the page. Who names an RDF type with a higher quality (RFC 9110 §12.5.1) is sent on to
the file that has it, by 303. A wildcard asks for nothing in particular.
"""

from __future__ import annotations

import re

from portal import addresses

TYPES = {"application/ld+json": "jsonld", "text/turtle": "ttl", "application/rdf+xml": "rdf"}
"""Media type → the ending of a description."""
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_DATASET = re.compile(r"(?:/en)?/dataset/([^/]+)/")
_QUALITY = re.compile(r"\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*", re.I)


def description_of(path: str, ending: str) -> str | None:
    """Where the description of what a page is about lies: the whole catalogue's, or a dataset's."""
    if path in ("/", "/en/"):
        return addresses.catalogue_file(ending)
    found = _DATASET.fullmatch(path)
    return addresses.dataset_description(found[1], ending) if found else None


def wanted(accept: str) -> list[str]:
    """The endings that are preferred to the page, best first; of equal ones the one named first."""
    asked = _asked(accept)
    page = max((quality for kind, quality in asked if kind in _PAGES), default=0.0)
    better = [(quality, TYPES[kind]) for kind, quality in asked if kind in TYPES and quality > page]
    return [ending for _, ending in sorted(better, key=lambda one: -one[0])]


def _asked(accept: str) -> list[tuple[str, float]]:
    """Media types with their quality; what can't be read counts as not wanted."""
    found = []
    for part in accept.lower().split(",")[:50]:
        kind, *parameters = part.split(";")
        quality = 1.0
        for one in parameters:
            if one.strip().startswith("q"):
                read = _QUALITY.fullmatch(one)
                quality = float(read[1]) if read else 0.0
        found.append((kind.strip(), min(quality, 1.0)))
    return found
