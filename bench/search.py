"""Search at 10,000 datasets in a real browser: is what it finds right, how much does it fetch, how long does it take?

    python bench/search.py [--count 10000] [--queries 40] [--peer] [--all]

Truth: a dataset is an answer when every word of the folded query stands in its folded text (portal.text.matches).
Per query: the hits of the page, all of them, against the truth; the first ten as drawn; every byte that a first visit
to the page with this query fetches (page, style and scripts included); the time from submitting it in an open page to
the answer drawn. `--peer` asks Pagefind the same, over the same texts cut into the same pairs.
"""

from __future__ import annotations

import argparse
import platform
import random
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlencode

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import Browser

from bench.generate import make_catalogue, make_facts
from bench.searchpeer import ask_pagefind, build_pagefind, names_of
from bench.searchsite import make_site, serving
from bench.searchtools import HEAD, Result, browser, counted, table, truth_of
from bench.vocabulary import SYNONYMS
from portal.profile import load_profile
from portal.search import SearchRecord, indexed_text, records_for
from portal.text import fold, simplified_table

CITIZEN = (
    "公交 地铁 停车 充电桩 学区 幼儿园 招生 疫苗 药店 三级医院 急救 养老院 助餐 低保 结婚登记 买房 公积金 物业 电梯 "
    "空气质量 噪声 水质 台风 垃圾 公厕 路灯 积水 河长 菜价 古树 公园 图书馆 博物馆 健身 游泳 景区 律师 户籍 身份证 "
    "派出所 招聘 社保 工资 失业 企业名录 营业执照 食品抽检 专利 行政处罚 12345 办事指南 招标 预算 银行网点 加油站 "
    "GDP cpi 5G wifi 避难场所 消防站 地震 土地出让 快递 邮编 人工智能 独角兽"
)
ONE = "桥 水 医 学 a 5 税 龙"
MIXED = "PM2.5浓度 5G基站 IP地址 A级景区 AQI指数 aqi pm25 OUTLET_CODE ipv6 GDP月度 poi"
WIDE = "ＧＤＰ ５Ｇ ＰＭ２．５ （２０２４年） Ｗｉ－Ｆｉ ｗｉｆｉ"
TRADITIONAL = "養老機構 公交線路 醫療機構 環境監測 衛生間 電梯 圖書館 統一社會信用代碼"
ABSENT = "区块链宠物 量子计算机 火星 南极科考 数据据局 公公交交 zzzz 核聚变 xpm25 苏州是"
FIXED = {"citizen": CITIZEN, "one": ONE, "mixed": MIXED, "wide": WIDE, "traditional": TRADITIONAL, "absent": ABSENT}
SEVERAL = "木渎镇 学校|常熟市 公交 2024|排污 许可证|医保 药店 昆山|企业 GDP|桥梁 2023年|小区 电梯|公园 面积 姑苏区"


def queries(records: Sequence[SearchRecord], count: int, seed: int) -> list[tuple[str, str]]:
    """(kind, query): what citizens type, and `count` pieces of titles, data items and departments drawn by seed."""
    found = [(kind, query) for kind, text in FIXED.items() for query in text.split(" ")]
    found += [("several", query) for query in SEVERAL.split("|")]
    chance = random.Random(seed)
    back = {simple: chr(char) for char, simple in sorted(simplified_table().items(), reverse=True)}
    for number in range(count):
        record = chance.choice(records)
        name = chance.choice(
            (record.title, record.title, chance.choice(record.names), record.facets["department"][0].title)
        )
        length = min(len(name), chance.randint(2, 8))
        start = chance.randrange(len(name) - length + 1)
        piece = " ".join(name[start : start + length].split())
        kind = ("piece", "piece", "whole", "piece in traditional characters")[number % 4]
        if kind == "whole":
            piece = record.title
        elif kind != "piece":
            piece = "".join(back.get(char, char) for char in piece)
        found.append((kind, piece))
    return list(dict.fromkeys(found))


ALL_HITS = """async (query) => {
  const { SearchIndex } = await import("/assets/js/search-index.js");
  window.kaishu ??= SearchIndex.open("/search/index.json");
  const index = await window.kaishu;
  window.kaishuIds ??= await (await fetch(index.entry.base + "ids.json")).json();
  const { hits, more } = await index.find(query);
  return { hits: hits.map((hit) => window.kaishuIds[hit.record]), more: more.length };
}"""
SUBMIT = """(query) => new Promise((done) => {
  const input = document.querySelector("main input[name=q]");
  const mount = document.querySelector("#kaishu-search");
  input.value = query;
  const start = performance.now();
  new MutationObserver((_, watch) => {
    if (mount.hasAttribute("aria-busy")) return;
    watch.disconnect();
    requestAnimationFrame(() => done(performance.now() - start));
  }).observe(mount, { attributes: true, attributeFilter: ["aria-busy"] });
  input.form.requestSubmit();
})"""
READY = """() => { const status = document.querySelector("#kaishu-search [role=status]");
  return status?.textContent && !document.querySelector("#kaishu-search[aria-busy]"); }"""


def ask(chromium: Browser, base: str, texts: Mapping[str, str], asked: Sequence[tuple[str, str]]) -> list[Result]:
    """Every query once in a fresh browser for the bytes, once in an open page for the time, once for all its hits."""
    results: list[Result] = []
    with counted(chromium) as (open_page, _):
        open_page.goto(f"{base}/search/?q=数据")
        open_page.wait_for_function(READY)
        for kind, query in asked:
            right = truth_of(texts, query)
            with counted(chromium) as (page, fetched):
                page.goto(f"{base}/search/?" + urlencode({"q": query}))
                page.wait_for_function(READY)
                drawn = page.eval_on_selector_all(".card", "all => all.map((one) => one.dataset.id)")
                first = fetched[0]
            ms = open_page.evaluate(SUBMIT, query)
            hits = open_page.evaluate(ALL_HITS, query)["hits"]
            ten = min(10, len(right))
            share = len(right.intersection(drawn[:ten])) / ten if ten else 1.0
            found = len(right.intersection(hits))
            results.append(Result(query, kind, len(right), found, len(hits) - found, share, int(first), ms))
    return results


def main() -> None:
    """Make the catalogue, the index and the queries; ask; print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=40, help="drawn from the catalogue, beside the fixed ones")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--peer", action="store_true")
    parser.add_argument("--all", action="store_true", help="print every query")
    given = parser.parse_args()
    catalogue = make_catalogue(given.count)
    records = records_for(catalogue, make_facts(catalogue), load_profile("suzhou"))
    texts = {record.id: fold(indexed_text(record)) for record in records}
    asked = queries(records, given.queries, given.seed)
    with tempfile.TemporaryDirectory() as folder, browser() as chromium:
        site = Path(folder)
        start = time.perf_counter()
        report = make_site(site / "kaishu", records, synonyms=SYNONYMS)
        built = time.perf_counter() - start
        print(f"{platform.processor() or platform.machine()}, Chromium {chromium.version}, {len(records)} datasets")
        print(f"Kaishu: built in {built:.1f} s, {len(report.files)} files, {report.bytes / 1e6:.1f} MB\n", flush=True)
        with serving(site / "kaishu") as base:
            results = ask(chromium, base, texts, asked)
        lines = [table("Kaishu", results)]
        if given.all:
            for result in results:
                print(result, flush=True)
        if given.peer:
            start = time.perf_counter()
            build_pagefind(records, site / "pagefind")
            print(f"Pagefind: built in {time.perf_counter() - start:.1f} s\n", flush=True)
            with serving(site / "pagefind") as base:
                known = names_of(site / "pagefind")
                lines += [
                    table(name, ask_pagefind(chromium, base, known, texts=texts, asked=asked, exact=exact))
                    for name, exact in (("Pagefind", False), ("Pagefind, words quoted", True))
                ]
        print("\n".join([HEAD, *lines]))


if __name__ == "__main__":
    main()
