"""The signed list of published files: openssl and sha256sum accept it, and one changed byte is found."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bench.listening import listening
from build import main
from portal.pipeline import build
from portal.problems import PortalError
from portal.progress import Progress
from portal.signing import load_signer
from portal.verify import told, verify
from tests.catalogues import make_catalogue, settings_for

QUIET = Progress("zh", Console(file=StringIO()))


def new_key(path: Path) -> Path:
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", str(path)], check=True)
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `site` (a signed release's files), `key.pem`, and another one's `other.pem`."""
    home = tmp_path_factory.mktemp("signed")
    city = make_catalogue(home / "city")
    settings = replace(settings_for(city), signing_key=new_key(home / "key.pem"))
    build(settings, QUIET)
    shutil.copytree(settings.live.resolve() / "site", home / "site")
    return home


@pytest.fixture
def site(made: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copytree(made / "site", tmp_path / "site"))


def quiet(_: int) -> None:
    """Tells nobody."""


def test_openssl_and_sha256sum_find_everything_as_it_is(made: Path) -> None:
    site = made / "site"
    words = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "manifest.pub", "-rawin", "-in", "manifest.txt"]
    judged = subprocess.run(
        [*words, "-sigfile", "manifest.txt.sig"], cwd=site, capture_output=True, text=True, check=True
    )
    assert "Signature Verified Successfully" in judged.stdout
    subprocess.run(["sha256sum", "--quiet", "--strict", "-c", "manifest.txt"], cwd=site, check=True)
    listed = {line.split("  ", 1)[1] for line in (site / "manifest.txt").read_text("utf-8").splitlines()}
    assert {"index.html", "dataset/parks/parks.csv", "department/ylj/ylj.zip", "downloads/portal.zip"} <= listed
    assert not [path for path in listed if path.endswith(".gz")]


def test_the_statement_says_what_it_is(made: Path) -> None:
    told_of = json.loads((made / "site/manifest.json").read_text("utf-8"))
    lines = (made / "site/manifest.txt").read_text("utf-8").splitlines()
    assert told_of["signed"] is True
    assert told_of["files"] == len(lines)
    assert told_of["algorithm"] == "Ed25519"
    assert len(told_of["key"]) == 16


def test_a_folder_is_as_it_was_published(made: Path) -> None:
    found = verify(str(made / "site"), tell=quiet)
    assert found.is_good
    assert (found.signature, found.extra, found.of("changed"), found.of("missing")) == ("own-key", (), [], [])
    assert verify(str(made / "site"), key=made / "site/manifest.pub", tell=quiet).signature == "good"


def test_one_changed_byte_is_found(site: Path) -> None:
    path = site / "dataset/parks/parks.csv"
    content = bytearray(path.read_bytes())
    content[-4] ^= 1
    path.write_bytes(content)
    found = verify(str(site), tell=quiet)
    assert not found.is_good
    assert found.of("changed") == ["dataset/parks/parks.csv"]
    assert "1 个文件与清单不符：\n  dataset/parks/parks.csv" in told(found, "zh")
    assert verify(str(site), only=["department/"], tell=quiet).is_good


def test_missing_and_added_files_are_found(site: Path) -> None:
    (site / "index.html").unlink()
    (site / "evil.html").write_text("x", "utf-8")
    found = verify(str(site), tell=quiet)
    assert (found.of("missing"), found.extra) == (["index.html"], ("evil.html",))
    assert "1 files are not on the list:\n  evil.html" in told(found, "en")


@pytest.mark.parametrize("harm", ["missing", "extra"])
def test_one_file_too_few_or_too_many_is_not_as_it_was_published(site: Path, harm: str) -> None:
    if harm == "missing":
        (site / "index.html").unlink()
    else:
        (site / "evil.html").write_text("x", "utf-8")
    assert not verify(str(site), tell=quiet).is_good


def test_a_release_that_is_published_meanwhile_is_checked_by_its_own_list(site: Path) -> None:
    (site / "manifest.txt.sig").unlink()
    asked = []

    def publish(files: int) -> None:
        """The list has been read; before the first file is, both are another release's."""
        asked.append(files)
        if len(asked) == 1:
            page, manifest = site / "index.html", site / "manifest.txt"
            before = hashlib.sha256(page.read_bytes()).hexdigest()
            page.write_text("the next release", "utf-8")
            after = hashlib.sha256(page.read_bytes()).hexdigest()
            manifest.write_text(manifest.read_text("utf-8").replace(f"{before}  index.html", f"{after}  index.html"))

    found = verify(str(site), tell=publish)
    assert (found.is_good, found.of("changed"), len(asked)) == (True, [], 2)


def test_a_compressed_copy_belongs_to_the_file_it_was_made_of(site: Path) -> None:
    packed = site / "index.html.gz"
    packed.write_bytes(gzip.compress((site / "index.html").read_bytes()))
    assert verify(str(site), tell=quiet).extra == ()
    packed.rename(site / "evil.html.gz")
    assert verify(str(site), tell=quiet).extra == ("evil.html.gz",)


@pytest.mark.parametrize("line", [f"{'0' * 64}  ../key.pem", f"{'0' * 64}  /etc/passwd", "0  index.html", "<html>"])
def test_a_list_that_leads_elsewhere_is_refused(site: Path, line: str) -> None:
    with (site / "manifest.txt").open("a", encoding="utf-8") as manifest:
        manifest.write(f"{line}\n")
    with pytest.raises(PortalError, match="清单的格式不对"):
        verify(str(site), tell=quiet)


def test_a_list_that_was_changed_together_with_a_file_has_no_right_signature(site: Path, made: Path) -> None:
    text = (site / "manifest.txt").read_text("utf-8")
    (site / "manifest.txt").write_text(text.replace(text[:64], "0" * 64, 1), "utf-8")
    assert verify(str(site), only=["zzz"], tell=quiet).signature == "bad"
    assert not verify(str(site), only=["zzz"], tell=quiet).is_good


def test_another_key_than_the_trusted_one_is_refused(made: Path, tmp_path: Path) -> None:
    other = load_signer(new_key(tmp_path / "other.pem"), made / "city")
    assert other
    (tmp_path / "other.pub").write_text(other.public, "ascii")
    found = verify(str(made / "site"), key=tmp_path / "other.pub", only=["zzz"], tell=quiet)
    assert (found.signature, found.is_good) == ("bad", False)
    with pytest.raises(PortalError, match="Ed25519"):
        verify(str(made / "site"), key=made / "site/index.html", tell=quiet)


def test_without_a_key_the_list_is_unsigned_and_says_so(tmp_path: Path) -> None:
    settings = settings_for(make_catalogue(tmp_path / "city"))
    build(settings, QUIET)
    site = settings.live.resolve() / "site"
    statement = json.loads((site / "manifest.json").read_text("utf-8"))
    assert statement["signed"] is False
    assert "没有签名" in statement["note"]
    assert not (site / "manifest.txt.sig").exists()
    found = verify(str(site), tell=quiet)
    assert (found.signature, found.is_good) == ("none", True)
    (tmp_path / "k.pub").write_text("x", "ascii")
    assert "没有签名" in told(found, "zh")


def test_a_demanded_signature_must_be_there(made: Path, site: Path) -> None:
    (site / "manifest.txt.sig").unlink()
    assert not verify(str(site), key=made / "site/manifest.pub", tell=quiet).is_good


def test_a_key_in_the_repository_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PortalError, match="仓库文件夹里"):
        load_signer(new_key(tmp_path / "key.pem"), tmp_path)
    (tmp_path / "k").mkdir()
    (tmp_path / "bad.pem").write_text("no key", "utf-8")
    with pytest.raises(PortalError, match="Ed25519"):
        load_signer(tmp_path / "bad.pem", tmp_path / "k")


def test_a_key_is_in_the_repository_by_whatever_name(tmp_path: Path) -> None:
    city, outside = tmp_path / "city", tmp_path / "key.pem"
    city.mkdir()
    outside.symlink_to(new_key(city / "key.pem"))
    for name in (outside, tmp_path / "city" / ".." / "city" / "key.pem"):
        with pytest.raises(PortalError, match="仓库文件夹里"):
            load_signer(name, city)


@pytest.mark.parametrize("kind", ["ed448", "x25519"])
def test_a_key_of_another_kind_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "key.pem"
    subprocess.run(["openssl", "genpkey", "-algorithm", kind, "-out", str(path)], check=True)
    with pytest.raises(PortalError, match="不是可以读取的 Ed25519 私钥"):
        load_signer(path, tmp_path / "city")


@pytest.fixture
def served(site: Path) -> Iterator[str]:
    """The copy behind a web server that withholds one set and is asked too often once."""

    class Handler(SimpleHTTPRequestHandler):
        busy = True

        def do_GET(self) -> None:
            if self.path == "/dataset/parks/parks.json":
                self.send_error(410)
            elif self.path == "/dataset/parks/parks.xml" and Handler.busy:
                Handler.busy = False
                self.send_response(429)
                self.send_header("retry-after", "0")
                self.send_header("content-length", "0")
                self.end_headers()
            else:
                super().do_GET()

        def log_message(self, *_: object) -> None:
            """Quiet."""

    with listening(ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(site)))) as address:
        yield address


def test_a_live_site_is_checked_over_the_network(served: str, site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = verify(served, tell=quiet)
    assert found.is_good
    assert found.of("withheld") == ["dataset/parks/parks.json"]

    page = site / "dataset/parks/index.html"
    page.write_bytes(page.read_bytes().replace(b"</html>", b"</HTML>"))
    assert main(["verify", served]) == 1
    assert "1 个文件与清单不符：\n  dataset/parks/index.html" in capsys.readouterr().out
    assert main(["verify", served, "department/", "--lang", "en"]) == 0
    assert main(["verify", "http://127.0.0.1:9"]) == 3


def test_a_file_that_a_live_site_lost_is_missing_and_not_withheld(served: str, site: Path) -> None:
    (site / "dataset/parks/parks.csv").unlink()
    found = verify(served, only=["dataset/parks/"], tell=quiet)
    assert not found.is_good
    assert (found.of("missing"), found.of("withheld")) == (["dataset/parks/parks.csv"], ["dataset/parks/parks.json"])
