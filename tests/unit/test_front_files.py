"""Ranges, tags and encodings by the rules of RFC 9110."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.datastructures import Headers

from portal.front.catalogue import ServedCatalogue
from portal.front.files import NoSuchRange, accepts_gzip, send_file, unchanged, wanted_part
from portal.front.headers import keep_for, media_type, open_to_all
from portal.front.paths import is_plain, renamed


@pytest.mark.parametrize(
    ("header", "size", "part"),
    [
        (None, 10, (0, 10)),
        ("bytes=0-4", 10, (0, 5)),
        ("bytes=5-", 10, (5, 10)),
        ("bytes=-3", 10, (7, 10)),
        ("bytes=-30", 10, (0, 10)),
        ("bytes=9-9", 10, (9, 10)),
        ("bytes=0-100", 10, (0, 10)),
        ("bytes=4-2", 10, (0, 10)),
        ("bytes=0-1,3-4", 10, (0, 10)),
        ("bytes=x-y", 10, (0, 10)),
        ("lines=1-2", 10, (0, 10)),
    ],
)
def test_ranges(header: str | None, size: int, part: tuple[int, int]) -> None:
    found = wanted_part(header, size)
    assert (found.start, found.stop) == part
    assert found.whole == (part == (0, size))


@pytest.mark.parametrize(("header", "size"), [("bytes=10-", 10), ("bytes=-0", 10), ("bytes=0-", 0), ("bytes=-1", 0)])
def test_ranges_that_do_not_exist(header: str, size: int) -> None:
    with pytest.raises(NoSuchRange):
        wanted_part(header, size)


@pytest.mark.parametrize(
    ("accepts", "verdict"),
    [
        ("gzip", True),
        ("br, gzip;q=0.8", True),
        ("*", True),
        ("x-gzip", True),
        ("gzip;q=0", False),
        ("gzip; q=0.0, *", False),
        ("*;q=0", False),
        ("identity", False),
        ("br", False),
        ("", False),
    ],
)
def test_who_takes_gzip(accepts: str, verdict: bool) -> None:
    assert accepts_gzip(Headers({"accept-encoding": accepts})) is verdict


def test_unchanged() -> None:
    tag, day = '"abc"', "Sun, 22 Nov 2026 00:00:00 GMT"
    assert unchanged(Headers({"if-none-match": 'W/"abc"'}), tag, day)
    assert unchanged(Headers({"if-modified-since": day}), tag, day)
    assert not unchanged(Headers({"if-none-match": '"x"', "if-modified-since": day}), tag, day)
    assert not unchanged(Headers({}), tag, day)


def test_a_symbolic_link_is_never_followed(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/etc/passwd")
    with pytest.raises(OSError, match="symbolic"):
        send_file(tmp_path / "link", "link", "t", headers=Headers({}), packed=None, head=False)


@pytest.mark.parametrize(
    ("path", "plain"),
    [
        ("/", True),
        ("/a/b.csv", True),
        ("/a/", True),
        ("/.well-known/security.txt", True),
        ("/data/.json", True),
        ("//a", False),
        ("/a//b", False),
        ("/a/../b", False),
        ("/a/./b", False),
        ("/.git/config", False),
        ("/a\\b", False),
        ("/a\x00b", False),
        ("a", False),
    ],
)
def test_plain_paths(path: str, plain: bool) -> None:
    assert is_plain(path) is plain


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/department/lhj/", "/department/ylj/"),
        ("/en/department/lhj/", "/en/department/ylj/"),
        ("/department/lhj/list.csv", "/department/ylj/list.csv"),
        ("/department/lhj/lhj.zip", "/department/ylj/ylj.zip"),
        ("/feeds/department/lhj.atom", "/feeds/department/ylj.atom"),
        ("/changes/department/lhj/", "/changes/department/ylj/"),
        ("/datasets/by/domain/greens/2/", "/datasets/by/domain/parks/2/"),
        ("/en/quality/lhj/", "/en/quality/ylj/"),
        ("/dataset/quality/lhj/", None),
        ("/data/lhj", "/data/ylj"),
        ("/data/lhj.json", "/data/ylj.json"),
        ("/data/lhj/lhj.json", "/data/ylj/lhj.json"),  # a table keeps its name
        ("/data/ylj/lhj.json", None),
        ("/department/ylj/", None),
        ("/domain/lhj/", None),
        ("/dataset/lhj/", None),
        ("/lhj/", None),
    ],
)
def test_old_ids_of_departments_and_domains_lead_on(old: str, new: str | None) -> None:
    moved = {("department", "lhj"): "ylj", ("domain", "greens"): "parks"}
    assert renamed(old, ServedCatalogue({}, {}, {}, moved=moved)) == new
    assert renamed(old, ServedCatalogue({}, {}, {})) is None


def test_media_types_and_who_may_read() -> None:
    assert media_type("a/b.CSV") == "text/csv; charset=utf-8"
    assert media_type("x.excel.csv") == "text/csv; charset=utf-8"
    assert media_type("assets/search/x.bin") == "application/octet-stream"
    assert open_to_all("dataset/a/a.xlsx")
    assert open_to_all("feed.atom")
    assert not open_to_all("index.html")
    assert not open_to_all("assets/a.js")
    assert "immutable" in keep_for("assets/a.1234.js")
    assert keep_for("index.html").startswith("public, max-age=60")
