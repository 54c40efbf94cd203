"""Ctrl-C and SIGTERM end a command at once, with its workers and without a traceback.

A supervisor sends SIGTERM to one process or to all of them, Ctrl-C reaches all: workers leave their end to the process
that started them, or it would take a worker's death for a fault before it has heard the signal itself.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading


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
