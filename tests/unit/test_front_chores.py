"""The day's chores: each in a process of its own, one after the other, and a failure stops none of the others."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from portal.front import chores
from portal.front.chores import CHORES, Chores
from portal.settings import environment
from tests.catalogues import make_catalogue, settings_for
from tests.waiting import wait_until


def tend_until_done(work: Chores) -> list[str]:
    told = []

    def is_done() -> bool:
        if news := work.tend(time.monotonic()):
            told.append(news)
        return not work._left and not work._running

    wait_until(is_done)
    return told


def test_every_chore_is_a_verb_that_works_on_a_new_portal(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    settings = settings_for(make_catalogue(tmp_path / "城市 city"))
    work = Chores(settings, environment())
    work.begin()
    assert tend_until_done(work) == []
    told = capfd.readouterr().out
    assert told.index("没有访问日志") < told.index("删除了 0 条到期的联系方式") < told.index("还没有任何记录")


def test_a_chore_that_fails_is_told_and_the_next_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    settings = settings_for(make_catalogue(tmp_path))
    monkeypatch.setattr(chores, "CHORES", (("no-such-verb",), *CHORES[1:]))
    work = Chores(settings, environment())
    work.begin()
    told = tend_until_done(work)
    assert len(told) == 1
    assert "no-such-verb" in told[0]
    assert "删除了 0 条到期的联系方式" in capfd.readouterr().out


def test_a_chore_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Chores, "_command", lambda self, words: ["sleep", "60"])
    work = Chores(settings_for(tmp_path), environment())
    work.begin()
    work.tend(0.0)
    assert work._running is not None
    process = work._running[1]
    assert "没有完成" in (work.tend(chores.LONGEST + 1) or "")
    assert process.poll() is not None
    work.stop()
