"""What the search benchmarks share: the truth, a browser that counts its bytes, the table of results."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from portal.text import words

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@dataclass(frozen=True)
class Result:
    """One query: how many answers it has, how many of them were found, how many hits are no answers, and the costs."""

    query: str
    kind: str
    answers: int
    found: int
    wrong: int
    first_ten: float
    bytes: int
    ms: float


def truth_of(texts: Mapping[str, str], query: str) -> set[str]:
    """The ids whose folded text holds every word of the query."""
    terms = words(query)
    return {ident for ident, text in texts.items() if terms and all(term in text for term in terms)}


@contextmanager
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@contextmanager
def counted(chromium: Browser) -> Iterator[tuple[Page, list[float]]]:
    """A page of a fresh visitor, and a list whose first item is the bytes it has fetched, headers included."""
    context = chromium.new_context()
    page = context.new_page()
    fetched = [0.0]
    session = context.new_cdp_session(page)
    session.send("Network.enable")

    def add(event: dict[str, Any]) -> None:
        fetched[0] += event["encodedDataLength"]

    session.on("Network.loadingFinished", add)
    yield page, fetched
    context.close()


def table(name: str, results: Sequence[Result]) -> str:
    """One line of the summary: recall and precision over all queries, bytes and times as median and worst."""
    answers = sum(result.answers for result in results)
    with_answers = [result for result in results if result.answers]
    recall = statistics.fmean(result.found / result.answers for result in with_answers)
    precise = statistics.fmean(result.first_ten for result in with_answers)
    sizes, times = [result.bytes / 1000 for result in results], [result.ms for result in results]
    over = sum(size >= 250 for size in sizes)
    return (
        f"| {name} | {len(results)} | {answers} | {recall:.4f} | {precise:.4f} | {sum(r.wrong for r in results)} "
        f"| {statistics.median(sizes):.0f} / {max(sizes):.0f} ({over}) "
        f"| {statistics.median(times):.0f} / {max(times):.0f} |"
    )


HEAD = (
    "| index | queries | answers | recall | precision@10 | false hits | first query, kB: median / worst (over 250) "
    "| later query, ms: median / worst |\n|---|---|---|---|---|---|---|---|"
)
