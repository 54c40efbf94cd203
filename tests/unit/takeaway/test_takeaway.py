"""portal/takeaway: every table in every format, missing ones with their reason, compressed copies, equal bytes."""

from __future__ import annotations

import gzip
import hashlib
import subprocess
import sys
from pathlib import Path

from portal.compression import compress
from portal.digests import file_digest
from portal.takeaway import FORMATS, write_package, write_tables
from tests.tabular import column, csv_text, entry, imprint, load, load_nasty


def test_downloads_are_described_as_they_lie_there(tmp_path: Path) -> None:
    dataset, database = load_nasty(tmp_path)
    out = tmp_path / "out"
    out.mkdir()
    written = write_tables(database, dataset, out)
    downloads = written.downloads + write_package(dataset, imprint(), written.downloads, tables=out, folder=out)
    assert [download.format for download in downloads] == [*FORMATS, "datapackage", "zip"]
    assert [download.name for download in downloads] == [
        *(f"parks.{ending}" for ending in ("csv", "excel.csv", "xlsx", "json", "xml", "parquet")),
        "datapackage.json",
        "parks.zip",
    ]
    for download in downloads:
        data = (out / download.name).read_bytes()
        assert (download.bytes, download.sha256) == (len(data), hashlib.sha256(data).hexdigest())
        assert (download.table, download.rows) == (("parks", 8) if download.format in FORMATS else ("", None))
        packed = out / (download.name + ".gz")
        assert packed.exists() == (download.format in ("csv", "excel.csv", "json", "xml", "datapackage"))
        if packed.exists():
            assert gzip.decompress(packed.read_bytes()) == data
    assert len(list(out.iterdir())) == 8 + 5, "nothing else is left behind"


def test_a_format_that_cannot_hold_a_table_is_missing_and_the_others_stand(tmp_path: Path) -> None:
    schema = {"fields": [column("a")]}
    files = [{"path": "parks.csv", "schema": schema}, {"path": "notes.csv", "schema": schema}]
    dataset = entry({}, files=files)
    database, _ = load(tmp_path, dataset, [csv_text("a", [["x"]]), csv_text("a", [["长" * 40_000]])])
    written = write_tables(database, dataset, tmp_path)
    (missing,) = written.missing
    assert (missing.table, missing.format) == ("notes", "xlsx")
    assert "32,767 个字符" in missing.reason
    assert "32,767 characters" in missing.reason_en
    assert not (tmp_path / "notes.xlsx").exists()
    assert [d.format for d in written.downloads if d.table == "notes"] == ["csv", "excel.csv", "json", "xml", "parquet"]
    assert [d.format for d in written.downloads if d.table == "parks"] == list(FORMATS)


def test_small_texts_are_not_compressed(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 999)
    (tmp_path / "b").write_bytes(b"x" * 1000)
    assert compress(tmp_path / "a") is None
    assert compress(tmp_path / "b") == file_digest(tmp_path / "b.gz")
    assert not (tmp_path / "a.gz").exists()
    assert (tmp_path / "b.gz").read_bytes()[4:8] == b"\0\0\0\0", "no time inside"


TWICE = """
import sys; from pathlib import Path
from portal.takeaway import write_package, write_tables
from tests.tabular import imprint, load_nasty
folder = Path(sys.argv[1]); dataset, database = load_nasty(folder)
downloads = write_tables(database, dataset, folder).downloads
write_package(dataset, imprint(), downloads, tables=folder, folder=folder)
"""


def test_the_same_rows_give_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    found = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        subprocess.run([sys.executable, "-c", TWICE, str(tmp_path / name)], check=True, cwd=Path(__file__).parents[3])
        found.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert found[0] == found[1]
    assert len(found[0]) == 15
