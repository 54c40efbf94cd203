"""Put the gate's report under a pull request, or renew the one that stands there. GitHub and Gitea speak alike here.

    python3 .ci/comment.py REPORT --number 12
    python3 .ci/comment.py REPORT --head OWNER:BRANCH --commit SHA     (a forge that does not tell the number)

Reads from the environment FORGE_API (address of the API), FORGE_REPOSITORY (owner/name) and FORGE_TOKEN. The report is
text of strangers: it is posted and nothing else. Only the standard library is used, because the token is near.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

MARK = "<!-- kaishu-gate -->"
LONGEST = 65_000
"""Characters that the forges take in a comment: GitHub 65,536."""


class Forge:
    """The few calls that are needed."""

    def __init__(self, api: str, repository: str, token: str) -> None:
        self._root, self._token = f"{api.rstrip('/')}/repos/{repository}", token

    def call(self, method: str, path: str, body: dict[str, str] | None = None) -> Any:
        """The answer to one request. Raises urllib.error.HTTPError."""
        request = urllib.request.Request(  # noqa: S310 -- the address is the forge's own
            self._root + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"token {self._token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 -- as above
            return json.load(answer)

    def number_of(self, head: str, commit: str) -> int | None:
        """The open pull request from this branch that still stands at this commit."""
        query = urllib.parse.urlencode({"state": "open", "head": head})
        found = [one["number"] for one in self.call("GET", f"/pulls?{query}") if one["head"]["sha"] == commit]
        return int(found[0]) if found else None

    def comment_of(self, number: int) -> int | None:
        """The report's comment, among the first hundred."""
        for one in self.call("GET", f"/issues/{number}/comments?per_page=100&limit=100"):
            if one["body"].startswith(MARK):
                return int(one["id"])
        return None


def post(forge: Forge, number: int, report: str) -> None:
    """Write the comment, over the last one where there is one."""
    body = {"body": f"{MARK}\n{report}"[:LONGEST]}
    there = forge.comment_of(number)
    if there is None:
        forge.call("POST", f"/issues/{number}/comments", body)
    else:
        forge.call("PATCH", f"/issues/comments/{there}", body)


def main() -> int:
    """Post one report; exit code 0, or 1 with a traceback where the forge refuses."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("report", type=Path)
    parser.add_argument("--number", type=int)
    parser.add_argument("--head")
    parser.add_argument("--commit")
    words = parser.parse_args()
    forge = Forge(os.environ["FORGE_API"], os.environ["FORGE_REPOSITORY"], os.environ["FORGE_TOKEN"])
    number = words.number or forge.number_of(words.head, words.commit)
    if number is None:
        sys.stderr.write("这个提交没有待处理的合并请求。No open pull request stands at this commit.\n")
        return 0
    post(forge, number, words.report.read_text("utf-8", errors="replace"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
