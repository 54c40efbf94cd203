"""Rules about where data are offered: one channel, machine-readable and open formats (ACC-4, FMT-1, FMT-2).

数据开放平台是本市公共数据开放的唯一通道 (苏州 第九条第一款); the other four texts say the same. Another address needs a
record: integrated with the platform, or filed with the authority. The rows themselves are offered by the portal in
CSV, JSON, XML, XLSX and Parquet whatever file was handed in; the rules about formats are about that file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from portal.checks.shape import Finding, Key, Rule, Scene
from portal.checks.speech import texts_of, wording_of
from portal.model import Dataset
from portal.problems import shown

_URL = re.compile(r"(?:https?|ftp)://[^\s“”‘’\"'<>（）()，。；、]+", re.IGNORECASE)
_RECORD = re.compile(r"\d")
PROPRIETARY = {"xls": "XLS"}
"""Endings of formats that one firm's software defines; XLSX and ODS are published standards (ISO/IEC 29500, 26300)."""
NOT_TABLES = {
    **dict.fromkeys(("pdf",), "PDF 文件"),
    **dict.fromkeys(("doc", "docx", "wps", "rtf", "odt"), "文字处理文件"),
    **dict.fromkeys(("jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff", "webp", "svg"), "图片"),
    **dict.fromkeys(("ppt", "pptx"), "幻灯片"),
}
KINDS_EN = {"PDF 文件": "a PDF", "文字处理文件": "a word processor's file", "图片": "a picture", "幻灯片": "slides"}


def links_stay_here(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """Addresses in an entry's words lead to this portal, unless a record of integration or filing names the host."""
    own = urlsplit(scene.catalogue.portal.url).netloc.lower()
    recorded = {one.host.lower() for one in dataset.channels}
    for keys, text in _texts(dataset, scene):
        for address in _URL.findall(text):
            host = urlsplit(address).netloc.lower().rpartition("@")[2]
            if host != own and host not in recorded:
                yield Finding(keys, {"host": shown(host), "address": shown(address)})


def _texts(dataset: Dataset, scene: Scene) -> Iterator[tuple[tuple[Key, ...], str]]:
    """What the public reads of an entry; `source` and `licence` say where data come from, not where to get them."""
    if "://" in wording_of(dataset, scene):
        yield from ((said.keys, said.text) for said in texts_of(dataset))
    for key in ("static_reason", "open_scope", "open_content"):
        if text := getattr(dataset, key):
            yield (key,), text
    for index, condition in enumerate(dataset.open_conditions):
        yield ("open_conditions", index, "text"), condition.text
    for index, material in enumerate(dataset.application_materials):
        yield ("application_materials", index), material
    for index, relation in enumerate(dataset.relations):
        yield ("relations", index, "note"), relation.note or ""
    for key, text in (dataset.extra or {}).items():
        yield ("extra", key), text


def records_are_numbers(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """The record that allows another channel has a number, and so has an API's that runs elsewhere."""
    own = urlsplit(scene.catalogue.portal.url).netloc.lower()
    if dataset.api and urlsplit(dataset.api.endpoint).netloc.lower() != own and not _RECORD.search(dataset.api.record):
        yield Finding(("api", "record"), {"found": shown(dataset.api.record), "host": _host(dataset.api.endpoint)})
    for index, one in enumerate(dataset.channels):
        if not _RECORD.search(one.record):
            yield Finding(("channels", index, "record"), {"found": shown(one.record), "host": shown(one.host)})


def _host(address: str) -> str:
    return shown(urlsplit(address).netloc)


def files_are_tables(dataset: Dataset, _: Scene) -> Iterator[Finding]:
    """A data file is machine-readable: no PDF, picture or word processor's file (FMT-1)."""
    for index, file in enumerate(dataset.files):
        kind = NOT_TABLES.get(_ending(file.path))
        if kind:
            yield Finding(("files", index, "path"), {"file": shown(file.path), "kind": kind, "kind_en": KINDS_EN[kind]})


def files_are_open(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """A data file is in a format that needs no bought software, where the city refuses the others (FMT-2)."""
    if scene.profile.formats.proprietary == "refuse":
        for index, file in enumerate(dataset.files):
            if (kind := PROPRIETARY.get(_ending(file.path))) is not None:
                yield Finding(("files", index, "path"), {"file": shown(file.path), "kind": kind})


def _ending(path: str) -> str:
    return path.rpartition(".")[2].lower()


CHANNEL_RULES: dict[str, Rule] = {
    "external-channel": links_stay_here,
    "channel-record": records_are_numbers,
    "file-not-readable": files_are_tables,
    "file-proprietary": files_are_open,
}
