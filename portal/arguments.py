"""What single words of the command line may say: each reader gives the value, or tells in both languages what is wrong.

All raise argparse.ArgumentTypeError, which argparse prints with the option's name before it ends with exit code 2.
"""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import date, datetime
from pathlib import Path
from typing import get_args

from portal.proceedings import ReturnGround

SHORTEST_REASON = 4
"""Characters of a reason for which an entry is sent back."""


def day(text: str) -> date:
    """A day, as 2026-11-22."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"日期请写成 2026-11-22 — '{text}' is no day") from error


def returned(text: str) -> str:
    """A reason for sending an entry back, with or without its ground before an equals sign."""
    ground, mark, reason = text.partition("=")
    if mark and ground not in get_args(ReturnGround):
        known = ", ".join(get_args(ReturnGround))
        raise ArgumentTypeError(f"退回情形可选 {known} — '{ground}' is no ground")
    if len(reason if mark else text) < SHORTEST_REASON:
        raise ArgumentTypeError("退回理由至少四个字 — a reason has at least four characters")
    return text


def folder(text: str) -> Path:
    """A folder that exists."""
    if not Path(text).is_dir():
        raise ArgumentTypeError(f"没有这个文件夹：{text} — no such folder")
    return Path(text)


def time(text: str) -> str:
    """A moment in ISO 8601, as it was written."""
    try:
        datetime.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"时间请写成 2026-11-22T10:00 — '{text}' is no ISO 8601 time") from error
    return text


def number(text: str) -> int:
    """A whole number above 0."""
    if not (text.isascii() and text.isdigit() and int(text)):
        raise ArgumentTypeError(f"应是正整数 — '{text}' is no number above 0")
    return int(text)


def port(text: str) -> int:
    """A TCP port; 0 takes a free one."""
    if not (text.isascii() and text.isdigit() and int(text) < 65536):
        raise ArgumentTypeError(f"端口应在 0 至 65535 之间 — '{text}' is no port")
    return int(text)
