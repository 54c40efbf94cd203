"""Before the first request or command: rules read, tables up to date, keys made, one process at a time."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from portal.service.office import office

BESIDE = ("", "-journal", "-wal", "-shm")
NAMES = ("django", "receipt", "digest", "audit")


def prepare() -> None:
    """Make keys and bring the tables up to date. Safe to call by several processes at once.

    Raises PortalError for rules that can't be used: from then on there are always good ones to go on with.
    """
    here = office()
    _ = here.profile
    here.surroundings.var.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        here.keys.get(name)
    here.surroundings.public.mkdir(parents=True, exist_ok=True)
    handle = os.open(here.surroundings.secrets / ".start.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if connection.vendor == "sqlite":
            _keep_private(Path(connection.settings_dict["NAME"]))
        call_command("migrate", interactive=False, verbosity=0)
    finally:
        os.close(handle)


def _keep_private(database: Path) -> None:
    """The file and what SQLite keeps beside it, for this user only; a new journal takes the file's own mode over."""
    database.touch(mode=0o600)
    for ending in BESIDE:
        path = database.with_name(database.name + ending)
        if path.exists():
            path.chmod(0o600)
