"""The pieces of the index kept by the texts that they are cut from: while no title and no description changes, nobody
cuts them again. A new date, file or number of rows leaves the texts as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from portal.cache import code_version, contents, get_or_make, key_of
from portal.search.layout import packed
from portal.search.pairs import collect, pieces

CODE = ("portal.search.kept", "portal.search.layout", "portal.search.pairs")
"""Modules whose change makes other pieces: for `cache.code_version`."""
STARTS = "starts.txt"


class Pieces(NamedTuple):
    """The first pairs of all pieces, one after the other; what the pieces come from; and the pieces' files when they
    are asked for, packed: name → bytes.
    """

    starts: str
    key: str
    files: Callable[[], Mapping[str, bytes]]


def cut(texts: Sequence[str]) -> Pieces:
    """The pieces of these texts, which are numbered as they stand."""
    found = list(pieces(collect(texts)))
    files = {f"p{number}.bin": packed(piece.content) for number, piece in enumerate(found)}
    return Pieces("".join(piece.first for piece in found), _key(texts), lambda: files)


def kept(texts: Sequence[str], cache: Path) -> Pieces:
    """The same, from the cache where it has them."""

    def make(folder: Path) -> None:
        made = cut(texts)
        (folder / STARTS).write_bytes(made.starts.encode())
        for name, content in made.files().items():
            (folder / name).write_bytes(content)

    def files() -> dict[str, bytes]:
        return {name: (folder / name).read_bytes() for name in contents(folder) if name != STARTS}

    folder = get_or_make(cache, "pieces", _key(texts), make)
    return Pieces((folder / STARTS).read_bytes().decode(), folder.name, files)


def _key(texts: Sequence[str]) -> str:
    return key_of(code_version(*CODE), texts)
