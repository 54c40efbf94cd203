"""The request log: one JSON line a request, a file a day, addresses shortened (AUD-1, AUD-5, API-5).

A line holds time, method, path, status, bytes, milliseconds, release and shortened address. It never holds a query
string, a cookie, a browser's name, or anything below the second part of a form's address. Files are
`var/log/requests-YYYY-MM-DD.jsonl`, by the day in Shanghai; they are kept for at least three years (AUD-2).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from portal.settings import SHANGHAI

LONGEST_PATH = 300
PRIVATE = ("forms", "desk")
_PLAIN_WORD = re.compile(r"[a-z]{0,20}")


def loggable(path: str) -> str:
    """The path as it may be kept: of forms and the desk only the first two parts, since later ones name cases.

    The second is kept only where it is a plain word, as all of ours are: people paste codes where they don't belong.
    """
    english = "/en" if path.startswith("/en/") else ""
    parts = path[len(english) :].split("/")
    if len(parts) > 2 and parts[1] in PRIVATE:
        word = parts[2] if _PLAIN_WORD.fullmatch(parts[2]) else "…"
        path = english + "/".join(["", parts[1], word, *([""] if len(parts) > 3 else [])])
    return path[:LONGEST_PATH]


class RequestLog:
    """Appends lines to the file of the day. A full disk stops the log, never the portal."""

    def __init__(self, folder: Path, clock: Callable[[], datetime]) -> None:
        self._folder = folder
        self._clock = clock
        self._day = ""
        self._stream: IO[str] | None = None
        self._broken = False

    def write(self, line: dict[str, Any]) -> None:
        """Add a line; its time is now."""
        now = self._clock().astimezone(SHANGHAI)
        text = json.dumps({"time": now.isoformat(timespec="milliseconds"), **line}, ensure_ascii=False)
        try:
            stream = self._of(now.strftime("%Y-%m-%d"))
            stream.write(text + "\n")
            stream.flush()
            self._broken = False
        except OSError as fault:
            if not self._broken:
                print(f"访问日志写不进去：{fault}", flush=True)  # noqa: T201 -- the log of a server
            self._broken = True

    def close(self) -> None:
        """Let go of the file."""
        if self._stream:
            self._stream.close()
            self._stream = None

    def _of(self, day: str) -> IO[str]:
        if self._stream is None or day != self._day:
            self.close()
            self._folder.mkdir(parents=True, exist_ok=True)
            self._stream = (self._folder / f"requests-{day}.jsonl").open("a", encoding="utf-8")
            self._day = day
        return self._stream
