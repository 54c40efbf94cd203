"""`build.py desk usage import`: the request log becomes daily sums that hold no address (API-5, STA, AUD-5).

var/log/requests-YYYY-MM-DD.jsonl → var/public/usage.json, which the build reads for the statistics pages. A day that
has a log is counted anew each time, so importing twice changes nothing; a day whose log was put away keeps its sums.
Logs are kept for at least three years (AUD-2) and put away by the operator, never by this command.

Counted are answered reads: a page view is a page with 200 or 304, a download a whole file with 200, a call an answer
of the query API with 200. HEAD, parts of files, redirects and refusals count nothing. Everybody counts alike: people
and programs are not told apart, because nothing that could tell them apart is written down.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from portal.front.catalogue import ServedCatalogue, read_catalogue
from portal.front.misses import import_misses
from portal.problems import Exit
from portal.settings import Settings

_LOG = re.compile(r"requests-(\d{4}-\d{2}-\d{2})\.jsonl")
_FILE = re.compile(r"^(?:/en)?/dataset/[^/]+/(?:v/[^/]+/)?([^/]+)$")
_ENDINGS = ("excel.csv", "csv", "xlsx", "json", "xml", "parquet", "zip")
NOT_TABLES = "portal_static"


@dataclass
class Counts:
    """What was counted for one dataset, or for everything."""

    views: int = 0
    api: int = 0
    downloads: dict[str, int] = field(default_factory=dict)

    def tree(self) -> dict[str, Any]:
        """As usage.json holds it."""
        return {"views": self.views, "downloads": dict(sorted(self.downloads.items())), "api": self.api}


@dataclass
class Day:
    """One day's sums: of everything, and of each dataset."""

    total: Counts = field(default_factory=Counts)
    datasets: dict[str, Counts] = field(default_factory=dict)
    unread: int = 0

    def tree(self) -> dict[str, Any]:
        """As usage.json holds it."""
        found = {key: counts.tree() for key, counts in sorted(self.datasets.items())}
        return {"total": self.total.tree(), "datasets": found}


def count(lines: Iterable[str], catalogue: ServedCatalogue) -> Day:
    """The sums of one day's log. Lines that are no JSON (a crash in mid-write) are counted in `unread`."""
    day = Day()
    for line in lines:
        try:
            entry = json.loads(line)
            path, status, method = str(entry["path"]), int(entry["status"]), entry["method"]
        except (ValueError, KeyError, TypeError):
            day.unread += 1
            continue
        if method == "GET":
            _count_one(day, path, status, catalogue)
    return day


def _count_one(day: Day, path: str, status: int, catalogue: ServedCatalogue) -> None:
    dataset = catalogue.dataset_of(path)
    counted = [day.total] if dataset is None else [day.total, day.datasets.setdefault(dataset, Counts())]
    form = download_format(path)
    for counts in counted:
        if path.startswith("/data/"):
            counts.api += status == 200 and not path.startswith(f"/data/{NOT_TABLES}/")
        elif form:
            if status == 200:
                counts.downloads[form] = counts.downloads.get(form, 0) + 1
        elif path.endswith("/"):
            counts.views += status in (200, 304)
    if dataset and day.datasets[dataset] == Counts():
        del day.datasets[dataset]


def download_format(path: str) -> str | None:
    """The format of a file to take away, or None for any other address."""
    found = _FILE.match(path)
    if not found:
        return None
    name = found.group(1)
    if name == "datapackage.json":
        return "datapackage"
    return next((ending for ending in _ENDINGS if name.endswith(f".{ending}")), None)


def import_usage(settings: Settings) -> dict[str, Day]:
    """Count every log there is and write usage.json; what was counted, by day."""
    target = settings.var / "public" / "usage.json"
    catalogue = read_catalogue(settings.live)
    counted: dict[str, Day] = {}
    for log in sorted((settings.var / "log").glob("requests-*.jsonl")):
        if found := _LOG.fullmatch(log.name):
            with log.open(encoding="utf-8", errors="replace") as lines:
                counted[found.group(1)] = count(lines, catalogue)
    days = _known(target) | {day: sums.tree() for day, sums in counted.items()}
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_suffix(".part")
    beside.write_text(json.dumps({"days": dict(sorted(days.items()))}, ensure_ascii=False, indent=1) + "\n", "utf-8")
    beside.replace(target)
    return counted


def _known(target: Path) -> dict[str, Any]:
    try:
        days: dict[str, Any] = json.loads(target.read_text("utf-8"))["days"]
    except (FileNotFoundError, ValueError, KeyError):
        return {}
    return days


def main(words: Sequence[str], settings: Settings) -> int:
    """The operator's command; its exit code."""
    if list(words) != ["import"]:
        _say("用法：build.py desk usage import")
        return Exit.USAGE
    counted = import_usage(settings)
    for day, sums in sorted(counted.items()):
        files = sum(sums.total.downloads.values())
        broken = f"，{sums.unread} 行无法识别" if sums.unread else ""
        _say(f"{day}：页面 {sums.total.views} 次，下载 {files} 次，接口 {sums.total.api} 次{broken}")
    if gaps := import_misses(settings):
        _say(f"没有找到数据的检索词：{gaps} 个，已写入 {settings.var / 'public' / 'query-gaps.json'}")
    _say(f"已写入 {settings.var / 'public' / 'usage.json'}" if counted else "没有访问日志。")
    return Exit.DONE


def _say(text: str) -> None:
    print(text)  # noqa: T201 -- this is what the operator sees
