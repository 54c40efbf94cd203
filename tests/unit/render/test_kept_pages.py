"""Pages that come from the cache are those that would be drawn now, whatever changed since they were kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from portal.facts import Offer, RelationFacts
from portal.ledger import Ledger
from portal.model import Catalogue, Dataset
from portal.places import put_in_place
from portal.profile import load_profile
from portal.render.kept import KIND, spelled
from portal.render.shell import build_shell
from portal.render.site import Rendered, RenderInput, render_site
from portal.settings import CODE
from tests.rendering.city import TODAY, catalogue, facts

Change = Callable[[RenderInput], RenderInput]


def city() -> RenderInput:
    known = catalogue()
    return RenderInput(
        catalogue=known,
        profile=load_profile("suzhou"),
        facts={one.id: facts(one) for one in known.datasets if one.is_open},
        today=TODAY,
        release="20261122-1",
    )


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept")


def rendered(source: RenderInput, target: Path, cache: Path, *, kept: bool) -> Rendered:
    shell = build_shell(CODE / "site_src", cache)
    ledger = Ledger(cache) if kept else None
    found = render_site(source, shell, site_src=CODE / "site_src", target=target / "site", ledger=ledger)
    if ledger:
        put_in_place(found.places, target, cache)
        ledger.close()
    return found


def pages(target: Path) -> dict[str, bytes]:
    """Every page, those of datasets and all others."""
    found = sorted(target.rglob("*.html"))
    return {path.relative_to(target).as_posix(): path.read_bytes() for path in found}


def of_set(name: str, **changes: object) -> Change:
    """Another title, date … of one set."""

    def change(source: RenderInput) -> RenderInput:
        sets = tuple(one.model_copy(update=changes) if one.id == name else one for one in source.catalogue.datasets)
        return replace(source, catalogue=source.catalogue.model_copy(update={"datasets": sets}))

    return change


def of_city(make: Callable[[Catalogue], dict[str, object]]) -> Change:
    return lambda source: replace(source, catalogue=source.catalogue.model_copy(update=make(source.catalogue)))


def emptied(name: str) -> Change:
    """One set's tables have lost their rows."""

    def change(source: RenderInput) -> RenderInput:
        known = source.facts[name]
        tables = tuple(one.model_copy(update={"rows": 0}) for one in known.tables)
        return replace(source, facts={**source.facts, name: known.model_copy(update={"tables": tables})})

    return change


def without(name: str) -> Change:
    def keep(known: Catalogue) -> tuple[Dataset, ...]:
        return tuple(one for one in known.datasets if one.id != name)

    return of_city(lambda known: {"datasets": keep(known)})


def fitting(rows: int) -> Change:
    """So many rows of the first set's first relation fit."""
    told = RelationFacts(
        dataset=catalogue().datasets[0].id, number=0, rows=9, matched=rows, back_rows=9, back_matched=9
    )
    return lambda source: replace(source, relations=(told,))


CHANGES: dict[str, Change] = {
    "nothing": lambda source: source,
    "the release": lambda source: replace(source, release="20261122-2"),
    "the zips": lambda source: replace(source, offer=Offer(signing_key="f" * 64)),
    "a summary": of_set("plain", summary="换了一句话的简介，别的什么也没有变。"),
    "the title of a neighbour": of_set("plain", title="换了名字的数据集（2025年）"),
    "the date of a neighbour": of_set("plain", data_date=date(2026, 11, 20)),
    "a relation to it": of_set("plain", relations=catalogue().datasets[0].relations),
    "how far a relation holds": fitting(3),
    "a related set loses its rows": emptied("plain"),
    "a set that goes": without("one-column"),
    "a department's name": of_city(
        lambda known: {
            "departments": tuple(one.model_copy(update={"name": f"{one.name}（新）"}) for one in known.departments)
        }
    ),
    "the glossary": of_city(lambda known: {"glossary": ()}),
    "the day": lambda source: replace(source, today=TODAY + timedelta(days=400)),
    "the rules of the city": lambda source: replace(source, profile=load_profile("shanghai")),
    "the places that maps name": lambda source: replace(
        source, facts={**source.facts, "plain": source.facts["plain"].model_copy(update={"views": ()})}
    ),
    "the facts": lambda source: replace(
        source, facts={**source.facts, "plain": source.facts["plain"].model_copy(update={"release": "2026-11-21"})}
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_kept_pages_are_those_that_would_be_drawn(name: str, cache: Path, tmp_path: Path) -> None:
    rendered(city(), tmp_path / "before", cache, kept=True)
    source = CHANGES[name](city())
    warm = rendered(source, tmp_path / "warm", cache, kept=True)
    cold = rendered(source, tmp_path / "cold", cache, kept=False)
    assert pages(tmp_path / "warm") == pages(tmp_path / "cold")
    assert sorted(warm.pages) == sorted(cold.pages)
    assert cold.places == {}


@pytest.mark.parametrize(
    ("change", "drawn"),
    [
        (of_set("plain", summary="又换了一句话的简介，别的什么也没有变。"), 1),
        (of_set("plain", aliases=("plain-before",)), 1),
        (of_set("everything", relations=()), 1),
        (fitting(4), 0),
    ],
)
def test_what_stands_in_one_entry_draws_one_page_again(change: Change, drawn: int, cache: Path, tmp_path: Path) -> None:
    """The pages of its domain name the titles of their neighbours, not what stands in them."""
    rendered(city(), tmp_path / "before", cache, kept=True)
    before = set((cache / KIND).iterdir())
    rendered(change(city()), tmp_path / "after", cache, kept=True)
    assert len(set((cache / KIND).iterdir()) - before) == drawn


def test_places_name_every_page_and_what_it_holds(cache: Path, tmp_path: Path) -> None:
    found = rendered(city(), tmp_path, cache, kept=True).places
    assert {path: one.sha256 for path, one in found.items()} == {
        path: hashlib.sha256((tmp_path / path).read_bytes()).hexdigest() for path in found
    }
    assert {path for path in found if path.endswith(".html")} == set(pages(tmp_path))


def test_what_has_no_one_spelling_is_refused() -> None:
    assert spelled({"b": (1, None), "a": frozenset({"y", "x"})}) == spelled({"a": {"x", "y"}, "b": [1, None]})

    @dataclass(frozen=True)
    class Odd:
        inner: object

    with pytest.raises(TypeError, match="object has no one spelling"):
        spelled(Odd(object()))
