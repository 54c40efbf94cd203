"""The key of every kept result names all modules that could make it another one: after an upgrade nothing is stale.

What a module imports, it may use; so the modules behind a result are read from the imports, and each must stand in the
list that its key is made from, or below with the reason why it can't change the result.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from functools import cache

import pytest

from portal import alphabet, bundling, departments, making, viewing
from portal.checks import anonymity
from portal.checks.rows import coverage, verdict
from portal.difference import kept as difference
from portal.exports import descriptions
from portal.search import kept as pieces
from portal.settings import CODE
from portal.takeaway import earlier

SHAPES = {
    *("portal.changefacts", "portal.proceedings", "portal.publications", "portal.records", "portal.registers"),
    *("portal.shape", "portal.wording.shape"),
}
"""Names of values, without a rule of their own: the values stand in the key."""
MACHINERY = {
    *("portal.cache", "portal.digests", "portal.forking", "portal.ledger", "portal.places", "portal.problems"),
    *("portal.settings", "portal.wording.drafts"),
}
"""How results are kept, shared, refused: not what stands in them."""
RULES = {
    *("portal.cityrules", "portal.profile", "portal.textrules", "portal.workdays"),
    *("portal.wording.personal", "portal.wording.quality", "portal.wording.rows"),
}
"""A verdict holds the names of rules and values; levels and words come afterwards, from the catalogue as it is."""
TYPES = {"portal.casting", "portal.facts", "portal.model", "portal.tableschema"}
"""Imported for their names alone by what copies whole tables, or counts them."""

RESULTS: dict[str, tuple[Sequence[str], Sequence[str], set[str]]] = {
    "rows": (
        making.ROWS_CODE,
        ("portal.tables", "portal.derive", *(f"portal.takeaway.{one}" for one in ("csvs", "jsons", "parquet", "xmls"))),
        set(),
    ),
    "package": (making.PACKAGE_CODE, ("portal.takeaway",), set()),
    "views": (making.VIEWS_CODE, viewing.CODE[:1], set()),
    "release": (earlier.CODE, ("portal.takeaway.earlier",), set()),
    "described": (descriptions.CODE, ("portal.exports.descriptions",), set()),
    "pieces": (pieces.CODE, ("portal.search.kept",), set()),
    "department": (departments.CODE, ("portal.departments",), TYPES),
    "bundle": (bundling.CODE, ("portal.takeaway.joined", "portal.takeaway.bundle"), set()),
    "readings": (alphabet.CODE, ("portal.alphabet",), set()),
    "difference": (difference.CODE, ("portal.difference.kept",), {"portal.wording.rows"}),
    "coverage": (coverage.CODE, ("portal.checks.rows.coverage",), {"portal.wording.rows", *TYPES}),
    "verdict": (verdict.CODE, ("portal.checks.rows.verdict",), {"portal.checks.shape", *RULES}),
    "anonymity": (anonymity.CODE, ("portal.checks.anonymity",), {"portal.text", *RULES, *TYPES}),
}
"""Kind of result → the modules that its key names, those that make it, and those that can't change it."""


def _module(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


MODULES = {_module(path.relative_to(CODE).as_posix()): path for path in sorted((CODE / "portal").rglob("*.py"))}


@cache
def imported(module: str) -> frozenset[str]:
    """The modules of the portal that a module names."""

    def found() -> Iterator[str]:
        for node in ast.walk(ast.parse(MODULES[module].read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                for name in (f"{node.module}.{one.name}" for one in node.names):
                    yield name if name in MODULES else node.module
            elif isinstance(node, ast.Import):
                yield from (one.name for one in node.names)

    return frozenset(one for one in found() if one in MODULES)


def behind(roots: Sequence[str], but: set[str]) -> set[str]:
    """All modules that these lead to, themselves included, but those named and what only they lead to."""
    left, seen = list(roots), set[str]()
    while left:
        module = left.pop()
        if module not in seen | but:
            seen.add(module)
            left += imported(module)
    return seen


@pytest.mark.parametrize("kind", RESULTS)
def test_the_key_names_every_module_behind_a_result(kind: str) -> None:
    code, roots, harmless = RESULTS[kind]
    used = behind(roots, SHAPES | MACHINERY | harmless)
    missing = {one for one in used if not any(one == name or one.startswith(f"{name}.") for name in code)}
    assert missing == set()


@pytest.mark.parametrize("kind", RESULTS)
def test_every_name_in_a_key_is_a_module(kind: str) -> None:
    assert [name for name in RESULTS[kind][0] if name not in MODULES] == []
