"""YAML files of a city → plain text values with the line of every key and value.

PyYAML's C *event* stream is read by one loop that keeps its own stack: `safe_load` turns `NO`, `0123` and dates
into something else and takes 7.9 ms an entry (this: under 1 ms), keeps the last of two equal keys in silence, and
the C *loader* crashes the process on deep nesting. Every scalar stays text; a plain empty one is None.

Refused, each by name and line: repeated keys, anchors and aliases, merge keys, tags, tabs, control and
bidirectional characters, several documents, anything but UTF-8, more than 256 KiB, more than 20 levels. Files are
opened without following symbolic links, must be regular, and are measured before they are read. A value that a draft
left open (【待填】) is told here too, whatever its type.
"""

from __future__ import annotations

import os
import re
import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml
import yaml.cyaml
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from portal.problems import HIDDEN, Problem, shown
from portal.wording.drafts import MARK

MAX_BYTES: Final = 256 * 1024
MAX_LEVELS: Final = 20
MAX_LISTED: Final = 20  # of one kind in one file: a file full of tabs is one mistake, not ten thousand

Plain = str | None | list["Plain"] | dict[str, "Plain"]

LOOSE_CR: Final = re.compile("\r(?!\n)")


@dataclass(frozen=True, slots=True)
class Node:
    """What a file says, and where it says it."""

    value: Plain
    line: int
    lines: Any  # beside `value`: a mapping's {key: place}, a sequence's [place]; place = line or (line, line, inner)

    def plain(self) -> Plain:
        """Text, None, lists and dictionaries of these."""
        return self.value

    def line_of(self, *keys: str | int) -> int:
        """The line of the key (or list item) at this path; of the nearest one above where the path ends early."""
        return self._places(keys)[0]

    def value_line_of(self, *keys: str | int) -> int:
        """The line where the value at this path begins."""
        return self._places(keys)[1]

    def _places(self, keys: tuple[str | int, ...]) -> tuple[int, int]:
        found, inner = (self.line, self.line), self.lines
        for key in keys:
            try:
                place = inner[str(key) if isinstance(inner, dict) else key]  # keys are text, even 2026
            except (LookupError, TypeError):
                break
            if isinstance(place, int):
                found, inner = (place, place), None
            else:
                found, inner = (place[0], place[1]), place[2]
        return found


class _Unsafe(Exception):  # noqa: N818 -- a finding on its way, not a fault
    """The file is not one that we open; `rule` says why."""

    def __init__(self, rule: str, **values: str) -> None:
        super().__init__(rule)
        self.rule = rule
        self.values = values


def read_yaml(root: Path, path: str) -> tuple[Node | None, list[Problem]]:
    """Read `path` (relative, below the city's folder `root`) and say everything that is wrong with it as YAML.

    Returns None where nothing can be used: the file is refused, breaks off, or holds nothing at all.
    Raises ValueError for a path that is not plain and relative.
    """
    raw = read_bytes(root, path)
    return (None, [raw]) if isinstance(raw, Problem) else parse_yaml(raw, path)


def read_bytes(root: Path, path: str) -> bytes | Problem:
    """The bytes of a file that may be opened, or why it may not. Raises ValueError as `read_yaml` does."""
    try:
        return _bytes_of(root, path)
    except _Unsafe as refusal:
        return Problem(refusal.rule, path, values=refusal.values)


def line_at_the_top(path: Path, key: str | int) -> int | None:
    """Where a key of the outermost mapping stands, if its line begins with it as most do: no need to parse for that.

    A city whose text only warns can have a warning on every name; parsing 2,000 entries again takes 0.8 s, this 0.1.
    """
    try:
        before, found, _ = f"\n{path.read_text('utf-8')}".partition(f"\n{key}:")
    except (OSError, UnicodeDecodeError):
        return None
    return before.count("\n") + 1 if found else None


def parse_yaml(raw: bytes, path: str) -> tuple[Node | None, list[Problem]]:
    """The same for bytes at hand; `path` is only what problems are shown with."""
    if len(raw) > MAX_BYTES:
        return None, [_too_large(path, len(raw))]
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [Problem("yaml-not-utf8", path, raw.count(b"\n", 0, error.start) + 1)]
    if problems := list(_strange_characters(text, path)):
        return None, problems
    return _Reader(text, path).read()


def _bytes_of(root: Path, path: str) -> bytes:
    """The bytes of a regular file below root, no symbolic link anywhere on the way; measured before it is read."""
    descriptor = _open_below(root, path)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise _Unsafe("yaml-not-regular")
        if status.st_size > MAX_BYTES:
            raise _Unsafe("yaml-too-large", **_sizes(status.st_size))
        with os.fdopen(os.dup(descriptor), "rb") as stream:
            return stream.read(MAX_BYTES + 1)
    finally:
        os.close(descriptor)


def _open_below(root: Path, path: str) -> int:
    """Open step by step, so that no part of the path can lead elsewhere. O_NONBLOCK: a pipe must not hold us."""
    parts = path.split("/")
    if any(part in ("", ".", "..") for part in parts):
        raise ValueError(f"{path} is no plain relative path")
    folder = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for part in parts[:-1]:
            inner = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=folder)
            os.close(folder)
            folder = inner
        return os.open(parts[-1], os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    except FileNotFoundError:
        raise _Unsafe("yaml-missing") from None
    except OSError:  # ELOOP and ENOTDIR: a symbolic link; ENXIO: a socket or device; EACCES: nobody may read it
        raise _Unsafe("yaml-not-regular") from None
    finally:
        os.close(folder)


def _sizes(size: int) -> dict[str, str]:
    return {"size": f"{size / 1024:.0f}", "limit": f"{MAX_BYTES // 1024}"}


def _too_large(path: str, size: int) -> Problem:
    return Problem("yaml-too-large", path, values=_sizes(size))


def _strange_characters(text: str, path: str) -> Iterator[Problem]:
    """Tabs and characters that nobody sees: the first of each line, at most MAX_LISTED lines."""
    tabs, hidden, loose = "\t" in text, HIDDEN.search(text), LOOSE_CR.search(text)
    if not (tabs or hidden or loose):
        return
    listed = 0
    for number, line in enumerate(text.split("\n"), 1):
        found = HIDDEN.search(line) or LOOSE_CR.search(line)
        if "\t" in line:
            yield Problem("yaml-tab", path, number)
        elif found:
            yield Problem("yaml-hidden-character", path, number, {"code": f"U+{ord(found[0]):04X}"})
        else:
            continue
        listed += 1
        if listed == MAX_LISTED:
            return


@dataclass(slots=True)
class _Open:
    """A mapping or sequence that is being filled. For a mapping `key` is the one that waits for its value."""

    value: Any
    lines: Any
    line: int
    is_mapping: bool
    key: str | None = None
    key_line: int = 0
    in_key: bool = False  # a mapping or list that stands where a key must be
    dropped: bool = False  # its key was refused: it is read for its own problems, then forgotten


class _Reader:
    """One pass over the events of one file."""

    def __init__(self, text: str, path: str) -> None:
        self.parser: Any = yaml.cyaml.CParser(text)  # type: ignore[attr-defined]
        self.path = path
        self.problems: list[Problem] = []
        self.said: Counter[str] = Counter()
        self.stack: list[_Open] = []
        self.root: Node | None = None
        self.usable = True  # no longer, once a value stands elsewhere: its place would be reported as empty

    def read(self) -> tuple[Node | None, list[Problem]]:
        """Run to the end, or to the first place where nothing sensible can follow."""
        try:
            whole = self._run()
        except yaml.MarkedYAMLError as error:
            self.problems.append(self._syntax(error))
            whole = False
        return (self.root if whole and self.usable else None), self.problems

    def _run(self) -> bool:
        get, documents = self.parser.get_event, 0
        while True:
            event = get()
            kind = type(event)
            if kind is ScalarEvent:
                self._scalar(event)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                if len(self.stack) == MAX_LEVELS:
                    self._say("yaml-too-deep", event.start_mark.line + 1, limit=str(MAX_LEVELS))
                    return False
                self._begin(event, kind is MappingStartEvent)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                self._end()
            elif kind is AliasEvent:
                self._say("yaml-anchor", event.start_mark.line + 1)
                self.usable = False
                self._put(None, None, event.start_mark.line + 1)
            elif kind is DocumentStartEvent:
                documents += 1
                if documents == 2:
                    self._say("yaml-several-documents", event.start_mark.line + 1)
                    return True
            elif kind is StreamEndEvent:
                return True
            elif kind is DocumentEndEvent:
                continue

    def _scalar(self, event: Any) -> None:
        line, value, style = event.start_mark.line + 1, event.value, event.style  # '' or None: written plainly
        if event.anchor or event.tag:
            self._refuse_marks(event, line)
        if not style:
            value = value or None
        elif style == '"' and (found := HIDDEN.search(value)):  # written as an escape, "\u202e"
            self._say("yaml-hidden-character", line, code=f"U+{ord(found[0]):04X}")
        top = self.stack[-1] if self.stack else None
        if top is None or not top.is_mapping or top.key is not None:
            if value and MARK in value:
                told = {"key": self._told_key(), "found": shown(value, 40)}
                self.problems.append(Problem("draft-left", self.path, line, told))
            self._put(value, None, line)
        else:
            self._key(top, value or "", line, plain=not style)

    def _told_key(self) -> str:
        """The key that the value to come belongs to; that of the list, where it is an item."""
        return next((shown(one.key) for one in reversed(self.stack) if one.key), "")

    def _key(self, mapping: _Open, key: str, line: int, *, plain: bool) -> None:
        mapping.key, mapping.key_line, mapping.dropped = key, line, False
        if key == "<<" and plain:
            self._say("yaml-merge-key", line)
            self.usable = False
            mapping.dropped = True
        elif key in mapping.value:
            place = mapping.lines[key]
            first = place if isinstance(place, int) else place[0]
            self._say("yaml-repeated-key", line, key=shown(key), first=str(first))
            mapping.dropped = True

    def _begin(self, event: Any, is_mapping: bool) -> None:
        line = event.start_mark.line + 1
        if event.anchor or event.tag:
            self._refuse_marks(event, line)
        top = self.stack[-1] if self.stack else None
        as_key = top is not None and top.is_mapping and top.key is None
        if as_key:
            self._say("yaml-complex-key", line)
        self.stack.append(_Open({} if is_mapping else [], {} if is_mapping else [], line, is_mapping, in_key=as_key))

    def _end(self) -> None:
        done = self.stack.pop()
        if done.in_key:
            self._key(self.stack[-1], "", done.line, plain=False)
            self.stack[-1].dropped = True
        else:
            self._put(done.value, done.lines, done.line)

    def _put(self, value: Plain, lines: Any, line: int) -> None:
        """A finished value goes to whom it belongs."""
        if not self.stack:
            self.root = Node(value, line, lines)
            return
        top = self.stack[-1]
        if not top.is_mapping:
            top.value.append(value)
            top.lines.append(line if lines is None else (line, line, lines))
        elif top.key is None:  # an alias that stands where a key must be
            self._key(top, "", line, plain=False)
            top.dropped = True
        else:
            if not top.dropped:
                simple = lines is None and line == top.key_line
                top.value[top.key] = value
                top.lines[top.key] = line if simple else (top.key_line, line, lines)
            top.key = None

    def _refuse_marks(self, event: Any, line: int) -> None:
        if event.anchor:
            self._say("yaml-anchor", line)
        if event.tag:
            self._say("yaml-tag", line, tag=shown(event.tag))

    def _say(self, rule: str, line: int, **values: str) -> None:
        if self.said[rule] < MAX_LISTED and (problem := Problem(rule, self.path, line, values)) not in self.problems:
            self.said[rule] += 1
            self.problems.append(problem)

    def _syntax(self, error: yaml.MarkedYAMLError) -> Problem:
        """The parser's complaint, sorted into the few mistakes that people make."""
        mark = error.problem_mark or error.context_mark
        line, said = (mark.line + 1 if mark else 1), f"{error.context or ''} {error.problem or ''}"
        start = error.context_mark.line + 1 if error.context_mark else line
        if "escape" in said:
            return Problem("yaml-escape", self.path, line)
        if "quoted scalar" in said:
            return Problem("yaml-quote", self.path, start)
        if "flow" in said:
            return Problem("yaml-bracket", self.path, start)
        if "mapping values are not allowed" in said or "could not find expected ':'" in said:
            return Problem("yaml-colon", self.path, line)
        if "cannot start any token" in said or "alias" in said or "anchor" in said or "tag" in said:
            return Problem("yaml-start", self.path, line)
        return Problem("yaml-indentation" if "block" in said else "yaml-syntax", self.path, line)
