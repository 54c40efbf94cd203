"""Waiting for what happens in another process, thread or page: until it is so, with a ceiling far above any machine.

A fixed pause is no evidence: it is too long on a fast machine and too short on a busy one. Nor is a time by the clock:
what must be quick is measured by the work that it takes (`effort`), or by what it comes before.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

LONG = 120.0
"""Seconds that nothing here takes, on however busy a machine; only what never happens lasts so long."""
_EVERY = 0.05
T = TypeVar("T")


def wait_until(what: Callable[[], object], seconds: float = LONG) -> None:
    """Wait for something to become true; fails loudly."""
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(_EVERY)


def comes_to(read: Callable[[], T], wanted: T, seconds: float = LONG) -> None:
    """Read again until it is what is wanted; where it never is, the last reading is told."""
    deadline = time.monotonic() + seconds
    while (found := read()) != wanted and time.monotonic() < deadline:
        time.sleep(_EVERY)
    assert found == wanted


def is_alive(pid: int) -> bool:
    """Whether a process runs: one that ended and was not yet waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] not in ("Z", "X")
    except (FileNotFoundError, ProcessLookupError):
        return False


def effort(pid: int | None = None) -> float:
    """Seconds of a processor that a process (this one) and its children that ended have used up to now."""
    told = Path(f"/proc/{pid or os.getpid()}/stat").read_text("utf-8").rpartition(")")[2].split()
    return sum(map(int, told[11:15])) / os.sysconf("SC_CLK_TCK")
