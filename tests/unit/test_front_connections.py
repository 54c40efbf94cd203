"""Requests that are too large, too slow or too many, against a real uvicorn with our protocol; times are shortened."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import uvicorn

from portal.front import connections
from portal.front.connections import HEAD_BYTES, bounded
from tests.waiting import LONG, wait_until

BIG = b"x" * 20_000_000


async def hello(scope: Any, receive: Any, send: Any) -> None:
    """Says which address was asked; /big is more than any buffer holds; /late reads a body, others do not."""
    if scope["path"] == "/late":
        while (await receive()).get("more_body"):
            pass
    body = BIG if scope["path"] == "/big" else scope["raw_path"] + b"?" + scope["query_string"]
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for start in range(0, len(body), 1 << 18):
        await send({"type": "http.response.body", "body": body[start : start + (1 << 18)], "more_body": True})
    await send({"type": "http.response.body", "body": b""})


Connect = Callable[[], socket.socket]


@contextmanager
def serving(most: int = 0) -> Iterator[tuple[Connect, uvicorn.Server]]:
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    config = uvicorn.Config(hello, http=bounded(most), ws="none", lifespan="off", log_level="critical", loop="asyncio")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    opened: list[socket.socket] = []

    def connect() -> socket.socket:
        opened.append(socket.create_connection(listening.getsockname(), timeout=LONG))
        return opened[-1]

    try:
        yield connect, server
    finally:
        for one in opened:
            one.close()
        server.should_exit = True
        thread.join(LONG)
        listening.close()


def answer(connection: socket.socket, asked: bytes, *, close: bool = True) -> bytes:
    """Everything that comes back until the other side closes."""
    connection.sendall(asked + (b"Connection: close\r\n\r\n" if close else b""))
    return drained(connection)


def drained(connection: socket.socket) -> bytes:
    found = b""
    try:
        while piece := connection.recv(1 << 20):
            found += piece
    except ConnectionResetError:
        pass
    return found


def one_answer(connection: socket.socket) -> bytes:
    """One answer of a connection that stays open: to the last of its chunks."""
    found = b""
    while not found.endswith(b"\r\n0\r\n\r\n"):
        piece = connection.recv(1 << 20)
        assert piece, found
        found += piece
    return found


def drip(connection: socket.socket, text: bytes) -> None:
    for sign in text:
        connection.sendall(bytes([sign]))
        time.sleep(0.05)


SHORT = 2.0
"""Seconds instead of the portal's own, long enough for this thread to say what it has to say."""
HEAD = b"GET /a HTTP/1.1\r\nHost: portal.test\r\n"


def test_a_plain_request_is_answered_and_the_next_one_on_the_same_connection_too() -> None:
    with serving() as (connect, _):
        connection = connect()
        connection.sendall(HEAD + b"\r\n")
        assert one_answer(connection).startswith(b"HTTP/1.1 200")
        assert answer(connection, HEAD).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("kind", ["one value", "many lines", "no end", "address", "in small pieces"])
def test_a_head_that_is_too_large_is_refused_and_not_kept(kind: str) -> None:
    large = b"x" * (HEAD_BYTES + 1000)
    asked = {
        "one value": HEAD + b"X: " + large + b"\r\n\r\n",
        "many lines": HEAD + b"".join(b"X-%d: y\r\n" % n for n in range(6000)) + b"\r\n",
        "no end": HEAD + b"X: " + large,
        "address": b"GET /" + large + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        "in small pieces": HEAD + b"X: " + large,
    }[kind]
    with serving() as (connect, _):
        connection = connect()
        if kind == "in small pieces":
            for start in range(0, len(asked), 4000):
                connection.sendall(asked[start : start + 4000])
                time.sleep(0.01)
        else:
            connection.sendall(asked)
        told = drained(connection)
        assert told.startswith(b"HTTP/1.1 431 ")
        assert "请求头过大".encode() in told
        assert answer(connect(), HEAD + b"X: " + b"x" * (HEAD_BYTES - 500) + b"\r\n").startswith(b"HTTP/1.1 200")


def test_what_is_no_request_is_told_so_without_a_word_about_the_server() -> None:
    with serving() as (connect, _):
        for nonsense in (b"FOO / HTTP/1.1\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n"):
            told = answer(connect(), nonsense, close=False)
            assert told.startswith(b"HTTP/1.1 400 Bad Request")
            assert "请求无法识别".encode() in told
            assert b"server:" not in told.lower()


def test_an_upgrade_to_websockets_is_answered_as_a_plain_request() -> None:
    upgrade = b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n\r\n"
    with serving() as (connect, _):
        connection = connect()
        connection.sendall(HEAD + upgrade)
        assert connection.recv(4096).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("first", [b"", b"G", b"GET / HTTP/1.1\r\nHost: x\r\n", HEAD + b"\r\n" + HEAD])
def test_a_head_that_never_ends_is_not_waited_for(first: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", SHORT)
    with serving() as (connect, server):
        connection = connect()
        connection.sendall(first)
        if first.startswith(HEAD):
            assert one_answer(connection).startswith(b"HTTP/1.1 200")
            connection.sendall(b"X-More: y")
        drained(connection)  # it ends: the connection itself would wait far longer
        wait_until(lambda: not server.server_state.connections)


def test_bytes_that_drip_do_not_prolong_the_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", SHORT)
    with serving() as (connect, _):
        connection = connect()
        with pytest.raises((ConnectionResetError, BrokenPipeError)):  # as the moment has it
            drip(connection, HEAD * 20)


def test_a_body_that_nobody_wants_may_not_drip_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", SHORT)
    with serving() as (connect, _):
        connection = connect()
        connection.sendall(b"POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n")
        assert one_answer(connection).startswith(b"HTTP/1.1 200")
        with pytest.raises((ConnectionResetError, BrokenPipeError)):
            drip(connection, b"x" * 800)


def test_who_does_not_read_is_given_up_and_who_reads_slowly_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "STALLED_SECONDS", 3.0)
    with serving() as (connect, server):
        stalled, slow = connect(), connect()
        for one in (stalled, slow):
            one.sendall(HEAD.replace(b"/a", b"/big") + b"Connection: close\r\n\r\n")
        read = 0
        while piece := slow.recv(1 << 20):
            read += len(piece)
            time.sleep(0.25)  # twenty times: longer than a reader who stalls is given
        assert read > len(BIG)
        wait_until(lambda: not server.server_state.connections)


def test_one_address_holds_so_many_connections_and_no_more() -> None:
    with serving(most=5) as (connect, server):
        first = [connect() for _ in range(5)]
        assert drained(connect()) == b""  # one too many: closed without a word
        assert answer(first[0], HEAD).startswith(b"HTTP/1.1 200")
        first[0].close()
        wait_until(lambda: len(server.server_state.connections) == 4)
        assert answer(connect(), HEAD).startswith(b"HTTP/1.1 200")  # there is room again


def test_chinese_characters_in_an_address_are_taken_as_curl_sends_them() -> None:
    with serving() as (connect, _):
        told = answer(connect(), "GET /数据?区县=相城区 HTTP/1.1\r\nHost: x\r\n".encode())
        assert b"/%E6%95%B0%E6%8D%AE?%E5%8C%BA%E5%8E%BF=%E7%9B%B8%E5%9F%8E%E5%8C%BA" in told
