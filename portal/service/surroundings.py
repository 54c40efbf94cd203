"""Where the service's things are: the one place of this package that reads the environment and the clock.

KAISHU_ROOT the city's folder (catalog/calendar.yml) · KAISHU_VAR what the service keeps · KAISHU_LIVE the release
that is served (catalogue.json, profile.json, shell.html) · DATABASE_URL PostgreSQL instead of SQLite ·
KAISHU_HTTPS=1 when people reach the portal by https · KAISHU_HOSTS host names that are answered, by comma (all, where
the front decides) · KAISHU_NOW a fixed instant, for demonstrations and tests.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from portal.settings import CODE, SHANGHAI


@dataclass(frozen=True)
class Surroundings:
    """Everything that the service knows about where it runs."""

    root: Path
    var: Path
    live: Path
    database_url: str = ""
    https: bool = False
    hosts: tuple[str, ...] = ("*",)
    fixed_now: datetime | None = None

    @property
    def secrets(self) -> Path:
        """Keys, one file each, readable by the service alone."""
        return self.var / "secrets"

    @property
    def public(self) -> Path:
        """What the front and the build may read."""
        return self.var / "public"

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.var / "service.db"

    def now(self) -> datetime:
        """The instant, aware, in Asia/Shanghai."""
        return (self.fixed_now or datetime.now(UTC)).astimezone(SHANGHAI)


def surroundings_from(environ: Mapping[str, str] = os.environ) -> Surroundings:
    """Read the environment. Raises ValueError for a KAISHU_NOW that is no ISO 8601 instant."""
    root = Path(environ.get("KAISHU_ROOT", CODE)).resolve()
    fixed = environ.get("KAISHU_NOW")
    instant = datetime.fromisoformat(fixed) if fixed else None
    if instant and instant.tzinfo is None:
        instant = instant.replace(tzinfo=SHANGHAI)
    return Surroundings(
        root=root,
        var=Path(environ.get("KAISHU_VAR", root / "var")).resolve(),
        live=Path(os.path.abspath(environ.get("KAISHU_LIVE", root / "_build" / "live"))),  # noqa: PTH100 -- keeps the link
        database_url=environ.get("DATABASE_URL", ""),
        https=environ.get("KAISHU_HTTPS", "") == "1",
        hosts=tuple(environ.get("KAISHU_HOSTS", "*").split(",")),
        fixed_now=instant,
    )
