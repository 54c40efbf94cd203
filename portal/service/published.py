"""What the service knows of the catalogue: catalogue.json of the release that is live, read again on a swap."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from portal.service.domain.similar import Index, Texts, index_of, similar
from portal.service.domain.terms import Lang


@dataclass(frozen=True)
class Listed:
    """A published dataset, as far as the forms need it."""

    id: str
    title: str
    summary: str
    department: str
    department_name: str
    release: str
    tables: tuple[str, ...]
    columns: tuple[str, ...]
    title_en: str = ""
    department_name_en: str = ""


@dataclass(frozen=True)
class Published:
    """The catalogue of one release. `raw` is the file's tree; only listed entries stand in it."""

    raw: dict[str, Any]

    @property
    def profile(self) -> str:
        """The city's profile by name."""
        return str(self.raw.get("profile", "suzhou"))

    @property
    def public_cases(self) -> tuple[str, ...]:
        """Of which cases the city publishes how they were handled: `feedback`, `demands`."""
        return tuple(self.raw.get("portal", {}).get("public_cases", ("feedback", "demands")))

    def name(self, lang: Lang) -> str:
        """What the portal is called."""
        portal = self.raw.get("portal", {})
        chinese = str(portal.get("name", "公共数据开放平台"))
        return str(portal.get("name_en") or "Open Data") if lang == "en" else chinese

    @cached_property
    def called_now(self) -> dict[str, str]:
        """Every id that a listed dataset has or had → the one that it has."""
        entries = self.raw.get("datasets", {})
        olds = {old: key for key, entry in entries.items() for old in entry.get("aliases", ())}
        return olds | {key: key for key in entries}

    @cached_property
    def datasets(self) -> dict[str, Listed]:
        """By id."""
        departments = self.raw.get("departments", {})
        return {
            key: Listed(
                id=key,
                title=item["title"],
                summary=item.get("summary", ""),
                department=item.get("department", ""),
                department_name=departments.get(item.get("department", ""), {}).get("name", ""),
                release=item.get("release") or "",
                tables=tuple(item.get("tables", ())),
                columns=tuple(dict.fromkeys(c for names in item.get("columns", {}).values() for c in names)),
                title_en=item.get("title_en") or "",
                department_name_en=departments.get(item.get("department", ""), {}).get("name_en") or "",
            )
            for key, item in self.raw.get("datasets", {}).items()
        }

    @cached_property
    def _index(self) -> Index:
        return index_of(
            Texts(key, item["title"], tuple(item.get("keywords", ())), item.get("summary", ""),
                  tuple(item.get("field_titles", ())))
            for key, item in self.raw.get("datasets", {}).items()
        )  # fmt: skip

    @cached_property
    def _names(self) -> dict[str, str]:
        names = {alias: key for key, item in self.raw.get("datasets", {}).items() for alias in item.get("aliases", ())}
        return {
            **names,
            **{item.title: key for key, item in self.datasets.items()},
            **{key: key for key in self.datasets},
        }

    def find(self, text: str) -> Listed | None:
        """By id, earlier id, exact title, or the address of its page."""
        plain = text.strip()
        if "/dataset/" in plain:
            plain = plain.partition("/dataset/")[2].partition("/")[0]
        key = self._names.get(plain)
        return self.datasets[key] if key else None

    def like(self, text: str, *, limit: int = 5) -> list[Listed]:
        """Datasets that resemble a description, best first."""
        return [self.datasets[key] for key in similar(text, self._index, limit=limit)]


class Live:
    """Reads the live release's files, again when the link or the file has changed."""

    def __init__(self, link: Path) -> None:
        self._link = link
        self._lock = threading.Lock()
        self._stamp: tuple[int, int, int] | None = None
        self._published = Published({})

    def catalogue(self) -> Published:
        """The live catalogue; an empty one before the first release."""
        path = self._link / "catalogue.json"
        try:
            seen = path.stat()  # through the link: another release is another file
        except OSError:
            return self._published
        stamp = (seen.st_dev, seen.st_ino, seen.st_mtime_ns)
        with self._lock:
            if stamp != self._stamp:
                self._published = Published(json.loads(path.read_text("utf-8")))
                self._stamp = stamp
            return self._published

    def shell(self, lang: str) -> str | None:
        """The live release's page frame in `zh` or `en`, or None where it has none."""
        name = "shell.en.html" if lang == "en" else "shell.html"
        try:
            return (self._link / name).read_text("utf-8")
        except OSError:
            return None
