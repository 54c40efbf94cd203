"""Small parts: figures, hashed assets, inline code moved out, slugs, frames."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from portal.cache import begin_build, prune
from portal.problems import PortalError
from portal.render import figures
from portal.render.assets import Assets
from portal.render.frame import write_page
from portal.render.listing import slug
from portal.render.shell import build_shell, outsource


@pytest.mark.parametrize(
    ("value", "told"), [(0, "0"), (999, "999"), (620573, "620,573"), (1.5, "1.5"), (2.0, "2"), (0.12345, "0.1235")]
)
def test_numbers_are_grouped(value: float, told: str) -> None:
    assert figures.number(value) == told


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (9_999, "", ""),
        (10_000, "1.0 万", "10 thousand"),
        (620_573, "62.1 万", "621 thousand"),
        (123_456_789, "1.2 亿", "123.5 million"),
    ],
)
def test_large_counts_are_told_in_words_too(value: int, zh: str, en: str) -> None:
    assert figures.about(value, "zh") == zh
    assert figures.about(value, "en") == en


@pytest.mark.parametrize(
    ("count", "told"), [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (164_900, "165 kB"), (999_900, "1.0 MB"), (12_345_678, "12.3 MB"), (3 * 10**12, "3.0 TB")]
)  # fmt: skip
def test_sizes(count: int, told: str) -> None:
    assert figures.size(count) == told


def test_days_and_shares() -> None:
    assert figures.day(date(2026, 11, 2), "zh") == "2026年11月2日"
    assert figures.day(date(2026, 11, 2), "en") == "2 November 2026"
    assert figures.share(1, 1_000_000) == "<0.1%"
    assert figures.share(0, 0) == "0.0%"


def test_assets_change_their_name_with_their_content_and_with_what_they_name(tmp_path: Path) -> None:
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "a.js").write_text('import { b } from "./b.js";')
    (tmp_path / "js" / "b.js").write_text("export const b = 1;")
    first = Assets(tmp_path, {}).url("js/a.js")
    out = tmp_path / "out"
    written = Assets(tmp_path, {"css/inline.css": "x{}"}).write(out)
    assert first in written
    text = (out / first.lstrip("/")).read_text()
    name = text.split('"./')[1].rstrip('";')
    assert (out / "assets" / name).read_text() == "export const b = 1;"
    (tmp_path / "js" / "b.js").write_text("export const b = 2;")
    assert Assets(tmp_path, {}).url("js/a.js") != first


def test_assets_say_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text('import "./b.js"')
    (tmp_path / "b.js").write_text('import "./a.js"')
    with pytest.raises(PortalError, match="name each other"):
        Assets(tmp_path, {}).url("a.js")
    with pytest.raises(PortalError, match=r"no nothing\.js"):
        Assets(tmp_path, {}).url("nothing.js")


def test_inline_code_moves_into_files_and_foreign_hosts_go() -> None:
    files: dict[str, str] = {}
    html = outsource(
        '<link rel="preconnect" href="https://fonts.gstatic.com"><style>:root{--x:1}</style><script>var a=1</script>'
        '<script src="/own.js"></script><script src="https://evil.example/x.js"></script><img src="//cdn.example/p.png">'
        '<p style="color:red" class="k" onclick="x()">t</p><script type="application/ld+json">{"a":1}</script><script> </script>',
        files,
    )
    assert sorted(files.values()) == [":root{--x:1}", "var a=1"]
    for gone in ("gstatic", "evil", "cdn.example", "style=", "onclick", "var a=1"):
        assert gone not in html
    for kept in ('src="/own.js"', '{"a":1}', 'class="k"', "asset('js/inline-", "asset('css/inline-"):
        assert kept in html


def test_a_broken_hand_written_page_stops_the_build_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme" / "main.html").write_text("<p>no markers</p>")
    (tmp_path / "pages" / "index.md").write_text("# x")
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: x\ndocs_dir: pages\ntheme: {name: material, custom_dir: theme, font: false}\nplugins: []\n"
    )
    with pytest.raises(PortalError, match="markers"):
        build_shell(tmp_path, tmp_path / "cache")


def test_a_frame_that_no_build_uses_any_more_leaves_the_cache(tmp_path: Path) -> None:
    source, kept = Path(__file__).parents[3] / "site_src", tmp_path / "shell"
    begin_build(tmp_path)
    shell = build_shell(source, tmp_path)
    (mark,) = kept.glob("*/.complete.json")
    os.utime(mark, (0, 0))
    assert build_shell(source, tmp_path) == shell
    assert prune(tmp_path, keep=1) == 0
    os.utime(mark, (0, 0))
    assert prune(tmp_path, keep=1) == 1
    assert list(kept.iterdir()) == []


def test_facet_values_keep_their_letters_and_never_collide() -> None:
    assert slug("苏州市") == "苏州市"
    assert slug("a/b") != slug("a b")
    assert "/" not in slug("../../etc")
    assert slug("..") not in ("", ".", "..")


def test_a_page_stays_inside_the_site(tmp_path: Path) -> None:
    with pytest.raises(PortalError):
        write_page(tmp_path / "site", "/a/../../x/", "")
    write_page(tmp_path / "site", "/datasets/by/area/%E8%8B%8F/", "x")
    assert (tmp_path / "site/datasets/by/area/苏/index.html").read_text() == "x"


def test_one_is_not_many_in_english() -> None:
    assert figures.singular("1 views, 0 downloads, 1 API calls") == "1 view, 0 downloads, 1 API call"
    assert figures.singular("1,001 views, 21 downloads, 2.1 days") == "1,001 views, 21 downloads, 2.1 days"
    assert figures.singular("浏览 1 次") == "浏览 1 次"
