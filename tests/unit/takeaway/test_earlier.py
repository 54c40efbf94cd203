"""portal/takeaway/earlier.py: earlier releases come back from a real Git history, and only those that may."""

from __future__ import annotations

import csv
import json
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from portal.digests import content_digest, file_digest
from portal.facts import ReleaseFacts
from portal.model import Dataset, Release
from portal.places import put_in_place
from portal.problems import CatalogueHasProblems, Problem
from portal.tablefile import Prepared, prepare
from portal.tables import load_dataset
from portal.takeaway.earlier import Archive, earlier_releases
from portal.wording import WORDING
from tests.catalogues import ENTRY, changed, make_catalogue
from tests.tabular import column, imprint

ROWS = "编号,名称,面积\n{}\n"


class City:
    """A city's folder in a repository; each `state` is a commit and a release."""

    def __init__(self, root: Path) -> None:
        self.root, self.releases = root, list[Release]()
        root.mkdir()
        self.git("init", "-q", "-b", "main")

    def git(self, *words: str) -> None:
        who = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *who, *words], cwd=self.root, check=True, capture_output=True)

    def state(self, day: str, rows: str, **changes: Any) -> Release:
        make_catalogue(self.root, rows=rows, data_date=day, **changes)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", day)
        self.dataset = Dataset.model_validate({"id": "parks", "department": "ylj", **changed(ENTRY, {"data_date": day, **changes})})  # fmt: skip
        digests = {f.path: file_digest(self.root / "datasets" / "ylj" / f.path) for f in self.dataset.files}
        digest = content_digest(self.dataset, digests)
        self.releases.append(Release(release=day, digest=digest, files=digests, note=f"第 {len(self.releases) + 1} 次"))
        return self.releases[-1]

    def earlier(self, blocked: frozenset[str] = frozenset()) -> tuple[list[ReleaseFacts], list[Problem], Path]:
        folder = self.root.parent / f"out-{len(list(self.root.parent.iterdir()))}"
        folder.mkdir()
        archive = Archive(self.root, self.root.parent / "cache", blocked, self.load)
        present = self.releases[-1].digest
        facts, problems, _, _, places = earlier_releases(self.dataset, self.releases, present, archive=archive, imprint=imprint(), at="")  # fmt: skip
        put_in_place(places, folder, archive.cache)
        for problem in problems:
            for text in (*WORDING[problem.rule].message, *WORDING[problem.rule].advice):
                text.format(**problem.values)
        return list(facts), problems, folder

    def load(self, dataset: Dataset, files: Mapping[str, Path], target: Path) -> None:
        prepared: dict[str, Prepared] = {}
        for file in dataset.files:
            path = files[file.path]
            found, problems = prepare(path.parent, path.name, file, self.root.parent / "cache")
            if found is None:
                raise CatalogueHasProblems(problems)
            prepared[file.key] = found
        load_dataset(dataset, prepared, target)


@pytest.fixture
def city(tmp_path: Path) -> City:
    return City(tmp_path / "city")


def other_schema() -> dict[str, Any]:
    return {"files": [{"path": "parks.csv", "schema": {"fields": [column("代号"), column("名")]}}]}


def test_an_earlier_release_stands_at_its_address_with_its_own_schema_and_words(city: City) -> None:
    old = city.state("2024-01-01", "代号,名\n01,旧园\n", title="旧的公园名录（2024年）", **other_schema())
    city.state("2025-12-31", ROWS.format("0001,东园,1.0"))
    (facts,), problems, folder = city.earlier()
    assert problems == []
    assert (facts.release, facts.digest, facts.note) == ("2024-01-01", old.digest, "第 1 次")
    here = folder / "v" / "2024-01-01"
    assert sorted(path.name for path in here.iterdir()) == ["datapackage.json", "datapackage.json.gz", "parks.csv", "parks.zip"]  # fmt: skip
    with (here / "parks.csv").open(encoding="utf-8", newline="") as stream:
        assert list(csv.reader(stream)) == [["代号", "名"], ["01", "旧园"]]
    said = json.loads((here / "datapackage.json").read_text("utf-8"))
    assert (said["version"], said["title"]) == ("2024-01-01", "旧的公园名录（2024年）")
    assert zipfile.ZipFile(here / "parks.zip").namelist()[0] == "parks.csv"
    for download in facts.downloads:
        assert (here / download.name).stat().st_size == download.bytes
        assert file_digest(here / download.name) == download.sha256


def test_newest_first_and_the_present_one_is_none_of_them(city: City) -> None:
    for day in ("2024-01-01", "2024-06-01", "2025-12-31"):
        city.state(day, ROWS.format(f"0001,{day},1.0"))
    city.releases.insert(1, city.releases[0].model_copy(update={"release": "2024-01-01-10"}))
    city.releases.insert(1, city.releases[0].model_copy(update={"release": "2024-01-01-9"}))
    facts, problems, _ = city.earlier()
    assert [one.release for one in facts] == ["2024-06-01", "2024-01-01-10", "2024-01-01-9", "2024-01-01"]
    assert problems == []


def test_a_second_build_asks_git_for_nothing(city: City) -> None:
    city.state("2024-01-01", ROWS.format("0001,东园,1.0"))
    city.state("2025-12-31", ROWS.format("0001,西园,1.0"))
    first, _, _ = city.earlier()
    (city.root / ".git").rename(city.root / "away")
    second, problems, folder = city.earlier()
    assert second == first
    assert problems == []
    assert (folder / "v" / "2024-01-01" / "parks.csv").exists()


@pytest.mark.parametrize("what", ["release", "file"])
def test_a_blocked_digest_never_comes_back_even_from_the_cache(city: City, what: str) -> None:
    old = city.state("2024-01-01", ROWS.format("0001,张三的手机号,1.0"))
    city.state("2025-12-31", ROWS.format("0001,西园,1.0"))
    assert len(city.earlier()[0]) == 1
    digest = old.digest if what == "release" else old.files["parks.csv"]
    facts, problems, folder = city.earlier(frozenset({digest}))
    assert (facts, problems, list(folder.iterdir())) == ([], [], [])


def test_what_was_not_open_in_its_time_stays_closed(city: City) -> None:
    city.state("2024-01-01", ROWS.format("0001,东园,1.0"), open_type="conditional")
    city.state("2025-12-31", ROWS.format("0001,西园,1.0"))
    assert city.earlier()[:2] == ([], [])


def test_an_entry_that_no_longer_reads_gives_way_to_the_present_schema(city: City) -> None:
    city.state("2024-01-01", ROWS.format("0001,东园,1.0"))
    entry = city.root / "catalog" / "ylj" / "parks.yml"
    entry.write_text("title: [broken\n", "utf-8")
    city.git("add", "-A")
    city.git("commit", "-q", "--amend", "-m", "the entry of then is broken")
    city.state("2025-12-31", ROWS.format("0001,西园,1.0"), title="今天的公园名录（2025年）")
    (facts,), problems, folder = city.earlier()
    assert problems == []
    said = json.loads((folder / "v" / facts.release / "datapackage.json").read_text("utf-8"))
    assert said["title"] == "今天的公园名录（2025年）"


def test_bytes_that_no_schema_reads_are_reported(city: City) -> None:
    city.state("2024-01-01", "全,不,同\n1,2,3\n")
    city.state("2025-12-31", ROWS.format("0001,西园,1.0"))
    facts, (problem,), _ = city.earlier()
    assert facts == []
    assert (problem.rule, problem.level, problem.path) == ("release-unreadable", "warning", "catalog/ylj/parks.releases.yml")  # fmt: skip


def test_bytes_that_are_not_there_are_reported_and_the_others_stand(city: City) -> None:
    city.state("2024-01-01", ROWS.format("0001,东园,1.0"))
    city.state("2025-12-31", ROWS.format("0001,西园,1.0"))
    lost = Release(release="2023-01-01", digest="a" * 64, files={"parks.csv": "b" * 64})
    city.releases.insert(0, lost)
    facts, (problem,), _ = city.earlier()
    assert [one.release for one in facts] == ["2024-01-01"]
    assert (problem.rule, problem.values["release"], problem.values["missing"]) == ("release-lost", "2023-01-01", "b" * 12)  # fmt: skip


def test_without_git_every_earlier_release_gives_a_warning(city: City) -> None:
    city.state("2024-01-01", ROWS.format("0001,东园,1.0"))
    city.state("2025-12-31", ROWS.format("0001,西园,1.0"))
    (city.root / ".git").rename(city.root / "away")
    facts, problems, _ = city.earlier()
    assert facts == []
    assert [problem.rule for problem in problems] == ["release-without-git"]
