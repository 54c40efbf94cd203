"""Does a site hold what the portal published? Every file against the signed list, over the network or in a folder.

The check that SEC-5 asks for to run on a schedule (docs/verify.md; SZ-31¶2「篡改」). The list is /manifest.txt with its
signature (portal/exports/manifest.py). A key that is fetched from the site itself proves only that list and files
belong together; who wants more brings the key along.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol
from urllib.parse import quote

import httpx

from portal.addresses import MANIFEST, MANIFEST_JSON, MANIFEST_KEY, MANIFEST_SIGNATURE
from portal.problems import PortalError
from portal.signing import fingerprint, is_signed

AT_ONCE = 8
TRIES = 3
OWN = frozenset(address[1:] for address in (MANIFEST, MANIFEST_SIGNATURE, MANIFEST_KEY, MANIFEST_JSON))
PIECE = 1 << 20

State = Literal["same", "changed", "missing", "withheld"]
Signature = Literal["good", "own-key", "bad", "none"]


@dataclass(frozen=True)
class Verified:
    """What was found. `signature`: `good` by the key that was brought along, `own-key` by the site's own, `bad`, or
    `none`. `extra` are files of a folder that the list does not name. `key` is a fingerprint.
    """

    signature: Signature
    key: str
    files: Mapping[str, State] = field(default_factory=dict)
    extra: tuple[str, ...] = ()
    demanded: bool = False

    def of(self, state: State) -> list[str]:
        """The paths in that state, sorted."""
        return sorted(path for path, found in self.files.items() if found == state)

    @property
    def is_good(self) -> bool:
        """Nothing was changed, and the signature is not wrong; where a key was brought along, it must be right."""
        signed = self.signature == "good" if self.demanded else self.signature != "bad"
        return signed and not (self.of("changed") or self.of("missing") or self.extra)


class Place(Protocol):
    """Where the published files are."""

    def read(self, path: str) -> bytes | None:
        """A small file, whole; None where there is none."""

    def digest(self, path: str) -> str | State:
        """The sha-256 of a file, or why there is none."""

    def others(self, listed: Mapping[str, str]) -> Iterable[str]:
        """Files that the list does not name, as far as that can be seen."""


def verify(where: str, *, key: Path | None = None, only: Sequence[str] = (), tell: Callable[[int], None]) -> Verified:
    """Check a live site (`https://…`) or a folder with its files; `tell` is called with the number of files to read.

    `key` is the public key (PEM) to trust; `only` narrows the check to paths that begin so. Raises PortalError where
    there is no list, or the key is none.
    """
    with _place(where) as place:
        for _ in range(TRIES):
            found, text = _once(place, key, only, tell)
            if found.is_good or place.read(MANIFEST[1:]) == text:
                return found  # else the portal published anew meanwhile
            time.sleep(1)
        return found


def _once(place: Place, key: Path | None, only: Sequence[str], tell: Callable[[int], None]) -> tuple[Verified, bytes]:
    text = place.read(MANIFEST[1:])
    if text is None:
        raise PortalError(f"没有找到清单 {MANIFEST}，无法核对。There is no {MANIFEST} to check by.")
    signature, used = _signature(place, text, key)
    listed = {path: digest for path, digest in _lines(text) if not only or path.startswith(tuple(only))}
    tell(len(listed))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        seen = dict(zip(listed, pool.map(place.digest, listed), strict=True))
    states: dict[str, State] = {path: _state(listed[path], seen[path]) for path in listed}
    extra = () if only else tuple(sorted(place.others(listed)))
    return Verified(signature, used, states, extra, key is not None), text


def _state(expected: str, seen: str | State) -> State:
    if seen in ("missing", "withheld"):
        return seen
    return "same" if seen == expected else "changed"


def _signature(place: Place, text: bytes, key: Path | None) -> tuple[Signature, str]:
    """What the signature is worth, and the fingerprint of the key by which."""
    try:
        own = (place.read(MANIFEST_KEY[1:]) or b"").decode("ascii", "replace")
        public = key.read_text("ascii") if key else own
        made = place.read(MANIFEST_SIGNATURE[1:])
        if made is None or not public:
            return "none", ""
        if not is_signed(public, text, made):
            return "bad", fingerprint(public)
        return ("good" if key else "own-key"), fingerprint(public)
    except (OSError, ValueError) as error:
        if key is None:
            return "bad", ""
        raise PortalError(f"{key} 不是可以读取的 Ed25519 公钥（PEM）。That is no Ed25519 public key in PEM.") from error


def _lines(text: bytes) -> Iterator[tuple[str, str]]:
    """Path and digest of each line of `sha256sum`. Raises PortalError for anything else."""
    for line in text.decode("utf-8", "replace").splitlines():
        digest, mark, path = line.partition("  ")
        if not mark or len(digest) != 64 or path.startswith("/") or ".." in path.split("/"):
            raise PortalError(f"清单的格式不对：{line[:80]}。The list is malformed.")
        yield path, digest


@contextmanager
def _place(where: str) -> Iterator[Place]:
    if not where.startswith(("http://", "https://")):
        if not Path(where).is_dir():
            raise PortalError(f"没有这个文件夹：{where}。There is no such folder.")
        yield Folder(Path(where))
        return
    with httpx.Client(base_url=where.rstrip("/"), timeout=60, headers={"user-agent": "kaishu-verify"}) as client:
        try:
            yield Site(client)
        except httpx.HTTPError as error:
            raise PortalError(f"{where} 无法访问：{error}。The site can't be reached.") from error


class Folder:
    """The files of a release, or a mirror of the site."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def read(self, path: str) -> bytes | None:
        """The file's bytes."""
        try:
            return (self.root / path).read_bytes()
        except OSError:
            return None

    def digest(self, path: str) -> str | State:
        """sha-256 of the file."""
        try:
            with (self.root / path).open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError:
            return "missing"

    def others(self, listed: Mapping[str, str]) -> Iterator[str]:
        """Every other file but the list itself and the compressed copies of those it names."""
        for path in self.root.rglob("*"):
            name = path.relative_to(self.root).as_posix()
            if path.is_file() and name not in listed and name not in OWN:
                packed = name.removesuffix(".gz")
                if packed == name or packed not in {*listed, *OWN}:
                    yield name


class Site:
    """A live portal, asked as a browser asks; patient where it says that it was asked too often."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client

    def read(self, path: str) -> bytes | None:
        """The answer's body."""
        answer = self.client.get(f"/{quote(path)}")
        return answer.content if answer.status_code == 200 else None

    def digest(self, path: str) -> str | State:
        """sha-256 of the file as it arrives; 410 and 503 mean that it is withheld for now."""
        address = f"/{quote(path)}"
        if path.rpartition("/")[2] == "index.html":
            address = address.removesuffix("index.html")
        while True:
            with self.client.stream("GET", address) as answer:
                if answer.status_code == 429:
                    wait = int(answer.headers.get("retry-after", "1"))
                elif answer.status_code in (410, 503):
                    return "withheld"
                elif answer.status_code != 200:
                    return "missing"
                else:
                    digest = hashlib.sha256()
                    for piece in answer.iter_bytes(PIECE):
                        digest.update(piece)
                    return digest.hexdigest()
            time.sleep(min(60, wait))

    def others(self, listed: Mapping[str, str]) -> tuple[str, ...]:  # noqa: ARG002 -- a site can't be listed
        """Nobody can see what else a server would answer."""
        return ()


FEW = 20


def told(found: Verified, lang: str) -> str:
    """The result in sentences, one a line."""
    zh = lang == "zh"
    lines = [_SIGNATURES[found.signature][0 if zh else 1].format(key=found.key)]
    for state, (chinese, english) in _STATES.items():
        paths = list(found.extra) if state == "extra" else found.of(state)  # type: ignore[arg-type]
        if paths:
            lines.append((chinese if zh else english).format(n=len(paths)))
            lines += [f"  {path}" for path in paths[:FEW]]
            lines += [f"  … {len(paths) - FEW}"] if len(paths) > FEW else []
    same = len(found.of("same"))
    lines.append(f"{same} 个文件与清单一致。" if zh else f"{same} files are as the list has them.")
    return "\n".join(lines)


_SIGNATURES: Mapping[Signature, tuple[str, str]] = {
    "good": ("清单的签名正确（公钥 {key}）。", "The list is signed by the key you trust ({key})."),
    "own-key": (
        "清单的签名与网站自己公布的公钥 {key} 相符。请与您事先保存的公钥指纹比对，或用 --key 指定公钥文件。",
        "The list is signed by the key that the site itself publishes ({key}). Compare it with yours (--key).",
    ),
    "bad": (
        "清单的签名不正确，清单可能被改动。",
        "The signature of the list is wrong: the list may have been changed.",
    ),
    "none": (
        "清单没有签名，只能核对文件与清单是否一致。",
        "The list is not signed; only its agreement with the files is checked.",
    ),
}
_STATES: Mapping[str, tuple[str, str]] = {
    "changed": ("{n} 个文件与清单不符：", "{n} files differ from the list:"),
    "missing": ("{n} 个文件取不到：", "{n} files are missing:"),
    "extra": ("{n} 个文件不在清单上：", "{n} files are not on the list:"),
    "withheld": ("{n} 个文件暂停提供，没有核对：", "{n} files are withheld at present and were not checked:"),
}
