"""Addresses: which are refused at sight, and where an old one leads."""

from __future__ import annotations

import re

from portal.front.catalogue import ServedCatalogue

OF_DEPARTMENTS = ("data", "quality", "en/quality")
"""Folders in which each department has its own, besides those whose name says so."""
INDEX_OF_DATA = "/data/.json"
"""Datasette's own address for the list of its databases: the one dot file that is meant."""


def is_plain(path: str) -> bool:
    """No way out of the folder, nothing hidden, no doubled slash, no control character."""
    if path == INDEX_OF_DATA:
        return True
    if not path.startswith("/") or "\\" in path or any(ord(sign) < 32 for sign in path):
        return False
    parts = path.split("/")[1:]
    return all(parts[:-1]) and not any(part.startswith(".") and part != ".well-known" for part in parts)


def is_form(path: str) -> bool:
    """Whether the form service answers here: the forms in both languages, and the desk."""
    parts = path.removeprefix("/en").split("/")
    return len(parts) > 1 and not parts[0] and parts[1] in ("forms", "desk")


_HOST = re.compile(r"(?:[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9_.])?|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")
_PERCENT = re.compile(rb"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def is_host(text: str) -> bool:
    """Whether a Host header names a host; it is shown again in absolute links (RFC 9112 §3.2)."""
    return _HOST.fullmatch(text) is not None


def as_datasette_writes(raw: bytes) -> bytes:
    """A percent-encoded path as Datasette writes it: `%E8%8B%8F.json` → `~E8~8B~8F.json`.

    Datasette itself answers with a redirect that forgets our prefix and encodes the dot of `.json` too.
    """

    def written(found: re.Match[bytes]) -> bytes:
        sign = int(found.group(1), 16)
        return bytes([sign]) if sign in _UNRESERVED else b"~" + found.group(1).upper()

    return _PERCENT.sub(written, raw)


def renamed(path: str, catalogue: ServedCatalogue) -> str | None:
    """The new address of a dataset's old id: its page, its files and its table, which are named after it.

    And of a department's and a domain's: its lists, its files, its feed and, of a department, its tables.
    """
    if new := _moved(path, catalogue):
        return new
    if path.startswith("/data/"):
        return _renamed_table(path, catalogue)
    english = "/en" if path.startswith("/en/") else ""
    parts = path[len(english) :].split("/")
    if len(parts) < 3 or parts[1] != "dataset" or parts[2] not in catalogue.aliases:
        return None
    old, new = parts[2], catalogue.aliases[parts[2]]
    rest = [f"{new}{part[len(old) :]}" if part.startswith(f"{old}.") else part for part in parts[3:]]
    return english + "/".join(["", "dataset", new, *(rest or [""])])


def _moved(path: str, catalogue: ServedCatalogue) -> str | None:
    """`/feeds/department/old.atom` → `/feeds/department/new.atom`; `/department/old/old.zip` bears the id twice."""
    parts = path.split("/")
    for place in range(2, len(parts)) if catalogue.moved else ():
        above = "/".join(parts[1:place])
        kind = "department" if above in OF_DEPARTMENTS else parts[place - 1]
        old, dot, ending = parts[place].partition(".")
        if new := catalogue.moved.get((kind, old)):
            rest = "/".join(parts[place + 1 :])
            if rest.startswith(f"{old}.") and parts[1] == "department":
                rest = new + rest[len(old) :]
            return "/".join([*parts[:place], new + dot + ending, *([rest] if place + 1 < len(parts) else [])])
    return None


def _renamed_table(path: str, catalogue: ServedCatalogue) -> str | None:
    """`/data/mzj/old.json` → `/data/mzj/new.json`; a table that bears the old name itself comes first."""
    parts = path.split("/")
    if len(parts) < 4 or parts[3].partition(".")[0] not in catalogue.aliases:
        return None
    name, dot, ending = parts[3].partition(".")
    new = catalogue.aliases[name]
    if (parts[2], name.lower()) in catalogue.tables or (parts[2], new.lower()) not in catalogue.tables:
        return None
    return "/".join([*parts[:3], f"{new}{dot}{ending}", *parts[4:]])
