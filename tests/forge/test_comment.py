"""One comment under a pull request, renewed with each push; spoken to over real HTTP."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from bench.listening import listening
from portal.settings import CODE


class Forge(ThreadingHTTPServer):
    """The four calls as GitHub and Gitea answer them."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.comments: list[dict[str, Any]] = []
        self.heads = [("kunshan:data", "a" * 40, 7)]
        self.tokens: set[str | None] = set()


class Handler(BaseHTTPRequestHandler):
    server: Forge

    def log_message(self, *_: object) -> None:
        """Nothing to tell."""

    def _answer(self, value: object) -> None:
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _body(self) -> str:
        self.server.tokens.add(self.headers["Authorization"])
        return str(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["body"])

    def do_GET(self) -> None:
        if self.path.startswith("/repos/city/data/pulls?"):
            assert "head=kunshan%3Adata" in self.path
            self._answer([{"number": number, "head": {"sha": sha}} for _, sha, number in self.server.heads])
        else:
            assert self.path.startswith("/repos/city/data/issues/7/comments?")
            self._answer(self.server.comments)

    def do_POST(self) -> None:
        assert self.path == "/repos/city/data/issues/7/comments"
        self.server.comments.append({"id": 41 + len(self.server.comments), "body": self._body()})
        self._answer({})

    def do_PATCH(self) -> None:
        found = next(
            one for one in self.server.comments if self.path == f"/repos/city/data/issues/comments/{one['id']}"
        )
        found["body"] = self._body()
        self._answer({})


@pytest.fixture
def forge() -> Iterator[Forge]:
    server = Forge()
    with listening(server):
        yield server


def comment(forge: Forge, report: Path, *words: str) -> subprocess.CompletedProcess[str]:
    told = {
        "FORGE_API": f"http://127.0.0.1:{forge.server_port}/", "FORGE_REPOSITORY": "city/data", "FORGE_TOKEN": "t0ken",
    }  # fmt: skip
    command = [sys.executable, str(CODE / ".ci/comment.py"), str(report), *words]
    return subprocess.run(command, env=os.environ | told, capture_output=True, text=True, timeout=600, check=False)


def test_the_report_is_one_comment_that_is_renewed(forge: Forge, tmp_path: Path) -> None:
    report = tmp_path / "report.md"
    forge.comments.append({"id": 40, "body": "谢谢"})
    for text in ("第一次", "第二次"):
        report.write_text(text, "utf-8")
        done = comment(forge, report, "--number", "7")
        assert done.returncode == 0, done.stderr
    assert [one["body"] for one in forge.comments] == ["谢谢", "<!-- kaishu-gate -->\n第二次"]
    assert forge.tokens == {"token t0ken"}


def test_the_request_is_found_by_its_branch_and_commit(forge: Forge, tmp_path: Path) -> None:
    report = tmp_path / "report.md"
    report.write_text("好", "utf-8")
    assert comment(forge, report, "--head", "kunshan:data", "--commit", "a" * 40).returncode == 0
    assert len(forge.comments) == 1
    late = comment(forge, report, "--head", "kunshan:data", "--commit", "b" * 40)
    assert late.returncode == 0
    assert "没有待处理的合并请求" in late.stderr
    assert len(forge.comments) == 1


def test_a_report_is_cut_where_a_forge_would_refuse_it(forge: Forge, tmp_path: Path) -> None:
    report = tmp_path / "report.md"
    report.write_text("长" * 70_000, "utf-8")
    assert comment(forge, report, "--number", "7").returncode == 0
    assert len(forge.comments[0]["body"]) == 65_000
