"""What the service decided since the last build: suspended sets, blocked contents, query marks (design §2).

`var/public/state.json` is written atomically by the service and looked at again on every request: one `stat`, and a
second reading only when it changed. Read by the front and by the query API's guard.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from portal.problems import PortalError

NOTHING_RENAMED: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class State:
    """`suspended` and `under_query` map dataset ids to their notes (`since`, `reason`); `blocked` holds digests."""

    suspended: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    blocked: frozenset[str] = frozenset()
    under_query: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def suspension_of(self, dataset: str, aliases: Iterable[str] = ()) -> Mapping[str, Any] | None:
        """The note of a suspended set, by whichever of its ids it was told: a set that is renamed stays suspended."""
        return next((self.suspended[name] for name in (dataset, *aliases) if name in self.suspended), None)

    def public(self, renamed: Mapping[str, str] = NOTHING_RENAMED) -> dict[str, Any]:
        """What `/state.json` shows: pages' scripts mark and hide sets by it. Digests stay inside.

        `renamed` maps old ids to those that the pages have now.
        """
        return {
            "suspended": _public_notes(self.suspended, renamed),
            "under_query": _public_notes(self.under_query, renamed),
        }


def _public_notes(notes: Mapping[str, Mapping[str, Any]], renamed: Mapping[str, str]) -> dict[str, dict[str, str]]:
    return dict(sorted((renamed.get(key, key), _public_note(note)) for key, note in notes.items()))


def _public_note(note: Mapping[str, Any]) -> dict[str, str]:
    return {key: str(note[key]) for key in ("since", "reason") if note.get(key)}


NOTHING = State()


def read_once(path: Path) -> State:
    """The state, for a step that looks at it once. Raises PortalError as `StateFile.read` does the first time."""
    return StateFile(path).read()


class StateFile:
    """The state as it is on disk now. A missing file means that nothing is suspended.

    A file that can't be read as JSON leaves the last good state in force: a suspension never ends by accident.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.version = 0
        self._seen: tuple[int, int, int] | None = None
        self._state = NOTHING
        self._has_read = False

    def read(self) -> State:
        """The present state; `version` grows with every change.

        Raises PortalError where the file can't be read the first time: without a last good state nothing tells what
        is withheld, and that must not come back by accident.
        """
        try:
            found = self.path.stat()
        except FileNotFoundError:
            if self._seen is not None or not self._has_read:
                self._take(None, NOTHING)
            return self._state
        mark = (found.st_mtime_ns, found.st_size, found.st_ino)
        if mark != self._seen:
            try:
                self._take(mark, parse(self.path.read_text("utf-8")))
            except (OSError, ValueError, AttributeError, TypeError):
                if not self._has_read:
                    raise self._unknown() from None
                self._seen = mark
        return self._state

    def _unknown(self) -> PortalError:
        return PortalError(
            f"{self.path} 无法读取，不知道哪些数据集暂停开放、哪些内容不得再公开，已停止。请先用备份修复这个文件。"
            f"{self.path} can't be read, so nothing tells which datasets are withheld; repair it first."
        )

    def _take(self, mark: tuple[int, int, int] | None, state: State) -> None:
        self._seen, self._has_read = mark, True
        if state != self._state:
            self._state = state
            self.version += 1


def parse(text: str) -> State:
    """state.json as written by the service. Raises ValueError, AttributeError or TypeError for anything else."""
    tree = json.loads(text)
    return State(
        suspended={str(key): dict(note) for key, note in (tree.get("suspended") or {}).items()},
        blocked=frozenset(map(str, tree.get("blocked_digests") or ())),
        under_query={str(key): dict(note) for key, note in (tree.get("under_query") or {}).items()},
    )
