"""Tiles of maps: the one other host that a page may take pictures from, and only the pages of datasets."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from starlette.types import Message

from portal.exports.internal import internal_json
from portal.front.catalogue import read_catalogue
from portal.front.headers import CSP
from portal.front.sent import Sent
from portal.model import MapBase
from tests.samples import a_catalogue, a_dataset

TILES = "https://tiles.example.org:8443/base/{z}/{x}/{y}.png"


def sent_policy(path: str, tiles: str) -> str:
    out: list[Message] = []

    async def keep(message: Message) -> None:
        out.append(message)

    watched = Sent("r", tiles).watching(keep, path)
    asyncio.run(watched({"type": "http.response.start", "status": 200, "headers": []}))
    return dict(out[0]["headers"])[b"content-security-policy"].decode()


def test_without_tiles_every_page_has_the_strict_policy() -> None:
    assert sent_policy("/dataset/parks/", "") == CSP


@pytest.mark.parametrize("path", ["/dataset/parks/", "/en/dataset/parks/"])
def test_pages_of_datasets_may_take_pictures_from_exactly_that_host(path: str) -> None:
    wider = sent_policy(path, "https://tiles.example.org:8443")
    assert wider == CSP.replace("img-src 'self' data:;", "img-src 'self' data: https://tiles.example.org:8443;")


def test_other_pages_may_not() -> None:
    assert sent_policy("/", "https://tiles.example.org:8443") == CSP
    assert sent_policy("/query/", "https://tiles.example.org:8443") == CSP


def test_the_host_goes_from_the_city_to_the_front(tmp_path: Path) -> None:
    catalogue = a_catalogue(a_dataset())
    assert "tiles" not in json.loads(internal_json(catalogue, {}, "r"))["portal"]
    tiled = catalogue.portal.model_copy(update={"map": MapBase(tiles=TILES)})
    text = internal_json(catalogue.model_copy(update={"portal": tiled}), {}, "r")
    (tmp_path / "catalogue.json").write_text(text, "utf-8")
    assert read_catalogue(tmp_path).tiles == "https://tiles.example.org:8443"


@pytest.mark.parametrize(
    "address", ["http://tiles.example.org/{z}", "https://a b/{z}", "https://x;script-src/{z}", "//x/y"]
)
def test_a_host_that_would_widen_the_policy_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="tiles"):
        MapBase(tiles=address)
