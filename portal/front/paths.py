"""Addresses: which are refused at sight, and where an old one leads."""

from __future__ import annotations

from portal.front.catalogue import ServedCatalogue

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


def renamed(path: str, catalogue: ServedCatalogue) -> str | None:
    """The new address of a dataset's old id: its page, and its files, which are named after it."""
    english = "/en" if path.startswith("/en/") else ""
    parts = path[len(english) :].split("/")
    if len(parts) < 3 or parts[1] != "dataset" or parts[2] not in catalogue.aliases:
        return None
    old, new = parts[2], catalogue.aliases[parts[2]]
    rest = [f"{new}{part[len(old) :]}" if part.startswith(f"{old}.") else part for part in parts[3:]]
    return english + "/".join(["", "dataset", new, *(rest or [""])])
