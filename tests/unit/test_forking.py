"""Work among processes gives what it gives in one, in its order, and passes errors on."""

from __future__ import annotations

import gc
import os
import time
from functools import partial

import pytest

from portal.forking import all_aside, aside, share
from portal.problems import PortalError


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_answers_come_in_the_order_of_the_tasks(processes: int) -> None:
    assert share([partial(pow, number, 2) for number in range(9)], processes) == [n * n for n in range(9)]
    assert share([], processes) == []


def test_two_tasks_and_two_processes_leave_this_one_alone() -> None:
    assert os.getpid() not in share([os.getpid, os.getpid], 2)
    assert share([os.getpid], 2) == [os.getpid()]


def test_nothing_stays_frozen_when_the_work_is_done() -> None:
    """Else no later garbage of this process would ever be collected."""
    before = gc.get_freeze_count()
    share([os.getpid, os.getpid], 2)
    with aside(os.getpid, 2) as answer:
        answer()
    assert gc.get_freeze_count() == before


def refuse() -> None:
    raise PortalError("nein")


@pytest.mark.parametrize("processes", [1, 2])
def test_an_error_is_passed_on(processes: int) -> None:
    with pytest.raises(PortalError, match="nein"):
        share([os.getpid, refuse], processes)
    with pytest.raises(PortalError, match="nein"), aside(refuse, processes) as answer:
        answer()


def test_work_aside_is_done_elsewhere_while_this_process_shares_its_own() -> None:
    seen = {"number": 1}
    with aside(lambda: (os.getpid(), seen["number"]), 2) as answer:
        seen["number"] = 2  # it has what there was when it began
        assert share([partial(pow, 3, 2), partial(pow, 4, 2)], 2) == [9, 16]
        process, number = answer()
    assert process != os.getpid()
    assert number == 1


def test_with_one_process_it_is_done_when_asked_for() -> None:
    done: list[int] = []
    with aside(lambda: done.append(1), 1) as answer:
        assert done == []
        answer()
    assert done == [1]


@pytest.mark.parametrize("processes", [1, 2])
def test_several_tasks_aside_answer_in_their_order(processes: int) -> None:
    def waiting(seconds: float) -> float:
        time.sleep(seconds)
        return seconds

    with all_aside([partial(waiting, 0.2), partial(waiting, 0.0)], processes) as answers:
        assert answers() == [0.2, 0.0]
