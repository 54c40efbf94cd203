"""What a long command is doing: a moving line on a terminal, plain lines elsewhere (design §4 "progress")."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console

from portal.problems import Lang

T = TypeVar("T")


class Progress:
    """Tells the steps of one command, in the reader's language.

    On a terminal the running step moves and shows a count; elsewhere each step is one line when it ends.
    Goes to standard error, so that standard output stays for answers.
    """

    def __init__(self, lang: Lang, console: Console | None = None) -> None:
        self.lang = lang
        self.console = console or Console(stderr=True, highlight=False)
        self._status: str = ""
        self._note = ""

    def say(self, zh: str, en: str) -> None:
        """One line, at once."""
        self.console.print(self._in(zh, en), markup=False, soft_wrap=True)

    @contextmanager
    def step(self, zh: str, en: str) -> Iterator[None]:
        """Show a step while it runs and, when it ends, how long it took."""
        self._status, self._note = self._in(zh, en), ""
        start = time.perf_counter()
        if self.console.is_terminal:
            with self.console.status(self._status) as status:
                self._live = status
                yield
        else:
            yield
        seconds = time.perf_counter() - start
        self.console.print(f"{self._status}{self._note}  {seconds:.1f} s", markup=False, soft_wrap=True)

    def note(self, zh: str, en: str) -> None:
        """Add what the running step found; it stays on the step's line."""
        self._note = "：" + zh if self.lang == "zh" else ": " + en

    def count(self, items: Iterable[T], total: int) -> Iterator[T]:
        """Pass items on and show how many of them are done."""
        for done, item in enumerate(items, start=1):
            if self.console.is_terminal:
                self._live.update(f"{self._status} {done}/{total}")
            yield item

    def _in(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en
