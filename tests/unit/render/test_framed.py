"""A page that is what it was is neither framed nor written again; one that differs in anything is."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from portal.ledger import Ledger
from portal.places import put_in_place
from portal.render.assets import Assets
from portal.render.frame import Drawing, Frame, Page
from portal.render.framed import KIND, Framing, keep
from portal.render.shell import HEAD, MAIN, OTHER_LANGUAGE, TITLE, Shell
from portal.render.templates import make_environment
from portal.settings import CODE
from tests.rendering.city import catalogue

PAGE = Page(
    url="/datasets/by/domain/traffic/",
    title="交通出行",
    main="<p>" + "公交 " * 500 + "</p>",
    description="一个领域",
    section="datasets",
    other="/en/datasets/by/domain/traffic/",
    head='<link rel="next" href="p/2/">',
)


def frame(around: str = "main") -> Frame:
    text = f"<title>{TITLE}</title>{HEAD}{OTHER_LANGUAGE}<{around}>{MAIN}</{around}>"
    environment = make_environment(CODE / "site_src", Assets(CODE / "site_src/assets", {}), "zh")
    return Frame(environment, Shell(text, ()), catalogue().portal, lang="zh", values={})


def built(cache: Path, target: Path, page: Page = PAGE, put_into: Frame | None = None, common: str = "") -> str:
    """The text of a page, laid out by a build of its own."""
    ledger = Ledger(cache)
    put_in_place(keep(ledger, page.url, Framing(put_into or frame(), ledger, common).put(page)), target, cache)
    ledger.close()
    return (target / f"site{page.url}index.html").read_text("utf-8")


def kept(cache: Path) -> set[str]:
    return {path.name for path in (cache / KIND).iterdir()}


def test_the_page_and_its_compressed_copy_are_those_of_the_frame(tmp_path: Path) -> None:
    assert built(tmp_path / "cache", tmp_path) == frame().html(PAGE)
    copy = (tmp_path / f"site{PAGE.url}index.html.gz").read_bytes()
    assert gzip.decompress(copy).decode() == frame().html(PAGE)


def test_the_same_page_is_not_framed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = built(tmp_path / "cache", tmp_path / "first")
    known = frame()
    monkeypatch.setattr(known, "html", lambda page: pytest.fail("framed again"))
    assert built(tmp_path / "cache", tmp_path / "second", put_into=known) == first
    assert len(kept(tmp_path / "cache")) == 1


CHANGES: dict[str, Callable[[], tuple[Page, Frame]]] = {
    "title": lambda: (replace(PAGE, title="交通"), frame()),
    "main": lambda: (replace(PAGE, main="<p>空</p>"), frame()),
    "description": lambda: (replace(PAGE, description=""), frame()),
    "section": lambda: (replace(PAGE, section="home"), frame()),
    "other": lambda: (replace(PAGE, other=None), frame()),
    "head": lambda: (replace(PAGE, head=""), frame()),
    "a word that moves to the next part": lambda: (replace(PAGE, title="交通出行一个领域", description=""), frame()),
    "the frame": lambda: (PAGE, frame("article")),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_page_with_anything_else_in_it_is_framed_anew(change: str, tmp_path: Path) -> None:
    page, around = CHANGES[change]()
    before = built(tmp_path / "cache", tmp_path / "before")
    assert built(tmp_path / "cache", tmp_path / "after", page, around) == around.html(page) != before


def test_what_says_what_it_is_made_of_is_drawn_once(tmp_path: Path) -> None:
    drawn: list[str] = []

    def page(made_of: str) -> Page:
        return replace(PAGE, main=Drawing(made_of, lambda: drawn.append(made_of) or f"<p>{made_of}</p>"))

    told = [built(tmp_path / "cache", tmp_path / str(number), page(one)) for number, one in enumerate("aab")]
    assert drawn == ["a", "b"]
    assert told == [frame().html(replace(PAGE, main=f"<p>{one}</p>")) for one in "aab"]


def test_what_all_pages_tell_draws_it_again(tmp_path: Path) -> None:
    """The day, the rules of the city …: what a page is made of does not say it once more."""
    for number, common in enumerate(["monday", "tuesday"]):
        page = replace(PAGE, main=Drawing("x", lambda common=common: f"<p>{common}</p>"))
        told = built(tmp_path / "cache", tmp_path / str(number), page, common=common)
        assert f"<p>{common}</p>" in told


def test_a_page_at_the_top_of_the_site_stands_there(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "cache")
    for url, place in (("/", "site/index.html"), ("/404.html", "site/404.html"), ("/about/", "site/about/index.html")):
        page = replace(PAGE, url=url)
        assert keep(ledger, url, Framing(frame(), ledger, "").put(page)).keys() == {place, f"{place}.gz"}


def test_a_page_that_left_the_cache_is_framed_again(tmp_path: Path) -> None:
    first = built(tmp_path / "cache", tmp_path / "first")
    (tmp_path / "cache/ledger.tsv").unlink()
    assert built(tmp_path / "cache", tmp_path / "second") == first
    for path in sorted((tmp_path / "cache" / KIND).glob("*/*")):
        path.unlink()
    (tmp_path / "cache/ledger.tsv").unlink()
    assert built(tmp_path / "cache", tmp_path / "third") == first
