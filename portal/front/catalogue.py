"""The lean catalogue of a release, as the front and the query API's guard need it: who owns which address."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote

from portal.state import State

_TILDE = re.compile(r"~([0-9A-Fa-f]{2})")


@dataclass(frozen=True)
class Notice:
    """Why a set can't be had: suspended by the service, or its content blocked for good."""

    dataset: str
    title: str
    kind: Literal["suspended", "withdrawn"]
    since: str = ""
    reason: str = ""
    title_en: str = ""


@dataclass(frozen=True)
class ServedCatalogue:
    """`aliases` maps old ids to ids; `tables` maps (department, table in lower case) to the dataset's id; `bundles`
    maps the address of a zip of many sets to their ids; `moved` maps old ids of departments and domains, each beside
    the word that stands before it in addresses, to ids; `tiles` is the host of the maps' tiles, if there is one;
    `names` is what the portal is called in each language.

    SQLite compares names without regard to case, so the second key is lower case.
    """

    datasets: Mapping[str, Mapping[str, Any]]
    aliases: Mapping[str, str]
    tables: Mapping[tuple[str, str], str]
    bundles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tiles: str = ""
    moved: Mapping[tuple[str, str], str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def dataset_of(self, path: str) -> str | None:
        """The dataset that an address belongs to: its page and files, and its tables in the query API."""
        parts = path.strip("/").split("/")
        if parts[0] == "en":
            parts = parts[1:]
        if len(parts) >= 2 and parts[0] == "dataset":
            return self.aliases.get(parts[1], parts[1])
        if len(parts) >= 3 and parts[0] == "data":
            department, table = (tilde_decoded(part.partition(".")[0]) for part in parts[1:3])
            return self.tables.get((department, table.lower()))
        return None

    def notice(self, dataset: str | None, state: State) -> Notice | None:
        """Why a dataset must not be served now, or None."""
        if dataset is None:
            return None
        entry = self.datasets.get(dataset, {})
        title = str(entry.get("title") or dataset)
        english = str(entry.get("title_en") or "")
        note = state.suspension_of(dataset, entry.get("aliases") or ())
        if note is not None:
            since, reason = str(note.get("since") or ""), str(note.get("reason") or "")
            return Notice(dataset, title, "suspended", since, reason, english)
        if entry.get("digest") in state.blocked:
            return Notice(dataset, title, "withdrawn", title_en=english)
        return None

    def is_outdated(self, path: str, state: State) -> bool:
        """Whether a zip of many sets holds one that must not be served now: the next build makes it without."""
        return any(self.notice(dataset, state) for dataset in self.bundles.get(path, ()))

    def denied_tables(self, state: State) -> dict[tuple[str, str], Notice]:
        """Every table that nobody may read now, by (department, table in lower case)."""
        found = {key: self.notice(dataset, state) for key, dataset in self.tables.items()}
        return {key: notice for key, notice in found.items() if notice}


def read_catalogue(folder: Path) -> ServedCatalogue:
    """catalogue.json of a release folder; a release without one owns no addresses."""
    try:
        known = json.loads((folder / "catalogue.json").read_text("utf-8"))
    except FileNotFoundError:
        known = {"datasets": {}}
    datasets, portal = known["datasets"], known.get("portal", {})
    try:
        bundles = json.loads((folder / "bundles.json").read_text("utf-8"))
    except FileNotFoundError:
        bundles = {}
    return ServedCatalogue(
        bundles={address: tuple(ids) for address, ids in bundles.items()},
        datasets=datasets,
        tiles=portal.get("tiles", ""),
        names={lang: portal[key] for lang, key in (("zh", "name"), ("en", "name_en")) if portal.get(key)},
        moved={(kind, old): new for kind, ids in known.get("moved", {}).items() for old, new in ids.items()},
        aliases={alias: key for key, entry in datasets.items() for alias in entry.get("aliases") or ()},
        tables={
            (entry["department"], name.lower()): key
            for key, entry in datasets.items()
            for name in entry.get("tables") or ()
        },
    )


def tilde_decoded(text: str) -> str:
    """Undo Datasette's tilde encoding (`~E5~85~AC` → 公), as its addresses write characters outside a-z0-9_-."""
    if "~" not in text:
        return text
    raw = _TILDE.sub(lambda found: "%" + found.group(1), text.replace("%", "%25"))
    return unquote(raw)
