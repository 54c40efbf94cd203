"""The sample of conditional data is published like open data, and says that it is a sample; the whole never is."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from pathlib import Path
from zipfile import ZipFile

import pytest
from rich.console import Console

from portal.pipeline import build
from portal.progress import Progress
from portal.review import Verdict, review
from portal.settings import Settings
from tests.catalogues import ENTRY, clear, dump, settings_for, write_entry
from tests.sampling import ROWS, lay

QUIET = Progress("zh", Console(file=io.StringIO()))


def lay_whole(root: Path) -> Settings:
    """The city of tests/sampling.py with what else Shanghai's rules ask for, so that it can be built."""
    lay(root)
    folder = root / "catalog/ylj"
    parks = (folder / "parks.yml").read_text("utf-8").replace("ylj/parks/", "ZY-0001/")
    ground = "《上海市公共数据开放实施细则》第十四条：汇聚后须限定用途"
    (folder / "parks.yml").write_text(parks.replace("数据汇聚后须限定用途", ground), "utf-8")
    fields = [{**one, "source_ref": f"ZY-0002/F{n:02}"} for n, one in enumerate(ENTRY["files"][0]["schema"]["fields"])]
    schema = {**ENTRY["files"][0]["schema"], "fields": fields}
    gardens = {
        **ENTRY,
        "title": "苏州市公园和园林名录（2025年）",
        "generation_frequency": "annual",
        "files": [{"path": "gardens.csv", "schema": schema}],
        "relations": [{"to": "parks", "kind": "same-topic", "note": "同一时间、同一地区的园林与公园"}],
    }
    write_entry(root, "ylj", "gardens", gardens)
    resources = [
        {"id": "ZY-0001", "name": "公园", "department": "ylj", "fields": _items("id", "kind", "area")},
        {"id": "ZY-0002", "name": "园林", "department": "ylj", "fields": _items("F00", "F01", "F02")},
    ]
    (root / "catalog/resources.yml").write_text(dump(resources), "utf-8")
    settings = settings_for(root)
    for one in ("parks", "gardens"):
        clear(root, "ylj", one)
    review(settings, QUIET, "parks", Verdict("sample", "passed", "数据安全岗（示范）"))
    return settings


def _items(*names: str) -> list[dict[str, str]]:
    return [{"id": name, "name": name} for name in names]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Settings]:
    settings = lay_whole(tmp_path_factory.mktemp("sample"))
    build(settings, QUIET)
    return settings.live.resolve() / "site", settings


def test_the_sample_comes_in_every_format(site: tuple[Path, Settings]) -> None:
    folder = site[0] / "dataset/parks"
    endings = ("csv", "excel.csv", "xlsx", "json", "xml", "parquet", "zip")
    assert all((folder / f"parks-sample.{one}").is_file() for one in endings)
    rows = list(csv.reader(io.StringIO((folder / "parks-sample.csv").read_text("utf-8"))))
    assert len(rows) - 1 == len(ROWS)
    assert not (folder / "parks.csv").exists()
    assert not (folder / "parks.zip").exists()


def test_its_description_says_that_it_is_a_sample(site: tuple[Path, Settings]) -> None:
    folder = site[0] / "dataset/parks"
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert package["name"] == "parks-sample"
    assert package["title"].endswith("（样本）")
    assert package["description"].startswith("样本，不是全部数据：从全量 1,200 行中抽取")
    with ZipFile(folder / "parks-sample.zip") as opened:
        assert "（样本）" in opened.read("README.txt").decode("utf-8-sig").splitlines()[0]
    with ZipFile(site[0] / "downloads/portal.zip") as opened:
        assert "ylj/parks-sample/parks-sample.csv" in opened.namelist()


def test_the_page_offers_and_labels_it(site: tuple[Path, Settings]) -> None:
    page = (site[0] / "dataset/parks/index.html").read_text("utf-8")
    start = page.index('id="sample"')
    section = page[start : page.index("</section>", start)]
    for said in (
        "样本",
        "1,200",
        f"样本 {len(ROWS)} 行",
        "抽取方法",
        "parks-sample.csv",
        "/data/ylj/parks-sample.json",
    ):
        assert said in section
    assert section.count("<tr>") >= 20
    english = (site[0] / "en/dataset/parks/index.html").read_text("utf-8")
    assert "This is a sample, not the whole" in english


def test_the_query_api_has_it_and_nothing_of_the_whole(site: tuple[Path, Settings]) -> None:
    release = site[0].parent
    with sqlite3.connect(f"file:{release}/data/ylj.db?mode=ro", uri=True) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert "parks" not in names
        assert connection.execute('SELECT count(*) FROM "parks-sample"').fetchone() == (len(ROWS),)
    metadata = json.loads((release / "data/metadata.json").read_text("utf-8"))
    told = metadata["databases"]["ylj"]["tables"]["parks-sample"]
    assert told["title"].endswith("（样本）")
    assert told["kaishu"]["dataset"] == "parks"
    lean = json.loads((release / "catalogue.json").read_text("utf-8"))["datasets"]["parks"]
    assert lean["tables"] == ["parks-sample"]


def test_the_profile_of_the_whole_stays_inside(site: tuple[Path, Settings]) -> None:
    entries = json.loads((site[0] / "catalog.json").read_text("utf-8"))["datasets"]
    entry = next(one for one in entries if one["id"] == "parks")
    assert "profile" not in entry["sample"]
    assert next(one["url"].rsplit("/", 1)[1] for one in entry["sample"]["downloads"]) == "parks-sample.csv"
