"""Results kept by content: `_build/cache/<kind>/<key>/`, made beside and moved in, safe to delete at any time.

The key is a fingerprint of everything that the result depends on, the code that makes it included; so a result is
never stale, and a second build does nothing twice. Several processes may want the same result at once: each makes
it in a folder of its own, the first to finish moves it in, the others take that one.

Two kinds grow within their folder, compiled templates and readings of titles: by what is new in the portal's texts, a
few kilobytes each, and from nothing with the next version of the code. All else that stands here `prune` takes away.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from portal.digests import file_digest, text_digest

MARK = ".complete.json"
BUILDS = "builds"
PART = ".part-"
SOURCE = frozenset({".py", ".json", ".yml", ".csv", ".html"})
"""Endings of what counts as source: code, and the lists, rules and templates beside it (wording/rulebook.json)."""
ABANDONED = 24 * 3600
"""Seconds after which a folder without a mark is taken for the remains of a killed build: a result that was never
finished, or what a check puts aside (`scratch/`), perhaps of one that runs now."""
_noted: ContextVar[set[str] | None] = ContextVar("noted", default=None)


def get_or_make(root: Path, kind: str, key: str, make: Callable[[Path], None]) -> Path:
    """The folder with the result; `make` fills an empty folder if there is none yet (its errors are passed on).

    A result that a power cut or a hand left incomplete (a file missing or of another size) is made again.
    The folder is marked as used, which `prune` goes by. What stands in it must not be changed.
    """
    folder = root / kind / key
    if (noted := _noted.get()) is not None:
        noted.add(f"{kind}/{key}")
    if _is_whole(folder):
        os.utime(folder / MARK)
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=PART, dir=folder.parent))
    try:
        beside.chmod(0o755)
        make(beside)
        _mark(beside)
        _move_in(beside, folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return folder


@contextmanager
def noting() -> Iterator[set[str]]:
    """The results (kind/key) that are asked for meanwhile, in this process."""
    noted: set[str] = set()
    before = _noted.set(noted)
    try:
        yield noted
    finally:
        _noted.reset(before)


def contents(folder: Path) -> dict[str, tuple[int, str]]:
    """What a finished result holds: the path of each file in it → its bytes and its sha-256.

    Raises OSError or ValueError for a folder that is no whole result.
    """
    return {name: (size, digest) for name, (size, digest) in json.loads((folder / MARK).read_bytes()).items()}


def link(source: Path, target: Path) -> None:
    """Put a kept file in its place: as a hard link, or as a copy where the disk has none."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def key_of(code: str, parts: Iterable[str]) -> str:
    """The key of a result: the version of the code that makes it, and all that goes into it."""
    return text_digest([code, *parts])


@cache
def code_version(*modules: str, packages: tuple[str, ...] = ()) -> str:
    """A fingerprint of the source of `modules` (a package counts with all it holds, lists and texts too) and of what
    lies under it: Python, SQLite, zlib and the named distributions. Another version of any may write other bytes.

    Cached: the source does not change while a build runs. Raises LookupError for an unknown module.
    """
    parts = [sys.version, sqlite3.sqlite_version, zlib.ZLIB_RUNTIME_VERSION]
    parts += [*(f"{name}={_version(name)}" for name in sorted(packages))]
    parts += [f"{name}/{path.name}={file_digest(path)}" for name in sorted(modules) for path in _sources(name)]
    return text_digest(parts)


def begin_build(root: Path) -> None:
    """Note that a build starts: what it then uses is younger than this note."""
    notes = root / BUILDS
    notes.mkdir(parents=True, exist_ok=True)
    last = max((int(note.name) for note in notes.iterdir() if note.name.isdigit()), default=0)
    (notes / f"{last + 1:08d}").touch()


def prune(root: Path, *, keep: int, used: Container[str] = ()) -> int:
    """Remove what none of the last `keep` builds used, and what killed builds left; says how many results went.

    `used` names results (kind/key) that stay without a look at them. Otherwise the file system's clock is asked, on
    both sides of the comparison.
    """
    notes = sorted((root / BUILDS).glob("[0-9]*"))
    if len(notes) < keep:
        return 0
    since = notes[-keep].stat().st_mtime_ns
    for note in notes[:-keep]:
        note.unlink(missing_ok=True)
    return sum(_remove_unused(root / one, since) for one in sorted(_results(root)) if one not in used)


def touch(root: Path, used: Iterable[str]) -> None:
    """Mark results (kind/key) as used by the build that runs; those that are gone stay gone."""
    for one in used:
        with suppress(FileNotFoundError):
            os.utime(root / one / MARK)


def _results(root: Path) -> Iterator[str]:
    """Every result (kind/key), without a look into any."""
    with os.scandir(root) as kinds:
        folders = [one for one in kinds if one.is_dir()]
    for folder in folders:
        with os.scandir(folder) as results:
            yield from (f"{folder.name}/{one.name}" for one in results if one.is_dir())


def _remove_unused(folder: Path, since: int) -> int:
    mark = folder / MARK
    with suppress(FileNotFoundError):  # another process may be done with its folder meanwhile
        if folder.name.startswith(PART) or not mark.exists():
            if since / 1e9 - folder.stat().st_mtime > ABANDONED:
                shutil.rmtree(folder, ignore_errors=True)
            return 0
        if mark.stat().st_mtime_ns < since:
            shutil.rmtree(folder, ignore_errors=True)
            return 1
    return 0


def _is_whole(folder: Path) -> bool:
    try:
        inside = f"{folder}/"
        return all(os.stat(inside + name).st_size == size for name, (size, _) in contents(folder).items())  # noqa: PTH116 -- asked 60,000 times
    except (OSError, ValueError, TypeError):
        return False


def _mark(folder: Path) -> None:
    """Write the mark last: names and sizes, by which a torn result is found, and digests, which releases name."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    told = {path.relative_to(folder).as_posix(): (path.stat().st_size, file_digest(path)) for path in files}
    (folder / MARK).write_text(json.dumps(told, ensure_ascii=False, sort_keys=True), "utf-8")


def _move_in(beside: Path, folder: Path) -> None:
    """Take the name, unless another process was first; a torn result gives way."""
    for _ in range(100):
        try:
            beside.rename(folder)
        except OSError:
            if _is_whole(folder):
                return
            _set_aside(folder)
        else:
            return
        time.sleep(0.01)
    raise OSError(f"could not move a result into {folder}")


def _set_aside(folder: Path) -> None:
    torn = Path(tempfile.mkdtemp(prefix=PART, dir=folder.parent))
    with suppress(FileNotFoundError):  # another process may have set it aside first
        folder.rename(torn / "torn")
    shutil.rmtree(torn, ignore_errors=True)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"


def _sources(name: str) -> list[Path]:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise LookupError(f"no module {name}")
    origin = Path(spec.origin)
    if origin.name != "__init__.py":
        return [origin]
    return sorted(path for path in origin.parent.rglob("*") if path.suffix in SOURCE)
