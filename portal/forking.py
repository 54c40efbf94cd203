"""Work shared among forked processes, which inherit what it is about: sending a catalogue would cost more.

No multiprocessing.Pool: it waits for workers that it ends by SIGTERM, which they leave to us (portal/stopping.py).
"""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")

_inherited: Sequence[Callable[[], Any]] = ()


def share(tasks: Sequence[Callable[[], T]], processes: int) -> list[T]:
    """What the tasks answer, in their order. What they change stays in their own process; their errors are passed on.

    With one process, or one task, or where a system does not fork, all are done here.
    """
    if len(tasks) < 2:
        return [task() for task in tasks]
    with sharing(tasks, processes) as answers:
        return answers()


@contextmanager
def sharing(tasks: Sequence[Callable[[], T]], processes: int) -> Iterator[Callable[[], list[T]]]:
    """The same meanwhile: what is given waits for the answers. With one process all is done when it is asked for."""
    with _meanwhile(tasks, min(processes, len(tasks)) if processes > 1 else 0) as answers:
        yield answers


@contextmanager
def aside(task: Callable[[], T], processes: int) -> Iterator[Callable[[], T]]:
    """Do a task in another process meanwhile; what is given waits for its answer, or its error.

    With one process it is done when it is asked for.
    """
    with all_aside([task], processes) as answers:
        yield lambda: answers()[0]


@contextmanager
def all_aside(tasks: Sequence[Callable[[], T]], processes: int) -> Iterator[Callable[[], list[T]]]:
    """Several tasks, each in a process of its own; otherwise as `aside`."""
    with _meanwhile(tasks, len(tasks) if processes > 1 else 0) as answers:
        yield answers


@contextmanager
def _meanwhile(tasks: Sequence[Callable[[], T]], workers: int) -> Iterator[Callable[[], list[T]]]:
    if not workers or not _can_fork():
        yield lambda: [task() for task in tasks]
    else:
        with _forked(tasks, workers) as answers:
            yield lambda: [answer.result() for answer in answers]


@contextmanager
def _forked(tasks: Sequence[Callable[[], T]], processes: int) -> Iterator[list[Future[T]]]:
    global _inherited  # noqa: PLW0603 -- what workers inherit can't be handed to them otherwise
    _inherited = tasks
    gc.freeze()  # what is inherited stays as it is: neither looked through nor copied page by page
    try:
        with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("fork")) as pool:
            yield [pool.submit(_run, number) for number in range(len(tasks))]
    finally:
        _inherited = ()
        gc.unfreeze()


def _run(number: int) -> Any:
    return _inherited[number]()


def _can_fork() -> bool:
    return "fork" in multiprocessing.get_all_start_methods()
