"""Starts the real supervisor on a test city: `python -m tests.serving.running ROOT` prints its address and serves."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from portal.front.limits import Limits, Rate
from portal.front.processes import Child
from portal.front.serve import Ways, serve
from portal.settings import Settings, environment
from tests.serving.city import settings_of

GENEROUS = Limits(
    files=Rate(10_000, 100_000), queries=Rate(1_000, 10_000), sends=Rate(1_000, 10_000), queries_at_once=2
)


def echo_forms(where: Path, settings: Settings, environ: Mapping[str, str]) -> Child:
    command = [sys.executable, "-m", "gunicorn", "tests.serving.formsapp:application", "--bind", f"unix:{where}"]
    command += ["--threads", "4", "--no-control-socket"]
    return Child("表单服务", command, dict(environ), log=settings.var / "log" / "forms.log")


def main(root: Path, word: str) -> int:
    """Serve until stopped; the build command publishes the release `word`."""
    build = [sys.executable, "-m", "tests.serving.building", str(root), word]
    ways = Ways(build=build, forms=echo_forms, limits=GENEROUS, at_start=False)
    return serve(settings_of(root), port=0, environ=environment(), ways=ways)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "built"))
