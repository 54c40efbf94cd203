"""The rules by which the service works are those of the live release, whichever build made it; no page fails for them."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from portal import profile as profiles
from portal.exports.rules import RULES, rules_json
from portal.problems import PortalError
from portal.profile import load_profile, profile_names
from portal.service.profiles import Profiles, tolerant
from tests.service.people import CORRECTION, hidden_of
from tests.service.server import Server

PROMISE = "九个工作日内处理完毕（示范）"


def rules(name: str = "suzhou", **changes: Any) -> dict[str, Any]:
    return deepcopy(json.loads(rules_json(name))) | changes


def publish(live: Path, text: str) -> None:
    """As a swap of the link does: another file at once."""
    beside = live / "next"
    beside.write_text(text, "utf-8")
    beside.replace(live / RULES)


def newer() -> dict[str, Any]:
    """A release of a later build: a new section, new keys within, and a value that changed."""
    tree = rules(tomorrow={"a": "1"})
    tree["feedback"] |= {"promise": PROMISE, "voice": "phone"}
    tree["feedback"]["extension"]["reasons"] = ["x"]
    return tree


def test_a_running_service_works_with_releases_of_other_builds(tmp_path: Path) -> None:
    server = Server(tmp_path)  # its first release is of a build that carried no rules yet
    server.start()
    try:
        with httpx.Client(base_url=server.address, timeout=60) as client:
            first = client.get("/forms/correction/")
            assert first.status_code == 200
            assert PROMISE not in first.text

            publish(server.live, json.dumps(newer()))
            for address in ("/forms/correction/", "/en/forms/correction/", "/forms/opinion/", "/forms/request/"):
                assert client.get(address).status_code == 200, address
            page = client.get("/forms/correction/").text
            assert PROMISE in page
            sent = client.post("/forms/correction/", data={**hidden_of(page), **CORRECTION})
            assert sent.status_code == 200
            assert PROMISE in sent.text

            older = newer()
            del older["ooc"], older["feedback"]["kinds"]
            publish(server.live, json.dumps(older))
            for address in ("/forms/correction/", "/forms/request/"):
                assert client.get(address).status_code == 200, address

            for broken in ("{", "[]", json.dumps(rules(feedback={"wd": "soon"}))):
                publish(server.live, broken)
                assert PROMISE in client.get("/forms/correction/").text, broken  # the last good rules stay in force
            publish(server.live, rules_json("suzhou"))
            assert PROMISE not in client.get("/forms/correction/").text
        log = (tmp_path / "log").read_text("utf-8")
        assert "feedback.extension.reasons, feedback.voice, tomorrow" in log
        assert log.count("those of before stay in force") == 3
        assert "Traceback" not in log
    finally:
        server.close()


@pytest.mark.parametrize("name", profile_names())
def test_the_rules_of_a_release_are_those_that_the_build_read(name: str, tmp_path: Path) -> None:
    (tmp_path / RULES).write_text(rules_json(name), "utf-8")
    assert Profiles(tmp_path).get(name) == load_profile(name)


def test_a_city_that_this_build_does_not_know(tmp_path: Path) -> None:
    publish(tmp_path, json.dumps(rules() | {"name": "atlantis"}))
    assert Profiles(tmp_path).get("atlantis").name == "atlantis"
    with pytest.raises(PortalError, match="城市规则无法使用"):
        Profiles(tmp_path / "nowhere").get("atlantis")


def test_newer_files_of_rules_beside_the_code_of_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The source tree was replaced under a running service, and the live release carries no rules."""
    for file in profiles.FOLDER.glob("*.yml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    city = yaml.load((tmp_path / "suzhou.yml").read_text("utf-8"), Loader=yaml.CBaseLoader)
    (tmp_path / "suzhou.yml").write_text(yaml.safe_dump({**city, "tomorrow": "1"}, allow_unicode=True), "utf-8")
    monkeypatch.setattr(profiles, "FOLDER", tmp_path)
    kept = Profiles(tmp_path / "live")
    with caplog.at_level(logging.WARNING):
        first = kept.get("suzhou")
        assert kept.get("suzhou") is first
    assert [one.getMessage() for one in caplog.records] == [
        "the rules of the release name what this service does not know: tomorrow"
    ]
    (tmp_path / "wuxi.yml").write_text("{broken", "utf-8")
    assert kept.get("wuxi") is first


def spoil_list(tree: dict[str, Any]) -> None:
    tree["roles"]["authority"]["room"] = "1"
    tree["open_type"]["sun"] = {"a": "b"}


@pytest.mark.parametrize("spoil", [spoil_list, lambda tree: tree.update(zz="1", aa="2")])
def test_what_is_unknown_is_left_out_and_named(spoil: Callable[[dict[str, Any]], None]) -> None:
    tree = rules()
    spoil(tree)
    before = deepcopy(tree)
    found, unknown = tolerant(tree)
    assert found == load_profile("suzhou")
    assert unknown in (["open_type.sun", "roles.authority.room"], ["aa", "zz"])
    assert tree == before
