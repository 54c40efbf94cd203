"""var/public/: what the service tells the front and the build, written atomically (design §2).

`state.json` = {"suspended": {id: {since, reason}}, "blocked_digests": […], "under_query": {id: {since}}}.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from portal.problems import PortalError

_ID = re.compile(r"^[a-z0-9][a-z0-9-]{1,62}$")
EMPTY: dict[str, Any] = {"suspended": {}, "blocked_digests": [], "under_query": {}}


def read_state(public: Path) -> dict[str, Any]:
    """The state; a missing file means that nothing is suspended. Raises PortalError for a broken one."""
    path = public / "state.json"
    try:
        found = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {key: type(value)(value) for key, value in EMPTY.items()}
    except ValueError:
        raise PortalError(f"{path} 已损坏，请先修复，再改动数据集的状态") from None
    return {**{key: type(value)(value) for key, value in EMPTY.items()}, **found}


def suspend(public: Path, dataset: str, *, since: date, reason: str) -> bool:
    """Suspend a dataset everywhere; False where it already was. Raises PortalError for what can't be an id."""
    if not _ID.match(dataset):
        raise PortalError(f"“{dataset}”不是数据集编号")
    state = read_state(public)
    if dataset in state["suspended"]:
        return False
    state["suspended"][dataset] = {"since": since.isoformat(), "reason": reason}
    write_atomically(public / "state.json", state)
    return True


def restore(public: Path, dataset: str) -> bool:
    """End a suspension; False where there was none."""
    state = read_state(public)
    if state["suspended"].pop(dataset, None) is None:
        return False
    write_atomically(public / "state.json", state)
    return True


def mark(public: Path, dataset: str, *, since: date) -> bool:
    """Mark a dataset as under query; False where it already was."""
    state = read_state(public)
    if dataset in state["under_query"]:
        return False
    state["under_query"][dataset] = {"since": since.isoformat()}
    write_atomically(public / "state.json", state)
    return True


def unmark(public: Path, dataset: str) -> bool:
    """Take the mark away; False where there was none."""
    state = read_state(public)
    if state["under_query"].pop(dataset, None) is None:
        return False
    write_atomically(public / "state.json", state)
    return True


@contextmanager
def locked(public: Path, name: str = ".state.lock") -> Iterator[None]:
    """One process at a time may read, change and write what lies here: the state, or what `name` stands for."""
    public.mkdir(parents=True, exist_ok=True)
    handle = os.open(public / name, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def write_atomically(path: Path, value: object) -> None:
    """Readers see the old file or the new one, never a part; sorted, so that the same state gives the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with beside.open("w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False, sort_keys=True, indent=1)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
