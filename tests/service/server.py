"""gunicorn as the supervisor starts it, on a port of this machine; it can be killed and started again."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx

from tests.service.people import CATALOGUE
from tests.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]


class Server:
    """The form service below `folder`: var/ and live/."""

    def __init__(self, folder: Path, catalogue: dict[str, Any] = CATALOGUE, **environ: str) -> None:
        self.live, self.var = folder / "live", folder / "var"
        self.live.mkdir(exist_ok=True)
        (self.live / "catalogue.json").write_text(json.dumps(catalogue), encoding="utf-8")
        self._held = socket.socket()  # bound as long as the server may come again, so that nobody else gets the port
        self._held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._held.bind(("127.0.0.1", 0))
        self.port = self._held.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.environ = {
            **os.environ,
            "KAISHU_ROOT": str(ROOT),
            "KAISHU_VAR": str(self.var),
            "KAISHU_LIVE": str(self.live),
            "PYTHONPATH": str(ROOT),
            **environ,
        }
        self._log = folder / "log"

    def start(self) -> None:
        """Start, and wait until it answers."""
        command = [
            *(sys.executable, "-m", "gunicorn", "portal.service.wsgi:application"),
            *("--bind", f"127.0.0.1:{self.port}", "--workers", "1", "--threads", "8", "--no-control-socket"),
        ]
        with self._log.open("a") as log:
            self.process = subprocess.Popen(
                command, env=self.environ, stdout=log, stderr=log, start_new_session=True, cwd=ROOT
            )
        wait_until(self._answers)

    def _answers(self) -> bool:
        assert self.process.poll() is None, self._log.read_text("utf-8")
        try:
            return httpx.get(f"{self.address}/forms/healthz", timeout=5).status_code == 200
        except httpx.TransportError:
            return False

    def kill(self) -> None:
        """The whole process group, at once, without a word."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def close(self) -> None:
        """The end, also of one that never began."""
        if hasattr(self, "process"):
            self.kill()
        self._held.close()
