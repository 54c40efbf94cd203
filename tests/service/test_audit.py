"""The audit chain: the database refuses changes, and every kind of tampering behind its back is found."""

from __future__ import annotations

import os
import stat
import threading
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction

from portal.problems import PortalError
from portal.service import audit
from portal.service.domain.chain import GENESIS
from portal.service.domain.kinds import Kind
from portal.service.keys import Keys
from portal.service.models import Case, Event
from portal.service.office import Office, office
from portal.service.receive import Parcel, receive
from portal.service.sealing import seal, unseal
from portal.service.store import writing
from tests.service.people import NOW, set_clock


def deeds(here: Office, count: int) -> None:
    with writing():
        for number in range(count):
            audit.record(audit.Deed("li", "operator", f"deed-{number}", "JC-2026-000001"), here.now(), here.keys)


def without_triggers(statement: str, *values: object) -> None:
    """What somebody with the database's own password can do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE service_event DISABLE TRIGGER ALL")
        else:
            for name in ("event_no_update", "event_no_delete"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        cursor.execute(statement, values)


def broken(here: Office) -> list[str]:
    return [place.why for place in audit.verify(here.keys, here.surroundings.public)]


def test_the_database_itself_refuses_changes(here: Office) -> None:
    deeds(here, 3)
    event = Event.objects.order_by("seq")[1]
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(actor="nobody")
    with pytest.raises(DatabaseError), transaction.atomic():
        event.delete()
    assert Event.objects.count() == 3
    assert broken(here) == []


def test_an_edit_a_gap_and_a_cut_tail_are_found(here: Office) -> None:
    deeds(here, 6)
    audit.publish_head(here.surroundings.public, here.now())
    without_triggers("UPDATE service_event SET actor = %s WHERE what = %s", "someone", "deed-2")
    assert broken(here) == ["内容与校验值不符"]
    without_triggers("DELETE FROM service_event WHERE what = %s", "deed-2")
    assert broken(here) == ["前一条记录缺失或被替换"]


def test_a_cut_tail_shows_against_a_published_head(here: Office) -> None:
    deeds(here, 6)
    without_triggers("DELETE FROM service_event WHERE what = %s", "deed-5")
    assert broken(here) == []  # invisible by itself: this is why heads are published
    deeds(here, 1)
    audit.publish_head(here.surroundings.public, here.now())
    without_triggers("DELETE FROM service_event WHERE what = %s", "deed-0")
    assert len(broken(here)) == 2
    set_clock(NOW + timedelta(days=1))
    assert [head.date for head in audit.published_heads(here.surroundings.public)] == ["2026-09-24"]


def test_a_rewritten_tail_shows_against_a_published_head(here: Office) -> None:
    deeds(here, 4)
    audit.publish_head(here.surroundings.public, here.now())
    last = Event.objects.order_by("-seq")[0]
    without_triggers("UPDATE service_event SET mac = %s WHERE seq = %s", "f" * 64, last.seq)
    assert set(broken(here)) == {"内容与校验值不符", "与 2026-09-24 公布的校验值不符"}


def test_a_fork_is_impossible(here: Office) -> None:
    deeds(here, 2)
    first = Event.objects.order_by("seq")[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.create(at="x", actor="x", role="x", what="fork", prev=first.mac, mac="f" * 64)
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.create(at="x", actor="x", role="x", what="fork", prev=GENESIS, mac="f" * 64)


def test_eight_writers_keep_one_chain(here: Office) -> None:
    """Without the lock it forks on PostgreSQL: half of the events had another's parent when that was measured."""
    faults: list[BaseException] = []

    def send(writer: int) -> None:
        try:
            for number in range(5):
                parcel = Parcel(Kind.OPINION, f"{writer}-{number}", f"198.51.100.{writer}", "标题", "正文正文")
                receive(parcel, office())
        except BaseException as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send, args=(writer,)) for writer in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert Case.objects.count() == 40
    assert sorted(Case.objects.values_list("serial", flat=True)) == list(range(1, 41))
    assert Event.objects.count() == 40
    assert broken(here) == []


def test_acknowledged_means_on_disk(lite: Office) -> None:
    """The pragma that makes SQLite wait for the disk at each commit; NORMAL acknowledged without one fdatasync."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone()[0] == 2  # FULL
        cursor.execute("PRAGMA journal_mode")
        from portal.service.settings import WAL_IS_SAFE

        assert cursor.fetchone()[0] == ("wal" if WAL_IS_SAFE else "truncate")
        cursor.execute("PRAGMA foreign_keys")
        assert cursor.fetchone()[0] == 1
    assert connection.transaction_mode == "IMMEDIATE"  # type: ignore[attr-defined]


def test_keys_are_private_made_once_and_forgotten_in_time(lite: Office) -> None:
    folder = lite.surroundings.secrets
    again = Keys(folder)
    assert again.get("audit") == lite.keys.get("audit") != again.get("digest")
    for path in folder.glob("*.key"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert len(path.read_bytes()) == 32
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    first = again.address_salt(date(2026, 9, 24))
    assert again.address_salt(date(2026, 9, 25)) != first
    assert not (folder / "address-2026-09-24.key").exists()
    assert again.contact(date(2026, 11, 22)) == "contact-2026Q4"
    (folder / "broken.key").write_bytes(b"short")
    with pytest.raises(PortalError, match="密钥"):
        again.get("broken")
    with pytest.raises(PortalError):
        again.get("../../etc/passwd")


def test_a_sealed_contact_opens_only_in_its_place(lite: Office) -> None:
    key = os.urandom(32)
    sealed = seal(key, "13800001234", "contact:1:1")
    assert unseal(key, sealed, "contact:1:1") == "13800001234"
    assert seal(key, "13800001234", "contact:1:1") != sealed
    for other_key, blob, place in (
        (key, sealed, "contact:1:2"),
        (os.urandom(32), sealed, "contact:1:1"),
        (key, sealed[:-1] + bytes([sealed[-1] ^ 1]), "contact:1:1"),
    ):
        with pytest.raises(PortalError):
            unseal(other_key, blob, place)
