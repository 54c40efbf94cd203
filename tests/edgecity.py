"""Builds the city of tests/edges.py and serves it with everything real: `python -m tests.edgecity ROOT` prints where.

Front, query API and forms run as `build.py serve` runs them; only the limits are wide, because a browser that looks at
every page in a minute is not a visitor.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from portal.front.limits import Limits, Rate
from portal.front.serve import Ways, serve
from portal.pipeline import build
from portal.progress import Progress
from portal.settings import CODE, environment
from tests.catalogues import settings_for
from tests.edges import make_edges
from tests.waiting import LONG, wait_until

WIDE = Limits(files=Rate(10_000, 100_000), queries=Rate(1_000, 10_000), sends=Rate(100, 1_000), queries_at_once=2)


@dataclass(frozen=True)
class City:
    """A served city: its folder, the published site, the address without a slash."""

    root: Path
    site: Path
    url: str


@contextmanager
def served(root: Path) -> Iterator[City]:
    """The city below `root`, built and served until the end of the block."""
    log = root / "out.log"
    root.mkdir(parents=True, exist_ok=True)
    with log.open("w") as out:
        command = [sys.executable, "-m", "tests.edgecity", str(root)]
        process = subprocess.Popen(command, cwd=CODE, stdout=out, stderr=subprocess.STDOUT, env=dict(os.environ))
    try:

        def address() -> str:
            assert process.poll() is None, log.read_text("utf-8")
            found = re.search(r"(http://127\.0\.0\.1:\d+)/", log.read_text("utf-8"))
            return found[1] if found else ""

        wait_until(address, 600)
        wait_until(lambda: all(httpx.get(f"{address()}/healthz", trust_env=False, timeout=LONG).json().values()))
        yield City(root, root / "city" / "_build" / "live" / "site", address())
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(LONG)


def main(root: Path) -> int:
    """Build, then serve until stopped."""
    settings = settings_for(make_edges(root / "city"))
    build(settings, Progress("zh"))
    environ = dict(environment())
    return serve(settings, port=0, environ=environ, ways=Ways(limits=WIDE, at_start=False))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
