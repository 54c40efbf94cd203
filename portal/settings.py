"""Where things are and what time it is: the only place that looks at the surroundings."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from portal.problems import Lang

SHANGHAI = ZoneInfo("Asia/Shanghai")
CODE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Settings:
    """Everything a command may know about its surroundings.

    `root` is the city's folder (catalog/, datasets/, site_src/); `build` holds what is generated; `var` what the
    service keeps. `now` is an aware instant in Asia/Shanghai. `jobs` is the number of worker processes.
    `signing_key` is the file with the key that signs the list of published files; without one it is not signed.
    """

    root: Path
    build: Path
    var: Path
    now: datetime
    jobs: int = 2
    lang: Lang = "zh"
    signing_key: Path | None = None

    @property
    def today(self) -> date:
        """The day in Asia/Shanghai."""
        return self.now.astimezone(SHANGHAI).date()

    @property
    def catalog(self) -> Path:
        """Where departments keep entries."""
        return self.root / "catalog"

    @property
    def datasets(self) -> Path:
        """Where departments keep data files."""
        return self.root / "datasets"

    @property
    def site_src(self) -> Path:
        """Hand-written pages, templates and assets; a city without its own uses the ones that ship."""
        own = self.root / "site_src"
        return own if own.is_dir() else CODE / "site_src"

    @property
    def cache(self) -> Path:
        """Results kept by content, safe to delete."""
        return self.build / "cache"

    @property
    def live(self) -> Path:
        """The link to the release that is served."""
        return self.build / "live"


def make_settings(
    *,
    root: Path | None = None,
    build: Path | None = None,
    now: str | None = None,
    jobs: int | None = None,
    lang: Lang = "zh",
    environ: Mapping[str, str] = os.environ,
) -> Settings:
    """Turn command-line words and the environment into Settings.

    `now` is ISO 8601; without a zone it is Shanghai time; absent, the clock is asked once, here.
    KAISHU_VAR moves the service's folder (default: `var` in the city's folder); KAISHU_SIGNING_KEY names the file
    with the portal's private key.
    Raises ValueError for a `now` that is no ISO date.
    """
    home = (root or CODE).resolve()
    instant = datetime.fromisoformat(now) if now else datetime.now(UTC)
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=SHANGHAI)
    return Settings(
        root=home,
        build=(build or home / "_build").resolve(),
        var=Path(environ.get("KAISHU_VAR", home / "var")).resolve(),
        now=instant.astimezone(SHANGHAI),
        jobs=jobs or os.cpu_count() or 1,
        lang=lang,
        signing_key=Path(environ["KAISHU_SIGNING_KEY"]) if environ.get("KAISHU_SIGNING_KEY") else None,
    )


def wall_clock() -> datetime:
    """What time it is now, for processes that run for days; steps of a build take `Settings.now`."""
    return datetime.now(SHANGHAI)


def environment() -> Mapping[str, str]:
    """The environment of this process, for those who start other processes."""
    return os.environ
