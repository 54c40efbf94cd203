"""The demonstration, built and served as `make serve` does it, seen by a visitor without cookies and by programs.

Every link leads somewhere, every file has the checksum that its page tells, the query API and the files hold the same
values, and the examples of the pages run.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import html
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

import httpx
import pytest
from playwright.sync_api import sync_playwright

from portal.settings import CODE
from tests.waiting import LONG, wait_until

HOST = "https://data.example.org"  # the address that the demonstration's catalogue tells
STARTS = ("/", "/en/", "/sitemap.xml", "/catalog.json", "/data.json", "/openapi.json", "/state.json", "/healthz")
TABLES = (
    "suzhou-village-codes", "suzhou-railway-stations", "suzhou-sun-times", "china-airports", "co2-weekly",
    "suzhou-area-centres", "suzhou-universities", "jiangsu-area-codes", "china-holidays", "suzhou-poems",
)  # fmt: skip
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--no-first-run"]  # fmt: skip


class Visitor(httpx.Client):
    """A visitor who waits where the limit that is equal for all says so, and keeps no cookies."""

    def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
        while (answer := super().send(request, **options)).status_code == 429:
            time.sleep(int(answer.headers["retry-after"]))
        self.cookies.clear()
        return answer


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A visitor of the demonstration; cookies are never sent back."""
    folder = tmp_path_factory.mktemp("demonstration")
    log = folder / "out.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "build.py", "serve", "--port", "0", "--build", str(folder / "build"), "--jobs", "2"],
            cwd=CODE,
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**os.environ, "KAISHU_VAR": str(folder / "var")},
        )

    def address() -> str:
        assert process.poll() is None, log.read_text("utf-8")
        found = re.search(r"(http://127\.0\.0\.1:\d+)/", log.read_text("utf-8"))
        return found.group(1) if found else ""

    wait_until(address, 600)
    with Visitor(base_url=address(), timeout=LONG, trust_env=False) as visitor:
        wait_until(lambda: all(visitor.get("/healthz").json().values()))
        yield visitor
    process.send_signal(signal.SIGTERM)
    assert process.wait(LONG) == 0


@pytest.fixture(scope="module")
def catalogue(client: httpx.Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/catalog.json").json()
    return found


def here(address: str, base: str, client: httpx.Client) -> tuple[str, str] | None:
    """Path with query, and fragment, of an address of this portal; None for another host's."""
    home = str(client.base_url).rstrip("/")
    whole, fragment = urldefrag(urljoin(home + base, html.unescape(address).replace(HOST, home)))
    return (whole.removeprefix(home) or "/", unquote(fragment)) if whole.startswith((home + "/", home)) else None


def links_of(path: str, answer: httpx.Response) -> list[str]:
    """The addresses that a page or a list of addresses names. Rows and variations of one table are left out."""
    media, text = answer.headers["content-type"], answer.text
    if "html" in media:
        found: list[str] = re.findall(r'(?:href|src|action)="([^"]*)"', text)
        if path.startswith("/data/"):
            return [one for one in found if "?" not in one and one.count("/") < 4]
        return [one for one in found if not one.startswith(("data:", "mailto:", "tel:"))]
    if path.endswith(".xml") and "sitemap" in path:
        return re.findall(r"<loc>([^<]+)</loc>", text)
    return re.findall(rf'"({HOST}/[^"]*)"', text) if path in ("/catalog.json", "/data.json") else []


@pytest.mark.parametrize("table", TABLES)
def test_the_query_api_and_the_file_hold_the_same_values(
    client: httpx.Client, catalogue: dict[str, Any], table: str
) -> None:
    """API-3, cell by cell, through all pages."""
    dataset = next(one for one in catalogue["datasets"] if table in [file.get("name") for file in one.get("files", [])])
    rows: list[dict[str, Any]] = []
    address = f"/data/{dataset['department']}/{table}.json?_shape=objects&_size=1000"
    while address:
        answer = client.get(address).json()
        rows += answer["rows"]
        address = answer["next_url"]
    file = client.get(f"/dataset/{dataset['id']}/{table}.json").json()
    names = list(file[0])
    assert len(rows) == len(file) == answer["filtered_table_rows_count"]
    # A table without a key is paged by its row number, which is then shown beside the columns.
    found = sorted(json.dumps([row[name] for name in names], ensure_ascii=False) for row in rows)
    assert found == sorted(json.dumps([row[name] for name in names], ensure_ascii=False) for row in file)
    assert set(rows[0]) - {"rowid"} == set(names)
    first = client.get(f"/data/{dataset['department']}/{table}.csv?_size=50").text
    whole = client.get(f"/dataset/{dataset['id']}/{table}.csv").text
    assert first.splitlines()[0].removeprefix("rowid,") == whole.splitlines()[0]


def example(client: httpx.Client, dataset: str, mark: str) -> str:
    """The example of a dataset's page that holds `mark`, with this portal's address in it."""
    blocks = re.findall(r"<pre[^>]*>(.*?)</pre>", client.get(f"/dataset/{dataset}/").text, re.DOTALL)
    texts = [html.unescape(re.sub(r"<[^>]+>", "", block)) for block in blocks]
    (text,) = [text for text in texts if mark in text]
    return text.replace(HOST, str(client.base_url).rstrip("/"))


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
def test_the_curl_example_runs_and_a_broken_download_goes_on(client: httpx.Client, tmp_path: Path) -> None:
    command = example(client, "suzhou-village-codes", f"curl '{HOST}/data/")
    done = subprocess.run(
        ["/bin/sh", "-c", command + " -sS --noproxy '*'"], capture_output=True, check=True, timeout=LONG
    )
    assert len(json.loads(done.stdout)["rows"]) == 100

    path, part = "/dataset/suzhou-village-codes/suzhou-village-codes.xlsx", tmp_path / "part.xlsx"
    whole = client.get(path).content
    part.write_bytes(whole[:30_000])
    address = f"{str(client.base_url).rstrip('/')}{path}"
    subprocess.run(["curl", "-sS", "--noproxy", "*", "-C", "-", "-o", part, address], check=True, timeout=LONG)
    assert part.read_bytes() == whole


@pytest.mark.parametrize("dataset", ["suzhou-village-codes", "suzhou-railway-stations"])
def test_the_python_example_runs(client: httpx.Client, catalogue: dict[str, Any], dataset: str) -> None:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(example(client, dataset, "urlopen"), {})
    rows = next(one["rows"] for one in catalogue["datasets"] if one["id"] == dataset)
    assert said.getvalue().startswith(f"{rows} {{'")


def test_the_javascript_example_runs_on_another_site(client: httpx.Client) -> None:
    code = example(client, "suzhou-village-codes", "await fetch")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        page = browser.new_page()  # about:blank: an origin that is not ours
        with page.expect_console_message() as said:
            page.evaluate(f"async () => {{ {code} }}")
        assert said.value.text.startswith("2248 ")
        browser.close()


def test_the_preview_of_a_real_table_turns_sorts_searches_and_filters(client: httpx.Client) -> None:
    """Through the front and the real query API, under the real security policy, at both widths."""
    file = CODE / "datasets" / "mzj" / "suzhou-village-codes.csv"
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8"))))
    found = [row for row in rows if any("平江" in value for value in row.values())]
    assert len(found) == 25  # counted with grep
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        for width in (1280, 390):
            page = browser.new_page(viewport={"width": width, "height": 900})
            page.set_default_timeout(1000 * LONG)
            complaints: list[str] = []
            page.on("console", lambda one, kept=complaints: kept.append(one.text) if one.type == "error" else None)
            page.goto(f"{client.base_url}/dataset/suzhou-village-codes/")
            box = page.locator("[data-preview]").first
            box.locator("[data-next]").click()
            page.wait_for_selector(f"text=第 21–40 行，共 {len(rows):,} 行")
            page.wait_for_selector(f"tbody tr:first-child td:first-child:has-text('{rows[20]['区划代码']}')")
            box.locator("th button").first.click()
            page.wait_for_selector("th[aria-sort=ascending]")
            box.locator("th button").first.click()
            last = max(row["区划代码"] for row in rows)
            page.wait_for_selector(f"tbody tr:first-child td:first-child:has-text('{last}')")
            box.locator("[data-find] input").fill("平江")
            box.locator("[data-find] button").click()
            page.wait_for_selector("text=第 1–20 行，共 25 行")
            box.locator("[data-filter] [name=column]").select_option("村居名称")
            box.locator("[data-filter] [name=op]").select_option("exact")
            box.locator("[data-filter] [name=value]").fill("拙政园社区居委会")
            box.locator("[data-filter] button").click()
            page.wait_for_selector("text=第 1–1 行，共 1 行")
            assert complaints == []
            page.close()
        browser.close()


# Last, as they use up the limit of this address, and the programs of the tests above do not wait for it.
def test_every_link_leads_somewhere_and_nobody_needs_a_cookie(client: httpx.Client) -> None:
    todo, came_from, seen = list(STARTS), dict.fromkeys(STARTS, "—"), set()
    names: dict[str, set[str]] = {}
    fragments: list[tuple[str, str, str]] = []
    broken: list[str] = []
    while todo:
        path = todo.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = client.get(path)
        if answer.status_code != 200:
            broken.append(f"{answer.status_code} {path} from {came_from[path]}")
            continue
        if "set-cookie" in answer.headers and not path.startswith(("/forms/", "/en/forms/")):
            broken.append(f"cookie {path}")
        if "html" in answer.headers["content-type"]:
            names[path] = set(re.findall(r' id="([^"]+)"', answer.text))
            if re.search(r' style="| on\w+="|<script(?![^>]* (?:src|type)=)|javascript:', answer.text):
                broken.append(f"inline code {path}")
        for link in links_of(path, answer):
            if target := here(link, path, client):
                came_from.setdefault(target[0], path)
                todo.append(target[0])
                if target[1]:
                    fragments.append((path, *target))
    broken += [
        f"#{name} of {page} from {path}" for path, page, name in fragments if name not in names.get(page, {name})
    ]
    assert broken == []
    assert len(seen) > 500


def test_every_download_has_the_checksum_that_page_and_catalogue_tell(
    client: httpx.Client, catalogue: dict[str, Any]
) -> None:
    count = 0
    for dataset in catalogue["datasets"]:
        if not dataset.get("downloads"):
            continue
        page = client.get(f"/dataset/{dataset['id']}/").text
        for file in dataset["downloads"]:
            body = client.get(file["url"].removeprefix(HOST), headers={"accept-encoding": "identity"}).content
            assert (len(body), hashlib.sha256(body).hexdigest()) == (file["bytes"], file["sha256"]), file["name"]
            assert file["sha256"] in page
            count += 1
    assert count > 150
