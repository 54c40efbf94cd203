"""How the service writes: one transaction at a time in a process, acknowledged only when it is on disk.

SQLite's own waiting sleeps and is unfair: behind this lock the slowest of eight writers waits 0.1 s, without it
1.3 s (service.md §2.1). On PostgreSQL an advisory lock does the same across processes, and keeps the audit chain
from forking, which reading the last event in READ COMMITTED would allow (service.md §2.4).

A commit waits for the disk two or three times. What arrives meanwhile is stored together by the next commit, each
part behind its own savepoint: `stored`. Nobody is acknowledged before the commit that holds their part has ended.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from django.db import connection, transaction

T = TypeVar("T")

_WRITING = threading.Lock()
_ADVISORY = 7


class _Part(Generic[T]):
    """One thread's write and what became of it."""

    def __init__(self, write: Callable[[], T]) -> None:
        self.write = write
        self.done = False
        self.fault: BaseException | None = None
        self.result: T | None = None

    def run(self) -> None:
        """Write, behind a savepoint; a fault undoes this part alone."""
        try:
            with transaction.atomic():
                self.result = self.write()
        except Exception as fault:
            self.fault = fault


_WAITING: deque[_Part[object]] = deque()


@contextmanager
def writing() -> Iterator[None]:
    """Hold the right to write: everything inside is stored together, durably, or not at all."""
    with _WRITING, _transaction():
        yield


@contextmanager
def _transaction() -> Iterator[None]:
    with transaction.atomic(durable=True):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ADVISORY])
        yield


def value(statement: str, *values: str | int) -> Any:
    """The first column of a query's first row, or None: the three look-ups that every submission waits for."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    return row[0] if row else None


def stored(write: Callable[[], T]) -> T:
    """Run `write` in a transaction, perhaps another thread's, and return its result once it is on disk.

    Raises what `write` raises, or what the commit raises; then nothing of it is stored.
    """
    part = _Part(write)
    _WAITING.append(part)  # type: ignore[arg-type] # its result goes back to this thread alone
    with _WRITING:
        if not part.done:  # nobody has stored it while we waited for our turn
            _store_all_waiting()
    if part.fault is not None:
        raise part.fault
    return part.result  # type: ignore[return-value] # set wherever there is no fault


def _store_all_waiting() -> None:
    """One transaction for every part that waits; a fault of the commit is the fault of each."""
    parts = [_WAITING.popleft() for _ in range(len(_WAITING))]
    try:
        with _transaction():
            for part in parts:
                part.run()
    except BaseException as fault:
        for part in parts:
            part.fault = part.fault or fault
        if not isinstance(fault, Exception):
            raise
    finally:
        for part in parts:
            part.done = True
