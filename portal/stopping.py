"""Ctrl-C and SIGTERM end a command at once, with its workers and without a traceback.

A supervisor sends SIGTERM to one process only; workers that wait for their next task would be left behind.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading


def end_together() -> None:
    """From now on both signals raise KeyboardInterrupt here, after the workers have been told; workers just end.

    To be called once, by the process that starts the workers (they inherit the handler when they are forked).
    """
    here = os.getpid()

    def stop(number: int, _: object) -> None:
        if os.getpid() != here:
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
            return
        threading.excepthook = lambda _: None  # the pool's own thread stumbles over what was cancelled
        for worker in multiprocessing.active_children():
            worker.terminate()
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
