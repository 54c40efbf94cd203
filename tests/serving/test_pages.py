"""Pages and files through the real front: headers, conditional and ranged requests, old addresses, tricks."""

from __future__ import annotations

import gzip
import hashlib
import json
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from portal.front.headers import CSP
from tests.serving.conftest import RunningPortal
from tests.waiting import LONG, wait_until

PAGE = {"accept": "text/html"}


def raw_request(portal: RunningPortal, line: str, *headers: str, host: str = "portal.test", body: str = "") -> bytes:
    """A request as it stands, not tidied by a client library."""
    where = urlsplit(portal.address)
    with socket.create_connection((where.hostname, where.port), timeout=LONG) as connection:
        text = "\r\n".join([line, f"Host: {host}", "Connection: close", *headers, "", body])
        connection.sendall(text.encode("latin-1"))
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    return answer


def site(portal: RunningPortal, path: str) -> bytes:
    return (portal.root / "_build/live/site" / path).read_bytes()


@pytest.mark.parametrize(
    ("path", "media"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/dataset/bus-stops/", "text/html; charset=utf-8"),
        ("/en/dataset/bus-stops/", "text/html; charset=utf-8"),
        ("/dataset/bus-stops/bus-stops.csv", "text/csv; charset=utf-8"),
        ("/dataset/bus-stops/bus-stops.json", "application/json; charset=utf-8"),
        ("/dataset/bus-stops/bus-stops.parquet", "application/vnd.apache.parquet"),
        ("/dataset/bus-stops/bus-stops.zip", "application/zip"),
        ("/dataset/bus-stops/v/2022-01-01/bus-stops.csv", "text/csv; charset=utf-8"),
        ("/assets/site.one.css", "text/css; charset=utf-8"),
        ("/catalog.json", "application/json; charset=utf-8"),
        ("/state.json", "application/json"),
        ("/healthz", "application/json"),
        ("/data/jtj/bus-stops.json", "application/json; charset=utf-8"),
        ("/data/jtj/bus-stops.csv", "text/csv; charset=utf-8"),
        ("/data/", "text/html; charset=utf-8"),
        ("/forms/", "application/json"),
        ("/en/forms/case/", "application/json"),
    ],
)
def test_every_answer_is_open_to_all_and_carries_the_security_headers(
    portal: RunningPortal, path: str, media: str
) -> None:
    answer = portal.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == media
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in answer.headers["permissions-policy"]
    assert answer.headers["x-release"] == "r-one"
    if "/forms/" not in path:
        assert answer.headers["content-security-policy"] == CSP
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("path", "cache"),
    [
        ("/", "public, max-age=60, stale-while-revalidate=60"),
        ("/assets/site.one.css", "public, max-age=31536000, immutable"),
        ("/dataset/bus-stops/bus-stops.csv", "public, max-age=300, s-maxage=0"),
        ("/data/jtj/bus-stops.json", "public, max-age=60, s-maxage=0"),
        ("/state.json", "no-store"),
        ("/forms/", "no-store"),
        ("/desk/", "no-store"),
        ("/nothing/", "no-store"),
    ],
)
def test_how_long_an_answer_may_be_kept(portal: RunningPortal, path: str, cache: str) -> None:
    assert portal.get(path).headers["cache-control"] == cache


def test_data_may_be_read_by_other_sites_and_pages_may_not(portal: RunningPortal) -> None:
    for path in ("/dataset/bus-stops/bus-stops.csv", "/catalog.json", "/data/jtj/bus-stops.json", "/state.json"):
        assert portal.get(path, headers={"origin": "https://else.test"}).headers["access-control-allow-origin"] == "*"
    for path in ("/", "/assets/site.one.css"):
        assert "access-control-allow-origin" not in portal.get(path).headers


def test_the_tag_is_the_checksum_and_saves_the_second_download(portal: RunningPortal) -> None:
    path = "dataset/bus-stops/bus-stops.csv"
    plain = {"accept-encoding": "identity"}
    first = portal.get(f"/{path}", headers=plain)
    assert first.headers["etag"] == f'"{hashlib.sha256(site(portal, path)).hexdigest()[:32]}"'
    assert first.content == site(portal, path)

    for tags in (first.headers["etag"], f'"other", W/{first.headers["etag"]}', "*"):
        again = portal.get(f"/{path}", headers={**plain, "if-none-match": tags})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
    assert portal.get(f"/{path}", headers={**plain, "if-none-match": '"other"'}).status_code == 200
    by_date = {**plain, "if-modified-since": first.headers["last-modified"]}
    assert portal.get(f"/{path}", headers=by_date).status_code == 304
    assert portal.get(f"/{path}", headers={**by_date, "if-none-match": '"other"'}).status_code == 200


def test_compressed_copies_go_to_those_who_accept_them(portal: RunningPortal) -> None:
    packed = portal.client.build_request("GET", "/", headers={"accept-encoding": "gzip, br"})
    answer = portal.client.send(packed, stream=True)
    body = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["vary"] == "Accept-Encoding, Accept"
    assert gzip.decompress(body) == site(portal, "index.html")
    assert len(body) == int(answer.headers["content-length"])
    for refusal in ("identity", "gzip;q=0", "br", "gzip;q=0, *"):
        assert "content-encoding" not in portal.get("/", headers={"accept-encoding": refusal}).headers
    assert "content-encoding" not in portal.get("/catalog.json").headers  # too small to be worth it


@pytest.mark.parametrize(
    ("wanted", "status", "start", "stop"),
    [
        ("bytes=0-99", 206, 0, 100),
        ("bytes=100-", 206, 100, None),
        ("bytes=-8", 206, -8, None),
        ("bytes=0-0", 206, 0, 1),
        ("bytes=0-99999999", 200, 0, None),
        ("bytes=-99999999", 200, 0, None),
        ("bytes=5-2", 200, 0, None),
        ("bytes=0-1,4-5", 200, 0, None),
        ("items=0-1", 200, 0, None),
        ("bytes=-", 200, 0, None),
    ],
)
def test_parts_of_a_file(portal: RunningPortal, wanted: str, status: int, start: int, stop: int | None) -> None:
    path = "dataset/bus-stops/bus-stops.parquet"
    whole = site(portal, path)
    answer = portal.get(f"/{path}", headers={"range": wanted})
    assert (answer.status_code, answer.content) == (status, whole[start:stop])
    assert answer.headers["accept-ranges"] == "bytes"
    if status == 206:
        first = len(whole) + start if start < 0 else start
        last = first + len(answer.content) - 1
        assert answer.headers["content-range"] == f"bytes {first}-{last}/{len(whole)}"


def test_a_part_that_does_not_exist_is_416(portal: RunningPortal) -> None:
    path = "/dataset/bus-stops/bus-stops.parquet"
    size = len(site(portal, path[1:]))
    for wanted in (f"bytes={size}-", "bytes=-0"):
        answer = portal.get(path, headers={"range": wanted})
        assert answer.status_code == 416
        assert answer.headers["content-range"] == f"bytes */{size}"


def test_a_part_of_other_bytes_is_never_sent(portal: RunningPortal) -> None:
    path = "/dataset/bus-stops/bus-stops.csv"
    tag = portal.get(path, headers={"accept-encoding": "identity"}).headers["etag"]
    ranged = {"range": "bytes=0-9", "if-range": tag}
    assert portal.get(path, headers=ranged).status_code == 206
    assert portal.get(path, headers={**ranged, "if-range": '"older"'}).status_code == 200
    assert "content-encoding" not in portal.get(path, headers=ranged).headers


def test_head_tells_what_get_would(portal: RunningPortal) -> None:
    for path in ("/", "/dataset/bus-stops/bus-stops.parquet", "/data/jtj/bus-stops.json", "/nothing"):
        asked = portal.client.head(path, headers={"accept-encoding": "identity"})
        got = portal.get(path, headers={"accept-encoding": "identity"})
        assert (asked.status_code, asked.content) == (got.status_code, b"")
        assert asked.headers["content-type"] == got.headers["content-type"]
    size = len(site(portal, "dataset/bus-stops/bus-stops.parquet"))
    assert portal.client.head("/dataset/bus-stops/bus-stops.parquet").headers["content-length"] == str(size)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/datasets", "/datasets/"),
        ("/dataset/bus-stops", "/dataset/bus-stops/"),
        ("/dataset/bus-stops?tab=api", "/dataset/bus-stops/?tab=api"),
        ("/dataset/old-villages/", "/dataset/villages/"),
        ("/dataset/old-villages", "/dataset/villages/"),
        ("/en/dataset/old-villages/", "/en/dataset/villages/"),
        ("/dataset/old-villages/old-villages.csv", "/dataset/villages/villages.csv"),
        ("/data/mzj/old-villages.json?_size=1", "/data/mzj/villages.json?_size=1"),
        ("/data/mzj/old-villages/1", "/data/mzj/villages/1"),
        ("/data/old-mzj/villages.json?_size=1", "/data/mzj/villages.json?_size=1"),
        ("/dataset/old-villages/v/2022-01-01/old-villages.csv", "/dataset/villages/v/2022-01-01/villages.csv"),
        ("/data", "/data/"),
    ],
)
def test_old_and_short_addresses_lead_on(portal: RunningPortal, old: str, new: str) -> None:
    answer = portal.get(old)
    assert (answer.status_code, answer.headers["location"]) == (301, new)
    assert portal.get(new).status_code == 200


def test_a_missing_page_says_so_in_the_form_that_was_asked_for(portal: RunningPortal) -> None:
    page = portal.get("/nothing/here", headers=PAGE)
    assert page.status_code == 404
    assert page.content == site(portal, "404.html")
    assert portal.get("/nothing.json", headers=PAGE).json()["status"] == 404
    assert "没有这个页面" in portal.get("/nothing.csv").text


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "/..%2f..%2fetc/passwd",
        "/%2e%2e/%2e%2e/manifest.json",
        "/%252e%252e/manifest.json",
        "/dataset/../catalogue.json",
        "/./index.html",
        "/.git/config",
        "/dataset//bus-stops/",
        "//evil.test/",
        "//evil.test/datasets",
        "/dataset\\bus-stops\\",
        "/index.html%00.png",
        "/manifest.json",
        "/catalogue.json",
        "/shell.html",
        "/data/../catalogue.json",
        "/data/jtj/../../manifest.json",
        "/data/%2e%2e/%2d/metadata.json",
        "/site/index.html",
    ],
)
def test_nothing_outside_the_site_is_served(portal: RunningPortal, path: str) -> None:
    answer = raw_request(portal, f"GET {path} HTTP/1.1", "Accept: text/html")
    assert answer.startswith((b"HTTP/1.1 404", b"HTTP/1.1 400")), answer[:200]
    assert b"root:" not in answer
    assert b"\r\nlocation:" not in answer.lower()


def test_a_file_that_was_put_there_behind_our_back_is_not_served(portal: RunningPortal) -> None:
    live = portal.root / "_build/live/site"
    (live / "planted.html").write_text("<p>planted</p>", "utf-8")
    (live / "link.html").symlink_to("/etc/passwd")
    try:
        assert portal.get("/planted.html").status_code == 404
        assert portal.get("/link.html").status_code == 404
    finally:
        (live / "planted.html").unlink()
        (live / "link.html").unlink()


def test_what_is_not_a_read_is_refused_on_pages(portal: RunningPortal) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        answer = portal.client.request(method, "/dataset/bus-stops/")
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
    assert portal.client.post("/data/jtj/bus-stops.json", json={}).status_code == 405


def test_forms_get_the_whole_path_and_only_our_word_about_the_caller(portal: RunningPortal) -> None:
    lies = {
        "x-forwarded-for": "8.8.8.8",
        "x-forwarded-proto": "https",
        "forwarded": "for=8.8.8.8",
        "x-real-ip": "8.8.8.8",
        "connection": "x-secret, close",
        "x-secret": "hop",
        "cookie": "session=1",
        "host": "portal.test",
    }
    answer = portal.client.post("/forms/%E7%BA%A0%E9%94%99/x/?dataset=a%20b", headers=lies, content=b"k=v" * 100)
    told = answer.json()
    assert told["path"] == "/forms/%E7%BA%A0%E9%94%99/x/?dataset=a%20b"
    assert (told["method"], told["body"]) == ("POST", 300)
    headers = told["headers"]
    assert headers["x_forwarded_for"] == "127.0.0.1"
    assert headers["x_forwarded_proto"] == "http"
    assert headers["host"] == "portal.test"
    assert headers["cookie"] == "session=1"
    assert not {"forwarded", "x_real_ip", "x_secret"} & set(headers)
    assert answer.headers["set-cookie"].startswith("session=1")
    assert answer.headers["content-security-policy"] == "default-src 'none'; form-action 'self'"


def test_a_submission_may_not_be_larger_than_1_mb(portal: RunningPortal) -> None:
    fits = portal.client.post("/forms/x/", content=b"x" * (1 << 20))
    assert fits.json()["body"] == 1 << 20

    def endless() -> object:
        for _ in range(17):
            yield b"x" * (1 << 16)

    for content in (b"x" * ((1 << 20) + 1), endless()):
        answer = portal.client.post("/forms/x/", content=content, headers=PAGE)  # type: ignore[arg-type]
        assert answer.status_code == 413
        assert " 1 MB" in answer.text


def test_the_log_holds_short_addresses_and_no_question(portal: RunningPortal) -> None:
    portal.get("/dataset/bus-stops/bus-stops.csv?who=me")
    portal.client.post("/forms/case/TRACK-42/secret-code/?token=abc", content=b"")
    portal.client.get("/forms/ABCD-2345-EFGH-6789")
    wait_until(lambda: '"/forms/…"' in "".join(p.read_text("utf-8") for p in (portal.root / "var/log").glob("req*")))
    lines = [
        json.loads(line)
        for log in sorted((portal.root / "var/log").glob("requests-*.jsonl"))
        for line in log.read_text("utf-8").splitlines()
    ]
    csv = [line for line in lines if line["path"] == "/dataset/bus-stops/bus-stops.csv"][-1]
    assert (csv["status"], csv["release"], csv["address"]) == (200, "r-one", "127.0.0.0/24")
    assert csv["bytes"] > 1000
    assert csv["time"].endswith("+08:00")
    assert set(csv) == {"time", "method", "path", "status", "bytes", "ms", "release", "address"}
    text = json.dumps(lines)
    for hidden in ("who=me", "token", "TRACK-42", "secret-code", "ABCD-2345"):
        assert hidden not in text
    assert any(line["path"] == "/forms/case/" for line in lines)


def test_the_query_process_knows_no_secret(portal: RunningPortal) -> None:
    environ = Path(f"/proc/{portal.data_pid()}/environ").read_bytes().decode()
    assert "geheim" not in environ
    assert "SECRET" not in environ
    forms = [pid for pid in portal.pids() if "gunicorn" in Path(f"/proc/{pid}/cmdline").read_text()]
    assert "geheim" in Path(f"/proc/{forms[0]}/environ").read_bytes().decode()


def test_health_names_the_parts(portal: RunningPortal) -> None:
    assert portal.get("/healthz").json() == {"ok": True, "release": "r-one", "data": True, "forms": True}
