"""Pagefind, asked the same: the same texts, cut into the same pairs on both sides, in the same run.

The plain binary of the package `pagefind-bin` is spoken to over its service protocol (JSON in base64, one message a
comma); its own JavaScript asks, in a page whose language is `en`, because in a Chinese page it cuts the query with
the browser's dictionary and then misses two hits of three. Facets come from its filters, the first ten results from
its fragments.
"""

from __future__ import annotations

import base64
import gzip
import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from bench.searchtools import Result, counted, truth_of
from portal.search import SearchRecord, indexed_text
from portal.text import bigrams, query_bigrams, words

SEARCH = """async ([query, facets]) => {
  const pagefind = await import("/pagefind/pagefind.js");
  await pagefind.options({ noWorker: true });
  const answer = await pagefind.search(query);
  const first = await Promise.all(answer.results.slice(0, 10).map((one) => one.data()));
  if (facets) await pagefind.filters();
  return { ids: answer.results.map((one) => one.id), first: first.map((one) => one.url) };
}"""
LATER = """async (query) => {
  const pagefind = await import("/pagefind/pagefind.js");
  const start = performance.now();
  const answer = await pagefind.search(query);
  await Promise.all(answer.results.slice(0, 10).map((one) => one.data()));
  return performance.now() - start;
}"""


class Service:
    """The binary in service mode; each call waits for its answer."""

    def __init__(self) -> None:
        from pagefind_bin import get_executable  # noqa: PLC0415 -- only the comparison needs the package

        self._process = subprocess.Popen(
            [str(get_executable()), "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._number = 0

    def call(self, **payload: Any) -> dict[str, Any]:
        """Send one message and read its answer. Raises RuntimeError on an error."""
        assert self._process.stdin
        assert self._process.stdout
        self._number += 1
        message = json.dumps({"message_id": self._number, "payload": payload}).encode()
        self._process.stdin.write(base64.b64encode(message) + b",")
        self._process.stdin.flush()
        raw = bytearray()
        while (byte := self._process.stdout.read(1)) not in (b",", b""):
            raw += byte
        answer = json.loads(base64.b64decode(bytes(raw)))["payload"]
        if answer["type"] == "Error":
            raise RuntimeError(answer)
        return answer

    def close(self) -> None:
        """Let it end."""
        self._process.communicate()


def build_pagefind(records: Sequence[SearchRecord], site: Path) -> None:
    """Index the records and write a page to ask from."""
    service = Service()
    index = service.call(type="NewIndex", config={})["index_id"]
    for record in records:
        filters = {key: [choice.value for choice in choices] for key, choices in record.facets.items() if choices}
        meta = {"title": record.title, "summary": record.summary}
        service.call(
            type="AddRecord",
            index_id=index,
            url=record.id,
            content=bigrams(indexed_text(record)),
            language="en",
            meta=meta,
            filters=filters,
            sort={},
        )
    service.call(type="BuildIndex", index_id=index)
    service.call(type="WriteFiles", index_id=index, output_path=str(site / "pagefind"))
    service.close()
    (site / "index.html").write_text('<!doctype html><html lang="en"><title>-</title><link rel="icon" href="data:,">')


def ask_pagefind(
    chromium: Browser,
    base: str,
    known: Mapping[str, str],
    *,
    texts: Mapping[str, str],
    asked: Sequence[tuple[str, str]],
    exact: bool,
) -> list[Result]:
    """As bench.search.ask. `known` maps the names of fragments to ids (names_of); `exact` puts one word in quotes."""
    results: list[Result] = []
    with counted(chromium) as (open_page, _):
        open_page.goto(f"{base}/")
        for kind, query in asked:
            right = truth_of(texts, query)
            cut = query_bigrams(query)
            if exact and len(words(query)) == 1:
                cut = f'"{cut}"'
            with counted(chromium) as (page, fetched):
                page.goto(f"{base}/")
                answer = page.evaluate(SEARCH, [cut, True])
                page.wait_for_timeout(30)
                first = fetched[0]
            ms = open_page.evaluate(LATER, cut)
            ids = [known[one] for one in answer["ids"]]
            ten = min(10, len(right))
            share = len(right.intersection(ids[:ten])) / ten if ten else 1.0
            found = len(right.intersection(ids))
            results.append(Result(query, kind, len(right), found, len(ids) - found, share, int(first), ms))
    return results


def names_of(site: Path) -> dict[str, str]:
    """Fragment name → record id, from the fragments themselves."""
    return {path.stem: _read(path)["url"].strip("/") for path in (site / "pagefind" / "fragment").glob("*.pf_fragment")}


def _read(path: Path) -> dict[str, Any]:
    text = gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd")
    found: dict[str, Any] = json.loads(text)
    return found
