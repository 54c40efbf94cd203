"""A walk through ten pull requests in a real Git repository, as people type it: from a clerk's first dataset to a sneaky
downgrade and data that try to come back. What is merged is the base of the next one.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import yaml

from portal.settings import CODE
from tests.catalogues import dump, make_catalogue
from tests.gate.examples import change_entry, complete
from tests.gate.repository import begin, commit, git

POST = "数据安全岗（示范）"
STOPS = "datasets/ylj/bike-stops.csv"
ENTRY = "catalog/ylj/bike-stops.yml"
GBK_FILE = "站点编号,站点名称,车桩数,启用日期\n" + "".join(
    f"{number:05},绿道{number}号站,{20 + number % 7},2024-0{1 + number % 9}-15\n" for number in range(1, 31)
)


class City:
    """The clerk's checkout: a branch a pull request, the command line for everything."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.report = ""

    def build(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [
            sys.executable,
            str(CODE / "build.py"),
            *words,
            "--root",
            str(self.root),
            "--now",
            "2026-11-22T10:00",
        ]
        return subprocess.run(
            command, capture_output=True, text=True, timeout=600, check=False, env={**os.environ, "NO_COLOR": "1"}
        )

    def branch(self, name: str) -> None:
        git(self.root, "switch", "-qc", name, "main")

    def propose(self, message: str) -> set[str]:
        """Commit, and let the gate speak: the names of the rules that stop the change."""
        commit(self.root, message, author=("王科员", "clerk@example.org"))
        done = self.build("check", "--since", "main", "--format", "json")
        assert done.returncode in (0, 1), done.stderr
        self.report = done.stdout
        errors = {one["rule"] for one in json.loads(done.stdout) if one["level"] == "error"}
        assert done.returncode == (1 if errors else 0)
        return errors

    def merge(self) -> None:
        name = git(self.root, "branch", "--show-current")
        git(self.root, "switch", "-q", "main")
        git(self.root, "merge", "-q", "--ff-only", name)

    def give_up(self) -> None:
        git(self.root, "switch", "-q", "main")

    def review(self, dataset: str, *words: str) -> None:
        done = self.build("review", dataset, "--by", POST, *words)
        assert done.returncode == 0, done.stdout + done.stderr

    def edit(self, path: str, old: str, new: str) -> None:
        text = (self.root / path).read_text("utf-8")
        assert old in text, (path, old)
        (self.root / path).write_text(text.replace(old, new), "utf-8")


def pull_request_1_a_clerks_first_dataset(city: City) -> None:
    """A GBK file out of Excel becomes a draft; the gate waits until a person has filled it in and somebody reviewed it."""
    city.branch("bike-stops")
    (city.root / STOPS).write_bytes(GBK_FILE.encode("gb18030"))
    drafted = city.build("new", str(city.root / STOPS))
    assert drafted.returncode == 0, drafted.stderr
    assert "draft-left" in city.propose("draft")
    entry = yaml.load((city.root / ENTRY).read_text("utf-8"), Loader=yaml.BaseLoader)
    fields = entry["files"][0]["schema"]["fields"]
    assert [one["type"] for one in fields] == ["string", "string", "integer", "date"]  # 00001 is a code
    told = ["五位数字，由园林局编定", "站牌上写的名称", "可以还车的锁桩个数", "站点开始使用的日期"]
    for one, description in zip(fields, told, strict=True):
        one.update(title=one["name"], description=description)
    entry["files"][0]["schema"]["primaryKey"] = "站点编号"
    filled = {
        "title": "苏州市公共自行车站点名录（2024年）", "summary": "各公共自行车站点的编号、名称、车桩数和启用日期。",
        "domain": "transport", "open_type": "unconditional", "update_frequency": "annual", "data_date": "2024-12-31",
        "generation_frequency": "annual", "jurisdiction": "苏州市", "licence": {"name": "CC-BY-4.0"},
        "source": {"upstream": "园林局公共自行车台账（示范）"}, "files": entry["files"],
        "contact": {"office": "园林局信息中心（示范）"},
    }  # fmt: skip
    (city.root / ENTRY).write_text(dump(filled), "utf-8")
    assert city.propose("filled in") == {"review-missing"}
    city.review("bike-stops", "--note", "首次开放")
    assert city.propose("reviewed") == set()
    city.merge()


def pull_request_2_a_yearly_update(city: City) -> None:
    """New rows need a new review; with it they are a new release, and the old one stays."""
    city.branch("update")
    (city.root / STOPS).write_bytes((GBK_FILE + "00031,绿道31号站,24,2025-03-01\n").encode("gb18030"))
    city.edit(ENTRY, "2024-12-31", "2025-12-31")
    assert city.propose("new rows") == {"review-outdated"}
    city.review("bike-stops", "--note", "新增 1 个站点")
    assert city.propose("reviewed") == set()
    releases = yaml.safe_load((city.root / ENTRY).with_name("bike-stops.releases.yml").read_text("utf-8"))
    assert [one["release"] for one in releases] == ["2024-12-31", "2025-12-31"]
    city.merge()


def pull_request_3_a_cell_that_changed_after_the_review(city: City) -> None:
    city.branch("one-cell")
    text = (city.root / STOPS).read_bytes().decode("gb18030")
    (city.root / STOPS).write_bytes(text.replace("绿道7号站", "绿道七号站").encode("gb18030"))
    assert city.propose("a small thing") >= {"review-outdated"}
    city.give_up()


def pull_request_4_telephone_numbers_of_people(city: City) -> None:
    """They are found in a column of notes, and the report shows them only masked."""
    city.branch("notes")
    text = (city.root / STOPS).read_bytes().decode("gb18030")
    text = text.replace("绿道9号站", "绿道9号站 联系 １３９ １２３４ ５６７８")
    (city.root / STOPS).write_bytes(text.encode("gb18030"))
    assert "personal-mobile" in city.propose("who to call")
    assert "12345678" not in city.report.replace(" ", "")
    assert "１２３４" not in city.report
    city.give_up()


def pull_request_5_wrong_values_are_told_all_at_once(city: City) -> None:
    city.branch("hasty")
    rows = (
        GBK_FILE.replace("绿道3号站,23", "绿道3号站,二十三")
        .replace("00005,", "00004,")
        .replace("2024-08-15", "2024-13-15")
    )
    (city.root / STOPS).write_bytes((rows + "00031,绿道31号站,24\n").encode("gb18030"))
    assert city.propose("hasty") >= {"wrong-type", "primary-key", "missing-cell", "review-outdated"}
    places = {(one["rule"], one["row"]) for one in json.loads(city.report)}
    assert {("wrong-type", 4), ("primary-key", 6), ("missing-cell", 32)} <= places
    city.give_up()


def pull_request_6_an_open_downgrade_needs_its_record(city: City) -> None:
    """Suzhou's final text has no rule; the house asks who decided and why (requirements §3.6)."""
    city.branch("conditional")
    (city.root / STOPS).unlink()
    change_entry(
        city.root, ENTRY, open_type="conditional", open_ground="数据汇聚后须限定用途",
        open_conditions=[{"category": "security", "text": "具备数据安全管理制度", "ground": "汇聚后有识别风险"}],
        application_materials=["数据安全管理制度"],
    )  # fmt: skip
    assert "type-change-unrecorded" in city.propose("now conditional")
    city.give_up()


def pull_request_7_a_sneaky_downgrade(city: City) -> None:
    """The class stays, but a column goes, a fifth of the rows, and the rhythm slows: each is named."""
    city.branch("sneaky")
    rows = [line.rsplit(",", 1)[0] for line in GBK_FILE.splitlines()[:25]]
    (city.root / STOPS).write_bytes(("\n".join(rows) + "\n").encode("gb18030"))
    entry = yaml.load((city.root / ENTRY).read_text("utf-8"), Loader=yaml.BaseLoader)
    entry["files"][0]["schema"]["fields"].pop()
    entry |= {"update_frequency": "biennial", "data_date": "2026-01-31"}
    (city.root / ENTRY).write_text(dump(entry), "utf-8")
    city.review("bike-stops", "--note", "整理")
    assert city.propose("tidied up") >= {"column-removed", "rows-removed", "update-slower"}
    city.give_up()


def pull_request_8_a_new_name_keeps_the_old_address_alive(city: City) -> None:
    city.branch("rename")
    for ending in (".yml", ".releases.yml"):
        (city.root / f"catalog/ylj/bike-stops{ending}").rename(city.root / f"catalog/ylj/public-bike-stops{ending}")
    assert "entry-removed" in city.propose("a better name")
    change_entry(city.root, "catalog/ylj/public-bike-stops.yml", aliases=["bike-stops"])
    assert city.propose("with the old name as alias") == set()
    city.give_up()


def pull_request_9_a_set_is_not_deleted_but_withdrawn_or_made_static(city: City) -> None:
    city.branch("delete")
    releases = (city.root / ENTRY).with_name("bike-stops.releases.yml")
    known = yaml.safe_load(releases.read_text("utf-8"))
    for path in (city.root / ENTRY, releases, city.root / STOPS):
        path.unlink()
    assert "entry-removed" in city.propose("no longer needed")
    stone = {
        "id": "bike-stops", "title": "苏州市公共自行车站点名录（2024年）", "department": "ylj", "date": "2026-11-20",
        "reason": "示范：经核实须撤回", "document": "示范〔2026〕8号",
        "digests": sorted({digest for one in known for digest in (one["digest"], *one["files"].values())}),
    }  # fmt: skip
    (city.root / "catalog/tombstones.yml").write_text(dump([stone]), "utf-8")
    assert city.propose("withdrawn, but who decided?") == {"downgrade-house"}
    stone["by"] = "园林局（示范）"
    stone["papers"] = [{"kind": "notice", "by": "苏州市数据局", "date": "2026-11-20"}]
    (city.root / "catalog/tombstones.yml").write_text(dump([stone]), "utf-8")
    assert city.propose("withdrawn, with a tombstone") == set()
    city.merge()


def pull_request_10_what_was_withdrawn_does_not_come_back(city: City) -> None:
    """Neither under its id nor, with the same bytes, under another one."""
    city.branch("again")
    before = git(city.root, "log", "--format=%H", "--", ENTRY).splitlines()[1]
    git(city.root, "checkout", before, "--", STOPS, ENTRY)
    (city.root / ENTRY).rename(city.root / "catalog/ylj/cycle-points.yml")
    assert city.propose("a new dataset") == {"release-blocked", "withdrawn-file", "release-missing"}
    (city.root / "catalog/ylj/cycle-points.yml").rename(city.root / ENTRY)
    assert "tombstone-reused" in city.propose("the old dataset")
    city.give_up()


def test_ten_pull_requests(tmp_path: Path) -> None:
    """In order: each begins with what the ones before it left on main."""
    root = make_catalogue(tmp_path / "城市 仓库", **complete())
    begin(root)
    city = City(root)
    for walk in (
        pull_request_1_a_clerks_first_dataset,
        pull_request_2_a_yearly_update,
        pull_request_3_a_cell_that_changed_after_the_review,
        pull_request_4_telephone_numbers_of_people,
        pull_request_5_wrong_values_are_told_all_at_once,
        pull_request_6_an_open_downgrade_needs_its_record,
        pull_request_7_a_sneaky_downgrade,
        pull_request_8_a_new_name_keeps_the_old_address_alive,
        pull_request_9_a_set_is_not_deleted_but_withdrawn_or_made_static,
        pull_request_10_what_was_withdrawn_does_not_come_back,
    ):
        walk(city)
