"""Runs the front on a socket that the supervisor opened: `python -m portal.front CONFIG.json FD`.

The socket stays open while the front is restarted, so callers wait a moment instead of being turned away.
"""

from __future__ import annotations

import json
import resource
import socket
import sys
from pathlib import Path
from typing import Any

import uvicorn

from portal.front.app import FrontConfig, create_app
from portal.front.connections import bounded
from portal.front.limits import Limits, Rate
from portal.settings import wall_clock

DRAIN_SECONDS = 10
MOST_FILES = 65_536
FILES_FOR_ANSWERS = 512
"""Open files kept free for the answers' own: pages, downloads, sockets to the processes behind."""


def config_from(tree: dict[str, Any]) -> FrontConfig:
    """The configuration as `config_json` writes it."""
    limits = dict(tree["limits"])
    for name in ("files", "queries", "sends"):
        limits[name] = Rate(**limits[name])
    return FrontConfig(
        build=Path(tree["build"]),
        var=Path(tree["var"]),
        upstreams=Path(tree["upstreams"]),
        clock=wall_clock,
        limits=Limits(**limits),
        behind_proxy=tree["behind_proxy"],
    )


def open_files() -> int:
    """How many files this process may hold open, after taking as many as it is allowed to."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wished = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
    if wished > soft:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wished, hard))
    return max(soft, wished)


def main(argv: list[str]) -> None:
    """Serve until told to stop; answers that have begun are finished first."""
    config = config_from(json.loads(Path(argv[0]).read_text("utf-8")))
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(config),
            http=bounded(0 if config.behind_proxy else config.limits.connections),
            ws="none",  # nothing here speaks it; without this an upgrade ends in 500
            limit_concurrency=max(64, open_files() - FILES_FOR_ANSWERS),
            access_log=False,
            log_level="error",  # a warning a broken request would let strangers fill the log
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=DRAIN_SECONDS,
            backlog=2048,
        )
    )
    server.run(sockets=[socket.socket(fileno=int(argv[1]))])


if __name__ == "__main__":
    main(sys.argv[1:])
