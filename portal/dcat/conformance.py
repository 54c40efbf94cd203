"""What DCAT-AP 3.0.1 demands of the nodes that we write: obligatory properties, those that stand once, classes.

From the tables of https://semiceu.github.io/DCAT-AP/releases/3.0.1/; the tests hold the published files against all of
the standard's constraints with a SHACL engine, and this against that engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from portal.dcat.nodes import Iri, Node

REQUIRED: Mapping[str, tuple[str, ...]] = {
    "adms:Identifier": ("skos:notation",),
    "dcat:Catalog": ("dct:title", "dct:description", "dct:publisher"),
    "dcat:CatalogRecord": ("foaf:primaryTopic", "dct:modified"),
    "dcat:DataService": ("dct:title", "dcat:endpointURL"),
    "dcat:Dataset": ("dct:title", "dct:description"),
    "dcat:DatasetSeries": ("dct:title", "dct:description"),
    "dcat:Distribution": ("dcat:accessURL",),
    "foaf:Agent": ("foaf:name",),
    "skos:Concept": ("skos:prefLabel",),
    "skos:ConceptScheme": ("dct:title",),
    "spdx:Checksum": ("spdx:algorithm", "spdx:checksumValue"),
}
SINGLE = frozenset(
    {
        "adms:status", "dcat:byteSize", "dcat:compressFormat", "dcat:endDate", "dcat:mediaType", "dcat:packageFormat",
        "dcat:startDate", "dcat:version", "dcatap:availability", "dct:accessRights", "dct:accrualPeriodicity",
        "dct:format", "dct:issued", "dct:license", "dct:modified", "dct:publisher", "foaf:homepage",
        "foaf:primaryTopic", "spdx:algorithm", "spdx:checksum", "spdx:checksumValue",
    }
)  # fmt: skip
"""Of those that we write, the properties that a resource may have once."""
CLASSES: Mapping[str, str] = {
    "adms:identifier": "adms:Identifier",
    "adms:sample": "dcat:Distribution",
    "dcat:accessService": "dcat:DataService",
    "dcat:contactPoint": "vcard:Kind",
    "dcat:distribution": "dcat:Distribution",
    "dcat:inSeries": "dcat:DatasetSeries",
    "dcat:landingPage": "foaf:Document",
    "dcat:mediaType": "dct:MediaType",
    "dcat:packageFormat": "dct:MediaType",
    "dcat:theme": "skos:Concept",
    "dcatap:availability": "skos:Concept",
    "dct:accessRights": "dct:RightsStatement",
    "dct:accrualPeriodicity": "dct:Frequency",
    "dct:conformsTo": "dct:Standard",
    "dct:format": "dct:MediaTypeOrExtent",
    "dct:language": "dct:LinguisticSystem",
    "dct:license": "dct:LicenseDocument",
    "dct:provenance": "dct:ProvenanceStatement",
    "dct:publisher": "foaf:Agent",
    "dct:rights": "dct:RightsStatement",
    "dct:spatial": "dct:Location",
    "dct:temporal": "dct:PeriodOfTime",
    "foaf:page": "foaf:Document",
    "foaf:primaryTopic": "dcat:Resource",
    "spdx:algorithm": "spdx:ChecksumAlgorithm",
    "spdx:checksum": "spdx:Checksum",
}
"""Property → the class that what it points to must say of itself."""


def conforms(nodes: Iterable[Node], shared: Mapping[str, Node]) -> bool:
    """Whether the nodes of a dataset keep the rules, together with the shared ones they name."""
    own = tuple(nodes)
    known = {node.iri: node.types for node in own}
    return all(_keeps(node, known, shared) for node in own)


def _keeps(node: Node, known: Mapping[str, tuple[str, ...]], shared: Mapping[str, Node]) -> bool:
    names = [name for name, _ in node.statements]
    present = set(names)
    if any(name not in present for kind in node.types for name in REQUIRED.get(kind, ())):
        return False
    if len(names) > len(present) and any(name in SINGLE and names.count(name) > 1 for name in present):
        return False
    for name, value in node.statements:
        wanted = CLASSES.get(name)
        if wanted is None:
            continue
        if not isinstance(value, Iri):
            return False
        types = known.get(value.value) or (shared[value.value].types if value.value in shared else ())
        if wanted not in types:
            return False
    return True
