"""Step: a finished folder becomes the live release, in one rename of a link.

    _build/releases/<id>/   site/ data/ catalogue.json shell.html … manifest.json
    _build/live             → releases/<id>
    _build/releases.json    the kept releases, newest first
    _build/spare/           the one before them, from which the next takes over what did not change

A folder can't be replaced by `os.replace`, a link can (tried; style.md warning 4). The last three releases stay
whole: their hashed assets and index files serve pages that are still open in somebody's browser, and any of them can
be put back by `roll_back`. The front serves nothing that the manifest does not name, so the manifest is the fence
against paths that leave the folder; a symbolic link in the folder is refused here.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from portal.compression import COMPRESS_FROM, compress, is_compressed
from portal.forking import aside
from portal.holdings import MANIFEST, Held, Holding, files_below, held_at, manifest_text, some_holdings_of
from portal.places import Places, put_in_place
from portal.problems import PortalError
from portal.settings import Settings
from portal.spare import NOTHING, Swept, set_aside, take_over

KEPT = 3


def lay_out(places: Places, work: Path, settings: Settings, swept: Swept = NOTHING) -> dict[str, Holding]:
    """Put everything that stands in the cache into its place in the folder to be published, beside what the steps wrote
    there; what that holds then, compressed copies included.

    The folders of the spare release that no step wrote into are taken over and brought up to date. Raises
    FileNotFoundError as `put_in_place` does, and PortalError for a symbolic link.
    """
    taken = take_over(swept, work, settings.build)
    own = [*files_below(work, taken.folders)]
    with aside(partial(seal, own, work, settings, _live(settings)), settings.jobs) as sealed:
        put_in_place(places, work, settings.cache, held=taken.held)
        return {**places, **sealed()}


def seal(paths: Iterable[str], work: Path, settings: Settings, like: Path | None = None) -> dict[str, Held]:
    """What the files hold that the steps wrote, and their compressed copies: those of the release `like`, where it has
    the same files, else new ones.
    """
    found = {path: held_at(work / path) for path in paths}
    return found | _compress_all(work, settings, found, like)


def publish(work: Path, settings: Settings, release_id: str, held: Mapping[str, Holding] | None = None) -> Path:
    """Move a finished folder into `_build/releases/` and make it live; returns where it now is.

    Adds the compressed copies and manifest.json, keeps the last three releases, removes older ones. A release that
    is already there with the same content is only linked. `held` is what the folder holds, if that is known already.
    Raises PortalError for a symbolic link in the folder, and for an id that stands for other content; what was live
    stays live then.
    """
    releases = settings.build / "releases"
    releases.mkdir(parents=True, exist_ok=True)
    target = releases / release_id
    with _alone(settings.build):
        found: Mapping[str, Holding] = (
            held if held is not None else seal(files_below(work), work, settings, _live(settings))
        )
        manifest = manifest_text(release_id, found)
        (work / MANIFEST).write_text(manifest, "utf-8")
        if target.exists():
            _must_be_equal(target, manifest)
            set_aside(work, settings.build)
        else:
            work.replace(target)
        _link(settings, release_id)
        _prune(settings, release_id)
    return target


def roll_back(settings: Settings) -> str:
    """Make the kept release before the live one live again; returns its id.

    Raises PortalError where there is none.
    """
    with _alone(settings.build):
        kept = kept_releases(settings.build)
        live = live_release(settings.build)
        older = kept[kept.index(live) + 1 :] if live in kept else kept
        if not older:
            raise PortalError("没有可以退回的版本。There is no earlier release to go back to.")
        _link(settings, older[0])
        return older[0]


def kept_releases(build: Path) -> list[str]:
    """The ids of the releases that are kept, newest first."""
    try:
        names = json.loads((build / "releases.json").read_text("utf-8"))["releases"]
    except FileNotFoundError:
        return []
    return [name for name in names if (build / "releases" / name).is_dir()]


def live_release(build: Path) -> str | None:
    """The id of the live release, or None before the first."""
    try:
        return (build / "live").readlink().name
    except FileNotFoundError:
        return None


def _live(settings: Settings) -> Path:
    """The folder of the live release. Asked once for all that is taken from it: the link may be moved meanwhile."""
    return settings.live.resolve()


@contextmanager
def _alone(build: Path) -> Iterator[None]:
    """One publisher at a time, also across processes."""
    with (build / ".publish.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _compress_all(work: Path, settings: Settings, found: Mapping[str, Held], like: Path | None) -> dict[str, Held]:
    """Write `<file>.gz` beside every text file of 1 kB and more in site/; returns what the copies hold.

    The same bytes give the same copy; one that an earlier step made is kept, an unchanged file's is linked.
    """
    wanted = [path for path in sorted(found) if _wants_copy(path, found)]
    before = some_holdings_of(like, [name for path in wanted for name in (path, f"{path}.gz")]) if like else {}
    made: dict[str, Held] = {}
    changed: list[str] = []
    for path in wanted:
        copy = f"{path}.gz"
        if before.get(path) == found[path] and copy in before and _linked(f"{like}/{copy}", f"{work}/{copy}"):
            made[copy] = before[copy]
        else:
            changed.append(path)
    with ThreadPoolExecutor(max(1, settings.jobs)) as pool:  # zlib works outside the interpreter's lock
        digests = pool.map(compress, [work / path for path in changed])
        written = {f"{path}.gz": digest for path, digest in zip(changed, digests, strict=True) if digest}
    return made | {path: Held(digest, (work / path).stat().st_size) for path, digest in written.items()}


def _wants_copy(path: str, found: Mapping[str, Held]) -> bool:
    """A text of the site that is long enough, and has no copy yet."""
    is_text = path.startswith("site/") and is_compressed(path) and found[path].bytes >= COMPRESS_FROM
    return is_text and f"{path}.gz" not in found


def _linked(source: str, target: str) -> bool:
    """Whether the file could be put there as a link; one that is gone could not."""
    try:
        os.link(source, target)
    except FileNotFoundError:
        return False
    return True


def _must_be_equal(target: Path, manifest: str) -> None:
    if (target / MANIFEST).read_text("utf-8") != manifest:
        raise PortalError(
            f"版本 {target.name} 已经存在，但内容不同，未替换。Release {target.name} exists with other content."
        )


def _link(settings: Settings, release_id: str) -> None:
    """Point `live` at a release, in one step for everybody who reads it."""
    beside = settings.build / "live.next"
    beside.unlink(missing_ok=True)
    beside.symlink_to(Path("releases") / release_id, target_is_directory=True)
    beside.replace(settings.live)


def _prune(settings: Settings, release_id: str) -> None:
    """Write down the kept releases and remove the rest, out of sight first."""
    order = [release_id, *(name for name in kept_releases(settings.build) if name != release_id)]
    beside = settings.build / "releases.json.part"
    beside.write_text(json.dumps({"releases": order[:KEPT]}, indent=1) + "\n", "utf-8")
    beside.replace(settings.build / "releases.json")
    for folder in sorted((settings.build / "releases").iterdir()):
        if folder.name not in order[:KEPT]:
            set_aside(folder, settings.build)
