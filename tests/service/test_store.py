"""Writes that share a commit: each gets its own result or fault, and nobody is acknowledged before it is on disk."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import IntegrityError, connections

from portal.service import store
from portal.service.domain.kinds import Kind
from portal.service.models import Submission
from portal.service.office import Office
from portal.service.receive import Parcel, receive
from tests.service.people import NOW
from tests.waiting import wait_until


def together(writes: list[Callable[[], object]]) -> list[object]:
    """Run the writes in threads that all wait before the first may begin, so that one commit holds them all."""
    outcomes: list[object] = [None] * len(writes)

    def run(place: int) -> None:
        try:
            outcomes[place] = store.stored(writes[place])
        except Exception as fault:
            outcomes[place] = fault
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(writes))]
    with store._WRITING:
        for thread in threads:
            thread.start()
        wait_until(lambda: len(store._WAITING) >= len(writes))
    for thread in threads:
        thread.join()
    return outcomes


def test_a_fault_of_one_undoes_that_one_alone(here: Office) -> None:
    case = receive(Parcel(Kind.OPINION, "key", "203.0.113.1", "标题", "正文正文"), here).number
    known = Submission.objects.get(case__number=case)

    def change(text: str) -> Callable[[], object]:
        return lambda: (Submission.objects.filter(pk=known.pk).update(content=text), text)[1]

    def fail() -> object:
        Submission.objects.filter(pk=known.pk).update(content="half done")
        raise LookupError("mine alone")

    def clash() -> object:
        return Submission.objects.create(key=known.key, content="x", case=known.case, at=NOW)

    outcomes = together([change("one"), fail, clash, change("two")])
    assert sorted(str(outcome) for outcome in outcomes if isinstance(outcome, str)) == ["one", "two"]
    assert [type(outcome) for outcome in outcomes if isinstance(outcome, LookupError)] == [LookupError]
    assert len([outcome for outcome in outcomes if isinstance(outcome, IntegrityError)]) == 1
    known.refresh_from_db()
    assert known.content in ("one", "two")
    assert not store._WAITING


def test_a_commit_that_fails_acknowledges_nobody(here: Office) -> None:
    case = receive(Parcel(Kind.OPINION, "key", "203.0.113.1", "标题", "正文正文"), here).number
    known = Submission.objects.get(case__number=case)
    before = known.content

    def dangling() -> object:
        """A foreign key to nowhere: both databases find it at the commit, not before."""
        Submission.objects.filter(pk=known.pk).update(case_id=987654)
        return "acknowledged"

    def honest() -> object:
        Submission.objects.filter(pk=known.pk).update(content="changed")
        return "acknowledged"

    outcomes = together([dangling, honest])
    assert [type(outcome) for outcome in outcomes] == [IntegrityError, IntegrityError]
    known.refresh_from_db()
    assert known.content == before
    assert together([honest]) == ["acknowledged"]
