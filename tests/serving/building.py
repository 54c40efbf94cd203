"""The build command of the tests: publishes a release of the test city, or fails if told to."""

from __future__ import annotations

import sys
from pathlib import Path

from portal.settings import CODE
from tests.serving.city import release


def main(root: Path, word: str) -> int:
    """Publish `r-<word>`, or the word in `next-word` if somebody left one; the word `fail` fails."""
    note = root / "next-word"
    if note.exists():
        word = note.read_text("utf-8")
    with (root / "builds.log").open("a") as log:
        log.write(word + "\n")
    if word == "fail":
        return 1
    release(root, word)
    return 0


if __name__ == "__main__":
    assert CODE.exists()
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
