"""Files that are joined from pieces, and their compressed copies: what any program unpacks is what was written."""

from __future__ import annotations

import gzip
import subprocess
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.compression import Doubled, deflated

PIECES = st.lists(st.binary(max_size=300) | st.text(max_size=100).map(lambda text: text.encode() * 50), max_size=6)


@given(PIECES, st.sets(st.integers(0, 5)))
def test_the_copy_of_joined_pieces_unpacks_to_the_file(pieces: list[bytes], ready: set[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "catalog.ttl"
        with Doubled(target) as file:
            for number, piece in enumerate(pieces):
                file.write(piece, deflated(piece) if number in ready else None)
        copy = target.with_name("catalog.ttl.gz").read_bytes()
        assert target.read_bytes() == b"".join(pieces) == gzip.decompress(copy)


def test_the_copy_is_one_member_that_other_programs_read(tmp_path: Path) -> None:
    target = tmp_path / "catalog.ttl"
    with Doubled(target) as file:
        for number in range(20):
            file.write(f"第 {number} 段".encode() * 1000)
    copy = tmp_path / "catalog.ttl.gz"
    told = subprocess.run(["gzip", "-dc", copy], capture_output=True, check=True)
    assert told.stdout == target.read_bytes()
    assert copy.read_bytes().count(b"\x1f\x8b\x08") == 1
    assert copy.stat().st_size < target.stat().st_size / 50


def test_the_same_pieces_give_the_same_copy(tmp_path: Path) -> None:
    for name in ("a.ttl", "b.ttl"):
        with Doubled(tmp_path / name) as file:
            file.write(b"one" * 100, deflated(b"one" * 100) if name == "a.ttl" else None)
    assert (tmp_path / "a.ttl.gz").read_bytes() == (tmp_path / "b.ttl.gz").read_bytes()


def test_what_is_packed_already_is_not_packed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ready = deflated(b"one" * 100)
    monkeypatch.setattr("portal.compression.deflated", lambda _: pytest.fail("packed again"))
    with Doubled(tmp_path / "a.ttl") as file:
        file.write(b"one" * 100, ready)
    assert gzip.decompress((tmp_path / "a.ttl.gz").read_bytes()) == b"one" * 100


def test_a_file_that_breaks_off_has_no_copy_that_can_be_unpacked(tmp_path: Path) -> None:
    def breaks_off() -> None:
        with Doubled(tmp_path / "a.ttl") as file:
            file.write(b"one")
            raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        breaks_off()
    with pytest.raises(EOFError):
        gzip.decompress((tmp_path / "a.ttl.gz").read_bytes())
