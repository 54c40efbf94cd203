"""state.json is looked at again on every request; a suspension never ends by accident."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from portal.front.catalogue import ServedCatalogue, read_catalogue, tilde_decoded
from portal.front.serve import serve
from portal.problems import PortalError
from portal.state import NOTHING, StateFile, parse, read_once
from tests.catalogues import settings_for

STATE = {
    "suspended": {"streets": {"since": "2026-11-22", "reason": "核实", "case": "secret"}},
    "blocked_digests": ["ab" * 32],
    "under_query": {"villages": {"since": "2026-11-20"}},
}

BROKEN = ("", "{", "[]", '"x"', '{"suspended": 1}', '{"suspended": {"a": "text"}}', '{"blocked_digests": 1}')


def write(path: Path, text: str) -> None:
    beside = path.with_suffix(".part")
    beside.write_text(text, "utf-8")
    beside.replace(path)


def test_missing_means_nothing_and_changes_are_seen(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    file = StateFile(path)
    assert file.read().suspended == {}
    write(path, json.dumps(STATE))
    assert set(file.read().suspended) == {"streets"}
    version = file.version
    file.read()
    assert file.version == version
    write(path, json.dumps({}))
    assert file.read().suspended == {}
    write(path, json.dumps(STATE))
    assert file.read().blocked == {"ab" * 32}
    path.unlink()
    assert file.read().suspended == {}
    assert file.version > version


def test_a_file_of_the_same_size_and_moment_is_another_one(tmp_path: Path) -> None:
    """Two decisions within one tick of the disk's clock, one put in the place of the other."""
    path = tmp_path / "state.json"
    file = StateFile(path)
    for name in ("streets", "gardens"):
        beside = tmp_path / f"{name}.part"
        beside.write_text(json.dumps({"suspended": {name: {}}}), "utf-8")
        os.utime(beside, ns=(10**18, 10**18))
        beside.replace(path)
        assert set(file.read().suspended) == {name}


def test_what_can_not_be_read_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    file = StateFile(path)
    write(path, json.dumps(STATE))
    before = file.read()
    for text in BROKEN:
        write(path, text)
        assert file.read() == before, text


@pytest.mark.parametrize("text", BROKEN)
def test_who_reads_it_once_is_stopped_by_what_can_not_be_read(tmp_path: Path, text: str) -> None:
    """A build that took a torn file for nothing would publish what was withdrawn."""
    path = tmp_path / "state.json"
    assert read_once(path) == NOTHING
    write(path, json.dumps(STATE))
    assert read_once(path) == parse(json.dumps(STATE))
    write(path, text)
    with pytest.raises(PortalError, match=r"state\.json 无法读取"):
        read_once(path)


@pytest.mark.parametrize("text", BROKEN)
def test_who_begins_with_what_can_not_be_read_begins_not(tmp_path: Path, text: str) -> None:
    """Without a last good state nothing tells what is withheld; once nothing was, that is the last good state."""
    path = tmp_path / "state.json"
    write(path, text)
    with pytest.raises(PortalError, match=r"state\.json 无法读取"):
        StateFile(path).read()
    path.unlink()
    file = StateFile(path)
    assert file.read() == NOTHING
    write(path, text)
    assert file.read() == NOTHING


def test_the_portal_does_not_start_while_nothing_tells_what_is_withheld(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    (settings.var / "public").mkdir(parents=True)
    write(settings.var / "public/state.json", "{")
    with pytest.raises(PortalError, match=r"state\.json 无法读取.*请先用备份修复"):
        serve(settings, port=0)


def test_the_public_view_holds_no_digest_and_nothing_unforeseen() -> None:
    assert parse(json.dumps(STATE)).public() == {
        "suspended": {"streets": {"since": "2026-11-22", "reason": "核实"}},
        "under_query": {"villages": {"since": "2026-11-20"}},
    }


def test_pages_are_told_of_a_renamed_set_by_the_id_that_they_have() -> None:
    told = parse('{"suspended": {"old": {}, "z": {}}, "under_query": {"old": {"since": "2026-11-20"}}}')
    assert told.public({"old": "streets"}) == {
        "suspended": {"streets": {}, "z": {}},
        "under_query": {"streets": {"since": "2026-11-20"}},
    }


def catalogue(tmp_path: Path) -> ServedCatalogue:
    entry = {"title": "街道", "department": "jtj", "tables": ["Streets", "街道"], "aliases": ["old"], "digest": "d1"}
    (tmp_path / "catalogue.json").write_text(json.dumps({"datasets": {"streets": entry}}), "utf-8")
    return read_catalogue(tmp_path)


def test_whose_address_it_is(tmp_path: Path) -> None:
    served = catalogue(tmp_path)
    for path in (
        "/dataset/streets/",
        "/dataset/old/x.csv",
        "/en/dataset/streets/",
        "/dataset/streets",
        "/data/jtj/Streets.json",
        "/data/jtj/STREETS/1.json",
        "/data/jtj/~E8~A1~97~E9~81~93",
        "/data/jtj/街道.csv",
    ):
        assert served.dataset_of(path) == "streets", path
    for path in (
        "/",
        "/datasets/",
        "/data/",
        "/data/jtj",
        "/data/mzj/Streets",
        "/department/streets/",
        "/forms/streets",
    ):
        assert served.dataset_of(path) is None, path


def test_notices(tmp_path: Path) -> None:
    served = catalogue(tmp_path)
    suspended = parse('{"suspended": {"streets": {"since": "2026-11-22"}}}')
    blocked = parse('{"blocked_digests": ["d1"]}')
    assert served.notice("streets", parse("{}")) is None
    assert served.notice(None, suspended) is None
    found = served.notice("streets", suspended)
    assert found
    assert (found.kind, found.title, found.since) == ("suspended", "街道", "2026-11-22")
    withdrawn = served.notice("streets", blocked)
    assert withdrawn
    assert withdrawn.kind == "withdrawn"
    assert set(served.denied_tables(suspended)) == {("jtj", "streets"), ("jtj", "街道")}
    assert served.denied_tables(parse("{}")) == {}


def test_a_set_that_is_renamed_stays_suspended(tmp_path: Path) -> None:
    """The service told the id that it had then; a new id must not give it back."""
    served = catalogue(tmp_path)
    for note in ({"since": "2026-11-22", "reason": "核实中"}, {}):
        before = parse(json.dumps({"suspended": {"old": note}}))
        found = served.notice("streets", before)
        assert found, note
        assert (found.kind, found.since) == ("suspended", note.get("since", ""))
        assert set(served.denied_tables(before)) == {("jtj", "streets"), ("jtj", "街道")}
    assert served.notice("streets", parse('{"suspended": {"older": {}}}')) is None


def test_tilde_encoding() -> None:
    assert tilde_decoded("~E5~85~AC~E4~BA~A4") == "公交"
    assert tilde_decoded("a%2Fb~2Fc") == "a%2Fb/c"
    assert tilde_decoded("plain") == "plain"
