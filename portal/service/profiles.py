"""The rules of the live release's city, whatever build made the release (service of an older or newer build).

The files under portal/profiles are those of the source tree, which an update of the portal replaces while this process
still runs the code of before; so the release carries its rules (profile.json), and they are read with tolerance: what
this code does not know is ignored, what a release of before does not say is taken from the files. What can't be used
at all leaves the last good rules in force. Each is told in the log, once.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Mapping
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from yaml import YAMLError

from portal.problems import PortalError
from portal.profile import Profile, laid_over, shipped

RULES = "profile.json"
UNKNOWN = "extra_forbidden"
"""What pydantic calls a key that a model does not have."""
Stamp = tuple[str, int, int, int]
_LOG = logging.getLogger(__name__)


class Profiles:
    """The rules of the live release, read again on a swap."""

    def __init__(self, link: Path) -> None:
        self._link = link
        self._lock = threading.Lock()
        self._stamp: Stamp | None = None
        self._profile: Profile | None = None

    def get(self, name: str) -> Profile:
        """The rules of the live release, whose city has this name.

        Raises PortalError, in words, where there never were rules that can be used.
        """
        path = self._link / RULES
        try:
            seen = path.stat()
            stamp = (name, seen.st_dev, seen.st_ino, seen.st_mtime_ns)
        except OSError:  # before the first release, or a release from before it carried rules
            stamp = (name, 0, 0, 0)
        with self._lock:
            if stamp != self._stamp or self._profile is None:
                self._profile = self._read(name, path if stamp[1] else None)
                self._stamp = stamp
            return self._profile

    def _read(self, name: str, path: Path | None) -> Profile:
        try:
            profile, unknown = _read(name, path)
        except (OSError, ValueError, TypeError) as error:  # ValidationError is a ValueError
            what = f"{path or name}: {_first(error)}"
            if self._profile is None:
                raise PortalError(f"城市规则无法使用。The city's rules can't be used: {what}") from None
            _LOG.warning("the rules of the release can't be used, those of before stay in force: %s", what)
            return self._profile
        if unknown:
            _LOG.warning("the rules of the release name what this service does not know: %s", ", ".join(unknown))
        return profile


def _read(name: str, path: Path | None) -> tuple[Profile, list[str]]:
    """The release's rules, and what of them is unknown; where they do not say enough, the files say the rest."""
    if path is None:
        return tolerant(_ours(name))
    told = json.loads(path.read_text("utf-8"))
    if not isinstance(told, dict):
        raise TypeError("no mapping")
    try:
        return tolerant(told)
    except ValidationError:
        return tolerant(laid_over(_ours(name), told))


def tolerant(tree: Mapping[str, Any]) -> tuple[Profile, list[str]]:
    """Rules of whatever build, and the keys that were left out because no rule of ours has them.

    Raises ValidationError for rules that can't be used even so.
    """
    known, unknown = deepcopy(dict(tree)), list[str]()
    while True:
        try:
            return Profile.model_validate(known), unknown
        except ValidationError as error:
            strange = [one["loc"] for one in error.errors() if one["type"] == UNKNOWN]
            dropped = [".".join(map(str, place)) for place in strange if _drop(known, place)]
            if not dropped:
                raise
            unknown += sorted(dropped)


def _drop(tree: dict[str, Any], place: tuple[int | str, ...]) -> bool:
    """Take out the key at this path; whether it was there."""
    *above, last = place
    holder: Any = tree
    for key in above:
        with suppress(KeyError, IndexError, TypeError):  # pydantic also names the branch of a union there
            holder = holder[key]
    return isinstance(holder, dict) and holder.pop(last, holder) is not holder


def _ours(name: str) -> dict[str, Any]:
    """The files of the source tree; nothing for a city that they do not know, or where somebody is writing them."""
    try:
        return shipped(name)
    except (KeyError, OSError, TypeError, YAMLError):
        return {"name": name}


def _first(error: Exception) -> str:
    """What is wrong first, in a line."""
    if isinstance(error, ValidationError):
        one = error.errors()[0]
        return f"{'.'.join(map(str, one['loc']))}: {one['msg']}"
    return str(error)
