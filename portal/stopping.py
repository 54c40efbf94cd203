"""How a command ends: at once when it is done, and by Ctrl-C and SIGTERM with its workers and without a traceback.

A supervisor sends SIGTERM to one process or to all of them, Ctrl-C reaches all: workers leave their end to the process
that started them, or it would take a worker's death for a fault before it has heard the signal itself.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from contextlib import suppress
from typing import NoReturn


def end_together() -> None:
    """From now on both signals raise KeyboardInterrupt here, after the workers were ended.

    To be called once, by the process that starts the workers (they inherit the handler when they are forked).
    """
    here = os.getpid()

    def stop(number: int, _: object) -> None:
        if os.getpid() != here:
            if os.getppid() == here:
                return
            signal.signal(number, signal.SIG_DFL)  # nobody is left to end this one
            os.kill(os.getpid(), number)
            return
        threading.excepthook = lambda _: None  # the pool's own thread stumbles over what was cancelled
        for worker in multiprocessing.active_children():
            worker.kill()
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)


def was_interrupted(fault: BaseException) -> bool:
    """Whether an interruption brought this fault about: one that hits a pool as it begins ends as its RuntimeError."""
    one: BaseException | None = fault
    while one and not isinstance(one, KeyboardInterrupt):
        one = one.__context__
    return one is not None


def leave(code: int) -> NoReturn:
    """End the process without taking down piece by piece what it made: 0.7 s after a check of 2,000 entries.

    Only for a command that has closed its files and has no workers left: nothing is tidied after this.
    """
    with suppress(BrokenPipeError):  # nobody reads any more
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)
