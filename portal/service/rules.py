"""The city's rules and calendar as the service uses them, read again when their files change."""

from __future__ import annotations

import threading
from pathlib import Path

from pydantic import ValidationError

from portal.problems import PortalError
from portal.workdays import Calendar, CalendarFile, calendar_from
from portal.yamlfile import read_yaml

PATH = "catalog/calendar.yml"


class Calendars:
    """The calendar of a city's folder. A broken edit leaves the last good one in force."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = threading.Lock()
        self._stamp: int | None = None
        self._calendar: Calendar | None = None

    def get(self) -> Calendar:
        """The calendar as it is on disk now. Raises PortalError where there never was a good one."""
        with self._lock:
            try:
                stamp = (self._root / PATH).stat().st_mtime_ns
            except OSError:
                stamp = None
            if stamp != self._stamp or self._calendar is None:
                try:
                    self._calendar = load_calendar(self._root)
                except PortalError:
                    if self._calendar is None:
                        raise
                self._stamp = stamp
            return self._calendar


def load_calendar(root: Path) -> Calendar:
    """Read catalog/calendar.yml of a city. Raises PortalError, in words, for a file that can't be used."""
    try:
        node, problems = read_yaml(root, PATH)
    except OSError as error:
        raise PortalError(f"无法读取工作日历：{error}") from None
    if node is None or problems:
        what = "；".join(f"{problem.path}:{problem.line or 1} {problem.rule}" for problem in problems)
        raise PortalError(f"无法读取工作日历：{what or PATH}")
    try:
        return calendar_from(CalendarFile.model_validate(node.plain()))
    except ValidationError as error:
        first = error.errors()[0]
        place = [key for key in first["loc"] if isinstance(key, str | int)]
        line = node.line_of(*(str(key) if isinstance(key, int) and not at else key for at, key in enumerate(place)))
        raise PortalError(f"工作日历有误（{PATH}:{line}）：{first['msg']}") from None
