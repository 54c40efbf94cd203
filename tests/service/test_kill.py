"""kill -9 at any moment: nothing that was acknowledged is lost, nothing is stored twice. Real gunicorn, real disk."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx

from tests.service.people import OPINION, hidden_of, text_of
from tests.service.server import ROOT, Server
from tests.waiting import LONG, wait_until

VERIFY = """
import django; django.setup()
from portal.service.audit import verify
from portal.service.office import office
print(verify(office().keys, office().surroundings.public))
"""
CLIENTS, KILLS, MORE = 8, 5, 10


class Sender(threading.Thread):
    """Sends opinions one after the other; repeats each, with its key, until it is acknowledged."""

    def __init__(self, number: int, port: int, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.number, self.stop, self.retried = number, stop, 0
        self.acknowledged: list[tuple[str, str, str]] = []
        self._base = f"http://127.0.0.1:{port}/forms/opinion/"

    def run(self) -> None:
        count = 0
        while not self.stop.is_set():
            count += 1
            headers = {"X-Forwarded-For": f"10.{self.number}.{count // 250}.{count % 250}"}
            with httpx.Client(headers=headers, timeout=LONG) as client:
                page = self._until(lambda: client.get(self._base))
                values = {**hidden_of(page), **OPINION, "subject": f"{self.number}-{count}"}
                answer = self._until(lambda: client.post(self._base, data=values))  # noqa: B023
            self.acknowledged.append((text_of(answer, "number"), text_of(answer, "code"), f"{self.number}-{count}"))

    def _until(self, ask) -> str:
        while True:
            try:
                answer = ask()
                assert answer.status_code == 200, answer.text
                return answer.text
            except httpx.TransportError:
                self.retried += 1
                time.sleep(0.1)


def test_nothing_acknowledged_is_lost_and_nothing_doubled(tmp_path: Path) -> None:
    server, stop, chance = Server(tmp_path), threading.Event(), random.Random(7)
    server.start()
    senders = [Sender(number, server.port, stop) for number in range(CLIENTS)]

    def some_more() -> None:
        """Until ten more are acknowledged, on however slow a machine, and then a moment nobody chose."""
        enough = sum(len(sender.acknowledged) for sender in senders) + MORE
        wait_until(lambda: sum(len(sender.acknowledged) for sender in senders) >= enough)
        time.sleep(chance.uniform(0, 0.8))

    try:
        for sender in senders:
            sender.start()
        for _ in range(KILLS):
            some_more()
            server.kill()
            server.start()
        some_more()
        stop.set()
        for sender in senders:
            sender.join(LONG)
            assert not sender.is_alive()
    finally:
        server.close()
    acknowledged = [one for sender in senders for one in sender.acknowledged]
    assert len(acknowledged) >= (KILLS + 1) * MORE
    assert sum(sender.retried for sender in senders) > 0
    with sqlite3.connect(server.var / "service.db") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        stored = database.execute("SELECT number, subject FROM service_case").fetchall()
        submitted = [row[0] for row in database.execute("SELECT \"case\" FROM service_event WHERE what = 'submit'")]
        keys = database.execute("SELECT count(*) FROM service_submission").fetchone()[0]
    database.close()
    assert len({subject for _, subject in stored}) == len(stored)
    assert {(number, subject) for number, _, subject in acknowledged} == set(stored)
    assert sorted(submitted) == sorted(number for number, _ in stored)
    assert keys == len(stored)
    checked = subprocess.run(
        [sys.executable, "-c", VERIFY],
        env={**server.environ, "DJANGO_SETTINGS_MODULE": "portal.service.settings"},
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    assert checked.stdout.strip() == "[]"
