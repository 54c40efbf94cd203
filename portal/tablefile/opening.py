"""Open a data file that stands below its folder, and nothing else: no link, no device, no way out.

Each part of the path is opened relative to the folder before it with O_NOFOLLOW, so that a link put in its place
between looking and opening is refused as well (design §10; service.md §8.4 "Path").
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from portal.tablefile.shape import Limits, Place, Refused, size_text

FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC  # O_NONBLOCK: a named pipe must not stop us


@contextmanager
def open_beneath(root: Path, place: Place, limits: Limits) -> Iterator[BinaryIO]:
    """The bytes of the regular file at `place.path` below `root`. Raises Refused."""
    parts = place.path.split("/")
    if place.path.startswith("/") or "\\" in place.path or "\0" in place.path or {"", ".", ".."} & set(parts):
        raise place.refuse("file-outside")
    folder = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for part in parts[:-1]:
            inner = _open(part, FOLDER, folder, place)
            os.close(folder)
            folder = inner
        handle = _open(parts[-1], FILE, folder, place)
    finally:
        os.close(folder)
    try:
        _judge(os.fstat(handle), place, limits)
    except Refused:
        os.close(handle)
        raise
    with os.fdopen(handle, "rb") as stream:
        yield stream


def _open(name: str, flags: int, folder: int, place: Place) -> int:
    try:
        kind = os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode
        if stat.S_ISLNK(kind):
            raise place.refuse("file-link", part=name)
        return os.open(name, flags, dir_fd=folder)
    except FileNotFoundError as error:
        raise place.refuse("file-missing") from error
    except OSError as error:
        raise place.refuse("file-not-regular", reason=error.strerror or "?", reason_en=error.strerror or "?") from error


def _judge(status: os.stat_result, place: Place, limits: Limits) -> None:
    if not stat.S_ISREG(status.st_mode):
        zh, en = _kind(status.st_mode)
        raise place.refuse("file-not-regular", reason=zh, reason_en=en)
    if status.st_size == 0:
        raise place.refuse("file-empty")
    if status.st_size > limits.file:
        raise place.refuse("file-too-large", size=size_text(status.st_size), limit=size_text(limits.file))


def _kind(mode: int) -> tuple[str, str]:
    kinds = {
        ("目录", "a folder"): stat.S_ISDIR,
        ("管道", "a pipe"): stat.S_ISFIFO,
        ("设备", "a device"): stat.S_ISCHR,
        ("套接字", "a socket"): stat.S_ISSOCK,
    }
    return next((names for names, test in kinds.items() if test(mode)), ("?", "?"))
