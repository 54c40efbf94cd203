"""What is done once a day beside the rebuild: count the use, erase contacts whose time is over, tell the
public how cases were handled, publish the audit head.

Each is a verb of the operator's (`build.py desk …`), run in a process of its own, one after the other, so that a
chore that fails or hangs touches nothing else. A day that was missed is caught up at the next start: every verb is
idempotent.
"""

from __future__ import annotations

import subprocess
import sys
from collections import deque
from collections.abc import Mapping, Sequence

from portal.settings import CODE, Settings

CHORES: tuple[tuple[str, ...], ...] = (("usage", "import"), ("erase",), ("publish",), ("audit", "publish"))
LONGEST = 600.0
"""Seconds after which a chore is ended: importing a year of logs takes less."""


class Chores:
    """The chores that are still to be done today, one process at a time."""

    def __init__(self, settings: Settings, environ: Mapping[str, str]) -> None:
        self._settings, self._environ = settings, environ
        self._left: deque[Sequence[str]] = deque()
        self._running: tuple[Sequence[str], subprocess.Popen[bytes], float] | None = None

    def begin(self) -> None:
        """Put all chores on the list; those that still wait from before are not doubled."""
        self._left = deque(CHORES)

    def tend(self, now: float) -> str | None:
        """Look after the running one and start the next; `now` is monotonic. Says what went wrong, if anything did."""
        news = self._ended(now)
        if self._running is None and self._left:
            words = self._left.popleft()
            self._running = (words, subprocess.Popen(self._command(words), cwd=CODE, env=dict(self._environ)), now)
        return news

    def stop(self) -> None:
        """End what runs; the list starts anew tomorrow."""
        self._left.clear()
        if self._running:
            self._running[1].terminate()
            self._running[1].wait()
            self._running = None

    def _ended(self, now: float) -> str | None:
        if self._running is None:
            return None
        words, process, started = self._running
        if process.poll() is None:
            if now - started < LONGEST:
                return None
            process.kill()
            process.wait()
        self._running = None
        if process.returncode == 0:
            return None
        return f"每日任务 desk {' '.join(words)} 没有完成（退出码 {process.returncode}），明天会再做一次"

    def _command(self, words: Sequence[str]) -> list[str]:
        settings = self._settings
        where = ["--root", str(settings.root), "--build", str(settings.build), "--lang", settings.lang]
        return [sys.executable, str(CODE / "build.py"), "desk", *where, *words]
