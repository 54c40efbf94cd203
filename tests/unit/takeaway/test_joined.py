"""Many zips become one without unpacking; any program opens it."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import pytest

from portal.takeaway import joined
from portal.takeaway.bundle import write_bundle


def a_zip(folder: Path, name: str, text: str) -> Path:
    data = folder / f"{name}.csv"
    data.write_text(text, "utf-8")
    target = folder / f"{name}.zip"
    write_bundle(target, files=[data], texts={"数据字典.csv": f"{name}的字典", "空.txt": ""})
    return target


def test_members_come_out_as_they_went_in(tmp_path: Path) -> None:
    large = "编号,名称\n" + "".join(f"{n},第{n}行\n" for n in range(200_000))  # more than a megabyte packed
    parts = [("甲局/a", a_zip(tmp_path, "a", "x,y\n1,2\n")), ("甲局/b", a_zip(tmp_path, "b", large))]
    joined.write_joined(tmp_path / "all.zip", parts=parts, texts={"README.txt": "说明"})

    with ZipFile(tmp_path / "all.zip") as opened:
        assert opened.testzip() is None
        assert opened.namelist() == [
            "README.txt",
            *(f"甲局/{one}/{name}" for one in "ab" for name in (f"{one}.csv", "数据字典.csv", "空.txt")),
        ]
        assert opened.read("README.txt").decode() == "说明"
        assert opened.read("甲局/a/a.csv") == b"x,y\n1,2\n"
        assert opened.read("甲局/b/b.csv").decode() == large
        assert opened.read("甲局/b/空.txt") == b""
        assert {one.date_time for one in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    part = a_zip(tmp_path, "a", "x\n1\n")
    for name in ("one", "two"):
        joined.write_joined(tmp_path / name, parts=[("a", part)], texts={"README.txt": "说明"})
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_stacked_zips_hold_what_joining_all_parts_holds(tmp_path: Path) -> None:
    parts = {name: a_zip(tmp_path, name, f"x\n{name}\n") for name in "abc"}
    for name, mine in (("one", "ab"), ("two", "c"), ("none", "")):
        joined.write_joined(tmp_path / name, parts=[(one, parts[one]) for one in mine], texts={"README.txt": name})
    zips = [tmp_path / name for name in ("one", "none", "two")]
    joined.write_stacked(tmp_path / "stacked", zips=zips, texts={"README.txt": "全部"})
    joined.write_joined(tmp_path / "joined", parts=list(parts.items()), texts={"README.txt": "全部"})
    assert ZipFile(tmp_path / "stacked").testzip() is None
    assert (tmp_path / "stacked").read_bytes() == (tmp_path / "joined").read_bytes()


def test_nothing_in_it_is_an_empty_zip(tmp_path: Path) -> None:
    joined.write_joined(tmp_path / "none.zip", parts=[], texts={})
    assert ZipFile(tmp_path / "none.zip").namelist() == []


def test_too_many_members_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joined, "MOST_MEMBERS", 3)
    with pytest.raises(joined.TooManyError):
        joined.write_joined(tmp_path / "x.zip", parts=[("a", a_zip(tmp_path, "a", "x\n"))], texts={"r": ""})


def test_a_member_that_is_not_deflated_is_no_zip_of_ours(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "s.zip", "w", ZIP_STORED) as made:
        made.writestr(ZipInfo("a.txt"), "stored")
    with pytest.raises(ValueError, match="not deflated"):
        joined.write_joined(tmp_path / "x.zip", parts=[("a", tmp_path / "s.zip")], texts={})
