"""What was asked for, which problems are of it, and on which line of its file a row stands."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from portal.model import Dataset
from portal.problems import Exit, Lang, PortalError, Problem
from portal.report.sentences import counted, plural

LINED = (".csv", ".tsv", ".txt")
"""Files whose rows stand on lines."""


class WrongPathError(PortalError):
    """A path of the command line that nothing can be said of; exit code 2."""

    exit = Exit.USAGE


def must_exist(paths: Iterable[str]) -> None:
    """Raises WrongPathError for the first of the paths at which nothing is."""
    for path in paths:
        if not os.path.exists(path):  # noqa: PTH110 -- a name too long for any file is none, too
            raise WrongPathError(f"没有这个文件或文件夹：{path} — no such file or folder")


def must_lie_in(root: Path, paths: Iterable[str]) -> None:
    """Raises WrongPathError for a path outside the city's folder: a copy on a desktop is not checked."""
    for path in paths:
        place = Path(path).resolve()
        if not (place.is_relative_to(root) or root.is_relative_to(place)):
            zh = f"没有检查 {path}：它不在 {root} 里。请写 catalog/ 或 datasets/ 下的文件。"
            raise WrongPathError(f"{zh}\nNot checked: {path} is not below {root}.")


def within(problems: Iterable[Problem], paths: Sequence[str], root: Path) -> list[Problem]:
    """Only the problems of these files or folders (as typed, from the working folder); all of them if none is named.

    A dataset's entry stands for its data files, too.
    """
    wanted = [Path(path).resolve() for path in paths]
    entries = {path.stem for path in wanted if path.parent.parent == root / "catalog" and path.suffix == ".yml"}
    return [
        one
        for one in problems
        if not wanted
        or one.dataset in entries
        or any((root / one.path).resolve().is_relative_to(path) for path in wanted)
    ]


def named(paths: Sequence[str], datasets: Iterable[Dataset], root: Path) -> frozenset[str] | None:
    """The ids of the sets whose problems `within` would show; None where no path is given, which is all of them.

    A set is meant by its entry, by a file of its data, or by a folder above one of them.
    """
    if not paths:
        return None
    wanted = [Path(path).resolve() for path in paths]
    found = set()
    for one in datasets:
        files = [f"datasets/{one.department}/{file.path}" for file in one.files]
        files += [f"datasets/{one.department}/{one.sample.path}"] if one.sample else []
        places = [root / place for place in (f"catalog/{one.department}/{one.id}.yml", *files)]
        if any(place.is_relative_to(path) for place in places for path in wanted):
            found.add(one.id)
    return frozenset(found)


def elsewhere(problems: Sequence[Problem], asked: Sequence[Problem], lang: Lang) -> str:
    """What a report of a part must not hide: how many problems lie outside it; empty where there are none."""
    kept = {id(one) for one in asked}
    left = [one for one in problems if id(one) not in kept]
    if not left:
        return ""
    errors = sum(counted(one) for one in left if one.level == "error")
    warnings = sum(counted(one) for one in left if one.level == "warning")
    files = len({one.path for one in left})
    if lang == "zh":
        return f"所给的文件之外，另有 {files} 个文件中的 {errors} 个错误、{warnings} 个提醒没有列出。"
    found = f"{plural(errors, 'error')} and {plural(warnings, 'warning')} in {plural(files, 'other file')}"
    return f"Not listed: {found} outside what was asked for."


def located(problems: Iterable[Problem], root: Path) -> list[Problem]:
    """The same problems; those of a row of a text file say on which line the row begins (a cell may hold line breaks).

    The file is read as bytes: quote and line feed are no part of another character in UTF-8 and in GB18030.
    """
    listed = list(problems)
    wanted: dict[str, set[int]] = {}
    for one in listed:
        if one.row is not None and one.line is None and one.path.lower().endswith(LINED):
            wanted.setdefault(one.path, set()).add(one.row)
    lines = {path: dict(_lines(root / path, rows)) for path, rows in wanted.items()}
    return [
        replace(one, line=lines[one.path].get(one.row)) if one.row and one.line is None and one.path in lines else one
        for one in listed
    ]


def _lines(path: Path, rows: set[int]) -> Iterator[tuple[int, int]]:
    """Record number → line on which it begins; nothing of a file that can't be read."""
    row, quotes, last = 1, 0, max(rows)
    try:
        with path.open("rb") as stream:
            for number, line in enumerate(stream, start=1):
                if quotes % 2 == 0 and row in rows:
                    yield row, number
                quotes += line.count(b'"')
                row += quotes % 2 == 0
                if row > last and quotes % 2 == 0:
                    return
    except OSError:
        return
